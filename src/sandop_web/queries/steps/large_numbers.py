"""A step in 万: the same values, every amount in millions or thousands written in 万. The sentences and units come
from a reader who says them so already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sandop.pack.page import Beside, Cell, Chart, Part, Row, Table, Value, Waterfall
from sandop.pack.reader import in_large_numbers
from sandop_web.queries.steps.content import Section, Tile, Told


def told_in_wan(told: Told) -> Told:
    """What a step says, its amounts in 万."""
    return replace(
        told,
        tiles=tuple(map(_tile, told.tiles)),
        lead=parts_in_wan(told.lead),
        sections=tuple(map(_section, told.sections)),
    )


def parts_in_wan(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Parts of a page, their amounts in 万."""
    return tuple(map(_part, parts))


def _tile(tile: Tile) -> Tile:
    return replace(tile, figure=_cell(tile.figure))


def _section(section: Section) -> Section:
    return replace(section, parts=parts_in_wan(section.parts))


def _part(part: Part) -> Part:
    if isinstance(part, Table):
        columns = tuple(replace(column, form=in_large_numbers(column.form)) for column in part.columns)
        return replace(part, columns=columns, rows=tuple(map(_row, part.rows)))
    if isinstance(part, Chart | Waterfall):
        return replace(part, form=in_large_numbers(part.form))
    if isinstance(part, Beside):
        return replace(part, left=parts_in_wan(part.left), right=parts_in_wan(part.right))
    return part


def _row(row: Row) -> Row:
    return replace(row, cells=tuple(_value(cell) for cell in row.cells))


def _value(cell: Cell | Value) -> Cell | Value:
    return _cell(cell) if isinstance(cell, Cell) else cell


def _cell(cell: Cell) -> Cell:
    return replace(cell, form=in_large_numbers(cell.form)) if cell.form else cell
