"""Sums beside the months of a worksheet: of a quarter or year behind its last month, or of all months at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, TypeAlias

from xlsxwriter.utility import xl_rowcol_to_cell

from sandop.wording import Language
from sandop_web.queries.grid import Grid
from sandop_web.wording import say

Sums: TypeAlias = Literal["months", "quarters", "years"]
_PUT_TOGETHER = {"sum": "=SUM({first}:{last})", "last": "={last}", "mean": "=AVERAGE({first}:{last})"}


@dataclass(frozen=True)
class Span:
    """Months that are put together: their places among the grid's periods, and the column of what they come to."""

    title: str
    places: tuple[int, ...]
    column: int


def spans_of(grid: Grid, sums: Sums, first: int, language: Language) -> tuple[list[int], list[Span]]:
    """The column of each month, from `first` on, and the spans with theirs: each stands behind its months."""
    columns: list[int] = []
    spans: list[Span] = []
    column = first
    for title, places in _together(grid, sums, language):
        columns += range(column, column + len(places))
        column += len(places)
        spans.append(Span(title, places, column))
        column += 1
    return columns, spans


def formula(over_time: str, row: int, months: Sequence[int]) -> str:
    """What the months of a row come to, as the measure is put together over time; empty where it is not."""
    first, last = (xl_rowcol_to_cell(row, column) for column in (months[0], months[-1]))
    return _PUT_TOGETHER.get(over_time, "").format(first=first, last=last)


def amount(over_time: str, values: Sequence[float | None]) -> float | None:
    """The same as a number, for readers that do not calculate; None where the months that count are blank."""
    known = [value for value in values if value is not None]
    if over_time == "last" or not known:
        return values[-1]
    return sum(known) / (len(known) if over_time == "mean" else 1)


def _together(grid: Grid, sums: Sums, language: Language) -> list[tuple[str, tuple[int, ...]]]:
    places = range(len(grid.periods))
    if sums == "months":
        return [(say("exchange.sheet.sum", language), tuple(places))]
    titles = {quarter.label: quarter.title for quarter in grid.quarters}
    whole = [period.quarter if sums == "quarters" else period.quarter[:4] for period in grid.periods]
    return [(titles.get(label, label), tuple(inside)) for label, inside in groupby(places, key=whole.__getitem__)]
