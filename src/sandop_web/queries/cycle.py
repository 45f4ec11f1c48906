"""The open cycle as a whole: its days, how far each step is, what is missing from whom, what comes next."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace

from sandop.cycle import step as template
from sandop_web.access import Actor, may_take, query
from sandop_web.access.cycles import name_of, open_cycle_in, owes
from sandop_web.access.versions import version_of
from sandop_web.queries.step_views import StepView, names_of, step_view
from sandop_web.store.evidence import missing_inputs
from sandop_web.store.models import Cycle, CycleStep, StepInput, Version
from sandop_web.store.plans import read_network
from sandop_web.store.spoken import input_spoken, named
from sandop_web.store.standing import holders_of, signed_last, steps_of
from sandop_web.store.steps import customers_of, cycle_behind

__all__ = [
    "CycleView",
    "StepView",
    "cycles_of",
    "open_cycle_of",
    "plan_in_force",
    "step_view",
    "substitutes_in",
]
State = CycleStep.State


@dataclass(frozen=True)
class MissingInput:
    """An input that is not there, and whom it is due from."""

    input: str
    title: str
    owner: str
    owner_name: str


@dataclass(frozen=True)
class StepLine:
    """A step in the row of the month.

    chairs   names of who holds the role of the chair
    inputs   how many it rests on, of which `missing` are not there
    gate     what keeps it: before (the step before is not signed), inputs, nothing (it can be opened), and empty once
             it is open
    next     the first step whose day is not yet over: today stands before it
    """

    step: str
    day: dt.date
    state: str
    overdue: bool
    chair: str
    chairs: tuple[str, ...]
    missing: tuple[MissingInput, ...]
    inputs: int = 0
    gate: str = ""
    next: bool = False

    @property
    def there(self) -> int:
        """How many of its inputs are there."""
        return self.inputs - len(self.missing)

    @property
    def owing(self) -> tuple[str, ...]:
        """Names of those it waits for, each once."""
        return tuple(dict.fromkeys(one.owner_name for one in self.missing))


@dataclass(frozen=True)
class NextThing:
    """What comes next in the cycle: what is open, submit, sign, deliver, or close (the cycle)."""

    what: str
    step: str
    day: dt.date | None


@dataclass(frozen=True)
class CycleView:
    """The open cycle.

    month       first planned month
    version     id of its plan; `snapshot` of its closed data, None before they are closed
    """

    month: str
    meeting: dt.date
    country: str
    version: int
    version_title: str
    snapshot: int | None
    opened_by: str
    opened_at: dt.datetime
    steps: tuple[StepLine, ...]
    next: NextThing
    may_close: bool
    may_move_meeting: bool


@dataclass(frozen=True)
class PastCycle:
    """A closed cycle. outcome: approved, last_plan_stays."""

    month: str
    meeting: dt.date
    outcome: str
    version: int
    closed_at: dt.datetime | None


@dataclass(frozen=True)
class SubstituteMark:
    """What stands in for an input that was not given.

    substitute  last_agreed, statistical, silence, none
    customers   whose numbers it touches; empty: none in particular
    """

    step: str
    input: str
    title: str
    owner: str
    owner_name: str
    substitute: str
    customers: tuple[str, ...]
    person: str
    at: dt.datetime | None
    why: str


@query
def month_to_open(*, by: Actor) -> str:
    """First planned month of the newest draft plan whose cycle is still to come, such as 2026-01; empty where no plan
    waits for one."""
    had = Cycle.objects.filter(company_id=by.company_id).values("month")
    drafts = Version.objects.filter(
        company_id=by.company_id, purpose=Version.Purpose.PLAN, state=Version.State.DRAFT
    ).exclude(start__in=had)
    return drafts.order_by("-number").values_list("start", flat=True).first() or ""


@query
def open_cycle_of(*, by: Actor) -> CycleView | None:
    """The open cycle of the company; None where none is open."""
    cycle = open_cycle_in(by.company_id)
    if cycle is None:
        return None
    names = names_of(by)
    lines = _lines(by, cycle)
    return CycleView(
        month=cycle.month,
        meeting=cycle.meeting,
        country=cycle.country,
        version=cycle.version_id,
        version_title=cycle.version.title,
        snapshot=cycle.snapshot_id,
        opened_by=names.get(cycle.opened_by.person, cycle.opened_by.person),
        opened_at=cycle.opened_at,
        steps=lines,
        next=_next(lines),
        may_close=may_take(by=by, action="close_cycle"),
        may_move_meeting=may_take(by=by, action="move_meeting"),
    )


def _lines(by: Actor, cycle: Cycle) -> tuple[StepLine, ...]:
    """The steps in order, each with what keeps it from being opened."""
    lines: list[StepLine] = []
    found = steps_of(cycle)
    coming = next((step.step for step in found if step.day >= by.today), "")
    counts = Counter(StepInput.objects.filter(step__cycle=cycle).values_list("step__step", flat=True))
    for step in found:
        line = _line(by, step)
        gate = ""
        if step.state == State.WAITING:
            before = not lines or lines[-1].state == State.SIGNED
            gate = "before" if not before else "inputs" if line.missing else "nothing"
        lines.append(replace(line, inputs=counts[step.step], gate=gate, next=step.step == coming))
    return tuple(lines)


def _line(by: Actor, step: CycleStep) -> StepLine:
    chair = template(step.step).chair
    missing = missing_inputs(step) if step.state != State.SIGNED else []
    return StepLine(
        step=step.step,
        day=step.day,
        state=step.state,
        overdue=step.state != State.SIGNED and step.day < by.today,
        chair=chair,
        chairs=tuple(named(one.name, one.name_zh)[by.language] for one in holders_of(by.company_id, chair)),
        missing=tuple(_missing(by, given) for given in missing),
    )


def _missing(by: Actor, given: StepInput) -> MissingInput:
    return MissingInput(given.input, input_spoken(given.input)[by.language], owes(given), name_of(given)[by.language])


def _next(lines: tuple[StepLine, ...]) -> NextThing:
    line = next((line for line in lines if line.state != State.SIGNED), None)
    if line is None:
        return NextThing("close", "", None)
    if line.state == State.SUBMITTED:
        return NextThing("sign", line.step, line.day)
    if line.missing:
        return NextThing("deliver", line.step, line.day)
    return NextThing("submit" if line.state == State.OPEN else "open", line.step, line.day)


@query
def cycles_of(*, by: Actor) -> tuple[PastCycle, ...]:
    """The closed cycles of the company, the newest first."""
    closed = Cycle.objects.filter(company_id=by.company_id, state=Cycle.State.CLOSED).order_by("-month")
    return tuple(PastCycle(one.month, one.meeting, one.outcome, one.version_id, one.closed_at) for one in closed)


@query
def plan_in_force(*, by: Actor) -> int | None:
    """The version that was signed last and so binds the company; None where none was ever signed."""
    signature = signed_last(by.company_id)
    return signature.version_id if signature else None


@query
def substitutes_in(*, by: Actor, version: int) -> tuple[SubstituteMark, ...]:
    """What stands in for inputs that were not given, in the plan or the scenario; marks of other regions' customers
    are left out. Raises NothingThere."""
    found = version_of(by=by, version=version)
    cycle = cycle_behind(found)
    if cycle is None:
        return ()
    marked = StepInput.objects.filter(step__cycle=cycle, state=StepInput.State.SUBSTITUTED)
    names = names_of(by)
    marks = [
        SubstituteMark(
            step=given.step.step,
            input=given.input,
            title=input_spoken(given.input)[by.language],
            owner=owes(given),
            owner_name=names.get(owes(given), name_of(given)[by.language]),
            substitute=given.substitute,
            customers=tuple(customers_of(found, given)),
            person=names.get(given.person, given.person),
            at=given.at,
            why=given.why,
        )
        for given in marked.select_related("step", "owner").order_by("step__place", "pk")
    ]
    return tuple(mark for mark in marks if _concerns(by, mark, cycle))


def _concerns(by: Actor, mark: SubstituteMark, cycle: Cycle) -> bool:
    """True where the mark speaks of everybody, or of a customer in the reader's region."""
    if not mark.customers or not by.region:
        return True
    customers = read_network(cycle.version).customers
    regions = dict(zip(customers.keys, customers.region))
    return any(regions.get(customer) in ("", by.region) for customer in mark.customers)
