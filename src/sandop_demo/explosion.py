"""Bills as matrices: what demand takes of every component and every line, and what an item costs.

Each item is followed through the first of its own processes (kind "make"; a subcontractor's only where there
is no other), so that the load is what serving all demand the ordinary way would take.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sandop.network import Bills, Network, Processes, Resources, Routings, Sources
from sandop.plan import Sheet

Values = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Explosion:
    """How items use each other and the lines.

    items      ids, (item,)
    uses       component units in one good unit, (component, item); both axes are `items`
    hours      hours in one good unit, (resource, item)
    cost       cost of one good unit besides hours and components, plan currency, (item,)
    site       where the item is made; empty where it is bought, (item,)
    """

    items: tuple[str, ...]
    resources: tuple[str, ...]
    uses: Values
    hours: Values
    cost: Values
    site: tuple[str, ...]

    def required(self, demand: Values) -> Values:
        """Units of every item that `demand` (item, period) takes, itself included, (item, period).

        Gozinto: x = d + U x, summed level by level. Raises ValueError where a bill runs in a circle.
        """
        return _summed(self.uses, demand)

    def load(self, demand: Values) -> Values:
        """Hours that `demand` (item, period) takes of every line, (resource, period)."""
        return self.hours @ self.required(demand)

    def standard_costs(self, bought: Values, hour_costs: Values) -> Values:
        """Standard cost of one unit, currency/unit, (item,): purchase prices `bought` (item,; 0 where made), plus
        hours at `hour_costs` (resource,), plus components."""
        own = np.where(np.array(self.site) == "", bought, self.cost + hour_costs @ self.hours)
        return _summed(self.uses.T, own[:, None])[:, 0]


def _summed(uses: Values, start: Values) -> Values:
    total, layer = start.copy(), start
    for _ in range(len(uses) + 1):
        layer = uses @ layer
        if not layer.any():
            return total
        total += layer
    raise ValueError("a bill runs in a circle")


def users_first(bill: Explosion) -> list[int]:
    """Places of what others use, each after all that use it."""
    depth = np.zeros(len(bill.items))
    while True:
        deeper = np.where(bill.uses > 0, depth[None, :] + 1, 0.0).max(axis=1)
        if (deeper == depth).all():
            return [int(i) for i in np.argsort(depth, kind="stable") if depth[i] > 0]
        depth = deeper


def explosion(
    *, items: Sequence[str], processes: Processes, bills: Bills, routings: Routings, resources: Sequence[str]
) -> Explosion:
    """The matrices of these tables. Raises KeyError for an unknown item or resource."""
    place = {item: i for i, item in enumerate(items)}
    line = {resource: r for r, resource in enumerate(resources)}
    chosen = _chosen(processes)
    good = {process: processes.good_share[row] for process, row in processes.position.items()}
    cost, site = np.zeros(len(items)), [""] * len(items)
    for process, item in chosen.items():
        row = processes.position[process]
        cost[place[item]], site[place[item]] = processes.cost[row], processes.site[row]
    uses, hours = np.zeros((len(items), len(items))), np.zeros((len(resources), len(items)))
    for process, component, quantity in zip(bills.process, bills.component, bills.quantity):
        if process in chosen:
            uses[place[component], place[chosen[process]]] += quantity / good[process]
    for process, resource, spent in zip(routings.process, routings.resource, routings.hours):
        if process in chosen:
            hours[line[resource], place[chosen[process]]] += spent / good[process]
    return Explosion(tuple(items), tuple(resources), uses, hours, cost, tuple(site))


def explosion_of(network: Network) -> Explosion:
    """The matrices of a whole network, items and resources in the order of their tables."""
    return explosion(
        items=network.items.keys,
        processes=network.processes,
        bills=network.bills,
        routings=network.routings,
        resources=network.resources.keys,
    )


def _chosen(processes: Processes) -> dict[str, str]:
    """Process → item, one process an item: the first own one, else the first."""
    order = sorted(range(len(processes)), key=lambda i: (processes.kind[i] != "make", processes.process[i]))
    first: dict[str, str] = {}
    for i in order:
        first.setdefault(processes.item[i], processes.process[i])
    return {process: item for item, process in first.items()}


def purchase_prices(*, items: Sequence[str], sources: Sources, rates: dict[str, float]) -> Values:
    """Lowest purchase price of each item in plan currency, (item,); 0 where it is not bought."""
    lowest: dict[str, float] = {}
    for item, price, currency in zip(sources.item, sources.price, sources.currency):
        amount = price * rates.get(currency, 1.0)
        lowest[item] = min(amount, lowest.get(item, amount))
    return np.array([lowest.get(item, 0.0) for item in items])


def by_item(sheet: Sheet, items: Sequence[str]) -> Values:
    """The sheet summed by item, blanks as nothing, (item, period)."""
    place = {item: i for i, item in enumerate(items)}
    total = np.zeros((len(items), len(sheet.periods)))
    np.add.at(total, [place[item] for item in sheet.rows.column("item")], np.nan_to_num(sheet.values))
    return total


def available_hours(*, resources: Resources, regular: Sheet) -> Values:
    """Demonstrated regular hours, (resource, period), in the order of the table."""
    hours = regular.values[regular.rows.places([(name,) for name in resources.keys])]
    return hours * resources.demonstrated[:, None]
