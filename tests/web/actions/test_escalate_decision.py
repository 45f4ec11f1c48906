"""What is too large for somebody is brought to the general manager."""

import pytest
from meeting import asked, at_the_doors
from stage import NOW, Act, Browser

from sandop_web.access import NotYourRole, WhyMissing
from sandop_web.actions.decisions import DecisionIsMade, IsEscalated, decide, escalate_decision
from sandop_web.queries.decisions import decision_view
from sandop_web.store.models import Decision, Notice

pytestmark = pytest.mark.usefixtures("cycle")


def test_the_general_manager_is_told_by_whom_and_why(act: Act) -> None:
    number = asked(act("dana"), money=80_000.0)
    escalate_decision(by=act("fiona"), number=number, why="above my limit")
    told = Notice.objects.get(message="decisions.told.escalated")
    assert told.member.person == "eve" and told.values["why"] == "above my limit"
    assert Decision.objects.get().escalated_at == NOW
    assert decision_view(by=act("eve"), number=number).line.escalated


def test_once_is_enough(act: Act) -> None:
    number = asked(act("dana"), money=80_000.0)
    escalate_decision(by=act("fiona"), number=number, why="above my limit")
    with pytest.raises(IsEscalated):
        escalate_decision(by=act("max"), number=number, why="again")


def test_what_is_made_is_not_escalated(act: Act) -> None:
    number = asked(act("dana"), money=1.0)
    decide(by=act("max"), number=number, outcome="rejected", why="no")
    with pytest.raises(DecisionIsMade):
        escalate_decision(by=act("fiona"), number=number, why="yes")


def test_it_needs_a_reason_and_is_not_for_viewers(act: Act) -> None:
    number = asked(act("dana"), money=1.0)
    with pytest.raises(WhyMissing):
        escalate_decision(by=act("fiona"), number=number, why="")
    with pytest.raises(NotYourRole):
        escalate_decision(by=act("vic"), number=number, why="me too")


def test_the_page_has_a_door(act: Act, client_of: Browser) -> None:
    asked(act("dana"), money=80_000.0)
    at_the_doors(client_of, "decisions/1/escalate/", who="fiona", form={"why": "above my limit"}, not_for=("vic",))
