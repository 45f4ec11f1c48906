"""How good past forecasts were, and who made them better."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from pump_company import company, keyed, network, past
from scipy import stats

from sandop.calendar import Periods
from sandop.demand.accuracy import accuracy
from sandop.demand.value_added import forecast_value_added
from sandop.plan import Plan, Sheet

NAN = math.nan


def vintage(month: str, series: Mapping[tuple[str, str], Sequence[float]], name: str = "demand") -> Sheet:
    count = len(next(iter(series.values())))
    return Sheet.of(name, Periods.months(month, count), keyed(series))


def row(report: Sequence[Mapping[str, Any]], **wanted: Any) -> Mapping[str, Any]:
    """The one row of a report with these values."""
    (found,) = [line for line in report if all(line[name] == value for name, value in wanted.items())]
    return found


def two_vintages(sheets: Sequence[Sheet] = ()) -> Plan:
    """
    month              2025-11  2025-12
    orders  D1             100      120
            D2              50       60
    made 2025-11  D1       110      150
                  D2        30       60
    made 2025-12  D1                 90
                  D2                 80
    """
    orders = past("orders", {("D1", "EAST"): [100, 120], ("D2", "EAST"): [50, 60]})
    return company(
        network=network(),
        sheets=[orders, *sheets],
        vintages={
            "2025-11": vintage("2025-11", {("D1", "EAST"): [110, 150], ("D2", "EAST"): [30, 60]}),
            "2025-12": vintage("2025-12", {("D1", "EAST"): [90, 500], ("D2", "EAST"): [80, 500]}),
        },
    )


def test_lag_one_is_the_month_in_which_the_forecast_was_made() -> None:
    """D1 at lag 1: 110 for 100 and 90 for 120: errors +10 and -30, actual 220."""
    line = row(accuracy(plan=two_vintages()), stream="demand", level="item", node="D1", lag=1)
    assert (line["periods"], line["actual"], line["forecast"]) == (2, 220, 200)
    assert line["wmape"] == pytest.approx(40 / 220, abs=1e-6)
    assert line["bias"] == pytest.approx(-20 / 220, abs=1e-6)  # under-forecast is negative
    assert line["tracking_signal"] == pytest.approx(-20 / 20)
    assert line["unit"] == "pump"


def test_a_longer_lag_looks_at_the_older_forecast() -> None:
    """D1 at lag 2: only 150, made in November for December, when 120 were ordered."""
    line = row(accuracy(plan=two_vintages()), stream="demand", level="item", node="D1", lag=2)
    assert (line["periods"], line["bias"]) == (1, 0.25)


def test_errors_of_items_cancel_in_their_total_but_not_in_the_pooled_figure() -> None:
    """
    lag 1     D1 +10, -30   D2 -20, +20
    family    -10, -10 of 330: 20 / 330
    series    80 / 330
    """
    report = accuracy(plan=two_vintages())
    assert row(report, stream="demand", level="total", lag=1)["wmape"] == pytest.approx(20 / 330, abs=1e-6)
    assert row(report, stream="demand", level="family", node="DOM", lag=1)["wmape"] == pytest.approx(
        20 / 330, abs=1e-6
    )
    pooled = row(report, stream="demand", level="series", node="", lag=1)
    assert pooled["wmape"] == pytest.approx(80 / 330, abs=1e-6)
    assert pooled["tracking_signal"] is None


def test_a_month_out_of_stock_is_left_out_and_counted() -> None:
    """D1 could not be ordered for part of December: only November is judged."""
    plan = two_vintages([past("stocked_out", {("D1", "EAST"): [0, 0.4], ("D2", "EAST"): [NAN, NAN]})])
    line = row(accuracy(plan=plan), stream="demand", level="item", node="D1", lag=1)
    assert (line["periods"], line["wmape"], line["censored"]) == (1, 0.1, 1)
    assert row(accuracy(plan=plan), stream="demand", level="total", lag=1)["censored"] == 1


def test_sales_is_judged_one_month_ahead_in_the_months_of_the_vintages() -> None:
    """Sales said 100 and 132 for D1 (orders 100 and 120), nothing about D2; October is no month of a vintage."""
    sales = past("sales_forecast_past", {("D1", "EAST"): [999, 100, 132]})
    line = row(accuracy(plan=two_vintages([sales])), stream="sales", level="total")
    assert (line["lag"], line["periods"], line["actual"], line["forecast"]) == (1, 2, 220, 232)
    assert line["wmape"] == pytest.approx(12 / 220, abs=1e-6)


def test_without_vintages_sales_is_judged_wherever_it_spoke() -> None:
    sheets = [past("orders", {("D1", "EAST"): [100, 100]}), past("sales_forecast_past", {("D1", "EAST"): [NAN, 130]})]
    report = accuracy(plan=company(network=network(), sheets=sheets))
    assert {line["stream"] for line in report} == {"sales"}
    assert row(report, level="series", node="D1 | DC-E | EAST")["bias"] == 0.3


def test_naive_repeats_the_year_before_in_the_same_cells() -> None:
    """
    orders of D1   2024: 100 in every month; 2025: 110 in every month
    made 2025-12   132, error +22; the same month of 2024 said 100, error -10
    in-sample      eleven changes of 10 from 2024 to 2025 before December: too few for MASE
    """
    orders = past("orders", {("D1", "EAST"): [100.0] * 12 + [110.0] * 12})
    plan = company(
        network=network(), sheets=[orders], vintages={"2025-12": vintage("2025-12", {("D1", "EAST"): [132]})}
    )
    report = accuracy(plan=plan)
    naive = row(report, stream="naive", level="total")
    assert naive["bias"] == pytest.approx(-10 / 110, abs=1e-6)
    assert row(report, stream="demand", level="total")["bias"] == pytest.approx(0.2)
    assert naive["mase"] is None


def test_mase_is_the_error_beside_the_usual_change_in_a_year() -> None:
    """
    orders of D1   2024-01..12: 100; 2025-01..12: 110: twelve changes of 10
    made 2026-01 in a plan that starts 2026-02: forecast 125, ordered 110: error 15, MASE 1.5
    """
    history = [100.0] * 12 + [110.0] * 13
    orders = Sheet.of("orders", Periods.months("2024-01", 25), keyed({("D1", "EAST"): history}))
    base = company(network=network(), sheets=[orders])
    settings = base.settings.model_copy(update={"time": base.settings.time.model_copy(update={"start": "2026-02"})})
    plan = Plan(
        settings, base.network, base.sheets, vintages={"2026-01": vintage("2026-01", {("D1", "EAST"): [125]})}
    )
    report = accuracy(plan=plan)
    assert row(report, stream="demand", level="total")["mase"] == 1.5
    assert row(report, stream="demand", level="series", node="")["mase"] == 1.5


def test_the_naive_forecast_at_lag_thirteen_goes_back_two_years() -> None:
    """Made 2024-12 for 2025-12 (lag 13): December 2024 was not closed yet, so December 2023 is repeated."""
    orders = Sheet.of("orders", Periods.months("2023-12", 25), keyed({("D1", "EAST"): [7.0, *[9.0] * 23, 10.0]}))
    base = company(network=network(), sheets=[orders], months=13)
    time = base.settings.time.model_copy(update={"history_start": "2023-12"})
    plan = Plan(
        base.settings.model_copy(update={"time": time}),
        base.network,
        base.sheets,
        vintages={"2024-12": vintage("2024-12", {("D1", "EAST"): [8.0] * 13})},
    )
    line = row(accuracy(plan=plan), stream="naive", level="total", lag=13)
    assert (line["forecast"], line["actual"]) == (7, 10)


def test_families_of_different_units_are_pooled_at_standard_cost() -> None:
    """
    D1  10 pumps ordered, 12 forecast, cost 100: error 200 of 1000
    S1  50 packs ordered, 50 forecast, cost 10: error 0 of 500
    """
    orders = past("orders", {("D1", "EAST"): [10], ("S1", "EAST"): [50]})
    forecast = vintage("2025-12", {("D1", "EAST"): [12], ("S1", "EAST"): [50]})
    report = accuracy(plan=company(network=network(), sheets=[orders], vintages={"2025-12": forecast}))
    total = row(report, stream="demand", level="total")
    assert (total["unit"], total["actual"]) == ("CNY", 1500)
    assert total["wmape"] == pytest.approx(200 / 1500, abs=1e-6)
    assert row(report, stream="demand", level="family", node="SPA")["actual"] == 25  # kilograms
    assert row(report, stream="demand", level="item", node="")["unit"] == "CNY"


def test_single_items_are_listed_at_the_lags_asked_for() -> None:
    report = accuracy(plan=two_vintages(), detail_lags=(2,))
    assert {line["lag"] for line in report if line["level"] == "item" and line["node"]} == {2}
    assert {line["lag"] for line in report if line["level"] == "family"} == {1, 2}


def test_every_row_has_the_same_columns() -> None:
    report = accuracy(plan=two_vintages())
    assert len({tuple(line) for line in report}) == 1


def test_where_nothing_was_forecast_nothing_is_judged() -> None:
    assert accuracy(plan=company(network=network())) == []
    assert forecast_value_added(plan=company(network=network())) == []
    orders = past("orders", {("D1", "EAST"): [100]})
    assert accuracy(plan=company(network=network(), sheets=[orders])) == []


def test_a_vintage_that_speaks_of_other_months_is_no_cell() -> None:
    orders = past("orders", {("D1", "EAST"): [100, 100]})
    late = vintage("2025-12", {("D1", "EAST"): [NAN]})
    assert accuracy(plan=company(network=network(), sheets=[orders], vintages={"2025-12": late})) == []


def three_months_of_opinions() -> Plan:
    """
    D1 EAST       2024-10..12  2025-10  2025-11  2025-12
    orders           100          110      120      130
    vintages (lag 1)              110      115      140     errors  0  5 10
    naive                         100      100      100     errors 10 20 30
    sales                         120      120      130     errors 10  0  0
    """
    history = [100.0] * 21 + [110.0, 120.0, 130.0]
    forecasts = {"2025-10": 110, "2025-11": 115, "2025-12": 140}
    return company(
        network=network(),
        sheets=[
            past("orders", {("D1", "EAST"): history}),
            past("sales_forecast_past", {("D1", "EAST"): [120, 120, 130]}),
        ],
        vintages={
            month: vintage(month, {("D1", "EAST"): [value]}, "statistical") for month, value in forecasts.items()
        },
    )


def test_value_added_is_what_a_step_takes_off_the_error_of_the_step_before() -> None:
    """Statistics against naive: 15 instead of 60 of 360. Sales against statistics: 10 instead of 15."""
    report = forecast_value_added(plan=three_months_of_opinions())
    line = row(report, step="statistical", level="total")
    assert line["reference"] == "naive"
    assert line["before"] == pytest.approx(60 / 360, abs=1e-6)
    assert line["wmape"] == pytest.approx(15 / 360, abs=1e-6)
    assert line["added"] == pytest.approx(45 / 360, abs=1e-6)
    sales = row(report, step="sales", level="total")
    assert sales["added"] == pytest.approx(5 / 360, abs=1e-6)


def test_value_added_says_how_likely_it_is_chance() -> None:
    """Three monthly gains of 10, 15 and 20: Student's t with two degrees of freedom, mean 15, deviation 5."""
    line = row(forecast_value_added(plan=three_months_of_opinions()), step="statistical", level="total")
    t = 15 / (5 / math.sqrt(3))
    assert line["n"] == 3
    assert line["p_value"] == pytest.approx(2 * stats.t.sf(t, 2), abs=1e-6)


def test_value_added_is_shown_by_salesperson_and_family() -> None:
    report = forecast_value_added(plan=three_months_of_opinions())
    assert row(report, step="sales", level="contributor")["node"] == "wang"
    assert row(report, step="sales", level="family")["node"] == "DOM"


def test_value_added_over_families_of_different_units_is_weighed_at_standard_cost() -> None:
    """
    D1 (cost 100)  ordered 10, vintage 12, sales 11: error 200, then 100
    S1 (cost 10)   ordered 50, vintage 50, sales 54: error 0, then 40      actual 1,500
    """
    sheets = [
        past("orders", {("D1", "EAST"): [10], ("S1", "EAST"): [50]}),
        past("sales_forecast_past", {("D1", "EAST"): [11], ("S1", "EAST"): [54]}),
    ]
    made = {"2025-12": vintage("2025-12", {("D1", "EAST"): [12], ("S1", "EAST"): [50]})}
    report = forecast_value_added(plan=company(network=network(), sheets=sheets, vintages=made))
    line = row(report, step="sales", level="total")
    assert line["before"] == pytest.approx(200 / 1500, abs=1e-6)
    assert line["added"] == pytest.approx(60 / 1500, abs=1e-6)


def test_two_months_tell_nothing_about_chance() -> None:
    orders = past("orders", {("D1", "EAST"): [100, 120], ("D2", "EAST"): [50, 60]})
    sales = past("sales_forecast_past", {("D1", "EAST"): [100, 130]})
    plan = two_vintages([sales, orders])
    line = row(forecast_value_added(plan=plan), step="sales", level="total")
    assert line["n"] == 2
    assert line["p_value"] is None


def test_steps_without_a_common_cell_are_not_compared() -> None:
    sales = past("sales_forecast_past", {("D2", "EAST"): [NAN, NAN]})
    report = forecast_value_added(plan=two_vintages([sales]))
    assert [line for line in report if line["step"] == "sales"] == []
