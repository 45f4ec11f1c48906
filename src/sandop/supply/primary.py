"""The cheapest way to supply every stock point when nothing is limited: for the load before limits, and as the
plan from which the solver starts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sandop.supply.chain import Chain, Numbers, Places, sums
from sandop.supply.program import Program
from sandop.supply.quantities import fact_arrivals
from sandop.supply.timing import leaving_shares

_LOWER, BASIC, _UPPER = 0, 1, 2


@dataclass(frozen=True, eq=False)
class Ways:
    """All ways to supply: processes, then lanes, then purchases.

    point, days, free_from    stock point supplied, lead time, first free period, (way,)
    cost                      currency a unit without components, (way,)
    part_way, part_point, part_units    what a unit takes, (part,)
    chosen    cheapest way of each stock point; -1 where there is none, (P,)
    """

    point: Places
    days: Numbers
    free_from: Places
    cost: Numbers
    part_way: Places
    part_point: Places
    part_units: Numbers
    chosen: Places


def cheapest_ways(chain: Chain, program: Program) -> Ways:
    """Ways with the cheapest chosen, components and freight included."""
    making, moving, buying = chain.making, chain.moving, chain.buying
    blocks = [program.columns[name].index for name in ("production", "transfers", "purchases")]
    usable = np.concatenate([(program.upper[block] > 0).any(axis=1) for block in blocks])
    cost = np.concatenate([program.cost[block].mean(axis=1) for block in blocks])
    point = np.concatenate([making.point, moving.destination, buying.point])
    lanes = np.arange(len(moving.rows))
    part_way = np.concatenate([making.part_process, len(making.rows) + lanes])
    part_point = np.concatenate([making.part_point, moving.origin])
    part_units = np.concatenate([making.part_units, np.ones(len(lanes))])
    at_once = np.zeros(len(moving.rows) + len(buying.rows), dtype=np.int64)
    cost = np.where(usable, cost, np.inf)
    chosen = _choose(len(chain.points.rows), point, cost, part_way, part_point, part_units)
    return Ways(
        point,
        np.concatenate([making.days, moving.days, buying.days]),
        np.concatenate([making.free_from, at_once]),
        cost,
        part_way,
        part_point,
        part_units,
        chosen,
    )


def _choose(
    points: int, point: Places, cost: Numbers, part_way: Places, part_point: Places, part_units: Numbers
) -> Places:
    """Cheapest way of each point by repeated improvement; a choice changes only where it gets strictly cheaper,
    so that the chosen ways never form a circle."""
    cheapest, chosen = np.full(points, np.inf), np.full(points, -1, dtype=np.int64)
    order = np.argsort(point, kind="stable")
    for _ in range(points + 1):
        taken = np.where(part_units > 0, cheapest[part_point], 0.0)
        total = cost + np.bincount(
            part_way, weights=np.nan_to_num(taken, posinf=0.0) * part_units, minlength=len(cost)
        )
        total[part_way[np.isinf(taken)]] = np.inf
        best = order[np.lexsort((total[order], point[order]))]
        first = best[np.flatnonzero(np.diff(point[best], prepend=-1))]
        better = first[total[first] < cheapest[point[first]] * (1 - 1e-12)]
        if not len(better):
            return chosen
        cheapest[point[better]], chosen[point[better]] = total[better], better
    raise ValueError("bills or lanes run in a circle that gets cheaper with every round")


def just_in_time_start(chain: Chain, program: Program) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    """Where the solver starts: everything made just in time by the cheapest way, no limit looked at.

    That plan is cheapest for its prices and wrong only where a limit binds, so that the dual simplex method has
    little left to do. Returns the status of columns, (column,), and of rows, (row,): 0 at the lower limit, 1 basic,
    2 at the upper.
    """
    ways = cheapest_ways(chain, program)
    columns = np.zeros(len(program.cost), dtype=np.int8)
    for layer in ("stock required", "stock to target"):
        index = program.columns[layer].index
        columns[index] = np.where(program.upper[index] > 0, _UPPER, _LOWER)
    columns[_supplied_from(program, ways).ravel()] = BASIC
    rows = np.full(len(program.row_lower), BASIC, dtype=np.int8)
    rows[program.rules["stock balance"].index] = _LOWER
    if "workforce" in program.rules:
        rows[program.rules["workforce"].index] = _LOWER
        columns[program.columns["workers"].index] = BASIC
    return columns, rows


def _supplied_from(program: Program, ways: Ways) -> Places:
    """The quantity that keeps the balance of each stock point in each period, (P, T): what arrives by the cheapest
    way, or the stock where nothing can."""
    stock = program.columns["stock above"].index
    supplied = np.flatnonzero(ways.chosen >= 0)
    blocks = [program.columns[name].index for name in ("production", "transfers", "purchases")]
    source = stock.copy()
    source[supplied] = np.concatenate(blocks)[ways.chosen[supplied]]
    return np.where(program.upper[source] > 0, source, stock)


def load_before_limits(chain: Chain, program: Program) -> tuple[Numbers, Numbers]:
    """What serving all demand on time and holding the stock that is wanted would take by the cheapest ways, net of
    opening stock and open orders.

    Returns hours by resource, (R, T), and units to arrive by purchase, (U, T). What cannot arrive in time for its
    lead time arrives in the first period in which it can.
    """
    ways, making = cheapest_ways(chain, program), chain.making
    netted = _netted(chain, ways)
    starts, bought = np.zeros(making.facts.shape), np.zeros(chain.buying.limit.shape)
    first_purchase = len(making.rows) + len(chain.moving.rows)
    made = np.flatnonzero((ways.chosen >= 0) & (ways.chosen < len(making.rows)))
    starts[ways.chosen[made]] = netted.leaving[made]
    purchased = np.flatnonzero(ways.chosen >= first_purchase)
    bought[ways.chosen[purchased] - first_purchase] = netted.arrivals[purchased]
    return chain.work_of(starts) + chain.fact_hours(), bought


@dataclass(frozen=True, eq=False)
class _Netted:
    """Net requirements of every stock point by its cheapest way, unit, (P, T): arrivals, and when they leave."""

    arrivals: Numbers
    leaving: Numbers


def _netted(chain: Chain, ways: Ways) -> _Netted:
    """Net requirements that serve all demand, level by level down the bills."""
    demand, points = chain.demand, chain.points
    need = sums(demand.point, demand.quantity, len(points.rows)) + chain.parts_of(chain.making.facts)
    need[:, 0] += np.bincount(demand.point, weights=demand.backlog, minlength=len(points.rows))
    have = points.receipts + fact_arrivals(chain)
    have[:, 0] += points.opening
    wanted = points.target + points.required
    arrivals, leaving = np.zeros(need.shape), np.zeros(need.shape)
    for these in _levels(ways):
        way = ways.chosen[these]
        arrivals[these] = _to_arrive(need[these], have[these], wanted[these])
        for days, free in np.unique(np.column_stack([ways.days[way], ways.free_from[way]]), axis=0):
            group = these[(ways.days[way] == days) & (ways.free_from[way] == free)]
            shares = leaving_shares(chain.edge, float(days), int(free))
            arrivals[group] = _delayed(arrivals[group], shares)
            leaving[group] = arrivals[group] @ shares
        point_of_way = np.full(len(ways.point), -1)
        point_of_way[way] = these
        part = np.flatnonzero(point_of_way[ways.part_way] >= 0)
        taken = leaving[point_of_way[ways.part_way[part]]] * ways.part_units[part, None]
        np.add.at(need, ways.part_point[part], taken)
    return _Netted(arrivals, leaving)


def _to_arrive(need: Numbers, have: Numbers, wanted: Numbers) -> Numbers:
    """Arrivals that keep stock from falling below what is wanted, (point, T)."""
    short = need.cumsum(axis=1) - have.cumsum(axis=1) + wanted
    missing = np.maximum.accumulate(np.maximum(short, 0.0), axis=1)
    return np.diff(missing, axis=1, prepend=0.0)


def _delayed(arrivals: Numbers, shares: Numbers) -> Numbers:
    """Arrivals moved to the first period in which something can arrive."""
    first, moved = int(np.argmax(shares.sum(axis=1) > 0)), arrivals.copy()
    moved[:, first] += moved[:, :first].sum(axis=1)
    moved[:, :first] = 0.0
    return moved


def _levels(ways: Ways) -> list[Places]:
    """Supplied stock points in an order in which every point stands before what it takes."""
    chosen_ways = np.zeros(len(ways.point), dtype=bool)
    chosen_ways[ways.chosen[ways.chosen >= 0]] = True
    part = chosen_ways[ways.part_way]
    above, below = ways.point[ways.part_way[part]], ways.part_point[part]
    depth = np.zeros(len(ways.chosen), dtype=np.int64)
    for _ in range(len(depth) + 1):
        deeper = depth.copy()
        np.maximum.at(deeper, below, depth[above] + 1)
        if np.array_equal(deeper, depth):
            break
        depth = deeper
    supplied = ways.chosen >= 0
    return [np.flatnonzero(supplied & (depth == level)) for level in range(int(depth.max(initial=0)) + 1)]
