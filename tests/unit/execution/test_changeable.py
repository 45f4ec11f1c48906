"""The first month a decision can still change.

The small company plans 2026; A is made in 5 days from castings that take 40 days to come.
"""

import datetime as dt
from dataclasses import replace

from sandop.execution import first_changeable
from sandop.network import Families, Network, Processes, Sources
from sandop.plan import Plan
from small_company import plan as small_plan


def _plan(*, frozen: float = 1.0, make_days: float = 5.0, buy_days: float = 40.0) -> Plan:
    plan = small_plan()
    tables = plan.network.tables()
    families = [{**row, "frozen_periods": frozen} for row in plan.network.families.rows()]
    processes = [{**row, "lead_time_days": make_days} for row in plan.network.processes.rows()]
    sources = [{**row, "lead_time_days": buy_days} for row in plan.network.sources.rows()]
    tables |= {
        "families": Families.of(families),
        "processes": Processes.of(processes),
        "sources": Sources.of(sources),
    }
    return replace(plan, network=Network.of(**tables))


def test_inside_the_frozen_month_nothing_moves_and_castings_come_in_march() -> None:
    """Decided on 21 January: the fence ends on 1 February, made by the 6th; castings come on 2 March, pumps on 7."""
    (row,) = first_changeable(plan=_plan(), decided=dt.date(2026, 1, 21))
    assert row == {
        "family": "DOM",
        "frozen": 1,
        "free_from": "2026-02",
        "make_days": 5.0,
        "first_made": "2026-02",
        "buy_days": 45.0,
        "first_bought": "2026-03",
    }


def test_a_longer_fence_holds_back_what_the_lead_times_would_allow() -> None:
    (row,) = first_changeable(plan=_plan(frozen=3.0), decided=dt.date(2026, 1, 21))
    assert row["free_from"] == row["first_made"] == row["first_bought"] == "2026-04"


def test_a_long_lead_time_reaches_beyond_the_fence() -> None:
    (row,) = first_changeable(plan=_plan(make_days=45.5), decided=dt.date(2026, 1, 21))
    assert row["first_made"] == "2026-03" and row["buy_days"] == 85.5


def test_what_cannot_be_changed_inside_the_horizon_is_blank() -> None:
    (row,) = first_changeable(plan=_plan(frozen=12.0, buy_days=700.0), decided=dt.date(2026, 1, 21))
    assert row["free_from"] == row["first_made"] == row["first_bought"] == ""


def test_without_a_fence_the_day_of_the_decision_counts() -> None:
    (row,) = first_changeable(plan=_plan(frozen=0.0, make_days=2.0), decided=dt.date(2026, 1, 30))
    assert row["free_from"] == "2026-01" and row["first_made"] == "2026-02"


def test_the_quickest_source_counts() -> None:
    plan = _plan()
    sources = [*plan.network.sources.rows(), {"item": "A", "site": "P", "supplier": "S", "price": 90.0}]
    bought = replace(plan, network=Network.of(**plan.network.tables() | {"sources": Sources.of(sources)}))
    (row,) = first_changeable(plan=bought, decided=dt.date(2026, 1, 21))
    assert row["buy_days"] == 45.0, "B still waits for its castings"
