"""New products and phase-outs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pump_company import cells, company, messages, network, past, planned

from sandop.demand.consensus import DemandPlan, make_demand
from sandop.demand.launches import seasonal_indices

D2 = {("D2", "EAST"): [300, 300, 300]}


def launched(
    orders: Any = None, statistics: Any = None, items: Any = None, months: int = 3, **launch: Any
) -> DemandPlan:
    row = {"item": "D1", "customer": "EAST", "launch": "2026-01", "monthly": 120, "ramp_months": 3, **launch}
    plan = company(
        network=network(items, launches=[row]), months=months, sheets=[past("orders", orders)] if orders else []
    )
    return make_demand(plan=plan, statistical=planned("statistical", statistics or D2, months))


def test_a_launch_grows_in_a_straight_line_and_fills_the_channel_once() -> None:
    """120 a month after three months, 50 to fill the channel: 40 + 50, 80, 120."""
    demand = launched(pipeline_fill=50)
    assert cells(demand.sheets["launch_effect"], "D1", "EAST") == [90, 80, 120]
    assert cells(demand.sheets["demand"], "D1", "EAST") == [90, 80, 120]
    assert messages(demand.findings) == []


def test_before_the_launch_demand_is_zero_and_not_blank() -> None:
    assert cells(launched(launch="2026-03").sheets["demand"], "D1", "EAST") == [0, 0, 40]


def test_a_launch_takes_from_the_item_it_replaces_but_not_its_channel_fill() -> None:
    """D1 grows 40, 80, 120; half of it comes from D2 (300): D2 loses 20, 40, 60."""
    demand = launched(replaces="D2", replaced=0.5, pipeline_fill=50)
    assert cells(demand.sheets["launch_effect"], "D2", "EAST") == [-20, -40, -60]


def test_the_replaced_item_never_falls_below_zero() -> None:
    demand = launched(statistics={("D2", "EAST"): [30, 30, 30]}, replaces="D2", replaced=1.0)
    assert cells(demand.sheets["demand"], "D2", "EAST") == [0, 0, 0]


def test_a_launch_of_an_item_that_replaces_nothing_here_is_questioned() -> None:
    demand = launched(replaces="I1", replaced=0.5)
    assert messages(demand.findings) == ["demand.nothing_to_replace"]


def test_a_new_item_takes_the_season_of_its_like_item() -> None:
    """D2 sold 200 in January and 100 in every other month: mean 1300 / 12, so January has the index 24 / 13."""
    year = [200.0] + [100.0] * 11
    demand = launched({("D2", "EAST"): year * 2}, like_item="D2", ramp_months=1, monthly=130)
    assert cells(demand.sheets["launch_effect"], "D1", "EAST") == [240, 120, 120]


def test_a_like_item_without_a_year_of_orders_tells_no_season() -> None:
    demand = launched(like_item="I1", ramp_months=1)
    assert messages(demand.findings) == ["demand.like_item_unknown"]
    assert cells(demand.sheets["launch_effect"], "D1", "EAST") == [120, 120, 120]


def test_growth_from_year_to_year_is_no_season() -> None:
    """Twelve months of 100, then twelve of 300: every month has the index 1."""
    indices = seasonal_indices(np.array([100.0] * 12 + [300.0] * 12), 0)
    assert indices is not None
    assert indices.tolist() == [1.0] * 12


def test_seasonal_indices_know_in_which_month_the_history_starts() -> None:
    """History from April: 13 in its first month, then 1 eleven times; mean 2; April has 6.5."""
    indices = seasonal_indices(np.array([13.0] + [1.0] * 11), 3)
    assert indices is not None
    assert indices[3] == pytest.approx(6.5)
    assert indices.mean() == pytest.approx(1.0)


def test_a_launch_that_has_grown_up_leaves_the_word_to_the_statistics() -> None:
    """Launched in 2025-08 with three months of ramp; orders are there, and the statistics say 110."""
    demand = launched({("D1", "EAST"): [40, 80, 115, 110, 110]}, {("D1", "EAST"): [110, 110, 110]}, launch="2025-08")
    assert messages(demand.findings) == ["demand.launch_is_history"]
    assert cells(demand.sheets["demand"], "D1", "EAST") == [110, 110, 110]


def test_a_launch_still_growing_stands_in_place_of_the_statistics() -> None:
    """Launched in 2025-12, 40 ordered; the statistics say 40 for ever, the curve says 80, 120, 120.

    It takes half of its growth from D2; of that D2 has lost 20 already, which its own history shows:
    half of (80, 120, 120) - 20 = 20, 40, 40.
    """
    demand = launched(
        {("D1", "EAST"): [40], ("D2", "EAST"): [280]},
        {("D1", "EAST"): [40, 40, 40], ("D2", "EAST"): [280, 280, 280]},
        launch="2025-12",
        replaces="D2",
        replaced=0.5,
    )
    assert messages(demand.findings) == ["demand.launch_in_history"]
    assert cells(demand.sheets["demand"], "D1", "EAST") == [80, 120, 120]
    assert cells(demand.sheets["demand"], "D2", "EAST") == [260, 240, 240]


def test_a_launch_that_nobody_has_ordered_is_questioned() -> None:
    demand = launched(launch="2025-11")
    assert messages(demand.findings) == ["demand.launch_without_orders"]
    assert cells(demand.sheets["demand"], "D1", "EAST") == [120, 120, 120]


def test_a_launch_beyond_the_plan_is_noted() -> None:
    demand = launched(launch="2027-01")
    assert messages(demand.findings) == ["demand.launch_after_horizon"]
    assert cells(demand.sheets["demand"], "D1", "EAST") == [0, 0, 0]


def test_an_unlikely_launch_stays_beside_the_plan() -> None:
    demand = launched(probability=0.4)
    assert cells(demand.sheets["demand"], "D1", "EAST") == [0, 0, 0]
    (row,) = demand.reports["risks_opportunities"]
    assert (row["kind"], row["id"], row["quantity"]) == ("launch", "D1 | EAST", 240)


def test_an_item_is_not_planned_before_its_first_month_of_sale() -> None:
    demand = launched(items={"D1": {"launch": "2026-02"}}, ramp_months=1)
    assert messages(demand.findings) == ["demand.launch_before_item"]
    assert cells(demand.sheets["demand"], "D1", "EAST") == [0, 120, 120]


def test_an_item_phased_out_has_no_demand_after_its_last_month() -> None:
    """The statistics run on at 300; D2 is sold until 2026-02, and the launch stream takes the rest off."""
    demand = launched(items={"D2": {"phase_out": "2026-02"}})
    assert cells(demand.sheets["launch_effect"], "D2", "EAST") == [0, 0, -300]
    assert cells(demand.sheets["demand"], "D2", "EAST") == [300, 300, 0]
