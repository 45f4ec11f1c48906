"""What a decision sets going: the action of its owner, made once and dropped where the decision is turned round."""

from __future__ import annotations

import datetime as dt

from django.db.models import Max

from sandop_web.access import Actor
from sandop_web.store.decision_list import alternative_spoken
from sandop_web.store.models import ActionItem, Alternative, Company, Decision

State = ActionItem.State
RUNNING = ActionItem.RUNNING


def next_action_number(*, company_id: int) -> int:
    """Number of the company's next action; nobody else takes it before the transaction ends."""
    Company.objects.select_for_update().get(pk=company_id)
    last: int | None = ActionItem.objects.filter(company_id=company_id).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def make_action_of(*, decision: Decision, alternative: Alternative, by: Actor) -> None:
    """Carrying out the alternative is an action of the decision's owner, or of whoever decided where nobody owns it:
    due at the last responsible moment, today where that has passed. A decision made anew keeps the action it has."""
    told = {
        "title": alternative_spoken(alternative)["en"][:300],
        "owner_id": decision.owner_id or by.member_id,
        "due": max(decision.last_responsible or decision.due or by.today, by.today),
        "effect_expected": alternative.money,
    }
    running = decision.actions.filter(state__in=RUNNING).first()
    if running is not None:
        ActionItem.objects.filter(pk=running.pk).update(**told)
        return
    ActionItem.objects.create(
        company_id=by.company_id,
        cycle=decision.cycle,
        decision=decision,
        number=next_action_number(company_id=by.company_id),
        made_by_id=by.member_id,
        made_at=by.at,
        **told,
    )


def drop_action_of(*, decision: Decision, at: dt.datetime) -> None:
    """What was to be done for the decision is given up."""
    decision.actions.filter(state__in=RUNNING).update(state=State.GIVEN_UP, done_at=at)
