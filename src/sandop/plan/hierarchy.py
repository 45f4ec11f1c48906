"""A hierarchy over rows: all its nodes in pre-order, so that what lies below a node is one run of rows.

    level   0 1 2 3 3 2 1        grand total · DOM · A · E · W · B · IND, with (family, item, customer)
    parent -1 0 1 2 2 1 0
    end     7 6 5 4 5 6 7        place after the last descendant

The same arrays serve grid, chart and server; totals go up by sums over runs, level by level.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sandop.plan.sheet import Values

Places = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Hierarchy:
    """The nodes of some levels over rows, in pre-order; node 0 is the grand total.

    levels  names of the levels, top first
    level   depth of each node, (node,): 0 at the grand total, else 1 + the place of its level
    parent  place of the node above, (node,); -1 at the grand total
    end     place after its last descendant, (node,)
    label   what each node is called at its level, (node,); empty at the grand total
    order   the rows in the order in which they lie below the nodes, (row,)
    first, stop     the rows below a node are `order[first:stop]`, (node,)
    """

    levels: tuple[str, ...]
    level: Places
    parent: Places
    end: Places
    label: tuple[str, ...]
    order: Places
    first: Places
    stop: Places

    @staticmethod
    def of(labels: Mapping[str, NDArray[np.object_]], count: int) -> Hierarchy:
        """The hierarchy of `count` rows by their labels: level → label of each row, (row,), top level first. Nodes
        beside each other are sorted by label."""
        names, codes = _coded(labels.values(), count)
        order = np.lexsort(codes.T[::-1]) if codes.size else np.arange(count)
        starts = _starts(codes[order])
        return _hierarchy(tuple(labels), names, codes[order], order, starts)

    def __len__(self) -> int:
        return len(self.level)

    @cached_property
    def leaf(self) -> Places:
        """The deepest node of each row, (row,)."""
        deepest = np.flatnonzero(self.level == len(self.levels))
        node = np.empty(len(self.order), dtype=np.int64)
        node[self.order] = np.repeat(deepest, self.stop[deepest] - self.first[deepest])
        return node

    @cached_property
    def position(self) -> dict[tuple[int, str], int]:
        """(node above, label) → node."""
        return {(int(above), label): node for node, (above, label) in enumerate(zip(self.parent, self.label))}

    def node(self, at: Mapping[str, str]) -> int | None:
        """The node of these labels, level → label from the node up; None where there is none. A level between that
        is left out has no node either."""
        wanted = [at.get(name) for name in self.levels]
        depth = next((i for i, label in enumerate(wanted) if label is None), len(wanted))
        if len(at) != depth or set(at) != set(self.levels[:depth]):
            return None
        node: int | None = 0
        for label in wanted[:depth]:
            node = None if node is None else self.position.get((node, str(label)))
        return node

    def path(self, node: int) -> dict[str, str]:
        """Level → label, from the top down to the node."""
        above: list[int] = []
        while node > 0:
            above.append(node)
            node = int(self.parent[node])
        return {self.levels[self.level[one] - 1]: self.label[one] for one in reversed(above)}

    def rows_below(self, node: int) -> Places:
        """Places of the rows below a node, (row below,)."""
        return self.order[self.first[node] : self.stop[node]]

    def totals(self, values: Values) -> Values:
        """Sum of `values` (row, period) by node, (node, period); blanks are skipped, all blank stays blank."""
        known = ~np.isnan(values)
        sums = self._up(np.where(known, values, 0.0))
        if known.all() and len(known):
            return sums
        return np.where(self._up(known.astype(np.float64)) > 0, sums, np.nan)

    def agrees(self, labels: NDArray[np.object_]) -> NDArray[np.bool_]:
        """True where all rows below a node have the same label, such as a unit in which they add up, (node,)."""
        _, code = np.unique(labels.astype(str), return_inverse=True)
        if not len(code):
            return np.ones(len(self), dtype=bool)
        changes = np.cumsum(np.append(0, np.diff(code[self.order]) != 0))
        same: NDArray[np.bool_] = changes[self.stop - 1] == changes[self.first]
        return same

    def _up(self, values: Values) -> Values:
        """Sums by node, (node, period), of `values` (row, period): the deepest level from the rows, every other one
        from the level below."""
        totals = np.zeros((len(self), values.shape[1]))
        below, starts_below = values[self.order], np.arange(len(self.order))
        for depth in range(len(self.levels), -1, -1):
            nodes = np.flatnonzero(self.level == depth)
            if len(below):
                below = np.add.reduceat(below, np.searchsorted(starts_below, self.first[nodes]), axis=0)
                starts_below, totals[nodes] = self.first[nodes], below
        return totals


def _coded(labels: Iterable[NDArray[np.object_]], count: int) -> tuple[list[list[str]], Places]:
    """The labels of each level, sorted, and the place of each row's label among them, (row, level)."""
    names: list[list[str]] = []
    columns: list[list[int]] = []
    for column in labels:
        known = sorted({str(label) for label in column})
        place = {label: i for i, label in enumerate(known)}
        names.append(known)
        columns.append([place[str(label)] for label in column])
    return names, np.array(columns, dtype=np.int64).reshape(len(names), count).T


def _starts(codes: Places) -> NDArray[np.bool_]:
    """True where a node begins, (row, level), rows in order: its label differs from the row above, or one above it
    does."""
    differs = np.ones(codes.shape, dtype=bool)
    differs[1:] = codes[1:] != codes[:-1]
    return np.asarray(np.logical_or.accumulate(differs, axis=1))


def _hierarchy(
    levels: tuple[str, ...], names: list[list[str]], codes: Places, order: Places, starts: NDArray[np.bool_]
) -> Hierarchy:
    """The nodes where `starts` (row, level) says that one begins; read row by row they are in pre-order."""
    row, depth = np.nonzero(starts)
    place = np.zeros(starts.shape, dtype=np.int64)
    place[row, depth] = np.arange(1, len(row) + 1)
    node_of = np.maximum.accumulate(place, axis=0)  # the node of each row at each level
    first = np.append(0, row)
    stop = np.append(len(order), _stops(starts)[row, depth])
    parent = np.where(depth > 0, node_of[row, np.maximum(depth - 1, 0)], 0) if len(row) else row
    return Hierarchy(
        levels=levels,
        level=np.append(0, depth + 1),
        parent=np.append(-1, parent),
        end=np.append(len(first), np.searchsorted(first[1:], stop[1:]) + 1),
        label=("", *(names[d][codes[r, d]] for r, d in zip(row.tolist(), depth.tolist()))),
        order=order,
        first=first,
        stop=stop,
    )


def _stops(starts: NDArray[np.bool_]) -> Places:
    """Where the node that begins at (row, level) stops: the next row at which one begins at that level."""
    count = len(starts)
    following = np.full((count + 1, starts.shape[1]), count, dtype=np.int64)
    following[:count] = np.where(starts, np.arange(count)[:, None], count)
    nearest = np.minimum.accumulate(following[::-1], axis=0)[::-1]
    return nearest[1:]
