"""The planning grid as it is answered: nodes in pre-order, one column of values per period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sandop.plan import Values
from sandop_web.access.grid.shown import GridComment, GridMark, GridStep

State = Literal["editable", "locked", "computed"]


@dataclass(frozen=True)
class GridLevel:
    """A level of the hierarchy: its id and its title."""

    id: str
    title: str


@dataclass(frozen=True)
class GridPeriod:
    """A period: its label, its title for a head, the quarter it lies in, whether it is over."""

    label: str
    title: str
    quarter: str
    past: bool


@dataclass(frozen=True)
class GridQuarter:
    """A quarter above the periods shown: how many of them it spans."""

    label: str
    title: str
    periods: int


@dataclass(frozen=True, eq=False)
class GridNodes:
    """The nodes in pre-order; node 0 is the grand total, level 0.

    level   depth, (node,); the node's level is `levels[level - 1]`
    parent  place of the node above, (node,); -1 at the grand total
    end     place after its last descendant, (node,)
    rows    how many rows of the plan lie below, (node,); a total is what more than one share
    unit    place of its plan unit among the grid's `units`, (node,); -1 where its rows count in several
    label   id at its level, empty at the grand total
    name    what people call it, in the reader's language
    """

    level: NDArray[np.int64]
    parent: NDArray[np.int64]
    end: NDArray[np.int64]
    rows: NDArray[np.int64]
    unit: NDArray[np.int64]
    label: tuple[str, ...]
    name: tuple[str, ...]


@dataclass(frozen=True)
class GridMeasure:
    """A measure of the grid.

    unit       in words; plan currency where money is shown; empty where every node counts in a unit of its own
    over_rows  "sum", or how else it goes up; then totals are blank
    state      editable, locked (an input that may not be changed here and now) or computed
    why_locked who may, or when, in a sentence; empty where it is editable
    override   an edit becomes an override, which takes effect when the month is run
    """

    id: str
    title: str
    unit: str
    decimals: int
    over_rows: str
    state: State
    why_locked: str = ""
    override: bool = False


@dataclass(frozen=True, eq=False)
class GridWorth:
    """What the nodes are worth whose rows count in several plan units: their quantities have no sum.

    unit     in words ("CNY million"), `divisor` and `decimals` by which an amount is written in it
    nodes    their places, (mixed node,)
    values   measure → (mixed node, period), plan currency
    """

    unit: str
    divisor: float
    decimals: int
    nodes: NDArray[np.int64]
    values: Mapping[str, Values]


@dataclass(frozen=True)
class GridExceptions:
    """Which nodes to look at first: the view's plan measure against another.

    score   money (plan currency, at standard cost) by which they differ in the periods shown, per node; 0 is nothing
    text    the month that differs most, in a sentence, per node; empty where nothing is worth saying
    """

    measure: str
    against: str
    title: str
    score: tuple[float, ...]
    text: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Grid:
    """One view of one version, in the reader's scope.

    editable    at least one measure may be changed; why_locked says why none may
    units       the plan units in which nodes count, in words
    worth       money of the nodes whose quantities have no sum; None where all have one, or money is shown
    note        a sentence on the whole grid (why totals are blank, why money is read only); empty where there is none
    values      measure → (node, period), plan units (unit = quantity), plan currency (unit = money), or the measure's
                own unit where it counts neither; NaN is a blank
    """

    version: int
    view: str
    title: str
    unit: str
    editable: bool
    why_locked: str
    reason_required: bool
    levels: tuple[GridLevel, ...]
    periods: tuple[GridPeriod, ...]
    quarters: tuple[GridQuarter, ...]
    nodes: GridNodes
    measures: tuple[GridMeasure, ...]
    values: Mapping[str, Values]
    marks: tuple[GridMark, ...]
    comments: tuple[GridComment, ...]
    exceptions: GridExceptions | None
    undo: GridStep
    redo: GridStep
    units: tuple[str, ...] = ()
    worth: GridWorth | None = None
    note: str = ""
    earlier: str = ""
    later: str = ""
    offered: GridOffered = field(default_factory=lambda: GridOffered((), (), ()))


@dataclass(frozen=True)
class GridOffered:
    """What else could be asked for: views (id, title), levels and measures of this view."""

    views: tuple[GridLevel, ...]
    levels: tuple[GridLevel, ...]
    measures: tuple[GridLevel, ...]
