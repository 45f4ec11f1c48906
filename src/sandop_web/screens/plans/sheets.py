"""A sheet: read, filtered, changed cell by cell or by its total; and one cell with all its history."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.shortcuts import render

from sandop.findings import Refusal
from sandop.measures import measures
from sandop_web.access import NotUnderstood, status_of
from sandop_web.access.sheet_rows import LEVELS
from sandop_web.actions.editing import CellHasMoved, Edit, edit_cells_of_plan
from sandop_web.actions.spreading import spread_total
from sandop_web.queries.cell_history import CellSource, cell_history
from sandop_web.queries.plans import reader_of_version, version_facts
from sandop_web.queries.sheets import SheetPage, SheetView, sheet_of
from sandop_web.screens.addresses import address, back_to
from sandop_web.screens.door import SignedIn, member_deed, member_page
from sandop_web.screens.plans.names import row_named
from sandop_web.screens.plans.sheet_table import TypedCell, rows_html
from sandop_web.screens.plans.words import unit_title
from sandop_web.screens.typed import number_of, page_number, typed
from sandop_web.wording import say


@member_page
def sheet(request: SignedIn, version: int, measure: str) -> HttpResponse:
    """A page of a sheet; who may change it gets fields to type into."""
    return _sheet_page(request, version, measure, request.GET)


@member_deed
def sheet_edit(request: SignedIn, version: int, measure: str) -> HttpResponseBase:
    """Change the cells that differ from what the page showed. What cannot be meant comes back with all that was
    typed beside it: nobody types a page of numbers twice."""
    try:
        edits = list(_edits(request, measure))
        edit_cells_of_plan(by=request.by, version=version, edits=edits, why=request.POST.get("why", ""))
    except CellHasMoved as moved:
        return _moved_page(request, version, measure, moved)
    except Refusal as refusal:
        if status_of(refusal) != HTTPStatus.BAD_REQUEST:
            raise
        asked = QueryDict(urlsplit(request.POST.get("back", "")).query)
        return _sheet_page(request, version, measure, asked, refusal)
    messages.success(request, say("plans.sheet.saved", request.language, count=len(edits)))
    return back_to(request, address(request, "sheet", version, measure))


def _sheet_page(
    request: SignedIn, version: int, measure: str, asked: QueryDict, refusal: Refusal | None = None
) -> HttpResponse:
    """The page that is asked for; after a refusal with the numbers that were typed into it."""
    wanted = {level: asked.get(level, "") for level in LEVELS if asked.get(level)}
    shown = SheetPage(
        wanted=wanted,
        text=asked.get("text", ""),
        page=page_number(asked.get("page", "")),
        first=asked.get("first", ""),
    )
    view = sheet_of(by=request.by, version=version, measure=measure, shown=shown)
    here = {**wanted, "text": shown.text, "first": shown.first}
    unsaved = _typed_cells(request) if refusal else ()
    told = {
        "facts": version_facts(by=request.by, version=version),
        "view": view,
        "unit": unit_title(view.unit, request.language),
        "grid": address(request, "grid", version),
        "meaning": measures()[measure].meaning(request.language),
        "rows": rows_html(request, view, {(cell.key, cell.period): cell for cell in unsaved}),
        "totals": list(zip(view.periods, view.totals or (), (typed(total, 6) for total in view.totals or ()))),
        "choices": [(level, labels, wanted.get(level, "")) for level, labels in view.choices.items()],
        "shown": shown,
        "wanted": wanted,
        "links": _links(request, view, here),
        "refusal": refusal.text(request.language) if refusal else "",
        "remedy": refusal.remedy(request.language) if refusal else "",
        "why": request.POST.get("why", ""),
    }
    return render(request, "plans/sheet.html", told, status=status_of(refusal) if refusal else HTTPStatus.OK)


def _moved_page(request: SignedIn, version: int, measure: str, moved: CellHasMoved) -> HttpResponse:
    """What the cells held, hold now and should hold, side by side."""
    told = {
        "moved": moved.cells,
        "measure": measure,
        "decimals": measures()[measure].decimals,
        "refusal": moved.text(request.language),
        "remedy": moved.remedy(request.language),
        "back": back_to(request, address(request, "sheet", version, measure)).url,
    }
    return render(request, "plans/moved.html", told, status=moved.status)


@member_deed
def sheet_spread(request: SignedIn, version: int, measure: str) -> HttpResponseRedirect:
    """Change a total and spread it over its rows."""
    sent, language = request.POST, request.language
    total = number_of(sent.get("total", ""), field=say("plans.spread.total", language), language=language)
    if total is None:
        field, wanted = say("plans.spread.total", language), say("plans.a_number", language)
        raise NotUnderstood(field=field, value="", wanted=wanted)
    period = sent.get("period", "")
    expected = sent.get(f"was-{period}", "")
    spread_total(
        by=request.by,
        version=version,
        measure=measure,
        wanted={level: sent[level] for level in LEVELS if sent.get(level)},
        period=period,
        total=total,
        expected_total=number_of(expected, field=say("plans.head.before", language), language=language),
        why=sent.get("why", ""),
    )
    messages.success(request, say("plans.sheet.spread_done", language))
    return back_to(request, address(request, "sheet", version, measure))


@member_page
def cell(request: SignedIn, version: int, measure: str) -> HttpResponse:
    """One cell: what it is made of, who changed it."""
    history = cell_history(
        by=request.by,
        version=version,
        measure=measure,
        row=tuple(request.GET.getlist("row")),
        period=request.GET.get("period", ""),
    )
    reader = reader_of_version(by=request.by, version=version)

    def opened(source: CellSource) -> tuple[CellSource, str, str]:
        """Where a number comes from: the row by name, the address of its sheet."""
        return (
            source,
            row_named(source.measure, source.key, reader),
            address(request, "sheet", version, source.measure),
        )

    told = {
        "facts": version_facts(by=request.by, version=version),
        "history": history,
        "unit": unit_title(history.unit, request.language),
        "back": address(request, "sheet", version, measure),
        "here": request.get_full_path(),
        "sources": list(map(opened, history.sources)),
    }
    return render(request, "plans/cell.html", told)


def _links(request: SignedIn, view: SheetView, here: dict[str, str]) -> dict[str, str]:
    """The pages before and after this one, by rows and by periods; empty where there is none."""

    def at(**moved: object) -> str:
        return address(request, "sheet", view.version, view.measure, **{**here, **moved})

    return {
        "previous": at(page=view.page - 1) if view.page > 1 else "",
        "next": at(page=view.page + 1) if view.page < view.pages else "",
        "earlier": at(first=view.earlier, page=view.page) if view.earlier else "",
        "later": at(first=view.later, page=view.page) if view.later else "",
        "here": at(page=view.page),
    }


def _edits(request: SignedIn, measure: str) -> Iterator[Edit]:
    """The cells whose number is no longer the one that the page put there."""
    for cell in _typed_cells(request):
        field = " · ".join((*cell.key, cell.period))
        before = number_of(cell.was, field=field, language=request.language)
        after = number_of(cell.now, field=field, language=request.language)
        if before != after:
            yield Edit(measure, cell.key, cell.period, before, after)


def _typed_cells(request: SignedIn) -> Iterator[TypedCell]:
    """The cells whose field no longer holds what the page put there."""
    sent = request.POST
    for name in sent:
        kind, _, place = name.partition("|")
        was, now = sent.get(f"was|{place}", "").strip(), sent[name].strip()
        if kind == "now" and now != was:
            row, _, period = place.partition("|")
            yield TypedCell(_key(sent.get(f"row|{row}", ""), request.language), period, was, now)


def _key(text: str, language: Any) -> tuple[str, ...]:
    try:
        parts = json.loads(text)
    except ValueError:
        parts = None
    if not (isinstance(parts, list) and all(isinstance(part, str) for part in parts)):
        raise NotUnderstood(field=say("plans.head.row", language), value=text[:80], wanted='["A", "DC", "E"]')
    return tuple(parts)
