"""What a person asks of the planning grid, and what they change in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

Unit = Literal["quantity", "money"]
SharingKey = Literal["current", "last_year", "statistical", "evenly"]
SHARING_KEYS: tuple[SharingKey, ...] = get_args(SharingKey)

PERIODS_SHOWN = 18
MOST_PERIODS = 60
MOST_CELLS = 5_000  # of one edit


@dataclass(frozen=True)
class GridAsked:
    """Which part of the plan somebody looks at.

    view      name of a view; see `views`
    measures  ids of its measures; empty: those it begins with
    levels    levels of its hierarchy, top first; empty: those it begins with
    wanted    level → label: only these rows ({"family": "DOM"}); a blank label is all
    first     label of the first period; empty: the first planned one
    periods   how many periods from there
    unit      quantity (plan units), or money (plan currency at the plan's prices, to be read only)
    """

    view: str = "demand"
    measures: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    wanted: Mapping[str, str] = field(default_factory=dict)
    first: str = ""
    periods: int = PERIODS_SHOWN
    unit: Unit = "quantity"


@dataclass(frozen=True)
class GridEdit:
    """A change of one cell of the grid, of a row or of a total.

    at      level → label from the node up ({"family": "DOM", "item": "A"}); empty is the grand total
    before  what the person saw there, after what it is to be: plan units where the measure counts units, else the
            measure's unit; None is a blank
    """

    at: Mapping[str, str]
    measure: str
    period: str
    before: float | None
    after: float | None


@dataclass(frozen=True)
class Sharing:
    """How the totals of an edit are shared out over the rows below them.

    by    in proportion to what the rows hold (current), to what was ordered in the same month of the last closed year
          (last_year), to the statistical forecast of the month, or evenly
    kept  rows that keep what they hold, each as level → label ({"item": "A"}); the others share the rest
    """

    by: SharingKey = "current"
    kept: tuple[Mapping[str, str], ...] = ()


BY_WHAT_THEY_HOLD = Sharing()
