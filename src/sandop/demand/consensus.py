"""The unconstrained demand plan: statistics, activities, launches, the sales opinion and overrides made one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sandop.calendar import Periods
from sandop.demand.activities import activity_stream
from sandop.demand.effects import Ground, Stream
from sandop.demand.launches import launch_key, launch_stream
from sandop.demand.overrides import overridden
from sandop.demand.reporting import series_name, worst_first
from sandop.findings import Finding, Where, note, warning
from sandop.measures import measure
from sandop.plan import Change, Key, Plan, Rows, Sheet, Values, by_month
from sandop.tables import Report

FAR = 2.0  # a sales forecast more than this many times the baseline, or less than its part, is worth a question


@dataclass(frozen=True, eq=False)
class DemandPlan:
    """The demand plan with everything it is made of.

    sheets    activity_effect, launch_effect, baseline, consensus, override_effect, demand: units, item x site x
              customer x month, all on the same rows, as stored
    reports   `overrides` (who, when, scope, before, after, why); `risks_opportunities` (less likely than one half)
    changes   one per cell moved by an override: consensus + changes = demand
    findings  what a planner should look at
    """

    sheets: Mapping[str, Sheet]
    reports: Mapping[str, Report]
    changes: tuple[Change, ...]
    findings: tuple[Finding, ...]


def make_demand(*, plan: Plan, statistical: Sheet) -> DemandPlan:
    """The unconstrained demand plan, units, item x site x customer x month.

    statistical  point forecast of the statistics, units, (row, month)

    baseline  = statistics + activities net of cannibalisation and pull-forward + launches net of what they replace
    consensus = mean of baseline and sales forecast where sales spoke, once both are about the same quantity; else
                the one of them that is known; `demand_given` replaces it where it is not blank
    demand    = consensus with the overrides, the latest last
              = baseline + (consensus - baseline) + override_effect, exactly, as stored

    A blank says that nobody has spoken: it is a finding, never zero. Outside its months of sale an item's demand is
    zero. Raises MisalignedSheets where `statistical` is not by item x site x customer.
    """
    months = planned_months(plan)
    rows, opened = demand_rows(plan, statistical)
    ground = Ground.of(plan, statistical.on(rows, months).rounded(), months)
    launches = launch_stream(ground)
    launches.effect = measure("launch_effect").rounded(launches.effect)
    base = np.nan_to_num(ground.statistics) + launches.effect
    activities = activity_stream(ground, base)
    activities.effect = measure("activity_effect").rounded(activities.effect)
    baseline = _baseline(ground, launches, activities, opened)
    sales, findings = sales_opinion(ground, launches, activities)
    findings += _far_opinions(ground, baseline, sales)
    agreed, given_findings = _with_given(ground, agree(baseline, sales))
    result = overridden(ground, agreed)
    effect = np.where(np.isnan(agreed), np.nan_to_num(result.values), result.values - agreed)
    values = {
        "activity_effect": activities.effect,
        "launch_effect": launches.effect,
        "baseline": baseline,
        "consensus": agreed,
        "override_effect": np.nan_to_num(effect),
        "demand": result.values,
    }
    return DemandPlan(
        {name: Sheet(name, rows, months, numbers).rounded() for name, numbers in values.items()},
        {"overrides": result.report, "risks_opportunities": [*launches.beside, *activities.beside]},
        tuple(result.changes),
        (
            *launches.findings,
            *activities.findings,
            *findings,
            *given_findings,
            *result.findings,
            *_blanks(ground, result.values),
        ),
    )


def planned_months(plan: Plan) -> Periods:
    """The planned months, also where the supply plan is in weeks."""
    return plan.calendar.planned_months


def demand_rows(plan: Plan, statistical: Sheet) -> tuple[Rows, NDArray[np.bool_]]:
    """All planned series, and True (row,) for those that only a launch, an activity or an override opens: they start
    from zero, because the statement is about something that is not sold yet.

    They are the series of orders, statistics, sales forecast and demand given, those of launches, and those that an
    activity or override names by item and customer.
    """
    told: set[Key] = set(statistical.rows.keys)
    for name in ("orders", "sales_forecast", "demand_given"):
        told |= set(plan.sheets[name].rows.keys) if name in plan.sheets else set()
    stated = {launch_key(row, plan) for row in plan.network.launches.rows()}
    planned = {(item, customer) for item, _, customer in told | stated}
    for table in (plan.network.activities, plan.network.overrides):
        for row in table.rows():
            if row["item"] and row["customer"] and (row["item"], row["customer"]) not in planned:
                stated.add(launch_key(row, plan))
    rows = Rows.of(measure("demand").grain, told | stated)
    return rows, np.array([key not in told for key in rows.keys], dtype=bool)


def agree(baseline: Values, sales: Values) -> Values:
    """Consensus of two opinions `baseline` and `sales` about the same quantity, units, (row, month), as stored: their
    mean; where one is blank, the other."""
    both = (baseline + sales) / 2.0
    one = np.where(np.isnan(sales), baseline, sales)
    return measure("consensus").rounded(np.where(np.isnan(both), one, both))


def sales_opinion(ground: Ground, launches: Stream, activities: Stream) -> tuple[Values, list[Finding]]:
    """What sales expects of the total, units, (row, month); blank where nobody has spoken.

    What sales says it has left out (`sales_includes`) is added, so that it speaks of the same quantity as the
    baseline; with that it does not fall under zero.
    """
    said = _input(ground, "sales_forecast")
    findings = _outside_sale(ground, said, "sales_forecast")
    said = np.where(ground.sale, said, np.nan)
    includes = ground.plan.settings.demand.sales_includes
    left_out = np.zeros(said.shape)
    for name, stream in (("activities", activities), ("launches", launches)):
        if name not in includes:
            left_out += np.where(ground.sale, stream.effect, 0.0)
    total = said + left_out
    return np.where(total < 0, np.minimum(said, 0.0), total), findings


def _baseline(ground: Ground, launches: Stream, activities: Stream, opened: NDArray[np.bool_]) -> Values:
    total = np.nan_to_num(ground.statistics) + launches.effect + activities.effect
    spoken = ~np.isnan(ground.statistics) | ~ground.sale | opened[:, None]
    spoken |= (launches.effect != 0) | (activities.effect != 0)
    return measure("baseline").rounded(np.where(spoken, total, np.nan))


def _with_given(ground: Ground, agreed: Values) -> tuple[Values, list[Finding]]:
    """Consensus with the demand given elsewhere in its place, where there is one."""
    given = _input(ground, "demand_given")
    findings = _outside_sale(ground, given, "demand_given")
    given = measure("consensus").rounded(np.where(ground.sale, given, np.nan))
    known = ~np.isnan(given)
    replaced = known & ~np.isnan(agreed) & (given != agreed)
    if replaced.any():
        findings.append(note("demand.given_replaces", Where("demand_given"), cells=int(replaced.sum())))
    return np.where(known, given, agreed), findings


def _input(ground: Ground, name: str) -> Values:
    """An input sheet by month on the planned series, (row, month); blank where nobody brought it."""
    if name not in ground.plan.sheets:
        return np.full(ground.statistics.shape, np.nan)
    return by_month(ground.plan.sheet(name)).on(ground.series.rows, ground.months).values


def _outside_sale(ground: Ground, said: Values, name: str) -> list[Finding]:
    """Demand somebody expects of an item before its first or after its last month of sale."""
    lost = np.where(~ground.sale & (said > 0), said, 0.0).sum(axis=1)
    items = ground.series.labels["item"]
    found = [
        warning("demand.outside_sale", Where(name), item=item, quantity=round(float(lost[items == item].sum()), 3))
        for item in sorted(set(items[lost > 0]))
    ]
    return worst_first(found, "demand.outside_sale_more")


def _far_opinions(ground: Ground, baseline: Values, sales: Values) -> list[Finding]:
    """Series whose sales forecast is more than twice, or less than half, the baseline of the same months."""
    both = ~np.isnan(baseline) & ~np.isnan(sales)
    expected, said = (np.where(both, values, 0.0).sum(axis=1) for values in (baseline, sales))
    far = (said > FAR * expected) | (said * FAR < expected)
    order = np.argsort(-np.abs(said - expected), kind="stable")
    found = [
        warning(
            "demand.sales_far",
            Where("sales_forecast"),
            series=series_name(ground.series.rows.keys[i]),
            sales=round(float(said[i]), 3),
            baseline=round(float(expected[i]), 3),
        )
        for i in order[far[order]]
    ]
    return worst_first(found, "demand.sales_far_more")


def _blanks(ground: Ground, demand: Values) -> list[Finding]:
    """Series about which nobody has said anything in some planned month."""
    blank = np.isnan(demand)
    found = [
        warning(
            "demand.blank",
            Where("demand"),
            series=series_name(ground.series.rows.keys[i]),
            first=ground.months.labels[int(np.flatnonzero(blank[i])[0])],
            months=int(blank[i].sum()),
        )
        for i in np.flatnonzero(blank.any(axis=1))
    ]
    return worst_first(found, "demand.blank_more")
