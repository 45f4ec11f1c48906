"""Translation of the neutral arrays of `supply_network.generate` into a Sandop plan."""

from __future__ import annotations

from typing import Any

import numpy as np

from sandop.calendar import Periods
from sandop.network import (
    Bills,
    Customers,
    Families,
    Items,
    Lanes,
    Network,
    OpeningStock,
    Priorities,
    Processes,
    Resources,
    Routings,
    Sites,
    Sources,
    Suppliers,
)
from sandop.plan import Plan, Rows, Settings, Sheet
from sandop.tables import Table
from sandop.units import DAYS_PER_MONTH

Arrays = dict[str, Any]


def sheet_of(name: str, periods: Periods, grain: tuple[str, ...], keys: list[tuple[str, ...]], values: Any) -> Sheet:
    """A sheet of keys in any order."""
    order = sorted(range(len(keys)), key=lambda i: keys[i])
    rows = Rows(grain, tuple(keys[i] for i in order))
    return Sheet(name, rows, periods, np.asarray(values, dtype=float)[order])


def plan_of(d: Arrays) -> tuple[Plan, Sheet, Sheet]:
    """The plan, its demand and its stock targets."""
    settings = Settings.model_validate(
        {
            "company": {"name": "Bench network", "currency": "CNY", "invented": True},
            "time": {"start": "2027-01", "months": d["T"], "history_start": "2026-01"},
        }
    )
    item = [f"F{i:05d}" for i in range(d["N"])]
    semi = [f"S{i:05d}" for i in range(int(d["jp_semi"].max()) + 1)]
    raw = [f"R{i:05d}" for i in range(int(d["kp_raw"].max()) + 1)]
    made = [f"{item[i]}@P{p}" for i, p in zip(d["s_item"], d["s_plant"])]
    half = [f"{semi[j]}@P{p}" for j, p in zip(d["jp_semi"], d["jp_plant"])]
    tables: dict[str, Table] = {
        "families": Families.of([{"family": "ALL"}]),
        "items": Items.of(_items(d, item, semi, raw)),
        "sites": Sites.of([{"site": s} for s in ("P0", "P1", "D0", "D1", "D2", "D3")]),
        "customers": Customers.of(
            [{"customer": f"C{dc}{k}", "site": f"D{dc}", "priority": str(k + 1)} for dc in range(4) for k in range(3)]
        ),
        "priorities": Priorities.of(
            [{"priority": str(k + 1), "late": (3.0, 1.2, 0.5)[k], "lost": (12.0, 6.0, 3.0)[k]} for k in range(3)]
        ),
        "resources": Resources.of(
            [
                {"resource": f"W{r:02d}", "site": f"P{r // 20}", "overtime_cost": float(d["ot_cost"][r, 0])}
                for r in range(40)
            ]
        ),
        "processes": Processes.of(_processes(d, item, semi, made, half)),
        "bills": Bills.of(
            [
                *(
                    {"process": made[s], "component": semi[d["jp_semi"][j]], "quantity": float(q)}
                    for s, j, q in zip(d["b1_s"], d["b1_jp"], d["b1_q"])
                ),
                *(
                    {"process": half[j], "component": raw[d["kp_raw"][k]], "quantity": float(q)}
                    for j, k, q in zip(d["b2_jp"], d["b2_kp"], d["b2_q"])
                ),
            ]
        ),
        "routings": Routings.of(
            [
                *(
                    {"process": p, "resource": f"W{r:02d}", "hours": float(h)}
                    for p, r, h in zip(made, d["s_res"], d["s_hours"])
                ),
                *(
                    {"process": p, "resource": f"W{r:02d}", "hours": float(h)}
                    for p, r, h in zip(half, d["jp_res"], d["jp_hours"])
                ),
            ]
        ),
        "lanes": Lanes.of(
            [
                {
                    "item": item[d["s_item"][s]],
                    "origin": f"P{d['s_plant'][s]}",
                    "destination": f"D{d['nd_dc'][n]}",
                    "lead_time_days": float(f) * DAYS_PER_MONTH,
                    "cost": float(c),
                }
                for s, n, f, c in zip(d["l_s"], d["l_n"], d["l_frac"], d["l_cost"])
            ]
        ),
        "suppliers": Suppliers.of([{"supplier": f"V{v:02d}"} for v in range(30)]),
        "sources": Sources.of(
            [
                {
                    "item": raw[k],
                    "site": f"P{p}",
                    "supplier": f"V{v:02d}",
                    "price": float(c),
                    "lead_time_days": d["kp_lt"] * DAYS_PER_MONTH,
                }
                for k, p, v, c in zip(d["kp_raw"], d["kp_plant"], d["kp_sup"], d["kp_value"])
            ]
        ),
        "opening_stock": OpeningStock.of(_opening(d, item, semi, raw)),
    }
    periods = Periods.months("2027-01", d["T"])
    plan = Plan(
        settings,
        Network.of(**tables),
        {
            "capacity_regular": sheet_of(
                "capacity_regular", periods, ("resource",), [(f"W{r:02d}",) for r in range(40)], d["cap"]
            ),
            "capacity_overtime": sheet_of(
                "capacity_overtime", periods, ("resource",), [(f"W{r:02d}",) for r in range(40)], d["ot_max"]
            ),
            "supplier_limit": sheet_of(
                "supplier_limit", periods, ("supplier",), [(f"V{v:02d}",) for v in range(30)], d["sup_cap"]
            ),
        },
    )
    demand = sheet_of(
        "demand",
        periods,
        ("item", "site", "customer"),
        [
            (item[d["nd_item"][n]], f"D{d['nd_dc'][n]}", f"C{d['nd_dc'][n]}{k}")
            for n, k in zip(d["c_nd"], d["c_class"])
        ],
        d["dem"],
    )
    targets = sheet_of(
        "safety_stock",
        periods,
        ("item", "site"),
        [(item[i], f"D{dc}") for i, dc in zip(d["nd_item"], d["nd_dc"])],
        d["ss"],
    )
    return plan, demand, targets


def _items(d: Arrays, item: list[str], semi: list[str], raw: list[str]) -> list[dict[str, Any]]:
    semi_value, raw_value = dict(zip(d["jp_semi"], d["jp_value"])), dict(zip(d["kp_raw"], d["kp_value"]))
    return [
        *({"item": key, "family": "ALL", "value": float(v)} for key, v in zip(item, d["value"])),
        *({"item": semi[j], "family": "ALL", "kind": "component", "value": float(v)} for j, v in semi_value.items()),
        *({"item": raw[k], "family": "ALL", "kind": "raw", "value": float(v)} for k, v in raw_value.items()),
    ]


def _processes(d: Arrays, item: list[str], semi: list[str], made: list[str], half: list[str]) -> list[dict[str, Any]]:
    return [
        *(
            {"process": key, "item": item[i], "site": f"P{p}", "cost": float(c)}
            for key, i, p, c in zip(made, d["s_item"], d["s_plant"], d["s_cost"])
        ),
        *(
            {"process": key, "item": semi[j], "site": f"P{p}", "cost": 0.25 * float(v)}
            for key, j, p, v in zip(half, d["jp_semi"], d["jp_plant"], d["jp_value"])
        ),
    ]


def _opening(d: Arrays, item: list[str], semi: list[str], raw: list[str]) -> list[dict[str, Any]]:
    rows = [
        *((item[i], f"D{dc}", q) for i, dc, q in zip(d["nd_item"], d["nd_dc"], d["i0_nd"])),
        *((item[i], f"P{p}", q) for i, p, q in zip(d["s_item"], d["s_plant"], d["i0_p"])),
        *((semi[j], f"P{p}", q) for j, p, q in zip(d["jp_semi"], d["jp_plant"], d["i0_jp"])),
        *((raw[k], f"P{p}", q) for k, p, q in zip(d["kp_raw"], d["kp_plant"], d["i0_kp"])),
    ]
    return [{"item": i, "site": s, "quantity": float(q)} for i, s, q in rows]
