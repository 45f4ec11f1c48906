"""What waits for each of the cast."""

import datetime as dt
from dataclasses import replace

import pytest
from meeting import all_decided, asked, in_the_meeting, listed
from stage import NOW, Act

from sandop_web.actions.action_items import add_action_item
from sandop_web.actions.decisions import escalate_decision
from sandop_web.actions.signing import sign_plan
from sandop_web.queries.work import Waiting, my_work
from sandop_web.store.models import CycleStep, Job, StepInput, User

pytestmark = pytest.mark.usefixtures("cycle")


def _waits(act: Act, person: str, kind: str) -> list[Waiting]:
    return [one for one in my_work(by=act(person)).waiting if one.kind == kind]


def test_sally_owes_her_sales_forecast_and_nobody_elses(act: Act) -> None:
    [owed] = _waits(act, "sally", "input")
    assert owed.link == "step/demand_review/" and "Sales forecast" in owed.text
    StepInput.objects.filter(owner__person="sally").update(state=StepInput.State.DELIVERED)
    assert _waits(act, "sally", "input") == []


def test_a_viewer_has_nothing_to_do(act: Act) -> None:
    listed(act("max"))
    assert my_work(by=act("vic")).waiting == ()


def test_the_chair_submits_then_signs_and_the_next_opens_when_all_is_there(act: Act) -> None:
    steps = CycleStep.objects
    assert [one.text for one in _waits(act, "max", "step")] == ["Work on Data close and submit it"]
    steps.filter(step="data_close").update(state=CycleStep.State.SUBMITTED)
    assert [one.text for one in _waits(act, "max", "step")] == ["Sign Data close"]
    steps.filter(step="data_close").update(state=CycleStep.State.SIGNED)
    assert _waits(act, "max", "step") == []
    StepInput.objects.update(state=StepInput.State.DELIVERED)
    assert [one.text for one in _waits(act, "max", "step")] == ["Open Business review: its inputs are there"]


def test_decisions_wait_for_their_owner_and_for_whoever_may_make_them(act: Act) -> None:
    asked(act("dana"), money=60_000.0, owner="sam")
    assert [one.text for one in _waits(act, "sam", "decision")] == ["Get decision 1 made: A test rig"]
    assert [one.text for one in _waits(act, "max", "decision")] == ["Make decision 1: A test rig"]
    assert _waits(act, "fiona", "decision") == []
    escalate_decision(by=act("sam"), number=1, why="too large")
    assert [one.text for one in _waits(act, "eve", "decision")] == ["Decide 1, brought to you: A test rig"]


def test_the_general_manager_signs_when_all_is_decided(act: Act) -> None:
    in_the_meeting()
    listed(act("eve"))
    assert _waits(act, "eve", "sign") == []
    all_decided(act("eve"))
    assert [one.link for one in _waits(act, "eve", "sign")] == ["sign/"]
    assert _waits(act, "max", "sign") == []


def test_what_is_overdue_comes_first_then_by_day(act: Act) -> None:
    for title, day in (("later", 30), ("sooner", 20), ("first", 6)):
        add_action_item(by=act("max"), title=title, owner="pia", due=dt.date(2026, 1, day))
    on_the_tenth = act("pia", at=NOW + dt.timedelta(days=5))
    found = my_work(by=on_the_tenth).waiting
    assert [one.overdue for one in found] == sorted((one.overdue for one in found), reverse=True)
    assert [one.text for one in found if one.kind == "action"] == [
        "Action 3: first",
        "Action 2: sooner",
        "Action 1: later",
    ]
    days = [one.day for one in found if not one.overdue and one.day is not None]
    assert days == sorted(days)


def test_ones_own_running_jobs_are_there_and_nobody_elses(act: Act) -> None:
    for person in ("dana", "sam"):
        Job.objects.create(
            company_id=act("dana").company_id,
            user=User.objects.get(username=person),
            work="run_month",
            queued_at=NOW,
            progress=0.25,
        )
    [job] = _waits(act, "dana", "job")
    assert job.text == "A job queued at 09:00 is 25% done"


def test_the_plan_in_force_is_the_one_signed_last(act: Act) -> None:
    assert my_work(by=act("vic")).in_force is None
    listed(act("eve"))
    all_decided(act("eve"))
    root = sign_plan(by=act("eve"), version=in_the_meeting().version_id, why="agreed")
    in_force = my_work(by=act("vic")).in_force
    assert in_force is not None and in_force.root_hash == root and in_force.name == "Eve"


def test_it_reads_in_chinese(act: Act) -> None:
    [owed] = [one for one in my_work(by=replace(act("sally"), language="zh")).waiting if one.kind == "input"]
    assert owed.text.startswith("为需求评审提供：")
