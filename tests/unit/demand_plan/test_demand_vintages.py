"""Vintages know nothing of what came after them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from pump_company import cells, company, network, past

from sandop.calendar import Periods
from sandop.demand import vintages
from sandop.demand.accuracy import accuracy
from sandop.demand.vintages import make_vintage, make_vintages
from sandop.plan import Plan

SEASON = [60.0, 70, 90, 100, 120, 140, 150, 140, 110, 90, 70, 60]


def two_years(sheets: Any = (), last: float = 60.0) -> Plan:
    """D1 with the same season in 2024 and 2025; D2 ordered for the first time in 2025-12."""
    orders = {
        ("D1", "EAST"): [*SEASON, *SEASON[:11], last],
        ("D2", "EAST"): [0.0] * 23 + [500.0],
    }
    return company(network=network(), months=18, sheets=[past("orders", orders), *sheets], learned=False)


def test_a_vintage_runs_from_its_month_over_the_plans_horizon() -> None:
    sheet = make_vintage(plan=two_years(), month="2025-07")
    assert sheet.name == "demand"
    assert (sheet.periods.labels[0], len(sheet.periods)) == ("2025-07", 18)


def test_a_vintage_cannot_see_the_months_after_it() -> None:
    """December 2025 is 60 in one plan and 6,000 in the other; what was forecast in December is the same."""
    a = make_vintage(plan=two_years(), month="2025-12")
    b = make_vintage(plan=two_years(last=6000.0), month="2025-12")
    assert a.rows.keys == b.rows.keys == (("D1", "DC-E", "EAST"),)
    assert a.values.tolist() == b.values.tolist()


def test_a_vintage_of_a_seasonal_item_peaks_with_its_season() -> None:
    forecast = np.array(cells(make_vintage(plan=two_years(), month="2025-12"), "D1", "EAST"))
    labels = Periods.months("2025-12", 18).labels
    assert labels[int(forecast[:12].argmax())] in {"2026-06", "2026-07", "2026-08"}


def test_the_stock_out_of_a_later_month_does_not_reach_the_vintage(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the forecast is given ends before the month, festival and all."""
    given: dict[str, Any] = {}
    real = vintages.statistical_forecast

    def listening(**arguments: Any) -> Any:
        given.update(arguments)
        return real(**arguments)

    monkeypatch.setattr(vintages, "statistical_forecast", listening)
    plan = two_years([past("stocked_out", {("D1", "EAST"): [0.0] * 22 + [0.5, 0.9]})])
    make_vintage(plan=plan, month="2025-12", festival_share=lambda periods: np.zeros(len(periods)))
    assert given["orders"].periods.labels[-1] == "2025-11"
    assert given["censored"].periods.labels[-1] == "2025-11"
    assert given["censored"].values[0, -1] == 0.5
    assert given["festival"].shape == (23 + 18,)
    assert given["seed"] == plan.settings.seed


def test_twelve_vintages_end_with_the_last_closed_month_and_can_be_judged() -> None:
    plan = two_years()
    made = make_vintages(plan=plan, count=12)
    assert list(made) == list(Periods.months("2025-01", 12).labels)
    judged = Plan(plan.settings, plan.network, plan.sheets, vintages=made)
    report = accuracy(plan=judged)
    lag_1 = [row for row in report if row["stream"] == "demand" and row["node"] == "D1" and row["lag"] == 1]
    assert lag_1[0]["periods"] == 12
    assert lag_1[0]["wmape"] is not None
    assert float(lag_1[0]["wmape"]) < 0.25  # the season was there in 2024 already
    assert max(int(str(row["lag"])) for row in report) == 12


def test_a_short_history_has_fewer_vintages() -> None:
    plan = company(network=network(), sheets=[past("orders", {("D1", "EAST"): [10.0] * 24})], learned=False)
    assert len(make_vintages(plan=plan, count=60)) == 23


@pytest.mark.parametrize("month", ["2024-01", "2026-01", "2023-05"])
def test_a_month_before_which_nothing_or_after_which_all_is_known_has_no_vintage(month: str) -> None:
    with pytest.raises(ValueError, match="no vintage"):
        make_vintage(plan=two_years(), month=month)
