"""A packet that is late: the rule says so, and who may lift it; the minutes keep who did, and why."""

import datetime as dt

import pytest
from meeting import at_the_doors, packet_out
from stage import NOW, Act, Browser

from sandop_web.access import NotYourRole, WhyMissing
from sandop_web.access.cycles import NoCycleOpen
from sandop_web.actions.packets import lift_packet_rule
from sandop_web.actions.rules import change_rule
from sandop_web.queries.meeting import minutes_of
from sandop_web.queries.packets import PacketView, packet_of_meeting

TOO_LATE = NOW + dt.timedelta(days=15)  # the 20th, a day before the meeting


def seen(act: Act, person: str = "max", at: dt.datetime = NOW) -> PacketView:
    view = packet_of_meeting(by=act(person, at=at))
    assert view is not None
    return view


@pytest.mark.usefixtures("cycle")
def test_it_is_late_from_the_day_after_its_last_one(act: Act) -> None:
    assert seen(act).due == dt.date(2026, 1, 19)  # a Monday; the meeting is on Wednesday the 21st
    assert [seen(act, at=NOW + dt.timedelta(days=days)).in_time for days in (0, 14, 15)] == [None, None, False]


@pytest.mark.usefixtures("cycle")
def test_hours_that_end_on_a_day_off_end_on_the_working_day_before(act: Act) -> None:
    change_rule(by=act("max"), name="packet_hours", value=72, why="more to read")  # the 18th is a Sunday
    assert seen(act).due == dt.date(2026, 1, 16)


@pytest.mark.usefixtures("cycle")
def test_a_packet_sent_in_time_stays_in_time(act: Act) -> None:
    packet_out(act("max"))
    assert seen(act, at=TOO_LATE).in_time is True and not seen(act, at=TOO_LATE).may_lift


@pytest.mark.usefixtures("cycle")
def test_the_sop_manager_may_hold_the_meeting_all_the_same(act: Act) -> None:
    assert seen(act, at=TOO_LATE).may_lift and not seen(act, "dana", TOO_LATE).may_lift
    lift_packet_rule(by=act("max", at=TOO_LATE), why="the numbers came in on Monday night")
    after = seen(act, at=TOO_LATE)
    assert after.lifted_by is not None and after.lifted_by.person == "max" and not after.may_lift
    (line,) = minutes_of(by=act("vic")).points[0].lines
    assert line.text.endswith("the numbers came in on Monday night")


@pytest.mark.usefixtures("cycle")
def test_it_needs_a_reason_and_the_right_person(act: Act, client_of: Browser) -> None:
    with pytest.raises(WhyMissing):
        lift_packet_rule(by=act("max"), why=" ")
    with pytest.raises(NotYourRole):
        lift_packet_rule(by=act("fiona"), why="go on")
    at_the_doors(client_of, "meeting/packet/lift/", who="eve", form={"why": "go on"}, not_for=("fiona", "vic"))


@pytest.mark.usefixtures("version")
def test_without_a_cycle_there_is_no_rule_to_lift(act: Act) -> None:
    with pytest.raises(NoCycleOpen):
        lift_packet_rule(by=act("max"), why="go on")
