"""A line of the checklist is ticked."""

import pytest
from meeting import at_the_doors
from month import signed
from stage import Act, Browser

from sandop_web.access import NotUnderstood, NotYourRole
from sandop_web.access.cycles import NotYourStep
from sandop_web.actions.inputs import tick
from sandop_web.queries.cycle import step_view
from sandop_web.store.models import Tick
from sandop_web.store.steps import StepIsClosed

pytestmark = pytest.mark.usefixtures("cycle")


def test_the_page_says_who_ticked_it(act: Act) -> None:
    tick(by=act("tom"), step="data_close", line=1)
    lines = step_view(by=act("vic"), step="data_close").checklist
    assert [line.ticked for line in lines] == [False, True, False, False]
    assert lines[1].person == "Tom" and lines[1].text.startswith("Stock of the system agrees")


def test_ticking_twice_keeps_the_first_and_it_can_be_taken_back(act: Act) -> None:
    tick(by=act("tom"), step="data_close", line=1)
    tick(by=act("max"), step="data_close", line=1)
    assert Tick.objects.get().person == "tom"
    tick(by=act("max"), step="data_close", line=1, ticked=False)
    assert not Tick.objects.exists()


def test_a_line_that_is_not_there_is_refused(act: Act) -> None:
    for line in (-1, 4):
        with pytest.raises(NotUnderstood):
            tick(by=act("tom"), step="data_close", line=line)


def test_only_those_who_work_on_the_step_tick(act: Act) -> None:
    with pytest.raises(NotYourStep):
        tick(by=act("sam"), step="data_close", line=0)
    with pytest.raises(NotYourRole):
        tick(by=act("vic"), step="data_close", line=0)


def test_a_signed_step_is_not_ticked_any_more(act: Act) -> None:
    signed(act, "data_close")
    with pytest.raises(StepIsClosed):
        tick(by=act("tom"), step="data_close", line=0, ticked=False)


def test_the_doors(client_of: Browser) -> None:
    form = {"line": "0", "ticked": "yes"}
    at_the_doors(client_of, "cycle/step/data_close/tick/", who="tom", form=form, not_for=("sam", "vic"))
    assert Tick.objects.count() == 1
