"""The days of the cycle, counted back from the S&OP meeting in working days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import holidays

from sandop.cycle.steps import steps
from sandop.findings import Refusal

_DAY = dt.timedelta(days=1)


class CountryUnknown(Refusal):
    """Nobody knows the holidays of a country."""

    message = "holidays_unknown"


class MeetingOnADayOff(Refusal):
    """The S&OP meeting was set on a weekend or holiday."""

    message = "meeting_on_a_day_off"


@dataclass(frozen=True)
class DaysOff:
    """Holidays of a country, and the weekend days worked to make up for them."""

    off: frozenset[dt.date] = frozenset()
    worked: frozenset[dt.date] = frozenset()

    def edited(self, *, off: Iterable[dt.date] = (), worked: Iterable[dt.date] = ()) -> DaysOff:
        """More days off and more days worked, as the company has announced them; the later word counts."""
        off, worked = frozenset(off), frozenset(worked)
        return DaysOff((self.off | off) - worked, (self.worked | worked) - off)


def country_days_off(*, country: str, years: Iterable[int]) -> DaysOff:
    """Public holidays of a country ("CN", "DE", …) and, where they are announced, its make-up days, as the
    `holidays` package knows them. Raises CountryUnknown for another country.

    China's make-up days are announced each November for the year after; later years know the holidays only and are
    to be edited (`DaysOff.edited`).
    """
    years = sorted(set(years))
    try:
        found = holidays.country_holidays(country, years=years)
    except NotImplementedError:
        raise CountryUnknown(country=country) from None
    worked = {day for day in getattr(found, "weekend_workdays", ()) if day.year in years}
    return DaysOff(frozenset(found) - worked, frozenset(worked))


def is_working_day(
    day: dt.date, *, days_off: Collection[dt.date] = (), days_worked: Collection[dt.date] = ()
) -> bool:
    """Monday to Friday and no holiday, or a day worked to make up for one."""
    return day in days_worked or (day.weekday() < 5 and day not in days_off)


def meeting_dates(
    *, meeting: dt.date, days_off: Collection[dt.date] = (), days_worked: Collection[dt.date] = ()
) -> Mapping[str, dt.date]:
    """Step → its day, counted back (Execution: forward) from the S&OP meeting by each step's `days_before`.

    Raises MeetingOnADayOff where the meeting itself is not on a working day.
    """
    if not is_working_day(meeting, days_off=days_off, days_worked=days_worked):
        raise MeetingOnADayOff(day=meeting.isoformat())
    return {found.step: _counted_back(meeting, found.days_before, days_off, days_worked) for found in steps()}


def _counted_back(
    day: dt.date, count: int, days_off: Collection[dt.date], days_worked: Collection[dt.date]
) -> dt.date:
    stride = -_DAY if count > 0 else _DAY
    for _ in range(abs(count)):
        day += stride
        while not is_working_day(day, days_off=days_off, days_worked=days_worked):
            day += stride
    return day
