"""Random small plans: two plants' worth of trouble in one, drawn from a seed."""

from __future__ import annotations

from typing import Any

import numpy as np

from sandop.plan import Plan, Sheet
from supply_cases import plan, sheet

NAN = float("nan")
LEADS = (0.0, 7.0, 15.21875, 30.4375, 40.0)


def random_case(seed: int, *, staffed: bool = False) -> tuple[Plan, Sheet, Sheet]:
    """Plan, demand and targets.

    Two finished items are made at P (one of them in two ways) from a component made at P from a bought raw, sold
    at P and at the distribution centre D to customers of two priorities; limits, facts and targets at random.
    """
    g = np.random.default_rng(seed)
    weeks = seed % 4 == 0
    count = 5 if weeks else 4  # January 2027 is cut into five weeks

    def series(low: float, high: float, blank: float = 0.0) -> list[float]:
        return [NAN if g.random() < blank else float(v) for v in np.round(g.uniform(low, high, count), 1)]

    def lead() -> float:
        return float(g.choice(LEADS if not weeks else (0.0, 3.0, 7.0, 9.0)))

    def maybe(chance: float, key: tuple[str, ...], low: float, high: float, blank: float = 0.0) -> dict[Any, Any]:
        return {key: series(low, high, blank)} if g.random() < chance else {}

    frozen = {}
    if g.random() < 0.4:
        frozen[("A1",)] = [float(np.round(g.uniform(0, 25), 1))] + [NAN] * (count - 1)
    if g.random() < 0.2:
        frozen[("C1",)] = [0.0, float(np.round(g.uniform(0, 60), 1))] + [NAN] * (count - 2)
    workers = (
        {
            "workers": 2.0,
            "hours_per_worker": 12.0,
            "overtime_per_worker": 3.0,
            "wage": 40.0,
            "hire_cost": 30.0,
            "layoff_cost": 20.0,
        }
        if staffed
        else {}
    )
    made = plan(
        months=1 if weeks else count,
        bucket="week" if weeks else "month",
        holding_rate=0.02,
        items=[
            {"item": "A", "value": 20.0, "storage": 1.0},
            {"item": "B", "value": 30.0, "storage": 2.0},
            {"item": "C", "value": 6.0, "kind": "component", "storage": 0.5},
            {"item": "R", "value": 2.0, "kind": "raw", "storage": 0.2},
        ],
        sites=[{"site": "P"}, {"site": "D", "kind": "dc", "holding_rate": 0.03}],
        priorities=[
            {"priority": "1", "late": 2.0, "lost": 9.0},
            {"priority": "2", "late": 0.7, "lost": 4.0},
            {"priority": "3", "late": 1.0, "lost": 3.0, "wait_periods": float(g.integers(0, 3))},
        ],
        customers=[{"customer": f"K{rank}", "site": "D", "priority": str(rank)} for rank in (1, 2, 3)],
        terms=[{"item": "B", "customer": "K2", "late_cost": 11.0, "no_backlog_at_end": bool(g.random() < 0.5)}],
        resources=[
            {
                "resource": "L1",
                "site": "P",
                "regular_cost": 2.0,
                "overtime_cost": 5.0,
                "outsourced_cost": 9.0,
                "demonstrated": 0.9,
                **workers,
            },
            {"resource": "L2", "site": "P", "overtime_cost": 4.0},
        ],
        processes=[
            {"process": "A1", "item": "A", "site": "P", "cost": 1.0, "good_share": 0.95, "lead_time_days": lead()},
            {"process": "A2", "item": "A", "site": "P", "cost": 6.0},
            {"process": "B1", "item": "B", "site": "P", "cost": 2.0, "lead_time_days": lead()},
            {"process": "C1", "item": "C", "site": "P", "cost": 0.5, "good_share": 0.9, "lead_time_days": lead()},
        ],
        bills=[
            {"process": "A1", "component": "C", "quantity": 1.0},
            {"process": "A2", "component": "C", "quantity": 1.0},
            {"process": "B1", "component": "C", "quantity": 2.0},
            {"process": "B1", "component": "R", "quantity": 1.0},
            {"process": "C1", "component": "R", "quantity": 3.0},
        ],
        routings=[
            {"process": "A1", "resource": "L1", "hours": 0.5},
            {"process": "A2", "resource": "L2", "hours": 0.5},
            {"process": "B1", "resource": "L1", "hours": 0.8},
            {"process": "C1", "resource": "L2", "hours": 0.2},
        ],
        lanes=[
            {"item": "", "origin": "P", "destination": "D", "lead_time_days": lead(), "cost": 0.4},
            {"item": "B", "origin": "P", "destination": "D", "lead_time_days": lead(), "cost": 0.9},
        ],
        suppliers=[{"supplier": "S"}, {"supplier": "Z"}],
        sources=[
            {"item": "R", "site": "P", "supplier": "S", "price": 2.0, "lead_time_days": lead(), "limit_units": 2.0},
            {"item": "R", "site": "P", "supplier": "Z", "price": 3.5},
            {"item": "C", "site": "P", "supplier": "Z", "price": 12.0, "currency": "USD"},
        ],
        opening_stock=[
            {"item": i, "site": s, "quantity": float(np.round(g.uniform(0, most), 1))}
            for i, s, most in (("A", "P", 20), ("A", "D", 40), ("B", "D", 20), ("C", "P", 90), ("R", "P", 400))
        ],
        open_orders=[
            {
                "order": "1",
                "kind": "purchase",
                "item": "R",
                "site": "P",
                "party": "S",
                "quantity": 30.0,
                "due": np.datetime64("2027-01-20"),
            },
            {
                "order": "2",
                "kind": "transfer",
                "item": "A",
                "site": "D",
                "party": "P",
                "quantity": 8.0,
                "due": np.datetime64("2026-12-20"),
            },
            {
                "order": "3",
                "kind": "customer",
                "item": "A",
                "site": "D",
                "party": "K1",
                "quantity": 9.0,
                "due": np.datetime64("2026-12-29"),
            },
            {
                "order": "4",
                "kind": "customer",
                "item": "B",
                "site": "D",
                "party": "K3",
                "quantity": 4.0,
                "due": np.datetime64("2026-12-30"),
            },
        ],
        sheets={
            "capacity_regular": {("L1",): series(10, 50), ("L2",): series(10, 40, 0.1)},
            "capacity_overtime": {**maybe(0.7, ("L1",), 0, 10), **maybe(0.5, ("L2",), 0, 5)},
            "capacity_outsourced": maybe(0.4, ("L1",), 0, 6),
            "process_limit": maybe(0.3, ("B1",), 5, 30, 0.3),
            "frozen_production": frozen,
            "supplier_limit": maybe(0.6, ("S",), 100, 600, 0.2),
            "purchase_limit": {**maybe(0.5, ("R", "P", "Z"), 0, 60), ("C", "P", "Z"): series(0, 5)},
            "storage_limit": {**maybe(0.4, ("D",), 20, 90), **maybe(0.3, ("P",), 60, 200, 0.3)},
            "closing_stock_minimum": maybe(0.4, ("A", "D"), 0, 12, 0.7),
            "rate": {("USD",): [1.1] * count},
        },
    )
    demand = sheet(
        made,
        "demand",
        {
            (item, "D", customer): series(0, 22)
            for item in ("A", "B")
            for customer in ("K1", "K2", "K3")
            if g.random() < 0.8
        }
        | {("A", "P", "K1"): series(0, 9), ("C", "P", "K3"): series(0, 6)},
    )
    targets = sheet(
        made, "safety_stock", {("A", "D"): series(0, 15), ("B", "D"): series(0, 8, 0.2), ("C", "P"): series(0, 20)}
    )
    return made, demand, targets
