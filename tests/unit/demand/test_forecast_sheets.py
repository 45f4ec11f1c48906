"""The statistical forecast of a plan: sheets in, sheets out."""

from __future__ import annotations

import numpy as np
import pytest

from sandop.calendar import Periods
from sandop.demand.statistical import demand_spread, statistical_forecast, stock_rows
from sandop.plan.sheet import Rows, Sheet

PAST = Periods.months("2022-01", 36)
AHEAD = Periods.months("2025-01", 12)
YEAR = np.array([100, 90, 100, 110, 120, 140, 160, 140, 120, 110, 100, 90.0])
STEADY, OTHER, SPARE = ("PUMP", "DC", "NORTH"), ("PUMP", "DC", "SOUTH"), ("SEAL", "DC", "NORTH")


def orders() -> Sheet:
    """PUMP has a summer season in the north and sells steadily in the south; SEAL is asked for now and then."""
    draw = np.random.default_rng(7)
    north = np.tile(YEAR, 3) * np.exp(draw.normal(0, 0.05, 36))
    south = 50 * np.exp(draw.normal(0, 0.1, 36))
    seal = np.where(draw.random(36) < 0.3, 4.0, 0.0)
    return Sheet.of("orders", PAST, {STEADY: list(north), OTHER: list(south), SPARE: list(seal)})


def test_the_forecast_has_the_rows_of_the_history_and_the_months_of_the_horizon() -> None:
    made = statistical_forecast(orders=orders(), periods=AHEAD)
    assert set(made.sheets) == {"statistical", "statistical_p10", "statistical_p50", "statistical_p90"}
    for sheet in made.sheets.values():
        assert sheet.rows == orders().rows and sheet.periods.labels == AHEAD.labels
    assert made.point.at(STEADY, "2025-07") == pytest.approx(160, rel=0.1)
    assert (made.p10.values <= made.p50.values).all() and (made.p50.values <= made.p90.values).all()


def test_the_report_tells_each_series_story() -> None:
    report = statistical_forecast(orders=orders(), periods=AHEAD).report
    by_name = {(row["item"], row["customer"]): row for row in report}
    assert by_name["PUMP", "NORTH"]["pattern"] == "smooth" and by_name["SEAL", "NORTH"]["route"] == "sporadic"
    assert "season is clear" in str(by_name["PUMP", "NORTH"]["why_en"])
    assert "间歇性" in str(by_name["SEAL", "NORTH"]["why_zh"])


def test_a_stock_out_sheet_lifts_what_was_not_fully_seen() -> None:
    """The south had no stock for half of each of the last four months and sold 10 a month."""
    sold = np.array(orders().values)
    place = orders().rows.position[OTHER]
    sold[place, -4:] = 10
    share = Sheet.of("stocked_out", PAST.slice(32, 36), {OTHER: [0.5] * 4})
    history = orders().with_values(sold)
    blind = statistical_forecast(orders=history, periods=AHEAD)
    seeing = statistical_forecast(orders=history, periods=AHEAD, censored=share)
    assert seeing.point.at(OTHER, "2025-01") == pytest.approx(50, rel=0.15)
    assert blind.point.at(OTHER, "2025-01") < 35
    assert seeing.why.stock_outs[place] == 4


def test_a_horizon_that_does_not_follow_history_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="does not follow"):
        statistical_forecast(orders=orders(), periods=Periods.months("2025-02", 12))
    with pytest.raises(ValueError, match="does not follow"):
        statistical_forecast(orders=orders(), periods=Periods.months("2025-01", 0))
    with pytest.raises(ValueError, match="week"):
        statistical_forecast(orders=orders(), periods=Periods.weeks("2025-01", 2))


def plan() -> Sheet:
    made = statistical_forecast(orders=orders(), periods=AHEAD)
    return made.point.named("demand")


def test_the_spread_of_a_stock_grows_with_its_lead_time_and_its_season() -> None:
    demand = plan()
    stocks = stock_rows(demand.rows)
    assert stocks.keys == (("PUMP", "DC"), ("SEAL", "DC"))
    short, long = (
        demand_spread(orders=orders(), demand=demand, months=np.full((2, 1), months)) for months in (1.0, 3.0)
    )
    assert (long.values > short.values).all()
    assert short.at(("PUMP", "DC"), "2025-07") > short.at(("PUMP", "DC"), "2025-02")
    assert short.name == "demand_spread" and short.periods.labels == AHEAD.labels


def test_errors_that_cancel_between_customers_cancel_in_the_stock() -> None:
    """What the north orders, the south does not: together they are certain."""
    swing = np.random.default_rng(3).normal(0, 20, 36)
    history = Sheet.of("orders", PAST, {STEADY: list(100 + swing), OTHER: list(100 - swing)})
    alone = Sheet.of("orders", PAST, {STEADY: list(100 + swing)})

    def spread(sheet: Sheet) -> float:
        demand = statistical_forecast(orders=sheet, periods=AHEAD).point.named("demand")
        return demand_spread(orders=sheet, demand=demand, months=np.ones((1, 1))).at(("PUMP", "DC"), "2025-01")

    assert spread(history) < 0.1 * spread(alone)


def test_a_launch_without_history_takes_the_root_of_its_demand() -> None:
    demand = Sheet.of("demand", AHEAD, {("NEW", "DC", "NORTH"): [100.0] * 12})
    found = demand_spread(orders=orders(), demand=demand, months=np.full((1, 12), 2.0))
    assert found.values[0, :10] == pytest.approx(np.full(10, np.sqrt(200)))


def test_a_plan_in_weeks_has_the_spread_of_its_months() -> None:
    """The same demand in months and in weeks: the spread over two months is the same."""
    weeks = Periods.weeks("2025-01", 12)
    key = ("SEAL", "DC", "NORTH")
    in_months = Sheet.of("demand", AHEAD, {key: [4.0] * 12})
    in_weeks = Sheet.of("demand", weeks, {key: [4.0 * 12 / len(weeks)] * len(weeks)})
    monthly, weekly = (
        demand_spread(orders=orders(), demand=demand, months=np.full((1, 1), 2.0)) for demand in (in_months, in_weeks)
    )
    assert weekly.periods.labels == weeks.labels
    assert weekly.values[0, 0] == pytest.approx(monthly.values[0, 0])


def test_stock_outs_count_in_the_spread_of_a_stock() -> None:
    sold = np.array(orders().values)
    sold[orders().rows.position[STEADY], -6:] = 0
    history = orders().with_values(sold)
    share = Sheet.of("stocked_out", PAST.slice(30, 36), {STEADY: [1.0] * 6})
    demand = plan()
    months = np.ones((2, 1))
    seeing = demand_spread(orders=history, demand=demand, months=months, censored=share)
    blind = demand_spread(orders=history, demand=demand, months=months)
    assert seeing.at(("PUMP", "DC"), "2025-01") < blind.at(("PUMP", "DC"), "2025-01")


def test_lead_times_of_other_stocks_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="months"):
        demand_spread(orders=orders(), demand=plan(), months=np.ones((5, 1)))


def test_rows_are_found_by_key_not_by_place() -> None:
    assert stock_rows(Rows.of(("item", "site", "customer"), [("B", "S", "1"), ("A", "S", "1"), ("A", "S", "2")])) == (
        Rows.of(("item", "site"), [("A", "S"), ("B", "S")])
    )
