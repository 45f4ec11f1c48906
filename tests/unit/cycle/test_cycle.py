"""The steps of the month, their days, and the Spring Festival."""

import datetime as dt

import holidays
import numpy as np
import pytest

from sandop.calendar import Periods
from sandop.cycle import (
    DaysOff,
    MeetingOnADayOff,
    country_days_off,
    festival_share,
    is_working_day,
    meeting_dates,
    new_year_days,
    roles,
    step,
    steps,
)
from sandop.measures import measures


def test_the_month_has_seven_steps_in_their_order() -> None:
    assert [found.step for found in steps()] == [
        "data_close",
        "business_review",
        "demand_review",
        "supply_review",
        "pre_sop",
        "sop_meeting",
        "execution",
    ]
    before = [found.days_before for found in steps()]
    assert before == sorted(before, reverse=True) and step("sop_meeting").days_before == 0


@pytest.mark.parametrize("found", steps(), ids=lambda found: found.step)
def test_every_step_is_complete_in_both_languages(found: object) -> None:
    one = found if isinstance(found, type(steps()[0])) else steps()[0]
    for texts in (one.goals, one.inputs, one.outputs, one.checklist):
        assert len(texts("en")) == len(texts("zh")) >= 2
    assert one.title("en").isascii() and not one.title("zh").isascii()
    assert one.purpose("en").endswith(".") and one.purpose("zh").endswith("。")
    assert one.responsible and set(one.roles) <= roles().keys()


def test_sales_leads_demand_operations_leads_supply_and_the_gm_the_meeting() -> None:
    chairs = {found.step: found.chair for found in steps()}
    assert chairs["demand_review"] == "sales_head" and chairs["supply_review"] == "operations_head"
    assert chairs["pre_sop"] == "sop_manager" and chairs["sop_meeting"] == "gm"
    assert roles()["gm"]["zh"] == "总经理"


def test_every_measure_belongs_to_a_step_of_the_cycle() -> None:
    assert {found.step for found in measures().values()} <= {found.step for found in steps()}


def test_an_unknown_step_is_refused() -> None:
    with pytest.raises(KeyError):
        step("lunch")


def test_days_are_counted_back_from_the_meeting_in_working_days() -> None:
    """Thursday 2026-10-29: two working days before is Tuesday, twelve is Tuesday the 13th."""
    days = meeting_dates(meeting=dt.date(2026, 10, 29))
    assert days["pre_sop"] == dt.date(2026, 10, 27)
    assert days["data_close"] == dt.date(2026, 10, 13)
    assert days["execution"] == dt.date(2026, 10, 30)


def test_the_spring_festival_pushes_the_steps_apart() -> None:
    """2026: off from 16 to 23 February, Saturday the 14th and the 28th are worked."""
    china = country_days_off(country="CN", years=[2026])
    days = meeting_dates(meeting=dt.date(2026, 2, 26), days_off=china.off, days_worked=china.worked)
    assert days["pre_sop"] == dt.date(2026, 2, 24)
    assert days["supply_review"] == dt.date(2026, 2, 13), "24 and 25 February, then 14 and 13 before the holiday"
    assert is_working_day(dt.date(2026, 2, 14), days_off=china.off, days_worked=china.worked)


def test_the_company_may_edit_its_days() -> None:
    days = DaysOff(frozenset({dt.date(2026, 5, 4)})).edited(
        off=[dt.date(2026, 5, 5)], worked=[dt.date(2026, 5, 4), dt.date(2026, 5, 9)]
    )
    assert days.off == {dt.date(2026, 5, 5)}
    assert days.worked == {dt.date(2026, 5, 4), dt.date(2026, 5, 9)}


def test_a_meeting_on_a_sunday_is_refused() -> None:
    with pytest.raises(MeetingOnADayOff) as refused:
        meeting_dates(meeting=dt.date(2026, 11, 22))
    assert "2026年11月22日" in refused.value.text("zh") and refused.value.remedy("en")


def test_the_festival_moves_between_january_and_february() -> None:
    """1 February 2022: seven of the fifteen days lie in January; 22 January 2023 and 10 February 2024 lie whole in
    theirs; 29 January 2025 reaches five days into February."""
    share = festival_share(Periods.months("2022-01", 48))
    assert share[:2] == pytest.approx([7 / 15, 8 / 15])
    assert [share[month] for month in (12, 25, 36)] == pytest.approx([1.0, 1.0, 10 / 15])
    assert share.sum() == pytest.approx(4.0)


def test_weeks_of_a_month_share_the_festival_of_their_month() -> None:
    weeks = Periods.weeks("2026-02", 1)
    assert festival_share(weeks).sum() == pytest.approx(festival_share(Periods.months("2026-02", 1))[0])


def test_a_festival_of_one_day_falls_on_the_new_years_day() -> None:
    share = festival_share(Periods.months("2000-01", 12 * 41), days_before=0, days_after=0)
    assert (share.reshape(41, 12).sum(axis=1) == 1.0).all()
    assert set(np.flatnonzero(share) % 12) == {0, 1}


def test_new_years_days_agree_with_the_holidays_package() -> None:
    known = holidays.country_holidays("CN", years=list(range(2000, 2041)))
    for year, day in new_year_days().items():
        named = [d for d, name in known.items() if d.year == year and name == "Chinese New Year (Spring Festival)"]
        assert min(named) == day


def test_years_nobody_has_calculated_are_refused() -> None:
    with pytest.raises(ValueError, match="2000 to 2040"):
        festival_share(Periods.months("2041-01", 1))
    with pytest.raises(ValueError, match="negative"):
        festival_share(Periods.months("2026-01", 1), days_before=-1)
