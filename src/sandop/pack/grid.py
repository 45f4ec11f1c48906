"""The grid of a page: how wide its columns must be for what stands in them."""

from __future__ import annotations

import datetime as dt
import math

from sandop.pack import style
from sandop.pack.page import Beside, Cell, Column, Form, Page, Part, Table


def halfway(widths: tuple[float, ...]) -> int:
    """The grid column at which the right half of the page begins."""
    half = sum(widths) / 2
    edges = [abs(sum(widths[:at]) - half) for at in range(1, len(widths))]
    return edges.index(min(edges)) + 1 if edges else 1


def pixels(width: float) -> int:
    """Width of a column of `width` characters on the screen."""
    return int(width * 7 + 5)


def fitted_widths(page: Page) -> tuple[float, ...]:
    """Widths of the grid columns that hold the contents of all tables on the page."""
    widths: list[float] = []
    for table in _tables(page.parts):
        at = 0
        for place, column in enumerate(table.columns):
            widths += [0.0] * (at + column.span - len(widths))
            if column.span == 1:
                widths[at] = max(widths[at], _column_width(table, place, column))
            at += column.span
    return tuple(max(width, 6.0) for width in widths) or (15.0,) * 8


def _tables(parts: tuple[Part, ...]) -> list[Table]:
    found: list[Table] = []
    for part in parts:
        if isinstance(part, Table):
            found.append(part)
        elif isinstance(part, Beside):
            found += _tables(part.left)
    return found


def _column_width(table: Table, place: int, column: Column) -> float:
    if column.width is not None:
        return column.width
    words = max((style.text_width(word) for word in column.title.split()), default=0.0)
    longest = words if column.form in style.NUMERIC else style.text_width(column.title)
    for row in table.rows:
        given = row.cells[place]
        cell = given if isinstance(given, Cell) else Cell(given)
        longest = max(longest, _cell_width(cell, column.form))
    return min(longest + 2.5, 46.0)


def _cell_width(cell: Cell, form: Form) -> float:
    if isinstance(cell.value, str):
        return style.text_width(cell.value)
    if isinstance(cell.value, float | int) and math.isfinite(cell.value):
        return float(len(style.shown(cell.value, cell.form or form)))
    return 10.0 if isinstance(cell.value, dt.date) else 0.0
