"""The rule for the meetings of the year ahead."""

import datetime as dt

import pytest
from meeting import at_the_doors
from stage import Act, Browser

from sandop.cycle import CountryUnknown
from sandop_web.access import NotUnderstood, NotYourRole
from sandop_web.actions.calendar import change_meeting_rule, edit_day
from sandop_web.actions.rules import change_rule
from sandop_web.queries.calendar import year_ahead
from sandop_web.store.models import Company

pytestmark = pytest.mark.usefixtures("cycle")


def test_the_year_ahead_follows_the_open_cycle(act: Act) -> None:
    change_meeting_rule(by=act("max"), kind="working_day", number=10, country="CN")
    year = year_ahead(by=act("vic"))
    assert [one.month for one in year.cycles][:2] == ["2026-02", "2026-03"] and len(year.cycles) == 12
    assert year.cycles[1].meeting == dt.date(2026, 3, 13)


def test_february_2026_has_sixteen_working_days_and_its_steps_reach_over_the_festival(act: Act) -> None:
    """The third Wednesday, the 18th, is in the Spring Festival: the meeting is on Tuesday the 24th, and pre-S&OP
    two working days before it, on Friday the 13th, for Saturday the 14th is worked."""
    change_meeting_rule(by=act("max"), kind="weekday", number=3, weekday=2, country="CN")
    february = year_ahead(by=act("vic")).cycles[0]
    assert february.working_days == 16 and february.meeting == dt.date(2026, 2, 24)
    assert dict(february.days)["pre_sop"] == dt.date(2026, 2, 13)


def test_the_companys_own_days_count_in_the_year_ahead(act: Act) -> None:
    change_meeting_rule(by=act("max"), kind="working_day", number=10, country="CN")
    edit_day(by=act("max"), day=dt.date(2026, 3, 2), word="off")
    assert year_ahead(by=act("vic")).cycles[1].meeting == dt.date(2026, 3, 16)


def test_a_month_too_short_for_the_rule_says_so(act: Act) -> None:
    change_meeting_rule(by=act("max"), kind="working_day", number=20, country="CN")
    february = year_ahead(by=act("vic")).cycles[0]
    assert february.meeting is None and "16 working days, fewer than 20" in february.trouble


def test_other_rules_of_the_company_stay(act: Act) -> None:
    change_rule(by=act("max"), name="packet_hours", value=72, why="more time")
    change_meeting_rule(by=act("max"), kind="working_day", number=10)
    assert Company.objects.get().rules["packet_hours"] == 72


def test_a_rule_that_cannot_be_is_refused(act: Act) -> None:
    for told in (
        {"kind": "working_day", "number": 26},
        {"kind": "weekday", "number": 6},
        {"kind": "moon", "number": 1},
    ):
        with pytest.raises(NotUnderstood):
            change_meeting_rule(by=act("max"), **told)  # type: ignore[arg-type]
    with pytest.raises(CountryUnknown):
        change_meeting_rule(by=act("max"), kind="working_day", number=10, country="XX")


def test_only_those_who_run_the_cycle_may(act: Act) -> None:
    with pytest.raises(NotYourRole):
        change_meeting_rule(by=act("hana"), kind="working_day", number=10)


def test_the_doors(client_of: Browser) -> None:
    form = {"kind": "weekday", "number": "3", "weekday": "2", "country": "cn"}
    at_the_doors(client_of, "cycle/days/rule/", who="max", form=form, not_for=("hana", "vic"))
    assert Company.objects.get().rules["meeting_rule"]["kind"] == "weekday"
