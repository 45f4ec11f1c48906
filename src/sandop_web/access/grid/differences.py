"""What differs between two states of a grid: which nodes show something else, and what was typed in total."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from sandop.plan import Values
from sandop_web.access.grid.ground import Ground
from sandop_web.access.grid.shown import GridPatch
from sandop_web.access.grid.wishes import Wish
from sandop_web.store.blanks import none_if_blank

Shown = Mapping[str, Values]  # measure → what the nodes show, (node, period)


def differ(one: Values, other: Values) -> NDArray[np.bool_]:
    """True where `one` and the `other` differ, any shape such as (row, period); a blank is like a blank."""
    return np.asarray((one != other) & ~(np.isnan(one) & np.isnan(other)))


def patches_of(ground: Ground, before: Shown, after: Shown) -> Iterator[GridPatch]:
    """New values of every node that shows something else, a patch for each measure and period."""
    for name in after:
        changed = differ(before[name], after[name])
        for place in np.flatnonzero(changed.any(axis=0)).tolist():
            nodes = np.flatnonzero(changed[:, place])
            values = tuple(none_if_blank(value) for value in after[name][nodes, place].tolist())
            yield GridPatch(name, ground.periods.labels[place], tuple(nodes.tolist()), values)


def totals_of(
    ground: Ground, wishes: Sequence[Wish], before: Shown, after: Shown
) -> tuple[float | None, float | None]:
    """Sum of the cells typed, before and after; blank where they are of several measures or units. Of nested cells
    the uppermost counts."""
    names, units = {wish.edit.measure for wish in wishes}, {unit_of(ground, wish.node) for wish in wishes}
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


def unit_of(ground: Ground, node: int) -> str:
    """Plan unit of the first row below a node; empty where there is none."""
    if not len(ground.rows):
        return ""
    return str(ground.layout.unit[ground.hierarchy.order[ground.hierarchy.first[node]]])
