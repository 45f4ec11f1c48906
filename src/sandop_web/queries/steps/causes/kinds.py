"""The key figures that can be explained: what each is made of, what it reads, and which step deals with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sandop.scenario.kpis import KEY_FIGURES
from sandop_web.queries.steps.causes import forecast, money, service, supply
from sandop_web.queries.steps.causes.ratio import Made
from sandop_web.queries.steps.content import Needs


@dataclass(frozen=True)
class Kind:
    """How a key figure is taken apart.

    better         high, low, or near (to its target)
    made, needs    its ratios, the coarsest level first, and what they read of the version
    step, section  where the month deals with it
    when           a report that must have rows for the section to be there; empty: it always is
    """

    better: str
    made: Made
    needs: Needs
    step: str
    section: str
    when: str = ""


_BETTER = {figure.kpi: figure.better for figure in KEY_FIGURES}
_MADE: Mapping[str, tuple[Made, Needs, str, str, str]] = {
    "revenue_to_budget": (money.revenue_to_budget, money.NEEDS, "business_review", "full-year", ""),
    "margin_share": (money.margin_share, money.NEEDS, "business_review", "full-year", ""),
    "fill_rate": (service.fill_rate, service.NEEDS, "supply_review", "not-served", "unserved"),
    "backlog_share": (service.backlog_share, service.NEEDS, "supply_review", "not-served", "unserved"),
    "forecast_wmape": (forecast.forecast_wmape, forecast.NEEDS, "demand_review", "accuracy", ""),
    "forecast_bias": (forecast.forecast_bias, forecast.NEEDS, "demand_review", "accuracy", ""),
    "stock_days": (supply.stock_days, supply.STOCK, "supply_review", "stock", ""),
    "utilisation_peak": (supply.utilisation_peak, supply.LOAD, "supply_review", "capacity", ""),
    "schedule_attainment": (supply.schedule_attainment, supply.SCHEDULE, "supply_review", "past", ""),
    "cash_conversion_days": (supply.cash_conversion_days, supply.CASH, "pre_sop", "money", ""),
}
KINDS: Mapping[str, Kind] = {kpi: Kind(_BETTER[kpi], *how) for kpi, how in _MADE.items()}
assert KINDS.keys() == _BETTER.keys()
