"""The medicine company before anyone plans: published volumes with an invented supply side around them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sandop.calendar import Periods
from sandop.network import Bills, Processes, Resources, Routings, Sources
from sandop_demo.explosion import Explosion, explosion, purchase_prices, users_first
from sandop_demo.keeping import kept_at
from sandop_demo.medicines import supply_side
from sandop_demo.medicines.source import AHEAD, CENTRE, HISTORY, NEW_ITEM, START, Prescriptions, prescriptions
from sandop_demo.medicines.supply_side import COST_SHARE, PACK_MATERIAL, ROUTES

Values = NDArray[np.float64]

NEW_PRICE = 58.5  # assumed for the new product, AUD a prescription: near the other small cardiovascular items
COVER = {"item": 0.50, "bulk": 0.30, "substance": 0.90, "packing": 0.60}  # months of use held


@dataclass(frozen=True, eq=False)
class Company:
    """Everything the demo knows, the months after the plan's start included."""

    @cached_property
    def source(self) -> Prescriptions:
        return prescriptions()

    @cached_property
    def history(self) -> Periods:
        return self.source.periods.slice(0, HISTORY)

    @cached_property
    def horizon(self) -> Periods:
        return Periods.months(START, AHEAD)

    @cached_property
    def medicines(self) -> tuple[str, ...]:
        return self.source.items

    @cached_property
    def items(self) -> tuple[str, ...]:
        bulk = [make(family) for family in ROUTES for make in (supply_side.bulk_of, supply_side.substance_of)]
        return tuple(sorted([*self.medicines, *bulk, PACK_MATERIAL]))

    @cached_property
    def prices(self) -> Values:
        """Price in the planned months: the trailing twelve-month cost per prescription, AUD, (row,)."""
        price: Values = np.where(self.source.established, self.source.price(HISTORY), NEW_PRICE)
        return np.round(price, 4)

    @cached_property
    def target_costs(self) -> dict[str, float]:
        """Item → standard cost aimed at, AUD: a share of its mean price in the last closed year."""
        year = slice(HISTORY - 12, HISTORY)
        name = self.source.rows.column("item")
        cost = {}
        for item in self.medicines:
            mine = name == item
            scripts, paid = (np.nansum(v[mine, year]) for v in (self.source.scripts, self.source.cost))
            cost[item] = round(COST_SHARE * (paid / scripts if scripts else NEW_PRICE), 4)
        return cost

    @cached_property
    def processes(self) -> Processes:
        return Processes.of(supply_side.processes(self.target_costs)).sorted()

    @cached_property
    def bills(self) -> Bills:
        return Bills.of(supply_side.bills(self.medicines)).sorted()

    @cached_property
    def routings(self) -> Routings:
        return Routings.of(supply_side.routings(self.medicines)).sorted()

    @cached_property
    def resources(self) -> Resources:
        return Resources.of(supply_side.resources()).sorted()

    @cached_property
    def sources(self) -> Sources:
        return Sources.of(supply_side.sources(self.target_costs)).sorted()

    @cached_property
    def bill(self) -> Explosion:
        return explosion(
            items=self.items,
            processes=self.processes,
            bills=self.bills,
            routings=self.routings,
            resources=self.resources.keys,
        )

    @cached_property
    def costs(self) -> dict[str, float]:
        """Item → standard cost, AUD, rolled up from bills and hours."""
        bought = purchase_prices(items=self.items, sources=self.sources, rates={})
        costs = self.bill.standard_costs(bought, self.resources.regular_cost)
        return {item: round(float(cost), 4) for item, cost in zip(self.items, costs)}

    @cached_property
    def dispensed(self) -> Values:
        """Prescriptions by item, blanks as nothing, on the axis of all items, (item, month)."""
        total = np.zeros((len(self.items), len(self.source.periods)))
        place = [self.items.index(item) for item in self.source.rows.column("item")]
        np.add.at(total, place, np.nan_to_num(self.source.scripts))
        return total

    @cached_property
    def flows(self) -> tuple[dict[tuple[str, str], Values], dict[tuple[str, str], Values]]:
        """(item, site) → received and → held in the closed months, by a rule: the cover of the last year's mean."""
        output = np.zeros((len(self.items), HISTORY))
        received: dict[tuple[str, str], Values] = {}
        held: dict[tuple[str, str], Values] = {}
        for item in self.medicines:
            place = self.items.index(item)
            if item == NEW_ITEM:
                continue
            got, stock = _kept(COVER["item"], self.dispensed[place, :HISTORY])
            received[item, self.bill.site[place]], held[item, CENTRE] = got, stock
            output[place] = got
        for part in users_first(self.bill):
            self._keep_part(part, output, received, held)
        return received, held

    def _keep_part(
        self,
        part: int,
        output: Values,
        received: dict[tuple[str, str], Values],
        held: dict[tuple[str, str], Values],
    ) -> None:
        site, item = np.array(self.bill.site), self.items[part]
        for plant in supply_side.PLANTS:
            use = np.where(site == plant, self.bill.uses[part], 0.0)
            if use.any():
                got, stock = _kept(COVER[part_kind(item)], use @ output)
                received[item, plant], held[item, plant] = got, stock
                output[part] += got


def part_kind(item: str) -> str:
    """What an item is here: item (a medicine), bulk, substance or packing."""
    if item == PACK_MATERIAL:
        return "packing"
    return {"BULK": "bulk", "ACT": "substance"}.get(item.partition("-")[0], "item")


def _kept(cover: float, taken: Values) -> tuple[Values, Values]:
    """Receipts and stock that keep `cover` months of the mean of up to twelve months known, (month,) each."""
    sums = np.concatenate([[0.0], np.cumsum(taken)])
    months = np.arange(1, len(taken) + 1)
    first = np.maximum(months - 12, 0)
    mean = (sums[months] - sums[first]) / (months - first)
    target = np.round(cover * np.concatenate([mean[:1], mean]))
    return kept_at(target, taken)
