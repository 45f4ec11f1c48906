"""The plan as it stood a month earlier, so that the plan approved then can be made by running that month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from sandop.calendar import Periods, first_day, month_label, month_number
from sandop.measures import measure
from sandop.network import Network, OpeningStock, OpenOrders
from sandop.plan import Plan, Rows, Sheet
from sandop.scenario import Month, run_steps
from sandop.units import DAYS_PER_MONTH
from sandop_demo.sheets import spoken

Row = dict[str, Any]

PLANNED = ("forecast", "demand", "supply", "finance", "schedule")  # what the next month remembers of this one

# Limits that follow the calendar: the month before takes the same month a year later, where the plan reaches it.
_BY_CALENDAR = {
    "capacity_regular",
    "capacity_overtime",
    "capacity_outsourced",
    "process_limit",
    "supplier_limit",
    "purchase_limit",
}
_NOT_YET_SAID = {"frozen_production", "demand_given", "closing_stock_minimum"}


def with_last_plan(plan: Plan) -> Plan:
    """The plan with the one approved a month before it, really made by running that month. Raises ValueError as
    `one_month_earlier`."""
    before = run_steps(month=Month(one_month_earlier(plan)), steps=PLANNED)
    return replace(plan, previous=before.sheets)


def one_month_earlier(plan: Plan) -> Plan:
    """The plan of the month before: history without its last month, horizon of the same length from that month.

    Opening stock is the actual stock of then; overdue customer orders are orders less shipments up to then; on the
    way are the receipts of the month, as far as the lead time says that they were ordered before it, and the open
    orders of now that had been placed. What sales said of the month is its past forecast; of later months it is
    taken to have said what it says now. Overrides of the month now open are gone, as are changes, approved plan and
    later vintages. What the plan does not keep is filled in: capacity and supplier limits take the same month a
    year later, prices, costs and stock targets the first month planned now.

    Raises ValueError for a plan in weeks or with fewer than two closed months.
    """
    time = plan.settings.time
    if time.bucket != "month" or len(plan.calendar.history) < 2:
        raise ValueError(f"a month earlier needs monthly buckets and two closed months, not {time.bucket} buckets")
    start = month_label(month_number(time.start) - 1)
    settings = plan.settings.model_copy(update={"time": time.model_copy(update={"start": start})})
    earlier = replace(plan, settings=settings, previous={}, changes=())
    sheets = {name: _earlier_sheet(plan, earlier.calendar.history, name, start) for name in plan.sheets}
    vintages = {month: sheet for month, sheet in plan.vintages.items() if month < start}
    return replace(
        earlier,
        network=_earlier_network(plan, start),
        sheets={name: sheet for name, sheet in sheets.items() if len(sheet.rows)},
        vintages=vintages,
    )


def _earlier_sheet(plan: Plan, history: Periods, name: str, start: str) -> Sheet:
    sheet, span = plan.sheet(name), measure(name).span
    horizon = Periods.months(start, plan.settings.time.months)
    if span == "history":
        return spoken(sheet.on(sheet.rows, history))
    if span == "both":
        return sheet.on(sheet.rows, history.then(horizon))
    if name == "sales_forecast":
        return _sales_forecast(plan, sheet, horizon)
    earlier = sheet.on(sheet.rows, horizon)
    values = earlier.values.copy()
    if name not in _NOT_YET_SAID:
        later = month_label(month_number(start) + 12)
        source = later if name in _BY_CALENDAR and later in sheet.periods.position else sheet.periods.labels[0]
        values[:, 0] = sheet.values[:, sheet.periods.position[source]]
    return earlier.with_values(values)


def _sales_forecast(plan: Plan, sheet: Sheet, horizon: Periods) -> Sheet:
    past = plan.sheet_or_blank("sales_forecast_past")
    said = past.on(past.rows, horizon.slice(0, 1))
    rows = Rows.of(sheet.rows.grain, [*sheet.rows.keys, *said.rows.keys])
    values = sheet.on(rows, horizon).values.copy()
    values[:, 0] = said.on(rows).values[:, 0]
    return spoken(Sheet(sheet.name, rows, horizon, values))


def _earlier_network(plan: Plan, start: str) -> Network:
    network = plan.network
    now = np.datetime64(first_day(plan.settings.time.start), "D")
    return replace(
        network,
        opening_stock=OpeningStock.of(_stock_then(plan, start)).sorted(),
        open_orders=OpenOrders.of(_orders_then(plan, start)).sorted(),
        overrides=network.overrides.take(network.overrides.when < now),
    )


def _stock_then(plan: Plan, start: str) -> list[Row]:
    """Actual stock at the end of the month before `start`; where none was counted, what is there now."""
    now = dict(zip(plan.network.opening_stock.keys, plan.network.opening_stock.quantity))
    actual = plan.sheet_or_blank("stock_actual")
    before = month_label(month_number(start) - 1)
    counted = actual.on(actual.rows, Periods.months(before, 1)).values[:, 0]
    then = {key: float(units) for key, units in zip(actual.rows.keys, counted) if not np.isnan(units)}
    return [{"item": i, "site": s, "quantity": units} for (i, s), units in {**now, **then}.items()]


def _orders_then(plan: Plan, start: str) -> Iterator[Row]:
    yield from _still_open(plan, start)
    number = 0
    for kind, item, site, party, due, units in (*_overdue(plan, start), *_received(plan, start)):
        if units > 0:
            number += 1
            order = f"{start}-{number:04d}"
            day = np.datetime64(due, "D")
            yield {
                "order": order,
                "kind": kind,
                "item": item,
                "site": site,
                "party": party,
                "due": day,
                "quantity": units,
            }


def _still_open(plan: Plan, start: str) -> Iterator[Row]:
    """Open orders of now that had been placed before `start`: due day less lead time. Of customer orders due later it
    is not known when they came; they are kept."""
    orders, now = plan.network.open_orders, np.datetime64(first_day(plan.settings.time.start), "D")
    then, leads = np.datetime64(first_day(start), "D"), _lead_days(plan)
    for row in orders.rows():
        if row["kind"] == "customer":
            kept = row["due"] >= now
        else:
            days = leads.get((row["kind"], row["item"], row["site"], row["party"]), 0.0)
            kept = row["due"] - np.timedelta64(int(days), "D") < then
        if kept:
            yield row


def _lead_days(plan: Plan) -> dict[tuple[str, str, str, str], float]:
    """(kind, item, site, party) → lead time in days of purchases, production and transfers."""
    network = plan.network
    sources, making, lanes = network.sources, network.processes, network.lanes
    made = zip(making.process, making.item, making.site)
    return {
        **{("purchase", i, s, p): d for (i, s, p), d in zip(sources.keys, sources.lead_time_days)},
        **{("production", i, s, p): d for (p, i, s), d in zip(made, making.lead_time_days)},
        **{("transfer", i, d, o): days for (i, o, d), days in zip(lanes.keys, lanes.lead_time_days)},
    }


def _overdue(plan: Plan, start: str) -> Iterator[tuple[str, str, str, str, dt.date, float]]:
    """Orders less shipments of all months before `start`."""
    orders = plan.sheet_or_blank("orders")
    known = np.array([label < start for label in orders.periods.labels])
    asked = np.nan_to_num(orders.values[:, known]).sum(axis=1)
    shipped = np.nan_to_num(plan.sheet_or_blank("shipments").on(orders.rows, orders.periods).values)[:, known]
    due = first_day(start) - dt.timedelta(days=10)
    for (item, site, customer), owed in zip(orders.rows.keys, asked - shipped.sum(axis=1)):
        yield "customer", item, site, customer, due, float(np.round(owed, 3))


def _received(plan: Plan, start: str) -> Iterator[tuple[str, str, str, str, dt.date, float]]:
    """Receipts of the month `start` that were on the way when it began: its actual receipts, the part of the month
    that the lead time of the first supplier or own process covers."""
    ways: dict[tuple[str, str], tuple[str, str, float]] = {}
    for (kind, item, site, party), days in sorted(_lead_days(plan).items(), reverse=True):
        own = kind == "purchase" or party in _own(plan)
        if own and kind != "transfer":
            ways[item, site] = (kind, party, days)
    made = plan.sheet_or_blank("production_actual")
    units = made.on(made.rows, Periods.months(start, 1)).values[:, 0]
    due = first_day(start) + dt.timedelta(days=9)
    for (item, site), received in zip(made.rows.keys, np.nan_to_num(units)):
        if (item, site) in ways:
            kind, party, days = ways[item, site]
            covered = min(days / DAYS_PER_MONTH, 1.0)
            yield kind, item, site, party, due, float(np.round(covered * received))


def _own(plan: Plan) -> set[str]:
    making = plan.network.processes
    return set(making.process[making.kind == "make"])
