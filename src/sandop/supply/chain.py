"""The supply chain of a plan as arrays: what the constraints are drawn from.

Quantities are in base units, hours in hours, money in the plan currency. P stock points (item at a site), D
demand series, M processes, L lanes, U purchases (item, site, supplier), R resources, S suppliers, K sites with a
limit, T periods.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sandop.calendar import Periods
from sandop.plan import Key, Rows
from sandop.supply.timing import edges

Numbers = NDArray[np.float64]
Places = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Points:
    """Items at sites.

    rows        (item, site)
    item, site  place in the masters, (P,)
    value       standard cost, currency/unit, (P,)
    space       storage of one unit, (P,)
    opening     stock at the start, unit, (P,)
    receipts    open orders that arrive, unit, (P, T)
    holding     cost of a unit held to the end of the period, (P, T)
    target      stock wanted, unit, (P, T); missing: its price a unit, (P, T)
    required    closing stock required, unit, (P, T); owed: its price a unit, (P,)
    """

    rows: Rows
    item: Places
    site: Places
    value: Numbers
    space: Numbers
    opening: Numbers
    receipts: Numbers
    holding: Numbers
    target: Numbers
    missing: Numbers
    required: Numbers
    owed: Numbers


@dataclass(frozen=True, eq=False)
class DemandSeries:
    """Demand to be served.

    point       the stock point that serves it, (D,)
    quantity    unconstrained demand, unit, (D, T)
    backlog     owed when the plan starts, unit, (D,)
    late        cost of one unit late by one period, currency/unit, (D, T)
    lost        cost of one unit never delivered, currency/unit, (D, T)
    wait        periods a demand waits before it is lost; infinite to the horizon's end, (D,)
    settled     True where nothing may be owed at the end of the horizon, (D,)
    rank        place of its priority among the priorities, (D,)
    """

    rows: Rows
    point: Places
    quantity: Numbers
    backlog: Numbers
    late: Numbers
    lost: Numbers
    wait: Numbers
    settled: Flags
    rank: Places


@dataclass(frozen=True, eq=False)
class Making:
    """Processes with their bills and routings, per good unit.

    point, days, cost, limit    output, lead time, currency/unit, most good units (M, T; infinite: no limit)
    facts       good units started that are already fixed, (M, T)
    free_from   first period free for planning, (M,)
    part_*      process, stock point and units of a component for one good unit
    work_*      process, resource and hours for one good unit
    """

    rows: Rows
    point: Places
    days: Numbers
    cost: Numbers
    limit: Numbers
    facts: Numbers
    free_from: Places
    part_process: Places
    part_point: Places
    part_units: Numbers
    work_process: Places
    work_resource: Places
    work_hours: Numbers


@dataclass(frozen=True, eq=False)
class Moving:
    """Lanes: origin and destination stock points, lead time in days, cost of a unit, (L,)."""

    rows: Rows
    origin: Places
    destination: Places
    days: Numbers
    cost: Numbers


@dataclass(frozen=True, eq=False)
class Buying:
    """Purchases: stock point, supplier, days, price (U, T), most units (U, T), limit units of one unit (U,);
    `supplier_limit` limit units, (S, T)."""

    rows: Rows
    point: Places
    supplier: Places
    days: Numbers
    price: Numbers
    limit: Numbers
    limit_units: Numbers
    suppliers: Rows
    supplier_limit: Numbers


@dataclass(frozen=True, eq=False)
class Hours:
    """Resources.

    regular, overtime, outsourced   hours, (R, T); regular is infinite where nobody has said
    *_cost                          currency an hour, (R,)
    by_workers                      True where workers make the regular hours, (R,)
    workers, hours_per_worker, overtime_per_worker, wage, hire_cost, layoff_cost, most_workers    (R,)
    whole                           True where workers are whole, (R,)
    """

    rows: Rows
    regular: Numbers
    overtime: Numbers
    outsourced: Numbers
    regular_cost: Numbers
    overtime_cost: Numbers
    outsourced_cost: Numbers
    by_workers: Flags
    workers: Numbers
    hours_per_worker: Numbers
    overtime_per_worker: Numbers
    wage: Numbers
    hire_cost: Numbers
    layoff_cost: Numbers
    most_workers: Numbers
    whole: Flags


@dataclass(frozen=True, eq=False)
class Storing:
    """Sites with a storage limit: place among the sites, (K,), and space, (K, T)."""

    rows: Rows
    site: Places
    limit: Numbers


@dataclass(frozen=True, eq=False)
class Chain:
    """Everything the supply model needs, drawn from one plan."""

    periods: Periods
    points: Points
    demand: DemandSeries
    making: Making
    moving: Moving
    buying: Buying
    hours: Hours
    storing: Storing

    @property
    def edge(self) -> Numbers:
        """Days to the start of each period and to the end, (T + 1,)."""
        return edges(self.periods)

    @property
    def count(self) -> int:
        """How many periods."""
        return len(self.periods)

    def fact_hours(self) -> Numbers:
        """Hours that fixed production takes, (R, T)."""
        return self.work_of(self.making.facts)

    def work_of(self, starts: Numbers) -> Numbers:
        """Hours of good units started (M, T), by resource, (R, T)."""
        made = self.making
        return sums(made.work_resource, starts[made.work_process] * made.work_hours[:, None], len(self.hours.rows))

    def parts_of(self, starts: Numbers) -> Numbers:
        """Components taken by good units started (M, T), by stock point, (P, T)."""
        made = self.making
        return sums(made.part_point, starts[made.part_process] * made.part_units[:, None], len(self.points.rows))


def sums(place: Places, values: Numbers, count: int) -> Numbers:
    """Rows of `values` (n, T) added up by their place (n,), (count, T)."""
    total = np.zeros((count, values.shape[1]))
    np.add.at(total, place, values)
    return total


def keys_of(*columns: NDArray[np.object_]) -> list[Key]:
    """Keys made of columns (row,) of ids."""
    return list(zip(*columns))
