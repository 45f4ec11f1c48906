"""Draws the supply chain of a plan as arrays (`Chain`): masters, sheets, demand and targets on common rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sandop.calendar import Periods
from sandop.network import Network
from sandop.plan import MisalignedSheets, Plan, Rows, Sheet
from sandop.supply.chain import (
    Buying,
    Chain,
    DemandSeries,
    Hours,
    Making,
    Moving,
    Numbers,
    Points,
    Storing,
    keys_of,
    sums,
)
from sandop.supply.lanes import Lane, lay_lanes, stock_points
from sandop.supply.terms import demand_terms
from sandop.supply.timing import months_of

REQUIRED_STOCK_RATE = 20.0  # price of a unit missing to the required closing stock, times the standard cost
SMALLEST_VALUE = 1e-3  # stands in for a standard cost of zero where a price must not vanish


def draw_chain(*, plan: Plan, demand: Sheet, targets: Sheet, frozen: Sheet | None = None) -> Chain:
    """The chain of a plan.

    demand      unconstrained demand, unit, (item, site, customer) x period
    targets     stock wanted at the end of each period, unit, (item, site) x period
    frozen      good units started that are already fixed, (process) x period; else the plan's `frozen_production`

    Raises MisalignedSheets where a sheet speaks of none of the planned periods.
    """
    draw = _Draw(plan, plan.network, plan.calendar.horizon)
    lanes = lay_lanes(plan=plan, demand=demand, targets=targets)
    rows = stock_points(plan=plan, demand=demand, targets=targets, lanes=lanes)
    points = _points(draw, rows, targets)
    return Chain(
        periods=draw.periods,
        points=points,
        demand=_demand(draw, rows, demand),
        making=_making(draw, rows, frozen),
        moving=_moving(draw, rows, lanes),
        buying=_buying(draw, rows),
        hours=_hours(draw),
        storing=_storing(draw),
    )


@dataclass(frozen=True)
class _Draw:
    plan: Plan
    network: Network
    periods: Periods

    def sheet(self, name: str, rows: Rows) -> Numbers:
        """Values of an input sheet on these rows, (row, T): limits and costs, none of them below zero, so that
        there is always a plan (the folder's check reports a negative one)."""
        return np.maximum(on_horizon(self.plan.sheet_or_blank(name), rows, self.periods), 0.0)


def on_horizon(sheet: Sheet, rows: Rows, periods: Periods) -> Numbers:
    """Values of the sheet on these rows and periods, (row, period). Raises MisalignedSheets where it knows none
    of the periods."""
    if len(sheet.rows) and not set(sheet.periods.labels) & set(periods.labels):
        raise MisalignedSheets(
            f"{sheet.name} begins with {sheet.periods.labels[0]}, the plan with {periods.labels[0]}"
        )
    return sheet.on(rows, periods).values


def _points(draw: _Draw, rows: Rows, targets: Sheet) -> Points:
    network, periods = draw.network, draw.periods
    item, site = network.items.places(rows.column("item")), network.sites.places(rows.column("site"))
    value, months = network.items.value[item], months_of(periods)
    supply = draw.plan.settings.supply
    rate = network.sites.holding_rate[site]
    rate = np.where(np.isnan(rate), supply.holding_rate, rate)
    holding = draw.sheet("holding_cost", rows)
    holding = np.where(np.isnan(holding), np.outer(rate * value, months), holding)
    required = _said(draw.sheet("closing_stock_minimum", rows))
    target = np.maximum(_said(on_horizon(targets, rows, periods)) - required, 0.0)
    opening = _at_hand(network, rows)
    return Points(
        rows=rows,
        item=item,
        site=site,
        value=value,
        space=network.items.storage[item],
        opening=opening,
        receipts=_receipts(draw, rows),
        holding=holding,
        target=target,
        missing=_price_of_missing(supply.shortfall_rate * value, value, months),
        required=required,
        owed=REQUIRED_STOCK_RATE * np.maximum(value, SMALLEST_VALUE),
    )


def _at_hand(network: Network, rows: Rows) -> Numbers:
    """Opening stock, (P,). A negative one is reported by the folder's check and counts as none here."""
    stock = network.opening_stock
    return sums(rows.places(stock.keys), np.maximum(stock.quantity, 0.0)[:, None], len(rows))[:, 0]


def _price_of_missing(monthly: Numbers, value: Numbers, months: Numbers) -> Numbers:
    """Price of a unit missing to its target, (P, T). What is missing when the horizon ends must be made
    afterwards: its standard cost is added, else every plan would run its stock down in the last months."""
    price = np.outer(monthly, months)
    price[:, -1] += value
    return price


def _receipts(draw: _Draw, rows: Rows) -> Numbers:
    """Open orders that arrive; overdue ones in the first period, those due after the horizon never."""
    orders, periods = draw.network.open_orders, draw.periods
    receipts = np.zeros((len(rows), len(periods) + 1))
    supply = orders.take(orders.kind != "customer")
    place = rows.places(keys_of(supply.item, supply.site))
    np.add.at(receipts, (place, periods.holding_each(supply.due)), supply.quantity)
    return receipts[:, :-1]


def _demand(draw: _Draw, points: Rows, demand: Sheet) -> DemandSeries:
    orders, periods = draw.network.open_orders, draw.periods
    start = np.datetime64(periods.starts[0])
    overdue = orders.take((orders.kind == "customer") & (orders.due < start))
    owed = keys_of(overdue.item, overdue.site, overdue.party)
    rows = Rows.of(demand.rows.grain, [*demand.rows.keys, *owed])
    quantity = np.maximum(_said(on_horizon(demand, rows, periods)), 0.0)
    backlog = sums(rows.places(owed), overdue.quantity[:, None], len(rows))[:, 0]
    terms = demand_terms(
        network=draw.network, rows=rows, months=months_of(periods), lost_cost=draw.sheet("lost_cost", rows)
    )
    return DemandSeries(
        rows=rows,
        point=points.places(keys_of(rows.column("item"), rows.column("site"))),
        quantity=quantity,
        backlog=backlog,
        late=terms.late,
        lost=terms.lost,
        wait=terms.wait,
        settled=terms.settled,
        rank=terms.rank,
    )


def _making(draw: _Draw, points: Rows, frozen: Sheet | None) -> Making:
    network = draw.network
    table, bills, routings = network.processes, network.bills, network.routings
    rows = Rows.of(("process",), [(key,) for key in table.keys])
    fixed = draw.plan.sheet_or_blank("frozen_production") if frozen is None else frozen
    said = np.maximum(on_horizon(fixed, rows, draw.periods), 0.0)
    period = np.arange(1, len(draw.periods) + 1)
    limit = draw.sheet("process_limit", rows)
    part, work = table.places(bills.process), table.places(routings.process)
    return Making(
        rows=rows,
        point=points.places(keys_of(table.item, table.site)),
        days=table.lead_time_days,
        cost=table.cost,
        limit=np.where(np.isnan(limit), np.inf, limit),
        facts=_said(said),
        free_from=np.max(np.where(np.isnan(said), 0, period), axis=1, initial=0).astype(np.int64),
        part_process=part,
        part_point=points.places(keys_of(bills.component, table.site[part])),
        part_units=bills.quantity / table.good_share[part],
        work_process=work,
        work_resource=network.resources.places(routings.resource),
        work_hours=routings.hours / table.good_share[work],
    )


def _moving(draw: _Draw, points: Rows, lanes: dict[Lane, int]) -> Moving:
    rows = Rows.of(("item", "origin", "destination"), lanes)
    table = draw.network.lanes.take(np.array([lanes[key] for key in rows.keys], dtype=np.int64))  # type: ignore[index]
    item = rows.column("item")
    return Moving(
        rows=rows,
        origin=points.places(keys_of(item, rows.column("origin"))),
        destination=points.places(keys_of(item, rows.column("destination"))),
        days=table.lead_time_days,
        cost=table.cost,
    )


def _buying(draw: _Draw, points: Rows) -> Buying:
    sources = draw.network.sources
    rows = Rows.of(("item", "site", "supplier"), sources.keys)
    suppliers = Rows.of(("supplier",), [(key,) for key in draw.network.suppliers.keys])
    limit, total = draw.sheet("purchase_limit", rows), draw.sheet("supplier_limit", suppliers)
    return Buying(
        rows=rows,
        point=points.places(keys_of(sources.item, sources.site)),
        supplier=draw.network.suppliers.places(sources.supplier),
        days=sources.lead_time_days,
        price=sources.price[:, None] * _rates(draw, sources.currency),
        limit=np.where(np.isnan(limit), np.inf, limit),
        limit_units=sources.limit_units,
        suppliers=suppliers,
        supplier_limit=np.where(np.isnan(total), np.inf, total),
    )


def _rates(draw: _Draw, currency: NDArray[np.object_]) -> Numbers:
    """Plan currency for one unit of each row's currency, (row, T). Raises ValueError where a rate is blank."""
    own = draw.plan.settings.company.currency
    rows = Rows.of(("currency",), [(code,) for code in set(currency) | {own, ""}])
    rates = draw.sheet("rate", rows).copy()
    rates[rows.places([(own,), ("",)])] = 1.0
    for key, series in zip(rows.keys, rates):
        if np.isnan(series).any():
            raise ValueError(f"no exchange rate for {key[0]} in every planned period")
    return rates[rows.places([(code,) for code in currency])]


def _hours(draw: _Draw) -> Hours:
    table = draw.network.resources
    rows = Rows.of(("resource",), [(key,) for key in table.keys])
    regular = draw.sheet("capacity_regular", rows) * table.demonstrated[:, None]
    by_workers = ~np.isnan(table.hours_per_worker)
    overtime = draw.sheet("capacity_overtime", rows)
    unsaid = np.where(by_workers & (table.overtime_per_worker > 0), np.inf, 0.0)[:, None]
    return Hours(
        rows=rows,
        regular=np.where(np.isnan(regular), np.inf, regular),
        overtime=np.where(np.isnan(overtime), unsaid, overtime),
        outsourced=_said(draw.sheet("capacity_outsourced", rows)),
        regular_cost=table.regular_cost,
        overtime_cost=table.overtime_cost,
        outsourced_cost=table.outsourced_cost,
        by_workers=by_workers,
        workers=_said(table.workers),
        hours_per_worker=_said(table.hours_per_worker),
        overtime_per_worker=table.overtime_per_worker,
        wage=table.wage,
        hire_cost=table.hire_cost,
        layoff_cost=table.layoff_cost,
        most_workers=table.most_workers,
        whole=table.whole_workers & by_workers,
    )


def _storing(draw: _Draw) -> Storing:
    sites = Rows.of(("site",), [(key,) for key in draw.network.sites.keys])
    limit = draw.sheet("storage_limit", sites)
    limited = np.flatnonzero(~np.isnan(limit).all(axis=1))
    keys = tuple(sites.keys[site] for site in limited)
    most = limit[limited]
    return Storing(rows=Rows(sites.grain, keys), site=limited, limit=np.where(np.isnan(most), np.inf, most))


def _said(values: Numbers) -> Numbers:
    """Zero where nobody has said: only where the measure's rule is that silence is none."""
    return np.where(np.isnan(values), 0.0, values)
