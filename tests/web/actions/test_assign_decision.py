"""A decision gets its owner and its day."""

import datetime as dt

import pytest
from meeting import CUTS, SHIFTS, at_the_doors, listed
from stage import Act, Browser

from sandop_web.access import NothingThere, NotYourRole
from sandop_web.actions.decisions import DecisionIsMade, assign_decision, decide
from sandop_web.store.models import Decision, Notice

pytestmark = pytest.mark.usefixtures("cycle")


def test_the_new_owner_is_told_of_it_and_of_the_day(act: Act) -> None:
    listed(act("max"))
    assign_decision(by=act("max"), number=SHIFTS, owner="sam", due=dt.date(2026, 1, 19))
    decision = Decision.objects.get(number=SHIFTS)
    assert decision.owner is not None and decision.owner.person == "sam"
    assert decision.due == dt.date(2026, 1, 19)
    told = Notice.objects.get(member__person="sam", message="decisions.told.owned")
    assert told.values["day"] == {"day": "2026-01-19"} and told.link == "decisions/1/"


def test_without_a_day_the_day_stays(act: Act) -> None:
    listed(act("max"))
    assign_decision(by=act("max"), number=SHIFTS, owner="sam")
    assert Decision.objects.get(number=SHIFTS).due == dt.date(2026, 1, 21)


def test_what_is_made_is_nobodys_to_own_any_more(act: Act) -> None:
    listed(act("max"))
    decide(by=act("eve"), number=CUTS, outcome="rejected", why="no")
    with pytest.raises(DecisionIsMade):
        assign_decision(by=act("max"), number=CUTS, owner="sam")


def test_neither_an_unknown_decision_nor_an_unknown_owner_is_found(act: Act) -> None:
    listed(act("max"))
    for number, owner in ((99, "sam"), (SHIFTS, "olga"), (10**12, "sam")):
        with pytest.raises(NothingThere):
            assign_decision(by=act("max"), number=number, owner=owner)


@pytest.mark.parametrize("person", ["dana", "olaf", "vic"])
def test_only_the_s_and_op_manager_and_the_gm_give_it_away(act: Act, person: str) -> None:
    listed(act("max"))
    with pytest.raises(NotYourRole):
        assign_decision(by=act(person), number=SHIFTS, owner="sam")


def test_the_page_has_a_door(act: Act, client_of: Browser) -> None:
    listed(act("max"))
    form = {"owner": "sam", "due": "2026-01-20"}
    at_the_doors(client_of, "decisions/1/assign/", who="max", form=form, not_for=("dana", "vic"))
    assert client_of("max").post("/c/small/decisions/1/assign/", {**form, "due": "soon"}).status_code == 400
