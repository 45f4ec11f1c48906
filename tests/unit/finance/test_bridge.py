"""The bridge of a whole plan, on `money_company`."""

from collections import defaultdict

import pytest

from money_company import A_EAST, A_USA, company, deliveries, flat
from sandop.calendar import Periods
from sandop.finance import EFFECTS, Bridge, bridge
from sandop.plan import Plan, Sheet


def bridged(plan: Plan) -> Bridge:
    return bridge(plan=plan, deliveries=deliveries(plan))


def amounts(made: Bridge, compare: str, period: str, level: str, node: str) -> dict[str, float]:
    return {
        str(row["effect"]): float(str(row["amount"]))
        for row in made.rows
        if (row["compare"], row["period"], row["level"], row["node"]) == (compare, period, level, node)
    }


def test_the_year_against_last_year_by_hand() -> None:
    """A EAST: 1,200 → 1,320 pumps, net price 45 → 46.80; A USA: the dollar rises from 7.0 to 7.2; S is unchanged.

    Pumps grow from 1,320 to 1,440: volume of A EAST 54,000 x (1,440/1,320 - 1) = 4,909.09
    """
    made = bridged(company())
    east = amounts(made, "last_year", "2026", "leaf", "A|EAST")
    assert east["price"] == pytest.approx(1320 * 1.8)
    assert east["volume"] == pytest.approx(4909.09)
    assert east["mix"] == pytest.approx((1320 - 1200 * 1440 / 1320) * 45, abs=0.01)
    usa = amounts(made, "last_year", "2026", "leaf", "A|USA")
    assert usa["currency"] == pytest.approx(120 * 8 * 0.2)
    assert "price" not in usa, "in dollars the price stayed"
    spare = amounts(made, "last_year", "2026", "family", "SPARE")
    assert [spare[effect] for effect in EFFECTS] == [0.0] * 6


def test_budget_and_plan_are_the_ends_of_the_bridge() -> None:
    company_level = amounts(bridged(company()), "budget", "2026", "company", "")
    assert (company_level["from"], company_level["to"]) == (74160.0, 70848.0)
    assert company_level["new"] == 6912.0, "the USA is in nobody's budget"


def test_every_level_adds_up_and_levels_agree_to_the_cent() -> None:
    made = bridged(company())
    cents: dict[tuple[object, ...], int] = defaultdict(int)
    for row in made.rows:
        amount = round(float(str(row["amount"])) * 100)
        cents[row["compare"], row["period"], row["level"], row["effect"]] += amount
        sign = {"from": 1, "to": -1}.get(str(row["effect"]), 1)
        cents["sum", row["compare"], row["period"], row["level"], row["node"]] += sign * amount
    assert all(total == 0 for key, total in cents.items() if key[0] == "sum")
    for (compare, period, level, effect), total in ((k, v) for k, v in cents.items() if k[0] != "sum"):
        assert total == cents[compare, period, "company", effect], (level, effect)


def test_the_last_closed_month_and_the_closed_year_are_compared_too() -> None:
    made = bridged(company())
    assert {row["period"] for row in made.rows if row["compare"] == "last_year"} == {"2025-12", "2025", "2026"}


def test_a_year_without_a_budget_is_left_out_and_said() -> None:
    made = bridged(company())
    assert {row["period"] for row in made.rows if row["compare"] == "budget"} == {"2026"}
    assert [f.values["period"] for f in made.findings if f.message == "bridge_without_budget"] == ["2025-12", "2025"]


def test_a_history_of_a_year_has_no_last_year() -> None:
    made = bridged(company(time={"history_start": "2025-01"}, without=("rate",)))
    left_out = [f.values["period"] for f in made.findings if f.message == "bridge_without_last_year"]
    assert left_out == ["2025-12", "2025"]


def test_with_budget_rates_the_currency_stands_apart() -> None:
    """Budget 120 pumps at 8 USD x 6.8; the plan has the dollar at 7.2: 120 x 8 x 0.4 = 384."""
    ahead = Periods.months("2026-01", 12)
    budget = {
        "budget_volume": flat("budget_volume", ahead, {A_EAST: 110, A_USA: 10}),
        "budget_revenue": flat("budget_revenue", ahead, {A_EAST: 5148, A_USA: 544}),
    }
    rate = Sheet.of("budget_rate", ahead, {("USD",): [6.8] * 12})
    with_rate = bridged(company(sheets={**budget, "budget_rate": rate}))
    assert amounts(with_rate, "budget", "2026", "leaf", "A|USA")["currency"] == pytest.approx(384.0)
    assert "bridge_without_budget_rate" not in {f.message for f in with_rate.findings}
    without = bridged(company(sheets=budget))
    assert amounts(without, "budget", "2026", "leaf", "A|USA")["price"] == pytest.approx(384.0)
    (finding,) = [f for f in without.findings if f.message == "bridge_without_budget_rate"]
    assert finding.values["currencies"] == "USD"


def test_an_unknown_rate_of_last_year_leaves_the_currency_in_the_price() -> None:
    ahead = Periods.months("2026-01", 12)
    made = bridged(company(sheets={"rate": Sheet.of("rate", ahead, {("USD",): [7.2] * 12})}))
    assert amounts(made, "last_year", "2026", "leaf", "A|USA")["price"] == pytest.approx(120 * 8 * 0.2)
    assert "USD" in {f.values.get("currency") for f in made.findings if f.message == "bridge_without_rate"}


def test_a_plan_without_history_and_budget_has_no_bridge() -> None:
    bare = company(
        time={"history_start": "2026-01"},
        without=(
            "orders",
            "shipments",
            "revenue_actual",
            "stock_actual",
            "production_actual",
            "budget_revenue",
            "budget_volume",
            "rate",
        ),
    )
    made = bridged(bare)
    assert not made.rows
    assert {f.message for f in made.findings} == {"bridge_without_budget", "bridge_without_last_year"}
