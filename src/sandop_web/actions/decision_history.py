"""What becomes of a decision is kept, its owner hears of it, and the minutes have it."""

from __future__ import annotations

from sandop_web.access import Actor
from sandop_web.actions.minutes import keep_minute
from sandop_web.actions.telling import tell
from sandop_web.store.agenda import decision_point
from sandop_web.store.decision_list import alternative_spoken, decision_spoken
from sandop_web.store.models import Alternative, Decision, DecisionEvent, MinuteLine
from sandop_web.store.spoken import named


def note(*, decision: Decision, what: str, by: Actor, why: str = "") -> None:
    """Keep what became of the decision: raised, assigned, escalated, decided, reopened."""
    decided = what == "decided"
    DecisionEvent.objects.create(
        decision=decision,
        what=what,
        outcome=decision.state if decided else "",
        chosen=decision.chosen,
        conditions=decision.conditions,
        person=by.person,
        role=by.role,
        at=by.at,
        why=why.strip(),
    )


def tell_owner(*, decision: Decision, by: Actor, message: str) -> None:
    """Tell the owner, unless they did it themselves."""
    if decision.owner_id is None or decision.owner_id == by.member_id:
        return
    values = {
        "number": decision.number,
        "title": decision_spoken(decision),
        "name": named(by.name, by.name_zh),
        "day": decision.due,
    }
    link = f"decisions/{decision.number}/"
    tell(member_id=decision.owner_id, message=message, values=values, link=link, at=by.at)


def tell_outcome(*, decision: Decision, alternative: Alternative | None, by: Actor) -> None:
    """Tell the owner how somebody else decided; `alternative` is None for a rejection."""
    if decision.owner_id is None or decision.owner_id == by.member_id:
        return
    tell(
        member_id=decision.owner_id,
        message=f"decisions.told.{decision.state}",
        values={
            "number": decision.number,
            "title": decision_spoken(decision),
            "name": named(by.name, by.name_zh),
            "way": alternative_spoken(alternative) if alternative else "",
            "conditions": decision.conditions,
        },
        link=f"decisions/{decision.number}/",
        at=by.at,
    )


def minute_outcome(*, decision: Decision, alternative: Alternative | None, by: Actor) -> None:
    """The minutes say what was decided, by whom and why; `alternative` is None for a rejection."""
    keep_minute(
        cycle=decision.cycle,
        by=by,
        point=decision_point(decision.number),
        kind=MinuteLine.Kind.DECISION,
        message=f"meeting.minute.{decision.state}",
        values={
            "title": decision_spoken(decision),
            "way": alternative_spoken(alternative) if alternative else "",
            "conditions": decision.conditions,
            "why": decision.why,
        },
    )


def minute_reopened(*, decision: Decision, by: Actor, why: str) -> None:
    """The minutes say that a decision is open again, and why."""
    keep_minute(
        cycle=decision.cycle,
        by=by,
        point=decision_point(decision.number),
        kind=MinuteLine.Kind.DECISION,
        message="meeting.minute.reopened",
        values={"title": decision_spoken(decision), "why": why.strip()},
    )
