"""Months into weeks by working days, without losing a unit on the way."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sandop.calendar import Periods, working_days
from sandop.measures import measure
from sandop.plan.rounding import round_to_total
from sandop.plan.sheet import Sheet


def to_buckets(*, demand_monthly: Sheet, periods: Periods, days_worked: NDArray[np.float64] | None = None) -> Sheet:
    """A flow of months in the weeks of those months: each week gets the share of its working days.

    demand_monthly  any flow by month, in the measure's unit, (row, month)
    periods         weeks cut at month ends; every week's month must be among the sheet's months
    days_worked     days worked in each week, (period,); left out, Mondays to Fridays. A month in which nobody
                    works is spread by calendar days, because its demand is wanted all the same.

    Stored precision is kept and the weeks of a month add up to the month exactly (largest remainder); the weeks of
    a blank month are blank. Raises ValueError where the measure is no flow, a week has no month, or the days do
    not fit the periods.
    """
    if measure(demand_monthly.name).kind != "flow":
        raise ValueError(f"{demand_monthly.name} is no flow: only flows are divided among weeks")
    days = _checked_days(periods, days_worked)
    decimals = measure(demand_monthly.name).decimals
    values = np.full((len(demand_monthly.rows), len(periods)), np.nan)
    for place, month in enumerate(periods.month_labels):
        if month not in demand_monthly.periods.position:
            raise ValueError(f"{demand_monthly.name} says nothing about {month}, the month of some weeks")
        weeks = periods.month_of == place
        month_values = demand_monthly.values[:, demand_monthly.periods.position[month]]
        share = days[weeks] / days[weeks].sum() if days[weeks].sum() > 0 else _calendar_share(periods, weeks)
        values[:, weeks] = round_to_total(month_values[:, None] * share, lot=10.0**-decimals)
    return Sheet(demand_monthly.name, demand_monthly.rows, periods, values).rounded()


def _checked_days(periods: Periods, days: NDArray[np.float64] | None) -> NDArray[np.float64]:
    given = working_days(periods) if days is None else np.asarray(days, dtype=np.float64)
    if given.shape != (len(periods),):
        raise ValueError(f"working days {given.shape} for {len(periods)} periods")
    if (given < 0).any() or np.isnan(given).any():
        raise ValueError("working days must be known and not negative")
    return given


def _calendar_share(periods: Periods, weeks: NDArray[np.bool_]) -> NDArray[np.float64]:
    return np.asarray(periods.days[weeks] / periods.days[weeks].sum())
