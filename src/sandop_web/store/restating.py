"""What was closed once and reads differently now, and what that does to the key figures of then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sandop.demand import accuracy
from sandop.plan import Plan
from sandop.plan.compare import CellDifference
from sandop.scenario import Month
from sandop.scenario.chain import finance_step
from sandop.scenario.kpis import kpis
from sandop.tables import Cell, Report, ReportRows
from sandop_web.store.branches import differences
from sandop_web.store.models import Cycle, Entry, Version
from sandop_web.store.plans import read_month, read_plan, read_settings
from sandop_web.store.snapshots import closed_measures

_JUDGED = ("demand", "statistical")  # streams whose accuracy is shown, the first that there is


def restatements(*, then: Version, now: Version) -> tuple[CellDifference, ...]:
    """Cells of closed months that both snapshots have and that are not what they were."""
    old, new = read_settings(then).time, read_settings(now).time
    first, end = max(old.history_start, new.history_start), min(old.start, new.start)
    found = differences(then, now, Entry.Kind.INPUT, closed_measures())
    return tuple(cell for cell in found if first <= cell.period < end)


def figures_restated(*, before: Cycle, now: Version) -> ReportRows:
    """Key figures and forecast accuracy by family of the cycle before: as they were known then, and as they read
    with the history that is known now. Rows `figure, of, unit, then, restated`; `of` is the family, empty for the
    company. Figures that do not look at history read the same."""
    month = read_month(before.version)
    if not month.steps:
        return []
    restated = _with_history_of(month, read_plan(now))
    return [*_key_figures(month, restated), *_accuracies(month, restated)]


def _with_history_of(month: Month, now: Plan) -> Month:
    """The month of then as it would have been with the history of now."""
    closed = month.plan.calendar.history
    history = {
        name: now.sheet(name).on(now.sheet(name).rows, closed) for name in closed_measures() if name in now.sheets
    }
    plan = replace(month.plan, sheets={**month.plan.sheets, **history})
    restated = replace(month, plan=plan, reports={**month.reports, "accuracy": accuracy(plan=plan)})
    return finance_step(restated) if "deliveries" in month.sheets else restated


def _key_figures(month: Month, restated: Month) -> Iterator[dict[str, Cell]]:
    values = {str(row["kpi"]): row["value"] for row in kpis(month=restated)}
    for row in month.reports.get("kpis", ()):
        yield {
            "figure": row["kpi"],
            "of": "",
            "unit": row["unit"],
            "then": row["value"],
            "restated": values.get(str(row["kpi"])),
        }


def _accuracies(month: Month, restated: Month) -> Iterator[dict[str, Cell]]:
    then, now = _by_family(month.reports.get("accuracy", ())), _by_family(restated.reports["accuracy"])
    for family in sorted(then.keys() & now.keys()):
        for figure in ("wmape", "bias"):
            yield {
                "figure": f"family_{figure}",
                "of": family,
                "unit": "share",
                "then": then[family][figure],
                "restated": now[family][figure],
            }


def _by_family(report: Report) -> dict[str, dict[str, Cell]]:
    """Family → its row at lag 1 of the first judged stream there is."""
    for stream in _JUDGED:
        rows = {
            str(row["node"]): dict(row)
            for row in report
            if row["stream"] == stream and row["level"] == "family" and row["lag"] == 1 and row["node"]
        }
        if rows:
            return rows
    return {}
