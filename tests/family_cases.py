"""Two families over three months, worked out on paper (see `tests/textbook/test_sop_sheet_by_hand.py`)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from money_company import A_EAST, S_EAST, company, network
from sandop.calendar import Periods
from sandop.network import Bills, OpenOrders
from sandop.plan import Plan, Sheet
from sandop.scenario.month import Month

AHEAD = Periods.months("2026-01", 3)
A, S = ("A", "P1"), ("S", "P1")


def sheets_of_the_plan(periods: Periods = AHEAD) -> dict[str, Sheet]:
    """Result sheets of the plan, units."""

    def sheet(name: str, series: dict[tuple[str, ...], list[float]]) -> Sheet:
        return Sheet.of(name, periods, series)

    return {
        "demand": sheet("demand", {A_EAST: [100, 120, 90], S_EAST: [40, 40, 40]}),
        "deliveries": sheet("deliveries", {A_EAST: [96, 128, 90], S_EAST: [40, 40, 40]}),
        "backlog": sheet("backlog", {A_EAST: [10, 0, 0], S_EAST: [0, 0, 0]}),
        "lost": sheet("lost", {A_EAST: [0, 2, 0], S_EAST: [0, 0, 0]}),
        "production": sheet("production", {("A@P1",): [80, 130, 90]}),
        "production_finished": sheet("production_finished", {("A@P1",): [80, 130, 90]}),
        "open_receipts": sheet("open_receipts", {A: [3, 0, 0], S: [48, 0, 0]}),
        "purchases_received": sheet("purchases_received", {("S", "P1", "SS"): [0, 60, 0]}),
        "transfers": sheet("transfers", {("A", "P1", "DC"): [10, 0, 0]}),
        "transfers_received": sheet("transfers_received", {("A", "P1", "DC"): [4, 6, 0]}),
        "closing_stock": sheet("closing_stock", {A: [37, 39, 39], ("A", "DC"): [4, 10, 10], S: [80, 87, 38]}),
    }


def order(number: str, kind: str, item: str, party: str, due: str, quantity: float) -> dict[str, object]:
    return {
        "order": number,
        "kind": kind,
        "item": item,
        "site": "P1",
        "party": party,
        "due": np.datetime64(due),
        "quantity": quantity,
    }


def case() -> Month:
    """The plan of January 2026: six pumps are overdue, three come back on a transfer, 48 spares are on order."""
    orders = OpenOrders.of(
        [
            order("SO-1", "customer", "A", "EAST", "2025-12-20", 6),
            order("SO-2", "customer", "A", "EAST", "2026-02-10", 50),
            order("TO-1", "transfer", "A", "DC", "2025-12-30", 3),
            order("TO-2", "transfer", "A", "DC", "2027-01-30", 9),
            order("PO-1", "purchase", "S", "SS", "2026-01-15", 48),
        ]
    )
    bills = Bills.of([{"process": "A@P1", "component": "S", "quantity": 0.1}])
    plan = company(network=network(open_orders=orders, bills=bills), time={"months": 3})
    shipped = {A_EAST: [100.0] * 22 + [106.0, 94.0], S_EAST: [40.0] * 24}
    asked = {A_EAST: [100.0] * 22 + [106.0, 100.0], S_EAST: [40.0] * 24}
    past = plan.calendar.history
    made = {A: [100.0] * 23 + [95.0], S: [42.0] * 24}
    stock = {A: [60.0] * 22 + [59.0, 60.0], S: [80.0] * 24}
    plan = plan.with_sheets(
        orders=Sheet.of("orders", past, asked),
        shipments=Sheet.of("shipments", past, shipped),
        production_actual=Sheet.of("production_actual", past, made),
        stock_actual=Sheet.of("stock_actual", past, stock),
    )
    return Month(plan, sheets_of_the_plan())


def with_last_version(month: Month) -> Month:
    """The same month after a version approved in December, which planned December to February alike; and the
    demand forecast that was made in November."""
    old = sheets_of_the_plan(Periods.months("2025-12", 3))
    vintage = Sheet.of("demand", Periods.months("2025-11", 2), {A_EAST: [90, 90], S_EAST: [44, 44]})
    plan: Plan = replace(month.plan, previous=old, vintages={"2025-11": vintage})
    return replace(month, plan=plan)
