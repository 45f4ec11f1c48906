"""What is sold and stocked, to whom, from where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sandop.tables import Flags, Numbers, Table, Texts, flag, month, number, optional_key, text


@dataclass(frozen=True, eq=False)
class Families(Table):
    """Product families: the level at which the meeting plans."""

    file: ClassVar[str] = "families"
    family: Texts = text("Id of the family", key=True, example="DOM")
    name: Texts = text("Name in English", example="Domestic pumps")
    name_zh: Texts = text("Name in Chinese", example="家用泵")
    unit: Texts = text("Plan unit, in which the items of the family add up", default="unit", example="pump")
    service_level: Numbers = number(
        "Cycle service wished for the family's stocked items", unit="share", maximum=0.9999, example="0.95"
    )
    frozen_periods: Numbers = number(
        "Planning time fence: periods that may not change; blank takes the plan's", unit="period", example="1"
    )
    firm_periods: Numbers = number(
        "Demand time fence: periods that change with approval only; blank takes the plan's",
        unit="period",
        example="2",
    )


@dataclass(frozen=True, eq=False)
class Items(Table):
    """Everything that is made, bought, stocked or sold."""

    file: ClassVar[str] = "items"
    item: Texts = text("Id of the item", key=True, example="DOM-020")
    name: Texts = text("Name in English", example="Domestic pump 0.2 kW")
    name_zh: Texts = text("Name in Chinese", example="家用泵 0.2千瓦")
    family: Texts = text("Family of the item", required=True, references="families", example="DOM")
    kind: Texts = text("What it is", default="finished", choices=("finished", "component", "raw"), example="finished")
    strategy: Texts = text(
        "Order fulfilment strategy", default="MTS", choices=("MTS", "MTO", "ATO", "ETO"), example="MTS"
    )
    unit: Texts = text("Base unit", default="unit", example="piece")
    plan_factor: Numbers = number(
        "Plan units of the family in one base unit", unit="plan unit/unit", default=1.0, example="1"
    )
    value: Numbers = number(
        "Standard cost, in the plan currency; stock is valued with it",
        unit="currency/unit",
        required=True,
        example="310.5",
    )
    storage: Numbers = number("Storage space of one unit", unit="space/unit", default=1.0, example="0.04")
    service_level: Numbers = number(
        "Cycle service wished; blank takes the family's", unit="share", maximum=0.9999, example="0.98"
    )
    stock_days: Numbers = number(
        "Stock target as days of supply instead of a service level", unit="day", example="20"
    )
    lot_size: Numbers = number("Production lot of the master schedule", unit="unit", default=1.0, example="50")
    launch: Texts = month("First month of sale; blank where it has always been sold", example="2026-03")
    phase_out: Texts = month("Last month of sale; blank where it stays", example="2026-12")
    abc: Texts = text("Class given by the planner, if any", example="A")


@dataclass(frozen=True, eq=False)
class Sites(Table):
    """Plants and distribution centres."""

    file: ClassVar[str] = "sites"
    site: Texts = text("Id of the site", key=True, example="P1")
    name: Texts = text("Name in English", example="Hangzhou plant")
    name_zh: Texts = text("Name in Chinese", example="杭州工厂")
    kind: Texts = text("What it is", default="plant", choices=("plant", "dc"), example="plant")
    region: Texts = text("Region", example="East")
    country: Texts = text("Country code, for its holidays", default="CN", example="CN")
    review_days: Numbers = number(
        "Days between two replenishment decisions", unit="day", default=30.4375, example="7"
    )
    holding_rate: Numbers = number(
        "Cost of holding stock, share of its value a month; blank takes the plan's",
        unit="share/month",
        example="0.015",
    )


@dataclass(frozen=True, eq=False)
class Customers(Table):
    """Customers or customer segments, as demand is planned."""

    file: ClassVar[str] = "customers"
    customer: Texts = text("Id of the customer or segment", key=True, example="DIST-E")
    name: Texts = text("Name in English", example="Distributors East")
    name_zh: Texts = text("Name in Chinese", example="华东经销商")
    region: Texts = text("Region", example="East")
    segment: Texts = text("Segment", example="Distributor")
    site: Texts = text("Site that ships to it", required=True, references="sites", example="DC-E")
    priority: Texts = text("Priority of its demand", required=True, references="priorities", example="2")
    currency: Texts = text("Currency of its prices; blank is the plan currency", example="USD")
    rebate: Numbers = number("Rebate, share of revenue", unit="share", default=0.0, maximum=1.0, example="0.03")
    payment_days: Numbers = number("Days from invoice to payment", unit="day", default=0.0, example="60")
    salesperson: Texts = text("Who forecasts it", references="people", example="wang")


@dataclass(frozen=True, eq=False)
class Priorities(Table):
    """How demand ranks when not all can be served, and what waiting and losing cost."""

    file: ClassVar[str] = "priorities"
    priority: Texts = text("Id; served in the order of the ids", key=True, example="1")
    name: Texts = text("Name in English", example="Key accounts")
    name_zh: Texts = text("Name in Chinese", example="大客户")
    late: Numbers = number(
        "Cost of one unit late by one month, times the item's standard cost",
        unit="share of value/month",
        required=True,
        example="1.2",
    )
    lost: Numbers = number(
        "Cost of one unit never delivered, times the item's standard cost",
        unit="share of value",
        required=True,
        example="6",
    )
    wait_periods: Numbers = number(
        "Periods a demand waits before it is lost; blank waits to the horizon's end",
        unit="period",
        example="2",
    )


@dataclass(frozen=True, eq=False)
class Terms(Table):
    """Exceptions to the priorities, in money a unit; the most particular row wins (item and customer, item,
    customer)."""

    file: ClassVar[str] = "terms"
    item: Texts = optional_key("Item; blank for every item", references="items", example="DOM-020")
    customer: Texts = optional_key("Customer; blank for every customer", references="customers", example="KA-1")
    late_cost: Numbers = number("Cost of one unit late by one period", unit="currency/unit/period", example="5")
    lost_cost: Numbers = number("Cost of one unit never delivered", unit="currency/unit", example="120")
    wait_periods: Numbers = number("Periods a demand waits before it is lost", unit="period", example="0")
    no_backlog_at_end: Flags = flag("All late demand must be delivered inside the horizon", example="no")


@dataclass(frozen=True, eq=False)
class People(Table):
    """Who takes part in the month."""

    file: ClassVar[str] = "people"
    person: Texts = text("Id of the person", key=True, example="wang")
    name: Texts = text("Name in English", example="Wang Fang")
    name_zh: Texts = text("Name in Chinese", example="王芳")
    role: Texts = text("Role in the cycle", required=True, example="sales")
    region: Texts = text("Region of responsibility; blank for all", example="East")
    family: Texts = text("Family of responsibility; blank for all", references="families", example="DOM")
    authority: Numbers = number("What the person may decide alone", unit="currency", default=0.0, example="500000")
    authority_units: Numbers = number(
        "What the person may decide alone, in volume; blank is no limit", unit="plan unit", example="2000"
    )
