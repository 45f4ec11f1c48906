"""Any report of a version as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from sandop.pack.reader import Reader
from sandop.tables import Report
from sandop_web.queries.plans import reader_of_version, report_of, version_facts
from sandop_web.screens.door import SignedIn, member_page
from sandop_web.screens.plans.names import named
from sandop_web.screens.plans.words import (
    cell_in_words,
    column_title,
    columns_shown,
    decimals_of,
    is_number,
    report_title,
)
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
    """A cell as the page shows it; `id` is what stands in the plan where the page says its name."""

    value: Any
    numeric: bool
    decimals: int
    look: str
    id: str = ""


@member_page
def report(request: SignedIn, version: int, name: str) -> HttpResponse:
    """A page of a report's rows."""
    rows = report_of(by=request.by, version=version, name=name)
    pages = max(-(-len(rows) // ROWS_SHOWN), 1)
    page = min(max(page_number(request.GET.get("page", "")), 1), pages)
    reader = reader_of_version(by=request.by, version=version)
    headings, cells = _table(name, rows, (page - 1) * ROWS_SHOWN, reader)
    told = {
        "facts": version_facts(by=request.by, version=version),
        "title": report_title(name, request.language),
        "columns": headings,
        "rows": cells,
        "count": len(rows),
        "page": page,
        "pages": pages,
    }
    return render(request, "plans/report.html", told)


def _table(name: str, rows: Report, start: int, reader: Reader) -> tuple[list[Heading], list[list[Shown]]]:
    """Headings, and the cells of one page of rows."""
    language = reader.language
    columns = columns_shown(rows, language)
    decimals = {column: decimals_of([row[column] for row in rows]) for column in columns}
    headings = [
        Heading(column_title(column, language), any(is_number(row[column]) for row in rows)) for column in columns
    ]
    shown = [
        [_shown(name, column, row[column], decimals[column], reader) for column in columns]
        for row in rows[start : start + ROWS_SHOWN]
    ]
    return headings, shown


def _shown(report: str, column: str, value: Any, decimals: int, reader: Reader) -> Shown:
    if is_number(value):
        return Shown(value, True, decimals, "number")
    words = cell_in_words(report, column, value, reader.language)
    words = named(column, words, reader) if isinstance(words, str) and words == value else words
    length = len(str(words))
    look = "long tale" if length > _TALE else "long" if length > _LONG else ""
    return Shown(words, False, 0, look, str(value) if words != value and isinstance(value, str) else "")
