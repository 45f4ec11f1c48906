"""Seconds of finance, release and family sheets at 500, 2,000 and 10,000 items x 3 customers x 18 months.

    .venv/bin/python tests/bench/finance_bench.py [sizes…]

Each size is printed as it ends. The plan is made of seeded random numbers; 24 months of history.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np

from sandop.calendar import Periods
from sandop.execution import release
from sandop.finance import bridge, business_review, project
from sandop.network import (
    Bills,
    Customers,
    Families,
    Items,
    Network,
    OpeningStock,
    Priorities,
    Processes,
    Resources,
    Routings,
    Sites,
)
from sandop.plan import Plan, Rows, Settings, Sheet
from sandop.scenario.family_sheet import family_sheet
from sandop.scenario.kpis import kpis
from sandop.scenario.month import Month

SIZES = (500, 2_000, 10_000)
CUSTOMERS = ("EAST", "NORTH", "USA")


def plan_of(items: int, rng: np.random.Generator) -> Plan:
    """A plan of finished items, each made by one process on one of forty resources."""
    names = [f"I{i:05d}" for i in range(items)]
    network = Network.of(
        families=Families.of([{"family": f"F{f:02d}", "unit": "piece"} for f in range(20)]),
        items=Items.of(
            [
                {"item": name, "family": f"F{i % 20:02d}", "value": float(10 + i % 90), "lot_size": float(5 + i % 50)}
                for i, name in enumerate(names)
            ]
        ),
        sites=Sites.of([{"site": "P1", "region": "East"}]),
        priorities=Priorities.of([{"priority": "1", "late": 1.0, "lost": 5.0}]),
        customers=Customers.of(
            [
                {
                    "customer": customer,
                    "site": "P1",
                    "priority": "1",
                    "region": customer,
                    "payment_days": 45.0,
                    "currency": "USD" if customer == "USA" else "",
                }
                for customer in CUSTOMERS
            ]
        ),
        resources=Resources.of([{"resource": f"R{r:02d}", "site": "P1"} for r in range(40)]),
        processes=Processes.of([{"process": f"{name}@P1", "item": name, "site": "P1"} for name in names]),
        routings=Routings.of(
            [{"process": f"{name}@P1", "resource": f"R{i % 40:02d}", "hours": 0.2} for i, name in enumerate(names)]
        ),
        bills=Bills.of(),
        opening_stock=OpeningStock.of([{"item": name, "site": "P1", "quantity": 50.0} for name in names]),
    )
    settings = Settings.model_validate(
        {
            "company": {"name": "Bench", "currency": "CNY", "invented": True},
            "time": {"start": "2026-01", "months": 18, "history_start": "2024-01"},
        }
    )
    plan = Plan(settings, network)
    past, ahead = plan.calendar.history, plan.calendar.horizon
    sold = Rows.of(("item", "site", "customer"), [(name, "P1", customer) for name in names for customer in CUSTOMERS])
    held = Rows.of(("item", "site"), [(name, "P1") for name in names])
    priced = Rows.of(("item", "customer"), [key[::2] for key in sold.keys])

    def sheet(name: str, rows: Rows, periods: Periods, mean: float) -> Sheet:
        return Sheet(name, rows, periods, rng.gamma(2.0, mean / 2.0, (len(rows), len(periods))))

    return plan.with_sheets(
        orders=sheet("orders", sold, past, 40),
        shipments=sheet("shipments", sold, past, 40),
        revenue_actual=sheet("revenue_actual", sold, past, 4000),
        stock_actual=sheet("stock_actual", held, past, 50),
        production_actual=sheet("production_actual", held, past, 120),
        price=sheet("price", priced, ahead, 100),
        rate=Sheet.of("rate", past.then(ahead), {("USD",): [7.0] * (len(past) + len(ahead))}),
        budget_volume=sheet("budget_volume", sold, ahead, 42),
        budget_revenue=sheet("budget_revenue", sold, ahead, 4200),
        budget_margin=sheet("budget_margin", sold, ahead, 1200),
    )


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    made = work()
    return time.perf_counter() - start, made


def bench(items: int) -> dict[str, float]:
    """Seconds by step."""
    rng = np.random.default_rng(7)
    plan = plan_of(items, rng)
    past, ahead = plan.sheet("shipments"), plan.calendar.horizon
    deliveries = Sheet("deliveries", past.rows, ahead, rng.gamma(2.0, 20.0, (len(past.rows), len(ahead))))
    held = plan.sheet("stock_actual").rows
    stock = Sheet("closing_stock", held, ahead, rng.gamma(2.0, 25.0, (len(held), len(ahead))))
    made = Rows(("process",), tuple((f"{key[0]}@P1",) for key in held.keys))
    production = Sheet("production", made, ahead, rng.gamma(2.0, 60.0, (len(made), len(ahead))))
    seconds: dict[str, float] = {}
    seconds["project"], money = timed(lambda: project(plan=plan, deliveries=deliveries, closing_stock=stock))
    seconds["bridge"], _ = timed(lambda: bridge(plan=plan, deliveries=deliveries))
    seconds["review"], _ = timed(lambda: business_review(plan=plan))
    results = {"deliveries": deliveries}
    seconds["release"], _ = timed(lambda: release(plan=plan, production=production, results=results))
    sheets = {
        **money.sheets,
        "demand": deliveries.named("demand"),
        "deliveries": deliveries,
        "closing_stock": stock,
        "production": production,
        "production_finished": production.named("production_finished"),
    }
    month = Month(plan, sheets, money.reports)
    seconds["family sheet"], _ = timed(lambda: family_sheet(month=month))
    seconds["kpis"], _ = timed(lambda: kpis(month=month))
    return seconds


def main() -> None:
    """Print the table, a row a size."""
    steps = ("project", "bridge", "review", "release", "family sheet", "kpis")
    print("| items | " + " | ".join(f"{step}, s" for step in steps) + " |")
    print("|---|" + "---|" * len(steps))
    for size in [int(argument) for argument in sys.argv[1:]] or SIZES:
        seconds = bench(size)
        print(f"| {size:,} | " + " | ".join(f"{seconds[step]:.2f}" for step in steps) + " |", flush=True)


if __name__ == "__main__":
    main()
