"""A decision is opened again."""

import pytest
from meeting import SHIFTS, at_the_doors, listed, ready_to_sign
from stage import Act, Browser

from sandop_web.access import NotYourRole, WhyMissing
from sandop_web.access.deciding import PlanIsSigned
from sandop_web.actions.decisions import DecisionIsOpen, decide, reopen_decision
from sandop_web.actions.signing import sign_plan
from sandop_web.store.models import Decision, Notice

pytestmark = pytest.mark.usefixtures("cycle")


def _made(act: Act) -> None:
    """The extra shifts are approved."""
    listed(act("max"))
    decide(by=act("eve"), number=SHIFTS, outcome="approved", chosen="c", why="go")


def test_it_can_be_made_anew_and_its_owner_is_told(act: Act) -> None:
    _made(act)
    reopen_decision(by=act("max"), number=SHIFTS, why="a better offer")
    decision = Decision.objects.get(number=SHIFTS)
    assert (decision.state, decision.chosen, decision.decided_by) == (Decision.State.OPEN, "", None)
    assert Notice.objects.filter(member__person="olaf", message="decisions.told.reopened").exists()
    decide(by=act("eve"), number=SHIFTS, outcome="rejected", why="the offer was poor")


def test_what_is_open_is_not_opened(act: Act) -> None:
    listed(act("max"))
    with pytest.raises(DecisionIsOpen):
        reopen_decision(by=act("max"), number=SHIFTS, why="?")


def test_after_the_signature_it_stays_as_it_was_signed(act: Act) -> None:
    sign_plan(by=act("eve"), version=ready_to_sign(act("eve")), why="agreed")
    with pytest.raises(PlanIsSigned):
        reopen_decision(by=act("eve"), number=SHIFTS, why="regret")


def test_only_the_s_and_op_manager_and_the_gm_may_and_they_say_why(act: Act) -> None:
    _made(act)
    for person in ("olaf", "fiona", "vic"):
        with pytest.raises(NotYourRole):
            reopen_decision(by=act(person), number=SHIFTS, why="no")
    with pytest.raises(WhyMissing):
        reopen_decision(by=act("max"), number=SHIFTS, why="")


def test_the_page_has_a_door(act: Act, client_of: Browser) -> None:
    _made(act)
    at_the_doors(client_of, "decisions/1/reopen/", who="max", form={"why": "news"}, not_for=("olaf", "vic"))
