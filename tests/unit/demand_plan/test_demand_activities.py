"""Activities: gain, pull-forward, cannibalisation, and what stays beside the plan."""

from __future__ import annotations

from typing import Any

import pytest
from pump_company import cells, company, messages, network, past, planned

from sandop.demand.consensus import DemandPlan, make_demand

STATISTICS = {("D1", "EAST"): [100, 100, 100], ("D2", "EAST"): [300, 300, 300], ("I1", "EAST"): [50, 50, 50]}


def with_activity(orders: Any = None, **activity: Any) -> DemandPlan:
    row = {"activity": "618", "start": "2026-01", **activity}
    plan = company(network=network(activities=[row]), sheets=[past("orders", orders)] if orders else [])
    return make_demand(plan=plan, statistical=planned("statistical", STATISTICS))


def test_a_promotion_lifts_its_scope_by_its_share_of_the_baseline() -> None:
    """
    baseline  D1 100  D2 300; family DOM +20 % in 2026-02
    gain      D1  20  D2  60
    """
    demand = with_activity(family="DOM", start="2026-02", uplift=0.2)
    assert cells(demand.sheets["activity_effect"], "D1", "EAST") == [0, 20, 0]
    assert cells(demand.sheets["activity_effect"], "D2", "EAST") == [0, 60, 0]
    assert cells(demand.sheets["baseline"], "D2", "EAST") == [300, 360, 300]
    assert cells(demand.sheets["demand"], "I1", "EAST") == [50, 50, 50]
    assert messages(demand.findings) == []


def test_what_was_bought_forward_is_missing_in_the_month_after() -> None:
    """D1 100 a month, +50 % in two months, 30 % of it bought forward: gain 50 + 50, dip 30 in the third month."""
    demand = with_activity(item="D1", months=2, uplift=0.5, dip_after=0.3)
    assert cells(demand.sheets["activity_effect"], "D1", "EAST") == [50, 50, -30]


def test_a_promotion_that_ended_last_month_still_leaves_its_dip() -> None:
    """120 were ordered in 2025-12 with +20 %: 20 of them are the gain, 40 % of which is missing in 2026-01."""
    demand = with_activity({("D1", "EAST"): [100, 120]}, item="D1", start="2025-12", uplift=0.2, dip_after=0.4)
    assert cells(demand.sheets["activity_effect"], "D1", "EAST") == [-8, 0, 0]


def test_a_stated_gain_of_last_month_leaves_its_dip_where_it_was_ordered() -> None:
    """DOM had +40 pumps in 2025-12; orders 100 and 300 share them 10 to 30; half is missing in 2026-01."""
    orders = {("D1", "EAST"): [100], ("D2", "EAST"): [300]}
    demand = with_activity(orders, family="DOM", start="2025-12", quantity=40, dip_after=0.5)
    assert cells(demand.sheets["activity_effect"], "D1", "EAST") == [-5, 0, 0]
    assert cells(demand.sheets["activity_effect"], "D2", "EAST") == [-15, 0, 0]


def test_a_stated_quantity_is_shared_in_proportion() -> None:
    """+40 pumps over DOM: D1 has 100 of 400, D2 300 of 400."""
    demand = with_activity(family="DOM", quantity=40)
    assert cells(demand.sheets["activity_effect"], "D1", "EAST") == [10, 0, 0]
    assert cells(demand.sheets["activity_effect"], "D2", "EAST") == [30, 0, 0]


def test_the_losing_family_loses_its_share_of_the_gain() -> None:
    """DOM gains 80 in 2026-01; a tenth of it comes from IND: 8 of 50."""
    demand = with_activity(family="DOM", uplift=0.2, takes_from="IND", taken=0.1)
    assert cells(demand.sheets["activity_effect"], "I1", "EAST") == [-8, 0, 0]


def test_a_family_may_lose_to_its_own_item() -> None:
    """D1 gains 40, half of it from the rest of its own family: D2 loses 20, D1 nothing."""
    demand = with_activity(item="D1", uplift=0.4, takes_from="DOM", taken=0.5)
    assert cells(demand.sheets["activity_effect"], "D1", "EAST") == [40, 0, 0]
    assert cells(demand.sheets["activity_effect"], "D2", "EAST") == [-20, 0, 0]


def test_cannibalisation_stops_at_zero_and_says_so() -> None:
    """DOM gains 400, all of it from IND, which has 50: IND falls to zero, 350 cannot be taken."""
    demand = with_activity(family="DOM", uplift=1.0, takes_from="IND", taken=1.0)
    assert cells(demand.sheets["demand"], "I1", "EAST") == [0, 50, 50]
    (finding,) = demand.findings
    assert messages(demand.findings) == ["demand.more_than_there_is"]
    assert finding.values["quantity"] == pytest.approx(350)


def test_cannibalisation_never_joins_different_plan_units() -> None:
    """Spare parts are planned in kilograms: pumps cannot take kilograms away."""
    statistics = planned("statistical", {("D1", "EAST"): [100] * 3, ("S1", "EAST"): [80] * 3})
    row = {"activity": "A", "family": "DOM", "start": "2026-01", "uplift": 0.2, "takes_from": "SPA", "taken": 0.5}
    demand = make_demand(plan=company(network=network(activities=[row])), statistical=statistics)
    assert messages(demand.findings) == ["demand.nothing_to_take"]
    assert cells(demand.sheets["demand"], "S1", "EAST") == [80, 80, 80]


def test_a_likely_activity_enters_whole_and_an_unlikely_one_stays_beside() -> None:
    """+40 pumps: at 60 % the plan has all 40, at 40 % none and a row beside it; never probability times volume."""
    likely = with_activity(item="D1", quantity=40, probability=0.6)
    assert cells(likely.sheets["demand"], "D1", "EAST") == [140, 100, 100]
    unlikely = with_activity(item="D1", quantity=40, probability=0.4)
    assert cells(unlikely.sheets["demand"], "D1", "EAST") == [100, 100, 100]
    (row,) = unlikely.reports["risks_opportunities"]
    assert row["side"] == "opportunity"
    assert (row["quantity"], row["unit"], row["value_at_cost"], row["first"]) == (40, "pump", 4000, "2026-01")


def test_a_customer_who_may_leave_is_a_risk() -> None:
    demand = with_activity(customer="EAST", kind="lost_customer", months=3, uplift=-1.0, probability=0.3)
    (row,) = demand.reports["risks_opportunities"]
    assert (row["side"], row["quantity"]) == ("risk", -1350)


def test_a_customer_lost_last_autumn_is_not_counted_twice() -> None:
    """The statistics still see a tenth of the old demand; the loss takes all of it, and there is nothing to ask."""
    demand = with_activity(customer="EAST", kind="lost_customer", start="2025-09", months=24, uplift=-1.0)
    assert not demand.sheets["demand"].values.any()
    assert messages(demand.findings) == []


def test_a_new_customer_opens_a_series_for_the_item_named() -> None:
    """Nobody in the West has ordered D1; the activity promises 25 a month from February."""
    demand = with_activity(item="D1", customer="WEST", kind="new_customer", start="2026-02", months=2, quantity=25)
    assert cells(demand.sheets["demand"], "D1", "WEST") == [0, 25, 25]
    assert messages(demand.findings) == []


@pytest.mark.parametrize(
    ("activity", "message"),
    [
        ({"family": "SPA", "uplift": 0.1}, "demand.activity_without_scope"),
        ({"family": "DOM"}, "demand.activity_without_effect"),
        ({"family": "DOM", "uplift": 0.1, "start": "2027-01"}, "demand.activity_after_horizon"),
        ({"family": "DOM", "uplift": 0.1, "start": "2025-12", "months": 2}, "demand.activity_began_earlier"),
    ],
)
def test_an_activity_that_cannot_mean_what_it_says_is_a_finding(activity: dict[str, Any], message: str) -> None:
    assert messages(with_activity(**activity).findings) == [message]


def test_one_quantity_for_pieces_and_packs_is_questioned() -> None:
    statistics = planned("statistical", {("D1", "EAST"): [100] * 3, ("S1", "EAST"): [80] * 3})
    row = {"activity": "fair", "region": "East", "start": "2026-01", "quantity": 18}
    demand = make_demand(plan=company(network=network(activities=[row])), statistical=statistics)
    assert messages(demand.findings) == ["demand.activity_mixes_units"]
    assert cells(demand.sheets["activity_effect"], "D1", "EAST") == [10, 0, 0]


def test_an_activity_long_over_says_and_changes_nothing() -> None:
    demand = with_activity(family="DOM", uplift=0.5, start="2025-06", dip_after=0.5)
    assert messages(demand.findings) == []
    assert not demand.sheets["activity_effect"].values.any()
