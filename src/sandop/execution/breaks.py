"""What a plan changes inside the time fences, and what that moves in money."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sandop.execution.fences import family_of_process, fences, item_of_process
from sandop.execution.frozen import frozen_production
from sandop.findings import Finding, warning
from sandop.plan import Plan, Sheet
from sandop.tables import ReportRows


@dataclass(frozen=True, eq=False)
class FenceBreaks:
    """Rows `process, item, family, period, zone, before, after, value`, and a finding for each family that changes
    inside its frozen zone."""

    report: ReportRows
    findings: tuple[Finding, ...]


def fence_breaks(*, plan: Plan, production: Sheet) -> FenceBreaks:
    """Production inside the frozen or firm zone that is not what was approved last.

    production  good units started, (process) x period of the horizon

    `value` is the change at standard cost, plan currency: what is moved, whatever it costs in the end. Where a
    schedule was released, its lots are what was approved; else it is the plan. Periods the last version did not
    plan, and plans without a last version, have nothing to break.
    """
    approved, released = plan.previous.get("production"), frozen_production(plan=plan)
    if approved is None:
        return FenceBreaks([], ())
    zones = fences(plan=plan)
    known = approved.on(production.rows, production.periods).values
    if released is not None:
        lots = released.on(production.rows, production.periods).values
        known = np.where(np.isnan(lots), known, lots)
    change = np.where(np.isnan(known), 0.0, production.values - np.nan_to_num(known))
    family, item = family_of_process(plan, production.rows), item_of_process(plan, production.rows)
    value = plan.network.items.value[plan.network.items.places(item)]
    rows: ReportRows = []
    for i, j in zip(*np.nonzero(np.abs(change) > 1e-6)):
        zone = zones.zone(str(family[i]), int(j))
        if zone != "free":
            rows.append(
                {
                    "process": production.rows.keys[i][0],
                    "item": str(item[i]),
                    "family": str(family[i]),
                    "period": production.periods.labels[j],
                    "zone": zone,
                    "before": float(known[i, j]),
                    "after": float(production.values[i, j]),
                    "value": round(float(change[i, j] * value[i]), 2),
                }
            )
    return FenceBreaks(rows, tuple(_broken(rows)))


def _broken(rows: ReportRows) -> list[Finding]:
    moved: dict[str, float] = {}
    for row in rows:
        if row["zone"] == "frozen":
            family = str(row["family"])
            moved[family] = moved.get(family, 0.0) + abs(float(row["value"] or 0.0))
    return [warning("frozen_zone_broken", family=family, value=value) for family, value in moved.items()]
