"""What a person wants to change in a grid, found again in it: which node, which period, and whether it still holds
what they saw."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from sandop.plan import Values
from sandop_web.access.changing import DoesNotAddUp, NothingToChange, UnitsDiffer
from sandop_web.access.grid.asked import MOST_CELLS, GridEdit
from sandop_web.access.grid.ground import Ground
from sandop_web.access.grid.locks import MoneyIsRead, require_editable
from sandop_web.access.grid.names import path_names, people_names
from sandop_web.access.grid.shown import GridMoved
from sandop_web.access.refusals import NotUnderstood, WebRefusal
from sandop_web.store.models import Change
from sandop_web.store.refusals import figure
from sandop_web.wording import say

_FINEST = 6  # decimals that a browser is told
_LOOKED_AT = 2_000  # changes among which the last one of a moved cell is looked for


class GridHasMoved(WebRefusal):
    """Cells hold something else than their editor saw: nothing was written. `cells` is every such cell."""

    message = "gridrules.has_moved"

    def __init__(self, *, cells: Sequence[GridMoved], row: str) -> None:
        self.cells = tuple(cells)
        first = self.cells[0]
        super().__init__(
            count=len(self.cells),
            row=row,
            period=first.period,
            expected=figure(first.expected),
            found=figure(first.found),
            person=first.person or "–",
        )


class NoSuchCell(WebRefusal):
    """The grid that was asked for has no such node, measure or period."""

    message = "gridrules.no_such_cell"
    status = 400


class GivenTwice(WebRefusal):
    """One edit changes a cell of the grid twice."""

    message = "gridrules.given_twice"
    status = 400


class TooManyCells(WebRefusal):
    """More cells than one edit takes."""

    message = "gridrules.too_many"
    status = 400


@dataclass(frozen=True)
class Wish:
    """An edit found in the grid: `node` and `place` of the period; `after` NaN is a blank."""

    edit: GridEdit
    node: int
    place: int
    after: float


def wishes_of(ground: Ground, edits: Sequence[GridEdit]) -> list[Wish]:
    """The edits in the order in which they are made: the upper ones first, so that of nested ones the deeper wins.

    Raises NothingToChange, TooManyCells, NoSuchCell, GivenTwice, NotUnderstood for a number without end, and as
    `require_editable` for every measure; DoesNotAddUp, UnitsDiffer for a node that has no total.
    """
    if not edits:
        raise NothingToChange()
    if len(edits) > MOST_CELLS:
        raise TooManyCells(count=len(edits), most=MOST_CELLS)
    if ground.asked.unit == "money" and ground.view.priced:
        raise MoneyIsRead()
    wishes = [_found(ground, edit) for edit in edits]
    _require_once(ground, wishes)
    for name in sorted({edit.measure for edit in edits}):
        require_editable(by=ground.by, version=ground.version, view=ground.view, name=name)
    for wish in wishes:
        _require_total(ground, wish)
    return sorted(wishes, key=lambda wish: (int(ground.hierarchy.level[wish.node]), wish.node))


def require_unmoved(ground: Ground, wishes: Sequence[Wish], shown: dict[str, Values]) -> None:
    """Raises GridHasMoved where a cell no longer shows what its editor saw, to the decimals shown. `shown` is what
    the nodes show now: measure → (node, period)."""
    moved = [wish for wish in wishes if not _holds(ground, wish, shown[wish.edit.measure])]
    if moved:
        cells = [_moved(ground, wish, shown) for wish in moved]
        raise GridHasMoved(cells=cells, row=path_names(ground, cells[0].node))


def _found(ground: Ground, edit: GridEdit) -> Wish:
    node = ground.hierarchy.node(edit.at)
    place = ground.periods.position.get(edit.period)
    if node is None or place is None or edit.measure not in ground.view.measures:
        row = " · ".join(edit.at.values()) or say("gridrules.all", ground.by.language)
        raise NoSuchCell(measure=edit.measure, row=row, period=edit.period)
    after = math.nan if edit.after is None else float(edit.after)
    if math.isinf(after) or (edit.after is not None and math.isnan(after)):
        field, wanted = say("plans.spread.total", ground.by.language), say("plans.a_number", ground.by.language)
        raise NotUnderstood(field=field, value=str(after), wanted=wanted)
    return Wish(edit, node, place, after)


def _require_once(ground: Ground, wishes: Sequence[Wish]) -> None:
    seen: set[tuple[str, int, int]] = set()
    for wish in wishes:
        cell = wish.edit.measure, wish.node, wish.place
        if cell in seen:
            title = ground.view.title(wish.edit.measure, ground.by.language)
            raise GivenTwice(measure=title, row=path_names(ground, wish.node), period=wish.edit.period)
        seen.add(cell)


def _require_total(ground: Ground, wish: Wish) -> None:
    if ground.layout.single[wish.node]:
        return
    if ground.view.measure(wish.edit.measure).over_rows != "sum":
        raise DoesNotAddUp(measure=ground.view.title(wish.edit.measure, ground.by.language))
    if ground.counts_units(wish.edit.measure) and not ground.layout.one_unit[wish.node]:
        raise UnitsDiffer()


def _holds(ground: Ground, wish: Wish, shown: Values) -> bool:
    found = float(shown[wish.node, wish.place])
    if wish.edit.before is None or math.isnan(found):
        return wish.edit.before is None and math.isnan(found)
    near = 0.6 * 10.0 ** -min(ground.decimals(wish.edit.measure), _FINEST)
    return math.isclose(found, wish.edit.before, rel_tol=1e-12, abs_tol=near)


def _moved(ground: Ground, wish: Wish, shown: dict[str, Values]) -> GridMoved:
    found = float(shown[wish.edit.measure][wish.node, wish.place])
    last = _last_change(ground, wish)
    return GridMoved(
        measure=wish.edit.measure,
        node=wish.node,
        row=tuple(ground.hierarchy.path(wish.node).values()),
        period=wish.edit.period,
        expected=wish.edit.before,
        found=None if math.isnan(found) else found,
        wanted=wish.edit.after,
        person=people_names(ground.by)(last.person) if last else "",
        at=last.at if last else None,
    )


def _last_change(ground: Ground, wish: Wish) -> Change | None:
    """The last change of a row below the node in that period."""
    keys = {ground.rows.keys[row] for row in ground.hierarchy.rows_below(wish.node).tolist()}
    found = Change.objects.filter(version=ground.version, measure=wish.edit.measure, period=wish.edit.period)
    return next((change for change in found.order_by("-pk")[:_LOOKED_AT] if tuple(change.row) in keys), None)
