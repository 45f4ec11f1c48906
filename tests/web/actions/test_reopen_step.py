"""A signed step is opened again, and those after it wait."""

import pytest
from meeting import at_the_doors, ready_to_sign
from month import opened, signed, state_of
from stage import Act, Browser

from sandop_web.access import NotYourRole, WhyMissing
from sandop_web.access.cycles import NotYourStep
from sandop_web.access.deciding import PlanIsSigned
from sandop_web.actions.editing import edit_cells_of_plan
from sandop_web.actions.gates import StepIsElsewhere, reopen_step
from sandop_web.actions.late import Edit
from sandop_web.actions.signing import sign_plan
from sandop_web.store.models import CycleStep, Notice, Version

pytestmark = pytest.mark.usefixtures("cycle")


def test_the_steps_after_it_wait_again_and_say_so(act: Act) -> None:
    opened(act, "supply_review")
    reopen_step(by=act("max"), step="business_review", why="the budget was wrong")
    states = {step: state_of(step) for step in ("business_review", "demand_review", "supply_review")}
    assert states == {"business_review": "open", "demand_review": "waiting", "supply_review": "waiting"}
    event = CycleStep.objects.get(step="demand_review").events.last()
    assert event is not None and (event.what, event.why) == ("sent_back", "the budget was wrong")


def test_their_chairs_are_told_why(act: Act) -> None:
    opened(act, "supply_review")
    reopen_step(by=act("max"), step="demand_review", why="a tender was won")
    told = Notice.objects.filter(message="cycle.told_reopened")
    assert set(told.values_list("member__person", flat=True)) == {"hana", "olaf"}
    assert {one.values["why"] for one in told} == {"a tender was won"}


def test_its_numbers_are_open_again(act: Act, version: Version) -> None:
    signed(act, "demand_review")
    reopen_step(by=act("hana"), step="demand_review", why="a tender was won")
    edit = Edit("sales_forecast", ("A", "DC", "E"), "2026-02", None, 300.0)
    edit_cells_of_plan(by=act("sally"), version=version.pk, edits=[edit], why="tender")


def test_a_step_that_was_not_done_is_not_reopened(act: Act) -> None:
    with pytest.raises(StepIsElsewhere):
        reopen_step(by=act("max"), step="data_close", why="again")


def test_its_chair_or_the_sop_manager_and_with_a_reason(act: Act) -> None:
    signed(act, "demand_review")
    with pytest.raises(NotYourStep):
        reopen_step(by=act("olaf"), step="demand_review", why="I want to")
    with pytest.raises(NotYourRole):
        reopen_step(by=act("dana"), step="demand_review", why="I want to")
    with pytest.raises(WhyMissing):
        reopen_step(by=act("max"), step="demand_review", why="")


def test_after_the_plan_is_signed_nothing_is_reopened(act: Act) -> None:
    sign_plan(by=act("eve"), version=ready_to_sign(act("eve")), why="we commit")
    with pytest.raises(PlanIsSigned):
        reopen_step(by=act("max"), step="demand_review", why="one more thing")


def test_the_doors(act: Act, client_of: Browser) -> None:
    signed(act, "data_close")
    at_the_doors(
        client_of,
        "cycle/step/data_close/reopen/",
        who="max",
        form={"why": "late invoices"},
        not_for=("dana", "olaf", "vic"),
    )
    assert state_of("data_close") == "open"
