"""A pump maker with every report a month can have, small enough to count by hand.

family  unit  item  standard cost  customer        plan starts in 2026-01, 6 months; history 2025
DOM     pump  D1    100            EAST (DC-E)     demand of D1 100 a month, 90 delivered in the first three
IND     set   I1    500            WEST (DC-W)     demand of I1 20 a month, all delivered
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from sandop.calendar import Periods
from sandop.findings import Where, warning
from sandop.network import (
    Activities,
    Customers,
    Families,
    Goals,
    Items,
    Launches,
    Network,
    Overrides,
    People,
    Processes,
    Resources,
    Routings,
    Sites,
    Suppliers,
)
from sandop.plan import Plan, Settings, Sheet
from sandop.scenario.month import Month, Report

START, MONTHS = "2026-01", 6
D1, I1 = ("D1", "DC-E", "EAST"), ("I1", "DC-W", "WEST")


def settings(**company: Any) -> Settings:
    given = {"name": "Qiantang Pumps", "name_zh": "钱塘泵业", "currency": "CNY", "invented": True, **company}
    return Settings(company=given, time={"start": START, "months": MONTHS, "history_start": "2025-01"})


def network() -> Network:
    return Network.of(
        families=Families.of(
            [
                {"family": "DOM", "name": "Domestic pumps", "name_zh": "家用泵", "unit": "pump"},
                {"family": "IND", "name": "Industrial sets", "name_zh": "工业泵组", "unit": "set"},
            ]
        ),
        items=Items.of(
            [
                {"item": "D1", "name": "Pump 1", "name_zh": "一号泵", "family": "DOM", "value": 100, "lot_size": 25},
                {"item": "I1", "name": "Set 1", "name_zh": "一号泵组", "family": "IND", "value": 500},
            ]
        ),
        sites=Sites.of(
            [
                {"site": "P1", "name": "Hangzhou plant", "name_zh": "杭州工厂"},
                {"site": "DC-E", "name": "Shanghai DC", "name_zh": "上海分拨中心", "kind": "dc"},
                {"site": "DC-W", "name": "Chengdu DC", "name_zh": "成都分拨中心", "kind": "dc"},
            ]
        ),
        customers=Customers.of(
            [
                {
                    "customer": "EAST",
                    "name": "Distributors East",
                    "name_zh": "华东经销商",
                    "site": "DC-E",
                    "priority": "1",
                },
                {
                    "customer": "WEST",
                    "name": "Distributors West",
                    "name_zh": "西部经销商",
                    "site": "DC-W",
                    "priority": "1",
                },
            ]
        ),
        people=People.of(
            [
                {"person": "zhou", "name": "Zhou Min", "name_zh": "周敏", "role": "operations"},
                {"person": "wang", "name": "Wang Fang", "name_zh": "王芳", "role": "sales"},
            ]
        ),
        resources=Resources.of(
            [
                {"resource": "WIND", "name": "Motor winding", "name_zh": "电机绕线", "site": "P1"},
                {"resource": "ASSY", "name": "Assembly", "name_zh": "总装", "site": "P1"},
            ]
        ),
        suppliers=Suppliers.of([{"supplier": "S-CAST", "name": "Ningbo Castings", "name_zh": "宁波铸件"}]),
        processes=Processes.of(
            [{"process": "D1@P1", "item": "D1", "site": "P1"}, {"process": "I1@SUB", "item": "I1", "site": "P1"}]
        ),
        routings=Routings.of(
            [
                {"process": "D1@P1", "resource": "WIND", "hours": 2},
                {"process": "D1@P1", "resource": "ASSY", "hours": 1},
            ]
        ),
        activities=Activities.of(
            [
                {
                    "activity": "618",
                    "name": "June promotion",
                    "name_zh": "618促销",
                    "family": "DOM",
                    "start": "2026-06",
                    "uplift": 0.25,
                    "owner": "wang",
                }
            ]
        ),
        launches=Launches.of(
            [{"item": "I1", "customer": "WEST", "launch": "2026-03", "monthly": 20, "owner": "wang"}]
        ),
        overrides=Overrides.of(
            [
                {
                    "override": "1",
                    "who": "zhou",
                    "when": np.datetime64("2026-01-05"),
                    "family": "DOM",
                    "region": "East",
                    "period": "2026-03",
                    "quantity": 120,
                    "why": "Tender won",
                }
            ]
        ),
        goals=Goals.of([{"goal": "fill_rate", "target": 0.97, "tolerance": 0.02, "owner": "zhou"}]),
    )


def six(first: float, later: float | None = None) -> list[float]:
    """Three months of one number, three of another."""
    return [first] * 3 + [first if later is None else later] * 3


def plan(**company: Any) -> Plan:
    history = Periods.months("2025-01", 12)
    return Plan(
        settings(**company),
        network(),
        {
            "orders": Sheet.of("orders", history, {D1: [95.0] * 12, I1: [18.0] * 12}),
            "budget_stock": Sheet.of("budget_stock", Periods.months(START, MONTHS), {("DOM",): six(3000.0)}),
        },
    )


def sheets() -> dict[str, Sheet]:
    ahead = Periods.months(START, MONTHS)
    of_demand = {
        "statistical": (six(92), six(20)),
        "activity_effect": (six(0, 5), six(0)),
        "baseline": (six(92, 97), six(20)),
        "consensus": (six(96, 98.5), six(20)),
        "override_effect": (six(4, 1.5), six(0)),
        "demand": (six(100), six(20)),
        "deliveries": (six(90, 100), six(20)),
        "backlog": ([10, 20, 30, 20, 10, 0], six(0)),
        "lost": (six(0), six(0)),
        "cogs": (six(9000, 10000), six(10000)),
    }
    of_stock = {"closing_stock": (six(10, 40), six(4)), "safety_stock": (six(30), six(5))}
    of_resource = {
        "load": (six(210, 150), six(100)),
        "hours_available": (six(200), six(200)),
        "hours_regular": (six(200, 150), six(100)),
        "hours_overtime": (six(10, 0), six(0)),
    }
    made = {name: Sheet.of(name, ahead, {D1: first, I1: second}) for name, (first, second) in of_demand.items()}
    made |= {
        name: Sheet.of(name, ahead, {D1[:2]: first, I1[:2]: second}) for name, (first, second) in of_stock.items()
    }
    made |= {
        name: Sheet.of(name, ahead, {("WIND",): first, ("ASSY",): second})
        for name, (first, second) in of_resource.items()
    }
    weeks = Periods.weeks(START, 3)
    lots = [25.0 if week < 6 else 0.0 for week in range(len(weeks))]
    made["mps"] = Sheet.of("mps", weeks, {("D1@P1",): lots, ("I1@SUB",): [5.0] * len(weeks)})
    return made


def money() -> Report:
    lines = {
        "revenue": (96e6, 100e6, 98e6, 90e6),
        "margin": (28e6, 31e6, None, 26e6),
        "working_capital": (20e6, *[None] * 3),
    }
    names = ("plan", "budget", "le", "last_year")
    years = [
        {"line": line, "scope": "year", "period": "2026", **dict(zip(names, amounts))}
        for line, amounts in lines.items()
    ]
    months = [
        {
            "line": line,
            "scope": "month",
            "period": label,
            **{name: None if amount is None else amount / 12 for name, amount in zip(names, amounts)},
        }
        for line, amounts in lines.items()
        for label in Periods.months(START, MONTHS).labels
    ]
    return [*years, *months]


def bridge() -> Report:
    amounts = {
        "from": 100e6,
        "price": -1e6,
        "volume": -4e6,
        "mix": 0.5e6,
        "new": 1e6,
        "lost": -0.5e6,
        "currency": 0.0,
    }
    amounts["to"] = sum(amounts.values())
    ago = {**dict.fromkeys(amounts, 0.0), "from": 90e6, "volume": 6e6, "to": 96e6}
    return [
        {"compare": compare, "period": "2026", "level": level, "node": node, "effect": effect, "amount": amount}
        for compare, given in (("budget", amounts), ("last_year", ago))
        for level, node in (("company", ""), ("family", "DOM"))
        for effect, amount in given.items()
    ]


def family_sheet() -> Report:
    labels = [*Periods.months("2025-11", 2).labels, *Periods.months(START, MONTHS).labels]
    return [
        {"family": family, "line": line, "version": version, "period": label, "value": 10.0 * place}
        for family in ("DOM", "IND")
        for line in ("bookings", "shipments", "backlog", "production", "stock", "adjustments")
        for version in ("old", "new", "actual", "difference", "cumulative")
        for place, label in enumerate(labels)
        if not (version == "actual" and label >= START)
    ]


def identities(holds: bool = True) -> Report:
    return [
        {"family": "DOM", "identity": "backlog", "period": START, "left": 10, "right": 10, "holds": True},
        {"family": "DOM", "identity": "stock", "period": START, "left": 10, "right": 9, "holds": holds},
    ]


def decisions(count: int = 2) -> Report:
    rows: list[dict[str, Any]] = []
    for number in range(1, count + 1):
        for letter, text_en, text_zh, gain in (
            ("a", "Keep the plan as it is", "按现有计划执行", 0.0),
            (
                "b",
                "Extra shifts at Motor winding: 5% more hours from Jan to Mar",
                "电机绕线增开班次：1月至3月工时增加5%",
                2.4e6,
            ),
        ):
            rows.append(
                {
                    "number": number,
                    "kind": "extra_shift",
                    "subject": "WIND",
                    "text_en": text_en,
                    "text_zh": text_zh,
                    "alternative": letter,
                    "money": gain,
                    "worth": gain * 1.5,
                    "revenue": gain * 2,
                    "units": 30,
                    "recommended": letter == "b",
                    "owner": "zhou",
                    "last_responsible": "2025-12-20",
                }
            )
    return rows


def gap() -> Report:
    rows = (
        ("budget", None, "", 100e6, "Budget", "预算"),
        ("plan", None, "", 96e6, "Plan", "计划"),
        ("gap", None, "", -4e6, "Gap", "缺口"),
        ("lever", 1, "WIND", 2.0e6, "Decision 1: WIND", "决策1：WIND"),
        ("lever", 2, "S-CAST", 0.4e6, "Decision 2: S-CAST", "决策2：S-CAST"),
        ("covered", None, "", 2.4e6, "Covered", "可弥补"),
        ("uncovered", None, "", 1.6e6, "Open", "未弥补"),
    )
    names = ("line", "number", "subject", "amount", "text_en", "text_zh")
    return [dict(zip(names, row)) for row in rows]


def shortages() -> Report:
    def row(
        kind: str, limit: str, period: str, unit: str, value: float, saves: Sequence[float | None]
    ) -> dict[str, Any]:
        return {
            "kind": kind,
            "limit": limit,
            "period": period,
            "available": 200,
            "used": 200,
            "unit": unit,
            "unit_value": value,
            "saves_1": saves[0],
            "saves_5": saves[1],
            "saves_10": saves[2],
            "demand_hit": 30,
            "items": "D1",
            "customers": "EAST",
        }

    return [
        row("supplier", "S-CAST", "2026-02", "unit", 12.5, (None, None, None)),
        *(
            row("capacity", "WIND", label, "hour", 310, (620, 3100, 6000))
            for label in ("2026-01", "2026-02", "2026-03")
        ),
    ]


def reports() -> dict[str, Report]:
    return {
        "money": money(),
        "bridge": bridge(),
        "family_sheet": family_sheet(),
        "identities": identities(),
        "decisions": decisions(),
        "gap": gap(),
        "shortages": shortages(),
        "surpluses": [
            {"kind": "idle_capacity", "id": "ASSY", "period": START, "quantity": 100, "unit": "hour", "value": 4000}
        ],
        "violations": [{"kind": "storage", "id": "DC-E", "period": START, "quantity": 12, "unit": "space"}],
        "certificate": [
            {
                "status": "optimal",
                "primal": 1e6,
                "dual": 1e6,
                "bound": 1e6,
                "gap": 1e-9,
                "infeasibility": 1e-9,
                "rows": 10,
            }
        ],
        "kpis": [
            kpi("fill_rate", 0.94, 0.97, 0.02, "red", 0.95, "share"),
            kpi("stock_days", 31.0, 30.0, 2.0, "amber", None, "day"),
            kpi("forecast_bias", 0.01, 0.0, 0.05, "green", 0.02, "share"),
            kpi("utilisation_peak", 1.05, None, None, "none", None, "share"),
        ],
        "accuracy": [
            {
                "stream": stream,
                "level": level,
                "node": node,
                "lag": lag,
                "wmape": wmape,
                "bias": 0.01,
                "actual": actual,
            }
            for stream in ("statistical", "naive")
            for lag in (1, 2, 3)
            for level, node, wmape, actual in (
                ("total", "", 0.10 + lag / 100, 400.0),
                ("item", "D1", 0.10, 300.0),
                ("item", "I1", 0.30, 100.0),
            )
        ],
        "schedule_carry": [
            {
                "process": "D1@P1",
                "item": "D1",
                "period": label,
                "plan": 110,
                "weeks": 100,
                "carry": 10,
                "cumulative": 10,
            }
            for label in ("2026-01", "2026-02")
        ],
    }


def kpi(name: str, *values: object) -> dict[str, Any]:
    names = ("value", "target", "tolerance", "status", "previous", "unit")
    return {"kpi": name, **dict(zip(names, values))}


def month(**changed: Report | None) -> Month:
    """The whole month; a report given as None is left out."""
    given = {name: report for name, report in {**reports(), **changed}.items() if report is not None}
    finding = warning("supply.demand_blank", Where("demand", 3), series="D1")
    return Month(plan(), {name: sheet.rounded() for name, sheet in sheets().items()}, given, (finding,))
