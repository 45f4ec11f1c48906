"""Days of supply, peak load, schedule attainment and the cash conversion cycle."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sandop.finance.earnings import actual_earnings
from sandop.finance.ledger import stock_value
from sandop.pack.figures import months as planned_months
from sandop.plan import Key, Rows, Sheet, by_month
from sandop_web.queries.steps.causes.ratio import Numbers, Peak, Ratio, at_cost, ratio_at
from sandop_web.queries.steps.content import Needs, Reading

STOCK = Needs(
    sheets=("stock_value", "cogs"), inputs=("stock_actual", "shipments", "revenue_actual"), reports=("kpis",)
)
LOAD = Needs(sheets=("hours_regular", "hours_overtime", "hours_available"), reports=("kpis",))
SCHEDULE = Needs(previous=("production_finished",), inputs=("production_actual",), reports=("kpis",))
CASH = Needs(sheets=("stock_value", "cogs", "revenue", "receivables", "payables"), reports=("kpis",))


def stock_days(reading: Reading) -> Sequence[Ratio]:
    """Mean stock value at the ends of the planned months, over the cost of goods sold a day."""
    month = reading.month
    if not {"stock_value", "cogs"} <= month.sheets.keys():
        return ()
    actual, plan = actual_earnings(plan=month.plan), month.plan
    stocks = [stock_value(plan, plan.sheet("stock_actual"))] if "stock_actual" in plan.sheets else []
    costs = [] if actual is None else [actual.cogs]
    days, labels = plan.calendar.all_months.days, planned_months(month)
    span = float(days[-len(labels) :].sum())
    above = [_scaled(by_month(sheet), 1 / len(labels)) for sheet in (*stocks, month.sheets["stock_value"])]
    below = [_scaled(by_month(sheet), 1 / span) for sheet in (*costs, month.sheets["cogs"])]
    pace = len(labels) * days / span
    return [ratio_at(month, by, above, below, counted=labels, pace=pace) for by in ("family", "item")]


def utilisation_peak(reading: Reading) -> Sequence[Ratio]:
    """Hours worked over regular hours available by resource, each in the period in which its load is highest."""
    found = reading.month.sheets
    if not {"hours_regular", "hours_overtime", "hours_available"} <= found.keys():
        return ()
    worked = found["hours_regular"].values + found["hours_overtime"].values
    available = found["hours_available"]
    load = np.divide(
        worked, available.values, out=np.full(worked.shape, np.nan), where=np.nan_to_num(available.values) > 0
    )
    month_of, labels = available.periods.month_of, available.periods.month_labels
    place = [_highest(load[:, month_of == column]) for column in range(len(labels))]
    columns = [np.flatnonzero(month_of == column) for column in range(len(labels))]
    chosen = np.stack([inside[at] for inside, at in zip(columns, place)], axis=1)
    rows = np.arange(len(worked))[:, None]
    names = tuple(str(key[0]) for key in available.rows.keys)
    counted = np.ones(len(labels), dtype=bool)
    return (Peak("resource", names, worked[rows, chosen], available.values[rows, chosen], labels, 0, counted),)


def schedule_attainment(reading: Reading) -> Sequence[Ratio]:
    """Made of what the plan approved last wanted finished in the last closed month, never more than it wanted."""
    plan = reading.month.plan
    planned, history = plan.previous.get("production_finished"), plan.calendar.history
    if planned is None or "production_actual" not in plan.sheets or not len(history):
        return ()
    planned, label = by_month(planned), history.labels[-1]
    if label not in planned.periods.position:
        return ()
    wanted = _by_site(reading, planned, label)
    if not wanted:  # nothing of it in the reader's scope
        return ()
    rows, period = Rows.of(("item", "site"), wanted), history.slice(len(history) - 1, len(history))
    asked = np.array([[wanted[key]] for key in rows.keys])
    done = np.minimum(asked, np.nan_to_num(plan.sheet("production_actual").on(rows, period).values))
    upper, lower = (
        at_cost(reading.month, Sheet("production_actual", rows, period, values)) for values in (done, asked)
    )
    return [ratio_at(reading.month, by, [upper], [lower], counted=[label]) for by in ("family", "item")]


def cash_conversion_days(reading: Reading) -> Sequence[Ratio]:
    """Days of stock and of receivables, less days of payables: three parts that add up, in days."""
    found = reading.month.sheets
    if not {"stock_value", "cogs", "revenue", "receivables", "payables"} <= found.keys():
        return ()
    labels = planned_months(reading.month)
    stock, cogs, revenue = (_whole(by_month(found[name])) for name in ("stock_value", "cogs", "revenue"))
    owed_to_us, owed_by_us = (by_month(found[name]).values[0] for name in ("receivables", "payables"))
    known = ~np.isnan(owed_to_us + owed_by_us)
    days = reading.month.plan.calendar.planned_months.days
    cost, sold = cogs.sum() / days.sum(), revenue.sum() / days.sum()
    if not known.any() or cost <= 0 or sold <= 0:
        return ()
    parts = np.stack([stock / cost, owed_to_us / sold, -owed_by_us / cost])
    lower = np.zeros(parts.shape)
    lower[0] = 1.0  # the parts share one month: their days add up, their months are averaged
    return (
        Ratio("part", ("stock", "receivables", "payables"), parts, np.where(known, lower, np.nan), labels, 0, known),
    )


def _by_site(reading: Reading, planned: Sheet, label: str) -> dict[Key, float]:
    """Item and site → what was to be finished there in the month, units."""
    processes = reading.month.plan.network.processes
    wanted: dict[Key, float] = {}
    place = processes.places(planned.rows.column("process"))
    for process, units in zip(place, planned.values[:, planned.periods.position[label]]):
        key = (str(processes.item[process]), str(processes.site[process]))
        wanted[key] = wanted.get(key, 0.0) + float(np.nan_to_num(units))
    return wanted


def _scaled(sheet: Sheet, factor: float) -> Sheet:
    return sheet.with_values(sheet.values * factor)


def _whole(sheet: Sheet) -> Numbers:
    total: Numbers = np.nansum(sheet.values, axis=0)
    return total


def _highest(load: Numbers) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    """Place of the highest load of each row, (row,); the first where none is known."""
    place: np.ndarray[tuple[int, ...], np.dtype[np.int64]] = np.where(np.isnan(load), -1.0, load).argmax(axis=1)
    return place
