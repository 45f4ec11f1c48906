"""The reader's notices, and where the company's notices are sent."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from sandop_web.access import NotUnderstood, may
from sandop_web.actions.notices import change_webhooks, mark_notices_read
from sandop_web.actions.webhooks import KINDS, Webhook
from sandop_web.queries.notices import deliveries, notices_of
from sandop_web.screens.addresses import to_page
from sandop_web.screens.door import SignedIn, member_deed, member_page
from sandop_web.screens.typed import id_of

_FIELDS = 5  # webhooks a form offers room for


@member_page
def notices(request: SignedIn) -> HttpResponse:
    """The reader's notices, newest first."""
    told = {"notices": notices_of(by=request.by), "may_see_webhooks": may(request.by.role, "deliveries")}
    return render(request, "decisions/notices.html", told)


@member_deed
def read(request: SignedIn) -> HttpResponse:
    """Mark one notice as read, or all."""
    named = request.POST.getlist("notice")
    read_now = [number for number in map(id_of, named) if number is not None]
    if len(read_now) < len(named):
        raise NotUnderstood(field="notice", value=",".join(named)[:40], wanted="1, 2, …")
    mark_notices_read(by=request.by, notices=read_now or None)
    return to_page(request, "notices")


@member_page
def webhooks(request: SignedIn) -> HttpResponse:
    """Where the company's notices are sent."""
    told = {
        "deliveries": deliveries(by=request.by),
        "kinds": KINDS,
        "places": range(1, _FIELDS + 1),
        "may_change": may(request.by.role, "change_webhooks"),
    }
    return render(request, "decisions/webhooks.html", told)


@member_deed
def change(request: SignedIn) -> HttpResponse:
    """Send the notices elsewhere from now on."""
    form = request.POST
    written = [
        Webhook(kind=form.get(f"kind-{place}", ""), url=form.get(f"url-{place}", ""))
        for place in range(1, _FIELDS + 1)
        if form.get(f"url-{place}", "").strip()
    ]
    change_webhooks(by=request.by, webhooks=written, why=form.get("why", ""))
    return to_page(request, "webhooks")
