"""The plan in money, checked with a pencil on `money_company`."""

import math

import numpy as np
import pytest

from money_company import (
    A_EAST,
    A_USA,
    MONTH,
    S_EAST,
    closing_stock,
    company,
    deliveries,
    flat,
    horizon,
    network,
    purchases,
)
from sandop.calendar import Periods
from sandop.finance import FinancialProjection, project
from sandop.finance.working_capital import delayed, of_last
from sandop.network import Suppliers
from sandop.plan import Plan, Sheet


def projected(plan: Plan, **given: Sheet) -> FinancialProjection:
    made = {"deliveries": deliveries(plan), "closing_stock": closing_stock(plan), "purchases": purchases(plan)}
    return project(plan=plan, **{**made, **given})


def line(made: FinancialProjection, name: str, scope: str, period: str) -> dict[str, object]:
    (row,) = [
        row for row in made.reports["money"] if (row["line"], row["scope"], row["period"]) == (name, scope, period)
    ]
    return dict(row)


def test_revenue_is_price_times_rate_less_rebate() -> None:
    """110 x 52 x 0.9 = 5,148 · 10 x 8 x 7.2 = 576 · 40 x 5 x 0.9 = 180"""
    made = projected(company())
    revenue = made.sheets["revenue"]
    assert [revenue.at(key, "2026-05") for key in (A_EAST, A_USA, S_EAST)] == [5148.0, 576.0, 180.0]


def test_cost_and_margin_are_at_standard_cost() -> None:
    """110 x 30 = 3,300, so 5,148 leaves 1,848."""
    made = projected(company())
    assert made.sheets["cogs"].at(A_EAST, "2026-01") == 3300.0
    assert made.sheets["margin"].at(A_EAST, "2026-01") == 1848.0


def test_a_missing_price_is_said_and_never_zero() -> None:
    plan = company(
        sheets={"price": flat("price", Periods.months("2026-01", 12), {("A", "EAST"): 52, ("A", "USA"): 8})}
    )
    made = projected(plan)
    assert math.isnan(made.sheets["revenue"].at(S_EAST, "2026-01"))
    (finding,) = [f for f in made.findings if f.message == "price_missing"]
    assert finding.values["quantity"] == 480.0
    assert "S" in finding.text("en") and "价格" in finding.text("zh")
    assert line(made, "revenue", "month", "2026-01")["plan"] == 5148.0 + 576.0


def test_a_missing_rate_is_said_and_its_sales_are_left_out() -> None:
    made = projected(company(without=("rate",)))
    assert [f.values["currency"] for f in made.findings if f.message == "rate_missing"] == ["USD"]
    assert math.isnan(made.sheets["revenue"].at(A_USA, "2026-01"))


def test_nothing_sold_earns_nothing_even_without_a_price() -> None:
    plan = company()
    made = projected(plan, deliveries=flat("deliveries", horizon(plan), {("M", "P1", "EAST"): 0.0}))
    assert made.sheets["revenue"].at(("M", "P1", "EAST"), "2026-01") == 0.0
    assert not [f for f in made.findings if f.message == "price_missing"]


def test_without_any_prices_one_note_says_so() -> None:
    made = projected(company(without=("price",)))
    assert [f.message for f in made.findings if f.message.startswith("price")] == ["prices_absent"]


def test_a_year_stands_beside_budget_and_last_year() -> None:
    """Plan 12 x 5,904; budget 12 x 6,180; last year 12 x (4,500 + 560 + 180)."""
    row = line(projected(company()), "revenue", "year", "2026")
    assert (row["plan"], row["budget"], row["last_year"]) == (70848.0, 74160.0, 62880.0)
    assert row["le"] is None


def test_a_year_that_began_before_the_plan_is_actual_to_date_and_the_plan_after() -> None:
    """Fiscal year April to March, plan from January 2026: nine actual months of 5,240 and three planned of 5,904."""
    made = projected(company(company={"fiscal_year_start": 4}))
    assert line(made, "revenue", "year", "2026")["plan"] == 9 * 5240.0 + 3 * 5904.0
    assert line(made, "revenue", "month", "2025-04")["plan"] == 5240.0
    years = {row["period"] for row in made.reports["money"] if row["scope"] == "year"}
    assert years == {"2026"}, "a fiscal year cut by the horizon is not shown as a whole one"


def test_months_add_up_to_the_year() -> None:
    made = projected(company(company={"fiscal_year_start": 4}))
    of_year = [
        row["plan"]
        for row in made.reports["money"]
        if row["line"] == "margin" and row["scope"] == "month" and "2025-04" <= str(row["period"]) < "2026-04"
    ]
    assert sum(of_year) == pytest.approx(line(made, "margin", "year", "2026")["plan"])  # type: ignore[arg-type]


def test_the_estimate_of_a_year_is_actual_to_date_and_estimated_after() -> None:
    ahead = Periods.months("2026-01", 12)
    estimate = flat("le_revenue", ahead, {A_EAST: 6000.0})
    made = projected(company(company={"fiscal_year_start": 4}, sheets={"le_revenue": estimate}))
    assert line(made, "revenue", "year", "2026")["le"] == 9 * 5240.0 + 3 * 6000.0


def test_a_budget_for_a_part_of_the_year_is_not_set_beside_the_whole_year() -> None:
    half = flat("budget_revenue", Periods.months("2026-01", 6), {A_EAST: 6000.0})
    made = projected(company(sheets={"budget_revenue": half}))
    assert line(made, "revenue", "year", "2026")["budget"] is None
    assert line(made, "revenue", "month", "2026-01")["budget"] == 6000.0


def test_families_with_different_plan_units_have_no_common_volume() -> None:
    made = projected(company())
    assert line(made, "volume", "year", "2026")["plan"] is None
    by_family = {
        row["family"]: row["plan"]
        for row in made.reports["money_by_family"]
        if row["line"] == "volume" and row["scope"] == "year"
    }
    assert by_family == {"DOM": 1440.0, "SPARE": 240.0}


def test_families_add_up_to_the_company() -> None:
    made = projected(company())
    for scope, period in (("month", "2026-03"), ("year", "2026")):
        parts = [
            row["plan"]
            for row in made.reports["money_by_family"]
            if (row["line"], row["scope"], row["period"]) == ("revenue", scope, period)
        ]
        assert sum(part for part in parts if part) == line(made, "revenue", scope, period)["plan"]


def test_stock_value_is_stock_at_standard_cost_and_a_year_ends_with_its_last_month() -> None:
    """40 x 30 + 80 x 2 = 1,360; a year ago 60 x 30 + 160 = 1,960."""
    made = projected(company())
    row = line(made, "stock_value", "year", "2026")
    assert (row["plan"], row["budget"], row["last_year"]) == (1360.0, 1650.0, 1960.0)


def test_customers_owe_the_revenue_of_their_last_payment_days() -> None:
    """End of January: EAST 5,328 + half of 4,680, USA 576 + 560."""
    made = projected(company())
    assert made.sheets["receivables"].values[0, 0] == pytest.approx(5328 + 2340 + 576 + 560)
    assert made.sheets["receivables"].values[0, 5] == pytest.approx(5328 * 1.5 + 576 * 2)


def test_receivables_that_reach_back_before_the_history_are_blank_and_said() -> None:
    made = projected(company(without=("revenue_actual", "shipments")))
    receivables = made.sheets["receivables"].values[0]
    assert np.isnan(receivables[0]) and receivables[1] == pytest.approx(5328 * 1.5 + 576 * 2)
    (finding,) = [f for f in made.findings if f.message == "receivables_unknown"]
    assert (finding.values["first"], finding.values["months"]) == ("2026-01", 1)


def test_suppliers_wait_for_what_was_received_in_their_payment_days() -> None:
    """M arrives half a month after its order: January gets 60 of its own and the open order of 60."""
    made = projected(company())
    assert made.sheets["payables"].values[0, :3] == pytest.approx([1200.0, 1200.0, 1200.0])


def test_receipts_count_when_the_supply_plan_says_they_arrive() -> None:
    plan = company()
    received = flat("purchases_received", horizon(plan), {("M", "P1", "SM"): 100})
    made = projected(plan, purchases_received=received)
    assert made.sheets["payables"].values[0, :2] == pytest.approx([1600.0, 1000.0])


def test_payables_that_reach_back_into_unknown_receipts_are_blank() -> None:
    slow = network(suppliers=Suppliers.of([{"supplier": "SM", "payment_days": 2 * MONTH}]))
    made = projected(company(network=slow))
    payables = made.sheets["payables"].values[0]
    assert np.isnan(payables[0]) and payables[1] == pytest.approx(2400.0)
    assert "payables_unknown" in {f.message for f in made.findings}


def test_past_receipts_of_bought_items_fill_the_payables() -> None:
    slow = network(suppliers=Suppliers.of([{"supplier": "SM", "payment_days": 2 * MONTH}]))
    past = Periods.months("2024-01", 24)
    received = flat("production_actual", past, {("A", "P1"): 110, ("M", "P1"): 90})
    made = projected(company(network=slow, sheets={"production_actual": received}))
    assert made.sheets["payables"].values[0, 0] == pytest.approx(900 + 1200)


def test_a_supplier_without_payment_days_takes_those_of_the_plan() -> None:
    """45 days are 1.478 months: the window reaches back before the plan."""
    plan = company(network=network(suppliers=Suppliers.of([{"supplier": "SM"}])))
    payables = projected(plan).sheets["payables"].values[0]
    assert np.isnan(payables[0]) and payables[4] == pytest.approx(1200 * 45 / MONTH, abs=0.01)


def test_working_capital_is_stock_and_receivables_less_payables() -> None:
    made = projected(company())
    parts = [made.sheets[name].values for name in ("receivables", "payables", "working_capital")]
    stock = np.nansum(made.sheets["stock_value"].values, axis=0)
    np.testing.assert_allclose(parts[2][0], stock + parts[0][0] - parts[1][0])


def test_weeks_are_put_to_months_before_money_is_counted() -> None:
    """January has five parts of weeks; 22 pumps in each are 110."""
    plan = company(time={"bucket": "week", "months": 12})
    weeks = horizon(plan)
    per_week = 1.0 / np.bincount(weeks.month_of)[weeks.month_of]
    sold = Sheet.of("deliveries", weeks, {A_EAST: list(110 * per_week)})
    stock = flat("closing_stock", weeks, {("A", "P1"): 40})
    price = Sheet.of("price", weeks, {("A", "EAST"): [52.0] * len(weeks)})
    made = project(plan=plan.with_sheets(price=price), deliveries=sold, closing_stock=stock)
    assert made.sheets["revenue"].periods.labels[0] == "2026-01"
    assert made.sheets["revenue"].at(A_EAST, "2026-02") == pytest.approx(5148.0, abs=0.01)
    assert made.sheets["stock_value"].at(("A", "P1"), "2026-12") == 1200.0


def test_a_plan_without_history_still_has_its_money() -> None:
    plan = company(
        without=("orders", "shipments", "revenue_actual", "stock_actual", "production_actual", "rate"),
        time={"history_start": "2026-01"},
    )
    made = project(plan=plan, deliveries=deliveries(plan), closing_stock=closing_stock(plan))
    assert line(made, "revenue", "year", "2026")["last_year"] is None
    assert made.sheets["revenue"].at(A_EAST, "2026-01") == 5148.0


def test_a_sum_over_a_fractional_window_takes_a_part_of_the_first_month() -> None:
    flow = np.array([[10.0, 20.0, 30.0]])
    np.testing.assert_allclose(of_last(flow, np.array([1.5])), [[np.nan, 25.0, 40.0]])
    np.testing.assert_allclose(of_last(flow, np.array([0.0])), [[0.0, 0.0, 0.0]])


def test_a_fractional_delay_splits_a_flow_over_two_months() -> None:
    np.testing.assert_allclose(delayed(np.array([[10.0, 20.0, 30.0]]), np.array([1.25])), [[0.0, 7.5, 17.5]])
