"""The S&OP meeting is moved."""

import datetime as dt

import pytest
from meeting import at_the_doors
from month import signed
from stage import Act, Browser

from sandop.cycle import MeetingOnADayOff
from sandop_web.access import NotYourRole, WhyMissing
from sandop_web.actions.calendar import move_meeting
from sandop_web.store.models import Cycle, CycleStep, Notice

pytestmark = pytest.mark.usefixtures("cycle")
FRIDAY = dt.date(2026, 1, 23)


def test_the_steps_that_are_not_signed_follow_and_everybody_is_told(act: Act) -> None:
    signed(act, "data_close")
    move_meeting(by=act("eve"), meeting=FRIDAY, why="I am travelling")
    days = dict(CycleStep.objects.values_list("step", "day"))
    assert days["pre_sop"] == dt.date(2026, 1, 21) and days["data_close"] == dt.date(2026, 1, 5)
    assert Cycle.objects.get().meeting == FRIDAY
    told = Notice.objects.filter(message="cycle.told_meeting_moved")
    assert told.count() == 14 and told[0].values["day"] == {"day": "2026-01-23"}


def test_it_cannot_be_on_a_day_off(act: Act) -> None:
    with pytest.raises(MeetingOnADayOff):
        move_meeting(by=act("eve"), meeting=dt.date(2026, 1, 24), why="a Saturday")
    assert Cycle.objects.get().meeting == dt.date(2026, 1, 21)


def test_only_those_who_run_the_cycle_may_and_say_why(act: Act) -> None:
    with pytest.raises(NotYourRole):
        move_meeting(by=act("hana"), meeting=FRIDAY, why="please")
    with pytest.raises(WhyMissing):
        move_meeting(by=act("max"), meeting=FRIDAY, why="")


def test_the_doors(client_of: Browser) -> None:
    form = {"meeting": "2026-01-23", "why": "travel"}
    at_the_doors(client_of, "cycle/meeting/", who="max", form=form, not_for=("hana", "vic"))
    assert Cycle.objects.get().meeting == FRIDAY
