"""What lies, runs and is promised when the plan starts: opening stock and open orders."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sandop.plan import Rows, Sheet
from sandop.units import DAYS_PER_MONTH
from sandop_demo.pumps.flows import PART_COVER, mean_ahead
from sandop_demo.pumps.opinions import NEW_PUMP
from sandop_demo.pumps.products import LAUNCHED
from sandop_demo.pumps.world import HISTORY, World
from sandop_demo.sheets import sheet_of

Values = NDArray[np.float64]
Row = dict[str, Any]

FIRST_STOCK = 120.0  # of the new pump in a centre, before and while it is launched
TO_ORDER = ("IND", "MST", "SET")
BOOKED = (0.55, 0.2, 0.05)  # share of the next months' orders to make that is already in the book


def stock_sheets(world: World, start: int, stop: int) -> dict[str, Sheet]:
    """`production_actual` (item, plant) and `stock_actual` (item, site) of the drawn months start..stop."""
    months = world.drawn.slice(start, stop)
    site = dict(zip(world.bill.items, world.bill.site))
    made = {(one.item, one.plant): world.made[world.items.index(one.item)] for one in world.finished}
    held = dict(zip(world.flows.points, world.flows.held))
    for (part, plant), units in zip(world.part_flows.points, world.part_flows.received):
        key = (part, site[part] or plant)
        made[key] = made.get(key, 0.0) + units
    held |= dict(zip(world.part_flows.points, world.part_flows.held))
    return {
        "production_actual": _months_of("production_actual", months, made, start, stop),
        "stock_actual": _months_of("stock_actual", months, held, start, stop),
    }


def _months_of(name: str, months: Any, series: dict[tuple[str, str], Values], start: int, stop: int) -> Sheet:
    return Sheet.of(name, months, {key: list(values[start:stop]) for key, values in series.items()})


def opening_stock(world: World) -> list[Row]:
    """Stock at the end of the last closed month."""
    held = stock_sheets(world, HISTORY - 1, HISTORY)["stock_actual"]
    return [
        {"item": item, "site": site, "quantity": float(units)}
        for (item, site), units in zip(held.rows.keys, held.values[:, 0])
    ]


def given_targets(world: World) -> Sheet:
    """Stock targets that planners give, units, (item, site): of every part its cover of the coming use, which follows
    from the finished pumps and not from a service level; of the new pump a first stock in every centre."""
    use_of, site = world.bill.required(world.expected[:, HISTORY + 1 :]), np.array(world.bill.site)
    series: dict[tuple[str, ...], Values] = {}
    for item, plant in world.part_flows.points:
        place = world.items.index(item)
        use = np.where(site == plant, world.bill.uses[place], 0.0) @ use_of
        series[item, plant] = np.ceil(PART_COVER[world.family[item]] * mean_ahead(use)[: world.months])
    months = np.arange(world.months) - world.horizon.position[LAUNCHED[NEW_PUMP]]
    first = np.where((months >= -1) & (months < 3), FIRST_STOCK, np.nan)
    sold = {(item, centre) for item, centre, _ in world.market.rows.keys if item == NEW_PUMP}
    return sheet_of("stock_target", world.horizon, {**series, **dict.fromkeys(sold, first)})


def backlog(world: World) -> tuple[Rows, Values]:
    """Orders not shipped at the end of the last closed month, units, (row,)."""
    owed = world.market.orders[:, :HISTORY].sum(axis=1) - world.flows.shipments[:, :HISTORY].sum(axis=1)
    return world.market.rows, owed


def open_orders(world: World) -> list[Row]:
    """Overdue and booked customer orders, purchases on the way, production begun."""
    return [*_overdue(world), *_booked(world), *_purchases(world), *_begun(world)]


def _overdue(world: World) -> Iterator[Row]:
    rows, owed = backlog(world)
    for number, place in enumerate(np.flatnonzero(owed), start=1):
        item, site, customer = rows.keys[place]
        yield _order(f"SO-{number:04d}", "customer", item, site, customer, _day(world, -1, 20), owed[place])


def _booked(world: World) -> Iterator[Row]:
    """Orders to make that customers have already placed for the coming months: part of what they will order."""
    number = 5000
    for place, (item, site, customer) in enumerate(world.market.rows.keys):
        if world.family[item] not in TO_ORDER:
            continue
        for month, share in enumerate(BOOKED):
            units = np.floor(share * world.market.orders[place, HISTORY + month])
            if units > 0:
                number += 1
                yield _order(f"SO-{number}", "customer", item, site, customer, _day(world, month, 15), units)


def _purchases(world: World) -> Iterator[Row]:
    """What was ordered within each ordinary supplier's lead time for the needs of the coming months."""
    number = 0
    for (item, plant, supplier), units in on_order(world).items():
        for month in np.flatnonzero(units):
            number += 1
            yield _order(
                f"PO-{number:04d}", "purchase", item, plant, supplier, _day(world, int(month), 12), units[month]
            )


def on_order(world: World) -> dict[tuple[str, str, str], Values]:
    """(item, plant, supplier) → units on the way, (month,) of the first three planned."""
    need, site = world.bill.required(world.expected[:, HISTORY : HISTORY + 3]), np.array(world.bill.site)
    ordered: dict[tuple[str, str, str], Values] = {}
    for part in world.bought:
        supplier, _, _, days, _ = part.offers[0]
        place = world.items.index(part.item)
        covered = np.clip(days / DAYS_PER_MONTH - np.arange(3), 0, 1)
        for plant in part.plants:
            use = np.where(site == plant, world.bill.uses[place], 0.0) @ need
            use = need[place] if part.item.startswith("SPA-") else use
            ordered[part.item, plant, supplier] = np.round(covered * use)
    return ordered


def _begun(world: World) -> Iterator[Row]:
    """Lots begun before the plan starts, ready in its first days: lead time times the month's need."""
    need = world.bill.required(world.expected[:, HISTORY : HISTORY + 1])[:, 0]
    table = world.processes
    own = np.flatnonzero(table.kind == "make")
    for number, row in enumerate(own, start=1):
        units = np.round(table.lead_time_days[row] / DAYS_PER_MONTH * need[world.items.index(table.item[row])])
        if units > 0:
            process, item, site = table.process[row], table.item[row], table.site[row]
            yield _order(f"WO-{number:04d}", "production", item, site, process, _day(world, 0, 5), units)


def _day(world: World, month: int, day: int) -> dt.date:
    return world.periods.starts[HISTORY + month].replace(day=day)


def _order(order: str, kind: str, item: str, site: str, party: str, due: dt.date, quantity: float) -> Row:
    return {
        "order": order,
        "kind": kind,
        "item": item,
        "site": site,
        "party": party,
        "due": np.datetime64(due, "D"),
        "quantity": float(quantity),
    }
