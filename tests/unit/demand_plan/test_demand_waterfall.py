"""From last month's demand plan to this one."""

from __future__ import annotations

from typing import Any

import pytest
from pump_company import company, keyed, network, planned

from sandop.calendar import Periods
from sandop.demand.consensus import make_demand
from sandop.demand.waterfall import waterfall
from sandop.plan import Plan, Sheet


def last_version(**parts: list[float]) -> dict[str, Sheet]:
    """What was approved for 2025-12 .. 2026-02, D1 in the East."""
    months = Periods.months("2025-12", 3)
    return {name: Sheet.of(name, months, keyed({("D1", "EAST"): values})) for name, values in parts.items()}


def bridge(plan: Plan, statistics: Any = None) -> dict[tuple[str, str], float]:
    statistical = planned("statistical", statistics or {("D1", "EAST"): [100, 100, 100]})
    demand = make_demand(plan=plan, statistical=statistical)
    return {(r["family"], r["cause"]): r["quantity"] for r in waterfall(plan=plan, demand=demand.sheets)}  # type: ignore[misc]


def test_every_cause_has_its_step() -> None:
    """
                 2025-12  2026-01  2026-02  2026-03
    last time
      baseline        90       90       95          of which activities 5 in February
      consensus       90       92       95
      override         0        8        0
      demand          90      100       95          from 285
    this time
      statistics              100      100      100
      activities               20
      baseline                120      100      100
      sales                   140
      consensus               130      100      100
      override                         150
      demand                  130      150      100   to 380

    closed -90, new +100; baseline (100 + 100) - (90 + 90) = 20; activities 20 - 5 = 15;
    sales 10 - 2 = 8; overrides 50 - 8 = 42
    """
    plan = company(
        network=network(
            activities=[{"activity": "A", "item": "D1", "start": "2026-01", "uplift": 0.2}],
            overrides=[{"override": "1", "item": "D1", "period": "2026-02", "quantity": 150}],
        ),
        sheets=[planned("sales_forecast", {("D1", "EAST"): [140, float("nan"), float("nan")]})],
        previous=last_version(
            activity_effect=[0, 0, 5],
            launch_effect=[0, 0, 0],
            baseline=[90, 90, 95],
            consensus=[90, 92, 95],
            override_effect=[0, 8, 0],
            demand=[90, 100, 95],
        ),
    )
    assert bridge(plan) == {
        ("DOM", "from"): 285,
        ("DOM", "closed_months"): -90,
        ("DOM", "new_months"): 100,
        ("DOM", "baseline"): 20,
        ("DOM", "activities"): 15,
        ("DOM", "launches"): 0,
        ("DOM", "sales"): 8,
        ("DOM", "overrides"): 42,
        ("DOM", "not_split"): 0,
        ("DOM", "to"): 380,
    }


def test_a_version_that_kept_only_its_total_is_not_split() -> None:
    """Demand 90, 100, 95 then; 100 a month now: the two common months changed by 5."""
    steps = bridge(company(network=network(), previous=last_version(demand=[90, 100, 95])))
    assert steps[("DOM", "not_split")] == 5
    assert steps[("DOM", "baseline")] == 0
    assert steps[("DOM", "to")] == 300


def test_a_family_that_was_not_planned_before_starts_from_zero_and_adds_up() -> None:
    plan = company(network=network(), previous=last_version(demand=[90, 100, 95]))
    steps = bridge(plan, {("S1", "EAST"): [10.003, 10.003, 10.003]})
    assert steps[("SPA", "from")] == 0
    assert steps[("SPA", "new_months")] + steps[("SPA", "not_split")] == pytest.approx(steps[("SPA", "to")], abs=1e-9)
    assert steps[("DOM", "to")] == 0


def test_without_a_last_version_there_is_no_waterfall() -> None:
    plan = company(network=network())
    demand = make_demand(plan=plan, statistical=planned("statistical", {("D1", "EAST"): [1, 1, 1]}))
    assert waterfall(plan=plan, demand=demand.sheets) == []
