"""A sheet: read, filtered, changed cell by cell or by its total; and one cell with all its history."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render

from sandop.measures import measures
from sandop_web.access import NotUnderstood
from sandop_web.access.sheet_rows import LEVELS
from sandop_web.actions.editing import CellHasMoved, Edit, edit_cells_of_plan
from sandop_web.actions.spreading import spread_total
from sandop_web.queries.cell_history import cell_history
from sandop_web.queries.plans import version_facts
from sandop_web.queries.sheets import SheetPage, SheetView, sheet_of
from sandop_web.screens.addresses import address, back_to
from sandop_web.screens.door import SignedIn, member_deed, member_page
from sandop_web.screens.plans.sheet_table import rows_html
from sandop_web.screens.plans.words import unit_title
from sandop_web.screens.typed import number_of, page_number, typed
from sandop_web.wording import say


@member_page
def sheet(request: SignedIn, version: int, measure: str) -> HttpResponse:
    """A page of a sheet; who may change it gets fields to type into."""
    asked = request.GET
    wanted = {level: asked.get(level, "") for level in LEVELS if asked.get(level)}
    shown = SheetPage(
        wanted=wanted,
        text=asked.get("text", ""),
        page=page_number(asked.get("page", "")),
        first=asked.get("first", ""),
    )
    view = sheet_of(by=request.by, version=version, measure=measure, shown=shown)
    here = {**wanted, "text": shown.text, "first": shown.first}
    told = {
        "facts": version_facts(by=request.by, version=version),
        "view": view,
        "unit": unit_title(view.unit, request.language),
        "meaning": measures()[measure].meaning(request.language),
        "rows": rows_html(request, view),
        "totals": list(zip(view.periods, view.totals or (), (typed(total, 6) for total in view.totals or ()))),
        "choices": [(level, labels, wanted.get(level, "")) for level, labels in view.choices.items()],
        "shown": shown,
        "wanted": wanted,
        "links": _links(request, view, here),
    }
    return render(request, "plans/sheet.html", told)


@member_deed
def sheet_edit(request: SignedIn, version: int, measure: str) -> HttpResponseBase:
    """Change the cells that differ from what the page showed."""
    edits = list(_edits(request, measure))
    here = address(request, "sheet", version, measure)
    try:
        edit_cells_of_plan(by=request.by, version=version, edits=edits, why=request.POST.get("why", ""))
    except CellHasMoved as moved:
        told = {
            "moved": moved.cells,
            "measure": measure,
            "decimals": measures()[measure].decimals,
            "refusal": moved.text(request.language),
            "remedy": moved.remedy(request.language),
            "back": back_to(request, here).url,
        }
        return render(request, "plans/moved.html", told, status=moved.status)
    messages.success(request, say("plans.sheet.saved", request.language, count=len(edits)))
    return back_to(request, here)


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
    told = {
        "facts": version_facts(by=request.by, version=version),
        "history": history,
        "unit": unit_title(history.unit, request.language),
        "back": address(request, "sheet", version, measure),
        "here": request.get_full_path(),
        "sources": [(source, address(request, "sheet", version, source.measure)) for source in history.sources],
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
    """The cells whose field no longer holds what the page put there."""
    sent, language = request.POST, request.language
    for name in sent:
        kind, _, place = name.partition("|")
        if kind != "now" or sent[name].strip() == sent.get(f"was|{place}", "").strip():
            continue
        row, _, period = place.partition("|")
        key = _key(sent.get(f"row|{row}", ""), language)
        field = " · ".join((*key, period))
        before = number_of(sent.get(f"was|{place}", ""), field=field, language=language)
        after = number_of(sent[name], field=field, language=language)
        if before != after:
            yield Edit(measure, key, period, before, after)


def _key(text: str, language: Any) -> tuple[str, ...]:
    try:
        parts = json.loads(text)
    except ValueError:
        parts = None
    if not (isinstance(parts, list) and all(isinstance(part, str) for part in parts)):
        raise NotUnderstood(field=say("plans.head.row", language), value=text[:80], wanted='["A", "DC", "E"]')
    return tuple(parts)
