"""How the numbers of a workbook stand against the plan as it is now. Nothing of this is kept: the plan goes on."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from sandop.plan import Values
from sandop_web.access.actor import Actor
from sandop_web.access.grid.asked import GridAsked
from sandop_web.access.grid.ground import Ground, ground_of
from sandop_web.access.grid.locks import is_override, why_locked
from sandop_web.access.grid.overrides import demand_with_overrides
from sandop_web.store.blanks import none_if_blank
from sandop_web.store.models import ExchangeCell
from sandop_web.wording import say

State: TypeAlias = Literal["conflict", "changed", "locked", "same", "taken", "left", "covered"]
STATES: tuple[State, ...] = ("conflict", "locked", "changed", "same", "covered", "taken", "left")


@dataclass(frozen=True)
class Now:
    """The plan as one person sees it.

    values   measure → (node, period), as the grid shows them
    locked   measure → why it cannot be changed, in a sentence; empty where it can
    """

    ground: Ground
    values: Mapping[str, Values]
    locked: Mapping[str, str]

    def node(self, cell: ExchangeCell) -> int | None:
        """The cell's node; None where the person has no such row any more."""
        return self.ground.hierarchy.node(dict(cell.at))

    def value(self, cell: ExchangeCell) -> float | None:
        """What the cell holds now; None for a blank, and where there is no such cell."""
        node, place = self.node(cell), self.ground.periods.position.get(cell.period)
        if node is None or place is None:
            return None
        return none_if_blank(self.values[cell.measure][node, place])

    def why_locked(self, cell: ExchangeCell) -> str:
        """Why the cell cannot be changed now, in a sentence; empty where it can."""
        by, ground = self.ground.by, self.ground
        node = self.node(cell)
        if node is None or cell.period not in ground.periods.position:
            return say("exchange.locked.no_row", by.language)
        if self.locked[cell.measure]:
            return self.locked[cell.measure]
        whole = ground.whole.position
        if whole[cell.period] < whole.get(ground.version.start, 0):
            return say("exchange.locked.past", by.language)
        if not self._adds_up(cell.measure, node):
            return say("exchange.locked.no_total", by.language)
        return ""

    def _adds_up(self, measure: str, node: int) -> bool:
        """True where a number typed at the node has a meaning: at a row, and at a total of what adds up."""
        layout = self.ground.layout
        if self.ground.view.measure(measure).over_rows != "sum":
            return bool(layout.single[node])
        return bool(layout.one_unit[node]) or not self.ground.counts_units(measure)


@dataclass(frozen=True)
class Standing:
    """One cell of a workbook against the plan.

    state       conflict: the plan has moved as well; changed: only the workbook has; locked: it cannot be changed
                now; same: the plan holds that number already; taken, left, covered: over
    now         what the plan holds
    choice      whose number counts; empty where that is not settled
    """

    state: State
    now: float | None
    choice: Literal["", "mine", "theirs"]
    why_locked: str = ""

    @property
    def undecided(self) -> bool:
        """True for a conflict that nobody has settled."""
        return self.state == "conflict" and not self.choice


def now_of(*, by: Actor, version: int, asked: GridAsked) -> Now:
    """The plan as it is, for cells of a workbook that was taken out with `asked`. Raises NothingThere, NotUnderstood
    where the version no longer has such a view."""
    ground = ground_of(by=by, version=version, asked=asked)
    values, locked = {}, {}
    for name in asked.measures:
        overridden = is_override(ground.view, name)
        sheet = demand_with_overrides(ground.version).sheet if overridden else None
        values[name] = ground.at_nodes(name, ground.held(name, sheet))
        locked[name] = why_locked(by=by, version=ground.version, view=ground.view, name=name, asked=asked)
    return Now(ground, values, locked)


def standing_of(cell: ExchangeCell, now: Now) -> Standing:
    """How a cell stands."""
    held = now.value(cell)
    if cell.end:
        return Standing(_ended(cell), held, "")
    why = now.why_locked(cell)
    decimals = now.ground.decimals(cell.measure)
    if alike(held, cell.mine, decimals):
        return Standing("same", held, "theirs")
    if why:
        return Standing("locked", held, "", why)
    if alike(held, cell.base, decimals):
        return Standing("changed", held, "theirs" if cell.choice == "theirs" else "mine")
    return Standing("conflict", held, _settled(cell, held, decimals))


def alike(one: float | None, other: float | None, decimals: int) -> bool:
    """True where two cells hold the same number at this many decimals, or are both blank."""
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-9, abs_tol=0.1 * 10.0**-decimals)


def _settled(cell: ExchangeCell, held: float | None, decimals: int) -> Literal["", "mine", "theirs"]:
    """The choice of a conflict, as long as the plan still holds what the person saw when they made it."""
    if not cell.choice or not alike(cell.seen, held, decimals):
        return ""
    return "mine" if cell.choice == "mine" else "theirs"


def _ended(cell: ExchangeCell) -> State:
    ends: dict[str, State] = {"taken": "taken", "left": "left"}
    return ends.get(cell.end, "covered")
