"""The days: holidays and make-up days, the rule for the meetings, the year ahead."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from sandop.cycle import steps
from sandop_web.actions.calendar import change_meeting_rule, edit_day
from sandop_web.queries.calendar import days_of_company, year_ahead
from sandop_web.screens.addresses import to_page
from sandop_web.screens.door import SignedIn, member_deed, member_page
from sandop_web.screens.typed import required_day, whole_number


@member_page
def days(request: SignedIn) -> HttpResponse:
    """Working days, the year ahead, and where to subscribe to them."""
    by, year = request.by, year_ahead(by=request.by)
    told = {
        "days": days_of_company(by=by),
        "year": year,
        "steps": [step.step for step in steps()],
        "feed": request.build_absolute_uri(reverse("calendar-feed", args=[by.company])) + "?key=…",
        "weekdays": [(place, f"cycle.weekday.{place}") for place in range(5)],
        "weekday_message": f"cycle.weekday.{year.rule.weekday}",
    }
    return render(request, "cycle/days.html", told)


@member_deed
def day_edited(request: SignedIn) -> HttpResponse:
    """Say that a day is off or worked, or take it back."""
    given = request.POST
    edit_day(
        by=request.by,
        day=required_day(given.get("day", ""), field="cycle.day", language=request.language),
        word=given.get("word", ""),  # type: ignore[arg-type]
        site=given.get("site", ""),
        why=given.get("why", ""),
    )
    return to_page(request, "cycle-days")


@member_deed
def rule_set(request: SignedIn) -> HttpResponse:
    """Set the rule for the meetings of the year."""
    given, language = request.POST, request.language
    change_meeting_rule(
        by=request.by,
        kind=given.get("kind", ""),  # type: ignore[arg-type]
        number=whole_number(given.get("number", ""), field="cycle.rule_number", language=language),
        weekday=whole_number(given.get("weekday", "0"), field="cycle.rule_weekday_label", language=language),
        country=given.get("country", "").strip().upper(),
    )
    return to_page(request, "cycle-days")
