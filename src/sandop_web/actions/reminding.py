"""Reminders: actions, decisions, steps and inputs whose day is near, has come, or has passed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sandop.cycle import input_of
from sandop.cycle import step as step_of
from sandop_web.access.actor import day_in
from sandop_web.actions.following_up import RUNNING
from sandop_web.actions.telling import tell
from sandop_web.store.decision_list import decision_spoken
from sandop_web.store.models import ActionItem, Company, Cycle, CycleStep, Decision, Member, Notice, StepInput
from sandop_web.store.spoken import input_spoken, step_spoken

AHEAD = 3  # days before the day something is due
_WEEK = 7


def due_reminders(*, at: dt.datetime) -> int:
    """Remind everybody of what is due in three days, what is due today, and every week of what is overdue; how many
    notices were given. Calling it again the same day gives none."""
    before = Notice.objects.count()
    for company in Company.objects.order_by("pk"):
        today = day_in(time_zone=company.time_zone, days_behind=company.days_behind, at=at)
        _of_actions(company, today, at)
        cycle = company.cycles.filter(state=Cycle.State.OPEN).first()
        if cycle is not None:
            _of_decisions(cycle, today, at)
            _of_steps(cycle, today, at)
            _of_inputs(cycle, today, at)
    return Notice.objects.count() - before


def occasion(*, due: dt.date, today: dt.date) -> str:
    """Which reminder of something due this is: ahead, today, or late-1, late-2 … for each week overdue; empty: none.
    A day on which nobody looked is caught up with."""
    left = (due - today).days
    if left > AHEAD:
        return ""
    if left >= 1:
        return "ahead"
    if left == 0:
        return "today"
    return f"late-{(-left + _WEEK - 1) // _WEEK}"


def _remind(
    member_id: int, what: str, due: dt.date, today: dt.date, at: dt.datetime, link: str, values: Mapping[str, object]
) -> None:
    """`what` names the thing, such as "action-12"; its message is that of the first word and the occasion."""
    now = occasion(due=due, today=today)
    if not now:
        return
    message = f"decisions.remind.{what.split('-')[0]}.{now.split('-')[0]}"
    once = f"{what}-{now}-{due.isoformat()}"
    tell(member_id=member_id, message=message, values={**values, "day": due}, link=link, at=at, once=once)


def _of_actions(company: Company, today: dt.date, at: dt.datetime) -> None:
    items = ActionItem.objects.filter(company=company, state__in=RUNNING)
    for item in items.filter(due__lte=today + dt.timedelta(days=AHEAD)).order_by("pk"):
        values = {"number": item.number, "title": item.title}
        _remind(item.owner_id, f"action-{item.pk}", item.due, today, at, "actions/", values)


def _of_decisions(cycle: Cycle, today: dt.date, at: dt.datetime) -> None:
    """The day of a decision is its last responsible moment or its due date, whichever is earlier."""
    for decision in cycle.decisions.filter(state=Decision.State.OPEN).exclude(owner=None).order_by("pk"):
        days = [day for day in (decision.last_responsible, decision.due) if day is not None]
        if not days:
            continue
        assert decision.owner_id is not None
        values = {"number": decision.number, "title": decision_spoken(decision)}
        link = f"decisions/{decision.number}/"
        _remind(decision.owner_id, f"decision-{decision.pk}", min(days), today, at, link, values)


def _of_steps(cycle: Cycle, today: dt.date, at: dt.datetime) -> None:
    """Whoever chairs a step that is not signed."""
    for step in cycle.steps.exclude(state=CycleStep.State.SIGNED).order_by("place"):
        chairs = Member.objects.filter(company_id=cycle.company_id, role=step_of(step.step).chair, active=True)
        values = {"step": step_spoken(step.step), "month": cycle.month}
        for member in chairs.order_by("pk"):
            _remind(member.pk, f"step-{step.pk}", step.day, today, at, f"step/{step.step}/", values)


def _of_inputs(cycle: Cycle, today: dt.date, at: dt.datetime) -> None:
    """Whoever owes a step an input; what is there by itself nobody owes."""
    missing = StepInput.objects.filter(step__cycle=cycle, state=StepInput.State.MISSING).exclude(owner=None)
    for given in missing.select_related("step").order_by("pk"):
        if given.owner_id is None or input_of(given.input).itself:
            continue
        step = given.step
        values = {"input": input_spoken(given.input), "step": step_spoken(step.step), "month": cycle.month}
        _remind(given.owner_id, f"input-{given.pk}", step.day, today, at, f"step/{step.step}/", values)
