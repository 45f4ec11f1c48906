"""How the last month and the year to date did, on `money_company`."""

import numpy as np
import pytest

from money_company import A_EAST, A_USA, S_EAST, company, flat, network
from sandop.calendar import Periods
from sandop.finance import business_review, fill_rate, on_time, past_backlog, served_on_time
from sandop.network import OpenOrders
from sandop.plan import Plan, Rows, Sheet

PAST = Periods.months("2024-01", 24)


def row(plan: Plan, line: str, level: str, node: str, span: str) -> dict[str, object]:
    (found,) = [
        dict(row)
        for row in business_review(plan=plan)
        if (row["line"], row["level"], row["node"], row["span"]) == (line, level, node, span)
    ]
    return found


def test_the_last_month_and_the_year_to_date_stand_beside_last_year() -> None:
    plan = company()
    assert row(plan, "revenue", "company", "", "month")["actual"] == 5240.0
    to_date = row(plan, "revenue", "company", "", "ytd")
    assert (to_date["actual"], to_date["last_year"], to_date["budget"]) == (62880.0, 62880.0, None)


def test_a_fiscal_year_to_date_begins_with_the_fiscal_year() -> None:
    plan = company(company={"fiscal_year_start": 10})
    assert row(plan, "margin", "family", "DOM", "ytd")["actual"] == 3 * (5060.0 - 110 * 30)


def test_a_past_budget_and_estimate_are_shown_as_they_were() -> None:
    budget = flat("budget_revenue", PAST, {A_EAST: 5000, S_EAST: 100})
    estimate = flat("le_revenue", PAST, {A_EAST: 4700})
    plan = company(sheets={"budget_revenue": budget, "le_revenue": estimate})
    found = row(plan, "revenue", "company", "", "ytd")
    assert (found["budget"], found["le"]) == (61200.0, 56400.0)


def test_sales_are_seen_by_the_customers_region_and_stock_by_the_sites() -> None:
    plan = company()
    assert row(plan, "revenue", "region", "Export", "month")["actual"] == 560.0
    assert row(plan, "stock_value", "region", "East", "month")["actual"] == 1960.0
    assert row(plan, "stock_value", "family", "DOM", "ytd")["actual"] == 1800.0


def test_volume_is_in_plan_units() -> None:
    assert row(company(), "volume", "family", "SPARE", "month")["actual"] == 20.0


def test_nothing_closed_nothing_to_review() -> None:
    bare = company(
        time={"history_start": "2026-01"},
        without=("orders", "shipments", "revenue_actual", "stock_actual", "production_actual", "rate"),
    )
    assert business_review(plan=bare) == []


def test_without_shipments_there_is_no_service() -> None:
    plan = company(without=("shipments",))
    assert served_on_time(plan=plan) is None
    assert "service" not in {found["line"] for found in business_review(plan=plan)}


def test_old_orders_are_served_first() -> None:
    """Asked 10, 10, 10; shipped 6, 14, 8.

    Backlog at the start 0, 4, 0: on time 6, 10, 8; 2 are still owed in the end.
    """
    orders = Sheet.of("orders", Periods.months("2025-10", 3), {A_EAST: [10, 10, 10]})
    shipments = Sheet.of("shipments", Periods.months("2025-10", 3), {A_EAST: [6, 14, 8]})
    before = past_backlog(orders=orders, shipments=shipments, closing=np.array([2.0]))
    assert before.tolist() == [[0.0, 4.0, 0.0]]
    timely = on_time(demand=orders.values, served=shipments.values, backlog=before)
    assert timely.tolist() == [[6.0, 10.0, 8.0]]


def test_service_is_the_share_of_orders_served_in_the_month_asked_for() -> None:
    """In December USA asked for 10 and got 4; the other 6 are overdue when the plan starts.

    Pumps at 30: (100 + 4) x 30 + 40 x 2 = 3,200 of 110 x 30 + 40 x 2 = 3,380.
    """
    sent = {A_EAST: [100.0] * 24, A_USA: [10.0] * 23 + [4.0], S_EAST: [40.0] * 24}
    overdue = OpenOrders.of(
        [
            {
                "order": "SO-1",
                "kind": "customer",
                "item": "A",
                "site": "P1",
                "party": "USA",
                "due": np.datetime64("2025-12-20"),
                "quantity": 6.0,
            },
            {
                "order": "SO-2",
                "kind": "customer",
                "item": "A",
                "site": "P1",
                "party": "USA",
                "due": np.datetime64("2026-02-20"),
                "quantity": 99.0,
            },
        ]
    )
    plan = company(sheets={"shipments": Sheet.of("shipments", PAST, sent)}, network=network(open_orders=overdue))
    assert row(plan, "service", "company", "", "month")["actual"] == pytest.approx(3200 / 3380, abs=1e-6)
    assert row(plan, "service", "region", "Export", "month")["actual"] == pytest.approx(0.4)
    assert row(plan, "service", "family", "SPARE", "ytd")["actual"] == 1.0
    assert row(plan, "service", "region", "Export", "ytd")["last_year"] == 1.0


def test_fill_rate_weighs_units_with_their_cost() -> None:
    plan = company()
    rows = Rows.of(("item", "site", "customer"), [A_EAST, S_EAST])
    asked = Sheet("demand", rows, Periods.months("2026-01", 1), np.array([[10.0], [100.0]]))
    served = asked.with_values(np.array([[5.0], [100.0]]))
    assert fill_rate(plan=plan, demand=asked, served=served, by=())[""][0] == pytest.approx(350 / 500)
    assert fill_rate(plan=plan, demand=asked, served=served, by=("family",))["DOM"][0] == 0.5
