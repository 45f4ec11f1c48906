"""Data close: how good the data are, what was restated, what can still be changed."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from sandop_web.actions.closing import assign_table_owner, close_data
from sandop_web.queries.closing import data_close_of
from sandop_web.queries.cycle import open_cycle_of
from sandop_web.screens.addresses import to_page
from sandop_web.screens.door import SignedIn, member_deed, member_page


@member_page
def data_close(request: SignedIn) -> HttpResponse:
    """The data of the open cycle; without one, an empty page that says what to do."""
    if open_cycle_of(by=request.by) is None:
        return render(request, "cycle/data_close.html", {"view": None})
    view = data_close_of(by=request.by)
    worst = view.qualities[0] if view.qualities else None
    return render(request, "cycle/data_close.html", {"view": view, "worst": worst})


@member_deed
def data_closed(request: SignedIn) -> HttpResponse:
    """Close the data of the month."""
    close_data(by=request.by, why=request.POST.get("why", ""))
    return to_page(request, "data-close")


@member_deed
def owner_assigned(request: SignedIn) -> HttpResponse:
    """Say who answers for a table."""
    assign_table_owner(by=request.by, name=request.POST.get("name", ""), owner=request.POST.get("owner", ""))
    return to_page(request, "data-close")
