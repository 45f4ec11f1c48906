"""How people write days, months and weeks."""

import datetime as dt

import pytest

from sandop.calendar import Periods
from sandop.io.days import periods_of, read_day, read_period

FIFTH = dt.date(2026, 1, 5)


@pytest.mark.parametrize(
    "cell",
    [
        "2026-01-05",
        "2026/1/5",
        "2026.1.5",
        "20260105",
        "5.1.2026",
        "05.01.2026",
        "2026年1月5日",
        "２０２６-０１-０５",
        "46027",
        "5-Jan-2026",
        "Jan 5, 2026",
        "2026-01-05 00:00:00",
        "2026-01-05T13:45",
    ],
)
def test_a_day_is_read_in_its_usual_forms(cell: str) -> None:
    assert read_day(cell).day == FIFTH


@pytest.mark.parametrize(
    ("cell", "order", "day"),
    [
        ("03/04/2026", "dmy", dt.date(2026, 4, 3)),
        ("03/04/2026", "mdy", dt.date(2026, 3, 4)),
        ("13/04/2026", "", dt.date(2026, 4, 13)),
        ("04/13/2026", "", dt.date(2026, 4, 13)),
        ("4-4-2026", "", dt.date(2026, 4, 4)),
        ("26/4/3", "ymd", dt.date(2026, 4, 3)),
        ("3/4/26", "dmy", dt.date(2026, 4, 3)),
        ("3.4.2026", "mdy", dt.date(2026, 3, 4)),
    ],
)
def test_the_order_of_the_plan_or_a_part_over_twelve_settles_a_day(cell: str, order: str, day: dt.date) -> None:
    assert read_day(cell, order).day == day


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ("03/04/2026", "ambiguous_date"),
        ("3/4/26", "ambiguous_date"),
        ("2026-02-30", "no_such_day"),
        ("20261301", "no_such_day"),
        ("soon", "not_a_date"),
        ("12", "not_a_date"),
        ("5-Foo-2026", "not_a_date"),
    ],
)
def test_a_day_that_is_in_doubt_is_not_read(cell: str, fault: str) -> None:
    assert read_day(cell).fault == f"io.{fault}"


@pytest.mark.parametrize(
    "cell",
    [
        "2026-01",
        "2026-1",
        "2026/01",
        "2026.01",
        "202601",
        "2026年1月",
        "2026年1月份",
        "Jan-26",
        "Jan 2026",
        "January 2026",
        "2026-Jan",
        "2026M01",
        "1/2026",
        "2026-01-01",
        "2026-01-17",
        "46023",
        "2026-01-01 00:00:00",
    ],
)
def test_a_month_is_read_in_its_usual_forms(cell: str) -> None:
    assert read_period(cell).label == "2026-01"


@pytest.mark.parametrize("cell", ["2026-W05", "2026W05", "2026-w05"])
def test_a_week_is_read(cell: str) -> None:
    assert read_period(cell).label == "2026-W05"


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ("2026.1", "ambiguous_period"),
        ("26-Jan", "ambiguous_period"),
        ("2026-13", "not_a_period"),
        ("2026-W60", "not_a_period"),
        ("20261", "not_a_period"),
        ("total", "not_a_period"),
        ("May", "not_a_period"),
        ("03/04/2026", "ambiguous_date"),
    ],
)
def test_a_month_that_is_in_doubt_is_not_read(cell: str, fault: str) -> None:
    assert read_period(cell).fault == f"io.{fault}"


def test_weeks_cut_at_month_ends_are_found_again_from_their_labels() -> None:
    weeks = Periods.weeks("2025-12", 3)
    for start, stop in ((0, len(weeks)), (1, 7), (4, 5), (len(weeks) - 2, len(weeks))):
        part = weeks.slice(start, stop)
        again = periods_of(part.labels)
        assert (again.labels, again.starts, again.end) == (part.labels, part.starts, part.end)


def test_a_gap_between_weeks_is_refused() -> None:
    with pytest.raises(ValueError, match="gap"):
        periods_of(("2026-W02", "2026-W04"))
    with pytest.raises(ValueError, match="gap"):
        periods_of(("2026-01", "2026-03"))
