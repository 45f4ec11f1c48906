"""The decision list is taken up from the plan."""

import datetime as dt

import pytest
from meeting import CUTS, SHIFTS, all_decided, asked, at_the_doors, in_the_meeting, listed
from stage import Act, Browser

from sandop_web.access import NotYourRole
from sandop_web.access.cycles import NoCycleOpen
from sandop_web.access.deciding import PlanIsSigned
from sandop_web.actions.decisions import ResultsDoNotSpeak, assign_decision, decide, take_up_decisions
from sandop_web.actions.signing import sign_plan
from sandop_web.store.decision_list import Proposal, take_up
from sandop_web.store.models import Cycle, Decision, Version

pytestmark = pytest.mark.usefixtures("cycle")


def _proposal(kind: str, subject: str, money: float = 1_000.0) -> Proposal:
    zero = dict.fromkeys(("money", "worth", "cost", "revenue", "margin", "units"), 0.0)
    return Proposal(
        kind,
        subject,
        "olaf",
        dt.date(2026, 2, 1),
        (
            {"letter": "a", "text_en": "Keep", "text_zh": "维持", "recommended": False, **zero},
            {"letter": "b", "text_en": "Do", "text_zh": "执行", "recommended": True, **zero, "money": money},
        ),
    )


def _take_up(*proposed: Proposal, act: Act) -> tuple[int, int, int]:
    max_ = act("max")
    taken = take_up(cycle=Cycle.objects.get(), proposed=proposed, person=max_.person, role=max_.role, at=max_.at)
    return taken.added, taken.changed, taken.lapsed


def test_the_list_holds_what_the_results_ask_for(act: Act) -> None:
    taken = take_up_decisions(by=act("max"))
    assert (taken.added, taken.changed, taken.lapsed) == (2, 0, 0)
    shifts = Decision.objects.get(number=SHIFTS)
    assert (shifts.kind, shifts.subject) == ("extra_shift", "LINE")
    assert shifts.owner is not None and shifts.owner.person == "olaf"
    assert [one.letter for one in shifts.alternatives.all() if one.recommended] == ["c"]
    assert Decision.objects.get(number=CUTS).kind == "cuts"


def test_taking_up_the_same_results_again_changes_nothing(act: Act) -> None:
    listed(act("max"))
    taken = take_up_decisions(by=act("max"))
    assert (taken.added, taken.changed, taken.lapsed) == (0, 0, 0)
    assert Decision.objects.count() == 2


def test_a_decision_keeps_its_number_when_the_order_of_the_results_changes(act: Act) -> None:
    _take_up(_proposal("extra_shift", "LINE"), _proposal("expedite", "S1"), act=act)
    assert _take_up(_proposal("expedite", "S1"), _proposal("extra_shift", "LINE"), act=act) == (0, 0, 0)
    assert dict(Decision.objects.values_list("kind", "number")) == {"extra_shift": 1, "expedite": 2}


def test_what_the_results_no_longer_ask_for_lapses_and_comes_back_when_they_do(act: Act) -> None:
    _take_up(_proposal("extra_shift", "LINE"), act=act)
    assert _take_up(act=act) == (0, 0, 1)
    assert Decision.objects.get().state == Decision.State.LAPSED
    assert _take_up(_proposal("extra_shift", "LINE"), act=act) == (0, 1, 0)
    assert Decision.objects.get().state == Decision.State.OPEN


def test_what_was_put_on_the_list_by_hand_does_not_lapse(act: Act) -> None:
    asked(act("max"), money=10.0)
    assert _take_up(act=act) == (0, 0, 0)
    assert Decision.objects.get().state == Decision.State.OPEN


def test_new_results_change_the_money_of_an_open_decision_and_never_of_one_that_is_made(act: Act) -> None:
    _take_up(_proposal("extra_shift", "LINE", 1_000.0), _proposal("expedite", "S1", 1_000.0), act=act)
    decide(by=act("eve"), number=1, outcome="approved", chosen="b", why="go")
    assert _take_up(_proposal("extra_shift", "LINE", 9.0), _proposal("expedite", "S1", 9.0), act=act) == (0, 1, 0)
    money = {one.number: one.alternatives.get(letter="b").money for one in Decision.objects.all()}
    assert money == {1: 1_000.0, 2: 9.0}
    assert Decision.objects.get(number=1).state == Decision.State.APPROVED


def test_the_cuts_are_one_decision_whichever_customers_they_name(act: Act) -> None:
    _take_up(_proposal("cuts", "E, W"), act=act)
    assert _take_up(_proposal("cuts", "E"), act=act) == (0, 1, 0)
    assert Decision.objects.get().subject == "E"


def test_an_owner_given_by_hand_stays_the_owner(act: Act) -> None:
    _take_up(_proposal("extra_shift", "LINE"), act=act)
    assign_decision(by=act("max"), number=1, owner="sam")
    _take_up(_proposal("extra_shift", "LINE", 5.0), act=act)
    owner = Decision.objects.get().owner
    assert owner is not None and owner.person == "sam"


def test_results_older_than_their_numbers_do_not_speak(act: Act) -> None:
    Version.objects.update(results_of=7)
    with pytest.raises(ResultsDoNotSpeak):
        take_up_decisions(by=act("max"))


def test_without_a_cycle_there_is_no_list(act: Act) -> None:
    Cycle.objects.update(state=Cycle.State.CLOSED)
    with pytest.raises(NoCycleOpen):
        take_up_decisions(by=act("max"))


def test_the_list_stays_as_it_was_signed(act: Act) -> None:
    listed(act("eve"))
    all_decided(act("eve"))
    sign_plan(by=act("eve"), version=in_the_meeting().version_id, why="agreed")
    with pytest.raises(PlanIsSigned):
        take_up_decisions(by=act("max"))


def test_sales_and_viewers_do_not_take_it_up(act: Act) -> None:
    for person in ("sally", "vic"):
        with pytest.raises(NotYourRole):
            take_up_decisions(by=act(person))


def test_the_page_has_a_door(client_of: Browser) -> None:
    at_the_doors(client_of, "decisions/take-up/", who="max", not_for=("sally", "vic"))
    assert Decision.objects.count() == 2
