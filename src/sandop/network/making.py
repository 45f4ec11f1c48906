"""How things are made, moved and bought."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from sandop.tables import Dates, Flags, Numbers, Table, Texts, date, flag, number, optional_key, text


@dataclass(frozen=True, eq=False)
class Resources(Table):
    """Lines, machines and crews: hours a period stand in `capacity_regular`, `capacity_overtime`,
    `capacity_outsourced`. Where `hours_per_worker` is given the regular hours follow from the workers."""

    file: ClassVar[str] = "resources"
    resource: Texts = text("Id of the resource", key=True, example="WINDING")
    name: Texts = text("Name in English", example="Motor winding")
    name_zh: Texts = text("Name in Chinese", example="电机绕线")
    site: Texts = text("Where it stands", required=True, references="sites", example="P1")
    regular_cost: Numbers = number("Cost of a regular hour used", unit="currency/hour", default=0.0, example="40")
    overtime_cost: Numbers = number("Cost of an overtime hour", unit="currency/hour", default=0.0, example="75")
    outsourced_cost: Numbers = number("Cost of an outsourced hour", unit="currency/hour", default=0.0, example="110")
    demonstrated: Numbers = number(
        "Demonstrated share of the rated hours", unit="share", default=1.0, maximum=1.5, example="0.92"
    )
    workers: Numbers = number(
        "Workers at the start, where the resource is sized by workers", unit="worker", example="80"
    )
    hours_per_worker: Numbers = number("Regular hours of one worker", unit="hour/worker/period", example="160")
    overtime_per_worker: Numbers = number(
        "Most overtime of one worker", unit="hour/worker/period", default=0.0, example="10"
    )
    wage: Numbers = number("Wage of one worker", unit="currency/worker/period", default=0.0, example="640")
    hire_cost: Numbers = number("Cost of hiring one worker", unit="currency/worker", default=0.0, example="300")
    layoff_cost: Numbers = number("Cost of laying off one worker", unit="currency/worker", default=0.0, example="500")
    most_workers: Numbers = number("Most workers the resource can hold", unit="worker", default=np.inf, example="120")
    whole_workers: Flags = flag("Workers come in whole numbers", example="yes")
    extra_cost: Numbers = number(
        "Cost of an hour of an extra shift, as an option; blank takes the overtime hour's",
        unit="currency/hour",
        example="80",
    )
    extra_lead_days: Numbers = number(
        "Days it takes to arrange an extra shift", unit="day", default=30.0, example="45"
    )


@dataclass(frozen=True, eq=False)
class Processes(Table):
    """Ways to make an item at a site: its own line, an alternate, or a subcontractor."""

    file: ClassVar[str] = "processes"
    process: Texts = text("Id of the process", key=True, example="DOM-020@P1")
    item: Texts = text("What it makes", required=True, references="items", example="DOM-020")
    site: Texts = text("Where", required=True, references="sites", example="P1")
    kind: Texts = text(
        "Own work or a subcontractor's", default="make", choices=("make", "subcontract"), example="make"
    )
    good_share: Numbers = number(
        "Yield: good output per unit started",
        unit="share",
        default=1.0,
        minimum=0.01,
        maximum=1.0,
        example="0.97",
    )
    lead_time_days: Numbers = number("Calendar days from start to stock", unit="day", default=0.0, example="5")
    cost: Numbers = number(
        "Cost of one good unit besides hours and components", unit="currency/unit", default=0.0, example="12"
    )


@dataclass(frozen=True, eq=False)
class Bills(Table):
    """Components of a process."""

    file: ClassVar[str] = "bills"
    process: Texts = text("Process", key=True, references="processes", example="DOM-020@P1")
    component: Texts = text("What it uses", key=True, references="items", example="MOT-020")
    quantity: Numbers = number("Units used per unit started", unit="unit/unit", required=True, example="1")


@dataclass(frozen=True, eq=False)
class Routings(Table):
    """Hours of a process on its resources (bill of resources)."""

    file: ClassVar[str] = "routings"
    process: Texts = text("Process", key=True, references="processes", example="MOT-020@P1")
    resource: Texts = text("Resource", key=True, references="resources", example="WINDING")
    hours: Numbers = number("Hours per unit started", unit="hour/unit", required=True, example="0.35")


@dataclass(frozen=True, eq=False)
class Lanes(Table):
    """Ways between two sites."""

    file: ClassVar[str] = "lanes"
    item: Texts = optional_key(
        "Item; blank for every item made, bought or stocked at the origin", references="items", example=""
    )
    origin: Texts = text("From", key=True, references="sites", example="P1")
    destination: Texts = text("To", key=True, references="sites", example="DC-E")
    lead_time_days: Numbers = number("Calendar days on the way", unit="day", default=0.0, example="4")
    cost: Numbers = number("Cost of moving one unit", unit="currency/unit", default=0.0, example="6.5")


@dataclass(frozen=True, eq=False)
class Suppliers(Table):
    """Who sells to us; what they can deliver in all stands in `supplier_limit`."""

    file: ClassVar[str] = "suppliers"
    supplier: Texts = text("Id of the supplier", key=True, example="S-CAST")
    name: Texts = text("Name in English", example="Ningbo Castings")
    name_zh: Texts = text("Name in Chinese", example="宁波铸件")
    payment_days: Numbers = number(
        "Days from receipt to payment; blank takes the plan's payable days", unit="day", example="45"
    )
    expedite_premium: Numbers = number(
        "Extra price of expediting or of a second source, as an option", unit="share", default=0.15, example="0.2"
    )
    extra_lead_days: Numbers = number(
        "Days it takes to arrange more than the limit", unit="day", default=45.0, example="60"
    )


@dataclass(frozen=True, eq=False)
class Sources(Table):
    """What can be bought, for which site, from whom."""

    file: ClassVar[str] = "sources"
    item: Texts = text("What is bought", key=True, references="items", example="CAST-20")
    site: Texts = text("Where it arrives", key=True, references="sites", example="P1")
    supplier: Texts = text("From whom", key=True, references="suppliers", example="S-CAST")
    price: Numbers = number("Purchase price", unit="currency/unit", required=True, example="38")
    currency: Texts = text("Currency of the price; blank is the plan currency", example="CNY")
    lead_time_days: Numbers = number("Calendar days from order to receipt", unit="day", default=0.0, example="30")
    limit_units: Numbers = number(
        "How much of the supplier limit one unit takes", unit="limit unit/unit", default=1.0, example="1"
    )


@dataclass(frozen=True, eq=False)
class OpeningStock(Table):
    """Usable stock when the plan starts."""

    file: ClassVar[str] = "opening_stock"
    item: Texts = text("Item", key=True, references="items", example="DOM-020")
    site: Texts = text("Site", key=True, references="sites", example="DC-E")
    quantity: Numbers = number("Usable stock", unit="unit", required=True, example="420")


@dataclass(frozen=True, eq=False)
class OpenOrders(Table):
    """Promises already given: receipts on the way, and customer orders. Overdue customer orders are the
    opening backlog."""

    file: ClassVar[str] = "open_orders"
    order: Texts = text("Order number", key=True, example="PO-4711")
    kind: Texts = text(
        "What it is",
        required=True,
        choices=("purchase", "production", "transfer", "customer"),
        example="purchase",
    )
    item: Texts = text("Item", required=True, references="items", example="CAST-20")
    site: Texts = text(
        "Where it arrives (customer orders: where it ships from)",
        required=True,
        references="sites",
        example="P1",
    )
    party: Texts = text("Supplier, process, origin or customer", example="S-CAST")
    due: Dates = date(
        "Day it is due (customer orders: the day the customer asked for)", required=True, example="2026-01-20"
    )
    quantity: Numbers = number("Open quantity", unit="unit", required=True, example="800")
