"""The cycle: where it stands, opening it, moving its meeting, closing it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from sandop_web.access import may_take
from sandop_web.actions.calendar import move_meeting
from sandop_web.actions.closing import close_cycle
from sandop_web.actions.cycle import open_cycle
from sandop_web.queries.calendar import days_off_in_cycle, preview_days, year_ahead
from sandop_web.queries.closing import closing_of, first_month_of
from sandop_web.queries.cycle import cycles_of, month_to_open, open_cycle_of, plan_in_force, substitutes_in
from sandop_web.queries.plans import version_facts
from sandop_web.queries.rules import prerequisites
from sandop_web.screens.addresses import to_page
from sandop_web.screens.door import SignedIn, member_deed, member_page
from sandop_web.screens.typed import required_day, required_month


@member_page
def cycle(request: SignedIn) -> HttpResponse:
    """Where the cycle stands: what comes next, the steps with their days, what stands in, what it rests on."""
    by = request.by
    view, in_force = open_cycle_of(by=by), plan_in_force(by=by)
    needed = prerequisites(by=by)
    told = {
        "cycle": view,
        "done": sum(line.state == "signed" for line in view.steps) if view else 0,
        "overdue": sum(line.overdue for line in view.steps) if view else 0,
        "in_force": version_facts(by=by, version=in_force) if in_force else None,
        "substitutes": substitutes_in(by=by, version=view.version) if view else (),
        "changeable": first_month_of(by=by),
        "prerequisites": needed,
        "lacking": sum(not one.holds for one in needed),
        "special_days": days_off_in_cycle(by=by),
        "past": cycles_of(by=by),
        "may_open": may_take(by=by, action="open_cycle"),
        "may_import": may_take(by=by, action="import_next_month"),
    }
    return render(request, "cycle/cycle.html", told)


@member_page
def open_form(request: SignedIn) -> HttpResponse:
    """The form to open a cycle; with `meeting` in the address the days it would have."""
    by = request.by
    ahead = year_ahead(by=by)
    month = request.GET.get("month", "") or month_to_open(by=by) or ahead.cycles[0].month
    by_rule = next((cycle.meeting for cycle in ahead.cycles if cycle.month == month), None)
    chosen = request.GET.get("meeting", "")
    country = request.GET.get("country", "") or ahead.country
    meeting = required_day(chosen, field="cycle.meeting_day", language=request.language) if chosen else None
    told = {
        "month": month,
        "meeting": chosen or (by_rule.isoformat() if by_rule else ""),
        "country": country,
        "days": preview_days(by=by, meeting=meeting, country=country) if meeting else (),
        "chosen": meeting,
        "may_open": may_take(by=by, action="open_cycle"),
    }
    return render(request, "cycle/open.html", told)


@member_deed
def opened(request: SignedIn) -> HttpResponse:
    """Open the cycle."""
    given, language = request.POST, request.language
    open_cycle(
        by=request.by,
        month=required_month(given.get("month", ""), field="cycle.first_month", language=language),
        meeting=required_day(given.get("meeting", ""), field="cycle.meeting_day", language=language),
        country=given.get("country", "").strip().upper(),
        why=given.get("why", ""),
    )
    return to_page(request, "cycle")


@member_page
def close_form(request: SignedIn) -> HttpResponse:
    """What is still open, and the form to close the cycle."""
    return render(request, "cycle/close.html", {"closing": closing_of(by=request.by)})


@member_deed
def closed(request: SignedIn) -> HttpResponse:
    """Close the cycle."""
    close_cycle(by=request.by, why=request.POST.get("why", ""))
    return to_page(request, "cycle")


@member_deed
def meeting_moved(request: SignedIn) -> HttpResponse:
    """Move the S&OP meeting."""
    meeting = required_day(request.POST.get("meeting", ""), field="cycle.meeting_day", language=request.language)
    move_meeting(by=request.by, meeting=meeting, why=request.POST.get("why", ""))
    return to_page(request, "cycle")
