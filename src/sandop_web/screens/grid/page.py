"""The page of the planning grid, and its numbers as the script on it fetches them."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpResponse
from django.shortcuts import render

from sandop.findings import Refusal
from sandop.wording import Language, messages
from sandop_web.queries.grid import grid_of, grid_views
from sandop_web.queries.plans import version_facts
from sandop_web.screens.addresses import address
from sandop_web.screens.door import SignedIn, member_page
from sandop_web.screens.grid.answers import grid_json, packed
from sandop_web.screens.grid.asked import SUMS, UNITS, grid_asked, sums_asked
from sandop_web.screens.grid.sent import refusal_json

_SAID_BY_SCRIPT = "grid.say."
_KEYS = "grid.key."
_LINKS = {
    "columns": "grid-columns",
    "edit": "grid-edit",
    "spread": "grid-spread",
    "undo": "grid-undo",
    "redo": "grid-redo",
    "amend": "grid-amend",
    "keep": "grid-keep",
    "forget": "grid-forget",
    "comment": "grid-comment",
    "resolve": "grid-resolve",
    "why": "why",
    "export": "grid-export",
    "bring": "exchange-bring",
}
_SHEETS = ("sales_forecast", "demand", "budget_volume", "stock_target", "capacity_regular")  # without a script


@member_page
def grid(request: SignedIn, version: int) -> HttpResponse:
    """The grid's frame; its script fetches the numbers. Raises NothingThere."""
    language = request.language
    asked = grid_asked(request.GET, language)
    links = {name: address(request, url, version) for name, url in _LINKS.items()}
    told = {
        "facts": version_facts(by=request.by, version=version),
        "asked": asked,
        "period": sums_asked(request.GET),
        "links": links,
        "first": f"{links['columns']}?{request.GET.urlencode()}",  # fetched while the scripts are still on their way
        "units": [(value, f"grid.unit.{value}") for value in UNITS],
        "sums": [(value, f"grid.period.{value}") for value in SUMS],
        "sheets": [(address(request, "sheet", version, measure), measure) for measure in _SHEETS],
        "kept": [asdict(view) for view in grid_views(by=request.by)],
        "texts": _sentences(_SAID_BY_SCRIPT, language),
        "keys": _sentences(_KEYS, language),
    }
    return render(request, "grid/grid.html", told)


@member_page
def columns(request: SignedIn, version: int) -> HttpResponse:
    """The numbers that the address asks for, as JSON; a refusal too."""
    try:
        asked = grid_asked(request.GET, request.language)
        return packed(request, grid_json(grid_of(by=request.by, version=version, asked=asked)))
    except Refusal as refusal:
        return refusal_json(refusal, request.language)


def _sentences(beginning: str, language: Language) -> dict[str, str]:
    """The sentences whose id begins so, by the rest of it, their places still open: the script fills them."""
    return {
        name.removeprefix(beginning): message.text(language)
        for name, message in messages().items()
        if name.startswith(beginning)
    }
