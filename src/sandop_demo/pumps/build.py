"""The pump maker as a plan: what the company would bring into its month of January 2026."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sandop.network import (
    Activities,
    Families,
    Goals,
    Items,
    Lanes,
    Launches,
    Network,
    OpeningStock,
    OpenOrders,
    Overrides,
    People,
    Priorities,
    Sites,
    Suppliers,
    Terms,
)
from sandop.plan import Plan, Settings, Sheet
from sandop.plan.settings import Company, Demand, Supply, Time
from sandop_demo.demo import Demo
from sandop_demo.pumps import opinions, plants
from sandop_demo.pumps.budget import budget_sheets
from sandop_demo.pumps.capacity import capacity_sheets, storage_of
from sandop_demo.pumps.customers import BUYER, PRIORITIES, TERMS
from sandop_demo.pumps.parts import PART_FAMILIES
from sandop_demo.pumps.prices import PLAN_RATE
from sandop_demo.pumps.products import FAMILIES, FAMILY, Finished
from sandop_demo.pumps.stocks import given_targets, open_orders, opening_stock, stock_sheets
from sandop_demo.pumps.streams import past_forecasts, sales_forecast
from sandop_demo.pumps.world import ASIDE, HISTORY, HISTORY_START, START, World
from sandop_demo.sheets import not_nothing, spoken

Values = NDArray[np.float64]
Row = dict[str, Any]

SERVICE = {"DOM": 0.95, "GAR": 0.93, "CIR": 0.96, "SEW": 0.94, "SPA": 0.90}


def build(*, seed: int = 7, months: int = 18) -> Demo:
    """The pump maker at the start of 2026 with `months` planned months; its next twelve months lie aside.

    Everything is invented by the generator of this package; the same seed gives the same plan.
    Raises ValueError for less than 12 or more than 18 months.
    """
    if not ASIDE <= months <= 18:
        raise ValueError(f"the pump maker plans 12 to 18 months, not {months}")
    world = World(seed, months)
    plan = Plan(_settings(seed, months), _network(world), _sheets(world))
    expected = Sheet("demand", world.market.rows, world.horizon, world.market.mean[:, HISTORY : HISTORY + months])
    return Demo(plan, _actuals(world, HISTORY, HISTORY + ASIDE, aside=True), expected.rounded())


def _settings(seed: int, months: int) -> Settings:
    company = Company(
        name="Qiantang Pumps",
        name_zh="钱塘泵业",
        invented=True,
        currency="CNY",
        source="Invented by a seeded generator (sandop_demo.pumps); no real company, person or figure.",
    )
    time = Time(start=START, months=months, history_start=HISTORY_START, date_order="ymd")
    return Settings(
        company=company,
        time=time,
        demand=Demand(festival="spring"),
        supply=Supply(holding_rate=0.012),
        seed=seed,
    )


def _network(world: World) -> Network:
    return Network.of(
        families=Families.of(_families()),
        items=Items.of(_items(world)),
        sites=Sites.of({**site, "review_days": plants.REVIEW_DAYS[site["kind"]]} for site in plants.SITES),
        customers=world.customers,
        priorities=Priorities.of(PRIORITIES),
        terms=Terms.of(TERMS),
        people=People.of(opinions.people()),
        resources=world.resources,
        processes=world.processes,
        bills=world.bills,
        routings=world.routings,
        lanes=Lanes.of(plants.lanes(world.finished, world.parts, _centres(world))),
        suppliers=Suppliers.of(plants.SUPPLIERS),
        sources=world.sources,
        opening_stock=OpeningStock.of(opening_stock(world)),
        open_orders=OpenOrders.of(open_orders(world)),
        activities=Activities.of(opinions.activities()),
        launches=Launches.of(opinions.launches(world)),
        overrides=Overrides.of(opinions.overrides(world)),
        goals=Goals.of(opinions.GOALS),
    )


def _centres(world: World) -> dict[str, set[str]]:
    """Item → sites from which it is sold."""
    centres: dict[str, set[str]] = {}
    for item, site, _ in world.market.rows.keys:
        centres.setdefault(item, set()).add(site)
    return centres


def _families() -> list[Row]:
    sold = [
        {
            "family": one.family,
            "name": one.name,
            "name_zh": one.name_zh,
            "unit": one.unit,
            "service_level": SERVICE.get(one.family),
        }
        for one in FAMILIES
    ]
    parts = [{"family": f, "name": name, "name_zh": zh, "unit": unit} for f, name, zh, unit in PART_FAMILIES]
    return sold + parts


def _items(world: World) -> list[Row]:
    space = storage_of(world)
    rows = [_finished_row(one) for one in world.finished]
    rows += [_part_row(p.item, p.name, p.name_zh, "CMP", "component", "piece") for p in world.parts]
    rows += [
        _part_row(p.item, p.name, p.name_zh, p.family, "raw", p.unit)
        for p in world.bought
        if not p.item.startswith("SPA-")
    ]
    return [{**row, "value": world.costs[row["item"]], "storage": space[row["item"]]} for row in rows]


def _finished_row(one: Finished) -> Row:
    family = FAMILY[one.family]
    return {
        "item": one.item,
        "name": one.name,
        "name_zh": one.name_zh,
        "family": one.family,
        "strategy": family.strategy,
        "unit": "set" if one.family == "SET" else family.unit,
        "plan_factor": one.contains,
        "stock_days": 0.0 if family.strategy == "ATO" else None,
        "lot_size": float(one.lot),
        "launch": one.launch,
        "phase_out": one.phase_out,
    }


def _part_row(item: str, name: str, name_zh: str, family: str, kind: str, unit: str) -> Row:
    lot = 100.0 if kind == "component" else 1.0
    return {
        "item": item,
        "name": name,
        "name_zh": name_zh,
        "family": family,
        "kind": kind,
        "unit": unit,
        "lot_size": lot,
    }


def _sheets(world: World) -> dict[str, Sheet]:
    horizon = world.horizon
    price = {(i, c): world.prices[row, HISTORY:] for row, (i, _, c) in enumerate(world.market.rows.keys)}
    known = [*world.rates[:HISTORY], *[PLAN_RATE] * world.months]
    return {
        **_actuals(world, 0, HISTORY),
        **capacity_sheets(world),
        **budget_sheets(world),
        "price": Sheet.of("price", horizon, {key: list(paid[: world.months]) for key, paid in price.items()}),
        "rate": Sheet.of("rate", world.periods.slice(0, HISTORY + world.months), {("USD",): known}),
        "sales_forecast": sales_forecast(world),
        "stock_target": given_targets(world),
    }


def _actuals(world: World, start: int, stop: int, *, aside: bool = False) -> dict[str, Sheet]:
    """What happened in the drawn months start..stop: measure → sheet, and aside also the rates."""
    months, rows = world.drawn.slice(start, stop), world.market.rows
    orders = np.array(_since_launch(world, start, stop))
    shipped = np.where(np.isnan(orders), np.nan, world.flows.shipments[:, start:stop])
    usd = np.array([BUYER[customer].currency == "USD" for customer in rows.column("customer")])
    rate = np.where(usd[:, None], world.rates[start:stop], 1.0)
    out = Sheet("stocked_out", rows, months, world.market.stocked_out[:, start:stop])
    sheets = {
        "orders": spoken(Sheet("orders", rows, months, orders)),
        "shipments": spoken(Sheet("shipments", rows, months, shipped)),
        "revenue_actual": spoken(Sheet("revenue_actual", rows, months, shipped * world.prices[:, start:stop] * rate)),
        "stocked_out": not_nothing(out),
        "sales_forecast_past": past_forecasts(world, start, stop),
        **stock_sheets(world, start, stop),
    }
    if aside:
        sheets["rate"] = Sheet.of("rate", months, {("USD",): list(world.rates[start:stop])})
    return {name: sheet.rounded() for name, sheet in sheets.items() if len(sheet.rows)}


def _since_launch(world: World, start: int, stop: int) -> Values:
    """Orders, blank before an item is launched: nobody could say."""
    labels = np.array(world.drawn.labels[start:stop])
    launch = {one.item: one.launch for one in world.finished}
    sold = np.array([labels >= launch[item] for item in world.market.rows.column("item")])
    return np.where(sold, world.market.orders[:, start:stop], np.nan)
