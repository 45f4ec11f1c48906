"""The cycle is closed: with an approved plan, or with the last one in force."""

import pytest
from meeting import at_the_doors, ready_to_sign
from stage import Act, Browser

from sandop_web.access import NotYourRole, WhyMissing
from sandop_web.access.cycles import NoCycleOpen
from sandop_web.actions.closing import close_cycle
from sandop_web.actions.signing import sign_plan
from sandop_web.queries.closing import closing_of
from sandop_web.queries.cycle import cycles_of, open_cycle_of, plan_in_force
from sandop_web.store.models import Cycle, Notice, Version

pytestmark = pytest.mark.usefixtures("cycle")


def test_with_a_signed_plan_it_ends_approved_and_needs_no_reason(act: Act, version: Version) -> None:
    sign_plan(by=act("eve"), version=ready_to_sign(act("eve")), why="we commit")
    assert close_cycle(by=act("max")) == "approved"
    assert plan_in_force(by=act("vic")) == version.pk
    assert open_cycle_of(by=act("vic")) is None
    assert [one.outcome for one in cycles_of(by=act("vic"))] == ["approved"]


def test_where_nothing_is_approved_the_last_plan_stays_in_force(act: Act, version: Version) -> None:
    assert close_cycle(by=act("eve"), why="no agreement on the second shift") == "last_plan_stays"
    assert plan_in_force(by=act("vic")) is None
    cycle = Cycle.objects.get()
    assert (cycle.state, cycle.outcome) == ("closed", "last_plan_stays")


def test_without_approval_it_needs_a_reason(act: Act) -> None:
    with pytest.raises(WhyMissing):
        close_cycle(by=act("max"), why="  ")
    assert Cycle.objects.get().state == "open"


def test_what_is_still_open_is_listed_before(act: Act) -> None:
    view = closing_of(by=act("max"))
    assert not view.signed and len(view.steps) == 7
    assert ("News of market, customers, suppliers", "Marc") in {(one.title, one.owner_name) for one in view.inputs}


def test_everybody_is_told(act: Act) -> None:
    close_cycle(by=act("max"), why="no agreement")
    told = Notice.objects.filter(message="cycle.told_closed.last_plan_stays")
    assert told.count() == 14 and told[0].values["why"] == "no agreement"


def test_a_closed_cycle_is_not_closed_again(act: Act) -> None:
    close_cycle(by=act("max"), why="no agreement")
    with pytest.raises(NoCycleOpen):
        close_cycle(by=act("max"), why="again")


def test_only_the_general_manager_and_the_sop_manager_may(act: Act) -> None:
    with pytest.raises(NotYourRole):
        close_cycle(by=act("hana"), why="enough")


def test_the_doors(client_of: Browser) -> None:
    form = {"why": "no agreement"}
    at_the_doors(client_of, "cycle/close/now/", who="max", form=form, not_for=("hana", "vic"))
    assert Cycle.objects.get().state == "closed"
