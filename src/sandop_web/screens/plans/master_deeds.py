"""Rows of master tables added, changed and ended. What cannot be comes back with all that was typed."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponseBase, HttpResponseRedirect

from sandop.findings import Refusal
from sandop.tables import Column
from sandop.wording import Language
from sandop_web.actions.masters import CellOfRow, add_master_row, edit_master_row, end_master_row
from sandop_web.queries.masters import Value, masters_of
from sandop_web.queries.plans import version_facts
from sandop_web.screens.addresses import address, back_to
from sandop_web.screens.door import SignedIn, member_deed
from sandop_web.screens.plans.masters import row_page, table_page
from sandop_web.screens.plans.words import column_title
from sandop_web.screens.typed import about_what_was_typed, number_of
from sandop_web.wording import say


@member_deed
def master_add(request: SignedIn, version: int, table: str) -> HttpResponseBase:
    """Add a row."""
    sent = request.POST
    columns = masters_of(by=request.by, version=version, table=table).columns
    try:
        key = add_master_row(
            by=request.by,
            version=version,
            table=table,
            cells=_filled(columns, sent, request.language),
            effective=sent.get("effective", ""),
            why=sent.get("why", ""),
        )
    except Refusal as refusal:
        return table_page(request, version, table, about_what_was_typed(refusal))
    return _saved(request, version, table, key, sent.get("effective", ""))


@member_deed
def master_edit(request: SignedIn, version: int, table: str) -> HttpResponseBase:
    """Change the cells of a row that differ from what the page showed."""
    sent, key = request.POST, tuple(request.POST.getlist("key"))
    columns = masters_of(by=request.by, version=version, table=table).columns
    try:
        edit_master_row(
            by=request.by,
            version=version,
            table=table,
            key=key,
            cells=_cells(columns, sent, request.language),
            effective=sent.get("effective", ""),
            why=sent.get("why", ""),
        )
    except Refusal as refusal:
        return row_page(request, version, table, key, about_what_was_typed(refusal))
    return _saved(request, version, table, key, sent.get("effective", ""))


@member_deed
def master_end(request: SignedIn, version: int, table: str) -> HttpResponseBase:
    """End a row."""
    sent, key = request.POST, tuple(request.POST.getlist("key"))
    try:
        end_master_row(
            by=request.by,
            version=version,
            table=table,
            key=key,
            effective=sent.get("effective", ""),
            why=sent.get("why", ""),
        )
    except Refusal as refusal:
        return row_page(request, version, table, key, about_what_was_typed(refusal))
    return _saved(request, version, table, key, sent.get("effective", ""))


def _filled(columns: tuple[Column, ...], sent: Mapping[str, str], language: Language) -> dict[str, Value]:
    """The cells of a new row that somebody filled."""
    typed = {column: sent.get(f"now-{column.name}", "").strip() for column in columns}
    return {column.name: _typed_cell(column, text, language) for column, text in typed.items() if text}


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
