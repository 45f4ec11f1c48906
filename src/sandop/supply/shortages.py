"""What is short: which limit, when, how much, whom it hits, and what one unit more is worth, confirmed by solving
again. A price alone is never shown: it holds for the first unit only, and not always for that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from sandop.plan import Key
from sandop.supply.chain import Chain, Numbers
from sandop.supply.primary import load_before_limits
from sandop.supply.program import Program
from sandop.supply.quantities import fact_output
from sandop.supply.results import available_hours, backlog_and_lost, staff
from sandop.supply.supply_model import QUANTITY_LIMITS, RULE_LIMITS, Limit, LimitKind, SupplyModel

STEPS = (0.01, 0.05, 0.10)  # shares of the limit at which its worth is confirmed, besides one unit
_WORTHLESS = 1e-6
_UNITS: dict[LimitKind, str] = {
    "capacity": "hour",
    "supplier limit": "limit unit",
    "storage": "space",
    "purchases": "unit",
    "production": "unit",
}


Reason = Literal["limit", "no way", "lead time", "price"]


@dataclass(frozen=True)
class Gain:
    """`more` units of a limit save `saving` currency in all, found by solving again."""

    more: float
    saving: float

    @property
    def value(self) -> float:
        """Saving of one unit on average, currency."""
        return self.saving / self.more


@dataclass(frozen=True)
class Shortage:
    """A limit that costs money.

    required    what serving all demand on time would take by the cheapest ways; NaN where it is not counted
    available   the limit, overtime and outsourced hours included
    short       required - available, not below zero; zero where the limit is short through other periods or ways
    price       what the first unit more would save according to the plan's prices, currency a unit
    gains       savings confirmed by solving again, at one unit and at 1, 5 and 10 % more; empty: not confirmed
    hit         demand series that wait or are lost and draw on the limit
    """

    limit: Limit
    unit: str
    required: float
    available: float
    short: float
    price: float
    gains: tuple[Gain, ...] = ()
    hit: tuple[Key, ...] = ()

    @property
    def value(self) -> float:
        """Confirmed saving of one unit more, currency; NaN where it has not been confirmed."""
        return self.gains[0].value if self.gains else float("nan")


@dataclass(frozen=True)
class Unserved:
    """Demand that waits or is lost.

    period      the first in which it is not served in full
    late        unit x period owed; lost: units given up or still owed at the end
    penalty     what lateness and loss are priced at, currency
    reason      "limit": a limit is short; "no way": something it takes is neither made, bought nor
                brought; "lead time": supply cannot arrive in time; "price": serving it would
                cost more than its lateness
    limits      the short limits it draws on
    """

    key: Key
    period: str
    late: float
    lost: float
    penalty: float
    reason: Reason
    limits: tuple[Limit, ...]


def find_shortages(model: SupplyModel, *, x: Numbers, y: Numbers) -> list[Shortage]:
    """All limits with a price in the plan x (column,) at prices y (row,), dearest first (price x limit), not yet
    confirmed."""
    chain, program = model.chain, model.program
    load, bought = load_before_limits(chain, program)
    found = [*_short_rules(chain, program, x, y, load, bought), *_short_quantities(chain, program, y, bought)]
    return sorted(found, key=lambda s: (-s.price * max(s.available, 1.0), s.limit.kind, s.limit.key, s.limit.period))


def _short_rules(
    chain: Chain, program: Program, x: Numbers, y: Numbers, load: Numbers, bought: Numbers
) -> Iterator[Shortage]:
    for kind in RULE_LIMITS:
        block = program.rules.get(kind)
        if block is None:
            continue
        required, available = _required_and_available(kind, chain, program, x, load, bought)
        price = -y[block.index]
        for series, period in np.argwhere(price > _WORTHLESS):
            limit = Limit(kind, block.keys[series], chain.periods.labels[period])
            yield _shortage(limit, required[series, period], available[series, period], price[series, period])


def _required_and_available(
    kind: LimitKind, chain: Chain, program: Program, x: Numbers, load: Numbers, bought: Numbers
) -> tuple[Numbers, Numbers]:
    block = program.rules[kind]
    if kind == "capacity":
        place = chain.hours.rows.places(block.keys)
        most = available_hours(chain, program, x) + chain.hours.outsourced
        staffed = chain.hours.by_workers[:, None]
        overtime = np.minimum(chain.hours.overtime, np.where(staffed, _worker_overtime(chain, program, x), np.inf))
        return load[place], (most + overtime)[place]
    if kind == "supplier limit":
        buying = chain.buying
        total = np.zeros((len(buying.suppliers), chain.count))
        np.add.at(total, buying.supplier, bought * buying.limit_units[:, None])
        place = buying.suppliers.places(block.keys)
        return total[place], buying.supplier_limit[place]
    return np.full(block.index.shape, np.nan), chain.storing.limit


def _worker_overtime(chain: Chain, program: Program, x: Numbers) -> Numbers:
    return staff(chain, program, x, "workers") * chain.hours.overtime_per_worker[:, None]


def _short_quantities(chain: Chain, program: Program, y: Numbers, bought: Numbers) -> Iterator[Shortage]:
    reduced = program.cost - program.transposed_times(y)
    given: dict[LimitKind, tuple[Numbers, Numbers]] = {
        "purchases": (bought, chain.buying.limit),
        "production": (np.full(chain.making.limit.shape, np.nan), chain.making.limit - fact_output(chain)),
    }
    for kind in QUANTITY_LIMITS:
        block = program.columns[kind]
        required, most = given[kind]
        # A limit at zero because nothing can arrive yet is a lead time, not a limit that money moves.
        priced = (reduced[block.index] < -_WORTHLESS) & np.isfinite(most) & (program.upper[block.index] > 0)
        for series, period in np.argwhere(priced):
            limit = Limit(kind, block.keys[series], chain.periods.labels[period])
            yield _shortage(
                limit, required[series, period], most[series, period], -reduced[block.index[series, period]]
            )


def _shortage(limit: Limit, required: float, available: float, price: float) -> Shortage:
    short = max(required - available, 0.0) if np.isfinite(required) else 0.0
    return Shortage(limit, _UNITS[limit.kind], float(required), float(available), float(short), float(price))


def confirm(model: SupplyModel, shortages: list[Shortage], *, top: int) -> list[Shortage]:
    """The first `top` shortages with their worth found by solving again, the others as they were."""
    return [_confirmed(model, shortage) if rank < top else shortage for rank, shortage in enumerate(shortages)]


def _confirmed(model: SupplyModel, shortage: Shortage) -> Shortage:
    """Savings at one unit and at growing shares of the limit. The saving is concave in the limit: where the
    largest step is worth the price throughout, so are the smaller ones, and they need no solving."""
    steps = [1.0, *(share * shortage.available for share in STEPS if share * shortage.available > 1.0)]
    largest = Gain(steps[-1], model.saving([shortage.limit], more=[steps[-1]]))
    if largest.value >= shortage.price * (1 - 1e-9):
        gains = [Gain(step, step * largest.value) for step in steps]
    else:
        gains = [Gain(step, model.saving([shortage.limit], more=[step])) for step in steps[:-1]] + [largest]
    return replace(shortage, gains=tuple(gains))


def unserved(
    model: SupplyModel, shortages: list[Shortage], *, x: Numbers, y: Numbers, top: int = 200
) -> list[Unserved]:
    """The demand that waits or is lost in the plan x (column,) at prices y (row,), dearest first, with the reason; at
    most `top` series."""
    chain, program = model.chain, model.program
    demand = chain.demand
    backlog, lost = backlog_and_lost(chain, program, x)
    owed_at_end = np.zeros_like(backlog)
    owed_at_end[:, -1] = backlog[:, -1]
    penalty = (demand.late * backlog + demand.lost * (lost + owed_at_end)).sum(axis=1)
    some = backlog + lost > 1e-6
    worst = [int(d) for d in np.argsort(-penalty, kind="stable")[:top] if some[d].any()]
    if not worst:
        return []
    drawn = _drawn_points(chain, demand.point[worst])
    found = []
    for series, points in zip(worst, drawn):
        first = int(np.argmax(some[series]))
        limits = tuple(
            s.limit
            for s in shortages
            if _draws_on(chain, points, s.limit)
            and chain.periods.position[s.limit.period] <= _last_owed(some[series])
        )
        found.append(
            Unserved(
                demand.rows.keys[series],
                chain.periods.labels[first],
                float(backlog[series].sum()),
                float(lost[series].sum() + backlog[series, -1]),
                float(penalty[series]),
                "limit" if limits else _reason(chain, program, points, first, y),
                limits,
            )
        )
    return found


def _reason(chain: Chain, program: Program, points: NDArray[np.bool_], first: int, y: Numbers) -> Reason:
    """Why demand that draws on these points (P,) is not served in `first` although no limit is short."""
    supplied = np.zeros(len(points), dtype=bool)
    supplied[np.concatenate([chain.making.point, chain.moving.destination, chain.buying.point])] = True
    if (points & ~supplied).any():
        return "no way"
    return "lead time" if _too_slow(chain, program, points, first, y) else "price"


def _last_owed(some: NDArray[np.bool_]) -> int:
    return int(np.flatnonzero(some)[-1])


def with_hits(shortages: list[Shortage], waiting: list[Unserved]) -> list[Shortage]:
    """Shortages with the demand that each hits."""
    hit: dict[Limit, list[Key]] = {}
    for one in waiting:
        for limit in one.limits:
            hit.setdefault(limit, []).append(one.key)
    return [replace(shortage, hit=tuple(hit.get(shortage.limit, ()))) for shortage in shortages]


def _drawn_points(chain: Chain, points: NDArray[np.int64]) -> NDArray[np.bool_]:
    """True for every stock point on which each of `points` draws through bills and lanes, (point, P)."""
    making, moving, count = chain.making, chain.moving, len(chain.points.rows)
    taker = np.concatenate([making.point[making.part_process], moving.destination])
    taken = np.concatenate([making.part_point, moving.origin])
    takes = csr_array((np.ones(len(taker)), (taker, taken)), shape=(count, count))
    drawn = np.zeros((len(points), count), dtype=bool)
    drawn[np.arange(len(points)), points] = True
    reached = -1
    while reached != (reached := int(drawn.sum())):
        drawn |= (csr_array(drawn.astype(np.float64)) @ takes).toarray() > 0
    return drawn


def _draws_on(chain: Chain, points: NDArray[np.bool_], limit: Limit) -> bool:
    making, buying = chain.making, chain.buying
    if limit.kind == "capacity":
        resource = chain.hours.rows.position[limit.key]
        return bool(points[making.point[making.work_process[making.work_resource == resource]]].any())
    if limit.kind == "supplier limit":
        return bool(points[buying.point[buying.supplier == buying.suppliers.position[limit.key]]].any())
    if limit.kind == "purchases":
        return bool(points[buying.point[buying.rows.position[limit.key]]])
    if limit.kind == "production":
        return bool(points[making.point[making.rows.position[limit.key]]])
    return False  # a full store delays nobody's demand


def _too_slow(chain: Chain, program: Program, points: NDArray[np.bool_], period: int, y: Numbers) -> bool:
    """True where something that cannot arrive yet would be worth having."""
    reduced = program.cost - program.transposed_times(y)
    blocks = (
        ("production", chain.making.point),
        ("transfers", chain.moving.destination),
        ("purchases", chain.buying.point),
    )
    for name, point in blocks:
        index = program.columns[name].index[points[point], : period + 1]
        if ((program.upper[index] == 0) & (reduced[index] < -_WORTHLESS)).any():
            return True
    return False
