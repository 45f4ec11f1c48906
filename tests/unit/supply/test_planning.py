"""The plan of small companies, as a planner would make it by hand."""

from __future__ import annotations

import numpy as np
import pytest

from sandop.network import Bills, Network, Processes, Routings
from sandop.plan import MisalignedSheets, Plan, Sheet
from sandop.supply import SupplyPlan, plan_supply
from supply_cases import no_targets, one_line, plan, sheet

NAN = float("nan")


def best(made: Plan, demand: Sheet, targets: Sheet | None = None, **more: int) -> SupplyPlan:
    return plan_supply(plan=made, demand=demand, targets=targets or no_targets(made), **more)


def values(result: SupplyPlan, name: str, row: int = 0) -> list[float]:
    return result.sheets[name].values[row].tolist()  # type: ignore[no-any-return]


def test_a_peak_is_built_ahead_where_holding_is_cheaper_than_lateness() -> None:
    """demand 10 30 20, 20 hours a month: ten are made a month early."""
    result = best(*one_line())
    assert values(result, "production") == [20, 20, 20]
    assert values(result, "closing_stock") == [10, 0, 0]
    assert values(result, "backlog") == [0, 0, 0]
    assert values(result, "load") == [10, 30, 20]
    assert result.costs["holding"] == pytest.approx(10)
    assert result.costs["production"] == pytest.approx(300)


def test_a_peak_in_the_first_month_is_late_where_it_may_wait() -> None:
    result = best(*one_line(demand=(30, 10, 20)))
    assert values(result, "deliveries") == [20, 20, 20]
    assert values(result, "backlog") == [10, 0, 0]
    assert result.costs["late"] == pytest.approx(100)


def test_a_peak_is_lost_where_it_may_not_wait() -> None:
    made, demand = one_line(
        demand=(30, 10, 20), priorities=[{"priority": "1", "late": 1.0, "lost": 6.0, "wait_periods": 0.0}]
    )
    result = best(made, demand)
    assert values(result, "lost") == [10, 0, 0]
    assert values(result, "backlog") == [0, 0, 0]
    assert result.costs["lost"] == pytest.approx(600)


def test_demand_waits_no_longer_than_agreed() -> None:
    """50 in the first month, 20 hours a month: one month later the 10 that are still owed are lost."""
    made, demand = one_line(
        demand=(50, 0, 0), priorities=[{"priority": "1", "late": 1.0, "lost": 6.0, "wait_periods": 1.0}]
    )
    result = best(made, demand)
    assert sum(values(result, "lost")) == 10
    assert values(result, "backlog")[1] == 0


def test_overtime_is_worked_where_it_is_cheaper_than_building_ahead() -> None:
    made, demand = one_line(
        resources=[{"resource": "LINE", "site": "P", "overtime_cost": 0.5, "outsourced_cost": 0.7}],
        sheets={"capacity_overtime": {("LINE",): [5, 5, 5]}, "capacity_outsourced": {("LINE",): [0, 3, 0]}},
    )
    result = best(made, demand)
    assert values(result, "hours_overtime") == [0, 5, 0]
    assert values(result, "hours_outsourced") == [0, 3, 0]
    assert values(result, "closing_stock") == [2, 0, 0]
    assert values(result, "hours_regular") == [12, 20, 20]


def test_the_higher_priority_is_served_first() -> None:
    made, _ = one_line(
        customers=[
            {"customer": "GOLD", "site": "P", "priority": "1"},
            {"customer": "TIN", "site": "P", "priority": "2"},
        ],
        priorities=[{"priority": "1", "late": 3.0, "lost": 9.0}, {"priority": "2", "late": 1.0, "lost": 3.0}],
    )
    demand = sheet(made, "demand", {("A", "P", "GOLD"): [15, 15, 0], ("A", "P", "TIN"): [15, 15, 0]})
    result = best(made, demand)
    assert values(result, "backlog", 0) == [0, 0, 0]
    assert values(result, "backlog", 1) == [10, 20, 0]
    assert result.findings == ()


def test_a_priority_that_is_cheaper_to_let_wait_is_pointed_out() -> None:
    made, _ = one_line(
        customers=[
            {"customer": "GOLD", "site": "P", "priority": "1"},
            {"customer": "TIN", "site": "P", "priority": "2"},
        ],
        priorities=[{"priority": "1", "late": 1.0, "lost": 3.0}, {"priority": "2", "late": 3.0, "lost": 9.0}],
    )
    demand = sheet(made, "demand", {("A", "P", "GOLD"): [15, 0, 0], ("A", "P", "TIN"): [15, 0, 0]})
    result = best(made, demand)
    assert [f.message for f in result.findings] == ["supply.priority_not_kept"]
    assert "2027年1月" in result.findings[0].text("zh")


def test_a_stock_target_is_held_and_its_shortfall_priced() -> None:
    made, demand = one_line(demand=(10, 10, 10))
    targets = sheet(made, "safety_stock", {("A", "P"): [5, 5, 25]})
    result = best(made, demand, targets)
    assert values(result, "closing_stock") == [5, 15, 25]
    assert values(result, "stock_shortfall") == [0, 0, 0]


def test_a_target_nobody_can_reach_costs_its_shortfall() -> None:
    made, demand = one_line(demand=(20, 20, 20))
    result = best(made, demand, sheet(made, "safety_stock", {("A", "P"): [4, 4, 4]}))
    assert values(result, "stock_shortfall") == [4, 4, 4]
    assert result.costs["stock missing"] == pytest.approx(3 * 4 * 2.5 + 4 * 10)


def test_required_closing_stock_comes_before_lateness() -> None:
    made, demand = one_line(demand=(20, 20, 20), sheets={"closing_stock_minimum": {("A", "P"): [NAN, NAN, 6]}})
    result = best(made, demand)
    assert values(result, "closing_stock")[2] == 6
    assert values(result, "backlog")[2] == 6


def test_overdue_customer_orders_are_owed_from_the_start() -> None:
    order = {"order": "1", "kind": "customer", "item": "A", "site": "P", "party": "C", "quantity": 8.0}
    made, demand = one_line(
        demand=(0, 0, 0),
        open_orders=[
            {**order, "due": np.datetime64("2026-12-01")},
            {**order, "order": "2", "due": np.datetime64("2027-02-01")},
        ],
    )
    result = best(made, demand)
    assert values(result, "deliveries") == [8, 0, 0]


def test_open_orders_arrive_when_they_are_due_and_overdue_ones_at_once() -> None:
    order = {"kind": "production", "item": "A", "site": "P", "quantity": 4.0}
    made, demand = one_line(
        open_orders=[
            {**order, "order": "1", "due": np.datetime64("2026-11-30")},
            {**order, "order": "2", "due": np.datetime64("2027-03-31")},
            {**order, "order": "3", "due": np.datetime64("2027-04-01")},
        ]
    )
    assert values(best(made, demand), "open_receipts") == [4, 0, 4]


def test_fixed_production_is_kept_even_where_it_is_not_wanted() -> None:
    made, demand = one_line(demand=(0, 5, 5), sheets={"frozen_production": {("A@P",): [7, NAN, NAN]}})
    result = best(made, demand)
    assert values(result, "production") == [7, 0, 3]
    assert result.findings == ()


def test_fixed_production_given_as_an_argument_replaces_the_plans_own() -> None:
    made, demand = one_line(demand=(0, 5, 5), sheets={"frozen_production": {("A@P",): [7, NAN, NAN]}})
    frozen = sheet(made, "frozen_production", {("A@P",): [0, 0, NAN]})
    result = plan_supply(plan=made, demand=demand, targets=no_targets(made), frozen=frozen)
    assert values(result, "production") == [0, 0, 10]


def test_fixed_production_beyond_capacity_is_a_listed_violation_and_the_plan_still_stands() -> None:
    made, demand = one_line(sheets={"frozen_production": {("A@P",): [26, NAN, NAN]}})
    result = best(made, demand)
    assert values(result, "hours_excess") == [6, 0, 0]
    assert [f.message for f in result.findings] == ["supply.fact_beyond_capacity"]
    assert result.certificate.is_best


def test_open_orders_beyond_storage_are_a_listed_violation() -> None:
    made, demand = one_line(
        demand=(0, 0, 0),
        sheets={"storage_limit": {("P",): [5, 5, 5]}},
        open_orders=[
            {
                "order": "1",
                "kind": "production",
                "item": "A",
                "site": "P",
                "quantity": 9.0,
                "due": np.datetime64("2027-02-10"),
            }
        ],
    )
    result = best(made, demand)
    assert values(result, "storage_excess") == [0, 4, 4]
    assert {f.message for f in result.findings} == {"supply.fact_beyond_storage"}


def test_components_that_fixed_production_lacks_are_a_listed_violation() -> None:
    made, demand = one_line(
        items=[{"item": "A", "value": 10.0}, {"item": "R", "value": 1.0}],
        bills=[{"process": "A@P", "component": "R", "quantity": 2.0}],
        sheets={"frozen_production": {("A@P",): [5, NAN, NAN]}},
    )
    result = best(made, demand)
    assert values(result, "uncovered")[0] == 10
    assert values(result, "deliveries") == [5, 0, 0]
    assert [f.message for f in result.findings] == ["supply.fact_uncovered"]


def test_blank_and_negative_demand_and_unsaid_capacity_are_pointed_out() -> None:
    made, demand = one_line(demand=(10, NAN, -5), hours=(20, NAN, 20))
    result = best(made, demand)
    assert {f.message for f in result.findings} == {
        "supply.demand_blank",
        "supply.demand_negative",
        "supply.capacity_unsaid",
    }
    assert values(result, "deliveries") == [10, 0, 0]
    assert np.isnan(values(result, "hours_available")[1])
    assert all(f.text("en") and f.text("zh") and f.remedy("zh") for f in result.findings)


def test_a_sheet_over_other_periods_is_refused_instead_of_read_as_blank() -> None:
    made, demand = one_line()
    other, late = one_line(start="2028-01")
    with pytest.raises(MisalignedSheets, match="2028-01"):
        best(made, late)
    with pytest.raises(MisalignedSheets):
        best(made.with_sheets(capacity_regular=other.sheet("capacity_regular")), demand)


def test_a_foreign_price_needs_a_rate_in_every_period() -> None:
    bought = {
        "suppliers": [{"supplier": "S"}],
        "sources": [{"item": "A", "site": "P", "supplier": "S", "price": 2.0, "currency": "USD"}],
    }
    made, demand = one_line(sheets={"rate": {("USD",): [7, 7.1, 7.2]}}, **bought)
    assert best(made, demand).costs["production"] == pytest.approx(300)
    made, demand = one_line(sheets={"rate": {("USD",): [1, NAN, 1]}}, **bought)
    with pytest.raises(ValueError, match="USD"):
        best(made, demand)


def test_a_supplier_limit_is_shared_by_all_it_sells() -> None:
    made, demand = one_line(
        hours=(99, 99, 99),
        items=[{"item": "A", "value": 10.0}, {"item": "R", "value": 1.0}, {"item": "Q", "value": 1.0}],
        bills=[{"process": "A@P", "component": i, "quantity": 1.0} for i in ("R", "Q")],
        suppliers=[{"supplier": "S"}],
        sources=[
            {"item": "R", "site": "P", "supplier": "S", "price": 1.0},
            {"item": "Q", "site": "P", "supplier": "S", "price": 1.0, "limit_units": 2.0},
        ],
        sheets={"supplier_limit": {("S",): [45, 45, 45]}},
    )
    result = best(made, demand)
    q, r = result.sheets["purchases_received"].values
    assert (2 * q + r).tolist() == [45, 45, 45]
    assert sum(values(result, "production")) == 45
    assert result.sheets["purchases_required"].values.tolist() == [[10, 30, 20], [10, 30, 20]]
    assert {s.limit.kind for s in result.shortages} == {"supplier limit"}
    assert result.shortages[0].required in (30.0, 60.0, 90.0)
    assert result.shortages[0].hit == (("A", "P", "C"),)


def test_process_and_purchase_limits_are_short_too() -> None:
    made, demand = one_line(
        hours=(99, 99, 99),
        suppliers=[{"supplier": "S"}],
        sources=[{"item": "A", "site": "P", "supplier": "S", "price": 8.0}],
        sheets={"process_limit": {("A@P",): [12, 12, 12]}, "purchase_limit": {("A", "P", "S"): [4, 4, 4]}},
    )
    result = best(made, demand)
    assert {s.limit.kind for s in result.shortages} == {"production", "purchases"}
    assert values(result, "purchases") == [4, 4, 4]
    assert result.unserved[0].reason == "limit"


def test_a_full_store_is_short_where_building_ahead_would_pay() -> None:
    made, demand = one_line(sheets={"storage_limit": {("P",): [4, 4, 4]}})
    result = best(made, demand)
    assert ("storage", ("P",)) in {(s.limit.kind, s.limit.key) for s in result.shortages}
    assert values(result, "backlog") == [0, 6, 6]


def test_demand_that_costs_more_to_serve_than_to_lose_is_told_apart() -> None:
    made, demand = one_line(lost=0.3, late=0.01)
    result = best(made, demand)
    assert values(result, "deliveries") == [0, 0, 0]
    assert [u.reason for u in result.unserved] == ["price"]
    assert result.unserved[0].limits == ()


def test_demand_that_supply_cannot_reach_in_time_is_told_apart() -> None:
    made, demand = one_line(
        hours=(99, 99, 99),
        processes=[{"process": "A@P", "item": "A", "site": "P", "cost": 5.0, "lead_time_days": 30.4375}],
    )
    result = best(made, demand)
    assert values(result, "backlog") == [10, 0, 0]
    assert values(result, "production") == [40, 20, 0]
    assert values(result, "production_finished") == [0, 40, 20]
    assert [u.reason for u in result.unserved] == ["lead time"]


def test_the_worth_of_an_hour_is_confirmed_and_shrinks() -> None:
    """demand 10 24 20 on 20 hours: four units are built ahead; an hour more saves their holding of 1, five hours
    only four of them."""
    result = best(*one_line(demand=(10, 24, 20), hours=(50, 20, 20)))
    short = result.shortages[0]
    assert (short.limit.key, short.limit.period, short.unit) == (("LINE",), "2027-02", "hour")
    assert (short.required, short.available, short.short) == (24, 20, 4)
    assert [gain.more for gain in short.gains] == [1, 2]
    assert short.value == pytest.approx(short.price) == pytest.approx(1)
    assert np.isnan(best(*one_line(), confirm_top=0).shortages[0].value)


def test_a_large_step_is_worth_less_than_its_first_unit() -> None:
    result = best(*one_line(demand=(10, 101, 100, 100), hours=(150, 100, 100, 100)))
    gains = result.shortages[0].gains
    assert [g.more for g in gains] == [1, 5, 10]
    assert [g.saving for g in gains] == pytest.approx([1, 1, 1])


def test_idle_hours_and_stock_nobody_draws_on_are_listed() -> None:
    made, demand = one_line(
        demand=(5, 5, 5),
        resources=[{"resource": "LINE", "site": "P", "regular_cost": 2.0}],
        opening_stock=[{"item": "A", "site": "P", "quantity": 40.0}],
    )
    surpluses = {s.kind: s for s in best(made, demand).surpluses}
    assert surpluses["idle hours"].quantity == 60
    assert surpluses["idle hours"].value == 120
    assert surpluses["excess stock"].quantity == pytest.approx(25)
    assert surpluses["excess stock"].value == pytest.approx(250)


def test_regular_hours_cost_what_they_cost() -> None:
    made, demand = one_line(resources=[{"resource": "LINE", "site": "P", "regular_cost": 2.0}])
    assert best(made, demand).costs["production"] == pytest.approx(60 * 7)


def test_the_demonstrated_share_cuts_the_rated_hours() -> None:
    made, demand = one_line(resources=[{"resource": "LINE", "site": "P", "demonstrated": 0.5}])
    assert values(best(made, demand), "hours_available") == [10, 10, 10]


def two_sites(**more: object) -> Plan:
    """A made at P, moved by a lane for every item to D and from D to E; B is made at P and wanted nowhere."""
    return plan(
        months=3,
        items=[{"item": "A", "value": 10.0}, {"item": "B", "value": 10.0}],
        sites=[{"site": "P"}, {"site": "D", "kind": "dc"}, {"site": "E", "kind": "dc"}],
        customers=[{"customer": "C", "site": "E", "priority": "1"}],
        priorities=[{"priority": "1", "late": 1.0, "lost": 6.0}],
        processes=[{"process": f"{i}@P", "item": i, "site": "P", "cost": 5.0} for i in "AB"],
        lanes=[
            {"item": "", "origin": o, "destination": d, "lead_time_days": 15.21875, "cost": 1.0}
            for o, d in (("P", "D"), ("D", "E"))
        ],
        **more,
    )  # type: ignore[arg-type]


def test_a_lane_for_every_item_is_laid_out_only_where_it_leads_to_demand() -> None:
    made = two_sites()
    result = best(made, sheet(made, "demand", {("A", "E", "C"): [10, 10, 10]}))
    assert result.sheets["transfers"].rows.keys == (("A", "D", "E"), ("A", "P", "D"))
    assert values(result, "production") == [20, 7.5, 2.5]
    assert values(result, "transfers_received", 0) == [10, 10, 10]
    assert values(result, "transfers", 0) == [15, 10, 5]
    assert values(result, "transfers", 1) == [20, 7.5, 2.5]


def test_a_lane_of_its_own_replaces_the_lane_for_every_item() -> None:
    made = two_sites()
    lanes = type(made.network.lanes).of(
        [*made.network.lanes.rows(), {"item": "A", "origin": "D", "destination": "E", "cost": 0.0}]
    )
    from dataclasses import replace

    made = made.with_network(replace(made.network, lanes=lanes.sorted()))
    result = best(made, sheet(made, "demand", {("A", "E", "C"): [10, 10, 10]}))
    assert result.costs["transfers"] == pytest.approx(30 * 1.0, rel=1e-4)
    assert values(result, "transfers", 0) == [10, 10, 10]


def test_terms_of_item_and_customer_win_over_those_of_either_and_over_the_priority() -> None:
    made, demand = one_line(
        demand=(30, 10, 20),
        terms=[
            {"item": "A", "customer": "C", "late_cost": 2.0},
            {"item": "A", "customer": "", "late_cost": 7.0, "lost_cost": 70.0},
        ],
    )
    assert best(made, demand).costs["late"] == pytest.approx(20)


def test_the_planners_cost_of_lost_demand_wins_over_everything() -> None:
    made, demand = one_line(
        demand=(0, 0, 0, 90), hours=(0, 0, 0, 20), sheets={"lost_cost": {("A", "P", "C"): [NAN, NAN, NAN, 33]}}
    )
    result = best(made, demand)
    assert result.costs["lost"] == pytest.approx(70 * 33)


def test_more_load_than_hours_shows_before_limits_and_not_after() -> None:
    """Three units are fixed for the first month: the seven that it lacks load the first free month."""
    made, demand = one_line(demand=(10, 80, 20), sheets={"frozen_production": {("A@P",): [3, NAN, NAN]}})
    result = best(made, demand)
    assert values(result, "load") == [3, 87, 20]
    assert max(values(result, "hours_regular")) <= 20


def test_a_plan_that_is_not_proven_best_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sandop.supply.certificate.PROVEN_GAP", -1.0)
    result = best(*one_line())
    assert [f.message for f in result.findings] == ["supply.not_proven"]
    assert result.findings[0].text("zh")


def test_what_can_never_arrive_is_never_loaded_or_bought() -> None:
    """A process that takes four months in a plan of three: nothing is made, and no load is counted."""
    made, demand = one_line(
        processes=[{"process": "A@P", "item": "A", "site": "P", "cost": 5.0, "lead_time_days": 4 * 30.4375}]
    )
    result = best(made, demand)
    assert values(result, "load") == [0, 0, 0]
    assert values(result, "backlog") == [10, 40, 60]


def test_demand_that_nothing_supplies_has_no_way() -> None:
    """A is made from a part that is neither bought nor made: no limit is short, and no price would help."""
    made, demand = one_line()
    tables = {**made.network.tables(), "processes": Processes.of([])}
    tables |= {"routings": Routings.of([]), "bills": Bills.of([])}
    result = best(made.with_network(Network.of(**tables)), demand)
    assert {u.reason for u in result.unserved} == {"no way"}
