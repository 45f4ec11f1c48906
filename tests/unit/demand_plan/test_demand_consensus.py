"""From opinions to one unconstrained demand plan."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from pump_company import cells, company, keyed, messages, network, past, planned

from sandop.calendar import Periods
from sandop.demand.consensus import DemandPlan, make_demand
from sandop.plan import MisalignedSheets, Plan, Rows, Sheet, apply_changes

NAN = math.nan
STATISTICS = {("D1", "EAST"): [100, 100, 100], ("D2", "EAST"): [300, 300, 300], ("D1", "WEST"): [60, 60, 60]}


def planned_demand(statistics: Any = None, sheets: Any = (), demand: Any = None, **opinions: Any) -> DemandPlan:
    items = opinions.pop("items", None)
    plan = company(network=network(items, **opinions), sheets=sheets, **(demand or {}))
    return make_demand(plan=plan, statistical=planned("statistical", statistics or STATISTICS))


def test_consensus_is_the_mean_where_sales_spoke() -> None:
    """
    baseline   100  100  100
    sales      140    -  100
    consensus  120  100  100
    """
    demand = planned_demand(sheets=[planned("sales_forecast", {("D1", "EAST"): [140, NAN, 100]})])
    assert cells(demand.sheets["consensus"], "D1", "EAST") == [120, 100, 100]
    assert cells(demand.sheets["demand"], "D1", "WEST") == [60, 60, 60]


def test_a_sales_forecast_of_zero_is_an_opinion() -> None:
    demand = planned_demand(sheets=[planned("sales_forecast", {("D1", "WEST"): [0, NAN, NAN]})])
    assert cells(demand.sheets["consensus"], "D1", "WEST") == [30, 60, 60]


def test_where_only_sales_spoke_its_number_stands() -> None:
    demand = planned_demand(sheets=[planned("sales_forecast", {("I1", "WEST"): [5, 6, NAN]})])
    consensus = cells(demand.sheets["consensus"], "I1", "WEST")
    assert consensus[:2] == [5, 6]
    assert math.isnan(consensus[2])
    assert math.isnan(cells(demand.sheets["baseline"], "I1", "WEST")[0])
    (finding,) = demand.findings
    assert messages(demand.findings) == ["demand.blank"]
    assert finding.values == {"series": "I1 | DC-W | WEST", "first": "2026-03", "months": 1}


def test_sales_that_left_the_promotion_out_is_asked_about_the_same_quantity() -> None:
    """
    statistics 100, promotion +20: baseline 120. Sales says 90 without the promotion, which is 110 with it.
    consensus  (120 + 110) / 2 = 115; had sales included it: (120 + 90) / 2 = 105
    """
    promotion = {"activity": "A", "item": "D1", "customer": "EAST", "start": "2026-01", "uplift": 0.2}
    sales = [planned("sales_forecast", {("D1", "EAST"): [90, NAN, NAN]})]
    without = planned_demand(sheets=sales, demand={"sales_includes": ["launches"]}, activities=[promotion])
    including = planned_demand(sheets=sales, activities=[promotion])
    assert cells(without.sheets["consensus"], "D1", "EAST")[0] == 115
    assert cells(including.sheets["consensus"], "D1", "EAST")[0] == 105


def test_sales_that_left_the_launch_out_is_given_it() -> None:
    """D2 300, of which the launch of D1 takes 60: 240. Sales says 280 without the launch, 220 with it: 230."""
    launch = {"item": "D1", "customer": "EAST", "launch": "2026-01", "monthly": 60, "ramp_months": 1}
    demand = planned_demand(
        {("D2", "EAST"): [300, 300, 300]},
        [planned("sales_forecast", {("D2", "EAST"): [280, NAN, NAN]})],
        {"sales_includes": ["activities"]},
        launches=[{**launch, "replaces": "D2", "replaced": 1.0}],
    )
    assert cells(demand.sheets["consensus"], "D2", "EAST") == [230, 240, 240]


def test_what_sales_left_out_never_makes_its_opinion_negative() -> None:
    lost = {"activity": "A", "item": "D1", "customer": "EAST", "start": "2026-01", "uplift": -1.0}
    demand = planned_demand(
        sheets=[planned("sales_forecast", {("D1", "EAST"): [70, NAN, NAN]})],
        demand={"sales_includes": ["launches"]},
        activities=[lost],
    )
    assert cells(demand.sheets["consensus"], "D1", "EAST")[0] == 0


def test_a_sales_forecast_far_from_the_baseline_is_questioned_worst_first() -> None:
    """EAST D1 700 beside 300; WEST D1 20 beside 60; D2 310 beside 300 is near enough."""
    sales = {("D1", "WEST"): [20, NAN, NAN], ("D1", "EAST"): [70, 70, 560], ("D2", "EAST"): [310, NAN, NAN]}
    demand = planned_demand(sheets=[planned("sales_forecast", sales)])
    assert messages(demand.findings) == ["demand.sales_far", "demand.sales_far"]
    assert [finding.values for finding in demand.findings] == [
        {"series": "D1 | DC-E | EAST", "sales": 700.0, "baseline": 300.0},
        {"series": "D1 | DC-W | WEST", "sales": 20.0, "baseline": 60.0},
    ]


def test_demand_given_elsewhere_replaces_the_computed_one_but_not_where_it_is_blank() -> None:
    demand = planned_demand(sheets=[planned("demand_given", {("D1", "EAST"): [70, NAN, 100]})])
    assert cells(demand.sheets["demand"], "D1", "EAST") == [70, 100, 100]
    assert messages(demand.findings) == ["demand.given_replaces"]
    assert demand.findings[0].values["cells"] == 1


def test_a_plan_of_nothing_but_given_demand_is_a_plan() -> None:
    """A textbook company: no history, no statistics."""
    plan = company(network=network(), sheets=[planned("demand_given", {("D1", "EAST"): [1600, 3000, 3200]})])
    nothing = Sheet.blank("statistical", Rows(("item", "site", "customer"), ()), Periods.months("2026-01", 3))
    demand = make_demand(plan=plan, statistical=nothing)
    assert cells(demand.sheets["demand"], "D1", "EAST") == [1600, 3000, 3200]
    assert demand.findings == ()


def test_opinions_in_weeks_are_heard_in_months() -> None:
    """A plan whose supply runs in weeks: sales says 25 in each of the five weeks of January 2026."""
    base = company(network=network())
    time = base.settings.time.model_copy(update={"bucket": "week"})
    weeks = Periods.weeks("2026-01", 3)
    values = [25.0 if month == 0 else NAN for month in weeks.month_of]
    sales = Sheet.of("sales_forecast", weeks, keyed({("D1", "EAST"): values}))
    plan = Plan(base.settings.model_copy(update={"time": time}), base.network, {"sales_forecast": sales})
    demand = make_demand(plan=plan, statistical=planned("statistical", STATISTICS))
    assert cells(demand.sheets["consensus"], "D1", "EAST") == [112.5, 100, 100]


def test_an_override_of_a_family_is_shared_in_proportion_and_keeps_who_and_why() -> None:
    """
    2026-02    D1 EAST 100, D2 EAST 300, D1 WEST 60: 460 pumps of DOM
    override   DOM East 500 instead of 400: 125 and 375
    """
    row = {"override": "1", "family": "DOM", "region": "East", "period": "2026-02", "quantity": 500}
    demand = planned_demand(overrides=[row])
    assert cells(demand.sheets["demand"], "D1", "EAST") == [100, 125, 100]
    assert cells(demand.sheets["demand"], "D2", "EAST") == [300, 375, 300]
    assert cells(demand.sheets["demand"], "D1", "WEST") == [60, 60, 60]
    assert cells(demand.sheets["override_effect"], "D2", "EAST") == [0, 75, 0]
    assert demand.reports["overrides"] == [
        {
            "override": "1",
            "who": "zhou",
            "when": "2026-01-05",
            "scope": "DOM | East",
            "period": "2026-02",
            "before": 400,
            "after": 500,
            "why": "tender",
        }
    ]
    changes = {change.row: (change.who, change.before, change.after, change.why) for change in demand.changes}
    assert changes[("D1", "DC-E", "EAST")] == ("zhou", 100.0, 125.0, "tender")
    assert len(changes) == 2


def test_the_later_override_wins_whatever_the_order_of_the_file() -> None:
    """Number 10 comes after number 9 of the same day, and an earlier day comes before both."""
    day = np.datetime64("2026-01-02")
    rows = [
        {"override": "10", "item": "D1", "customer": "EAST", "period": "2026-01", "quantity": 110},
        {"override": "9", "item": "D1", "customer": "EAST", "period": "2026-01", "quantity": 90},
        {"override": "11", "item": "D1", "customer": "EAST", "period": "2026-01", "quantity": 11, "when": day},
    ]
    for order in (rows, rows[::-1]):
        demand = planned_demand(overrides=order)
        assert cells(demand.sheets["demand"], "D1", "EAST")[0] == 110
        assert [row["before"] for row in demand.reports["overrides"]] == [100, 11, 90]


def test_consensus_and_changes_make_the_demand() -> None:
    rows = [
        {"override": "1", "family": "DOM", "period": "2026-01", "quantity": 1000},
        {"override": "2", "customer": "WEST", "period": "2026-01", "quantity": 10},
    ]
    demand = planned_demand(overrides=rows)
    again = apply_changes(demand.sheets["consensus"].named("demand"), demand.changes)
    assert again.values.tolist() == demand.sheets["demand"].values.tolist()


def test_an_override_in_plan_units_is_converted_to_packs() -> None:
    """A pack of S1 weighs half a kilogram: 30 kg are 60 packs."""
    demand = planned_demand(
        {("S1", "EAST"): [80, 80, 80]},
        overrides=[{"override": "1", "family": "SPA", "period": "2026-01", "quantity": 30}],
    )
    assert cells(demand.sheets["demand"], "S1", "EAST") == [60, 80, 80]
    assert demand.reports["overrides"][0]["before"] == 40


def test_an_override_of_nothing_is_shared_evenly() -> None:
    demand = planned_demand(
        {("D1", "EAST"): [0, 0, 0], ("D2", "EAST"): [0, 0, 0]},
        overrides=[{"override": "1", "family": "DOM", "period": "2026-01", "quantity": 10}],
    )
    assert cells(demand.sheets["demand"], "D1", "EAST") == [5, 0, 0]


def test_an_override_that_names_item_and_customer_opens_their_series() -> None:
    row = {"override": "1", "item": "I1", "customer": "WEST", "period": "2026-02", "quantity": 7}
    demand = planned_demand(overrides=[row])
    assert cells(demand.sheets["demand"], "I1", "WEST") == [0, 7, 0]
    assert messages(demand.findings) == []


def test_a_total_says_nothing_about_a_blank_beside_known_demand() -> None:
    """DOM at 200: D1 had 100, D2 is blank in January and stays so; where all is blank the total is shared."""
    sheets = [planned("demand_given", {("D2", "EAST"): [NAN, NAN, 50], ("D1", "EAST"): [100, NAN, 50]})]
    rows = [
        {"override": "1", "family": "DOM", "period": "2026-01", "quantity": 200},
        {"override": "2", "family": "DOM", "period": "2026-02", "quantity": 90},
    ]
    plan = company(network=network(overrides=rows), sheets=sheets)
    nothing = Sheet.blank("statistical", Rows(("item", "site", "customer"), ()), Periods.months("2026-01", 3))
    demand = make_demand(plan=plan, statistical=nothing)
    assert cells(demand.sheets["demand"], "D1", "EAST") == [200, 45, 50]
    assert math.isnan(cells(demand.sheets["demand"], "D2", "EAST")[0])
    assert cells(demand.sheets["demand"], "D2", "EAST")[1] == 45
    assert demand.reports["overrides"][1]["before"] is None


@pytest.mark.parametrize(
    ("override", "message"),
    [
        ({"family": "IND", "period": "2026-01"}, "demand.override_without_scope"),
        ({"family": "DOM", "period": "2025-12"}, "demand.override_outside_horizon"),
        ({"region": "East", "period": "2026-01"}, "demand.override_mixes_units"),
    ],
)
def test_an_override_that_cannot_be_meant_is_a_finding(override: dict[str, Any], message: str) -> None:
    statistics = {("D1", "EAST"): [100] * 3, ("S1", "EAST"): [80] * 3}
    demand = planned_demand(statistics, overrides=[{"override": "1", "quantity": 5, **override}])
    assert messages(demand.findings) == [message]
    assert not demand.sheets["override_effect"].values.any()
    assert demand.reports["overrides"] == []


def test_demand_after_the_last_month_of_sale_is_zero_whoever_says_otherwise() -> None:
    sheets = [
        planned("sales_forecast", {("D1", "EAST"): [100, 100, 40]}),
        planned("demand_given", {("D1", "WEST"): [60, 60, 60]}),
    ]
    row = {"override": "1", "item": "D1", "period": "2026-03", "quantity": 999}
    demand = planned_demand(sheets=sheets, items={"D1": {"phase_out": "2026-02"}}, overrides=[row])
    assert cells(demand.sheets["demand"], "D1", "EAST") == [100, 100, 0]
    assert cells(demand.sheets["demand"], "D1", "WEST") == [60, 60, 0]
    assert messages(demand.findings) == [
        "demand.outside_sale",
        "demand.outside_sale",
        "demand.override_without_scope",
    ]


def test_the_rows_are_the_union_of_everything_anybody_speaks_of() -> None:
    sheets = [
        past("orders", {("D1", "EAST"): [1], ("I1", "EAST"): [1]}),
        planned("sales_forecast", {("D2", "WEST"): [1, 1, 1]}),
        planned("demand_given", {("S1", "WEST"): [1, 1, 1]}),
    ]
    launch = {"item": "I1", "customer": "WEST", "launch": "2026-01", "monthly": 5}
    demand = planned_demand({("D1", "EAST"): [1, 1, 1]}, sheets, launches=[launch])
    wanted = [("D1", "EAST"), ("I1", "EAST"), ("D2", "WEST"), ("S1", "WEST"), ("I1", "WEST")]
    assert set(demand.sheets["demand"].rows.keys) == set(keyed({key: [0] for key in wanted}))
    for sheet in demand.sheets.values():
        assert sheet.rows == demand.sheets["demand"].rows


def test_many_blank_series_are_listed_up_to_twenty_and_counted() -> None:
    """Thirty customers' items of which nobody has spoken: 20 findings and one that counts the other ten."""
    keys = [(f"X{i:02d}", "DC-E", "EAST") for i in range(30)]
    base = network()
    items = type(base.items).of([{"item": key[0], "family": "DOM", "value": 1} for key in keys])
    plan = company(network=type(base)(**{**base.tables(), "items": items}))
    silent = Sheet.blank("statistical", Rows.of(("item", "site", "customer"), keys), Periods.months("2026-01", 3))
    findings = make_demand(plan=plan, statistical=silent).findings
    assert len(findings) == 21
    assert messages(findings)[-1] == "demand.blank_more"
    assert findings[-1].values["count"] == 10


def test_statistics_of_another_grain_are_refused() -> None:
    wrong = Sheet.blank("stock_target", Rows(("item", "site"), (("D1", "DC-E"),)), Periods.months("2026-01", 3))
    with pytest.raises((MisalignedSheets, ValueError)):
        make_demand(plan=company(network=network()), statistical=wrong)
