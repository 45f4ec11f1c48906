"""Fill rate on the requested month: what of the demand was served when it was asked for."""

from __future__ import annotations

import numpy as np

from sandop.plan import Plan, Rows, Sheet, Values, level


def on_time(*, demand: Values, served: Values, backlog: Values) -> Values:
    """Quantity served in the very period it was asked for, units, (row, period).

    demand (row, period), served (row, period), backlog (row, period) demand still owed at each period's START.
    Old demand is served first: on time = min(demand, max(0, served - backlog)). The rung is the requested date,
    tolerant: any day of the requested period counts. A blank demand is blank, a blank shipment ships nothing.
    """
    late = np.maximum(np.nan_to_num(backlog), 0.0)
    timely: Values = np.minimum(demand, np.maximum(np.nan_to_num(served) - late, 0.0))
    return timely


def past_backlog(*, orders: Sheet, shipments: Sheet, closing: Values) -> Values:
    """Backlog at the START of each closed month, units, (row, month), rebuilt backwards from what is owed now.

    closing (row,) is the backlog at the end of the last closed month. Backlog before = backlog after - orders +
    shipments. A negative figure says that orders were cancelled or shipments were never ordered.
    """
    change = np.nan_to_num(orders.values) - np.nan_to_num(shipments.values)
    before: Values = closing[:, None] - np.cumsum(change[:, ::-1], axis=1)[:, ::-1]
    return before


def opening_backlog(*, plan: Plan, rows: Rows) -> Values:
    """Customer orders overdue when the plan starts, units, (row,), for rows (item, site, customer)."""
    orders, start = plan.network.open_orders, np.datetime64(plan.calendar.horizon.starts[0])
    overdue = (orders.kind == "customer") & (orders.due < start)
    keys = zip(orders.item[overdue], orders.site[overdue], orders.party[overdue])
    owed = np.zeros(len(rows) + 1)  # the last place takes orders of rows that are not asked for
    np.add.at(owed, rows.places(keys), orders.quantity[overdue])
    return owed[:-1]


def served_on_time(*, plan: Plan) -> tuple[Sheet, Sheet] | None:
    """Actual orders and what of them was served in the requested month, both by demand row and closed month, units;
    None where orders or shipments were not brought."""
    if "orders" not in plan.sheets or "shipments" not in plan.sheets:
        return None
    orders, months = plan.sheet("orders"), plan.calendar.history
    rows = Rows.of(orders.rows.grain, {*orders.rows.keys, *plan.sheet("shipments").rows.keys})
    orders, shipments = orders.on(rows, months), plan.sheet("shipments").on(rows, months)
    backlog = past_backlog(orders=orders, shipments=shipments, closing=opening_backlog(plan=plan, rows=rows))
    served = on_time(demand=orders.values, served=shipments.values, backlog=backlog)
    return orders, orders.with_values(served)


def fill_rate(*, plan: Plan, demand: Sheet, served: Sheet, by: tuple[str, ...]) -> dict[str, Values]:
    """Share of demand served on time by node, (period,), each item's units weighed with its standard cost, so that
    different units never meet: sum of on-time value / sum of demand value. NaN where nothing was asked for."""
    at = level(demand.rows, plan.network, by)
    value = plan.network.items.value[plan.network.items.places(demand.rows.column("item"))][:, None]
    asked, got = at.total(demand.values * value), at.total(served.values * value)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(asked > 0, got / asked, np.nan)
    return {key[0]: row for key, row in zip(at.rows.keys, share)}
