"""The days of the cycles: the open one, the year ahead, the days off, and what stands in a person's calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sandop.cycle import (
    DaysOff,
    MeetingOnADayOff,
    MeetingRule,
    TooFewWorkingDays,
    input_of,
    meeting_dates,
    meeting_day,
    months_ahead,
    working_days_of,
)
from sandop.cycle import step as template
from sandop.wording import in_brackets
from sandop_web.access import Actor, may_take, query
from sandop_web.access.cycles import open_cycle_in, owes
from sandop_web.access.places import known_places
from sandop_web.store.days import company_days_off, meeting_rule, step_days
from sandop_web.store.models import Company, Cycle, DayEdit, StepInput
from sandop_web.store.spoken import input_spoken

_AHEAD = 12  # cycles


@dataclass(frozen=True)
class CycleDays:
    """The days of a cycle to come.

    meeting, days    None and empty where the rule gives no day; `trouble` says why
    working_days     of the month
    """

    month: str
    working_days: int
    meeting: dt.date | None
    days: tuple[tuple[str, dt.date], ...]
    trouble: str


@dataclass(frozen=True)
class YearAhead:
    """The cycles to come by the company's rule (`sandop.cycle.MeetingRule`)."""

    rule: MeetingRule
    country: str
    cycles: tuple[CycleDays, ...]
    may_change: bool


@dataclass(frozen=True)
class SaidDay:
    """A day the company has said something about, for everybody (`site` empty) or for one site."""

    day: dt.date
    site: str
    worked: bool
    person: str
    why: str


@dataclass(frozen=True)
class SpecialDay:
    """A weekday off or a weekend day worked, for everybody (`site` empty) or at one site."""

    day: dt.date
    site: str
    worked: bool


@dataclass(frozen=True)
class DaysView:
    """The days of the company: what it has said itself, and its country's days off and make-up days of two years."""

    country: str
    said: tuple[SaidDay, ...]
    off: tuple[dt.date, ...]
    worked: tuple[dt.date, ...]
    sites: tuple[str, ...]
    may_edit: bool


@dataclass(frozen=True)
class CalendarEntry:
    """A step in a person's calendar.

    part      chair, accountable, responsible, consulted, informed; empty where the person takes no part
    owed      titles of the inputs they owe the step, in their language
    sure      the cycle is open; a cycle of the year ahead may still move
    """

    month: str
    step: str
    day: dt.date
    part: str
    owed: tuple[str, ...]
    sure: bool


@query
def preview_days(*, by: Actor, meeting: dt.date, country: str) -> tuple[tuple[str, dt.date], ...]:
    """Step → its day, were the S&OP meeting on this day. Raises MeetingOnADayOff, CountryUnknown."""
    company = Company.objects.get(pk=by.company_id)
    return tuple(step_days(company=company, country=country, meeting=meeting).items())


@query
def year_ahead(*, by: Actor) -> YearAhead:
    """The next twelve cycles after the open one, or from this month on, by the company's rule."""
    company = Company.objects.get(pk=by.company_id)
    rule, country = meeting_rule(company)
    months = _months(by)
    years = sorted({int(month[:4]) for month in months})
    off = company_days_off(company=company, country=country, years=range(years[0] - 1, years[-1] + 2))
    cycles = tuple(_ahead(by, month, rule, off) for month in months)
    return YearAhead(rule, country, cycles, may_take(by=by, action="change_meeting_rule"))


@query
def days_of_company(*, by: Actor) -> DaysView:
    """Holidays and make-up days of this year and the next, and what the company has said of its own days."""
    company = Company.objects.get(pk=by.company_id)
    cycle = open_cycle_in(by.company_id)
    country = cycle.country if cycle else meeting_rule(company)[1]
    years = (by.today.year, by.today.year + 1)
    days = company_days_off(company=company, country=country, years=years)
    edits = DayEdit.objects.filter(company=company, day__year__gte=by.today.year).order_by("day", "site")
    return DaysView(
        country=country,
        said=tuple(SaidDay(one.day, one.site, one.worked, one.person, one.why) for one in edits),
        off=tuple(sorted(day for day in days.off if day.weekday() < 5)),
        worked=tuple(sorted(day for day in days.worked if day.weekday() >= 5)),
        sites=known_places(company_id=by.company_id).sites,
        may_edit=may_take(by=by, action="edit_day"),
    )


@query
def days_off_in_cycle(*, by: Actor) -> tuple[SpecialDay, ...]:
    """Days from the first step of the open cycle to its last that are not as the weekday has it: days off and make-up
    days of the country, what the company has said of itself or of a site. Empty where no cycle is open."""
    cycle = open_cycle_in(by.company_id)
    days = [step.day for step in cycle.steps.all()] if cycle else []
    if cycle is None or not days:
        return ()
    first, last = min(days), max(days)
    off = company_days_off(company=cycle.company, country=cycle.country, years=range(first.year, last.year + 1))
    edits = DayEdit.objects.filter(company_id=by.company_id, day__range=(first, last)).exclude(site="")
    found = [SpecialDay(day, "", False) for day in off.off if day.weekday() < 5]
    found += [SpecialDay(day, "", True) for day in off.worked if day.weekday() >= 5]
    found += [SpecialDay(one.day, one.site, one.worked) for one in edits]
    return tuple(sorted((one for one in found if first <= one.day <= last), key=lambda one: (one.day, one.site)))


@query
def calendar_of(*, by: Actor) -> tuple[CalendarEntry, ...]:
    """The steps of the open cycle and of the year ahead, as they concern this person."""
    cycle = open_cycle_in(by.company_id)
    sure = list(_sure(by, cycle)) if cycle else []
    planned = [
        CalendarEntry(ahead.month, step, day, _part(by, step), (), False)
        for ahead in year_ahead(by=by).cycles
        for step, day in ahead.days
    ]
    return (*sure, *planned)


def _sure(by: Actor, cycle: Cycle) -> Iterator[CalendarEntry]:
    owed: dict[str, list[str]] = {}
    missing = StepInput.objects.filter(step__cycle=cycle, state=StepInput.State.MISSING, owner_id=by.member_id)
    for given in missing.select_related("step", "owner").order_by("pk"):
        if not input_of(given.input).itself:
            title = input_spoken(given.input)[by.language]
            others = owes(given) != by.person
            owed.setdefault(given.step.step, []).append(
                title + in_brackets(owes(given), by.language) if others else title
            )
    for step in cycle.steps.all():
        yield CalendarEntry(
            cycle.month, step.step, step.day, _part(by, step.step), tuple(owed.get(step.step, ())), True
        )


def _part(by: Actor, step: str) -> str:
    known = template(step)
    parts = {
        "chair": (known.chair,),
        "accountable": (known.accountable,),
        "responsible": known.responsible,
        "consulted": known.consulted,
        "informed": known.informed,
    }
    return next((part for part, roles in parts.items() if by.role in roles), "")


def _months(by: Actor) -> tuple[str, ...]:
    last = Cycle.objects.filter(company_id=by.company_id).order_by("-month").values_list("month", flat=True).first()
    if last is None:
        return months_ahead(f"{by.today:%Y-%m}", _AHEAD)
    return months_ahead(last, _AHEAD + 1)[1:]


def _ahead(by: Actor, month: str, rule: MeetingRule, off: DaysOff) -> CycleDays:
    count = len(working_days_of(month=month, days=off))
    try:
        meeting = meeting_day(month=month, rule=rule, days=off)
        days = meeting_dates(meeting=meeting, days_off=off.off, days_worked=off.worked)
        return CycleDays(month, count, meeting, tuple(days.items()), "")
    except (TooFewWorkingDays, MeetingOnADayOff) as trouble:
        return CycleDays(month, count, None, (), trouble.text(by.language))
