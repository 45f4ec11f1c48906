"""Time: months without gaps, weeks that add up to months, fiscal years, fences."""

import datetime as dt

import numpy as np
import pytest

from sandop.calendar import Calendar, Periods, month_label, month_number, quarter_of, year_before


def test_months_run_over_the_turn_of_the_year() -> None:
    months = Periods.months("2025-11", 4)
    assert months.labels == ("2025-11", "2025-12", "2026-01", "2026-02")
    assert months.end == dt.date(2026, 3, 1)
    assert months.days.tolist() == [30, 31, 31, 28]


def test_a_month_number_returns_to_its_label() -> None:
    assert month_label(month_number("2026-12") + 1) == "2027-01"


@pytest.mark.parametrize("malformed", ["2026", "2026-13", "26-01", "2026/01", "", "2026-00"])
def test_a_malformed_month_is_refused(malformed: str) -> None:
    with pytest.raises(ValueError, match="is not a month"):
        Periods.months(malformed, 1)


def test_weeks_are_cut_at_month_ends_and_add_up_to_months() -> None:
    """2027-01-01 is a Friday: the first week has three days of January; W05 begins February on a Monday."""
    weeks = Periods.weeks("2027-01", 2)
    assert weeks.labels[0] == "2026-W53b"
    assert weeks.labels[-4:] == ("2027-W05", "2027-W06", "2027-W07", "2027-W08")
    by_month = np.bincount(weeks.month_of, weights=weeks.days)
    assert by_month.tolist() == [31, 28]


def test_a_week_cut_by_a_month_end_has_two_parts() -> None:
    weeks = Periods.weeks("2026-03", 2)  # 2026-03-30 is the Monday of a week that ends in April
    assert "2026-W14a" in weeks.labels
    assert "2026-W14b" in weeks.labels
    assert len(set(weeks.labels)) == len(weeks)


def test_months_from_labels_must_not_leave_a_gap() -> None:
    assert Periods.of_labels(["2026-01", "2026-02"]).end == dt.date(2026, 3, 1)
    assert len(Periods.of_labels([])) == 0
    with pytest.raises(ValueError, match="gap"):
        Periods.of_labels(["2026-01", "2026-03"])


def test_periods_join_only_where_they_touch() -> None:
    past, future = Periods.months("2025-11", 2), Periods.months("2026-01", 3)
    assert past.then(future).labels[1:3] == ("2025-12", "2026-01")
    with pytest.raises(ValueError, match="does not follow"):
        past.then(Periods.months("2026-02", 1))


def test_a_slice_keeps_its_end() -> None:
    months = Periods.months("2026-01", 6)
    assert months.slice(1, 3).end == dt.date(2026, 4, 1)
    assert months.slice(4, 6).end == months.end
    with pytest.raises(ValueError, match="of 6"):
        months.slice(2, 9)


def test_a_day_is_found_in_its_period() -> None:
    months = Periods.months("2026-01", 3)
    assert months.holding(dt.date(2026, 2, 28)) == 1
    assert months.holding(dt.date(2025, 6, 1)) == 0
    assert months.holding(dt.date(2026, 4, 1)) == 3
    days = np.array(["2025-06-01", "2026-01-01", "2026-01-31", "2026-03-31", "2027-01-01"], dtype="datetime64[D]")
    assert months.holding_each(days).tolist() == [0, 0, 0, 2, 3]


def test_a_fiscal_year_is_named_by_the_year_in_which_it_ends() -> None:
    horizon = Periods.months("2026-01", 6)
    calendar = Calendar(Periods.months("2025-10", 3), horizon, fiscal_year_start=4)
    assert calendar.fiscal_years(horizon).tolist() == [2026, 2026, 2026, 2027, 2027, 2027]
    assert Calendar(Periods.months("2025-10", 3), horizon).fiscal_year("2025-12") == 2025


def test_planned_and_all_months_do_not_depend_on_the_bucket() -> None:
    monthly = Calendar(Periods.of_labels([]), Periods.months("2026-01", 6))
    weekly = Calendar(Periods.months("2025-10", 3), Periods.weeks("2026-01", 6))
    assert monthly.all_months == monthly.planned_months == weekly.planned_months == monthly.horizon
    assert weekly.all_months == Periods.months("2025-10", 9)


def test_labels_and_starts_must_match() -> None:
    with pytest.raises(ValueError, match="labels for"):
        Periods(("2026-01",), (), dt.date(2026, 2, 1))


def test_a_year_earlier_is_the_same_month() -> None:
    assert year_before(["2026-01", "2026-12"]) == ("2025-01", "2025-12")


def test_a_quarter_ends_with_its_third_month() -> None:
    assert [quarter_of(f"2026-{month:02d}") for month in (1, 3, 4, 12)] == [
        "2026-Q1",
        "2026-Q1",
        "2026-Q2",
        "2026-Q4",
    ]
