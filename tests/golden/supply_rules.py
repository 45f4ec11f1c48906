"""The small plans behind the golden texts of the supply rules. `python tests/golden/supply_rules.py` writes the
texts anew; look at the difference before you keep it."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from sandop.plan import Plan, Sheet
from sandop.supply import constraints
from sandop.supply.draw import draw_chain
from sandop.supply.model import draft_of
from sandop.supply.program_text import quantity_text, rule_text
from supply_cases import no_targets, one_line, plan, red_tomato, sheet

FOLDER = Path(__file__).parent
NAN = float("nan")


def chain_of_sites() -> tuple[Plan, Sheet, Sheet]:
    """R bought (one month) → A made at P (half a month, yield 80 %) → moved to D (quarter of a month) → customers.

    The first month of A is fixed at 4; D wants 5 in stock and must close with 2.
    """
    made = plan(
        months=3,
        holding_rate=0.1,
        items=[{"item": "A", "value": 10.0, "storage": 2.0}, {"item": "R", "value": 2.0, "kind": "raw"}],
        sites=[{"site": "P"}, {"site": "D", "kind": "dc"}],
        customers=[
            {"customer": "K1", "site": "D", "priority": "1"},
            {"customer": "K2", "site": "D", "priority": "2"},
        ],
        priorities=[
            {"priority": "1", "late": 2.0, "lost": 9.0},
            {"priority": "2", "late": 1.0, "lost": 4.0, "wait_periods": 1.0},
        ],
        resources=[{"resource": "LINE", "site": "P", "regular_cost": 1.0, "overtime_cost": 3.0}],
        processes=[
            {"process": "A@P", "item": "A", "site": "P", "cost": 5.0, "good_share": 0.8, "lead_time_days": 15.21875}
        ],
        bills=[{"process": "A@P", "component": "R", "quantity": 2.0}],
        routings=[{"process": "A@P", "resource": "LINE", "hours": 0.4}],
        lanes=[{"item": "", "origin": "P", "destination": "D", "lead_time_days": 7.609375, "cost": 0.5}],
        suppliers=[{"supplier": "S"}],
        sources=[
            {"item": "R", "site": "P", "supplier": "S", "price": 2.0, "lead_time_days": 30.4375, "limit_units": 3.0}
        ],
        opening_stock=[{"item": "R", "site": "P", "quantity": 60.0}, {"item": "A", "site": "D", "quantity": 8.0}],
        open_orders=[
            {
                "order": "1",
                "kind": "purchase",
                "item": "R",
                "site": "P",
                "party": "S",
                "quantity": 12.0,
                "due": np.datetime64("2027-02-10"),
            },
            {
                "order": "2",
                "kind": "customer",
                "item": "A",
                "site": "D",
                "party": "K1",
                "quantity": 3.0,
                "due": np.datetime64("2026-12-10"),
            },
        ],
        sheets={
            "capacity_regular": {("LINE",): [10, 10, 10]},
            "capacity_overtime": {("LINE",): [2, 2, 2]},
            "supplier_limit": {("S",): [90, 90, NAN]},
            "storage_limit": {("D",): [40, 40, 40]},
            "frozen_production": {("A@P",): [4, NAN, NAN]},
            "closing_stock_minimum": {("A", "D"): [NAN, NAN, 2]},
        },
    )
    demand = sheet(made, "demand", {("A", "D", "K1"): [6, 7, 8], ("A", "D", "K2"): [3, 2, 1]})
    return made, demand, sheet(made, "safety_stock", {("A", "D"): [5, 5, 5]})


def plain() -> tuple[Plan, Sheet, Sheet]:
    made, demand = one_line()
    return made, demand, no_targets(made)


def staffed() -> tuple[Plan, Sheet, Sheet]:
    made, demand = red_tomato(whole=True)
    return made, demand, no_targets(made)


# rule function → (row block, quantities whose limits belong to it, plan)
RULES = {
    "balance_stock": (
        "stock balance",
        ("stock required", "stock to target", "stock above", "uncovered"),
        chain_of_sites,
    ),
    "serve_or_wait": ("serve or wait", ("backlog", "lost"), chain_of_sites),
    "keep_within_capacity": ("capacity", ("production", "overtime"), chain_of_sites),
    "limit_overtime_to_workers": ("overtime of workers", ("overtime",), staffed),
    "carry_workforce": ("workforce", ("workers", "hired", "laid off"), staffed),
    "keep_within_supplier_limit": ("supplier limit", ("purchases",), chain_of_sites),
    "keep_within_storage": ("storage", ("storage excess",), chain_of_sites),
}


def text_of(rule: str) -> str:
    """Golden text of one rule."""
    block, quantities, case = RULES[rule]
    made, demand, targets = case()
    chain = draw_chain(plan=made, demand=demand, targets=targets)
    draft = draft_of(chain)
    getattr(constraints, rule)(draft, chain)
    program, labels = draft.finish(), chain.periods.labels
    return rule_text(program, block, labels=labels) + "".join(
        quantity_text(program, name, labels=labels) for name in quantities
    )


if __name__ == "__main__":
    for name in RULES:
        (FOLDER / f"{name}.lp").write_text(text_of(name), encoding="utf-8")
