"""Decisions are made once, within somebody's authority.

| who   | role        | money   | volume |
|-------|-------------|---------|--------|
| Fiona | finance     |  50,000 | –      |
| Max   | sop_manager | 100,000 | –      |
| Eve   | gm          | none    | none   |
"""

import datetime as dt

import pytest
from meeting import CUTS, SHIFTS, asked, at_the_doors, listed
from stage import NOW, Act, Browser

from sandop_web.access import BeyondYourAuthority, NothingThere, NotUnderstood, NotYourRole, WhyMissing
from sandop_web.access.deciding import NotYoursToDecide
from sandop_web.actions.decisions import ConditionsMissing, DecisionIsMade, decide, reopen_decision
from sandop_web.store.models import ActionItem, Decision, DecisionEvent, Member, Notice

pytestmark = pytest.mark.usefixtures("cycle")


def _approve(act: Act, person: str, number: int, chosen: str = "b") -> None:
    decide(by=act(person), number=number, outcome="approved", chosen=chosen, why="worth it")


@pytest.mark.parametrize(
    ("person", "money", "may"),
    [("fiona", 50_000, True), ("fiona", 50_001, False), ("max", 100_000, True), ("max", 100_001, False)],
)
def test_a_person_decides_up_to_their_limit_in_money(act: Act, person: str, money: float, may: bool) -> None:
    number = asked(act("dana"), money=money)
    if may:
        _approve(act, person, number)
        assert Decision.objects.get().state == Decision.State.APPROVED
    else:
        with pytest.raises(BeyondYourAuthority) as refused:
            _approve(act, person, number)
        assert "Eve" in refused.value.remedy("en") and "volume" not in refused.value.text("en")
        assert Decision.objects.get().state == Decision.State.OPEN


def test_the_general_manager_has_no_limit(act: Act) -> None:
    number = asked(act("dana"), money=1e12, units=1e9)
    _approve(act, "eve", number)
    assert Decision.objects.get().state == Decision.State.APPROVED


def test_what_it_costs_counts_like_what_it_earns(act: Act) -> None:
    for number in (asked(act("dana"), money=10.0, cost=60_000.0), asked(act("dana"), money=-60_000.0)):
        with pytest.raises(BeyondYourAuthority):
            _approve(act, "fiona", number)


def test_a_limit_in_volume_holds_whatever_the_money(act: Act) -> None:
    Member.objects.filter(person="fiona").update(authority_units=500.0)
    with pytest.raises(BeyondYourAuthority):
        _approve(act, "fiona", asked(act("dana"), money=1.0, units=501.0))
    _approve(act, "fiona", asked(act("dana"), money=1.0, units=-500.0))


def test_who_rejects_gives_up_what_is_recommended_and_that_counts(act: Act) -> None:
    number = asked(act("dana"), money=60_000.0)
    with pytest.raises(BeyondYourAuthority):
        decide(by=act("fiona"), number=number, outcome="rejected", why="no")
    with pytest.raises(BeyondYourAuthority):
        _approve(act, "fiona", number, chosen="a")  # leaving it as it is comes to the same
    decide(by=act("max"), number=number, outcome="rejected", why="no")
    assert Decision.objects.get().state == Decision.State.REJECTED


def test_planners_decide_what_is_theirs_and_nothing_else(act: Act) -> None:
    Member.objects.filter(person__in=("dana", "sam")).update(authority=1_000.0)
    number = asked(act("dana"), money=900.0, owner="dana")
    with pytest.raises(NotYoursToDecide) as refused:
        _approve(act, "sam", number)
    assert "Dana" in refused.value.text("en")
    _approve(act, "dana", number)


def test_a_viewer_decides_nothing(act: Act) -> None:
    listed(act("max"))
    with pytest.raises(NotYourRole):
        _approve(act, "vic", SHIFTS)


def test_it_needs_a_reason(act: Act) -> None:
    listed(act("max"))
    with pytest.raises(WhyMissing):
        decide(by=act("eve"), number=SHIFTS, outcome="approved", chosen="c", why=" ")


def test_the_owner_is_told_the_outcome_in_their_language(act: Act) -> None:
    listed(act("max"))
    decide(by=act("eve"), number=SHIFTS, outcome="conditional", chosen="b", conditions="no Sundays", why="ok")
    told = Notice.objects.get(member__person="olaf", message="decisions.told.conditional")
    assert told.values["conditions"] == "no Sundays"
    assert "总装线" in told.values["way"]["zh"] and "Assembly" in told.values["way"]["en"]


def test_what_is_approved_becomes_an_action_of_the_owner_due_at_the_last_responsible_moment(act: Act) -> None:
    listed(act("max"))
    Decision.objects.filter(number=SHIFTS).update(last_responsible=dt.date(2026, 1, 15))
    _approve(act, "eve", SHIFTS, chosen="c")
    item = ActionItem.objects.get()
    assert (item.owner.person, item.due, item.effect_expected) == ("olaf", dt.date(2026, 1, 15), 14_448.24)
    assert item.decision is not None and item.decision.number == SHIFTS


def test_where_the_last_responsible_moment_has_passed_the_action_is_due_today(act: Act) -> None:
    listed(act("max"))
    _approve(act, "eve", SHIFTS, chosen="c")
    assert ActionItem.objects.get().due == NOW.date()


def test_a_decision_made_anew_keeps_its_one_action(act: Act) -> None:
    listed(act("max"))
    _approve(act, "eve", SHIFTS, chosen="c")
    reopen_decision(by=act("max"), number=SHIFTS, why="new offer")
    _approve(act, "eve", SHIFTS, chosen="b")
    assert ActionItem.objects.get().effect_expected == 10_890.08
    reopen_decision(by=act("max"), number=SHIFTS, why="the offer is gone")
    decide(by=act("eve"), number=SHIFTS, outcome="rejected", why="too late")
    assert ActionItem.objects.get().state == ActionItem.State.GIVEN_UP


def test_nobody_decides_twice(act: Act) -> None:
    listed(act("max"))
    _approve(act, "eve", SHIFTS, chosen="c")
    with pytest.raises(DecisionIsMade) as refused:
        _approve(act, "eve", SHIFTS, chosen="b")
    assert "Eve" in refused.value.text("en")
    assert Decision.objects.get(number=SHIFTS).chosen == "c"


def test_conditions_are_written_where_there_are_conditions_and_nowhere_else(act: Act) -> None:
    listed(act("max"))
    with pytest.raises(ConditionsMissing):
        decide(by=act("eve"), number=SHIFTS, outcome="conditional", chosen="c", why="ok")
    with pytest.raises(NotUnderstood):
        decide(by=act("eve"), number=SHIFTS, outcome="approved", chosen="c", conditions="no Sundays", why="ok")


@pytest.mark.parametrize(
    ("outcome", "chosen"), [("approved", ""), ("approved", "z"), ("rejected", "b"), ("postponed", "b")]
)
def test_an_outcome_that_cannot_be_meant_is_refused(act: Act, outcome: str, chosen: str) -> None:
    listed(act("max"))
    with pytest.raises(NotUnderstood):
        decide(by=act("eve"), number=SHIFTS, outcome=outcome, chosen=chosen, why="ok")  # type: ignore[arg-type]


def test_a_decision_of_no_cycle_is_not_found(act: Act) -> None:
    with pytest.raises(NothingThere):
        _approve(act, "eve", SHIFTS)


def test_who_decided_what_and_why_is_kept(act: Act) -> None:
    listed(act("max"))
    decide(by=act("eve"), number=CUTS, outcome="approved", chosen="a", why="the East can wait")
    event = DecisionEvent.objects.get(decision__number=CUTS, what="decided")
    assert (event.person, event.role, event.outcome, event.chosen) == ("eve", "gm", "approved", "a")
    assert event.why == "the East can wait" and event.at == NOW


def test_the_page_has_a_door(act: Act, client_of: Browser) -> None:
    listed(act("max"))
    form = {"outcome": "approved", "chosen": "c", "why": "worth it"}
    at_the_doors(client_of, "decisions/1/decide/", who="eve", form=form, not_for=("vic", "sally"))
    assert client_of("eve").post("/c/small/decisions/1/decide/", form).status_code == 409
