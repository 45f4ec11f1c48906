"""Every number of the step pages and of home as a test needs it: what it says, where it stands, what surrounds it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sandop.pack.page import Beside, Cell, Chart, Column, Form, Part, Place, Row, Table, Waterfall
from sandop.pack.style import NUMERIC
from sandop_web.queries.home import Glance
from sandop_web.queries.steps import StepPage, Tile

HOME = "home"
RELATIVE = ("share", "share+", "percent")  # a part of something that stands beside it


@dataclass(frozen=True)
class Number:
    """A number of a page.

    where   section and column, or the tile or the series it belongs to
    form    how it is written; `beside` is true where another number of its row opens
    """

    step: str
    where: str
    value: float
    form: Form
    place: Place | None
    beside: bool = False

    @property
    def compares(self) -> bool:
        """It only sets against each other what stands in its row, and that opens."""
        return self.beside and (self.form in RELATIVE or self.form.endswith("+"))


def numbers_of_home(glance: Glance) -> Iterator[Number]:
    """All numbers of home that stand in the plan: its tiles, the gap to budget and what covers it."""
    yield from _tiles(HOME, glance.tiles)
    yield from _parts(HOME, "", glance.gap)


def numbers_of(page: StepPage) -> Iterator[Number]:
    """All numbers of a step: tiles, charts and tables of its first page and of its sections."""
    yield from _tiles(page.step, page.tiles)
    yield from _parts(page.step, "", page.lead)
    for section in page.sections:
        yield from _parts(page.step, section.id, section.parts)


def _tiles(step: str, tiles: Iterable[Tile]) -> Iterator[Number]:
    for tile in tiles:
        if _is_number(tile.figure.value):
            form = tile.figure.form or "whole"
            yield Number(step, f"tile: {tile.title}", float(tile.figure.value), form, tile.figure.place)  # type: ignore[arg-type]


def _parts(step: str, section: str, parts: Iterable[Part]) -> Iterator[Number]:
    for part in parts:
        if isinstance(part, Beside):
            yield from _parts(step, section, (*part.left, *part.right))
        elif isinstance(part, Table):
            for row in part.rows:
                yield from _row(step, section, part.columns, row)
        elif isinstance(part, Chart):
            yield from _chart(step, part)
        elif isinstance(part, Waterfall):
            for bar in part.steps:
                yield Number(step, f"bar: {bar.name}", bar.amount, part.form, bar.place)


def _row(step: str, section: str, columns: tuple[Column, ...], row: Row) -> Iterator[Number]:
    cells = [cell if isinstance(cell, Cell) else Cell(cell) for cell in row.cells]
    opens = any(cell.place is not None for cell in cells)
    for cell, column in zip(cells, columns):
        form = cell.form or column.form
        if form in NUMERIC and form != "date" and _is_number(cell.value):
            where = f"{section}: {column.title.splitlines()[0]}" if column.title else f"{section}:"
            yield Number(step, where, float(cell.value), form, cell.place, opens)  # type: ignore[arg-type]


def _chart(step: str, chart: Chart) -> Iterator[Number]:
    periods = chart.periods or ("",) * len(chart.categories)
    for series in chart.series:
        for at, value in enumerate(series.values):
            if _is_number(value):
                yield Number(step, f"line: {series.name}", float(value), chart.form, series.stands(at, periods[at]))  # type: ignore[arg-type]


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
