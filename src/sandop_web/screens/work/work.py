"""My work: what waits for the reader, where the cycle stands, the plan in force."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from sandop_web.queries.notices import notices_of
from sandop_web.queries.work import my_work
from sandop_web.screens.door import SignedIn, member_page

_NEWEST = 5  # notices shown beside the work


@member_page
def work(request: SignedIn) -> HttpResponse:
    """The inbox."""
    seen = my_work(by=request.by)
    told = {
        "work": seen,
        "overdue": sum(one.overdue for one in seen.waiting),
        "signed": sum(one.state == "signed" for one in seen.steps),
        "notices": notices_of(by=request.by, unread=True, limit=_NEWEST),
    }
    return render(request, "work/work.html", told)
