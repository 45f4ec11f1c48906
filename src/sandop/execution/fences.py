"""Time fences: what may not change any more, what changes with approval only, and what it costs to break one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sandop.findings import Finding, warning
from sandop.plan import Plan, Rows, Sheet
from sandop.tables import ReportRows


@dataclass(frozen=True, eq=False)
class Fences:
    """Places of the horizon at which each family's zones end: frozen before `frozen`, firm before `firm`."""

    frozen: Mapping[str, int]
    firm: Mapping[str, int]

    def zone(self, family: str, place: int) -> str:
        """ "frozen", "firm" or "free" for a period of the horizon by its place."""
        if place < self.frozen[family]:
            return "frozen"
        return "firm" if place < self.firm[family] else "free"


@dataclass(frozen=True, eq=False)
class FenceBreaks:
    """Rows `process, item, family, period, zone, before, after, value`, and a finding for each family that changes
    inside its frozen zone."""

    report: ReportRows
    findings: tuple[Finding, ...]


def fences(*, plan: Plan) -> Fences:
    """The fences of each family, in periods of the horizon; a family that states none takes the plan's."""
    families, calendar = plan.network.families, plan.calendar
    frozen = np.where(np.isnan(families.frozen_periods), calendar.frozen_periods, families.frozen_periods)
    firm = np.where(np.isnan(families.firm_periods), calendar.firm_periods, families.firm_periods)
    keys = [str(family) for family in families.keys]
    return Fences(
        frozen={family: int(count) for family, count in zip(keys, frozen)},
        firm={family: int(count) for family, count in zip(keys, frozen + firm)},
    )


def family_of_process(plan: Plan, rows: Rows) -> NDArray[np.object_]:
    """Family of what each process makes, (process,)."""
    item = item_of_process(plan, rows)
    family: NDArray[np.object_] = plan.network.items.family[plan.network.items.places(item)]
    return family


def item_of_process(plan: Plan, rows: Rows) -> NDArray[np.object_]:
    """What each process makes, (process,)."""
    processes = plan.network.processes
    item: NDArray[np.object_] = processes.item[processes.places(rows.column("process"))]
    return item


def fence_breaks(*, plan: Plan, production: Sheet) -> FenceBreaks:
    """Production inside the frozen or firm zone that is not what was approved last.

    production  good units started, (process) x period of the horizon

    `value` is the change at standard cost, plan currency: what is moved, whatever it costs in the end. Periods the
    last version did not plan, and plans without a last version, have nothing to break.
    """
    approved = plan.previous.get("production")
    if approved is None:
        return FenceBreaks([], ())
    zones = fences(plan=plan)
    known = approved.on(production.rows, production.periods).values
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
