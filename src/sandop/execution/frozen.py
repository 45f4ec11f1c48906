"""What is fixed already: the frozen production, and the weeks of the schedule approved last."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sandop.calendar import Periods
from sandop.execution.fences import family_of_process, fences
from sandop.execution.lots import day_shares, fixed_month, month_starts
from sandop.plan import Plan, Rows, Sheet, Values, by_month

_SMALL = 1e-6  # units below which two quantities are the same


def frozen_production(*, plan: Plan) -> Sheet | None:
    """Good units the supply plan must take as facts, (process) x period of the horizon; blank where it is free. None
    where nothing is fixed.

    It is the plan's own `frozen_production`; where that is blank, the schedule approved last in the periods of the
    family's frozen zone that it covers whole. Hand it to supply before solving, so that the released weeks and the
    plan agree.
    """
    horizon, approved = plan.calendar.horizon, plan.previous.get("mps")
    brought = plan.sheets.get("frozen_production")
    if approved is None:
        return None if brought is None else plan.sheet("frozen_production")
    rows = Rows.of(("process",), [(process,) for process in plan.network.processes.keys])
    own = plan.sheet_or_blank("frozen_production", rows, horizon).values
    weeks = Periods.weeks(horizon.month_labels[0], len(horizon.month_labels))
    known = approved.on(rows, weeks)
    if horizon.bucket == "month":
        missing = np.add.reduceat(np.isnan(known.values), month_starts(weeks), axis=1) > 0
        known = by_month(known)
        known = known.with_values(np.where(missing, np.nan, known.values))
    scheduled = np.where(_inside(plan, rows, horizon), known.values, np.nan)
    return Sheet("frozen_production", rows, horizon, np.where(np.isnan(own), scheduled, own))


def kept_weeks(*, plan: Plan, rows: Rows, weeks: Periods, days: NDArray[np.float64], lot: Values) -> Values:
    """Quantities that are fixed already, units, (process, week); NaN where the week is free.

    days    working days of each week, (week,)
    lot     lot size of each process, (process,)

    In the family's frozen zone the weeks of the schedule approved last stay, where it has them and where they agree
    with the frozen production; a frozen production without such weeks is split anew and stays a fact.
    """
    before = plan.previous.get("mps")
    known = np.full((len(rows), len(weeks)), np.nan) if before is None else before.on(rows, weeks).values
    kept = np.where(_frozen(plan, rows, weeks), known, np.nan)
    facts = plan.sheet_or_blank("frozen_production", rows, plan.calendar.horizon)
    if facts.periods.bucket == "week":
        fact = facts.on(rows, weeks).values
        return np.where(np.isnan(fact), kept, fact)
    shares = day_shares(weeks, days)
    for month in range(len(weeks.month_labels)):
        here = np.flatnonzero(weeks.month_of == month)
        total = facts.values[:, month]
        agrees = np.abs(kept[:, here].sum(axis=1) - total) <= _SMALL
        anew = ~np.isnan(total) & ~agrees
        split = fixed_month(total=np.nan_to_num(total), lot=lot, shares=shares[here])
        kept[:, here] = np.where(anew[:, None], split, kept[:, here])
    return kept


def _frozen(plan: Plan, rows: Rows, weeks: Periods) -> NDArray[np.bool_]:
    """True for the weeks inside the frozen zone, (process, week); a month's weeks share its zone."""
    horizon = plan.calendar.horizon
    inside = _inside(plan, rows, horizon)
    return inside[:, : len(weeks)] if horizon.bucket == "week" else inside[:, weeks.month_of]


def _inside(plan: Plan, rows: Rows, periods: Periods) -> NDArray[np.bool_]:
    """True for the periods of the horizon inside the frozen zone of what a process makes, (process, period)."""
    zones = fences(plan=plan)
    until = np.array([zones.frozen[str(family)] for family in family_of_process(plan, rows)], dtype=np.int64)
    inside: NDArray[np.bool_] = np.arange(len(periods))[None, :] < until[:, None]
    return inside
