"""What a stream of opinions does to the demand plan: its effect, its findings, and what stays beside the plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sandop.calendar import Periods, month_number
from sandop.demand.reporting import figure
from sandop.demand.scope import Series, on_sale
from sandop.findings import Finding
from sandop.plan import Plan, Sheet, Values
from sandop.tables import Cell

WHOLE_FROM = 0.5  # what is at least this likely enters the plan whole, else it stays beside it


@dataclass(frozen=True, eq=False)
class Ground:
    """What the streams stand on.

    series       the planned series
    months       planned months
    sale         True where the item is on sale, (row, month)
    statistics   the statistical forecast, units, (row, month); blank where it is silent
    """

    plan: Plan
    series: Series
    months: Periods
    sale: NDArray[np.bool_]
    statistics: Values

    @staticmethod
    def of(plan: Plan, statistical: Sheet, months: Periods) -> Ground:
        """The ground on the rows and months of `statistical`."""
        series = Series.of(statistical.rows, plan.network)
        sale = on_sale(statistical.rows, months, plan.network)
        return Ground(plan, series, months, sale, statistical.values)

    @cached_property
    def orders(self) -> Sheet:
        """Orders of the closed months, units."""
        return self.plan.sheet_or_blank("orders", periods=self.plan.calendar.history)

    @cached_property
    def known_statistics(self) -> Values:
        """The statistical forecast where the item is on sale, zero elsewhere and where it is silent."""
        return np.where(self.sale & ~np.isnan(self.statistics), self.statistics, 0.0)

    def place(self, month: str) -> int:
        """Place of a month among the planned ones; negative before the first, beyond the end after the last."""
        return month_number(month) - month_number(self.months.labels[0])


@dataclass(eq=False)
class Stream:
    """The effect of one stream while it is gathered.

    effect    change of demand, units, (row, month)
    beside    risks and opportunities: less likely than one half, not in the effect
    """

    effect: Values
    findings: list[Finding] = field(default_factory=list)
    beside: list[Mapping[str, Cell]] = field(default_factory=list)

    @staticmethod
    def empty(ground: Ground) -> Stream:
        return Stream(np.zeros(ground.statistics.shape))

    def enter(self, ground: Ground, row: Mapping[str, Any], kind: str, effect: Values) -> None:
        """Takes the effect whole, or lists it beside the plan where it is less likely than one half (D10: never
        probability times volume)."""
        if row["probability"] >= WHOLE_FROM:
            self.effect += effect
        elif effect.any():
            self.beside.append(_beside(ground, row, kind, effect))


def _beside(ground: Ground, row: Mapping[str, Any], kind: str, effect: Values) -> dict[str, Cell]:
    """One row of the report `risks_opportunities`: what the plan would change by, were it to happen."""
    touched = np.flatnonzero(effect.any(axis=1))
    unit = ground.series.one_unit(touched)
    total = float((effect * ground.series.factor[:, None]).sum()) if unit else float("nan")
    cost = ground.plan.network.items.value[ground.plan.network.items.places(ground.series.labels["item"])]
    value = float((effect * cost[:, None]).sum())
    return {
        "kind": kind,
        "id": row["activity"] if kind == "activity" else f"{row['item']} | {row['customer']}",
        "side": "opportunity" if value > 0 else "risk",
        "probability": figure(row["probability"]),
        "first": ground.months.labels[int(np.flatnonzero(effect.any(axis=0))[0])],
        "quantity": figure(total, 3),
        "unit": unit or "",
        "value_at_cost": figure(value, 2),
        "owner": row["owner"],
    }
