"""Demand, supply and money of each family side by side in one plan, and how far the streams are apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sandop.pack.figures import Numbers, by_family, known, months, total
from sandop_web.queries.steps.content import Needs, Reading

NEEDS = Needs(
    sheets=("demand", "deliveries", "backlog", "lost", "revenue", "margin", "stock_value"),
    inputs=("budget_volume", "budget_revenue", "le_revenue"),
)


@dataclass(frozen=True)
class FamilyStreams:
    """A family over the planned months.

    demand, supply, lost   plan units: asked for, delivered, given up; `late` still owed at the end
    budget_volume   plan units of the months that the budget names, `demand_budgeted` the demand of the same months
    revenue, margin plan currency; `stock` its value at the end
    revenue_budgeted, budget   revenue and budget of the months that the budget names; `revenue_estimated`, `le` alike
    """

    family: str
    demand: float
    supply: float
    late: float
    lost: float
    demand_budgeted: float
    budget_volume: float
    revenue: float
    margin: float
    stock: float
    revenue_budgeted: float
    budget: float
    revenue_estimated: float
    le: float

    @property
    def short(self) -> float:
        """What supply lacks to serve demand, plan units."""
        return self.demand - self.supply if known(self.supply) else float("nan")

    @property
    def to_budget(self) -> float:
        """Revenue of the plan less its budget, plan currency; a blank where one is not known."""
        return self.revenue_budgeted - self.budget

    @property
    def to_le(self) -> float:
        """Revenue of the plan less the latest estimate, plan currency."""
        return self.revenue_estimated - self.le


def family_streams(reading: Reading) -> list[FamilyStreams]:
    """Every family with demand, the one whose revenue is furthest from its budget first."""
    month, labels = reading.month, months(reading.month)
    units = {
        name: by_family(month, name, labels) for name in ("demand", "deliveries", "backlog", "lost", "budget_volume")
    }
    money = {
        name: by_family(month, name, labels)
        for name in ("revenue", "margin", "stock_value", "budget_revenue", "le_revenue")
    }
    found = [_streams(family, units, money) for family in units["demand"]]
    return sorted(found, key=lambda one: (-_apart(one), one.family))


def _streams(
    family: str, units: dict[str, dict[str, Numbers]], money: dict[str, dict[str, Numbers]]
) -> FamilyStreams:
    quantity = {name: values.get(family) for name, values in units.items()}
    amount = {name: values.get(family) for name, values in money.items()}
    demand_budgeted, budget_volume = _where_said(quantity["demand"], quantity["budget_volume"])
    revenue_budgeted, budget = _where_said(amount["revenue"], amount["budget_revenue"])
    revenue_estimated, le = _where_said(amount["revenue"], amount["le_revenue"])
    return FamilyStreams(
        family=family,
        demand=_sum(quantity["demand"]),
        supply=_sum(quantity["deliveries"]),
        late=_last(quantity["backlog"]),
        lost=_sum(quantity["lost"]),
        demand_budgeted=demand_budgeted,
        budget_volume=budget_volume,
        revenue=_sum(amount["revenue"]),
        margin=_sum(amount["margin"]),
        stock=_last(amount["stock_value"]),
        revenue_budgeted=revenue_budgeted,
        budget=budget,
        revenue_estimated=revenue_estimated,
        le=le,
    )


def _apart(streams: FamilyStreams) -> float:
    return abs(streams.to_budget) if known(streams.to_budget) else 0.0


def _where_said(values: Numbers | None, base: Numbers | None) -> tuple[float, float]:
    """Both over the periods in which the base says something; blanks where it never does."""
    if values is None or base is None or np.isnan(base).all():
        return float("nan"), float("nan")
    heard = ~np.isnan(base)
    return float(np.nansum(values[heard])), float(base[heard].sum())


def _sum(values: Numbers | None) -> float:
    return float("nan") if values is None else total(values)


def _last(values: Numbers | None) -> float:
    return float("nan") if values is None else float(values[-1])
