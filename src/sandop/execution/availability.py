"""Projected available balance and available to promise, by item, site and week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sandop.calendar import Periods
from sandop.execution.lots import by_week
from sandop.findings import Finding, warning
from sandop.network import OpenOrders
from sandop.plan import Key, Plan, Rows, Sheet, Sheets, Values

_SMALL = 0.5  # units below zero that are not worth a finding even where an item has no lot


@dataclass(frozen=True, eq=False)
class Availability:
    """Sheets `pab` and `atp`, units, (item, site) x week, and a finding for each site whose items run out."""

    sheets: Mapping[str, Sheet]
    findings: tuple[Finding, ...]


def availability(*, plan: Plan, mps: Sheet, days: NDArray[np.float64], results: Sheets) -> Availability:
    """Stock the schedule leads to, and what of it may still be promised.

    mps         good units started, (process) x week
    days        working days of each week, (week,)
    results     `deliveries`, and where the plan has them `transfers` (sent), `transfers_received`,
                `purchases_received`, by period; months are put to weeks by working days

    Lots come into stock in the week that holds the first day of their week + lead time; open orders when due, overdue
    ones at once. With R receipts, C units used as components or sent elsewhere, D planned deliveries, O open customer
    orders, all cumulative:

        PAB(w) = opening stock + R(w) - C(w) - D(w)
        ATP(w) = max(0, min over v >= w of (opening stock + R(v) - C(v) - O(v)))

    ATP is cumulative with look-ahead: promising it up to week w breaks no promise given for a later week.
    """
    weeks = mps.periods
    rows = _stocked(plan, results)
    supply = _receipts(plan, rows, mps) + _purchased(rows, weeks, days, results, "purchases_received")
    supply += _moved(rows, weeks, days, results, "transfers_received", "destination")
    spent = _components(plan, rows, mps) + _moved(rows, weeks, days, results, "transfers", "origin")
    opening = plan.network.opening_stock
    stock = np.zeros(len(rows))
    np.add.at(stock, rows.places(opening.keys), opening.quantity)
    free = stock[:, None] + (supply - spent).cumsum(axis=1)
    balance = free - _purchased(rows, weeks, days, results, "deliveries").cumsum(axis=1)
    promised = _ordered(plan, rows, weeks).cumsum(axis=1)
    least = np.minimum.accumulate((free - promised)[:, ::-1], axis=1)[:, ::-1]
    sheets = {
        "pab": Sheet("pab", rows, weeks, balance).rounded(),
        "atp": Sheet("atp", rows, weeks, np.maximum(least, 0.0)).rounded(),
    }
    return Availability(sheets, tuple(_stock_outs(plan, sheets["pab"])))


def _stocked(plan: Plan, results: Sheets) -> Rows:
    """Every item and site that anything comes to, leaves or lies at."""
    network = plan.network
    processes, bills, orders = network.processes, network.bills, network.open_orders
    keys: list[Key] = [*network.opening_stock.keys, *zip(orders.item, orders.site)]
    keys += zip(processes.item, processes.site)
    site = processes.site[processes.places(bills.process)]
    keys += zip(bills.component, site)
    for name in ("deliveries", "purchases_received"):
        keys += [key[:2] for key in results[name].rows.keys] if name in results else []
    for name, end in (("transfers", 1), ("transfers_received", 2)):
        keys += [(key[0], key[end]) for key in results[name].rows.keys] if name in results else []
    return Rows.of(("item", "site"), [(str(item), str(site)) for item, site in keys])


def _gathered(rows: Rows, keys: Iterable[Key], values: Values) -> Values:
    total = np.zeros((len(rows), values.shape[1]))
    np.add.at(total, rows.places(keys), values)
    return total


def _purchased(rows: Rows, weeks: Periods, days: NDArray[np.float64], results: Sheets, name: str) -> Values:
    """A result by item, site and party put to weeks and to item and site."""
    if name not in results:
        return np.zeros((len(rows), len(weeks)))
    sheet = results[name]
    return _gathered(rows, (key[:2] for key in sheet.rows.keys), by_week(sheet=sheet, weeks=weeks, days=days))


def _moved(rows: Rows, weeks: Periods, days: NDArray[np.float64], results: Sheets, name: str, end: str) -> Values:
    if name not in results:
        return np.zeros((len(rows), len(weeks)))
    sheet = results[name]
    keys = zip(sheet.rows.column("item"), sheet.rows.column(end))
    return _gathered(rows, keys, by_week(sheet=sheet, weeks=weeks, days=days))


def _receipts(plan: Plan, rows: Rows, mps: Sheet) -> Values:
    """Lots and open orders that come into stock, (item and site, week); what comes later is not seen."""
    processes, weeks = plan.network.processes, mps.periods
    place = processes.places(mps.rows.column("process"))
    at = rows.places(zip(processes.item[place], processes.site[place]))
    receipts = np.zeros((len(rows), len(weeks) + 1))
    for lead in np.unique(processes.lead_time_days[place]):
        these = np.flatnonzero(processes.lead_time_days[place] == lead)
        arrival = [weeks.holding(start + dt.timedelta(days=float(lead))) for start in weeks.starts]
        for week, later in enumerate(arrival):
            np.add.at(receipts[:, later], at[these], mps.values[these, week])
    _add_due(receipts, rows, weeks, plan.network.open_orders.take(plan.network.open_orders.kind != "customer"))
    return receipts[:, :-1]


def _ordered(plan: Plan, rows: Rows, weeks: Periods) -> Values:
    """Open customer orders by week of the day asked for; overdue ones in the first."""
    wanted = np.zeros((len(rows), len(weeks) + 1))
    _add_due(wanted, rows, weeks, plan.network.open_orders.take(plan.network.open_orders.kind == "customer"))
    return wanted[:, :-1]


def _add_due(total: Values, rows: Rows, weeks: Periods, orders: OpenOrders) -> None:
    """Adds the orders in their due weeks; the last column takes those due after the weeks."""
    np.add.at(total, (rows.places(zip(orders.item, orders.site)), weeks.holding_each(orders.due)), orders.quantity)


def _components(plan: Plan, rows: Rows, mps: Sheet) -> Values:
    """Components the lots take when they start: units started / yield x units a unit, (item and site, week)."""
    processes, bills = plan.network.processes, plan.network.bills
    line = mps.rows.places((process,) for process in bills.process)
    used = np.flatnonzero(line >= 0)
    making = processes.places(bills.process[used])
    units = (bills.quantity[used] / processes.good_share[making])[:, None] * mps.values[line[used]]
    return _gathered(rows, zip(bills.component[used], processes.site[making]), units)


def _stock_outs(plan: Plan, pab: Sheet) -> list[Finding]:
    """One finding a site: how many items run out for more than rounding to lots explains, and the worst by value."""
    items = plan.network.items
    place = items.places(pab.rows.column("item"))
    missing = np.maximum(-pab.values.min(axis=1, initial=0.0), 0.0)
    short = missing > np.maximum(items.lot_size[place], _SMALL)
    worth = missing * items.value[place]
    site = pab.rows.column("site")
    findings = []
    for name in sorted(set(site[short])):
        mine = np.flatnonzero(short & (site == name))
        worst = int(mine[np.argmax(worth[mine])])
        findings.append(
            warning(
                "weeks_without_stock",
                site=name,
                items=len(mine),
                item=pab.rows.keys[worst][0],
                week=pab.periods.labels[int(np.argmax(pab.values[worst] < 0))],
                missing=float(missing[worst]),
            )
        )
    return findings
