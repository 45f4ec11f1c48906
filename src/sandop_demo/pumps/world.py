"""The pump maker before anyone plans: products, costs, prices, market and what happened so far."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sandop.calendar import Periods
from sandop.network import Bills, Customers, Processes, Resources, Routings, Sources
from sandop_demo.explosion import Explosion, explosion, purchase_prices
from sandop_demo.pumps import plants
from sandop_demo.pumps.customers import BUYERS
from sandop_demo.pumps.flows import COVERED, Flows, PartFlows, flows, part_flows, summed
from sandop_demo.pumps.market import Market, market
from sandop_demo.pumps.parts import Bought, Part, bought_parts, made_parts
from sandop_demo.pumps.prices import PLAN_RATE, list_prices, month_rates, net_prices
from sandop_demo.pumps.products import Finished, finished_items

Values = NDArray[np.float64]

HISTORY_START, START, HISTORY, ASIDE = "2022-01", "2026-01", 48, 12


@dataclass(frozen=True, eq=False)
class World:
    """Everything the generator knows; `build` hands on what a company would know."""

    seed: int
    months: int

    @cached_property
    def finished(self) -> tuple[Finished, ...]:
        return finished_items()

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        return made_parts()

    @cached_property
    def bought(self) -> tuple[Bought, ...]:
        return bought_parts()

    @cached_property
    def items(self) -> tuple[str, ...]:
        """Ids of everything, sorted."""
        made = {one.item for one in self.finished} | {part.item for part in self.parts}
        return tuple(sorted(made | {part.item for part in self.bought}))

    @cached_property
    def family(self) -> dict[str, str]:
        """Item → family."""
        families = {part.item: part.family for part in self.bought} | {part.item: "CMP" for part in self.parts}
        return families | {one.item: one.family for one in self.finished}

    @cached_property
    def periods(self) -> Periods:
        """From the start of history to past the horizon (and the months aside): stock is kept for what follows."""
        return Periods.months(HISTORY_START, HISTORY + max(self.months, ASIDE) + COVERED)

    @cached_property
    def horizon(self) -> Periods:
        return Periods.months(START, self.months)

    @cached_property
    def drawn(self) -> Periods:
        """History and the months kept aside."""
        return self.periods.slice(0, HISTORY + ASIDE)

    @cached_property
    def processes(self) -> Processes:
        return Processes.of(plants.processes(self.finished, self.parts)).sorted()

    @cached_property
    def bills(self) -> Bills:
        return Bills.of(plants.bills(self.finished, self.parts)).sorted()

    @cached_property
    def routings(self) -> Routings:
        return Routings.of(plants.routings(self.finished, self.parts)).sorted()

    @cached_property
    def resources(self) -> Resources:
        return Resources.of(plants.resources()).sorted()

    @cached_property
    def sources(self) -> Sources:
        return Sources.of(plants.sources(self.bought)).sorted()

    @cached_property
    def customers(self) -> Customers:
        names = Customers.columns()
        return Customers.of({one.name: getattr(buyer, one.name) for one in names} for buyer in BUYERS).sorted()

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
        """Item → standard cost, CNY a unit, rolled up from purchase prices, hours and bills."""
        bought = purchase_prices(items=self.items, sources=self.sources, rates={"USD": PLAN_RATE})
        costs = self.bill.standard_costs(bought, self.resources.regular_cost)
        return {item: round(float(cost), 4) for item, cost in zip(self.items, costs)}

    @cached_property
    def list_prices(self) -> dict[str, float]:
        return list_prices(self.costs, {one.item: one.family for one in self.finished})

    @cached_property
    def market(self) -> Market:
        return market(
            seed=self.seed,
            items=self.finished,
            prices=self.list_prices,
            periods=self.periods,
            drawn=HISTORY + ASIDE,
        )

    @cached_property
    def prices(self) -> Values:
        """Net prices in the customer's currency, (row of the market, period)."""
        return net_prices(self.market.rows, self.periods, self.list_prices, self.family)

    @cached_property
    def rates(self) -> Values:
        """CNY for one USD in the drawn months, (month,)."""
        return month_rates(self.seed, self.drawn)

    @cached_property
    def flows(self) -> Flows:
        return flows(seed=self.seed, world=self.market, items=self.finished)

    @cached_property
    def made(self) -> Values:
        """Finished units made, on the axis of all items, (item, drawn month)."""
        return self.flows.made(self.items)

    @cached_property
    def expected(self) -> Values:
        """Mean demand on the axis of all items, units, (item, period)."""
        place = np.array([self.items.index(item) for item in self.market.rows.column("item")])
        return summed(self.market.mean, place, len(self.items))

    @cached_property
    def part_flows(self) -> PartFlows:
        return part_flows(
            bill=self.bill,
            made=self.made,
            expected=self.expected[:, : len(self.drawn) + COVERED],
            families=[self.family[item] for item in self.items],
            plants=plants.PLANTS,
        )
