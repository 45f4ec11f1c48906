"""Master tables of a version: their rows, and what held of one since when."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from sandop.findings import Refusal
from sandop.io.reference import column_meaning
from sandop.pack.reader import Reader
from sandop.tables import Column
from sandop.wording import Language
from sandop_web.access import status_of
from sandop_web.queries.masters import Value, master_history, masters_of, tables_of
from sandop_web.queries.plans import reader_of_version, version_facts
from sandop_web.screens.addresses import address
from sandop_web.screens.door import SignedIn, member_page
from sandop_web.screens.plans.names import named_in
from sandop_web.screens.plans.words import column_title, unit_title
from sandop_web.screens.typed import page_number, typed
from sandop_web.wording import say

_DECIMALS = 9  # a master number is shown as it was given


@member_page
def masters(request: SignedIn, version: int) -> HttpResponse:
    """The master tables of a version."""
    told = {
        "facts": version_facts(by=request.by, version=version),
        "tables": [
            (line, say(f"plans.table.{line.table}", request.language))
            for line in tables_of(by=request.by, version=version)
        ],
    }
    return render(request, "plans/masters.html", told)


@member_page
def master_table(request: SignedIn, version: int, table: str) -> HttpResponse:
    """A page of a master table, and the form for a new row."""
    return table_page(request, version, table)


@member_page
def master_row(request: SignedIn, version: int, table: str) -> HttpResponse:
    """One row: what it says, what held since when, who changed it; forms to change and to end it."""
    return row_page(request, version, table, tuple(request.GET.getlist("key")))


def table_page(request: SignedIn, version: int, table: str, refusal: Refusal | None = None) -> HttpResponse:
    """A page of a master table; after a refusal with the new row as it was typed."""
    language, text = request.language, request.GET.get("text", "")
    page = page_number(request.GET.get("page", ""))
    month = request.GET.get("month", "").strip()
    view = masters_of(by=request.by, version=version, table=table, text=text, page=page, month=month)
    reader = reader_of_version(by=request.by, version=version)
    other = "name" if language == "zh" else "name_zh"  # the name in the reader's own language is enough in a list
    shown = [column for column in view.columns if column.name != other]
    told = {
        "facts": version_facts(by=request.by, version=version),
        "view": view,
        "title": say(f"plans.table.{view.table}", language),
        "text": text,
        "columns": [
            (column_title(column.name, language), unit_title(column.unit, language), column.kind == "number")
            for column in shown
        ],
        "rows": [
            (
                address(request, "master-row", version, table, key=row.key),
                [_cell(column, cell, reader) for column, cell in zip(view.columns, row.cells) if column in shown],
            )
            for row in view.rows
        ],
        "fields": [_field(column, None, language, request.POST) for column in view.columns],
        "older": address(request, "master-table", version, table, text=text, month=month, page=view.page + 1),
        "newer": address(request, "master-table", version, table, text=text, month=month, page=view.page - 1),
        **refused(request, refusal),
    }
    return render(request, "plans/master_table.html", told, status=status_of(refusal) if refusal else HTTPStatus.OK)


def row_page(
    request: SignedIn, version: int, table: str, key: tuple[str, ...], refusal: Refusal | None = None
) -> HttpResponse:
    """One row; after a refusal with the cells as they were typed."""
    language = request.language
    history = master_history(by=request.by, version=version, table=table, key=key)
    titles = {column.name: column_title(column.name, language) for column in history.columns}
    now = history.now
    told = {
        "facts": version_facts(by=request.by, version=version),
        "history": history,
        "title": say(f"plans.table.{history.table}", language),
        "name": " · ".join(history.key),
        "fields": [_field(column, now[column.name], language, request.POST) for column in history.columns]
        if now
        else [],
        "dated": [
            (one, [(titles.get(name, name), _shown(value, language)) for name, value in one.cells.items() if value])
            for one in history.dated
        ],
        "edits": [
            (one, titles.get(one.column, one.column), _shown(one.before, language), _shown(one.after, language))
            for one in history.edits
        ],
        "back": address(request, "master-table", version, table),
        **refused(request, refusal),
    }
    return render(request, "plans/master_row.html", told, status=status_of(refusal) if refusal else HTTPStatus.OK)


def refused(request: SignedIn, refusal: Refusal | None) -> dict[str, Any]:
    """What a page says of a refusal, and what had been typed beside the fields."""
    return {
        "refusal": refusal.text(request.language) if refusal else "",
        "remedy": refusal.remedy(request.language) if refusal else "",
        "why": request.POST.get("why", ""),
        "effective": request.POST.get("effective", ""),
    }


def _cell(column: Column, value: Value, reader: Reader) -> tuple[str, bool, str]:
    """A cell as text, whether it is a number, and the id behind a name."""
    text = _shown(value, reader.language)
    if not isinstance(value, str) or not column.references:
        return text, isinstance(value, float), ""
    name = named_in(column.references, text, reader)
    return name, False, text if name != text else ""


def _field(column: Column, value: Value, language: Language, sent: Mapping[str, str]) -> dict[str, Any]:
    """A form field of a column: its title, meaning, what it holds, what was typed into it, what it allows."""
    if isinstance(value, bool):
        text = "yes" if value else "no"
    else:
        text = typed(value, _DECIMALS) if isinstance(value, float) else value or ""
    return {
        "column": column,
        "title": column_title(column.name, language),
        "unit": unit_title(column.unit, language),
        "meaning": column_meaning(column, language),
        "was": text,
        "text": sent.get(f"now-{column.name}", text),
        "options": [*column.choices] if column.choices else ["yes", "no"] if column.kind == "flag" else [],
        "flag": column.kind == "flag",
    }


def _shown(value: Any, language: Language) -> str:
    """A cell as text."""
    if isinstance(value, bool):
        return say("plans.report.yes" if value else "plans.report.no", language)
    if isinstance(value, float):
        return typed(value, _DECIMALS)
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {each}" for name, each in value.items() if each not in (None, ""))
    return "" if value is None else str(value)
