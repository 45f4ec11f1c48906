"""Months into weeks."""

from __future__ import annotations

import datetime as dt
import math

import numpy as np
import pytest
from pump_company import keyed

from sandop.calendar import Periods, working_days
from sandop.plan import Sheet, by_month
from sandop.plan.buckets import to_buckets


def monthly(*values: float, name: str = "demand") -> Sheet:
    return Sheet.of(name, Periods.months("2026-02", len(values)), keyed({("D1", "EAST"): values}))


def test_weeks_get_the_share_of_their_working_days() -> None:
    """February 2026: Sunday the 1st alone, then four weeks of five working days: 0, 25, 25, 25, 25 of 100."""
    weeks = to_buckets(demand_monthly=monthly(100), periods=Periods.weeks("2026-02", 1))
    assert weeks.values.tolist() == [[0, 25, 25, 25, 25]]


def test_a_holiday_week_gets_less() -> None:
    """Spring Festival 2026: 16 to 20 February are free, three weeks remain for 100."""
    periods = Periods.weeks("2026-02", 1)
    days = working_days(periods, off=[dt.date(2026, 2, day) for day in range(16, 21)])
    assert days.tolist() == [0, 5, 5, 0, 5]
    weeks = to_buckets(demand_monthly=monthly(100), periods=periods, days_worked=days)
    assert weeks.values.tolist() == [[0, 33.334, 33.333, 0, 33.333]]


def test_weeks_add_up_to_their_months_and_a_blank_stays_blank() -> None:
    weeks = to_buckets(demand_monthly=monthly(100.001, math.nan, 7), periods=Periods.weeks("2026-02", 3))
    months = by_month(weeks).rounded().values[0]
    assert months[[0, 2]].tolist() == [100.001, 7]
    assert math.isnan(months[1])
    assert np.isnan(weeks.values[0, weeks.periods.month_of == 1]).all()


def test_a_month_in_which_nobody_works_is_spread_by_calendar_days() -> None:
    """1, 7, 7, 7, 6 days of February (28) for 280."""
    weeks = to_buckets(demand_monthly=monthly(280), periods=Periods.weeks("2026-02", 1), days_worked=np.zeros(5))
    assert weeks.values.tolist() == [[10, 70, 70, 70, 60]]


@pytest.mark.parametrize("days", [np.ones(3), np.full(5, -1.0), np.full(5, math.nan)])
def test_days_that_do_not_fit_are_refused(days: np.ndarray) -> None:
    with pytest.raises(ValueError, match="working days"):
        to_buckets(demand_monthly=monthly(1), periods=Periods.weeks("2026-02", 1), days_worked=days)


def test_only_flows_can_be_divided() -> None:
    stock = Sheet.of("closing_stock", Periods.months("2026-02", 1), {("D1", "DC-E"): [5]})
    with pytest.raises(ValueError, match="no flow"):
        to_buckets(demand_monthly=stock, periods=Periods.weeks("2026-02", 1))


def test_weeks_of_a_month_nobody_planned_are_refused() -> None:
    with pytest.raises(ValueError, match="2026-03"):
        to_buckets(demand_monthly=monthly(1), periods=Periods.weeks("2026-02", 2))
