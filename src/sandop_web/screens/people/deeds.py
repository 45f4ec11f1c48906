"""The record of deeds."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render

from sandop_web.queries.deeds import DeedsPage, deeds_of
from sandop_web.queries.people import people_of
from sandop_web.screens.door import SignedIn, member_page
from sandop_web.screens.typed import page_number


@member_page
def deeds(request: SignedIn) -> HttpResponse:
    """Who did what and why, a page at a time, of one person or one action."""
    shown = deeds_of(
        by=request.by,
        person=request.GET.get("person", ""),
        action=request.GET.get("action", ""),
        page=page_number(request.GET.get("page", "")),
    )
    names = {row.person: row for row in people_of(by=request.by)}
    told = {
        "shown": shown,
        "rows": [(row, f"people.through.{row.through}", names.get(row.person)) for row in shown.rows],
        "people": [(person, names.get(person)) for person in shown.people],
        "newer": _address(shown, shown.page - 1) if shown.page > 1 else "",
        "older": _address(shown, shown.page + 1) if shown.page < shown.pages else "",
    }
    return render(request, "people/deeds.html", told)


def _address(shown: DeedsPage, page: int) -> str:
    return "?" + urlencode({"person": shown.person, "action": shown.action, "page": page})
