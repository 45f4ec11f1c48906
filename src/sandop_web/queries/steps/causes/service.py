"""Fill rate and backlog share: what was asked for, served in its month, and owed, at standard cost."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sandop.finance import on_time, opening_backlog, served_on_time
from sandop.finance.service import past_backlog
from sandop.plan import Sheet, by_month
from sandop_web.queries.steps.causes.ratio import Ratio, at_cost, ratio_at
from sandop_web.queries.steps.content import Needs, Reading

NEEDS = Needs(
    sheets=("demand", "deliveries", "backlog"), inputs=("orders", "shipments"), reports=("kpis", "unserved")
)
LEVELS = ("customer", "family", "item")


def fill_rate(reading: Reading) -> Sequence[Ratio]:
    """Demand served in the very period it was asked for, over demand; old demand is served first."""
    aligned = _aligned(reading)
    if aligned is None:
        return ()
    demand, deliveries, owed = aligned
    opening = opening_backlog(plan=reading.month.plan, rows=demand.rows)
    before = np.concatenate([opening[:, None], owed[:, :-1]], axis=1)
    timely = on_time(demand=demand.values, served=deliveries.values, backlog=before)
    past = served_on_time(plan=reading.month.plan)
    closed = past or ()
    return _ratios(reading, [*closed[1:], demand.with_values(timely)], [*closed[:1], demand])


def backlog_share(reading: Reading) -> Sequence[Ratio]:
    """Backlog at the periods' ends, over demand."""
    aligned = _aligned(reading)
    if aligned is None:
        return ()
    demand, _, owed = aligned
    closed = _past_backlog(reading)
    return _ratios(reading, [*closed[1:], demand.with_values(owed)], [*closed[:1], demand])


def _aligned(reading: Reading) -> tuple[Sheet, Sheet, np.ndarray[tuple[int, ...], np.dtype[np.float64]]] | None:
    """Demand, deliveries and backlog, units, on the rows and periods of the deliveries; None without a plan."""
    found = reading.month.sheets
    if not {"demand", "deliveries"} <= found.keys():
        return None
    demand, deliveries = found["demand"], found["deliveries"]
    owed = found.get("backlog", deliveries.with_values(np.zeros(deliveries.values.shape), "backlog"))
    if demand.periods.bucket != deliveries.periods.bucket:
        demand, deliveries = by_month(demand), by_month(deliveries)
    if owed.periods.bucket != deliveries.periods.bucket:
        owed = by_month(owed)
    demand = demand.on(deliveries.rows, deliveries.periods).filled(0.0)
    return demand, deliveries, np.nan_to_num(owed.on(demand.rows, demand.periods).values)


def _past_backlog(reading: Reading) -> tuple[Sheet, ...]:
    """Orders of the closed months, and what was owed at their ends, rebuilt backwards; none without orders."""
    past, plan = served_on_time(plan=reading.month.plan), reading.month.plan
    if past is None:
        return ()
    orders, shipments = past[0], plan.sheet("shipments").on(past[0].rows, past[0].periods)
    now = opening_backlog(plan=plan, rows=orders.rows)
    before = past_backlog(orders=orders, shipments=shipments, closing=now)
    ends = np.concatenate([before[:, 1:], now[:, None]], axis=1)
    return orders, orders.with_values(np.maximum(ends, 0.0))


def _ratios(reading: Reading, upper: Sequence[Sheet], lower: Sequence[Sheet]) -> list[Ratio]:
    above, below = ([by_month(at_cost(reading.month, sheet)) for sheet in sheets] for sheets in (upper, lower))
    planned = reading.month.plan.calendar.planned_months.labels
    return [ratio_at(reading.month, by, above, below, counted=planned) for by in LEVELS]
