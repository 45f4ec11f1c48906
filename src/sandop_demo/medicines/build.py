"""The medicine company as a plan: December 2006 is closed, January 2007 is to be planned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sandop.network import (
    Customers,
    Families,
    Goals,
    Items,
    Lanes,
    Launches,
    Network,
    OpeningStock,
    OpenOrders,
    People,
    Priorities,
    Sites,
    Suppliers,
)
from sandop.plan import Plan, Settings, Sheet
from sandop.plan.settings import Company as CompanySection
from sandop.plan.settings import Supply, Time
from sandop.units import DAYS_PER_MONTH
from sandop_demo.demo import Demo
from sandop_demo.limits import with_limits
from sandop_demo.medicines import supply_side
from sandop_demo.medicines.budget import budget_sheets, family_of
from sandop_demo.medicines.company import COVER, Company, part_kind
from sandop_demo.medicines.source import AHEAD, CENTRE, HISTORY, HISTORY_START, NEW_ITEM, START, named
from sandop_demo.sheets import sheet_of, spoken

Values = NDArray[np.float64]
Row = dict[str, Any]
Series = dict[tuple[str, ...], Iterable[float]]

SEGMENTS: tuple[Row, ...] = (
    {
        "customer": "concessional",
        "name": "Concessional",
        "name_zh": "优惠卡患者",
        "segment": "Concessional",
        "priority": "1",
    },
    {
        "customer": "concessional-safety-net",
        "name": "Concessional, safety net",
        "name_zh": "优惠卡患者（安全网）",
        "segment": "Concessional",
        "priority": "1",
    },
    {"customer": "general", "name": "General", "name_zh": "普通患者", "segment": "General", "priority": "2"},
    {
        "customer": "general-safety-net",
        "name": "General, safety net",
        "name_zh": "普通患者（安全网）",
        "segment": "General",
        "priority": "2",
    },
)
PRIORITIES: tuple[Row, ...] = (
    {"priority": "1", "name": "Concessional", "name_zh": "优惠卡患者", "late": 1.2, "lost": 6.0, "wait_periods": 1.0},
    {"priority": "2", "name": "General", "name_zh": "普通患者", "late": 0.8, "lost": 4.0, "wait_periods": 1.0},
)
SERVICE = {"B": 0.98, "J": 0.98, "L": 0.98, "H": 0.97, "R": 0.97}
LAUNCH: Row = {
    "item": NEW_ITEM,
    "customer": "general",
    "like_item": "C04",
    "launch": "2007-12",
    "monthly": 600.0,
    "ramp_months": 6.0,
    "pipeline_fill": 300.0,
    "owner": "tran",
}
GOALS: tuple[Row, ...] = (
    {"goal": "forecast_wmape", "target": 0.10, "tolerance": 0.03, "owner": "singh"},
    {"goal": "forecast_bias", "target": 0.0, "tolerance": 0.02, "owner": "doyle"},
    {"goal": "fill_rate", "target": 0.985, "tolerance": 0.01, "owner": "reid"},
    {"goal": "revenue_to_budget", "target": 1.0, "tolerance": 0.02, "owner": "nolan"},
    {"goal": "margin_share", "target": 0.37, "tolerance": 0.01, "owner": "marsh"},
    {"goal": "stock_days", "target": 30.0, "tolerance": 5.0, "owner": "reid"},
    {"goal": "utilisation_peak", "target": 0.95, "tolerance": 0.05, "owner": "costa"},
    {"goal": "backlog_share", "target": 0.01, "tolerance": 0.01, "owner": "murray"},
)
SOURCE = (
    "Prescriptions and costs: Australian Government, Medicare Australia, PBS general and concessional (MA data). "
    "Plants, lines, bills, suppliers, stock, production, budget, people and the plan for C05 are invented."
)
STOCK_DAYS = 14.0  # days of supply wanted of every medicine
SPACE = 0.0004  # cubic metres of one pack
STORE_ROOM = 1.6  # space of the stores, share of the most that lay there in the last two years
SUBSTANCE_LIMIT = 1.03  # what the first substance maker delivers, share of the mean month of 2006


def build() -> Demo:
    """The medicine company: history 2000-01 to 2006-12, 18 planned months to 2008-06 whose actuals lie aside.

    Volumes, prices and revenue are real; what is invented is named in `company.source` of the settings.
    """
    company = Company()
    settings = Settings(
        company=CompanySection(
            name="Commonwealth Medicines",
            name_zh="联邦药品",
            invented=False,
            currency="AUD",
            source=SOURCE,
        ),
        time=Time(start=START, months=AHEAD, history_start=HISTORY_START),
        supply=Supply(holding_rate=0.01),
    )
    plan = Plan(settings, _network(company), _sheets(company))
    return Demo(plan, _published(company, HISTORY, HISTORY + AHEAD))


def _network(company: Company) -> Network:
    people = [with_limits(row) for row in named("people.csv")]
    return Network.of(
        families=Families.of(_families()),
        items=Items.of(_items(company)),
        sites=Sites.of({**site, "country": "AU", "region": "AU", "review_days": 14.0} for site in supply_side.SITES),
        customers=Customers.of({**one, "region": "AU", "site": CENTRE, "payment_days": 30.0} for one in SEGMENTS),
        priorities=Priorities.of(PRIORITIES),
        people=People.of(people),
        resources=company.resources,
        processes=company.processes,
        bills=company.bills,
        routings=company.routings,
        lanes=Lanes.of(supply_side.lanes(company.medicines)),
        suppliers=Suppliers.of(supply_side.SUPPLIERS),
        sources=company.sources,
        opening_stock=OpeningStock.of(_opening(company)),
        open_orders=OpenOrders.of(_open_orders(company)),
        launches=Launches.of([LAUNCH]),
        goals=Goals.of(GOALS),
    )


def _families() -> list[Row]:
    rows: list[Row] = [
        {**row, "unit": "prescription", "service_level": SERVICE.get(row["family"], 0.95)}
        for row in named("families.csv")
    ]
    return [
        *rows,
        {"family": "BULK", "name": "Bulk medicines", "name_zh": "待包装半成品", "unit": "pack equivalent"},
        {"family": "MAT", "name": "Substances and packing", "name_zh": "原料药与包材", "unit": "pack equivalent"},
    ]


def _items(company: Company) -> list[Row]:
    names = {row["item"]: row for row in named("items.csv")}
    family_names = {row["family"]: row for row in named("families.csv")}
    rows: list[Row] = []
    for item in company.items:
        row: Row = {"item": item, "family": family_of(item), "value": company.costs[item], "storage": SPACE}
        kind = part_kind(item)
        if kind == "item":
            row |= {
                "name": names[item]["name"],
                "name_zh": names[item]["name_zh"],
                "unit": "prescription",
                "lot_size": 500.0,
                "stock_days": STOCK_DAYS,
            }
            row["launch"] = LAUNCH["launch"] if item == NEW_ITEM else ""
        else:
            row |= _part(item, kind, family_names)
        rows.append(row)
    return rows


def _part(item: str, kind: str, families: dict[str, dict[str, str]]) -> Row:
    if kind == "packing":
        return {
            "name": "Packing material",
            "name_zh": "包装材料",
            "kind": "raw",
            "unit": "pack equivalent",
        }
    family = families[item.partition("-")[2]]
    if kind == "bulk":
        names = {"name": f"Bulk: {family['name']}", "name_zh": f"{family['name_zh']}半成品", "kind": "component"}
        return {**names, "unit": "pack equivalent", "lot_size": 5000.0}
    names = {"name": f"Active substances: {family['name']}", "name_zh": f"{family['name_zh']}原料药", "kind": "raw"}
    return {**names, "unit": "pack equivalent"}


def _sheets(company: Company) -> dict[str, Sheet]:
    received, held = company.flows
    price: Series = {(i, c): [company.prices[row]] * AHEAD for row, (i, _, c) in enumerate(company.source.rows.keys)}
    return {
        **_published(company, 0, HISTORY),
        **budget_sheets(company),
        **_limits(company),
        "production_actual": sheet_of("production_actual", company.history, received),
        "stock_actual": sheet_of("stock_actual", company.history, held),
        "stock_target": _part_targets(company),
        "price": sheet_of("price", company.horizon, price),
    }


def _published(company: Company, start: int, stop: int) -> dict[str, Sheet]:
    """Orders, shipments (what is dispensed is delivered) and revenue of the months start..stop. Rows without a
    figure, and the new product before its launch, are left out."""
    months, source = company.source.periods.slice(start, stop), company.source
    figures = {"orders": source.scripts, "shipments": source.scripts, "revenue_actual": source.cost}
    known = source.established if stop <= HISTORY else np.ones(len(source.rows), dtype=bool)
    sheets = {name: Sheet(name, source.rows, months, values[:, start:stop]) for name, values in figures.items()}
    return {name: spoken(sheet.take(known)).rounded() for name, sheet in sheets.items()}


def _limits(company: Company) -> dict[str, Sheet]:
    horizon = company.horizon
    year = company.dispensed[:, HISTORY - 12 : HISTORY]
    load, need = company.bill.load(year), company.bill.required(year)
    worked = supply_side.plant_days(company.source.periods.slice(HISTORY - 12, HISTORY))
    days, lines = supply_side.plant_days(horizon), {line.resource: line for line in supply_side.LINES}
    regular: Series = {}
    over: Series = {}
    for resource, hours in zip(company.resources.keys, load):
        line = lines[resource]
        daily = np.ceil((hours / worked).max() / line.peak / supply_side.DEMONSTRATED)
        regular[(resource,)] = np.round(daily * days, 1)
        over[(resource,)] = np.round(daily * days * line.overtime, 1)
    first = [supply_side.substance_of(f) for f, route in supply_side.ROUTES.items() if route[4] == "S-ACT1"]
    mean = sum(need[company.items.index(item)].mean() for item in first)
    limit = [float(np.round(SUBSTANCE_LIMIT * mean, -3))] * AHEAD
    outside: Series = {(f"{supply_side.CONTRACT_PACKED}@OUT",): [supply_side.CONTRACT_LIMIT] * AHEAD}
    return {
        "capacity_regular": sheet_of("capacity_regular", horizon, regular),
        "capacity_overtime": sheet_of("capacity_overtime", horizon, over),
        "process_limit": sheet_of("process_limit", horizon, outside),
        "supplier_limit": sheet_of("supplier_limit", horizon, {("S-ACT1",): limit}),
        "storage_limit": _storage(company),
    }


def _storage(company: Company) -> Sheet:
    room: dict[tuple[str, ...], Values] = {}
    for (_, site), units in company.flows[1].items():
        room[(site,)] = room.get((site,), 0.0) + SPACE * units[HISTORY - 24 :]
    limit = {site: [float(np.ceil(STORE_ROOM * used.max() / 10) * 10)] * AHEAD for site, used in room.items()}
    return Sheet.of("storage_limit", company.horizon, limit)


def _part_targets(company: Company) -> Sheet:
    """Stock that planners want of bulk, substances and packing: their cover of the mean month's use in the last
    closed year, the same in every planned month."""
    year = company.dispensed[:, HISTORY - 12 : HISTORY].mean(axis=1, keepdims=True)
    need, site = company.bill.required(year)[:, 0], np.array(company.bill.site)
    series: dict[tuple[str, ...], Values] = {}
    for item, plant in company.flows[1]:
        if part_kind(item) != "item":
            use = np.where(site == plant, company.bill.uses[company.items.index(item)], 0.0) @ need
            series[item, plant] = np.full(AHEAD, np.round(COVER[part_kind(item)] * use))
    return sheet_of("stock_target", company.horizon, series)


def _opening(company: Company) -> list[Row]:
    held = company.flows[1]
    return [{"item": i, "site": s, "quantity": float(np.round(units[-1], 3))} for (i, s), units in held.items()]


def _open_orders(company: Company) -> Iterator[Row]:
    """Substances and material on the way and lots begun, sized by the mean month of the last closed year."""
    year = company.dispensed[:, HISTORY - 12 : HISTORY].mean(axis=1, keepdims=True)
    need, site = company.bill.required(year)[:, 0], np.array(company.bill.site)
    rows: list[tuple[str, str, str, str, int, float]] = []
    for item, plant, supplier in company.sources.keys:
        use = float(np.where(site == plant, company.bill.uses[company.items.index(item)], 0.0) @ need)
        months = supply_side.LEAD_DAYS[part_kind(item)] / DAYS_PER_MONTH
        covered = [float(np.clip(months - month, 0, 1)) for month in range(2)]
        rows += [("purchase", item, plant, supplier, month, share * use) for month, share in enumerate(covered)]
    table = company.processes
    for place in np.flatnonzero(table.kind == "make"):
        begun = table.lead_time_days[place] / DAYS_PER_MONTH * need[company.items.index(table.item[place])]
        rows.append(("production", table.item[place], table.site[place], table.process[place], 0, float(begun)))
    wanted = [row for row in rows if round(row[5]) > 0]
    for number, (kind, item, plant, party, month, units) in enumerate(wanted, start=1):
        due = np.datetime64(dt.date(2007, 1 + month, 8), "D")
        order = f"{'PO' if kind == 'purchase' else 'WO'}-{number:04d}"
        quantity = float(round(units))
        yield {
            "order": order,
            "kind": kind,
            "item": item,
            "site": plant,
            "party": party,
            "due": due,
            "quantity": quantity,
        }
