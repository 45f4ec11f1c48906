"""The master production schedule: the approved plan in lots, by process and week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from sandop.calendar import Periods, working_days
from sandop.execution.availability import availability
from sandop.execution.fences import item_of_process
from sandop.execution.frozen import kept_weeks
from sandop.execution.lots import by_week, in_lots, month_starts
from sandop.execution.rough_cut import rough_cut
from sandop.findings import Finding, warning
from sandop.plan import Plan, Rows, Sheet, Sheets, Values
from sandop.tables import ReportRows

_SMALL = 1e-6  # units below which two quantities are the same
_WORTH_A_WORD = 0.5  # units in the whole plan below which nobody misses a lot that never starts


@dataclass(frozen=True, eq=False)
class Schedule:
    """What is released.

    sheets      mps (process x week, good units started); pab and atp (item, site x week) where deliveries are given
    reports     `schedule` (process, item, site, line, week, start, quantity, lots),
                `schedule_carry` (process, item, period, plan, weeks, carry, cumulative, lot), `rccp`
    findings    weeks over capacity, stock-outs, months whose fixed weeks are not what the plan says, lots that never
                start
    """

    sheets: Mapping[str, Sheet]
    reports: Mapping[str, ReportRows]
    findings: tuple[Finding, ...]


def release(
    *,
    plan: Plan,
    production: Sheet,
    results: Sheets | None = None,
    months: int | None = None,
    days_off: Collection[dt.date] = (),
    days_worked: Collection[dt.date] = (),
) -> Schedule:
    """The master production schedule of the approved plan.

    production  good units started, (process) x period of the horizon
    results     other result sheets of the plan (deliveries, transfers, transfers_received, purchases_received,
                hours_available), for available stock and capacity by week; None: those are left out
    months      how many months are released; None: all
    days_off, days_worked   holidays, and weekend days worked to make up for them

    Months are split into weeks (ISO, cut at month ends) by working days and rounded to lots on the cumulative plan
    (`in_lots`). Weeks of the frozen zone keep the schedule approved last, and `frozen_production` is kept exactly.
    Every month shows its carry: weeks + carry = month (verified; ArithmeticError where it does not hold), smaller
    than one lot unless fixed weeks are off the plan, which is a finding.
    """
    horizon = plan.calendar.horizon
    weeks = Periods.weeks(horizon.month_labels[0], months or len(horizon.month_labels))
    days = working_days(weeks, off=days_off, worked=days_worked)
    planned = by_week(sheet=production, weeks=weeks, days=days)
    lot = _lot_sizes(plan, production.rows)
    kept = kept_weeks(plan=plan, rows=production.rows, weeks=weeks, days=days, lot=lot)
    mps = Sheet("mps", production.rows, weeks, in_lots(plan=planned, lot=lot, kept=kept)).rounded()
    carry, late = _carry(plan, mps, planned, lot)
    late += _never_started(plan, mps, planned, lot)
    sheets, reports, findings = {"mps": mps}, {"schedule": _lines(plan, mps, lot), "schedule_carry": carry}, late
    load = rough_cut(plan=plan, mps=mps, days=days, results=results or {})
    reports["rccp"], findings = load.report, [*findings, *load.findings]
    if results and "deliveries" in results:
        stock = availability(plan=plan, mps=mps, days=days, results=results)
        sheets, findings = {**sheets, **stock.sheets}, [*findings, *stock.findings]
    return Schedule(sheets, reports, tuple(findings))


def _lot_sizes(plan: Plan, rows: Rows) -> Values:
    lot: Values = plan.network.items.lot_size[plan.network.items.places(item_of_process(plan, rows))]
    return lot


def _carry(plan: Plan, mps: Sheet, planned: Values, lot: Values) -> tuple[ReportRows, list[Finding]]:
    """Rows of `schedule_carry` for the months with a plan or a schedule, and a finding for each month with
    processes a lot or more off."""
    labels = mps.periods.month_labels
    month, weeks = (np.add.reduceat(v, month_starts(mps.periods), axis=1) for v in (planned, mps.values))
    carry = np.round(month - weeks, 6) + 0.0
    if np.abs(weeks + carry - month).max(initial=0.0) > _SMALL:
        raise ArithmeticError("weeks + carry is not the month")
    total, item = np.round(carry.cumsum(axis=1), 6), item_of_process(plan, mps.rows)
    rows: ReportRows = []
    for i, j in zip(*np.nonzero((month > 0) | (weeks > 0))):
        process, size = mps.rows.keys[i][0], float(lot[i])
        rows.append(
            {
                "process": process,
                "item": str(item[i]),
                "period": labels[j],
                "plan": round(float(month[i, j]), 6),
                "weeks": float(weeks[i, j]),
                "carry": float(carry[i, j]),
                "cumulative": float(total[i, j]),
                "lot": size,
            }
        )
    return rows, _off_the_plan(rows)


def _off_the_plan(rows: ReportRows) -> list[Finding]:
    """One finding a month: how many processes carry a lot or more, and the one that carries most lots."""
    off: dict[str, list[tuple[float, str]]] = {}
    for row in rows:
        carry, lot = abs(float(str(row["carry"]))), max(float(str(row["lot"])), _SMALL)
        if carry >= lot:
            off.setdefault(str(row["period"]), []).append((carry / lot, str(row["process"])))
    return [
        warning("carry_of_a_lot", month=month, processes=len(found), process=max(found)[1], lots=max(found)[0])
        for month, found in sorted(off.items())
    ]


def _never_started(plan: Plan, mps: Sheet, planned: Values, lot: Values) -> list[Finding]:
    """A finding where the plan makes something for less than half a lot in all, so that no lot ever starts: how many
    processes, and the one whose plan is worth most."""
    total = planned.sum(axis=1)
    never = np.flatnonzero((total > _WORTH_A_WORD) & ~(mps.values > 0).any(axis=1))
    if not len(never):
        return []
    items = plan.network.items
    worth = total[never] * items.value[items.places(item_of_process(plan, mps.rows)[never])]
    worst = int(never[np.argmax(worth)])
    facts = {"process": mps.rows.keys[worst][0], "lot": float(lot[worst]), "planned": float(total[worst])}
    return [warning("lot_never_started", processes=len(never), **facts)]


def _lines(plan: Plan, mps: Sheet, lot: Values) -> ReportRows:
    """The schedule as a list: what starts when on which line. The line is the resource on which a unit takes most
    hours."""
    processes, item = plan.network.processes, item_of_process(plan, mps.rows)
    site = processes.site[processes.places(mps.rows.column("process"))]
    line = _main_line(plan)
    return [
        {
            "process": mps.rows.keys[i][0],
            "item": str(item[i]),
            "site": str(site[i]),
            "line": line.get(mps.rows.keys[i][0], ""),
            "week": mps.periods.labels[j],
            "start": mps.periods.starts[j].isoformat(),
            "quantity": float(mps.values[i, j]),
            "lots": round(float(mps.values[i, j] / lot[i]), 3) if lot[i] > 0 else None,
        }
        for i, j in zip(*np.nonzero(mps.values))
    ]


def _main_line(plan: Plan) -> dict[str, str]:
    routings = plan.network.routings
    line: dict[str, tuple[float, str]] = {}
    for process, resource, hours in zip(routings.process, routings.resource, routings.hours):
        if hours > line.get(process, (0.0, ""))[0]:
            line[process] = (float(hours), str(resource))
    return {process: resource for process, (_, resource) in line.items()}
