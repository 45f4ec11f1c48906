"""A view of the grid goes out as a workbook, and comes back."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render

from sandop.findings import Refusal
from sandop_web.access import may_take, status_of
from sandop_web.access.grid.asked import GridAsked
from sandop_web.actions.exchange import bring_exchange
from sandop_web.queries.exchange.bringing import read_exchange
from sandop_web.queries.exchange.exporting import MEDIA_TYPE, export_grid
from sandop_web.queries.exchange.reviewing import exchanges_of
from sandop_web.queries.plans import version_facts
from sandop_web.screens.addresses import address, to_page
from sandop_web.screens.door import SignedIn, member_deed, member_page
from sandop_web.screens.exchange.download import downloaded
from sandop_web.screens.grid.asked import grid_asked, sums_asked
from sandop_web.screens.jobs.pages import most_megabytes
from sandop_web.screens.uploads import uploaded

_ELSEWHERE = (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)  # nothing another file could mend


@member_page
def export(request: SignedIn, version: int) -> HttpResponse:
    """The view that the address asks for, as a workbook."""
    asked: GridAsked = grid_asked(request.GET, request.language)
    made = export_grid(by=request.by, version=version, asked=asked, sums=sums_asked(request.GET))
    return downloaded(name=made.name, content=made.content, media_type=MEDIA_TYPE)


@member_page
def bring(request: SignedIn, version: int) -> HttpResponse:
    """The form that takes a workbook back, and those brought before."""
    return _page(request, version)


@member_deed
def upload(request: SignedIn, version: int) -> HttpResponseBase:
    """Read the workbook and keep what differs; what is wrong with it is said beside the form."""
    try:
        name, content = uploaded(request, "workbook")
        brought = read_exchange(by=request.by, version=version, name=name, content=content)
        return to_page(request, "exchange", bring_exchange(by=request.by, version=version, brought=brought))
    except Refusal as refusal:
        if status_of(refusal) in _ELSEWHERE:
            raise
        return _page(request, version, refusal)


def _page(request: SignedIn, version: int, refusal: Refusal | None = None) -> HttpResponse:
    told = {
        "facts": version_facts(by=request.by, version=version),
        "most": most_megabytes(),
        "may_bring": may_take(by=request.by, action="bring_exchange"),
        "brought": [
            (line, address(request, "exchange", line.number), f"exchange.state.{line.state}")
            for line in exchanges_of(by=request.by, version=version)
        ],
        "refusal": refusal.text(request.language) if refusal else "",
        "remedy": refusal.remedy(request.language) if refusal else "",
    }
    return render(request, "exchange/bring.html", told, status=status_of(refusal) if refusal else HTTPStatus.OK)
