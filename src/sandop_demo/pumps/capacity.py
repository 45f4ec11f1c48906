"""How much the plants can do: hours of the lines, limits of suppliers, of a subcontractor and of the stores.

The lines are sized, once, on the mean demand of the first planned year: the fullest month of each line takes the
share `peak` of its demonstrated hours, a planned repair aside. Winding is too small for its fullest months; no other
line is.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sandop.plan import Sheet
from sandop_demo.pumps.plants import LINES, SITES, SUBCONTRACTED, is_large_casting
from sandop_demo.pumps.seasons import SPRING_FESTIVALS, plant_days
from sandop_demo.pumps.stocks import on_order
from sandop_demo.pumps.world import HISTORY, World
from sandop_demo.sheets import sheet_of

Values = NDArray[np.float64]

REPAIR = ("WINDING", "2026-03", 0.90)  # winding machines under repair: line, month, share of hours left
NEW_STATIONS = ("2027-01", 0.035)  # winding stations already ordered: first month, share of hours added
SUBCONTRACT_LIMIT = 450.0  # motors a month the winding shop takes
HEAVY_CASTINGS = 0.97  # what the heavy foundry delivers, share of the mean month's need in the first year
OVERHAUL = ("2026-05", 0.70)  # its furnace overhaul: month, share that is left
SECOND_FOUNDRY = ("CST-I1", "S-CASTC", "2026-07", 300.0)  # being qualified: casting, foundry, first month, most
SEAL_LIMIT = 1.25  # what the single seal maker delivers, share of the mean month's need
STORE_ROOM = 1.12  # storage space, share of the most that lay there in the last two years


def capacity_sheets(world: World) -> dict[str, Sheet]:
    """Measure → sheet: hours, process, supplier and storage limits over the horizon."""
    regular = regular_hours(world)
    lines = {line.resource: line for line in LINES}
    over = {name: _off_at_festival(world, hours * lines[name].overtime) for name, hours in regular.items()}
    outside = {name: hours * lines[name].outside for name, hours in regular.items() if lines[name].outside}
    return {
        "capacity_regular": _sheet(world, "capacity_regular", regular),
        "capacity_overtime": _sheet(world, "capacity_overtime", over),
        "capacity_outsourced": _sheet(world, "capacity_outsourced", outside),
        "process_limit": _sheet(world, "process_limit", {f"{SUBCONTRACTED}@OUT": _subcontract(world)}),
        "supplier_limit": _sheet(world, "supplier_limit", _supplier_limits(world)),
        "purchase_limit": _second_foundry(world),
        "storage_limit": _sheet(world, "storage_limit", _storage(world)),
    }


def _sheet(world: World, name: str, series: dict[str, Values]) -> Sheet:
    return sheet_of(name, world.horizon, {(key,): np.round(values, 1) for key, values in series.items()})


def first_year_need(world: World) -> Values:
    """Units of every item that the mean demand of the first twelve planned months takes, (item, 12)."""
    return world.bill.required(world.expected[:, HISTORY : HISTORY + 12])


def regular_hours(world: World) -> dict[str, Values]:
    """Line → rated regular hours, (month,): whole hours a day times the days of the plants."""
    first = world.periods.slice(HISTORY, HISTORY + 12)
    load = world.bill.hours @ first_year_need(world)
    days, months = plant_days(world.horizon), np.array(world.horizon.labels)
    lines, rated = {line.resource: line for line in LINES}, {}
    for resource, hours in zip(world.bill.resources, load):
        line = lines[resource]
        daily = np.ceil((hours / plant_days(first)).max() / line.peak / line.demonstrated)
        month, added = NEW_STATIONS
        grown = np.where((months >= month) & (resource == "WINDING"), 1 + added, 1.0)
        repaired, when, left = REPAIR
        rated[resource] = daily * days * grown * np.where((months == when) & (resource == repaired), left, 1.0)
    return rated


def _off_at_festival(world: World, hours: Values) -> Values:
    """Nobody works overtime in the month of the festival."""
    festive = {f"{festival:%Y-%m}" for festival in SPRING_FESTIVALS}
    return np.where([label in festive for label in world.horizon.labels], 0.0, hours)


def _subcontract(world: World) -> Values:
    return np.round(SUBCONTRACT_LIMIT * plant_days(world.horizon) / 21.0, -1)


def _supplier_limits(world: World) -> dict[str, Values]:
    """Heavy castings in kg, too little for the busy months; seals in pieces, enough while all goes well. What is on
    order already is taken off the limits of the first months."""
    need, limit_units = first_year_need(world), _limit_units(world)
    heavy = sum((limit_units[i] * need[p] for p, i in enumerate(world.items) if is_large_casting(i)), np.zeros(12))
    seals = sum((need[world.items.index(seal)] for seal in ("SEAL-22", "SEAL-35")), np.zeros(12))
    month, left = OVERHAUL
    overhaul = np.where(np.array(world.horizon.labels) == month, left, 1.0)
    whole = {
        "S-CASTB": HEAVY_CASTINGS * heavy.mean() * overhaul,
        "S-SEALB": SEAL_LIMIT * seals.mean() * np.ones_like(overhaul),
    }
    for (item, _, supplier), units in on_order(world).items():
        if supplier in whole:
            whole[supplier][: len(units)] -= limit_units[item] * units
    return {supplier: np.maximum(np.round(limit, -2), 0.0) for supplier, limit in whole.items()}


def _second_foundry(world: World) -> Sheet:
    """Castings a month that the second foundry may deliver: none before it is qualified."""
    casting, foundry, month, most = SECOND_FOUNDRY
    units = np.where(np.array(world.horizon.labels) >= month, most, 0.0)
    return sheet_of("purchase_limit", world.horizon, {(casting, "P2", foundry): units})


def _limit_units(world: World) -> dict[str, float]:
    return dict(zip(world.sources.item, world.sources.limit_units))


def storage_of(world: World) -> dict[str, float]:
    """Item → space of one unit, cubic metres: 300 kg to the cubic metre."""
    weights = {part.item: part.weighs for part in world.bought} | {part.item: part.weighs for part in world.parts}
    weights |= {one.item: one.weighs for one in world.finished}
    return {item: round(weight / 300.0, 5) for item, weight in weights.items()}


def _storage(world: World) -> dict[str, Values]:
    space, room = storage_of(world), {site["site"]: np.zeros(24) for site in SITES}
    lying = ((world.flows.points, world.flows.held), (world.part_flows.points, world.part_flows.held))
    for points, held in lying:
        for (item, site), units in zip(points, held):
            room[site] = room[site] + space[item] * units[HISTORY - 24 : HISTORY]
    return {site: np.full(world.months, np.ceil(STORE_ROOM * used.max() / 10) * 10) for site, used in room.items()}
