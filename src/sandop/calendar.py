"""Time: the periods of a sheet, the fiscal year, the actual/plan boundary, the default fences.

A period is a month ("2026-01") or a week ("2026-W05", or "2026-W05a" / "2026-W05b" where a month end cuts it).
Weeks are ISO weeks cut at month ends, so that weeks always add up to months.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Bucket = Literal["month", "week"]
Days = NDArray[np.datetime64]


@dataclass(frozen=True)
class Periods:
    """A run of periods without gaps.

    labels  what a planner reads, in order
    starts  first day of each period
    end     first day after the last period
    bucket  "month" or "week"
    """

    labels: tuple[str, ...]
    starts: tuple[dt.date, ...]
    end: dt.date
    bucket: Bucket = "month"

    def __post_init__(self) -> None:
        if len(self.labels) != len(self.starts):
            raise ValueError(f"{len(self.labels)} labels for {len(self.starts)} periods")

    @staticmethod
    def months(first: str, count: int) -> Periods:
        """`count` months from `first` ("YYYY-MM"). Raises ValueError for a malformed month."""
        origin = month_number(first)
        labels = tuple(month_label(origin + i) for i in range(count))
        starts = tuple(first_day(label) for label in labels)
        return Periods(labels, starts, first_day(month_label(origin + count)), "month")

    @staticmethod
    def between(first: str, end: str) -> Periods:
        """The months from `first` to before `end`. Raises ValueError for a malformed month."""
        return Periods.months(first, month_number(end) - month_number(first))

    @staticmethod
    def weeks(first: str, months: int) -> Periods:
        """All ISO weeks, cut at month ends, of `months` months from `first` ("YYYY-MM")."""
        span = Periods.months(first, months)
        starts: list[dt.date] = []
        day = span.starts[0]
        while day < span.end:
            starts.append(day)
            next_monday = day + dt.timedelta(days=7 - day.weekday())
            next_month = (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
            day = min(next_monday, next_month)
        return Periods(tuple(_week_labels(starts)), tuple(starts), span.end, "week")

    @staticmethod
    def of_labels(labels: Sequence[str]) -> Periods:
        """The months with these labels. Raises ValueError where they leave a gap."""
        if not labels:
            return Periods((), (), dt.date.min, "month")
        periods = Periods.months(labels[0], len(labels))
        if periods.labels != tuple(labels):
            raise ValueError(f"months leave a gap or are out of order: {labels[0]} to {labels[-1]}")
        return periods

    def __len__(self) -> int:
        return len(self.labels)

    @cached_property
    def position(self) -> dict[str, int]:
        """label → place."""
        return {label: i for i, label in enumerate(self.labels)}

    @cached_property
    def ends(self) -> tuple[dt.date, ...]:
        """First day after each period."""
        return (*self.starts[1:], self.end)

    @cached_property
    def days(self) -> NDArray[np.float64]:
        """Calendar days of each period, (period,)."""
        return np.array([(b - a).days for a, b in zip(self.starts, self.ends)], dtype=np.float64)

    @cached_property
    def month_of(self) -> NDArray[np.int64]:
        """Place of each period's month in `self.month_labels`, (period,)."""
        place = {label: i for i, label in enumerate(self.month_labels)}
        return np.array([place[f"{start:%Y-%m}"] for start in self.starts], dtype=np.int64)

    @cached_property
    def month_labels(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(f"{start:%Y-%m}" for start in self.starts))

    def slice(self, start: int, stop: int) -> Periods:
        """Periods `start` to before `stop` (both within 0 and len)."""
        if not 0 <= start <= stop <= len(self):
            raise ValueError(f"periods {start}:{stop} of {len(self)}")
        end = self.starts[stop] if stop < len(self) else self.end
        return Periods(self.labels[start:stop], self.starts[start:stop], end, self.bucket)

    def then(self, following: Periods) -> Periods:
        """These periods and the ones that follow at once. Raises ValueError where there is a gap."""
        if self.end != following.starts[0] or self.bucket != following.bucket:
            raise ValueError(f"{following.labels[0]} does not follow {self.labels[-1]}")
        labels, starts = self.labels + following.labels, self.starts + following.starts
        return Periods(labels, starts, following.end, self.bucket)

    def holding(self, day: dt.date) -> int:
        """Place of the period that holds `day`: 0 where it lies before the first, len where after the last."""
        return int(self.holding_each(_as_days([day]))[0])

    def holding_each(self, days: Days) -> NDArray[np.int64]:
        """Place of the period that holds each day, (day,): 0 where it lies before the first, len where after the
        last."""
        place = np.clip(np.searchsorted(_as_days(self.starts), days, "right") - 1, 0, None)
        return np.where(days < np.datetime64(self.end, "D"), place, len(self)).astype(np.int64)


def _as_days(days: Iterable[dt.date]) -> Days:
    return np.array(list(days), dtype="datetime64[D]")


def _week_labels(starts: Sequence[dt.date]) -> list[str]:
    """ISO year and week; the parts of a week that a month end cuts are told apart by a and b."""
    labels = []
    for start in starts:
        year, week, weekday = start.isocalendar()
        monday = start - dt.timedelta(days=weekday - 1)
        cut = (monday + dt.timedelta(days=6)).month != monday.month
        part = ("b" if start.day == 1 and weekday > 1 else "a") if cut else ""
        labels.append(f"{year}-W{week:02d}{part}")
    return labels


def month_number(label: str) -> int:
    """Months since year 0: "2026-01" → 24312. Raises ValueError for a malformed month."""
    year, dash, month = label.partition("-")
    if not (dash and year.isdigit() and len(year) == 4 and month.isdigit() and 1 <= int(month) <= 12):
        raise ValueError(f"{label!r} is not a month such as 2026-01")
    return int(year) * 12 + int(month) - 1


def month_label(number: int) -> str:
    """24312 → "2026-01"."""
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def year_before(labels: Iterable[str]) -> tuple[str, ...]:
    """The same months one year earlier. Raises ValueError for a malformed month."""
    return tuple(month_label(month_number(label) - 12) for label in labels)


def quarter_of(label: str) -> str:
    """The calendar quarter of a month: "2026-05" → "2026-Q2". Raises ValueError for a malformed month."""
    return f"{label[:4]}-Q{month_number(label) % 12 // 3 + 1}"


def first_day(label: str) -> dt.date:
    """The first day of a month."""
    number = month_number(label)
    return dt.date(number // 12, number % 12 + 1, 1)


def working_days(
    periods: Periods, *, off: Iterable[dt.date] = (), worked: Iterable[dt.date] = ()
) -> NDArray[np.float64]:
    """Working days of each period, day, (period,): Monday to Friday less the days `off`, and the weekend days
    `worked` to make up for a holiday."""
    worked = set(worked)
    closed = _as_days(sorted(set(off) - worked))
    counts = np.busday_count(_as_days(periods.starts), _as_days(periods.ends), holidays=closed).astype(np.float64)
    for day in sorted(worked):
        if day.weekday() >= 5 and periods.starts[0] <= day < periods.end:
            counts[periods.holding(day)] += 1.0
    return counts


@dataclass(frozen=True)
class Calendar:
    """The time of one plan.

    history             closed months, oldest first; the actual/plan boundary lies at their end
    horizon             planned periods: months, or weeks cut at month ends
    fiscal_year_start   first month of the fiscal year, 1..12
    frozen_periods, firm_periods    default fences: periods that may not change, that change with approval
    """

    history: Periods
    horizon: Periods
    fiscal_year_start: int = 1
    frozen_periods: int = 0
    firm_periods: int = 0

    def fiscal_year(self, label: str) -> int:
        """The fiscal year of a month, named by the calendar year in which it ends."""
        number = month_number(label)
        if self.fiscal_year_start == 1:
            return number // 12
        return (number + 13 - self.fiscal_year_start) // 12

    def fiscal_years(self, periods: Periods) -> NDArray[np.int64]:
        """Fiscal year of each period, (period,)."""
        return np.array([self.fiscal_year(f"{start:%Y-%m}") for start in periods.starts], dtype=np.int64)

    @cached_property
    def planned_months(self) -> Periods:
        """The months of the horizon, whatever its bucket."""
        return self.horizon if self.horizon.bucket == "month" else Periods.of_labels(self.horizon.month_labels)

    @cached_property
    def all_months(self) -> Periods:
        """The closed and the planned months."""
        return self.history.then(self.planned_months) if len(self.history) else self.planned_months
