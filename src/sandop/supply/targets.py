"""How much stock is wanted: cycle service over lead time plus review period, days of supply, or a given quantity."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from sandop.calendar import Periods
from sandop.network import Network
from sandop.plan import Plan, Rows, Sheet
from sandop.supply.chain import Numbers, keys_of
from sandop.supply.timing import edges

STOCKED = ("MTS", "ATO")  # strategies that hold stock against uncertain demand


def safety_stock(*, plan: Plan, demand: Sheet, spread: Sheet) -> Sheet:
    """Stock wanted at the end of each period, unit, (item, site) x period.

    demand      unconstrained demand, unit, (item, site, customer) x period
    spread      standard deviation of demand over lead time plus review period, unit, (item, site) x period

    For each cell the first that speaks: the planner's `stock_target`; days of supply (`stock_days` of the item)
    x the demand of the days that follow; z x spread with z the standard normal quantile of the cycle service
    wished by the item, its family or the plan (Silver, Pyke and Thomas, Inventory and Production Management,
    section 6.7), and none from the period after which no demand is expected any more: nobody stocks up on what has
    been phased out. Items made or engineered to order get no computed stock. Blank: no target.
    """
    periods = plan.calendar.horizon
    given = plan.sheet_or_blank("stock_target")
    demanded = keys_of(demand.rows.column("item"), demand.rows.column("site"))
    rows = Rows.of(("item", "site"), [*spread.rows.keys, *given.rows.keys, *demanded])
    item = plan.network.items.places(rows.column("item"))
    by_service = service_factor(plan)[item][:, None] * spread.on(rows, periods).values
    by_service = np.where(_wanted_later(demand, rows, periods), by_service, 0.0)
    stocked = np.isin(plan.network.items.strategy[item], STOCKED)[:, None]
    by_days = _days_of_supply(plan, demand, rows)
    wanted = np.where(np.isnan(by_days), np.where(stocked, np.maximum(by_service, 0.0), np.nan), by_days)
    said = given.on(rows, periods).values
    return Sheet("safety_stock", rows, periods, np.where(np.isnan(said), wanted, said)).rounded()


def _wanted_later(demand: Sheet, rows: Rows, periods: Periods) -> NDArray[np.bool_]:
    """True where any demand is expected after the period, (row, T); after the horizon it goes on as in its last
    period."""
    total = np.zeros((len(rows), len(periods)))
    place = rows.places(keys_of(demand.rows.column("item"), demand.rows.column("site")))
    np.add.at(total, place, np.nan_to_num(demand.on(demand.rows, periods).values))
    from_here = np.cumsum(total[:, ::-1], axis=1)[:, ::-1]
    later: NDArray[np.bool_] = np.concatenate([from_here[:, 1:], total[:, -1:]], axis=1) > 0
    return later


def service_factor(plan: Plan) -> Numbers:
    """z of each item: standard deviations of demand that its cycle service covers, (item,)."""
    network = plan.network
    level = network.items.service_level.copy()
    family = network.families.service_level[network.families.places(network.items.family)]
    level = np.where(np.isnan(level), family, level)
    level = np.where(np.isnan(level), plan.settings.supply.service_level, level)
    factor: Numbers = np.maximum(ndtri(np.minimum(level, 0.9999)), 0.0)
    return factor


def lead_time_plus_review(network: Network, rows: Rows) -> Numbers:
    """Days that the stock of each (item, site) must bridge, (row,): the longest lead time by which it is supplied
    plus the review days of its site."""
    longest: dict[tuple[str, ...], float] = {}
    ways = (
        zip(keys_of(network.processes.item, network.processes.site), network.processes.lead_time_days),
        zip(keys_of(network.sources.item, network.sources.site), network.sources.lead_time_days),
        zip(keys_of(network.lanes.item, network.lanes.destination), network.lanes.lead_time_days),
    )
    for way in ways:
        for key, days in way:
            longest[key] = max(longest.get(key, 0.0), float(days))
    review = network.sites.review_days[network.sites.places(rows.column("site"))]
    days = [max(longest.get(key, 0.0), longest.get(("", key[1]), 0.0)) for key in rows.keys]
    return review + np.array(days, dtype=np.float64).reshape(len(rows))


def _days_of_supply(plan: Plan, demand: Sheet, rows: Rows) -> Numbers:
    """Demand of the days after each period that the item's stock days ask for, (row, T); blank where the item
    states none. After the horizon demand goes on as in the last period."""
    network, periods = plan.network, plan.calendar.horizon
    days = network.items.stock_days[network.items.places(rows.column("item"))]
    wanted = np.full((len(rows), len(periods)), np.nan)
    place = rows.places(keys_of(demand.rows.column("item"), demand.rows.column("site")))
    total = np.zeros(wanted.shape)
    np.add.at(total, place, np.nan_to_num(demand.on(demand.rows, periods).values))
    edge = edges(periods)
    used = np.concatenate([np.zeros((len(rows), 1)), total.cumsum(axis=1)], axis=1)
    rate_after = total[:, -1] / (edge[-1] - edge[-2])
    for row in np.flatnonzero(~np.isnan(days)):
        until = edge[1:] + days[row]
        after = np.maximum(until - edge[-1], 0.0) * rate_after[row]
        wanted[row] = np.interp(until, edge, used[row]) + after - used[row, 1:]
    return wanted
