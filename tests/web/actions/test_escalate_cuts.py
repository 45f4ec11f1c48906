"""What sales does not accept goes to the meeting: it joins the open decision on cuts, or becomes one."""

import pytest
from cutting import cut_of, said_to
from meeting import CUTS, at_the_doors, listed
from stage import Act, Browser

from sandop_web.access import NotYourRole, OutsideYourScope, WhyMissing
from sandop_web.actions.cuts import accept_cuts, escalate_cuts
from sandop_web.actions.decisions import decide
from sandop_web.queries.decisions import decision_view
from sandop_web.store.models import CutAnswer, Decision, Notice

pytestmark = pytest.mark.usefixtures("cycle")


def test_it_joins_the_decision_on_cuts_that_is_on_the_list(act: Act) -> None:
    listed(act("max"))
    assert escalate_cuts(by=act("sally"), cuts=[cut_of("E").key], why="the customer leaves us") == CUTS
    seen = decision_view(by=act("eve"), number=CUTS)
    assert seen.line.escalated and seen.events[-1].why == "the customer leaves us"
    assert said_to(act("sally"), cut_of("E").key) == "escalated"
    assert CutAnswer.objects.get().decision == Decision.objects.get(number=CUTS)


def test_where_none_is_open_it_becomes_one_that_carries_its_money(act: Act) -> None:
    cut = cut_of("E")
    number = escalate_cuts(by=act("sally"), cuts=[cut.key], why="no")
    line = decision_view(by=act("eve"), number=number).line
    assert line.weight == pytest.approx(cut.penalty) and line.owner and line.owner.person == "hana"
    assert line.title.startswith("Demand not served: ")


def test_the_second_joins_the_first_and_the_general_manager_is_told_once(act: Act) -> None:
    first = escalate_cuts(by=act("sally"), cuts=[cut_of("E").key], why="no")
    assert escalate_cuts(by=act("wes"), cuts=[cut_of("W").key], why="neither") == first
    told = Notice.objects.get(message="decisions.told.escalated")
    assert told.member.person == "eve" and told.values["why"] == "no"


def test_what_was_decided_is_not_touched(act: Act) -> None:
    listed(act("max"))
    decide(by=act("eve"), number=CUTS, outcome="rejected", why="no")
    assert escalate_cuts(by=act("sally"), cuts=[cut_of("E").key], why="again") != CUTS
    assert Decision.objects.get(number=CUTS).state == "rejected"


def test_the_newest_word_counts(act: Act) -> None:
    key = cut_of("E").key
    escalate_cuts(by=act("sally"), cuts=[key], why="no")
    accept_cuts(by=act("hana"), cuts=[key], why="it has to be")
    assert said_to(act("sally"), key) == "accepted"


def test_it_needs_a_reason_and_is_for_sales_in_their_region(act: Act) -> None:
    with pytest.raises(WhyMissing):
        escalate_cuts(by=act("sally"), cuts=[cut_of("E").key], why="")
    with pytest.raises(OutsideYourScope):
        escalate_cuts(by=act("wes"), cuts=[cut_of("E").key], why="no")
    with pytest.raises(NotYourRole):
        escalate_cuts(by=act("dana"), cuts=[cut_of("E").key], why="no")


def test_the_page_has_a_door(client_of: Browser) -> None:
    form = {"cut": "|".join(cut_of("E").key), "why": "no"}
    at_the_doors(client_of, "pre-sop/cuts/escalate/", who="sally", form=form, not_for=("vic", "fiona", "wes"))
