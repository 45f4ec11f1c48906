"""Scopes: which series an activity or an override speaks of, and in which months an item is on sale at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sandop.calendar import Periods, month_number
from sandop.network import Network
from sandop.plan import Rows, Values

ALL = "*"


@dataclass(frozen=True)
class Scope:
    """Part of the company's demand; an empty column means all."""

    family: str = ""
    item: str = ""
    region: str = ""
    customer: str = ""

    @staticmethod
    def of(row: Mapping[str, Any]) -> Scope:
        """The scope columns of an activity or override."""
        return Scope(row["family"], row["item"], row["region"], row["customer"])

    def __str__(self) -> str:
        parts = [part for part in (self.family, self.item, self.region, self.customer) if part]
        return " | ".join(parts) or ALL


@dataclass(frozen=True, eq=False)
class Series:
    """The planned series with what lies above them.

    rows      item x site x customer
    labels    "family", "item", "region", "customer" → id for every series, (row,)
    factor    plan units of the family in one base unit, (row,)
    unit      plan unit of every series, (row,)
    """

    rows: Rows
    labels: Mapping[str, NDArray[np.object_]]
    factor: NDArray[np.float64]
    unit: NDArray[np.object_]

    @staticmethod
    def of(rows: Rows, network: Network) -> Series:
        """The series of these rows. Raises KeyError for an unknown item or customer."""
        items, customers = rows.column("item"), rows.column("customer")
        item_place = network.items.places(items)
        family = network.items.family[item_place]
        region = network.customers.region[network.customers.places(customers)]
        return Series(
            rows,
            {"family": family, "item": items, "region": region, "customer": customers},
            network.items.plan_factor[item_place],
            network.families.unit[network.families.places(family)],
        )

    def within(self, scope: Scope) -> NDArray[np.bool_]:
        """True for the series of the scope, (row,)."""
        mask = np.ones(len(self.rows), dtype=bool)
        for name, labels in self.labels.items():
            wanted = getattr(scope, name)
            if wanted:
                mask &= labels == wanted
        return mask

    def one_unit(self, places: NDArray[np.int64]) -> str | None:
        """The plan unit in which these series add up; None where they have different ones."""
        units = set(self.unit[places])
        return units.pop() if len(units) == 1 else None


def on_sale(rows: Rows, periods: Periods, network: Network) -> NDArray[np.bool_]:
    """True from the item's first to its last month of sale, (row, period)."""
    if not len(rows):
        return np.zeros((0, len(periods)), dtype=bool)
    number = np.array([month_number(label) for label in periods.labels])
    place = network.items.places(rows.column("item"))
    first = np.array([month_number(label) if label else 0 for label in network.items.launch])
    last = np.array([month_number(label) if label else 10**6 for label in network.items.phase_out])
    return np.asarray((number >= first[place][:, None]) & (number <= last[place][:, None]))


def in_proportion(totals: Values, pattern: Values, allowed: NDArray[np.bool_]) -> Values:
    """`totals` (period,) spread over series in proportion to `pattern` (series, period).

    Negative and blank patterns count as zero. Where the pattern is zero throughout, the total is spread evenly over
    the `allowed` (series, period) cells; where none is allowed it falls away.
    """
    weight = np.where(allowed & (pattern > 0), pattern, 0.0)
    weight = np.where(weight.sum(axis=0) > 0, weight, allowed.astype(np.float64))
    sums = weight.sum(axis=0)
    return np.asarray(weight * np.divide(totals, sums, out=np.zeros_like(sums), where=sums > 0))
