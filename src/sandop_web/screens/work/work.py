"""Home: what the month concludes, what waits for the reader, where the cycle stands."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render

from sandop_web.queries.beginning import beginning_of
from sandop_web.queries.home import month_at_a_glance
from sandop_web.queries.notices import notices_of
from sandop_web.queries.work import my_work
from sandop_web.screens.addresses import address
from sandop_web.screens.door import SignedIn, member_page
from sandop_web.screens.drawing import shown_parts, shown_tiles
from sandop_web.screens.steps.drawn import why_of

_NEWEST = 4  # notices shown beside the work
_FEW_WAITING = 5  # lines that leave room for the chart of the gap
_MOST_WAITING = 12  # lines before the rest is folded away


@member_page
def work(request: SignedIn) -> HttpResponse:
    """The inbox and the month at a glance; who leads, or has nothing to do, sees the month first."""
    seen, glance = my_work(by=request.by), month_at_a_glance(by=request.by)
    why = why_of(request, glance.version)
    told = {
        "work": seen,
        "first": seen.waiting[:_MOST_WAITING],
        "short": len(seen.waiting) <= _FEW_WAITING,
        "rest": seen.waiting[_MOST_WAITING:],
        "pressing": sum(one.presses for one in seen.waiting),
        "signed": sum(one.state == "signed" for one in seen.steps),
        "glance": glance,
        "beginning": beginning_of(by=request.by),
        "month_first": bool(glance.headline) and (glance.heads or not seen.waiting),
        "tiles": shown_tiles(glance.tiles, request.language, why=why, more=partial(address, request, "step")),
        "gap": shown_parts(glance.gap, request.language, why=why),
        "notices": notices_of(by=request.by, unread=True, limit=_NEWEST),
    }
    return render(request, "work/work.html", told)
