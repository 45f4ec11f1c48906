"""What an edit of the grid did, as its answer: new values of every node that changed, marks, the next steps."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from sandop.plan import Values
from sandop_web.access.grid.ground import Ground
from sandop_web.access.grid.shown import GridMark, GridPatch, GridSaved
from sandop_web.access.grid.steps import steps_told
from sandop_web.actions.grid.spreading import differ
from sandop_web.actions.grid.wishes import Wish
from sandop_web.store.blanks import none_if_blank
from sandop_web.wording import say

_MOST_MARKS = 5_000
Shown = Mapping[str, Values]  # measure → what the nodes show, (node, period)


def saved(
    ground: Ground,
    *,
    batch: str,
    cells: int,
    before: Shown,
    after: Shown,
    wishes: Sequence[Wish] = (),
    why: str = "",
    pending: int = 0,
) -> GridSaved:
    """The answer. `pending` is how many overrides wait for the month to be run."""
    back, forward = steps_told(by=ground.by, version=ground.version)
    totals = _totals(ground, wishes, before, after)
    return GridSaved(
        batch=batch,
        cells=cells,
        before_total=totals[0],
        after_total=totals[1],
        patch=tuple(_patches(ground, before, after)),
        marks=_marks(ground, before, after, wishes, why, pending > 0),
        undo=back,
        redo=forward,
        pending=say("gridrules.pending", ground.by.language, count=pending) if pending else "",
    )


def _patches(ground: Ground, before: Shown, after: Shown) -> Iterable[GridPatch]:
    for name in after:
        changed = differ(before[name], after[name])
        for place in np.flatnonzero(changed.any(axis=0)).tolist():
            nodes = np.flatnonzero(changed[:, place])
            values = tuple(none_if_blank(value) for value in after[name][nodes, place].tolist())
            yield GridPatch(name, ground.periods.labels[place], tuple(nodes.tolist()), values)


def _marks(
    ground: Ground, before: Shown, after: Shown, wishes: Sequence[Wish], why: str, pending: bool
) -> tuple[GridMark, ...]:
    """Marks of the nodes that were typed at, and of the rows' nodes that changed with them; an override is marked
    where it was typed."""
    places = {(wish.edit.measure, wish.node, wish.place): None for wish in wishes}
    deepest = ground.hierarchy.level == len(ground.levels)
    for name in () if pending else after:
        nodes, periods = np.nonzero(differ(before[name], after[name]) & deepest[:, None])
        places |= {(name, *cell): None for cell in zip(nodes.tolist(), periods.tolist())}
    by, name_of_person = ground.by, (ground.by.name_zh if ground.by.language == "zh" else "") or ground.by.name
    return tuple(
        GridMark(
            measure=name,
            node=node,
            period=ground.periods.labels[place],
            person=by.person,
            name=name_of_person,
            at=by.at,
            why=why,
            before=none_if_blank(float(before[name][node, place])),
            pending=pending,
        )
        for name, node, place in list(places)[:_MOST_MARKS]
    )


def _totals(ground: Ground, wishes: Sequence[Wish], before: Shown, after: Shown) -> tuple[float | None, float | None]:
    """Sum of the cells typed, before and after; blank where they are of several measures or units. Of nested cells
    the uppermost counts."""
    names, units = {wish.edit.measure for wish in wishes}, {_unit(ground, wish.node) for wish in wishes}
    if len(names) != 1 or len(units) != 1:
        return None, None
    name = names.pop()
    if ground.view.measure(name).over_rows != "sum":
        return None, None
    top = _uppermost(ground, wishes)
    return _sum(before[name], top), _sum(after[name], top)


def _uppermost(ground: Ground, wishes: Sequence[Wish]) -> list[tuple[int, int]]:
    cells = {(wish.node, wish.place) for wish in wishes}
    parent = ground.hierarchy.parent

    def is_below(node: int, place: int) -> bool:
        while (node := int(parent[node])) >= 0:
            if (node, place) in cells:
                return True
        return False

    return [cell for cell in sorted(cells) if not is_below(*cell)]


def _sum(shown: Values, cells: Sequence[tuple[int, int]]) -> float | None:
    known = [float(shown[cell]) for cell in cells if not math.isnan(shown[cell])]
    return math.fsum(known) if known else None


def _unit(ground: Ground, node: int) -> str:
    if not len(ground.rows):
        return ""
    return str(ground.layout.unit[ground.hierarchy.order[ground.hierarchy.first[node]]])
