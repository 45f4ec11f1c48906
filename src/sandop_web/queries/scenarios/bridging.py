"""The margin or revenue of two versions bridged: by price, volume, mix, new and lost business and cost, cell by cell
of what is sold, and rolled up to whatever the reader asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sandop.calendar import Periods
from sandop.finance import MARGIN_EFFECTS, Earned, MarginEffects, earned_on, margin_effects, rolled_up, sold_leaves
from sandop.finance.months import in_months
from sandop.plan import Rows, Sheet
from sandop_web.access import Actor
from sandop_web.queries.steps.content import Needs, Reading
from sandop_web.queries.steps.reading import read_step
from sandop_web.store.models import Version

NEEDS = Needs(inputs=("price", "rate"), sheets=("deliveries", "revenue", "cogs"))
LEVELS = ("family", "region", "customer", "item", "month")
LINES = ("margin", "revenue")


@dataclass(frozen=True)
class Bridged:
    """A node between two versions, plan currency: start + effects = end, to the cent.

    node    label at its level; empty for all together
    effects in the order of `MARGIN_EFFECTS`
    """

    node: str
    start: float
    effects: tuple[float, ...]
    end: float

    @property
    def away(self) -> float:
        """What the second version earns more."""
        return round(self.end - self.start, 2)


@dataclass(frozen=True, eq=False)
class Between:
    """What sets two versions apart in money, at every leaf (item, customer) and month that both plan."""

    leaves: Rows
    months: Periods
    found: MarginEffects
    labels_of: Mapping[str, NDArray[np.object_]]

    @property
    def span(self) -> tuple[str, str]:
        """The first and the last month."""
        return self.months.labels[0], self.months.labels[-1]

    def at(self, *, line: str, level: str, within: Mapping[str, str]) -> tuple[Bridged, ...]:
        """The nodes of a level inside `within` (level → label) that any of the two versions sells, by label; of the
        empty level the sum of all."""
        labels = self._labels(level)
        nodes = sorted(set(map(str, labels.ravel())))
        number = {node: place for place, node in enumerate(nodes)}
        node = np.vectorize(lambda label: number[str(label)], otypes=[np.int64])(labels)
        node = np.where(self._within(within), node, -1)
        total = rolled_up(self._cents(line), node=node, count=len(nodes))
        return tuple(
            Bridged(name, cents[0] / 100.0, tuple(float(each) / 100.0 for each in cents[1:-1]), cents[-1] / 100.0)
            for name, cents in zip(nodes, total.T.tolist())
            if any(cents) or not level
        )

    def labels(self, level: str, within: Mapping[str, str]) -> set[str]:
        """The labels of a level inside `within`."""
        shape = len(self.leaves), len(self.months)
        return set(map(str, np.broadcast_to(self._labels(level), shape)[self._within(within)]))

    def _cents(self, line: str) -> NDArray[np.int64]:
        found = self.found
        if line == "revenue":
            return np.stack([found.revenue_start, *found.revenue, found.revenue_end])
        return np.stack([found.margin_start, *found.margin, found.margin_end])

    def _labels(self, level: str) -> NDArray[np.object_]:
        """The label of each leaf or month at a level, (leaf, 1) or (1, month)."""
        if not level:
            return np.full((1, 1), "", dtype=object)
        if level == "month":
            return np.array(self.months.labels, dtype=object)[None, :]
        return self.labels_of[level][:, None]

    def _within(self, within: Mapping[str, str]) -> NDArray[np.bool_]:
        mask = np.ones((len(self.leaves), len(self.months)), dtype=bool)
        for level, label in within.items():
            mask &= self._labels(level) == label
        return mask


def between(*, by: Actor, base: Version, other: Version, year: str = "", month: str = "") -> Between | None:
    """What sets `other` apart from `base` in the months of the fiscal year, or of that of the `month`, that both plan
    (in all of them where it has none), in the reader's scope; None where one of them has no money or they share no
    month."""
    readings = [read_step(by=by, version=version, needs=NEEDS) for version in (base, other)]
    if any(name not in reading.month.sheets for reading in readings for name in NEEDS.sheets):
        return None
    months = _months(readings, year, month)
    if not len(months):
        return None
    leaves = sold_leaves(reading.month.sheets["deliveries"] for reading in readings)
    labels_of = _labels_of(leaves, readings)
    together = [f"{family}|{customer}" for family, customer in zip(labels_of["family"], labels_of["customer"])]
    _, group = np.unique(together, return_inverse=True)  # what a customer buys of a family grows together
    before, after = (_earned(reading, leaves, months) for reading in readings)
    found = margin_effects(base=before, plan=after, group=group.astype(np.int64))
    return Between(leaves, months, found, labels_of)


def effect_names() -> tuple[str, ...]:
    """The effects in their order."""
    return MARGIN_EFFECTS


def _earned(reading: Reading, leaves: Rows, months: Periods) -> Earned:
    sheets: Mapping[str, Sheet] = reading.month.sheets
    return earned_on(
        plan=reading.month.plan,
        leaves=leaves,
        months=months,
        deliveries=sheets["deliveries"],
        revenue=sheets["revenue"],
        cogs=sheets["cogs"],
    )


def _months(readings: list[Reading], year: str, month: str) -> Periods:
    """The months that both versions plan, those of the fiscal year where there are any."""
    first, second = (in_months(reading.month.sheets["revenue"]).periods for reading in readings)
    both = [place for place, label in enumerate(first.labels) if label in second.position]
    calendar = readings[0].month.plan.calendar
    if month in first.position:
        year = str(calendar.fiscal_year(month))
    of_year = [place for place in both if str(calendar.fiscal_year(first.labels[place])) == year]
    places = of_year or both
    return first.slice(places[0], places[-1] + 1) if places else first.slice(0, 0)


def _labels_of(leaves: Rows, readings: list[Reading]) -> dict[str, NDArray[np.object_]]:
    """Level → the label of each leaf, (leaf,), as the second version knows it, else the first."""
    family: dict[str, str] = {}
    region: dict[str, str] = {}
    for reading in readings:
        network = reading.month.plan.network
        family |= dict(zip(network.items.keys, map(str, network.items.family)))
        region |= dict(zip(network.customers.keys, map(str, network.customers.region)))
    items, customers = leaves.column("item"), leaves.column("customer")
    return {
        "item": items,
        "customer": customers,
        "family": np.array([family.get(str(item), "") for item in items], dtype=object),
        "region": np.array([region.get(str(customer), "") for customer in customers], dtype=object),
    }
