"""Deciding: the list is taken up from the plan, and each decision is made once, within somebody's authority."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sandop.scenario import ARBITER
from sandop_web.access import Actor, NotUnderstood, WebRefusal, action
from sandop_web.access.cycles import held_cycle, open_cycle_in
from sandop_web.access.deciding import decision_of, require_may_decide, require_unsigned
from sandop_web.access.members import member_of
from sandop_web.actions.decision_history import minute_outcome, minute_reopened, note, tell_outcome, tell_owner
from sandop_web.actions.following_up import drop_action_of, make_action_of
from sandop_web.actions.telling import tell_everybody
from sandop_web.store.decision_list import (
    DECIDED,
    TakenUp,
    decision_spoken,
    next_number,
    priced,
    proposals,
    replace_alternatives,
    take_up,
)
from sandop_web.store.evidence import is_fresh
from sandop_web.store.models import Alternative, Cycle, Decision
from sandop_web.store.plans import read_report
from sandop_web.store.spoken import named

Outcome = Literal["approved", "conditional", "rejected"]
OUTCOMES: tuple[Outcome, ...] = ("approved", "conditional", "rejected")
_LETTERS = "abcdefgh"
State = Decision.State


class ResultsDoNotSpeak(WebRefusal):
    """The plan has no supply results, or they were made from numbers that have changed since."""

    message = "decisions.results_do_not_speak"


class DecisionIsMade(WebRefusal):
    """The decision has been made; it is not made twice."""

    message = "decisions.is_made"


class DecisionIsOpen(WebRefusal):
    """The decision has not been made, so there is nothing to reopen."""

    message = "decisions.is_open"


class ConditionsMissing(WebRefusal):
    """An approval with conditions that names none."""

    message = "decisions.conditions_missing"
    status = 400


class IsEscalated(WebRefusal):
    """The general manager has the decision already."""

    message = "decisions.is_escalated"


@dataclass(frozen=True)
class WayToDecide:
    """An alternative of a decision that somebody writes.

    money, cost   what it earns and costs, plan currency
    units         volume it moves, plan units
    """

    text: str
    money: float = 0.0
    cost: float = 0.0
    units: float = 0.0
    recommended: bool = False


@action
def take_up_decisions(*, by: Actor) -> TakenUp:
    """Bring the list of the open cycle up to the `decisions` report of its plan. What is decided stays decided.

    Raises NoCycleOpen, PlanIsSigned, ResultsDoNotSpeak.
    """
    cycle = held_cycle(by=by)
    require_unsigned(cycle=cycle)
    if not is_fresh(cycle.version, "supply"):
        raise ResultsDoNotSpeak(title=cycle.version.title)
    return _taken_up(cycle, by)


def let_decisions_follow(*, by: Actor, version: int) -> None:
    """After the month of a version was run: where it is the plan of the open cycle, its list follows the results,
    unless the plan has moved while they were computed. Part of the run, so whoever may run the month may do it."""
    cycle = open_cycle_in(by.company_id)
    if cycle is not None and cycle.version_id == version and is_fresh(cycle.version, "supply"):
        _taken_up(cycle, by)


def _taken_up(cycle: Cycle, by: Actor) -> TakenUp:
    proposed = priced(proposals(read_report(cycle.version, "decisions")), read_report(cycle.version, "unserved"))
    return take_up(cycle=cycle, proposed=proposed, person=by.person, role=by.role, at=by.at)


@action
def add_decision(
    *,
    by: Actor,
    title: str,
    alternatives: Sequence[WayToDecide],
    owner: str = "",
    due: dt.date | None = None,
    last_responsible: dt.date | None = None,
) -> int:
    """Put a decision on the list of the open cycle; its number. `owner` is a person; left out: whoever adds it.

    Raises NoCycleOpen, PlanIsSigned, NothingThere for an unknown owner; NotUnderstood without a title, with less than
    two alternatives or more than eight, and for an amount that is no number.
    """
    cycle = held_cycle(by=by)
    require_unsigned(cycle=cycle)
    if not title.strip() or len(title) > 200:
        raise NotUnderstood(field="title", value=title[:40], wanted="1–200")
    written = [one for one in alternatives if one.text.strip()]
    if not 2 <= len(written) <= len(_LETTERS):
        raise NotUnderstood(field="alternatives", value=len(written), wanted=f"2–{len(_LETTERS)}")
    member = member_of(by=by, person=owner or by.person)
    decision = Decision.objects.create(
        cycle=cycle,
        number=next_number(cycle),
        kind="other",
        subject=title.strip(),
        by_hand=True,
        owner=member,
        due=due or cycle.meeting,
        last_responsible=last_responsible,
    )
    replace_alternatives(decision, [_as_columns(letter, one) for letter, one in zip(_LETTERS, written)])
    note(decision=decision, what="raised", by=by)
    tell_owner(decision=decision, by=by, message="decisions.told.owned")
    return decision.number


def _as_columns(letter: str, way: WayToDecide) -> dict[str, object]:
    for name in ("money", "cost", "units"):
        if not math.isfinite(getattr(way, name)):
            raise NotUnderstood(field=name, value=getattr(way, name), wanted="0.00")
    return {
        "letter": letter,
        "text_en": way.text.strip(),
        "money": way.money,
        "worth": way.money,
        "cost": way.cost,
        "units": way.units,
        "recommended": way.recommended,
    }


@action
def assign_decision(*, by: Actor, number: int, owner: str, due: dt.date | None = None) -> None:
    """Say who owns an undecided decision, and until when it is to be made. Raises NothingThere, DecisionIsMade."""
    decision = _undecided(by, number)
    decision.owner = member_of(by=by, person=owner)
    decision.due = due or decision.due
    decision.save(update_fields=["owner", "due"])
    note(decision=decision, what="assigned", by=by)
    tell_owner(decision=decision, by=by, message="decisions.told.owned")


@action
def decide(*, by: Actor, number: int, outcome: Outcome, why: str, chosen: str = "", conditions: str = "") -> None:
    """Make a decision: approve an alternative, approve it with conditions, or reject. Its owner is told; what is
    approved becomes an action of its owner, due at the last responsible moment.

    chosen   letter of the alternative; empty where the decision is rejected

    Raises NothingThere, PlanIsSigned, DecisionIsMade, NotUnderstood, ConditionsMissing, NotYoursToDecide,
    BeyondYourAuthority.
    """
    decision = _undecided(by, number)
    alternative = _chosen(decision, outcome, chosen)
    require_may_decide(by=by, decision=decision, chosen=alternative)
    decision.conditions = _conditions(outcome, conditions)
    decision.state, decision.chosen, decision.why = outcome, alternative.letter if alternative else "", why.strip()
    decision.decided_by_id, decision.decided_at = by.member_id, by.at
    decision.save(update_fields=["state", "chosen", "conditions", "why", "decided_by", "decided_at"])
    note(decision=decision, what="decided", by=by, why=why)
    if alternative is None:
        drop_action_of(decision=decision, at=by.at)
    else:
        make_action_of(decision=decision, alternative=alternative, by=by)
    tell_outcome(decision=decision, alternative=alternative, by=by)
    minute_outcome(decision=decision, alternative=alternative, by=by)


def _chosen(decision: Decision, outcome: str, chosen: str) -> Alternative | None:
    """The alternative that is approved; None for a rejection."""
    if outcome not in OUTCOMES:
        raise NotUnderstood(field="outcome", value=outcome, wanted=", ".join(OUTCOMES))
    letters = {one.letter: one for one in decision.alternatives.all()}
    if outcome == "rejected":
        if chosen:
            raise NotUnderstood(field="chosen", value=chosen, wanted="–")
        return None
    if chosen not in letters:
        raise NotUnderstood(field="chosen", value=chosen, wanted=", ".join(letters))
    return letters[chosen]


def _conditions(outcome: str, conditions: str) -> str:
    if outcome == State.CONDITIONAL and not conditions.strip():
        raise ConditionsMissing()
    if outcome != State.CONDITIONAL and conditions.strip():
        raise NotUnderstood(field="conditions", value=conditions[:40], wanted=State.CONDITIONAL)
    return conditions.strip()


@action
def escalate_decision(*, by: Actor, number: int, why: str) -> None:
    """Bring a decision that is too large for oneself to the general manager, who is told.

    Raises NothingThere, PlanIsSigned, DecisionIsMade, IsEscalated.
    """
    decision = _undecided(by, number)
    if decision.escalated_at is not None:
        raise IsEscalated(number=number)
    decision.escalated_at = by.at
    decision.save(update_fields=["escalated_at"])
    note(decision=decision, what="escalated", by=by, why=why)
    tell_everybody(
        company_id=by.company_id,
        roles=(ARBITER,),
        message="decisions.told.escalated",
        values={"number": number, "title": decision_spoken(decision), "name": named(by.name, by.name_zh), "why": why},
        link=f"decisions/{number}/",
        at=by.at,
    )


@action
def reopen_decision(*, by: Actor, number: int, why: str) -> None:
    """Open a decision again, so that it can be made anew. Raises NothingThere, PlanIsSigned, DecisionIsOpen."""
    decision = decision_of(by=by, number=number, locked=True)
    require_unsigned(cycle=decision.cycle)
    if decision.state not in DECIDED:
        raise DecisionIsOpen(number=number)
    decision.state, decision.chosen, decision.conditions, decision.why = State.OPEN, "", "", ""
    decision.decided_by = decision.decided_at = decision.escalated_at = None
    decision.save()
    note(decision=decision, what="reopened", by=by, why=why)
    tell_owner(decision=decision, by=by, message="decisions.told.reopened")
    minute_reopened(decision=decision, by=by, why=why)


def _undecided(by: Actor, number: int) -> Decision:
    """The decision, held for this transaction. Raises NothingThere, PlanIsSigned, DecisionIsMade."""
    decision = decision_of(by=by, number=number, locked=True)
    require_unsigned(cycle=decision.cycle)
    if decision.state in DECIDED:
        assert decision.decided_by is not None
        raise DecisionIsMade(number=number, name=decision.decided_by.name)
    return decision
