"""The year of a pump maker: seasons of the families, the moving Spring Festival, working days."""

from __future__ import annotations

import datetime as dt

import numpy as np
from numpy.typing import NDArray

from sandop.calendar import Periods
from sandop.cycle import new_year_days

Values = NDArray[np.float64]

# January to December, share of the mean month.
SEASON: dict[str, tuple[float, ...]] = {
    "DOM": (0.92, 0.88, 1.00, 1.06, 1.06, 1.12, 1.13, 1.03, 0.99, 0.89, 0.96, 0.96),
    "GAR": (0.82, 0.86, 1.06, 1.18, 1.16, 1.20, 1.17, 1.02, 0.93, 0.80, 0.90, 0.92),
    "CIR": (1.00, 0.86, 0.88, 0.90, 0.87, 0.96, 1.04, 1.08, 1.17, 1.06, 1.13, 1.05),
    "SEW": (0.88, 0.85, 0.98, 1.06, 1.05, 1.14, 1.17, 1.05, 1.00, 0.89, 0.96, 0.97),
    "IND": (0.97, 0.90, 1.06, 1.00, 0.92, 1.07, 1.01, 0.98, 1.06, 0.88, 1.02, 1.13),
    "MST": (0.96, 0.90, 1.05, 1.02, 0.95, 1.06, 1.04, 1.00, 1.05, 0.90, 1.02, 1.05),
    "SET": (0.91, 0.87, 1.00, 1.00, 0.95, 1.08, 1.05, 1.01, 1.06, 0.92, 1.05, 1.10),
    "SPA": (0.97, 0.95, 1.01, 1.02, 1.00, 1.02, 1.03, 1.01, 1.00, 0.98, 1.00, 1.01),
}

SPRING_FESTIVALS = tuple(day for year, day in new_year_days().items() if 2021 <= year <= 2028)
# Days from the festival (first, past the last) and what happens to daily orders there: dealers stock up before,
# nobody orders around it, and part comes back after.
_MOODS = ((-30, -7, 0.04), (-7, 8, -0.50), (8, 30, 0.04))

# Working days of the plants: weekdays less public holidays plus make-up days. 2026 as published for 2026; 2027
# by the same pattern, because its list is not out when the plan is made. A month not listed has 21.
WORKING_DAYS = {
    "2026-01": 21,
    "2026-02": 16,
    "2026-03": 22,
    "2026-04": 21,
    "2026-05": 19,
    "2026-06": 21,
    "2026-07": 23,
    "2026-08": 21,
    "2026-09": 22,
    "2026-10": 18,
    "2026-11": 21,
    "2026-12": 23,
    "2027-01": 20,
    "2027-02": 16,
    "2027-03": 23,
    "2027-04": 21,
    "2027-05": 19,
    "2027-06": 21,
}
RETURN_AFTER_FESTIVAL = 0.97  # crews come back over some days: share of the month's days that count


def season(family: str, periods: Periods) -> Values:
    """Share of the mean month in each month, (period,); the twelve shares of a year have mean 1."""
    shares = np.array(SEASON[family])
    months = np.array([start.month - 1 for start in periods.starts])
    return np.asarray(shares[months] / shares.mean())


def festival_effect(periods: Periods) -> Values:
    """Change of a month's orders by the Spring Festival, share, (period,): mean over the month's days."""
    effect = np.zeros(len(periods))
    for place, (start, end) in enumerate(zip(periods.starts, periods.ends)):
        for festival in SPRING_FESTIVALS:
            for first, last, mood in _MOODS:
                days = _overlap(start, end, festival + dt.timedelta(first), festival + dt.timedelta(last))
                effect[place] += mood * days / (end - start).days
    return effect


def _overlap(start: dt.date, end: dt.date, first: dt.date, last: dt.date) -> int:
    return max((min(end, last) - max(start, first)).days, 0)


def plant_days(periods: Periods) -> Values:
    """Days the plants work in each month, (period,), with the slow return after the festival."""
    days = np.array([float(WORKING_DAYS.get(label, 21)) for label in periods.labels])
    festive = {f"{festival:%Y-%m}" for festival in SPRING_FESTIVALS}
    return days * np.where([label in festive for label in periods.labels], RETURN_AFTER_FESTIVAL, 1.0)
