"""A company small enough to check by hand: two pumps made on one line that is too small in the second quarter.

    item  family  made on  hours  value  price  customers
    A     DOM     LINE     1.0    60     100    E (priority 1), W (priority 2)
    B     DOM     LINE     2.0    150    240    E

It plans the year 2026; LINE has 560 hours a month and up to 40 hours of overtime. Castings come from one
supplier, who delivers 1,000 a month.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sandop.calendar import Periods
from sandop.network import (
    Bills,
    Customers,
    Families,
    Goals,
    Items,
    Lanes,
    Network,
    OpeningStock,
    People,
    Priorities,
    Processes,
    Resources,
    Routings,
    Sites,
    Sources,
    Suppliers,
)
from sandop.plan import Plan, Settings, Sheet

HISTORY = Periods.months("2023-01", 36)
HORIZON = Periods.months("2026-01", 12)
SERIES = {("A", "DC", "E"): 260.0, ("A", "DC", "W"): 140.0, ("B", "DC", "E"): 130.0}
SEASON = np.array([0.8, 0.9, 1.0, 1.2, 1.3, 1.3, 1.1, 1.0, 0.9, 0.9, 0.8, 0.8])
PRICES = {"A": 100.0, "B": 240.0}


def settings() -> Settings:
    return Settings.model_validate(
        {
            "company": {"name": "Small Pumps", "name_zh": "小泵厂", "currency": "CNY", "invented": True},
            "time": {"start": "2026-01", "months": 12, "history_start": "2023-01"},
            "demand": {"learned": False, "vintages": 2},
        }
    )


def network() -> Network:
    return Network.of(
        families=Families.of([{"family": "DOM", "name": "Domestic pumps", "name_zh": "家用泵", "unit": "pump"}]),
        items=Items.of(
            [
                {"item": "A", "name": "Pump A", "name_zh": "泵A", "family": "DOM", "value": 60.0, "lot_size": 50.0},
                {"item": "B", "name": "Pump B", "name_zh": "泵B", "family": "DOM", "value": 150.0, "lot_size": 20.0},
                {"item": "CAST", "name": "Casting", "name_zh": "铸件", "family": "DOM", "kind": "raw", "value": 20.0},
            ]
        ),
        sites=Sites.of([{"site": "P", "name": "Plant", "name_zh": "工厂"}, {"site": "DC", "kind": "dc"}]),
        priorities=Priorities.of(
            [{"priority": "1", "late": 1.2, "lost": 6.0}, {"priority": "2", "late": 0.5, "lost": 3.0}]
        ),
        customers=Customers.of(
            [
                {
                    "customer": "E",
                    "name": "East",
                    "name_zh": "华东",
                    "site": "DC",
                    "priority": "1",
                    "payment_days": 30.0,
                },
                {"customer": "W", "name": "West", "name_zh": "西部", "site": "DC", "priority": "2"},
            ]
        ),
        people=People.of(
            [
                {"person": "eve", "name": "Eve", "name_zh": "伊芙", "role": "gm"},
                {"person": "sam", "name": "Sam", "name_zh": "山姆", "role": "production"},
                {"person": "pia", "name": "Pia", "name_zh": "皮娅", "role": "purchasing"},
                {"person": "dana", "name": "Dana", "name_zh": "达娜", "role": "sales"},
            ]
        ),
        resources=Resources.of(
            [
                {
                    "resource": "LINE",
                    "name": "Assembly",
                    "name_zh": "总装线",
                    "site": "P",
                    "regular_cost": 5.0,
                    "overtime_cost": 12.0,
                }
            ]
        ),
        processes=Processes.of([{"process": f"{item}@P", "item": item, "site": "P", "cost": 8.0} for item in "AB"]),
        bills=Bills.of([{"process": f"{item}@P", "component": "CAST", "quantity": 1.0} for item in "AB"]),
        routings=Routings.of(
            [
                {"process": "A@P", "resource": "LINE", "hours": 1.0},
                {"process": "B@P", "resource": "LINE", "hours": 2.0},
            ]
        ),
        lanes=Lanes.of([{"origin": "P", "destination": "DC", "lead_time_days": 3.0, "cost": 1.0}]),
        suppliers=Suppliers.of(
            [{"supplier": "S", "name": "Castings Ltd", "name_zh": "铸造厂", "payment_days": 45.0}]
        ),
        sources=Sources.of([{"item": "CAST", "site": "P", "supplier": "S", "price": 20.0, "lead_time_days": 15.0}]),
        opening_stock=OpeningStock.of(
            [
                {"item": "A", "site": "DC", "quantity": 150.0},
                {"item": "B", "site": "DC", "quantity": 60.0},
                {"item": "CAST", "site": "P", "quantity": 700.0},
            ]
        ),
        goals=Goals.of([{"goal": "fill_rate", "target": 0.97, "tolerance": 0.02, "owner": "sam"}]),
    )


def plan(*, hours: float = 560.0) -> Plan:
    """The company with `hours` regular hours of its line a month."""
    noise = np.random.default_rng(3).normal(1.0, 0.04, (len(SERIES), len(HISTORY)))
    orders = {
        key: np.round(base * SEASON[np.arange(len(HISTORY)) % 12] * noise[row])
        for row, (key, base) in enumerate(SERIES.items())
    }
    price = {(item, customer): [PRICES[item]] * 12 for item, customer in {(key[0], key[2]) for key in SERIES}}
    budget = {key: 1.05 * base * SEASON * PRICES[key[0]] for key, base in SERIES.items()}
    sheets = [
        Sheet.of("orders", HISTORY, orders),
        Sheet.of("shipments", HISTORY, orders),
        Sheet.of("revenue_actual", HISTORY, {key: PRICES[key[0]] * numbers for key, numbers in orders.items()}),
        Sheet.of("price", HORIZON, price),
        Sheet.of("capacity_regular", HORIZON, {("LINE",): [hours] * 12}),
        Sheet.of("capacity_overtime", HORIZON, {("LINE",): [40.0] * 12}),
        Sheet.of("supplier_limit", HORIZON, {("S",): [1000.0] * 12}),
        Sheet.of("budget_revenue", HORIZON, budget),
    ]
    return Plan(settings(), network(), {sheet.name: sheet for sheet in sheets})


def without(made: Plan, *names: str) -> Plan:
    """The plan without these sheets."""
    return replace(made, sheets={name: sheet for name, sheet in made.sheets.items() if name not in names})
