"""What the cells of a workbook are called: by the grid they came from, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sandop_web.access import Actor
from sandop_web.access.grid.asked import GridAsked
from sandop_web.access.grid.shown import GridMark
from sandop_web.queries.grid import Grid, GridMeasure, grid_of


@dataclass(frozen=True)
class Named:
    """A grid with its names by what they name.

    measures   id → measure
    names      (level, label) → name
    marks      (measure, node, period) → who changed the cell last
    """

    grid: Grid
    measures: Mapping[str, GridMeasure]
    names: Mapping[tuple[str, str], str]
    marks: Mapping[tuple[str, int, str], GridMark]

    @staticmethod
    def of(by: Actor, version: int, asked: GridAsked) -> Named:
        """The names of what was asked for."""
        grid = grid_of(by=by, version=version, asked=asked)
        nodes = grid.nodes
        return Named(
            grid=grid,
            measures={one.id: one for one in grid.measures},
            names={
                (grid.levels[level - 1].id, label): name
                for level, label, name in zip(nodes.level.tolist(), nodes.label, nodes.name)
                if level
            },
            marks={(mark.measure, mark.node, mark.period): mark for mark in reversed(grid.marks)},
        )

    def path(self, at: Iterable[Iterable[str]]) -> tuple[str, ...]:
        """Names from the top down; an id that is not in the grid any more is its own name."""
        return tuple(self.names.get((level, label), label) for level, label in at)

    def mark(self, measure: str, node: int | None, period: str) -> GridMark | None:
        """Who changed the cell last, of what the grid still tells."""
        return None if node is None else self.marks.get((measure, node, period))
