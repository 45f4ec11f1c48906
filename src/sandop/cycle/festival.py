"""Spring Festival: how much of it falls into each period."""

from __future__ import annotations

import csv
import datetime as dt
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sandop.calendar import Periods

FIRST_YEAR, LAST_YEAR = 2000, 2040


@cache
def new_year_days() -> dict[int, dt.date]:
    """Year → first day of the lunar year, 2000 to 2040.

    Kept in `spring_festival.csv`; the days follow from the Chinese lunisolar calendar (GB/T 33661-2017) and are
    checked against the `holidays` package by a test.
    """
    with (Path(__file__).parent / "spring_festival.csv").open(encoding="utf-8", newline="") as lines:
        days = [dt.date.fromisoformat(row["new_year"]) for row in csv.DictReader(lines)]
    return {day.year: day for day in days}


def festival_share(periods: Periods, *, days_before: int = 7, days_after: int = 7) -> NDArray[np.float64]:
    """Share of the Spring Festival that falls into each period, (period,).

    The festival is felt from `days_before` days before the lunar new year's day to `days_after` days after it, 15
    days by default; the share is the part of these days inside the period. A year's periods add up to 1. Raises
    ValueError for periods outside 2000 to 2040 and for negative days.
    """
    if days_before < 0 or days_after < 0:
        raise ValueError(f"days before and after must not be negative, got {days_before} and {days_after}")
    years = {start.year for start in periods.starts}
    if not years <= new_year_days().keys():
        raise ValueError(f"the Spring Festival is known for {FIRST_YEAR} to {LAST_YEAR}, not {sorted(years)}")
    length = days_before + days_after + 1
    starts, ends = _days(periods.starts), _days(periods.ends)
    share = np.zeros(len(periods))
    for year in sorted(years | {min(years, default=FIRST_YEAR) - 1, max(years, default=LAST_YEAR) + 1}):
        if year in new_year_days():
            first = np.datetime64(new_year_days()[year] - dt.timedelta(days=days_before))
            last = first + np.timedelta64(length, "D")
            inside = np.minimum(ends, last) - np.maximum(starts, first)
            share += np.maximum(inside.astype(np.int64), 0) / length
    return share


def _days(days: tuple[dt.date, ...]) -> NDArray[np.datetime64]:
    return np.array(days, dtype="datetime64[D]")
