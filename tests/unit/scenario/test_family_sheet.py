"""What the family sheet does where numbers are missing or do not agree; its numbers are a textbook test."""

from dataclasses import replace

import numpy as np

from family_cases import AHEAD, A, S, case, sheets_of_the_plan
from money_company import A_EAST, company, flat
from sandop.calendar import Periods
from sandop.plan import Sheet
from sandop.scenario.family_lines import planned_lines
from sandop.scenario.family_sheet import family_sheet
from sandop.scenario.month import Month
from sandop.wording import say


def failing(month: Month) -> set[tuple[object, object, object]]:
    _, checks = family_sheet(month=month)
    return {(row["family"], row["identity"], row["period"]) for row in checks if not row["holds"]}


def test_stock_that_nobody_made_breaks_the_identity_of_its_month_and_the_next() -> None:
    month = case()
    stock = month.sheets["closing_stock"]
    wrong = stock.with_values(stock.values + np.array([[0.0, 0.0, 0.0], [0.0, 5.0, 0.0], [0.0, 0.0, 0.0]]))
    month = replace(month, sheets={**month.sheets, "closing_stock": wrong})
    assert failing(month) == {("DOM", "identity.stock", "2026-02"), ("DOM", "identity.stock", "2026-03")}


def test_deliveries_that_no_order_explains_break_the_backlog() -> None:
    month = case()
    owed = Sheet.of("backlog", AHEAD, {A_EAST: [12, 0, 0]})
    month = replace(month, sheets={**month.sheets, "backlog": owed})
    assert ("DOM", "identity.backlog", "2026-01") in failing(month)


def test_a_plan_that_starts_with_other_stock_than_was_counted_is_seen() -> None:
    month = case()
    counted = Sheet.of("stock_actual", month.plan.calendar.history, {A: [55.0] * 24, S: [80.0] * 24})
    month = replace(month, plan=month.plan.with_sheets(stock_actual=counted))
    assert failing(month) == {("DOM", "identity.opening_stock", "2026-01")}


def test_shipments_that_were_never_ordered_show_as_a_negative_backlog() -> None:
    month = case()
    shipments = month.plan.sheet("shipments")
    short = shipments.with_values(shipments.values - np.array([[0.0] * 23 + [20.0], [0.0] * 24]))
    month = replace(month, plan=month.plan.with_sheets(shipments=short))
    assert ("DOM", "identity.known_backlog", "2025-11") in failing(month)


def test_a_month_without_a_supply_plan_has_no_sheet() -> None:
    month = case()
    assert family_sheet(month=Month(month.plan)) == ([], [])


def test_a_plan_without_history_shows_its_own_months_only() -> None:
    plan = company(
        time={"history_start": "2026-01", "months": 3},
        without=("orders", "shipments", "revenue_actual", "stock_actual", "production_actual", "rate"),
    )
    rows, checks = family_sheet(month=Month(plan, sheets_of_the_plan()))
    assert {row["period"] for row in rows} == set(AHEAD.labels)
    assert {row["identity"] for row in checks} == {"identity.backlog", "identity.stock"}


def test_history_without_orders_has_no_backlog() -> None:
    month = case()
    plan = replace(month.plan, sheets={k: v for k, v in month.plan.sheets.items() if k != "orders"})
    rows, _ = family_sheet(month=replace(month, plan=plan))
    assert not [row for row in rows if row["line"] == "backlog" and row["version"] == "actual"]


def test_a_plan_in_weeks_is_shown_in_months() -> None:
    plan = company(time={"bucket": "week", "months": 2})
    weeks = plan.calendar.horizon
    flow = flat("deliveries", weeks, {A_EAST: 10.0})
    sheets = {
        "demand": flat("demand", Periods.months("2026-01", 2), {A_EAST: 50.0}),
        "deliveries": flow,
        "closing_stock": flat("closing_stock", weeks, {A: 7.0}),
        "open_receipts": flat("open_receipts", weeks, {A: 0.0}),
    }
    lines = planned_lines(plan, sheets, ("DOM",))
    assert lines is not None
    assert lines.of("shipments", "DOM", "2026-01") == 50.0 and lines.of("stock", "DOM", "2026-02") == 7.0
    assert np.isnan(lines.of("shipments", "DOM", "2027-01"))


def test_identities_can_be_said_in_both_languages() -> None:
    _, checks = family_sheet(month=case())
    for identity in {str(row["identity"]) for row in checks}:
        assert say(identity, "en") and not say(identity, "zh").isascii()
