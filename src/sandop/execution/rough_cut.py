"""Rough-cut capacity planning: the hours the schedule needs on each resource in each week, against what is there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sandop.execution.lots import by_week
from sandop.findings import Finding, warning
from sandop.plan import Plan, Rows, Sheet, Sheets, Values
from sandop.tables import ReportRows

_SLACK = 0.005  # share of a week's capacity that rounding to lots may exceed without a word


@dataclass(frozen=True, eq=False)
class RoughCut:
    """Rows `resource, period, load, regular, overtime, outsourced, over` (hours), and a finding for each resource
    with weeks over its capacity."""

    report: ReportRows
    findings: tuple[Finding, ...]


def rough_cut(*, plan: Plan, mps: Sheet, days: NDArray[np.float64], results: Sheets) -> RoughCut:
    """Load of the schedule by resource and week.

    mps     good units started, (process) x week
    days    working days of each week, (week,)
    results `hours_available` where the plan has it; else rated hours x demonstrated share

    load = sum of good units started / yield x hours a unit; capacity of a month is spread over its weeks by working
    days; over = load - regular - overtime - outsourced where positive. Blank capacity is no limit: over is None.
    """
    load = week_load(plan=plan, mps=mps)
    rows = Rows(("resource",), tuple((key,) for key in plan.network.resources.keys))
    demonstrated = plan.network.resources.demonstrated[:, None]
    if "hours_available" in results:
        regular = _spread(results["hours_available"].on(rows), mps, days, np.nan)
    else:
        regular = _capacity(plan, "capacity_regular", rows, mps, days, np.nan) * demonstrated
    overtime = _capacity(plan, "capacity_overtime", rows, mps, days, 0.0)
    outsourced = _capacity(plan, "capacity_outsourced", rows, mps, days, 0.0)
    over = np.maximum(load - regular - overtime - outsourced, 0.0)
    report: ReportRows = [
        {
            "resource": rows.keys[i][0],
            "period": label,
            "load": round(float(load[i, j]), 3),
            "regular": _known(regular[i, j]),
            "overtime": _known(overtime[i, j]),
            "outsourced": _known(outsourced[i, j]),
            "over": _known(over[i, j]),
        }
        for i in range(len(rows))
        for j, label in enumerate(mps.periods.labels)
    ]
    return RoughCut(report, tuple(_overloads(rows, mps, over, regular + overtime + outsourced)))


def week_load(*, plan: Plan, mps: Sheet) -> Values:
    """Hours the schedule needs, (resource, week)."""
    network = plan.network
    routings, process = network.routings, network.routings.process
    place = mps.rows.places((name,) for name in process)
    scheduled = np.flatnonzero(place >= 0)
    good = network.processes.good_share[network.processes.places(process[scheduled])]
    hours = (routings.hours[scheduled] / good)[:, None] * mps.values[place[scheduled]]
    load = np.zeros((len(network.resources), len(mps.periods)))
    np.add.at(load, network.resources.places(routings.resource[scheduled]), hours)
    return load


def _capacity(plan: Plan, name: str, rows: Rows, mps: Sheet, days: NDArray[np.float64], blank: float) -> Values:
    sheet = plan.sheet_or_blank(name, rows, plan.calendar.horizon)
    return _spread(sheet, mps, days, blank)


def _spread(sheet: Sheet, mps: Sheet, days: NDArray[np.float64], blank: float) -> Values:
    return by_week(sheet=sheet, weeks=mps.periods, days=days, blank=blank)


def _overloads(rows: Rows, mps: Sheet, over: Values, capacity: Values) -> list[Finding]:
    findings = []
    excess = np.nan_to_num(over)
    much = excess > _SLACK * np.nan_to_num(capacity)
    for i in np.flatnonzero(much.any(axis=1)):
        worst = int(np.argmax(excess[i]))
        findings.append(
            warning(
                "week_over_capacity",
                resource=rows.keys[i][0],
                weeks=int(much[i].sum()),
                week=mps.periods.labels[worst],
                hours=float(excess[i, worst]),
            )
        )
    return findings


def _known(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 3)
