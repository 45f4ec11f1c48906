"""Master tables and settings of a version: rows, what held since when, adding, changing and ending rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from sandop.io.reference import column_meaning
from sandop.tables import Column
from sandop.wording import Language
from sandop_web.actions.masters import CellOfRow, add_master_row, edit_master_row, end_master_row
from sandop_web.queries.masters import Value, master_history, masters_of, tables_of
from sandop_web.queries.plans import version_facts
from sandop_web.screens.addresses import address, back_to
from sandop_web.screens.door import SignedIn, member_deed, member_page
from sandop_web.screens.plans.words import column_title, unit_title
from sandop_web.screens.typed import number_of, page_number, typed
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
    language, text = request.language, request.GET.get("text", "")
    page = page_number(request.GET.get("page", ""))
    month = request.GET.get("month", "").strip()
    view = masters_of(by=request.by, version=version, table=table, text=text, page=page, month=month)
    told = {
        "facts": version_facts(by=request.by, version=version),
        "view": view,
        "title": say(f"plans.table.{view.table}", language),
        "text": text,
        "columns": [
            (column_title(column.name, language), unit_title(column.unit, language), column.kind == "number")
            for column in view.columns
        ],
        "rows": [
            (
                address(request, "master-row", version, table, key=row.key),
                " · ".join(row.key),
                [(_shown(cell, language), isinstance(cell, float)) for cell in row.cells],
            )
            for row in view.rows
        ],
        "fields": [_field(column, None, language) for column in view.columns],
        "older": address(request, "master-table", version, table, text=text, month=month, page=view.page + 1),
        "newer": address(request, "master-table", version, table, text=text, month=month, page=view.page - 1),
    }
    return render(request, "plans/master_table.html", told)


@member_page
def master_row(request: SignedIn, version: int, table: str) -> HttpResponse:
    """One row: what it says, what held since when, who changed it; forms to change and to end it."""
    language, key = request.language, request.GET.getlist("key")
    history = master_history(by=request.by, version=version, table=table, key=key)
    titles = {column.name: column_title(column.name, language) for column in history.columns}
    now = history.now
    told = {
        "facts": version_facts(by=request.by, version=version),
        "history": history,
        "title": say(f"plans.table.{history.table}", language),
        "name": " · ".join(history.key),
        "fields": [_field(column, now[column.name], language) for column in history.columns] if now else [],
        "dated": [
            (one, [(titles.get(name, name), _shown(value, language)) for name, value in one.cells.items() if value])
            for one in history.dated
        ],
        "edits": [
            (one, titles.get(one.column, one.column), _shown(one.before, language), _shown(one.after, language))
            for one in history.edits
        ],
        "back": address(request, "master-table", version, table),
    }
    return render(request, "plans/master_row.html", told)


@member_deed
def master_add(request: SignedIn, version: int, table: str) -> HttpResponseRedirect:
    """Add a row."""
    columns = masters_of(by=request.by, version=version, table=table).columns
    cells = {column.name: request.POST.get(f"now-{column.name}", "").strip() for column in columns}
    numbers = {
        column.name: _typed_cell(column, cells[column.name], request.language)
        for column in columns
        if cells[column.name]
    }
    effective = request.POST.get("effective", "")
    key = add_master_row(
        by=request.by,
        version=version,
        table=table,
        cells=numbers,
        effective=effective,
        why=request.POST.get("why", ""),
    )
    return _saved(request, version, table, key, effective)


@member_deed
def master_edit(request: SignedIn, version: int, table: str) -> HttpResponseRedirect:
    """Change the cells of a row that differ from what the page showed."""
    key = tuple(request.POST.getlist("key"))
    columns = masters_of(by=request.by, version=version, table=table).columns
    effective = request.POST.get("effective", "")
    edit_master_row(
        by=request.by,
        version=version,
        table=table,
        key=key,
        cells=_cells(columns, request.POST, request.language),
        effective=effective,
        why=request.POST.get("why", ""),
    )
    return _saved(request, version, table, key, effective)


@member_deed
def master_end(request: SignedIn, version: int, table: str) -> HttpResponseRedirect:
    """End a row."""
    key = tuple(request.POST.getlist("key"))
    effective = request.POST.get("effective", "")
    end_master_row(
        by=request.by,
        version=version,
        table=table,
        key=key,
        effective=effective,
        why=request.POST.get("why", ""),
    )
    return _saved(request, version, table, key, effective)


def _saved(request: SignedIn, version: int, table: str, key: tuple[str, ...], effective: str) -> HttpResponseRedirect:
    start = version_facts(by=request.by, version=version).start
    messages.success(request, say("plans.masters.saved", request.language))
    if effective > start:
        messages.info(request, say("plans.masters.later", request.language, month=effective))
    return back_to(request, address(request, "master-row", version, table, key=key))


def _cells(columns: tuple[Column, ...], sent: Mapping[str, str], language: Language) -> list[CellOfRow]:
    """The cells whose field no longer holds what the page put there."""
    cells = []
    for column in columns:
        now, was = sent.get(f"now-{column.name}"), sent.get(f"was-{column.name}", "")
        if now is not None and now.strip() != was.strip():
            before = _typed_cell(column, was.strip(), language)
            cells.append(CellOfRow(column.name, before, _typed_cell(column, now.strip(), language)))
    return cells


def _typed_cell(column: Column, text: str, language: Language) -> Value:
    """What somebody typed, as the column's kind; a word for a number without end stays a word."""
    if not text:
        return None
    if column.kind == "flag":
        return text == "yes"
    if column.kind != "number" or text == "inf":
        return text
    title, share = column_title(column.name, language), column.unit.startswith("share")
    return number_of(text, field=title, language=language, share=share)


def _field(column: Column, value: Value, language: Language) -> dict[str, Any]:
    """A form field of a column: its title, meaning, what it holds, what it allows."""
    if isinstance(value, bool):
        text = "yes" if value else "no"
    else:
        text = typed(value, _DECIMALS) if isinstance(value, float) else value or ""
    return {
        "column": column,
        "title": column_title(column.name, language),
        "unit": unit_title(column.unit, language),
        "meaning": column_meaning(column, language),
        "text": text,
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
