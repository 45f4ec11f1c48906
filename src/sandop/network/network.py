"""The network of one company: all its master tables, in the order of their keys."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

from sandop.network.making import (
    Bills,
    Lanes,
    OpeningStock,
    OpenOrders,
    Processes,
    Resources,
    Routings,
    Sources,
    Suppliers,
)
from sandop.network.opinions import Activities, Goals, Launches, Overrides
from sandop.network.products import Customers, Families, Items, People, Priorities, Sites, Terms
from sandop.tables import Table

TABLES: tuple[type[Table], ...] = (
    Families,
    Items,
    Sites,
    Customers,
    Priorities,
    Terms,
    People,
    Resources,
    Processes,
    Bills,
    Routings,
    Lanes,
    Suppliers,
    Sources,
    OpeningStock,
    OpenOrders,
    Activities,
    Launches,
    Overrides,
    Goals,
)


@dataclass(frozen=True, eq=False)
class Network:
    """All master tables. The order of the rows in a file never matters: they are sorted by key here."""

    families: Families
    items: Items
    sites: Sites
    customers: Customers
    priorities: Priorities
    terms: Terms
    people: People
    resources: Resources
    processes: Processes
    bills: Bills
    routings: Routings
    lanes: Lanes
    suppliers: Suppliers
    sources: Sources
    opening_stock: OpeningStock
    open_orders: OpenOrders
    activities: Activities
    launches: Launches
    overrides: Overrides
    goals: Goals

    @staticmethod
    def of(**tables: Table) -> Network:
        """A network of the given tables; those left out are empty. Raises KeyError for an unknown table."""
        known = {table.file: table for table in TABLES}
        for name in tables:
            if name not in known:
                raise KeyError(f"there is no master table {name!r}")
        filled: dict[str, Any] = {name: tables.get(name, table.of()).sorted() for name, table in known.items()}
        return Network(**filled)

    def tables(self) -> dict[str, Table]:
        """File name → table."""
        return {f.name: getattr(self, f.name) for f in fields(self)}

    @cached_property
    def parents(self) -> dict[str, dict[str, dict[str, str]]]:
        """Key column → level above → id → parent: items by family, kind, strategy; customers by region, segment,
        priority; resources by site."""
        return {
            "item": {level: _above(self.items, level) for level in ("family", "kind", "strategy")},
            "customer": {level: _above(self.customers, level) for level in ("region", "segment", "priority")},
            "resource": {"site": _above(self.resources, "site")},
        }


def _above(table: Table, column: str) -> dict[str, str]:
    return dict(zip(table.keys, getattr(table, column)))
