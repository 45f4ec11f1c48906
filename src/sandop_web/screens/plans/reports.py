"""Any report of a version as a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from sandop.pack.places import row_place
from sandop.pack.reader import Reader
from sandop.tables import Report
from sandop_web.queries.plans import reader_of_version, report_of, version_facts
from sandop_web.screens.addresses import address
from sandop_web.screens.door import SignedIn, member_page
from sandop_web.screens.drawing import Why
from sandop_web.screens.plans.names import named
from sandop_web.screens.plans.words import (
    cell_in_words,
    column_title,
    columns_shown,
    decimals_of,
    is_number,
    report_title,
)
from sandop_web.screens.steps.drawn import why_of
from sandop_web.screens.typed import page_number

ROWS_SHOWN = 100
_LONG, _TALE = 40, 160  # characters from which a cell may break into lines, and needs a wide column


@dataclass(frozen=True)
class Heading:
    """A column of the table: its title, and whether it holds numbers."""

    title: str
    numeric: bool


@dataclass(frozen=True)
class Shown:
    """A cell as the page shows it; `id` is what stands in the plan where the page says its name, `why` the
    address where a number is explained."""

    value: Any
    numeric: bool
    decimals: int
    look: str
    id: str = ""
    why: str = ""


@member_page
def report(request: SignedIn, version: int, name: str) -> HttpResponse:
    """A page of a report's rows."""
    everything, text = report_of(by=request.by, version=version, name=name), request.GET.get("text", "").strip()
    reader = reader_of_version(by=request.by, version=version)
    rows = _speaking_of(everything, text, reader) if text else everything
    pages = max(-(-len(rows) // ROWS_SHOWN), 1)
    page = min(max(page_number(request.GET.get("page", "")), 1), pages)
    headings, cells = _table(name, rows, (page - 1) * ROWS_SHOWN, reader, why_of(request, version))
    told = {
        "facts": version_facts(by=request.by, version=version),
        "title": report_title(name, request.language),
        "columns": headings,
        "rows": cells,
        "count": len(rows),
        "page": page,
        "pages": pages,
        "text": text,
        "searched": len(everything) > ROWS_SHOWN,
        "previous": address(request, "report", version, name, text=text, page=page - 1),
        "next": address(request, "report", version, name, text=text, page=page + 1),
    }
    return render(request, "plans/report.html", told)


def _speaking_of(rows: Report, text: str, reader: Reader) -> Report:
    """The rows in which the text occurs: in a word, an id or what it is called. A word is looked at once, however
    many rows hold it."""
    wanted, known = text.casefold(), {}

    def speaks(column: str, value: object) -> bool:
        if not isinstance(value, str):
            return False
        if (column, value) not in known:
            known[column, value] = wanted in f"{value} {named(column, value, reader)}".casefold()
        return known[column, value]

    return [row for row in rows if any(speaks(column, value) for column, value in row.items())]


def _table(
    name: str, rows: Report, start: int, reader: Reader, why: Why | None
) -> tuple[list[Heading], list[list[Shown]]]:
    """Headings, and the cells of one page of rows."""
    language = reader.language
    columns = columns_shown(rows, language)
    decimals = {column: _decimals([row[column] for row in rows]) for column in columns}
    headings = [Heading(column_title(column, language), decimals[column] is not None) for column in columns]
    shown = [
        [
            replace(
                _shown(name, column, row[column], decimals[column] or 0, reader), why=_why(name, row, column, why)
            )
            for column in columns
        ]
        for row in rows[start : start + ROWS_SHOWN]
    ]
    return headings, shown


def _decimals(values: list[Any]) -> int | None:
    """The decimals that a column needs to be read; None where it holds no numbers. Its types are looked at first: a
    long report has many columns of words."""
    numeric = any(issubclass(kind, int | float) and kind is not bool for kind in set(map(type, values)))
    return decimals_of(values) if numeric else None


def _why(report: str, row: Mapping[str, Any], column: str, why: Why | None) -> str:
    """Where a number of the row is explained; empty for text, and for what only names the row."""
    place = row_place(report, row, column) if is_number(row[column]) else None
    return why(place) if why and place else ""


def _shown(report: str, column: str, value: Any, decimals: int, reader: Reader) -> Shown:
    if is_number(value):
        return Shown(value, True, decimals, "number")
    words = cell_in_words(report, column, value, reader.language)
    words = named(column, words, reader) if isinstance(words, str) and words == value else words
    length = len(str(words))
    look = "long tale" if length > _TALE else "long" if length > _LONG else ""
    return Shown(words, False, 0, look, str(value) if words != value and isinstance(value, str) else "")
