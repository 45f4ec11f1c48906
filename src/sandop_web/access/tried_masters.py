"""Masters that a scenario's levers change: which column of which table, by what rows are chosen, in which ways."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandop.network import Network
from sandop_web.access.actor import Actor
from sandop_web.access.scope import scope_labels
from sandop_web.store.contents import rows_by_key

Key = tuple[str, ...]
NUMBERS = ("percent", "plus", "exactly")
CHOOSABLE = ("family", "region", "customer", "item", "site", "resource", "supplier", "activity")


@dataclass(frozen=True)
class TriedMasters:
    """A column of a master table that is tried out.

    levels  by which rows are chosen
    grows   the columns that a percentage moves; empty: the column
    ways    percent: by so many per cent; plus: by an amount; exactly: set to it; later: so many months later (earlier
            below zero); off: the row is taken out
    """

    table: str
    column: str
    levels: tuple[str, ...]
    ways: tuple[str, ...] = NUMBERS
    grows: tuple[str, ...] = ()


# Name that forms and the API say → what it changes.
TRIED_MASTERS: Mapping[str, TriedMasters] = {
    "purchase_price": TriedMasters("sources", "price", ("supplier", "family", "item")),
    "standard_cost": TriedMasters("items", "value", ("family", "item")),
    "purchase_lead_time": TriedMasters("sources", "lead_time_days", ("supplier", "family", "item")),
    "process_lead_time": TriedMasters("processes", "lead_time_days", ("family", "item", "site")),
    "transport_lead_time": TriedMasters("lanes", "lead_time_days", ("site",)),
    "family_service": TriedMasters("families", "service_level", ("family",), ("plus", "exactly")),
    "item_service": TriedMasters("items", "service_level", ("family", "item"), ("plus", "exactly")),
    "stock_days": TriedMasters("items", "stock_days", ("family", "item")),
    "demonstrated": TriedMasters("resources", "demonstrated", ("resource",), ("plus", "exactly")),
    "customer_days": TriedMasters("customers", "payment_days", ("region", "customer"), ("plus", "exactly")),
    "supplier_days": TriedMasters("suppliers", "payment_days", ("supplier",), ("plus", "exactly")),
    "activity": TriedMasters(
        "activities", "start", ("activity",), ("off", "later", "percent"), grows=("uplift", "quantity")
    ),
}


def master_rows_tried(
    *, by: Actor, masters: str, network: Network, wanted: Mapping[str, str]
) -> dict[Key, dict[str, Any]]:
    """The rows of the table in the person's scope that answer to `wanted` (level → label), by key."""
    rows = rows_by_key(network.tables()[TRIED_MASTERS[masters].table])
    return {
        key: row
        for key, row in rows.items()
        if _in_scope(by, row, network)
        and all(label in master_labels(row=row, level=level, network=network) for level, label in wanted.items())
    }


def master_labels(*, row: Mapping[str, Any], level: str, network: Network) -> set[str]:
    """The labels of a master row at a level: its family and region, and both ends of a lane as its sites."""
    if level in ("family", "region"):
        family, region = scope_labels(row=row, network=network)
        return {family if level == "family" else region} - {""}
    if level == "site":
        return {str(row[part]) for part in ("site", "origin", "destination") if row.get(part)}
    return {str(row[level])} if row.get(level) else set()


def _in_scope(by: Actor, row: Mapping[str, Any], network: Network) -> bool:
    """A row without family or region speaks for all of them and is only of those who see all."""
    if by.everywhere:
        return True
    family, region = scope_labels(row=row, network=network)
    return by.family in ("", family) and by.region in ("", region)
