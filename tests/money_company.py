"""A company small enough to check its money with a pencil.

    item  family  plan unit   standard cost        customer  currency  rebate  pays after
    A     DOM     pump        30                   EAST      CNY       10 %    1.5 months
    S     SPARE   kg (x 0.5)  2                    USA       USD       none    2 months
    M     PART    piece       10 (bought for A)

A is made at P1 from one M (lots of 50, half an hour of LINE a piece) and sold from P1.

              closed months (2024-01..2025-12)          plan (2026-01..)
              sold   price  earned     rate             sold   price  rate
    A EAST    100    50     5,000                       110    52
    A USA      10     8 USD   560      7.0               10     8 USD 7.2
    S EAST     40     5       200                        40     5
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sandop.calendar import Periods
from sandop.network import (
    Bills,
    Customers,
    Families,
    Items,
    Network,
    OpeningStock,
    OpenOrders,
    Priorities,
    Processes,
    Resources,
    Routings,
    Sites,
    Sources,
    Suppliers,
)
from sandop.plan import Plan, Settings, Sheet

A_EAST, A_USA, S_EAST = ("A", "P1", "EAST"), ("A", "P1", "USA"), ("S", "P1", "EAST")
MONTH = 30.4375  # days


def network(**tables: object) -> Network:
    known = {
        "families": Families.of(
            [
                {"family": "DOM", "unit": "pump"},
                {"family": "SPARE", "unit": "kg"},
                {"family": "PART", "unit": "piece"},
            ]
        ),
        "items": Items.of(
            [
                {"item": "A", "family": "DOM", "value": 30.0, "lot_size": 50.0},
                {"item": "S", "family": "SPARE", "value": 2.0, "plan_factor": 0.5},
                {"item": "M", "family": "PART", "kind": "component", "value": 10.0},
            ]
        ),
        "sites": Sites.of([{"site": "P1", "region": "East"}]),
        "customers": Customers.of(
            [
                {
                    "customer": "EAST",
                    "site": "P1",
                    "priority": "1",
                    "region": "East",
                    "rebate": 0.1,
                    "payment_days": 1.5 * MONTH,
                },
                {
                    "customer": "USA",
                    "site": "P1",
                    "priority": "1",
                    "region": "Export",
                    "currency": "USD",
                    "payment_days": 2 * MONTH,
                },
            ]
        ),
        "priorities": Priorities.of([{"priority": "1", "late": 1.0, "lost": 5.0}]),
        "resources": Resources.of([{"resource": "LINE", "site": "P1"}]),
        "processes": Processes.of([{"process": "A@P1", "item": "A", "site": "P1", "lead_time_days": 2.0}]),
        "bills": Bills.of([{"process": "A@P1", "component": "M", "quantity": 1.0}]),
        "routings": Routings.of([{"process": "A@P1", "resource": "LINE", "hours": 0.5}]),
        "suppliers": Suppliers.of([{"supplier": "SM", "payment_days": MONTH}]),
        "sources": Sources.of(
            [{"item": "M", "site": "P1", "supplier": "SM", "price": 10.0, "lead_time_days": MONTH / 2}]
        ),
        "opening_stock": OpeningStock.of(
            [{"item": "A", "site": "P1", "quantity": 60.0}, {"item": "S", "site": "P1", "quantity": 80.0}]
        ),
        "open_orders": OpenOrders.of(
            [
                {
                    "order": "PO-1",
                    "kind": "purchase",
                    "item": "M",
                    "site": "P1",
                    "party": "SM",
                    "due": np.datetime64("2026-01-10"),
                    "quantity": 60.0,
                }
            ]
        ),
    }
    return Network.of(**{**known, **tables})  # type: ignore[arg-type]


def settings(**changed: object) -> Settings:
    time = {"start": "2026-01", "months": 12, "history_start": "2024-01", **changed.get("time", {})}  # type: ignore[dict-item]
    company = {"name": "Pencil Pumps", "currency": "CNY", **changed.get("company", {})}  # type: ignore[dict-item]
    return Settings(company=company, time=time)  # type: ignore[arg-type]


def flat(name: str, periods: Periods, series: Mapping[tuple[str, ...], float]) -> Sheet:
    """A sheet whose rows say the same in every period."""
    return Sheet.of(name, periods, {key: [value] * len(periods) for key, value in series.items()})


def company(*, without: tuple[str, ...] = (), sheets: Mapping[str, Sheet] | None = None, **changed: object) -> Plan:
    """The company above; `without` leaves input sheets out, `sheets` replaces some, `network` and settings too."""
    said = settings(**changed)
    plan = Plan(said, changed.get("network") or network())  # type: ignore[arg-type]
    past, ahead = plan.calendar.history, Periods.months(said.time.start, said.time.months)
    known = {
        "orders": flat("orders", past, {A_EAST: 100, A_USA: 10, S_EAST: 40}),
        "shipments": flat("shipments", past, {A_EAST: 100, A_USA: 10, S_EAST: 40}),
        "revenue_actual": flat("revenue_actual", past, {A_EAST: 5000, A_USA: 560, S_EAST: 200}),
        "stock_actual": flat("stock_actual", past, {("A", "P1"): 60, ("S", "P1"): 80}),
        "production_actual": flat("production_actual", past, {("A", "P1"): 110, ("S", "P1"): 40}),
        "price": flat("price", ahead, {("A", "EAST"): 52, ("A", "USA"): 8, ("S", "EAST"): 5}),
        "rate": Sheet.of("rate", past.then(ahead), {("USD",): [7.0] * len(past) + [7.2] * len(ahead)}),
        "budget_volume": flat("budget_volume", ahead, {A_EAST: 120, S_EAST: 40}),
        "budget_revenue": flat("budget_revenue", ahead, {A_EAST: 6000, S_EAST: 180}),
        "budget_margin": flat("budget_margin", ahead, {A_EAST: 2400, S_EAST: 100}),
        "budget_stock": flat("budget_stock", ahead, {("DOM",): 1500, ("SPARE",): 150}),
    }
    brought = {name: sheet for name, sheet in {**known, **(sheets or {})}.items() if name not in without}
    return Plan(said, plan.network, brought)


def horizon(plan: Plan) -> Periods:
    return plan.calendar.horizon


def deliveries(plan: Plan) -> Sheet:
    return flat("deliveries", horizon(plan), {A_EAST: 110, A_USA: 10, S_EAST: 40})


def closing_stock(plan: Plan) -> Sheet:
    return flat("closing_stock", horizon(plan), {("A", "P1"): 40, ("S", "P1"): 80})


def purchases(plan: Plan) -> Sheet:
    return flat("purchases", horizon(plan), {("M", "P1", "SM"): 120})
