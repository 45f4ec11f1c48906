"""What is not in the plan because it is less likely than not, were it to happen: the whole plan is made again with
it, so that its money is what can really be delivered."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sandop.demand import make_demand
from sandop.execution import frozen_production
from sandop.finance.earnings import planned_earnings
from sandop.network import Activities, Launches, Network
from sandop.plan import Plan, Sheet, by_month
from sandop.scenario.buckets import demand_in_buckets
from sandop.scenario.month import Month
from sandop.supply import SupplyModel
from sandop.tables import Table

MOST = 3  # opportunities worth a place on the decision list


@dataclass(frozen=True)
class Opportunity:
    """An activity or launch that the plan leaves out.

    units, revenue, margin      what would be delivered and earned more over the horizon, unit, plan currency
    """

    id: str
    names: tuple[str, str]
    probability: float
    first: str
    owner: str
    units: float
    revenue: float
    margin: float


def opportunities(*, month: Month, targets: Sheet, deliveries: Sheet) -> list[Opportunity]:
    """The opportunities that earn most, dearest first.

    month       the month with its demand plan and the report `risks_opportunities`
    targets     stock wanted, unit, (item, site) x period
    deliveries  what the plan delivers without them, unit, (item, site, customer) x period
    """
    found = [
        _judged(month, pursued, targets, deliveries)
        for row in month.reports.get("risks_opportunities", ())
        if row["side"] == "opportunity"
        for pursued in _pursued(month.plan, str(row["kind"]), str(row["id"]))
    ]
    earning = [one for one in found if one.margin > 0]
    return sorted(earning, key=lambda one: (-one.margin, one.id))[:MOST]


def _pursued(plan: Plan, kind: str, wanted: str) -> Iterator[tuple[Plan, Table, int]]:
    """The plan in which it happens for certain, its table and its place there."""
    network = plan.network
    table: Activities | Launches = network.activities if kind == "activity" else network.launches
    for place, key in enumerate(table.keys):
        if (key if isinstance(key, str) else " | ".join(key)) == wanted:
            certain = table.probability.copy()
            certain[place] = 1.0
            changed = dataclasses.replace(table, probability=certain)
            tables = {**network.tables(), table.file: changed}
            yield plan.with_network(Network.of(**tables)), table, place


def _judged(month: Month, pursued: tuple[Plan, Table, int], targets: Sheet, deliveries: Sheet) -> Opportunity:
    plan, table, place = pursued
    made = make_demand(plan=plan, statistical=month.sheets["statistical"])
    demand = demand_in_buckets(plan=plan, demand=made.sheets["demand"])
    model = SupplyModel.of(plan=plan, demand=demand, targets=targets, frozen=frozen_production(plan=plan))
    delivered = model.what_if([], more=[]).deliveries
    before = deliveries.on(delivered.rows).filled()
    change = by_month(delivered.with_values(delivered.rounded().values - before.values))
    earned = planned_earnings(plan=plan, deliveries=change)
    said = table.row(place)
    return Opportunity(
        id=str(said.get("activity") or said["item"]),
        names=(str(said.get("name") or said["item"]), str(said.get("name_zh") or said["item"])),
        probability=float(said["probability"]),
        first=str(said.get("start") or said["launch"]),
        owner=str(said["owner"]),
        units=float(np.nansum(change.values)),
        revenue=float(np.nansum(earned.revenue.values)),
        margin=float(np.nansum(earned.margin.values)),
    )
