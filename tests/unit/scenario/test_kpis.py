"""Every key figure by hand, on the plan of `family_cases` and `money_company`."""

from dataclasses import replace

import numpy as np
import pytest

from family_cases import A, case, sheets_of_the_plan, with_last_version
from money_company import A_EAST, S_EAST, closing_stock, company, deliveries, flat, network, purchases
from sandop.calendar import Periods
from sandop.finance import project
from sandop.network import Goals, OpenOrders
from sandop.plan import Plan, Sheet
from sandop.scenario.kpis import KEY_FIGURES, kpis, status
from sandop.scenario.month import Month


def figures(month: Month, column: str = "value") -> dict[str, object]:
    return {str(row["kpi"]): row[column] for row in kpis(month=month)}


def in_money(plan: Plan) -> Month:
    made = project(
        plan=plan, deliveries=deliveries(plan), closing_stock=closing_stock(plan), purchases=purchases(plan)
    )
    return Month(plan, made.sheets, made.reports)


def goal(name: str, target: float, tolerance: float) -> Goals:
    return Goals.of([{"goal": name, "target": target, "tolerance": tolerance}])


@pytest.mark.parametrize(
    ("better", "value", "light"),
    [
        ("high", 0.97, "green"),
        ("high", 0.96, "amber"),
        ("high", 0.94, "red"),
        ("low", 0.96, "green"),
        ("low", 0.98, "amber"),
        ("low", 1.1, "red"),
        ("near", -0.97, "green"),
        ("near", -0.99, "amber"),
        ("near", 1.2, "red"),
    ],
)
def test_the_light_follows_target_tolerance_and_direction(better: str, value: float, light: str) -> None:
    assert status(value=value, target=0.97, tolerance=0.02, better=better) == light


def test_without_a_target_or_a_value_there_is_no_light() -> None:
    assert status(value=1.0, target=float("nan"), tolerance=0.0, better="high") == "none"
    assert status(value=float("nan"), target=1.0, tolerance=0.0, better="high") == "none"


def test_fill_rate_counts_what_is_delivered_when_asked_for() -> None:
    """Pumps: January 96 - 6 old = 90 of 100; February 128 - 10 = 118 of 120; March 90 of 90. Spares 40 each.

    (298 x 30 + 120 x 2) / (310 x 30 + 120 x 2)
    """
    assert figures(case())["fill_rate"] == pytest.approx(9180 / 9540, abs=1e-6)


def test_backlog_share_is_the_mean_backlog_over_the_mean_demand() -> None:
    assert figures(case())["backlog_share"] == pytest.approx(10 * 30 / 9540, abs=1e-6)


def test_money_figures_by_hand() -> None:
    """Revenue 5,904 a month against a budget of 6,180; cost 3,680; stock 1,360; 365 days."""
    found = figures(in_money(company()))
    assert found["revenue_to_budget"] == pytest.approx(5904 / 6180, abs=1e-6)
    assert found["margin_share"] == pytest.approx((5904 - 3680) / 5904, abs=1e-6)
    assert found["stock_days"] == pytest.approx(1360 / (3680 * 12 / 365), abs=1e-5)


def test_cash_days_are_stock_and_receivables_less_payables() -> None:
    month = in_money(company())
    owed = month.sheets["receivables"].values[0].mean()
    cost, revenue = 3680 * 12 / 365, 5904 * 12 / 365
    assert figures(month)["cash_conversion_days"] == pytest.approx((1360 - 1200) / cost + owed / revenue, abs=1e-5)


def test_without_a_whole_year_margin_is_that_of_the_horizon_and_budget_has_no_figure() -> None:
    found = figures(in_money(company(time={"months": 6}, network=network(goals=goal("revenue_to_budget", 1, 0)))))
    assert found["margin_share"] == pytest.approx((5904 - 3680) / 5904, abs=1e-6)
    assert found["revenue_to_budget"] is None


def test_the_highest_utilisation_of_any_resource_counts() -> None:
    months = Periods.months("2026-01", 2)
    sheets = {
        "hours_regular": Sheet.of("hours_regular", months, {("LINE",): [80, 100]}),
        "hours_overtime": Sheet.of("hours_overtime", months, {("LINE",): [0, 10]}),
        "hours_available": Sheet.of("hours_available", months, {("LINE",): [100, 100]}),
    }
    assert figures(Month(company(), sheets))["utilisation_peak"] == 1.1
    idle = sheets | {"hours_available": Sheet.of("hours_available", months, {("LINE",): [0, 0]})}
    assert "utilisation_peak" not in figures(Month(company(), idle))


def test_accuracy_is_the_demand_plans_at_item_level_one_month_ahead() -> None:
    def row(stream: str, level: str, node: str, lag: int, wmape: float) -> dict[str, object]:
        return {"stream": stream, "level": level, "node": node, "lag": lag, "wmape": wmape, "bias": -wmape / 2}

    rows = [
        row("statistical", "item", "", 1, 0.3),
        row("demand", "item", "", 2, 0.5),
        row("demand", "item", "A", 1, 0.6),
        row("demand", "family", "", 1, 0.7),
        row("demand", "item", "", 1, 0.2),
    ]
    found = figures(Month(company(), {}, {"accuracy": rows}))  # type: ignore[dict-item]
    assert (found["forecast_wmape"], found["forecast_bias"]) == (0.2, -0.1)
    only = figures(Month(company(), {}, {"accuracy": rows[:1]}))  # type: ignore[dict-item]
    assert only["forecast_wmape"] == 0.3


def test_schedule_attainment_is_what_was_made_of_what_was_planned() -> None:
    """The December version wanted 80 pumps finished in December; 95 were made: more does not count."""
    month = with_last_version(case())
    assert figures(month)["schedule_attainment"] == 1.0
    made = flat("production_actual", month.plan.calendar.history, {A: 60.0})
    month = replace(month, plan=month.plan.with_sheets(production_actual=made))
    assert figures(month)["schedule_attainment"] == 0.75


def test_a_version_that_did_not_plan_the_month_says_nothing_of_its_attainment() -> None:
    month = case()
    month = replace(month, plan=replace(month.plan, previous=sheets_of_the_plan()))
    assert "schedule_attainment" not in figures(month)


def test_the_last_version_gives_the_figure_before() -> None:
    """Then 60 pumps a month were planned for EAST, and no budget has moved: 60 x 46.8 + 180 in 12 months."""
    plan = company()
    then = project(
        plan=plan,
        deliveries=flat("deliveries", plan.calendar.horizon, {A_EAST: 60, S_EAST: 40}),
        closing_stock=closing_stock(plan),
    )
    approved = replace(plan, previous=then.sheets)
    before = figures(in_money(approved), "previous")
    assert before["revenue_to_budget"] == pytest.approx((60 * 46.8 + 180) / 6180, abs=1e-6)
    assert before["stock_days"] == pytest.approx(1360 / ((60 * 30 + 80) * 12 / 365), abs=1e-5)
    assert before["margin_share"] == pytest.approx((60 * 16.8 + 100) / (60 * 46.8 + 180), abs=1e-6)


def test_without_a_last_version_there_is_no_figure_before() -> None:
    assert set(figures(in_money(company()), "previous").values()) == {None}


def test_a_goal_without_a_figure_is_shown_without_a_light() -> None:
    plan = company(network=network(goals=goal("fill_rate", 0.97, 0.01)))
    (row,) = kpis(month=Month(plan))
    assert (row["value"], row["target"], row["status"], row["unit"]) == (None, 0.97, "none", "share")


def test_every_goal_of_the_company_has_its_figure() -> None:
    (column,) = [column for column in Goals.columns() if column.name == "goal"]
    assert {figure.kpi for figure in KEY_FIGURES} == set(column.choices)


def test_weeks_of_supply_are_measured_against_months_of_demand() -> None:
    plan = company(time={"bucket": "week", "months": 1}, network=network(open_orders=OpenOrders.of()))
    weeks = plan.calendar.horizon
    sheets = {
        "demand": Sheet.of("demand", Periods.months("2026-01", 1), {A_EAST: [100]}),
        "deliveries": flat("deliveries", weeks, {A_EAST: 16.0}),
        "backlog": Sheet.of("backlog", weeks, {A_EAST: np.linspace(4, 20, 5).tolist()}),
    }
    found = figures(Month(plan, sheets))
    assert found["fill_rate"] == pytest.approx(0.8) and found["backlog_share"] == pytest.approx(0.2)
