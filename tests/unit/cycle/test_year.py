"""The meetings of a year ahead."""

import datetime as dt

import pytest

from sandop.cycle import MeetingRule, TooFewWorkingDays, country_days_off, meeting_day, months_ahead, working_days_of

CHINA = country_days_off(country="CN", years=[2025, 2026, 2027])


def test_february_2026_has_sixteen_working_days_in_china() -> None:
    """20 weekdays, off from Monday 16 to Monday 23 (6 weekdays), worked on Saturday 14 and 28."""
    days = working_days_of(month="2026-02", days=CHINA)
    assert len(days) == 16 and dt.date(2026, 2, 14) in days and dt.date(2026, 2, 17) not in days


def test_the_tenth_working_day_of_february_is_a_make_up_saturday() -> None:
    """2 to 6, 9 to 13 are ten working days; the eleventh is Saturday the 14th."""
    assert meeting_day(month="2026-02", rule=MeetingRule(number=10), days=CHINA) == dt.date(2026, 2, 13)
    assert meeting_day(month="2026-02", rule=MeetingRule(number=11), days=CHINA) == dt.date(2026, 2, 14)


def test_a_weekday_in_the_festival_moves_to_the_next_working_day() -> None:
    """The third Wednesday of February 2026 is the 18th, in the Spring Festival: the meeting is on the 24th."""
    rule = MeetingRule(kind="weekday", number=3, weekday=2)
    assert meeting_day(month="2026-02", rule=rule, days=CHINA) == dt.date(2026, 2, 24)
    assert meeting_day(month="2026-03", rule=rule, days=CHINA) == dt.date(2026, 3, 18)


def test_the_last_friday_is_the_fourth_or_the_fifth() -> None:
    rule = MeetingRule(kind="weekday", number=5, weekday=4)
    assert meeting_day(month="2026-03", rule=rule, days=CHINA) == dt.date(2026, 3, 27)
    assert meeting_day(month="2026-07", rule=rule, days=CHINA) == dt.date(2026, 7, 31)


def test_a_month_with_too_few_working_days_says_so() -> None:
    with pytest.raises(TooFewWorkingDays, match="Feb 2026 has 16 working days, fewer than 20"):
        meeting_day(month="2026-02", rule=MeetingRule(number=20), days=CHINA)


def test_a_rule_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="weekday 6"):
        MeetingRule(kind="weekday", number=6)
    with pytest.raises(ValueError, match="working_day or weekday"):
        MeetingRule(kind="moon")  # type: ignore[arg-type]


def test_months_follow_each_other_over_the_year() -> None:
    assert months_ahead("2025-11", 3) == ("2025-11", "2025-12", "2026-01")
