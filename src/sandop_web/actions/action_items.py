"""Actions: what somebody is to do until when, what it should bring, and how far it is."""

from __future__ import annotations

import datetime as dt
import math

from sandop_web.access import Actor, NothingThere, NotUnderstood, action
from sandop_web.access.acting import require_may_report
from sandop_web.access.cycles import open_cycle_in
from sandop_web.access.deciding import decision_of
from sandop_web.access.members import member_of
from sandop_web.actions.following_up import RUNNING, next_action_number
from sandop_web.actions.minutes import keep_minute
from sandop_web.actions.telling import tell
from sandop_web.store.agenda import ACTIONS, decision_point
from sandop_web.store.models import ActionItem, Member, MinuteLine
from sandop_web.store.spoken import named

State = ActionItem.State
STATES = tuple(State.values)
_LONGEST = 300  # characters of a title


@action
def add_action_item(
    *,
    by: Actor,
    title: str,
    owner: str,
    due: dt.date,
    effect_expected: float | None = None,
    decision: int | None = None,
    remark: str = "",
) -> int:
    """Give somebody something to do; its number. The owner is told.

    owner             person id of a member
    effect_expected   plan currency; None where nobody can say
    decision          number of the decision of the open cycle that it carries out; None: none

    Raises NothingThere for an unknown owner or decision, NotUnderstood for a blank title or a day that has passed.
    """
    if not title.strip() or len(title) > _LONGEST:
        raise NotUnderstood(field="title", value=title[:40], wanted=f"1–{_LONGEST}")
    if due < by.today:
        raise NotUnderstood(field="due", value=due.isoformat(), wanted=f"≥ {by.today.isoformat()}")
    member = member_of(by=by, person=owner)
    item = ActionItem.objects.create(
        company_id=by.company_id,
        cycle=open_cycle_in(by.company_id),
        decision=None if decision is None else decision_of(by=by, number=decision),
        number=next_action_number(company_id=by.company_id),
        title=title.strip(),
        owner=member,
        due=due,
        effect_expected=_amount("effect_expected", effect_expected),
        remark=remark.strip(),
        made_by_id=by.member_id,
        made_at=by.at,
    )
    _tell(item, member, "decisions.told.action", by)
    _minute(item, member, by)
    return item.number


def _minute(item: ActionItem, owner: Member, by: Actor) -> None:
    """Within a cycle the minutes have the action: who does what until when."""
    if item.cycle is None:
        return
    keep_minute(
        cycle=item.cycle,
        by=by,
        point=ACTIONS if item.decision is None else decision_point(item.decision.number),
        kind=MinuteLine.Kind.ACTION,
        message="meeting.minute.action",
        values={
            "number": item.number,
            "title": item.title,
            "owner": named(owner.name, owner.name_zh),
            "day": item.due,
        },
    )


@action
def report_on_action(
    *, by: Actor, number: int, state: str, effect_seen: float | None = None, remark: str = ""
) -> None:
    """Say how far an action is: open, started, done or given up, and what it has brought (plan currency). Its owner
    may, whoever made it, and the S&OP manager. The others of the two are told when it ends.

    Raises NothingThere, NotYoursToReport, NotUnderstood.
    """
    if state not in STATES:
        raise NotUnderstood(field="state", value=state, wanted=", ".join(STATES))
    item = ActionItem.objects.select_for_update().filter(company_id=by.company_id, number=number).first()
    if item is None:
        raise NothingThere()
    require_may_report(by=by, item=item)
    ended = state not in RUNNING and item.state in RUNNING
    item.state = state
    item.effect_seen = _amount("effect_seen", effect_seen)
    item.remark = remark.strip()
    item.done_at = None if state in RUNNING else item.done_at or by.at
    item.save(update_fields=["state", "effect_seen", "remark", "done_at"])
    if ended:
        for other in {item.owner_id, item.made_by_id} - {by.member_id}:
            _tell(item, Member.objects.get(pk=other), f"decisions.told.{state}", by)


def _amount(field: str, value: float | None) -> float | None:
    if value is not None and not math.isfinite(value):
        raise NotUnderstood(field=field, value=value, wanted="0.00")
    return value


def _tell(item: ActionItem, member: Member, message: str, by: Actor) -> None:
    if member.pk == by.member_id:
        return
    name = named(by.name, by.name_zh)
    values = {"number": item.number, "title": item.title, "name": name, "day": item.due, "remark": item.remark}
    tell(member_id=member.pk, message=message, values=values, link="actions/", at=by.at)
