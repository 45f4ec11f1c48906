"""The demand plan in the buckets of the supply plan."""

from __future__ import annotations

import numpy as np

from sandop.plan import Plan, Sheet, to_buckets


def demand_in_buckets(*, plan: Plan, demand: Sheet) -> Sheet:
    """Demand by month in the periods of the horizon: months are split into weeks by working days, and demand that
    was given in weeks stays as it was given.

    demand  unconstrained demand, unit, (item, site, customer) x month
    """
    if plan.calendar.horizon.bucket == demand.periods.bucket:
        return demand
    split = to_buckets(demand_monthly=demand, periods=plan.calendar.horizon)
    given = plan.sheet_or_blank("demand_given", split.rows, split.periods).values
    return split.with_values(np.where(np.isnan(given), split.values, given))
