"""The work of a step is done and it is handed to its chair."""

import pytest
from meeting import at_the_doors
from month import complete, opened, state_of
from stage import Act, Browser

from sandop_web.access import NotYourRole
from sandop_web.access.cycles import NotYourStep
from sandop_web.actions.closing import close_data
from sandop_web.actions.gates import DataAreNotClosed, InputsAreMissing, StepIsElsewhere, submit_step
from sandop_web.store.models import CycleStep, Notice

pytestmark = pytest.mark.usefixtures("cycle")


def test_those_responsible_submit_and_the_chair_is_told(act: Act) -> None:
    opened(act, "demand_review")
    submit_step(by=act("dana"), step="demand_review", why="agreed in the call")
    assert state_of("demand_review") == "submitted"
    event = CycleStep.objects.get(step="demand_review").events.last()
    assert event is not None and (event.what, event.person, event.why) == ("submitted", "dana", "agreed in the call")
    told = Notice.objects.filter(message="cycle.told_submitted", member__person="hana")
    assert told.get().link == "step/demand_review/"


def test_data_close_needs_its_inputs_and_its_snapshot(act: Act) -> None:
    with pytest.raises(InputsAreMissing, match="Production and receipts"):
        submit_step(by=act("tom"), step="data_close")
    complete(act, "data_close")
    with pytest.raises(DataAreNotClosed):
        submit_step(by=act("tom"), step="data_close")
    close_data(by=act("tom"), why="books closed")
    submit_step(by=act("tom"), step="data_close")


def test_who_does_not_work_on_the_step_does_not_submit_it(act: Act) -> None:
    opened(act, "demand_review")
    with pytest.raises(NotYourStep, match="Demand planner"):
        submit_step(by=act("sam"), step="demand_review")
    with pytest.raises(NotYourRole):
        submit_step(by=act("vic"), step="demand_review")


def test_a_step_that_is_not_open_is_not_submitted(act: Act) -> None:
    with pytest.raises(StepIsElsewhere, match="Demand review is waiting"):
        submit_step(by=act("dana"), step="demand_review")


def test_the_doors(act: Act, client_of: Browser) -> None:
    opened(act, "demand_review")
    at_the_doors(client_of, "cycle/step/demand_review/submit/", who="dana", not_for=("sam", "vic"))
