"""The decision list of a cycle, in the order of the agenda, and one decision with its alternatives and history."""

from __future__ import annotations

from sandop_web.access import Actor, NothingThere, may_take, query
from sandop_web.access.cycles import open_cycle_in
from sandop_web.access.deciding import arbiters, decision_of, is_beyond_owner, may_decide
from sandop_web.queries.decision_reasons import moment_of, recommendation_of
from sandop_web.queries.decision_views import (
    AlternativeLine,
    DecisionLine,
    DecisionList,
    DecisionView,
    EventLine,
    Person,
)
from sandop_web.store.decision_list import (
    DECIDED,
    agenda,
    alternative_spoken,
    at_stake,
    decision_spoken,
    kind_spoken,
    recommended,
    weight,
)
from sandop_web.store.evidence import is_fresh
from sandop_web.store.models import Alternative, Cycle, Decision, DecisionEvent, Member
from sandop_web.store.spoken import named
from sandop_web.store.standing import is_signed

__all__ = [
    "AlternativeLine",
    "DecisionLine",
    "DecisionList",
    "DecisionView",
    "EventLine",
    "Person",
    "decision_view",
    "decisions_of_cycle",
    "members_of",
    "members_to_ask",
    "person_of",
]

State = Decision.State


@query
def decisions_of_cycle(*, by: Actor, month: str = "") -> DecisionList:
    """The list of the open cycle, or of the cycle of `month`; without a month and an open cycle the newest one.
    Raises NothingThere for a month that has had no cycle."""
    cycles = Cycle.objects.filter(company_id=by.company_id)
    cycle = cycles.filter(month=month).first() if month else open_cycle_in(by.company_id)
    if month and cycle is None:
        raise NothingThere()
    cycle = cycle or cycles.order_by("-month").first()
    months = tuple(cycles.order_by("-month").values_list("month", flat=True))
    if cycle is None:
        return DecisionList("", None, (), (), 0, False, False, False, False, False, ())
    found = cycle.decisions.select_related("owner", "cycle__version").prefetch_related("alternatives")
    signed = is_signed(cycle.version_id)
    running = cycle.state == Cycle.State.OPEN and not signed
    fresh = is_fresh(cycle.version, "supply")
    lines = [_line(by, one, running) for one in agenda(found)]
    return DecisionList(
        month=cycle.month,
        meeting=cycle.meeting,
        lines=tuple(one for one in lines if one.state != State.LAPSED),
        lapsed=tuple(one for one in lines if one.state == State.LAPSED),
        undecided=sum(one.state == State.OPEN for one in lines),
        signed=signed,
        open=cycle.state == Cycle.State.OPEN,
        fresh=fresh,
        may_take_up=running and fresh and may_take(by=by, action="take_up_decisions"),
        may_add=running and may_take(by=by, action="add_decision"),
        months=months,
    )


@query
def decision_view(*, by: Actor, number: int, month: str = "") -> DecisionView:
    """One decision of the open cycle, or of the cycle of `month`. Raises NothingThere."""
    decision = decision_of(by=by, number=number, month=month)
    signed = is_signed(decision.cycle.version_id)
    running = decision.cycle.state == Cycle.State.OPEN and not signed
    undecided = running and decision.state not in DECIDED
    assigns = undecided and may_take(by=by, action="assign_decision")
    return DecisionView(
        month=decision.cycle.month,
        line=_line(by, decision, running),
        alternatives=tuple(_alternative(by, decision, one, undecided) for one in decision.alternatives.all()),
        events=tuple(_events(by, decision)),
        decided_by=person_of(decision.decided_by),
        decided_at=decision.decided_at,
        why=decision.why,
        recommendation=recommendation_of(decision, by.language),
        moment=moment_of(decision, by.language),
        actions=tuple(decision.actions.order_by("number").values_list("number", flat=True)),
        members=tuple(members_of(by)) if assigns else (),
        may_reject=undecided and may_decide(by=by, decision=decision, chosen=None),
        may_escalate=undecided and _may_escalate(by, decision),
        may_reopen=running and decision.state in DECIDED and may_take(by=by, action="reopen_decision"),
        may_assign=assigns,
    )


@query
def members_to_ask(*, by: Actor) -> tuple[Person, ...]:
    """Everybody a decision or an action may be given to."""
    return tuple(members_of(by))


def person_of(member: Member | None) -> Person | None:
    """A member by name."""
    return None if member is None else Person(member.person, member.name, member.name_zh)


def members_of(by: Actor) -> list[Person]:
    """Everybody who can own something: the active members but the viewers."""
    members = Member.objects.filter(company_id=by.company_id, active=True).exclude(role="viewer").order_by("name")
    return [Person(member.person, member.name, member.name_zh) for member in members]


def _line(by: Actor, decision: Decision, running: bool) -> DecisionLine:
    ways = list(decision.alternatives.all())
    chosen = next((one for one in ways if one.letter == decision.chosen), None)
    shown = None if decision.state == State.REJECTED else chosen or recommended(decision)
    days = [day for day in (decision.last_responsible, decision.due) if day is not None]
    is_open = decision.state == State.OPEN
    left = (decision.last_responsible - by.today).days if is_open and decision.last_responsible else None
    beyond = is_open and is_beyond_owner(decision)
    return DecisionLine(
        number=decision.number,
        kind=kind_spoken(decision.kind)[by.language],
        kind_id=decision.kind,
        title=decision_spoken(decision)[by.language],
        owner=person_of(decision.owner),
        due=decision.due,
        last_responsible=decision.last_responsible,
        state=decision.state,
        chosen=decision.chosen,
        way=alternative_spoken(shown)[by.language] if shown else "",
        weight=weight(decision),
        money=shown.money if shown else 0.0,
        units=shown.units if shown else 0.0,
        days_left=left,
        needs=_needs(by, decision, beyond) if is_open else "",
        beyond=beyond,
        conditions=decision.conditions,
        escalated=decision.escalated_at is not None,
        overdue=is_open and running and bool(days) and min(days) < by.today,
        mine=decision.owner_id == by.member_id,
        may_decide=is_open and running and any(may_decide(by=by, decision=decision, chosen=one) for one in ways),
    )


def _needs(by: Actor, decision: Decision, beyond: bool) -> str:
    """Name of who decides it: its owner, or the general managers where it is too large or has no owner."""
    owner = decision.owner
    if owner is None or beyond:
        return arbiters(by=by)
    return named(owner.name, owner.name_zh)[by.language]


def _alternative(by: Actor, decision: Decision, one: Alternative, undecided: bool) -> AlternativeLine:
    return AlternativeLine(
        letter=one.letter,
        text=alternative_spoken(one)[by.language],
        money=one.money,
        worth=one.worth,
        cost=one.cost,
        revenue=one.revenue,
        margin=one.margin,
        units=one.units,
        at_stake=at_stake(one),
        recommended=one.recommended,
        chosen=one.letter == decision.chosen,
        may_choose=undecided and may_decide(by=by, decision=decision, chosen=one),
    )


def _events(by: Actor, decision: Decision) -> list[EventLine]:
    people = {one.person: one for one in Member.objects.filter(company_id=by.company_id)}
    return [_event(one, people.get(one.person)) for one in decision.events.order_by("pk")]


def _event(one: DecisionEvent, member: Member | None) -> EventLine:
    return EventLine(
        what=one.what,
        outcome=one.outcome,
        chosen=one.chosen,
        conditions=one.conditions,
        person=one.person,
        name=member.name if member else one.person,
        name_zh=member.name_zh if member else "",
        role=one.role,
        at=one.at,
        why=one.why,
    )


def _may_escalate(by: Actor, decision: Decision) -> bool:
    return decision.escalated_at is None and not by.arbiter and may_take(by=by, action="escalate_decision")
