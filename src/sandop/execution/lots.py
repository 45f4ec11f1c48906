"""From the monthly plan to lots by week, on the cumulative plan."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sandop.calendar import Periods
from sandop.plan import Sheet, Values

_NOISE = 9  # decimals of a lot below which a difference is floating-point noise


def by_week(*, sheet: Sheet, weeks: Periods, days: NDArray[np.float64], blank: float = 0.0) -> Values:
    """A flow by month put to weeks cut at month ends, in proportion to working days, (row, week).

    days (week,) working days. A month without any working day is split by calendar days. A sheet that is by week
    already keeps its weeks. A blank becomes `blank`: nothing, unless the caller says what it means. Raises
    ValueError where the sheet lacks a month of the weeks.
    """
    wanted = weeks.labels if sheet.periods.bucket == "week" else weeks.month_labels
    if not set(wanted) <= set(sheet.periods.labels):
        raise ValueError(f"{sheet.name} speaks of {sheet.periods.labels[:1]}.., the weeks of {wanted[:1]}..")
    place = np.array([sheet.periods.position[label] for label in wanted], dtype=np.int64)
    split = sheet.values[:, place]
    if sheet.periods.bucket == "month":
        split = split[:, weeks.month_of] * day_shares(weeks, days)[None, :]
    result: Values = np.where(np.isnan(split), blank, split)
    return result


def day_shares(weeks: Periods, days: NDArray[np.float64]) -> NDArray[np.float64]:
    """Share of its month's working days in each week, (week,); they add up to 1 in every month."""
    month = weeks.month_of
    whole = np.bincount(month, days)[month]
    calendar = np.bincount(month, weeks.days)[month]
    share: NDArray[np.float64] = np.where(whole > 0, days / np.where(whole > 0, whole, 1.0), weeks.days / calendar)
    return share


def month_starts(weeks: Periods) -> NDArray[np.int64]:
    """Place of the first week of each month, (month,)."""
    return np.searchsorted(weeks.month_of, np.arange(len(weeks.month_labels))).astype(np.int64)


def in_lots(*, plan: Values, lot: Values, kept: Values) -> Values:
    """Whole lots by week, (process, week), as close to the cumulative plan as lots allow.

    plan    quantity planned by week, (process, week)
    lot     lot size of each process, (process,); zero: any quantity
    kept    quantity already fixed, (process, week); NaN where the week is free

    A free week starts floor((P - M) / lot + 1/2) lots, at least none, with P the cumulative plan and M what was
    started before. So where nothing is fixed P - M stays in [-lot/2, lot/2): the cumulative schedule is never a lot
    away from the cumulative plan, and no month differs from its plan by a whole lot. Where fixed weeks ran ahead of
    or behind the plan, the free weeks after them catch up.
    """
    schedule = np.zeros_like(plan)
    started = np.zeros(len(plan))
    cumulative = plan.cumsum(axis=1)
    size = np.where(lot > 0, lot, 1.0)
    for week in range(plan.shape[1]):
        owed = cumulative[:, week] - started
        lots = np.maximum(np.floor(np.round(owed / size, _NOISE) + 0.5), 0.0)
        free = np.where(lot > 0, lots * size, np.maximum(owed, 0.0))
        schedule[:, week] = np.where(np.isnan(kept[:, week]), free, kept[:, week])
        started += schedule[:, week]
    return schedule


def fixed_month(*, total: Values, lot: Values, shares: NDArray[np.float64]) -> Values:
    """A fixed monthly quantity in the month's weeks, units, (process, week).

    total   fixed quantity of the month, (process,)
    lot     lot size, (process,); zero: any quantity
    shares  share of the month's working days in each week, (week,)

    Whole lots along the working days; the last working week takes what is left, so that the weeks add up to the
    fact exactly.
    """
    plan = total[:, None] * shares[None, :]
    free = np.full_like(plan, np.nan)
    split = np.minimum(in_lots(plan=plan, lot=lot, kept=free).cumsum(axis=1), total[:, None])
    last = int(np.flatnonzero(shares)[-1])
    split[:, last:] = total[:, None]
    result: Values = np.diff(split, axis=1, prepend=0.0)
    return result
