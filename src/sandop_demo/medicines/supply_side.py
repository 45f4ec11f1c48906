"""The invented part: plants, lines, bills, suppliers. Only the volumes they serve are real.

A medicine is packed from a bulk medicine of its family and packing material; bulk is made from an active substance.
Standard cost is 62 % of the item's mean price: what bill and hours do not explain is a cost of the packing process.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sandop.calendar import Periods
from sandop_demo.medicines.source import CENTRE

Row = dict[str, Any]
Values = NDArray[np.float64]

COST_SHARE = 0.62  # standard cost, share of the mean price
BULK_SHARE = 0.30  # price of the active substance, share of the cheapest medicine's cost in the family
PACKING = 0.16  # AUD of packing material in one pack
PLANTS = ("P1", "P2")
SITES: tuple[Row, ...] = (
    {"site": "P1", "name": "Sydney plant", "name_zh": "悉尼工厂", "kind": "plant"},
    {"site": "P2", "name": "Melbourne plant", "name_zh": "墨尔本工厂", "kind": "plant"},
    {"site": CENTRE, "name": "National distribution centre", "name_zh": "全国配送中心", "kind": "dc"},
)


@dataclass(frozen=True)
class Line:
    """A line. `peak` is the load of its fullest month at the volumes of 2006, share of demonstrated hours."""

    resource: str
    name: str
    name_zh: str
    site: str
    hour_cost: float
    peak: float
    overtime: float


LINES = (
    Line("PACK-1", "Packing Sydney", "悉尼包装线", "P1", 96.0, 1.16, 0.04),
    Line("PACK-2", "Packing Melbourne", "墨尔本包装线", "P2", 96.0, 1.09, 0.05),
    Line("TABLETS-1", "Tablets Sydney", "悉尼片剂线", "P1", 120.0, 0.95, 0.10),
    Line("TABLETS-2", "Tablets Melbourne", "墨尔本片剂线", "P2", 120.0, 0.93, 0.10),
    Line("CAPSULES", "Capsules", "胶囊线", "P1", 125.0, 0.92, 0.10),
    Line("LIQUIDS", "Liquids, sprays and creams", "液体喷雾与乳膏线", "P2", 130.0, 0.92, 0.10),
    Line("STERILE", "Sterile filling", "无菌灌装线", "P2", 210.0, 0.92, 0.08),
)
DEMONSTRATED = 0.93
# Family → plant, line of its bulk, hours of bulk and of packing for one pack, supplier of its active substance.
ROUTES: dict[str, tuple[str, str, float, float, str]] = {
    "A": ("P1", "TABLETS-1", 0.00070, 0.00110, "S-ACT1"),
    "B": ("P2", "STERILE", 0.00150, 0.00130, "S-ACT3"),
    "C": ("P1", "TABLETS-1", 0.00070, 0.00110, "S-ACT1"),
    "D": ("P2", "LIQUIDS", 0.00120, 0.00120, "S-ACT2"),
    "G": ("P1", "CAPSULES", 0.00090, 0.00110, "S-ACT2"),
    "H": ("P1", "CAPSULES", 0.00090, 0.00110, "S-ACT2"),
    "J": ("P1", "CAPSULES", 0.00090, 0.00110, "S-ACT2"),
    "L": ("P2", "STERILE", 0.00220, 0.00140, "S-ACT3"),
    "M": ("P2", "TABLETS-2", 0.00070, 0.00110, "S-ACT1"),
    "N": ("P2", "TABLETS-2", 0.00070, 0.00110, "S-ACT1"),
    "P": ("P2", "LIQUIDS", 0.00120, 0.00120, "S-ACT2"),
    "R": ("P2", "LIQUIDS", 0.00120, 0.00120, "S-ACT2"),
    "S": ("P2", "LIQUIDS", 0.00120, 0.00120, "S-ACT2"),
    "V": ("P2", "STERILE", 0.00150, 0.00130, "S-ACT3"),
    "Z": ("P2", "LIQUIDS", 0.00120, 0.00120, "S-ACT2"),
}
CONTRACT_PACKED, CONTRACT_LIMIT, CONTRACT_PREMIUM = "C10", 90_000.0, 0.35  # item, packs a month, AUD a pack more
SUPPLIERS: tuple[Row, ...] = (
    {"supplier": "S-ACT1", "name": "Deccan Actives", "name_zh": "德干原料药", "payment_days": 60.0},
    {"supplier": "S-ACT2", "name": "Gulf Fine Chemicals", "name_zh": "海湾精细化工", "payment_days": 45.0},
    {"supplier": "S-ACT3", "name": "Rhone Biologics", "name_zh": "罗纳生物", "payment_days": 30.0},
    {"supplier": "S-PACK", "name": "Harbour Packaging", "name_zh": "海港包装", "payment_days": 45.0},
)
LEAD_DAYS = {"item": 4.0, "bulk": 9.0, "substance": 45.0, "packing": 20.0}
PACK_MATERIAL = "PACK"
# Days on which the plants stand still; they run seven days a week otherwise.
HOLIDAYS = frozenset(
    dt.date(year, int(day[:2]), int(day[3:]))
    for year, days in (
        (2006, "01-01 01-26 04-14 04-17 04-25 06-12 12-25 12-26"),
        (2007, "01-01 01-26 04-06 04-09 04-25 06-11 12-25 12-26"),
        (2008, "01-01 01-28 03-21 03-24 04-25 06-09"),
    )
    for day in days.split()
)


def plant_days(periods: Periods) -> Values:
    """Days on which the plants work, (period,)."""
    off = [sum(start <= day < end for day in HOLIDAYS) for start, end in zip(periods.starts, periods.ends)]
    return np.asarray(periods.days - np.array(off))


def bulk_of(family: str) -> str:
    """Id of the family's bulk medicine."""
    return f"BULK-{family}"


def substance_of(family: str) -> str:
    """Id of the family's active substance."""
    return f"ACT-{family}"


def packing_line(family: str) -> str:
    """The packing line of the plant that makes the family."""
    return "PACK-1" if ROUTES[family][0] == "P1" else "PACK-2"


def resources() -> list[Row]:
    """The lines; overtime costs half as much again."""
    return [
        {
            "resource": line.resource,
            "name": line.name,
            "name_zh": line.name_zh,
            "site": line.site,
            "regular_cost": line.hour_cost,
            "overtime_cost": line.hour_cost * 1.5,
            "demonstrated": DEMONSTRATED,
        }
        for line in LINES
    ]


def processes(target: Mapping[str, float]) -> list[Row]:
    """Packing of every item, at the cost that brings it to `target` (item → AUD a pack); bulk of every family."""
    hour_cost = {line.resource: line.hour_cost for line in LINES}
    substance, rows = substance_prices(target), []
    for item, cost in target.items():
        plant, line, bulk_hours, hours, _ = ROUTES[item[0]]
        inside = substance[item[0]] + bulk_hours * hour_cost[line] + PACKING
        other = max(cost - inside - hours * hour_cost[packing_line(item[0])], 0.05)
        rows.append(_process(item, plant, LEAD_DAYS["item"], round(other, 2)))
    for family, (plant, *_) in ROUTES.items():
        rows.append(_process(bulk_of(family), plant, LEAD_DAYS["bulk"], 0.0))
    own = next(row for row in rows if row["item"] == CONTRACT_PACKED)
    outside = {"process": f"{CONTRACT_PACKED}@OUT", "kind": "subcontract", "lead_time_days": 14.0}
    return rows + [{**own, **outside, "cost": round(own["cost"] + CONTRACT_PREMIUM, 2)}]


def _process(item: str, plant: str, days: float, cost: float) -> Row:
    return {"process": f"{item}@{plant}", "item": item, "site": plant, "lead_time_days": days, "cost": cost}


def substance_prices(target: Mapping[str, float]) -> dict[str, float]:
    """Family → price of the active substance of one pack, AUD."""
    return {
        family: round(BULK_SHARE * min(cost for item, cost in target.items() if item[0] == family), 3)
        for family in ROUTES
    }


def bills(items: tuple[str, ...]) -> list[Row]:
    """A pack takes one unit of bulk and of packing material; a unit of bulk takes one of its active substance."""
    rows = []
    for process, family in [(f"{i}@{ROUTES[i[0]][0]}", i[0]) for i in items] + [(f"{CONTRACT_PACKED}@OUT", "C")]:
        rows += [
            {"process": process, "component": bulk_of(family), "quantity": 1.0},
            {"process": process, "component": PACK_MATERIAL, "quantity": 1.0},
        ]
    for family, (plant, *_) in ROUTES.items():
        process = f"{bulk_of(family)}@{plant}"
        rows.append({"process": process, "component": substance_of(family), "quantity": 1.0})
    return rows


def routings(items: tuple[str, ...]) -> list[Row]:
    """Hours of packing and of bulk; a contract packer takes none of ours."""
    rows: list[Row] = []
    for item in items:
        plant, _, _, hours, _ = ROUTES[item[0]]
        rows.append({"process": f"{item}@{plant}", "resource": packing_line(item[0]), "hours": hours})
    for family, (plant, line, hours, _, _) in ROUTES.items():
        rows.append({"process": f"{bulk_of(family)}@{plant}", "resource": line, "hours": hours})
    return rows


def lanes(items: tuple[str, ...]) -> list[Row]:
    """From the plant of each medicine to the centre."""
    days = {"P1": 2.0, "P2": 3.0}
    origin = {item: ROUTES[item[0]][0] for item in items}
    return [
        {"item": i, "origin": o, "destination": CENTRE, "lead_time_days": days[o], "cost": 0.02}
        for i, o in origin.items()
    ]


def sources(target: Mapping[str, float]) -> list[Row]:
    """Active substances from one supplier each, packing material for both plants."""
    price = substance_prices(target)
    rows: list[Row] = [
        {
            "item": substance_of(family),
            "site": plant,
            "supplier": supplier,
            "price": price[family],
            "lead_time_days": LEAD_DAYS["substance"],
        }
        for family, (plant, _, _, _, supplier) in ROUTES.items()
    ]
    return rows + [
        {
            "item": PACK_MATERIAL,
            "site": plant,
            "supplier": "S-PACK",
            "price": PACKING,
            "lead_time_days": LEAD_DAYS["packing"],
        }
        for plant in PLANTS
    ]
