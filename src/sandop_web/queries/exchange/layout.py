"""How a view of the grid lies on a worksheet: which row is which node and measure, and which rows a total adds up.

A key   B depth and measure   C… one column a level   measure   months …, each quarter or year with its sum behind it
^ both hidden
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from xlsxwriter.utility import xl_col_to_name

from sandop.wording import Language
from sandop_web.access.exchange.brought import At
from sandop_web.queries.exchange.keys import KeyedRow
from sandop_web.queries.exchange.spans import Sums, spans_of
from sandop_web.queries.grid import Grid, GridMeasure

TITLE, QUARTERS, KEYS, HEAD, FIRST = range(5)  # rows of the sheet, from 0
KEY, DEPTH, LEVELS = range(3)  # columns of the sheet, from 0
BLANK = "–"  # what a total shows where nobody has said anything below it


@dataclass(frozen=True)
class Line:
    """One row of the sheet: a measure of a node.

    path      names from the top down to the node itself; empty at the grand total
    adds_up   its cells are live formulas
    """

    node: int
    depth: int
    row: int
    path: tuple[str, ...]
    at: At
    measure: GridMeasure
    adds_up: bool

    @property
    def key(self) -> str:
        return f"r{self.row}"

    @property
    def mark(self) -> str:
        """What the hidden column says of the row, so that the total above finds it."""
        return f"{self.depth} {self.measure.id}"


class Layout:
    """The rows of one view, in the order of the grid: below each node its measures; and the column of each month."""

    def __init__(self, grid: Grid, sums: Sums, language: Language) -> None:
        self.grid = grid
        self.months = LEVELS + len(grid.levels) + 1
        self.columns, self.spans = spans_of(grid, sums, self.months, language)
        self.last = self.spans[-1].column
        self.top = 1 if self._without_grand_total() else 0
        self.count = (len(grid.nodes.level) - self.top) * len(grid.measures)

    def lines(self) -> Iterator[Line]:
        """Every row from the top."""
        nodes, measures = self.grid.nodes, self.grid.measures
        for node in range(self.top, len(nodes.level)):
            above = self._above(node)
            path = tuple(self._name(place) for place in above)
            at = tuple((self.grid.levels[nodes.level[place] - 1].id, nodes.label[place]) for place in above)
            for number, measure in enumerate(measures):
                yield Line(
                    node=node,
                    depth=len(above),
                    row=self.row(node, number),
                    path=path,
                    at=at,
                    measure=measure,
                    adds_up=measure.state == "editable" and bool(self._adds_up[measure.id][node]),
                )

    def row(self, node: int, measure: int) -> int:
        """Row of the sheet, from 0."""
        return FIRST + (node - self.top) * len(self.grid.measures) + measure

    def keyed(self, line: Line) -> KeyedRow:
        """The row as the hidden sheet keeps it."""
        values = self.grid.values[line.measure.id][line.node].tolist()
        base = tuple(None if value != value else value for value in values)
        return KeyedRow(line.key, line.measure.id, line.at, base, line.adds_up)

    def formula(self, line: Line, column: int) -> str:
        """The total of a cell over the rows of its node's children; a dash while all of them are blank."""
        letter = xl_col_to_name(column)
        first, last = line.row + 2, self.row(int(self.grid.nodes.end[line.node]), 0)  # as a spreadsheet counts
        below = f"{letter}{first}:{letter}{last}"
        if len(self.grid.measures) == 1 and self._leaves_below[line.node]:
            return f'=IF(COUNT({below})=0,"{BLANK}",SUM({below}))'
        marks = f'$B{first}:$B{last},"{line.depth + 1} {line.measure.id}"'
        return f'=IF(COUNTIFS({marks},{below},">-1E+99")=0,"{BLANK}",SUMIFS({below},{marks}))'

    def _without_grand_total(self) -> bool:
        """True where the grand total is blank throughout (families of several plan units): its rows are left out."""
        return len(self.grid.nodes.level) > 1 and all(
            bool(np.isnan(self.grid.values[one.id][0]).all()) for one in self.grid.measures
        )

    def _above(self, node: int) -> list[int]:
        """The node's ancestors below the grand total and the node itself, from the top."""
        nodes, found = self.grid.nodes, []
        while node > 0:
            found.append(node)
            node = int(nodes.parent[node])
        return found[::-1]

    def _name(self, node: int) -> str:
        """What people call it, its id behind where the two differ."""
        name, label = self.grid.nodes.name[node], self.grid.nodes.label[node]
        return name if label in ("", name) else f"{name} · {label}"

    @cached_property
    def _leaves_below(self) -> list[bool]:
        """True for a node all of whose descendants are its children, (node,)."""
        level, parent, end = self.grid.nodes.level, self.grid.nodes.parent, self.grid.nodes.end
        children = np.bincount(parent[1:], minlength=len(level)) if len(level) > 1 else np.zeros(len(level), int)
        found: list[bool] = (children == end - np.arange(len(level)) - 1).tolist()
        return found

    @cached_property
    def _adds_up(self) -> dict[str, NDArray[np.bool_]]:
        """Measure → true for the nodes whose numbers are the sum of what is below them, (node,). Where units differ
        there is no total, although there is something below."""
        nodes = self.grid.nodes
        inner = nodes.end > np.arange(len(nodes.level)) + 1
        return {
            one.id: inner & ~self._without_total(one.id) if one.over_rows == "sum" else np.zeros_like(inner)
            for one in self.grid.measures
        }

    def _without_total(self, measure: str) -> NDArray[np.bool_]:
        said = ~np.isnan(self.grid.values[measure])
        below = np.zeros_like(said)
        for node in range(len(said) - 1, 0, -1):
            parent = int(self.grid.nodes.parent[node])
            below[parent] |= said[node] | below[node]
        return np.asarray((below & ~said).any(axis=1), dtype=np.bool_)


def width_of(text: str) -> float:
    """About how many characters wide a text is: Chinese signs count for two."""
    return sum(2.0 if ord(sign) > 0x2E7F else 1.05 for sign in text)
