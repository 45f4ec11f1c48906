"""What waits for the reader: inputs they owe, steps they chair, decisions, actions, jobs; what is overdue first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from sandop.cycle import input_of
from sandop_web.access import Actor, query
from sandop_web.access.cycles import leads, open_cycle_in
from sandop_web.access.deciding import may_decide
from sandop_web.queries.action_items import RUNNING, title_of
from sandop_web.store.decision_list import agenda, decision_spoken
from sandop_web.store.models import ActionItem, Cycle, CycleStep, Decision, Job, StepInput
from sandop_web.store.spoken import input_spoken, step_spoken
from sandop_web.store.standing import is_signed, signed_last, steps_of
from sandop_web.wording import say

State = CycleStep.State


@dataclass(frozen=True)
class Waiting:
    """Something that waits for the reader.

    kind   input, step, decision, sign, action, job
    text   what is to be done, in the reader's language
    link   page where it is done, below the company's own address
    day    day it is due; None: whenever
    passed last responsible moment of a decision that lies behind us: every day longer costs something
    """

    kind: str
    text: str
    link: str
    day: dt.date | None
    overdue: bool
    passed: dt.date | None = None

    @property
    def presses(self) -> bool:
        """It is overdue, or its last responsible moment has passed."""
        return self.overdue or self.passed is not None


@dataclass(frozen=True)
class StepStanding:
    """A step of the open cycle. state: waiting, open, submitted, signed. `next` is the first whose day is not yet
    over: today stands before it."""

    step: str
    state: str
    day: dt.date
    overdue: bool
    next: bool = False


@dataclass(frozen=True)
class InForce:
    """The plan that was signed last."""

    version: int
    title: str
    start: str
    root_hash: str
    signed_at: dt.datetime
    name: str
    name_zh: str


@dataclass(frozen=True)
class Work:
    """The reader's inbox, and where the month stands.

    month, meeting   of the open cycle; empty and None where none is open
    version          id of the plan of the open cycle
    """

    waiting: tuple[Waiting, ...]
    month: str
    meeting: dt.date | None
    version: int | None
    version_title: str
    steps: tuple[StepStanding, ...]
    in_force: InForce | None


@query
def my_work(*, by: Actor) -> Work:
    """What waits for the reader, what presses first, then by day; where the cycle stands; the plan in force."""
    cycle = open_cycle_in(by.company_id)
    found = [*_actions(by), *_jobs(by)]
    if cycle is not None:
        found += [*_inputs(by, cycle), *_steps(by, cycle), *_decisions(by, cycle), *_signing(by, cycle)]
    found.sort(key=lambda one: (not one.overdue, one.passed is None, one.day or dt.date.max, one.kind))
    return Work(
        waiting=tuple(found),
        month=cycle.month if cycle else "",
        meeting=cycle.meeting if cycle else None,
        version=cycle.version_id if cycle else None,
        version_title=cycle.version.title if cycle else "",
        steps=_standings(by, cycle) if cycle else (),
        in_force=_in_force(by),
    )


def _standings(by: Actor, cycle: Cycle) -> tuple[StepStanding, ...]:
    steps = steps_of(cycle)
    coming = next((step.step for step in steps if step.day >= by.today), "")
    return tuple(
        StepStanding(
            step.step,
            step.state,
            step.day,
            overdue=step.state != State.SIGNED and step.day < by.today,
            next=step.step == coming,
        )
        for step in steps
    )


def _in_force(by: Actor) -> InForce | None:
    signature = signed_last(by.company_id)
    if signature is None:
        return None
    version, member = signature.version, signature.member
    return InForce(
        version.pk, version.title, version.start, signature.root_hash, signature.at, member.name, member.name_zh
    )


def _waiting(by: Actor, message: str, *, link: str, day: dt.date | None, **values: Any) -> Waiting:
    """`message` is the end of the id; its first word is the kind."""
    text = say(f"decisions.work.{message}", by.language, **values)
    return Waiting(message.split("_")[0], text, link, day, day is not None and day < by.today)


def _inputs(by: Actor, cycle: Cycle) -> Iterator[Waiting]:
    missing = StepInput.objects.filter(
        step__cycle=cycle, owner_id=by.member_id, state=StepInput.State.MISSING
    ).exclude(step__state=State.SIGNED)
    for given in missing.select_related("step").order_by("step__place", "input"):
        if input_of(given.input).itself:
            continue
        step = given.step
        yield _waiting(
            by,
            "input",
            link=f"step/{step.step}/",
            day=step.day,
            input=input_spoken(given.input)[by.language],
            step=step_spoken(step.step)[by.language],
        )


def _steps(by: Actor, cycle: Cycle) -> Iterator[Waiting]:
    """Steps of the reader: to open once the one before is signed and its inputs are there, to submit, to sign."""
    before_signed = True
    for step in steps_of(cycle):
        message = ""
        if step.state == State.OPEN and leads(by=by, step=step.step):
            message = "step_submit"
        elif step.state == State.SUBMITTED and leads(by=by, step=step.step):
            message = "step_sign"
        elif step.state == State.WAITING and before_signed and leads(by=by, step=step.step) and not _lacks(step):
            message = "step_open"
        if message:
            title = step_spoken(step.step)[by.language]
            yield _waiting(by, message, link=f"step/{step.step}/", day=step.day, step=title)
        before_signed = step.state == State.SIGNED


def _lacks(step: CycleStep) -> bool:
    """True where somebody still owes the step an input."""
    missing = step.inputs.filter(state=StepInput.State.MISSING).values_list("input", flat=True)
    return any(not input_of(name).itself for name in missing)


def _decisions(by: Actor, cycle: Cycle) -> Iterator[Waiting]:
    """Decisions the reader owns, and those they may make; what was escalated waits for the general manager."""
    found = cycle.decisions.filter(state=Decision.State.OPEN).select_related("owner", "cycle__version")
    for decision in agenda(found.prefetch_related("alternatives")):
        ways = list(decision.alternatives.all())
        mine = decision.owner_id == by.member_id
        reachable = any(may_decide(by=by, decision=decision, chosen=one) for one in ways)
        if not mine and not reachable:
            continue
        escalated = decision.escalated_at is not None and by.arbiter
        message = "decision_escalated" if escalated else "decision_make" if reachable else "decision_own"
        moment = decision.last_responsible
        passed = moment if moment is not None and moment < by.today else None
        ahead = [day for day in (None if passed else moment, decision.due) if day is not None]
        waits = _waiting(
            by,
            message,
            link=f"decisions/{decision.number}/",
            day=min(ahead, default=None),
            number=decision.number,
            title=decision_spoken(decision)[by.language],
        )
        yield replace(waits, passed=passed)


def _signing(by: Actor, cycle: Cycle) -> Iterator[Waiting]:
    """The general manager's: the plan, once the meeting is on and everything on the list is decided."""
    if not by.arbiter or is_signed(cycle.version_id):
        return
    meeting = next((one for one in steps_of(cycle) if one.step == "sop_meeting"), None)
    if meeting is None or meeting.state not in (State.OPEN, State.SUBMITTED):
        return
    if not cycle.decisions.filter(state=Decision.State.OPEN).exists():
        yield _waiting(by, "sign", link="sign/", day=meeting.day, month=cycle.month)


def _actions(by: Actor) -> Iterator[Waiting]:
    items = ActionItem.objects.filter(owner_id=by.member_id, state__in=RUNNING).select_related("decision")
    for item in items.prefetch_related("decision__alternatives").order_by("due", "number"):
        yield _waiting(
            by, "action", link="actions/?which=mine", day=item.due, number=item.number, title=title_of(item, by)
        )


def _jobs(by: Actor) -> Iterator[Waiting]:
    running = Job.objects.filter(company_id=by.company_id, user_id=by.user_id, state__in=Job.GOING)
    for job in running.order_by("queued_at"):
        at = job.queued_at.astimezone(ZoneInfo(by.time_zone))
        yield _waiting(by, "job", link=f"jobs/{job.pk}/", day=None, at=f"{at:%H:%M}", share=job.progress)
