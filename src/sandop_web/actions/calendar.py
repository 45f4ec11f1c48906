"""The days of the cycle: make-up days, the day of the meeting, and the rule for the meetings to come."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from sandop.cycle import MeetingRule
from sandop_web.access import Actor, NotUnderstood, action
from sandop_web.access.cycles import held_cycle, open_cycle_in
from sandop_web.access.places import known_places
from sandop_web.actions.telling import tell_everybody
from sandop_web.store.days import company_days_off, keep_meeting_rule, step_days
from sandop_web.store.models import Company, Cycle, CycleStep, DayEdit

Word = Literal["off", "worked", "forget"]


@action
def edit_day(*, by: Actor, day: dt.date, word: Word, site: str = "", why: str = "") -> None:
    """Say that a day is off, or worked to make up for one, for everybody or for one site; "forget" takes it back. The
    days of the open cycle's steps follow, as far as they are not signed.

    Raises NotUnderstood for an unknown site, MeetingOnADayOff where the S&OP meeting would fall on a day off.
    """
    _require_site(by, site)
    if word not in ("off", "worked", "forget"):
        raise NotUnderstood(field="word", value=word, wanted="off, worked, forget")
    said = DayEdit.objects.filter(company_id=by.company_id, site=site, day=day)
    if word == "forget":
        said.delete()
    else:
        told = {"worked": word == "worked", "person": by.person, "at": by.at, "why": why.strip()}
        DayEdit.objects.update_or_create(company_id=by.company_id, site=site, day=day, defaults=told)
    cycle = open_cycle_in(by.company_id)
    if cycle is not None and not site:
        _count_back(held_cycle(by=by), cycle.meeting)


@action
def move_meeting(*, by: Actor, meeting: dt.date, why: str) -> None:
    """Move the S&OP meeting of the open cycle; the days of the steps that are not signed follow, and everybody is
    told. Raises NoCycleOpen, MeetingOnADayOff."""
    cycle = held_cycle(by=by)
    _count_back(cycle, meeting)
    cycle.meeting = meeting
    cycle.save(update_fields=["meeting"])
    tell_everybody(
        company_id=by.company_id,
        message="cycle.told_meeting_moved",
        values={"month": cycle.month, "day": meeting, "why": why.strip()},
        link="cycle/",
        at=by.at,
    )


@action
def change_meeting_rule(
    *, by: Actor, kind: Literal["working_day", "weekday"], number: int, weekday: int = 0, country: str = ""
) -> None:
    """Set the rule for the meetings of the year ahead, as `sandop.cycle.MeetingRule` has it. `country` is the one
    whose holidays count, such as CN. Raises NotUnderstood, CountryUnknown."""
    try:
        rule = MeetingRule(kind=kind, number=number, weekday=weekday)
    except ValueError:
        raise NotUnderstood(field="number", value=number, wanted="1–25, 1–5") from None
    company = Company.objects.select_for_update().get(pk=by.company_id)
    company_days_off(company=company, country=country or "CN", years=[by.today.year])
    keep_meeting_rule(company, rule, country or "CN")


def _count_back(cycle: Cycle, meeting: dt.date) -> None:
    days = step_days(company=cycle.company, country=cycle.country, meeting=meeting)
    for step in cycle.steps.exclude(state=CycleStep.State.SIGNED):
        step.day = days[step.step]
        step.save(update_fields=["day"])


def _require_site(by: Actor, site: str) -> None:
    if not site:
        return
    sites = known_places(company_id=by.company_id).sites
    if site not in sites:
        raise NotUnderstood(field="site", value=site, wanted=", ".join(sites) or "–")
