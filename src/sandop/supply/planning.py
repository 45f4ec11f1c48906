"""The supply review's plan: load against capacity, the constrained plan with its proof, what is short and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sandop.findings import Finding, note, warning
from sandop.plan import Plan, Sheet
from sandop.supply.certificate import Certificate
from sandop.supply.chain import Chain, Flags, Numbers
from sandop.supply.constraints import fact_excess
from sandop.supply.draw import on_horizon
from sandop.supply.program import Program
from sandop.supply.results import backlog_and_lost, costs_of, sheets_of, values_of
from sandop.supply.shortages import Shortage, Unserved, confirm, find_shortages, unserved, with_hits
from sandop.supply.supply_model import SupplyModel
from sandop.supply.surpluses import Surplus, find_surpluses

_SOME = 1e-6


@dataclass(frozen=True, eq=False)
class SupplyPlan:
    """The constrained plan.

    sheets        result measure → sheet
    certificate   proof of its cost
    costs         kind of cost → currency; adds up to the cost of the certificate
    shortages     limits that cost money, dearest first; the first ones confirmed by solving again
    unserved      demand that waits or is lost, dearest first, with the reason
    surpluses     idle hours and stock nobody draws on
    findings      doubtful inputs, violations by facts, priorities not kept
    """

    sheets: Mapping[str, Sheet]
    certificate: Certificate
    costs: Mapping[str, float]
    shortages: tuple[Shortage, ...]
    unserved: tuple[Unserved, ...]
    surpluses: tuple[Surplus, ...]
    findings: tuple[Finding, ...]


def plan_supply(
    *, plan: Plan, demand: Sheet, targets: Sheet, frozen: Sheet | None = None, confirm_top: int = 5
) -> SupplyPlan:
    """The least-cost plan that keeps every rule.

    demand        unconstrained demand, unit, (item, site, customer) x period
    targets       stock wanted at the end of each period, unit, (item, site) x period, see `safety_stock`
    frozen        good units started that are already fixed, (process) x period; else the plan's `frozen_production`
    confirm_top   how many shortages have their worth confirmed by solving again

    Raises MisalignedSheets where a sheet speaks of none of the planned periods, ValueError for a foreign price
    without a rate, KeyError for a name that is not in the masters.
    """
    model = SupplyModel.of(plan=plan, demand=demand, targets=targets, frozen=frozen)
    return best_plan(model, demand=demand, targets=targets, confirm_top=confirm_top)


def best_plan(model: SupplyModel, *, demand: Sheet, targets: Sheet, confirm_top: int = 5) -> SupplyPlan:
    """The plan of a model that stays open for what-ifs; arguments as in `plan_supply`."""
    best, certificate = model.solve()
    chain, program, x, y = model.chain, model.program, best.x, best.y
    sheets = sheets_of(chain=chain, program=program, x=x, y=y)
    sheets["safety_stock"] = targets.rounded()
    shortages = confirm(model, find_shortages(model, x=x, y=y), top=confirm_top)
    waiting = unserved(model, shortages, x=x, y=y)
    return SupplyPlan(
        sheets=sheets,
        certificate=certificate,
        costs=costs_of(chain=chain, program=program, x=x),
        shortages=tuple(with_hits(shortages, waiting)),
        unserved=tuple(waiting),
        surpluses=tuple(find_surpluses(chain=chain, program=program, x=x)),
        findings=(
            *_doubtful_inputs(demand, chain),
            *_broken_by_facts(chain, program, x),
            *_priorities_not_kept(chain, program, x),
            *_not_proven(certificate, program),
        ),
    )


def _doubtful_inputs(demand: Sheet, chain: Chain) -> list[Finding]:
    said = on_horizon(demand, demand.rows, chain.periods)
    found = [warning("supply.demand_blank", series=series) for series in _series_where(demand, np.isnan(said))]
    found += [warning("supply.demand_negative", series=series) for series in _series_where(demand, said < 0)]
    unsaid = ~chain.hours.by_workers & ~np.isfinite(chain.hours.regular).all(axis=1)
    used = np.isin(np.arange(len(unsaid)), chain.making.work_resource)
    return found + [
        warning("supply.capacity_unsaid", resource=chain.hours.rows.keys[r][0]) for r in np.flatnonzero(unsaid & used)
    ]


def _series_where(sheet: Sheet, cells: Flags) -> list[str]:
    return [" · ".join(sheet.rows.keys[row]) for row in np.flatnonzero(cells.any(axis=1))]


def _broken_by_facts(chain: Chain, program: Program, x: Numbers) -> list[Finding]:
    """Limits that open orders and fixed production break: facts, priced and listed."""
    labels = chain.periods.labels
    excess = fact_excess(chain)
    found = [
        warning(
            "supply.fact_beyond_capacity",
            resource=chain.hours.rows.keys[r][0],
            period=labels[t],
            hours=float(excess[r, t]),
        )
        for r, t in np.argwhere(excess > _SOME)
    ]
    for name, message in (("storage excess", "supply.fact_beyond_storage"), ("uncovered", "supply.fact_uncovered")):
        block, numbers = program.columns[name], values_of(program, x, name)
        found += [
            warning(message, name=" · ".join(block.keys[i]), period=labels[t], quantity=float(numbers[i, t]))
            for i, t in np.argwhere(numbers > _SOME)
        ]
    return found


def _priorities_not_kept(chain: Chain, program: Program, x: Numbers) -> list[Finding]:
    """Stock points and periods in which a lower priority is served while a higher one waits."""
    demand, count = chain.demand, len(chain.points.rows)
    backlog, lost = backlog_and_lost(chain, program, x)
    before = np.column_stack([demand.backlog, backlog[:, :-1]])
    served = demand.quantity + before - backlog - lost > _SOME
    waits = backlog + lost > _SOME
    rank = np.broadcast_to(demand.rank[:, None], served.shape)
    lowest_served = np.full((count, chain.count), -1)
    np.maximum.at(lowest_served, demand.point, np.where(served, rank, -1))
    highest_waiting = np.full((count, chain.count), np.iinfo(np.int64).max)
    np.minimum.at(highest_waiting, demand.point, np.where(waits, rank, np.iinfo(np.int64).max))
    return [
        note(
            "supply.priority_not_kept",
            item=chain.points.rows.keys[p][0],
            site=chain.points.rows.keys[p][1],
            period=chain.periods.labels[t],
        )
        for p, t in np.argwhere(lowest_served > highest_waiting)
    ]


def _not_proven(certificate: Certificate, program: Program) -> list[Finding]:
    if certificate.is_best:
        return []
    if program.whole.any() and certificate.checked.holds():
        return [note("supply.whole_workers_gap", gap=certificate.gap, bound=certificate.bound)]
    return [warning("supply.not_proven", gap=certificate.gap, violation=certificate.checked.violation)]
