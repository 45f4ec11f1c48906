"""What waiting and losing cost: priorities, overridden by terms, overridden by the planner's sheet."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sandop.network import Network
from sandop.plan import Rows

Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class DemandTerms:
    """late, lost (D, T) in currency a unit; wait (D,) in periods; settled (D,); rank of the priority (D,)."""

    late: Numbers
    lost: Numbers
    wait: Numbers
    settled: NDArray[np.bool_]
    rank: NDArray[np.int64]


def demand_terms(*, network: Network, rows: Rows, months: Numbers, lost_cost: Numbers) -> DemandTerms:
    """Terms of each demand series.

    rows        (item, site, customer)
    months      length of each period in months, (T,): the priorities' late cost is for a month
    lost_cost   the planner's cost of a lost unit, (D, T); blank takes the terms, then the priorities

    Raises KeyError for a customer or priority that is not in the masters.
    """
    items, priorities = network.items, network.priorities
    item, customer = rows.column("item"), rows.column("customer")
    rank = priorities.places(network.customers.priority[network.customers.places(customer)])
    value = items.value[items.places(item)]
    exception = _exceptions(network, item, customer)
    late = np.outer(priorities.late[rank] * value, months)
    late = np.where(np.isnan(exception["late_cost"])[:, None], late, exception["late_cost"][:, None])
    lost = _first_said(exception["lost_cost"], priorities.lost[rank] * value)[:, None]
    lost = np.where(np.isnan(lost_cost), lost, lost_cost)
    wait = _first_said(exception["wait_periods"], priorities.wait_periods[rank])
    return DemandTerms(
        late=late,
        lost=lost,
        wait=np.where(np.isnan(wait), np.inf, wait),
        settled=exception["no_backlog_at_end"] > 0,
        rank=rank,
    )


def _exceptions(network: Network, item: NDArray[np.object_], customer: NDArray[np.object_]) -> dict[str, Numbers]:
    """Each column of the terms for every series, from the most particular row that says something, (D,)."""
    terms, names = network.terms, ("late_cost", "lost_cost", "wait_periods", "no_backlog_at_end")
    found = {name: np.full(len(item), np.nan) for name in names}
    if not len(terms):
        return {**found, "no_backlog_at_end": np.zeros(len(item))}
    blank = np.full(len(item), "", dtype=object)
    for pair in ((item, customer), (item, blank), (blank, customer), (blank, blank)):
        place = np.array([terms.position.get(key, -1) for key in zip(*pair)], dtype=np.int64)
        for name in names:
            said = np.append(getattr(terms, name).astype(np.float64), np.nan)[place]
            found[name] = _first_said(found[name], said)
    return found


def _first_said(first: Numbers, then: Numbers) -> Numbers:
    return np.where(np.isnan(first), then, first)
