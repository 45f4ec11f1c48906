"""Revenue, cost of goods sold, margin and volume by demand row: actual in closed months, planned after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sandop.finance.months import brought
from sandop.finance.prices import customer_column, prices
from sandop.plan import Plan, Rows, Sheet, Values


@dataclass(frozen=True, eq=False)
class Earnings:
    """Sheets by demand row and month; blank where a price or an actual is not known.

    quantity    units sold, as `shipments` or `deliveries`
    revenue     net of VAT and rebates, plan currency
    cogs        units sold x standard cost, plan currency
    margin      revenue - cogs, plan currency
    """

    quantity: Sheet
    revenue: Sheet
    cogs: Sheet
    margin: Sheet


def planned_earnings(*, plan: Plan, deliveries: Sheet) -> Earnings:
    """What the deliveries (by month) earn and cost.

    revenue = deliveries x price x rate x (1 - rebate); cogs = deliveries x standard cost; margin = revenue - cogs.
    Nothing delivered earns nothing, whether priced or not.
    """
    sold = deliveries.values
    net = prices(plan=plan, rows=deliveries.rows, months=deliveries.periods).net
    return _earnings(plan, deliveries, np.where(sold == 0, 0.0, sold * net))


def actual_earnings(*, plan: Plan) -> Earnings | None:
    """What the closed months earned and cost; None where neither shipments nor revenue were brought.

    revenue = invoiced revenue x (1 - rebate); cogs = shipments x today's standard cost.
    """
    shipments, invoiced = brought(plan, "shipments"), brought(plan, "revenue_actual")
    known = [sheet for sheet in (shipments, invoiced) if sheet is not None]
    if not known:
        return None
    months = plan.calendar.history
    rows = Rows.of(known[0].rows.grain, (key for sheet in known for key in sheet.rows.keys))
    blank = Sheet.blank("shipments", rows, months)
    quantity = blank if shipments is None else shipments.on(rows, months)
    money = blank if invoiced is None else invoiced.on(rows, months)
    kept = 1.0 - customer_column(plan, rows, "rebate")
    return _earnings(plan, quantity, money.values * kept[:, None])


def standard_cost(plan: Plan, rows: Rows) -> Values:
    """Standard cost of the item of each row, currency/unit, (row,)."""
    value: Values = plan.network.items.value[plan.network.items.places(rows.column("item"))]
    return value


def lines(earnings: Earnings) -> Mapping[str, Sheet]:
    """The result sheets by name."""
    return {"revenue": earnings.revenue, "cogs": earnings.cogs, "margin": earnings.margin}


def _earnings(plan: Plan, quantity: Sheet, revenue: Values) -> Earnings:
    """Money is rounded to cents at the leaf, so that every total above adds up to the cent."""
    earned = quantity.with_values(revenue, "revenue").rounded()
    cost = quantity.values * standard_cost(plan, quantity.rows)[:, None]
    cogs = quantity.with_values(cost, "cogs").rounded()
    return Earnings(quantity, earned, cogs, earned.combine(cogs, np.subtract, "margin").rounded())
