"""Receivables and payables: the revenue customers and the receipts suppliers still wait to see paid."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sandop.calendar import Periods
from sandop.finance.months import brought
from sandop.finance.prices import rates
from sandop.plan import Plan, Rows, Sheet, Values, level
from sandop.units import days_to_buckets


def of_last(flow: Values, window: Values) -> Values:
    """Sum of the last `window` months of a monthly flow, at each month's end, (row, month).

    flow (row, month), window in months (row,), may be fractional: a part of a month counts in proportion. Blanks
    count as nothing. NaN where the window reaches back before the first month: nobody has said what flowed there.
    """
    total = np.concatenate([np.zeros((len(flow), 1)), np.nan_to_num(flow).cumsum(axis=1)], axis=1)
    end = np.arange(1.0, flow.shape[1] + 1)[None, :]
    start = end - window[:, None]
    known: Values = np.where(start < 0, np.nan, total[:, 1:] - interpolated(total, np.maximum(start, 0.0)))
    return known


def delayed(flow: Values, delay: Values) -> Values:
    """A monthly flow that arrives `delay` months later, (row, month); months before the first count as nothing.

    delay (row,) may be fractional: the share f of a month arrives a month later still.
    """
    total = np.concatenate([np.zeros((len(flow), 1)), np.nan_to_num(flow).cumsum(axis=1)], axis=1)
    end = np.arange(0.0, flow.shape[1] + 1)[None, :] - delay[:, None]
    arrived: Values = np.diff(interpolated(total, np.maximum(end, 0.0)), axis=1)
    return arrived


def interpolated(total: Values, at: Values) -> Values:
    """`total` (row, place) read at fractional places `at` (row, n), in a straight line between two places."""
    lower = np.floor(at).astype(np.int64)
    upper = np.minimum(lower + 1, total.shape[1] - 1)
    below, above = np.take_along_axis(total, lower, axis=1), np.take_along_axis(total, upper, axis=1)
    between: Values = below + (at - lower) * (above - below)
    return between


def receivables(*, plan: Plan, actual: Sheet | None, planned: Sheet) -> Sheet:
    """Revenue not yet paid at the end of each closed and planned month, plan currency, the company's one row.

    For each customer the net revenue of the last `payment_days` days (30.4375 to a month). Blank where a window
    reaches back before the first month of known revenue.
    """
    months = plan.calendar.all_months
    customers = Rows.of(("customer",), [(customer,) for customer in plan.network.customers.keys])
    flow = np.zeros((len(customers), len(months)))
    closed = len(months) - len(planned.periods)
    first = closed
    for sheet, columns in ((actual, slice(0, closed)), (planned, slice(closed, None))):
        if sheet is not None and len(sheet.rows):
            at = level(sheet.rows, plan.network, ("customer",))
            flow[customers.places(at.rows.keys), columns] = np.nan_to_num(at.total(sheet.values))
            first = min(first, _first_known(sheet)) if sheet is actual else first
    window = days_to_buckets(plan.network.customers.payment_days, bucket="month")
    sells = flow.any(axis=1)
    owed = of_last(flow[:, first:], np.where(sells, window, 0.0))
    return _company("receivables", months, owed.sum(axis=0), first)


def payables(*, plan: Plan, purchases: Sheet | None, received: Sheet | None = None) -> Sheet:
    """Purchases received and not yet paid at the end of each planned month, plan currency, the company's one row.

    Receipts are the open purchase orders by due month and the planned purchases as `received`, else `purchases`
    after their lead time, at purchase price x rate; a receipt is owed for the supplier's `payment_days`, else the
    plan's `payable_days`. Receipts of closed months come from the actual production of items that are only bought,
    split as the plan buys them; without them the months whose window reaches before the plan are blank. Blank too
    where a price's currency has no rate. Without any source nothing is owed.
    """
    months, sources = plan.calendar.all_months, plan.network.sources
    rows = Rows(("item", "site", "supplier"), sources.keys)
    closed = len(plan.calendar.history)
    arriving = _arriving(plan, rows, purchases, received) + _open(plan, rows)
    past = _past_receipts(plan, rows, arriving)
    units = np.concatenate([np.zeros((len(rows), closed)) if past is None else past, arriving], axis=1)
    first = closed if past is None else 0
    price = sources.price[:, None] * _source_rates(plan, months)
    money = np.where(units == 0, 0.0, units * price)
    window = np.where(money.any(axis=1), days_to_buckets(_days_to_pay(plan), bucket="month"), 0.0)
    owed = of_last(money[:, first:], window) + np.where(np.isnan(money[:, first:]).cumsum(axis=1) > 0, np.nan, 0.0)
    return _company("payables", months, owed.sum(axis=0), first)


def _arriving(plan: Plan, rows: Rows, purchases: Sheet | None, received: Sheet | None) -> Values:
    """Planned purchases by month of receipt, units, (source, month)."""
    if received is not None:
        return np.nan_to_num(received.on(rows).values)
    if purchases is None:
        return np.zeros((len(rows), len(plan.calendar.horizon.month_labels)))
    ordered = np.nan_to_num(purchases.on(rows).values)
    return delayed(ordered, days_to_buckets(plan.network.sources.lead_time_days, bucket="month"))


def _days_to_pay(plan: Plan) -> Values:
    """Days from receipt to payment of each source, day, (source,)."""
    suppliers = plan.network.suppliers
    stated = suppliers.payment_days[suppliers.places(plan.network.sources.supplier)]
    days: Values = np.where(np.isnan(stated), plan.settings.finance.payable_days, stated)
    return days


def _source_rates(plan: Plan, months: Periods) -> Values:
    own = plan.settings.company.currency
    return rates(
        plan=plan, currencies=[str(currency) or own for currency in plan.network.sources.currency], months=months
    )


def _open(plan: Plan, rows: Rows) -> Values:
    """Open purchase orders by due month of the horizon, units, (source, month); overdue ones come at once."""
    orders, months = plan.network.open_orders, plan.calendar.planned_months
    bought = orders.take(orders.kind == "purchase")
    source, month = rows.places(zip(bought.item, bought.site, bought.party)), months.holding_each(bought.due)
    seen = (source >= 0) & (month < len(months))
    receipts = np.zeros((len(rows), len(months)))
    np.add.at(receipts, (source[seen], month[seen]), bought.quantity[seen])
    return receipts


def _past_receipts(plan: Plan, rows: Rows, arriving: Values) -> Values | None:
    """Receipts of closed months, units, (source, month); None where they are not known for every source in use."""
    produced = brought(plan, "production_actual")
    if produced is None or not len(plan.calendar.history):
        return None
    processes = plan.network.processes
    made = set(zip(processes.item, processes.site))
    at = Rows(("item", "site"), tuple(dict.fromkeys(key[:2] for key in rows.keys)))
    used = {rows.keys[i][:2] for i in np.flatnonzero(arriving.any(axis=1))}
    if any(key in made or key not in produced.rows.position for key in used):
        return None
    past = np.nan_to_num(produced.on(at, plan.calendar.history).values)
    place = at.places(key[:2] for key in rows.keys)
    weight = arriving.sum(axis=1)
    whole = np.bincount(place, weight, minlength=len(at))[place]
    share = np.where(whole > 0, weight / np.maximum(whole, 1e-300), 0.0)
    split: Values = past[place] * share[:, None]
    return split


def _first_known(sheet: Sheet) -> int:
    """Place of the first month in which anything is known; the number of months where nothing is."""
    known: NDArray[np.bool_] = np.any(~np.isnan(sheet.values), axis=0)
    return int(np.argmax(known)) if known.any() else len(known)


def _company(name: str, months: Periods, values: Values, first: int) -> Sheet:
    whole = np.full((1, len(months)), np.nan)
    whole[0, first:] = values
    return Sheet(name, Rows(("company",), (("company",),)), months, whole)
