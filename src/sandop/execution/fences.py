"""Time fences: what may not change any more, what changes with approval only, and what it costs to break one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sandop.plan import Plan, Rows


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
