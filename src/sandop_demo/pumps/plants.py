"""Sites, lines, ways to make, move and buy: the tables of the pump maker's supply side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sandop_demo.pumps.parts import LARGE_CASTINGS, Bought, Part
from sandop_demo.pumps.products import FAMILY, Finished

Row = dict[str, Any]

SITES: tuple[Row, ...] = (
    {"site": "P1", "name": "Hangzhou plant", "name_zh": "杭州工厂", "kind": "plant", "region": "East"},
    {"site": "P2", "name": "Wuhu plant", "name_zh": "芜湖工厂", "kind": "plant", "region": "East"},
    {
        "site": "DC-E",
        "name": "Jiaxing distribution centre",
        "name_zh": "嘉兴配送中心",
        "kind": "dc",
        "region": "East",
    },
    {
        "site": "DC-N",
        "name": "Tianjin distribution centre",
        "name_zh": "天津配送中心",
        "kind": "dc",
        "region": "North",
    },
    {
        "site": "DC-S",
        "name": "Foshan distribution centre",
        "name_zh": "佛山配送中心",
        "kind": "dc",
        "region": "South",
    },
)
PLANTS = ("P1", "P2")
REVIEW_DAYS = {"plant": 7.0, "dc": 21.0}  # days between two replenishment decisions


@dataclass(frozen=True)
class Line:
    """A line. `peak` is the load of its fullest month in the first planned year, share of the demonstrated hours it
    is sized for; `overtime` the most overtime, share of regular hours; `outside` hours that can be hired in."""

    resource: str
    name: str
    name_zh: str
    site: str
    hour_cost: float
    demonstrated: float
    peak: float
    overtime: float
    outside: float = 0.0


LINES = (
    Line("WINDING", "Motor winding", "电机绕线", "P1", 58.0, 0.92, 1.05, 0.04),
    Line("MOTOR-ASM", "Motor assembly", "电机总装", "P1", 48.0, 0.94, 0.93, 0.10),
    Line("LINE-DOM", "Domestic pump line", "家用泵装配线", "P1", 44.0, 0.95, 0.90, 0.12),
    Line("LINE-CIR", "Circulator line", "循环泵装配线", "P1", 46.0, 0.95, 0.93, 0.12),
    Line("MACHINING", "Casting machining", "铸件机加工", "P2", 66.0, 0.91, 0.95, 0.10, 0.06),
    Line("LINE-IND", "Industrial and multistage line", "工业泵与多级泵装配线", "P2", 52.0, 0.94, 0.87, 0.12),
    Line("LINE-SUB", "Submersible pump line", "潜水泵装配线", "P2", 45.0, 0.95, 0.95, 0.12),
    Line("LINE-SET", "Set assembly and test bench", "机组装配与试验台", "P2", 62.0, 0.93, 0.88, 0.12),
)
SUBCONTRACTED = "MOT-750W"  # the motor whose winding an outside shop can take over
SUBCONTRACT_COST = 24.0  # what the shop asks for winding one, CNY

SUPPLIERS: tuple[Row, ...] = (
    {"supplier": "S-CUA", "name": "Taihu Copper Wire", "name_zh": "太湖铜线", "payment_days": 30.0},
    {"supplier": "S-CUB", "name": "Jiangbei Wire", "name_zh": "江北电磁线", "payment_days": 15.0},
    {"supplier": "S-STEEL", "name": "Huadong Steel Service", "name_zh": "华东硅钢加工", "payment_days": 30.0},
    {"supplier": "S-CASTA", "name": "Xuancheng Foundry", "name_zh": "宣城铸造", "payment_days": 60.0},
    {"supplier": "S-CASTB", "name": "Chaohu Heavy Castings", "name_zh": "巢湖重型铸件", "payment_days": 60.0},
    {"supplier": "S-CASTC", "name": "Anqing Castings", "name_zh": "安庆铸件", "payment_days": 45.0},
    {"supplier": "S-SEALA", "name": "Ningbo Seals", "name_zh": "宁波密封", "payment_days": 60.0},
    {"supplier": "S-SEALB", "name": "Neckartal Dichtungen", "name_zh": "内卡尔密封（德国）", "payment_days": 30.0},
    {"supplier": "S-BRGA", "name": "Cixi Bearings", "name_zh": "慈溪轴承", "payment_days": 60.0},
    {"supplier": "S-BRGB", "name": "Luoyang Bearing Trade", "name_zh": "洛阳轴承贸易", "payment_days": 30.0},
    {"supplier": "S-ELEC", "name": "Yongjia Electric", "name_zh": "永嘉电气", "payment_days": 60.0},
    {"supplier": "S-PIPE", "name": "Wuhu Pipe and Frame", "name_zh": "芜湖管件机架", "payment_days": 45.0},
)
# Freight, CNY a kg, and days on the way.
ROADS = {
    ("P1", "DC-E"): (0.30, 2.0),
    ("P1", "DC-N"): (0.85, 5.0),
    ("P1", "DC-S"): (0.80, 5.0),
    ("P2", "DC-E"): (0.38, 2.0),
    ("P2", "DC-N"): (0.80, 5.0),
    ("P2", "DC-S"): (0.85, 6.0),
    ("P1", "P2"): (0.25, 2.0),
    ("P2", "P1"): (0.25, 2.0),
}


def process_of(item: str, plant: str) -> str:
    """Id of the own process of an item."""
    return f"{item}@{plant}"


def processes(finished: Sequence[Finished], parts: Sequence[Part]) -> list[Row]:
    """One own process an item, and the subcontractor's for one motor."""
    rows: list[Row] = [
        {
            "process": process_of(one.item, one.plant),
            "item": one.item,
            "site": one.plant,
            "good_share": 0.995,
            "lead_time_days": FAMILY[one.family].lead_days,
            "cost": one.other,
        }
        for one in finished
        if not one.bought
    ]
    rows += [
        {
            "process": process_of(part.item, part.plant),
            "item": part.item,
            "site": part.plant,
            "good_share": part.good_share,
            "lead_time_days": part.lead_days,
            "cost": part.other,
        }
        for part in parts
    ]
    own = next(row for row in rows if row["item"] == SUBCONTRACTED)
    outside = {"process": f"{SUBCONTRACTED}@OUT", "kind": "subcontract", "lead_time_days": 12.0}
    return [*rows, {**own, **outside, "cost": own["cost"] + SUBCONTRACT_COST}]


def bills(finished: Sequence[Finished], parts: Sequence[Part]) -> list[Row]:
    """Components of every process; the subcontracted motor uses the same."""
    rows = [_bill(process_of(o.item, o.plant), use) for o in finished if not o.bought for use in o.uses]
    rows += [_bill(process_of(part.item, part.plant), use) for part in parts for use in part.uses]
    motor = next(part for part in parts if part.item == SUBCONTRACTED)
    return rows + [_bill(f"{SUBCONTRACTED}@OUT", use) for use in motor.uses]


def _bill(process: str, use: tuple[str, float]) -> Row:
    return {"process": process, "component": use[0], "quantity": use[1]}


def routings(finished: Sequence[Finished], parts: Sequence[Part]) -> list[Row]:
    """Hours on the lines; a motor wound outside is still assembled here."""
    rows = [_routing(process_of(o.item, o.plant), o.line, o.hours) for o in finished if not o.bought]
    for part in parts:
        for line, hours in part.hours:
            rows.append(_routing(process_of(part.item, part.plant), line, hours))
            if part.item == SUBCONTRACTED and line != "WINDING":
                rows.append(_routing(f"{SUBCONTRACTED}@OUT", line, hours))
    return rows


def _routing(process: str, line: str, hours: float) -> Row:
    return {"process": process, "resource": line, "hours": hours}


def resources() -> list[Row]:
    """The lines; overtime costs half as much again, hours hired in nearly twice."""
    return [
        {
            "resource": line.resource,
            "name": line.name,
            "name_zh": line.name_zh,
            "site": line.site,
            "regular_cost": line.hour_cost,
            "overtime_cost": round(line.hour_cost * 1.5, 1),
            "outsourced_cost": round(line.hour_cost * 1.9, 1) if line.outside else 0.0,
            "demonstrated": line.demonstrated,
        }
        for line in LINES
    ]


def lanes(finished: Sequence[Finished], parts: Sequence[Part], centres: dict[str, set[str]]) -> list[Row]:
    """From the plant to the centres that sell the item, and of parts to the other plant where it uses them."""
    rows = [_lane(o.item, o.plant, dc, o.weighs) for o in finished for dc in sorted(centres[o.item])]
    used = {(use, one.plant) for one in finished for use, _ in one.uses}
    for part in parts:
        other = "P2" if part.plant == "P1" else "P1"
        if (part.item, other) in used:
            rows.append(_lane(part.item, part.plant, other, part.weighs))
    return rows


def _lane(item: str, origin: str, destination: str, weighs: float) -> Row:
    per_kg, days = ROADS[origin, destination]
    cost = round(per_kg * weighs + 0.02, 2)
    return {"item": item, "origin": origin, "destination": destination, "lead_time_days": days, "cost": cost}


def sources(bought: Iterable[Bought]) -> Iterator[Row]:
    """Every offer for every plant that uses the part."""
    for part in bought:
        for plant in part.plants:
            for supplier, price, currency, days, limit_units in part.offers:
                yield {
                    "item": part.item,
                    "site": plant,
                    "supplier": supplier,
                    "price": price,
                    "currency": currency,
                    "lead_time_days": days,
                    "limit_units": limit_units,
                }


def is_large_casting(item: str) -> bool:
    """True for the castings that only the heavy foundry makes in number."""
    return item.startswith("CST-") and item.removeprefix("CST-") in LARGE_CASTINGS
