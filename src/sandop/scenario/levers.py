"""What could be done about what is short: levers, each priced by solving the plan again with the limit raised."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sandop.finance.earnings import planned_earnings
from sandop.network import Resources
from sandop.plan import Key, Plan, Sheet, by_month
from sandop.supply import Limit, Shortage, SupplyModel

STEPS = (0.05, 0.10)  # how much more of a limit a lever brings
_LEVER_OF = {"capacity": "extra_shift", "supplier limit": "expedite", "purchases": "expedite"}


@dataclass(frozen=True)
class Option:
    """One way to pull a lever.

    share       more of the limit in its short periods
    limits, more    the limits raised and by how much
    cost        what arranging as much of it as the plan uses costs, plan currency
    money       margin - cost: what it earns, plan currency
    gain        what the plan then costs less, lateness, loss and missing stock at their penalties, less `cost`
    revenue, margin     more than today's plan over the horizon, plan currency (margin at standard cost)
    revenue_by_month    the same by planned month, (month,)
    units       more delivered over the horizon, unit
    """

    share: float
    limits: tuple[Limit, ...]
    more: tuple[float, ...]
    cost: float
    gain: float
    revenue: float
    margin: float
    revenue_by_month: tuple[float, ...]
    units: float

    @property
    def money(self) -> float:
        """What it earns: margin less cost, plan currency."""
        return self.margin - self.cost


@dataclass(frozen=True)
class Lever:
    """Something that can be raised.

    kind        extra_shift or expedite
    key         the resource, the supplier, or (item, site, supplier)
    periods     the periods in which it is short and can still be raised
    options     the steps, smallest first
    decide_by   last responsible moment: the first of the periods less the days it takes to arrange
    """

    kind: str
    key: Key
    periods: tuple[str, ...]
    options: tuple[Option, ...]
    decide_by: dt.date

    @property
    def best(self) -> Option:
        """The option that gains most, penalties counted."""
        return max(self.options, key=lambda option: option.gain)

    @property
    def recommended(self) -> Option | None:
        """The option that earns most; None where none earns anything: penalties alone are no money, and whether
        service is worth it is for the meeting to say."""
        best = max(self.options, key=lambda option: option.money)
        return best if best.money > 0 else None


def levers_of(
    *, plan: Plan, model: SupplyModel, shortages: Sequence[Shortage], deliveries: Sheet, most: int = 4
) -> list[Lever]:
    """The `most` dearest levers of a supply plan, the one that gains most first.

    deliveries  units delivered by today's plan, (item, site, customer) x period
    """
    groups: dict[tuple[str, Key], list[Shortage]] = {}
    for shortage in shortages:
        if shortage.limit.kind in _LEVER_OF and shortage.available > 0 and _in_time(plan, shortage.limit):
            groups.setdefault((shortage.limit.kind, shortage.limit.key), []).append(shortage)
    dearest = sorted(groups.values(), key=lambda group: (-_worth(group), group[0].limit.key))[:most]
    levers = [_lever(plan, model, group, deliveries) for group in dearest]
    return sorted(levers, key=lambda lever: (-max(option.gain for option in lever.options), lever.key))


def together(*, plan: Plan, model: SupplyModel, options: Sequence[Option], deliveries: Sheet) -> Option:
    """The effect of several options at once, found by solving again: effects of levers do not simply add up.

    deliveries  units delivered by today's plan, (item, site, customer) x period
    """
    limits = tuple(limit for option in options for limit in option.limits)
    more = tuple(extra for option in options for extra in option.more)
    return _option(plan, model, 0.0, limits, more, deliveries)


def _in_time(plan: Plan, limit: Limit) -> bool:
    """True where the limit can still be raised in its period when it is decided as the plan starts."""
    horizon = plan.calendar.horizon
    return _decide_by(plan, limit) >= horizon.starts[0]


def _decide_by(plan: Plan, limit: Limit) -> dt.date:
    """The last day on which more of the limit can be arranged for its period."""
    start = plan.calendar.horizon.starts[plan.calendar.horizon.position[limit.period]]
    return start - dt.timedelta(days=_lead_days(plan, limit))


def _worth(group: Sequence[Shortage]) -> float:
    return sum(shortage.price * shortage.available for shortage in group)


def _lever(plan: Plan, model: SupplyModel, group: Sequence[Shortage], deliveries: Sheet) -> Lever:
    limit = group[0].limit
    limits = tuple(sorted((shortage.limit for shortage in group), key=lambda one: one.period))
    size = {shortage.limit: shortage.available for shortage in group}
    options = []
    for share in STEPS:
        more = tuple(share * size[one] for one in limits)
        options.append(_option(plan, model, share, limits, more, deliveries))
    periods = tuple(one.period for one in limits)
    return Lever(_LEVER_OF[limit.kind], limit.key, periods, tuple(options), _decide_by(plan, limits[0]))


def _option(
    plan: Plan,
    model: SupplyModel,
    share: float,
    limits: tuple[Limit, ...],
    more: tuple[float, ...],
    deliveries: Sheet,
) -> Option:
    found = model.what_if(limits, more=more)
    cost = sum(_extra_cost(plan, limit) * used for limit, used in zip(limits, found.used))
    delivered = found.deliveries.on(deliveries.rows).rounded().values
    change = by_month(deliveries.with_values(delivered - deliveries.values))
    earned = planned_earnings(plan=plan, deliveries=change)
    revenue = np.nansum(earned.revenue.values, axis=0)
    return Option(
        share=share,
        limits=limits,
        more=more,
        cost=cost,
        gain=found.saving - cost,
        revenue=float(revenue.sum()),
        margin=float(np.nansum(earned.margin.values)),
        revenue_by_month=tuple(float(value) for value in revenue),
        units=float(np.nansum(change.values)),
    )


def _extra_cost(plan: Plan, limit: Limit) -> float:
    """What one unit more of the limit costs to arrange, beyond what the plan already counts for using it."""
    network = plan.network
    if limit.kind == "capacity":
        return _extra_hour(network.resources, network.resources.position[limit.key[0]])
    supplier = limit.key[-1]
    premium = network.suppliers.expedite_premium[network.suppliers.position[supplier]]
    bought = network.sources.supplier == supplier
    if limit.kind == "purchases":
        bought &= (network.sources.item == limit.key[0]) & (network.sources.site == limit.key[1])
    return float(premium * np.mean(network.sources.price[bought] / network.sources.limit_units[bought]))


def _extra_hour(table: Resources, place: int) -> float:
    """What an hour of an extra shift costs beyond a regular one. Where nobody has said it, it takes the overtime
    hour's cost, and never less than the wage of the hour where the resource is sized by workers: the plan counts
    no wage for hours it is given."""
    said = table.extra_cost[place] - table.regular_cost[place]
    if not np.isnan(said):
        return float(max(said, 0.0))
    wage = np.nan_to_num(table.wage[place] / table.hours_per_worker[place])
    return float(max(table.overtime_cost[place] - table.regular_cost[place], wage, 0.0))


def _lead_days(plan: Plan, limit: Limit) -> float:
    """Days it takes to arrange more of the limit."""
    if limit.kind == "capacity":
        table = plan.network.resources
        return float(table.extra_lead_days[table.position[limit.key[0]]])
    suppliers = plan.network.suppliers
    return float(suppliers.extra_lead_days[suppliers.position[limit.key[-1]]])
