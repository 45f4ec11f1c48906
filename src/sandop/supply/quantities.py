"""What the plan decides: blocks of quantities with their costs and own limits."""

from __future__ import annotations

import numpy as np

from sandop.plan import Key
from sandop.supply.chain import Chain, Flags, Numbers, Places
from sandop.supply.program import Draft
from sandop.supply.timing import arriving_shares, leaving_shares

NOTHING_MOVES_FREE = 1e-6  # least cost of moving or making a unit, times its value: nothing moves without a reason
UNCOVERED_RATE = 100.0  # price of a component that fixed production needs and nobody has, times its standard cost
STORAGE_EXCESS_RATE = 10.0  # price of storage beyond the limit for a period, times the dearest value per space


def add_stock(draft: Draft, chain: Chain) -> None:
    """Closing stock in up to three layers: required, up to the target, above. The first two are bounded by what
    is wanted and priced for what is missing, so that stock wishes need no rows."""
    points = chain.points
    for name, wanted, price in (
        ("stock required", points.required, points.owed[:, None]),
        ("stock to target", points.target, points.missing),
    ):
        place = np.flatnonzero((wanted > 0).any(axis=1))
        prices = np.broadcast_to(price, wanted.shape)[place]
        draft.add_columns(
            name, _keys(points.rows.keys, place), cost=points.holding[place] - prices, upper=wanted[place]
        )
        draft.constant += float((prices * wanted[place]).sum())
    least = NOTHING_MOVES_FREE * points.value[:, None]
    draft.add_columns("stock above", points.rows.keys, cost=np.maximum(points.holding, least))


def stock_layers(chain: Chain) -> dict[str, Places]:
    """Layer → its stock points, (series,)."""
    points = chain.points
    return {
        "stock required": np.flatnonzero((points.required > 0).any(axis=1)),
        "stock to target": np.flatnonzero((points.target > 0).any(axis=1)),
        "stock above": np.arange(len(points.rows)),
    }


def waiting(chain: Chain) -> Flags:
    """True for demand that may be served late, (D,)."""
    return chain.demand.wait > 0


def giving_up(chain: Chain) -> Flags:
    """True for demand that may be lost inside the horizon, (D,)."""
    return ~np.isinf(chain.demand.wait) | chain.demand.settled


def add_backlog(draft: Draft, chain: Chain) -> None:
    """Demand still owed at each period's end, never older than it may wait. What is owed when the horizon ends
    counts as late and as lost."""
    demand, place = chain.demand, np.flatnonzero(waiting(chain))
    cost = demand.late[place].copy()
    cost[:, -1] += demand.lost[place, -1]
    upper = _young_demand(chain)[place]
    upper[demand.settled[place], -1] = 0.0
    draft.add_columns("backlog", _keys(demand.rows.keys, place), cost=cost, upper=upper)


def _young_demand(chain: Chain) -> Numbers:
    """Demand of the periods that may still wait, (D, T): infinite where it may wait to the end."""
    demand, count = chain.demand, chain.count
    asked = np.column_stack([np.zeros(len(demand.rows)), demand.backlog, demand.quantity]).cumsum(axis=1)
    window = np.where(np.isinf(demand.wait), 0.0, np.minimum(demand.wait, count + 1)).astype(np.int64)
    until = np.arange(2, count + 2)
    older = np.maximum(until[None, :] - window[:, None], 0)
    young = asked[:, until] - np.take_along_axis(asked, older, axis=1)
    return np.where(np.isinf(demand.wait)[:, None], np.inf, np.maximum(young, 0.0))


def add_lost(draft: Draft, chain: Chain) -> None:
    """Demand given up, at most what was asked so far (of the period alone where it cannot wait)."""
    demand, place = chain.demand, np.flatnonzero(giving_up(chain))
    asked = demand.quantity.copy()
    asked[:, 0] += demand.backlog
    upper = np.where(waiting(chain)[:, None], asked.cumsum(axis=1), asked)
    draft.add_columns("lost", _keys(demand.rows.keys, place), cost=demand.lost[place], upper=upper[place])


def add_production(draft: Draft, chain: Chain) -> None:
    """Good units that come into stock from each process; regular hours are part of their cost."""
    making = chain.making
    hourly = chain.hours.regular_cost[making.work_resource] * making.work_hours
    cost = making.cost + np.bincount(making.work_process, weights=hourly, minlength=len(making.rows))
    least = NOTHING_MOVES_FREE * chain.points.value[making.point]
    finished = fact_output(chain)
    limit = np.maximum(making.limit - finished, 0.0)
    upper = np.where(arriving(chain, making.days, making.free_from), limit, 0.0)
    draft.add_columns("production", making.rows.keys, cost=np.maximum(cost, least)[:, None], upper=upper)


def add_transfers(draft: Draft, chain: Chain) -> None:
    """Units that arrive by each lane."""
    moving = chain.moving
    least = NOTHING_MOVES_FREE * chain.points.value[moving.destination]
    free = np.zeros(len(moving.rows), dtype=np.int64)
    upper = np.where(arriving(chain, moving.days, free), np.inf, 0.0)
    draft.add_columns("transfers", moving.rows.keys, cost=np.maximum(moving.cost, least)[:, None], upper=upper)


def add_purchases(draft: Draft, chain: Chain) -> None:
    """Units that arrive from each supplier."""
    buying = chain.buying
    least = NOTHING_MOVES_FREE * chain.points.value[buying.point]
    free = np.zeros(len(buying.rows), dtype=np.int64)
    upper = np.where(arriving(chain, buying.days, free), buying.limit, 0.0)
    draft.add_columns("purchases", buying.rows.keys, cost=np.maximum(buying.price, least[:, None]), upper=upper)


def add_extra_hours(draft: Draft, chain: Chain) -> None:
    """Overtime and outsourced hours, at what they cost more than a regular hour (never less)."""
    hours = chain.hours
    for name, limit, price in (
        ("overtime", hours.overtime, hours.overtime_cost),
        ("outsourced", hours.outsourced, hours.outsourced_cost),
    ):
        place = np.flatnonzero((limit > 0).any(axis=1))
        dearer = np.maximum(price - hours.regular_cost, NOTHING_MOVES_FREE)
        draft.add_columns(name, _keys(hours.rows.keys, place), cost=dearer[place, None], upper=limit[place])


def add_workforce(draft: Draft, chain: Chain) -> None:
    """Workers of each period, hired and laid off at its start."""
    hours = chain.hours
    place = np.flatnonzero(hours.by_workers)
    keys, whole = _keys(hours.rows.keys, place), hours.whole[place, None]
    least = np.maximum
    draft.add_columns(
        "workers",
        keys,
        cost=least(hours.wage, NOTHING_MOVES_FREE)[place, None],
        upper=hours.most_workers[place, None],
        whole=whole,
    )
    draft.add_columns("hired", keys, cost=least(hours.hire_cost, NOTHING_MOVES_FREE)[place, None], whole=whole)
    draft.add_columns("laid off", keys, cost=least(hours.layoff_cost, NOTHING_MOVES_FREE)[place, None], whole=whole)


def add_storage_excess(draft: Draft, chain: Chain) -> None:
    """Storage beyond the limit: never more than opening stock, open orders and fixed production bring in."""
    points, storing = chain.points, chain.storing
    brought = points.receipts + fact_arrivals(chain)
    brought[:, 0] += points.opening
    brought = brought.cumsum(axis=1) * points.space[:, None]
    upper = (
        np.stack([brought[points.site == site].sum(axis=0) for site in storing.site])
        if len(storing.rows)
        else (np.zeros((0, chain.count)))
    )
    per_space = points.value[points.space > 0] / points.space[points.space > 0]
    dearest = max(float(per_space.max(initial=0.0)), 1.0)
    draft.add_columns("storage excess", storing.rows.keys, cost=STORAGE_EXCESS_RATE * dearest, upper=upper)


def add_uncovered(draft: Draft, chain: Chain) -> None:
    """Components that fixed production takes though nobody has them: a listed violation."""
    taken = chain.parts_of(chain.making.facts)
    place = np.flatnonzero((taken > 0).any(axis=1))
    price = UNCOVERED_RATE * np.maximum(chain.points.value[place], 1.0)
    draft.add_columns("uncovered", _keys(chain.points.rows.keys, place), cost=price[:, None], upper=taken[place])


def uncovered_points(chain: Chain) -> Places:
    """Stock points from which fixed production takes components, (series,)."""
    return np.flatnonzero((chain.parts_of(chain.making.facts) > 0).any(axis=1))


def fact_output(chain: Chain) -> Numbers:
    """Good units that fixed production brings into stock, by process, (M, T)."""
    making = chain.making
    output = np.zeros_like(making.facts)
    for days in np.unique(making.days[(making.facts > 0).any(axis=1)]):
        these = making.days == days
        output[these] = making.facts[these] @ arriving_shares(chain.edge, float(days))
    return output


def fact_arrivals(chain: Chain) -> Numbers:
    """The same by stock point, (P, T)."""
    arrivals = np.zeros(chain.points.receipts.shape)
    np.add.at(arrivals, chain.making.point, fact_output(chain))
    return arrivals


def arriving(chain: Chain, days: Numbers, free_from: Places) -> Flags:
    """True where something planned can arrive, (series, T), for lead times `days` (series,) and first free periods
    `free_from` (series,)."""
    possible = np.zeros((len(days), chain.count), dtype=bool)
    for lead, free in np.unique(np.column_stack([days, free_from]), axis=0):
        these = (days == lead) & (free_from == free)
        possible[these] = leaving_shares(chain.edge, lead, int(free)).sum(axis=1) > 0
    return possible


def _keys(keys: tuple[Key, ...], place: Places) -> list[Key]:
    return [keys[i] for i in place]
