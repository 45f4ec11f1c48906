"""Finance works in months: weekly results and inputs are put to months first."""

from __future__ import annotations

import numpy as np

from sandop.calendar import Periods
from sandop.measures import measure
from sandop.plan import Plan, Sheet, Values, by_month


def in_months(sheet: Sheet) -> Sheet:
    """The sheet by month: flows are summed, levels take the last week, rates are the mean of the known weeks."""
    if sheet.periods.bucket == "month" or measure(sheet.name).over_time != "mean":
        return by_month(sheet)
    months = Periods.of_labels(sheet.periods.month_labels)
    columns = [_mean_known(sheet.values[:, sheet.periods.month_of == place]) for place in range(len(months))]
    return Sheet(sheet.name, sheet.rows, months, np.stack(columns, axis=1))


def brought(plan: Plan, name: str) -> Sheet | None:
    """An input sheet by month; None where nobody brought it."""
    return in_months(plan.sheet(name)) if name in plan.sheets else None


def _mean_known(values: Values) -> Values:
    known = ~np.isnan(values)
    count = known.sum(axis=1)
    total = np.where(known, values, 0.0).sum(axis=1)
    mean: Values = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    return mean
