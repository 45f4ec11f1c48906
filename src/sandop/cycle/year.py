"""The S&OP meetings of a year ahead, by the rule the company has set for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from sandop.calendar import first_day, month_label, month_number
from sandop.cycle.meeting import DaysOff, is_working_day
from sandop.findings import Refusal

_DAY = dt.timedelta(days=1)
MOST_WORKING_DAYS = 25
LAST_WEEK = 5


class TooFewWorkingDays(Refusal):
    """A month has fewer working days than the rule counts."""

    message = "too_few_working_days"


@dataclass(frozen=True)
class MeetingRule:
    """On which day of a month the S&OP meeting is.

    kind      working_day: the `number`th working day of the month; weekday: the `number`th such `weekday`, 5 being
              the last one, and where that is a day off the next working day
    number    1 to 25 for a working day, 1 to 5 for a weekday
    weekday   0 Monday to 4 Friday
    """

    kind: Literal["working_day", "weekday"] = "working_day"
    number: int = 14
    weekday: int = 2

    def __post_init__(self) -> None:
        if self.kind not in ("working_day", "weekday"):
            raise ValueError(f"a meeting rule counts working_day or weekday, not {self.kind!r}")
        most = MOST_WORKING_DAYS if self.kind == "working_day" else LAST_WEEK
        if not 1 <= self.number <= most or not 0 <= self.weekday <= 4:
            raise ValueError(f"{self.kind} {self.number}, weekday {self.weekday}")


def meeting_day(*, month: str, rule: MeetingRule, days: DaysOff) -> dt.date:
    """The day of the S&OP meeting in `month` ("2026-02"). Raises TooFewWorkingDays where the month has no such
    working day, and ValueError for a malformed month."""
    if rule.kind == "weekday":
        return _first_working(_nth_weekday(month, rule.weekday, rule.number), days)
    worked = working_days_of(month=month, days=days)
    if len(worked) < rule.number:
        raise TooFewWorkingDays(month=month, number=rule.number, count=len(worked))
    return worked[rule.number - 1]


def working_days_of(*, month: str, days: DaysOff) -> tuple[dt.date, ...]:
    """The working days of a month, in their order."""
    return tuple(day for day in _days_of(month) if _works(day, days.off, days.worked))


def months_ahead(month: str, count: int) -> tuple[str, ...]:
    """`count` months beginning with `month`."""
    first = month_number(month)
    return tuple(month_label(first + place) for place in range(count))


def _nth_weekday(month: str, weekday: int, number: int) -> dt.date:
    """The last one where the month has fewer."""
    found = [day for day in _days_of(month) if day.weekday() == weekday]
    return found[min(number, len(found)) - 1]


def _first_working(day: dt.date, days: DaysOff) -> dt.date:
    while not _works(day, days.off, days.worked):
        day += _DAY
    return day


def _works(day: dt.date, off: Collection[dt.date], worked: Collection[dt.date]) -> bool:
    return is_working_day(day, days_off=off, days_worked=worked)


def _days_of(month: str) -> Iterator[dt.date]:
    day = first_day(month)
    number = day.month
    while day.month == number:
        yield day
        day += _DAY
