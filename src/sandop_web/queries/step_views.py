"""A step of the open cycle as its page shows it: what it is for, what it waits for, and what the reader may do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sandop.cycle import Step, input_of
from sandop.cycle import step as template
from sandop.cycle import steps as templates
from sandop.wording import in_a_row
from sandop_web.access import Actor, NothingThere, may_take, query
from sandop_web.access.cycles import (
    leads,
    may_deliver,
    name_of,
    open_cycle_in,
    owes,
    works_on,
)
from sandop_web.access.roles import SOP_MANAGER
from sandop_web.access.sheet_rows import part_named
from sandop_web.access.signing import MEETING
from sandop_web.store.evidence import is_fresh, lacks
from sandop_web.store.ground_rules import ground_rules
from sandop_web.store.models import Cycle, CycleStep, LateInput, StepInput, Version
from sandop_web.store.packets import PACK_INPUT
from sandop_web.store.plans import read_network
from sandop_web.store.spoken import named
from sandop_web.store.standing import inputs_of, is_signed, members_of, steps_of
from sandop_web.store.steps import customers_of
from sandop_web.wording import say

State = CycleStep.State
RACI = ("chair", "responsible", "accountable", "consulted", "informed")


@dataclass(frozen=True)
class InputView:
    """An input of a step.

    owner       person it is due from; empty where nobody could be found
    state       missing, delivered, substituted
    itself      it is there as soon as its evidence is
    lacking     what its evidence lacks while it is missing, in the reader's language
    customers   whom it speaks of; empty: everybody; and what they are called
    substitutes what may stand in for it now, where the reader may say so
    """

    input: str
    title: str
    owner: str
    owner_name: str
    owner_role: str
    state: str
    itself: bool
    lacking: tuple[str, ...]
    customers: tuple[str, ...]
    customer_names: tuple[str, ...]
    substitute: str
    person: str
    at: dt.datetime | None
    why: str
    may_deliver: bool
    substitutes: tuple[str, ...]


@dataclass(frozen=True)
class CheckLine:
    """A line of the checklist; `person` and `at` where it is ticked."""

    line: int
    text: str
    ticked: bool
    person: str
    at: dt.datetime | None


@dataclass(frozen=True)
class RaciLine:
    """Who takes part how: chair, responsible, accountable, consulted, informed. Role → names of who holds it."""

    part: str
    people: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class EventView:
    """What became of the step. `unticked`: line of the checklist in words, and why it was signed without."""

    what: str
    person: str
    role: str
    at: dt.datetime
    why: str
    unticked: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class StepView:
    """A step as its page shows it, in the reader's language.

    month, day   of the open cycle; empty and None where none is open
    state        none (no cycle is open), waiting, open, submitted, signed
    overdue      its day has passed, and it is not signed
    missing      inputs that are not there
    before       the step that must be signed first and is not; empty where nothing is in the way
    results      step of the chain that must be fresh to sign; empty: none
    fresh        its results were made from the numbers as they stand
    waiting_late late inputs of this step that nobody has decided
    warnings     ground rules the step does not keep, and a plan not signed yet, in the reader's language
    """

    step: str
    purpose: str
    goals: tuple[str, ...]
    outputs: tuple[str, ...]
    checklist: tuple[CheckLine, ...]
    raci: tuple[RaciLine, ...]
    results: str
    month: str = ""
    day: dt.date | None = None
    state: str = "none"
    overdue: bool = False
    inputs: tuple[InputView, ...] = ()
    missing: tuple[InputView, ...] = ()
    events: tuple[EventView, ...] = ()
    before: str = ""
    fresh: bool = False
    waiting_late: int = 0
    warnings: tuple[str, ...] = ()
    may_open: bool = False
    may_submit: bool = False
    may_sign: bool = False
    may_reopen: bool = False
    may_tick: bool = False
    may_hand_in_late: bool = False


@query
def step_view(*, by: Actor, step: str) -> StepView:
    """A step of the open cycle; where none is open, what the template says of it. Raises NothingThere for a step
    there is not."""
    if step not in {found.step for found in templates()}:
        raise NothingThere()
    cycle = open_cycle_in(by.company_id)
    if cycle is None:
        return _of_template(by, template(step))
    return _of_step(by, cycle, next(found for found in steps_of(cycle) if found.step == step))


def names_of(by: Actor) -> dict[str, str]:
    """Person → name in the reader's language, of everybody who ever was in the company."""
    return {one.person: named(one.name, one.name_zh)[by.language] for one in members_of(by.company_id)}


def _of_template(by: Actor, known: Step) -> StepView:
    """What is always true of a step; its checklist unticked."""
    lines = enumerate(known.checklist(by.language))
    return StepView(
        step=known.step,
        purpose=known.purpose(by.language),
        goals=known.goals(by.language),
        outputs=known.outputs(by.language),
        checklist=tuple(CheckLine(line, text, False, "", None) for line, text in lines),
        raci=_raci(by, known),
        results=known.results,
    )


def _of_step(by: Actor, cycle: Cycle, step: CycleStep) -> StepView:
    known, names = template(step.step), names_of(by)
    inputs = tuple(_input(by, given, names) for given in inputs_of(step))
    earlier = (found for found in steps_of(cycle) if found.place < step.place)
    before = next((found for found in earlier if found.state != State.SIGNED), None)
    return replace(
        _of_template(by, known),
        month=cycle.month,
        day=step.day,
        state=step.state,
        overdue=step.state != State.SIGNED and step.day < by.today,
        inputs=inputs,
        missing=tuple(given for given in inputs if is_missing(given)),
        checklist=_checklist(by, step, names),
        events=_events(by, step, names),
        before=before.step if before else "",
        fresh=not known.results or is_fresh(cycle.version, known.results),
        waiting_late=LateInput.objects.filter(cycle=cycle, step=step.step, state__in=LateInput.UNDECIDED).count(),
        warnings=(*_late_packet(by, cycle, step), *_unsigned_plan(by, cycle, step)),
        **_allowed(by, cycle, step),
    )


def _late_packet(by: Actor, cycle: Cycle, step: CycleStep) -> Iterator[str]:
    """The meeting pack came later than the company has agreed; counted in whole days, 24 hours each."""
    delivered = (one for one in inputs_of(step) if one.state == StepInput.State.DELIVERED)
    pack = next((one for one in delivered if one.input == PACK_INPUT), None)
    if pack is None or pack.at is None:
        return
    hours = 24 * (cycle.meeting - by.day_of(pack.at)).days
    agreed = ground_rules(cycle.company).packet_hours
    if hours < agreed:
        yield say("cycle.packet_is_late", by.language, hours=max(hours, 0), agreed=agreed)


def _unsigned_plan(by: Actor, cycle: Cycle, step: CycleStep) -> Iterator[str]:
    """The meeting is on and its plan is not signed: when the step is signed, it is too late."""
    on = step.step == MEETING and step.state in (State.OPEN, State.SUBMITTED)
    if on and not is_signed(cycle.version_id):
        yield say("cycle.plan_awaits_signature", by.language)


def _allowed(by: Actor, cycle: Cycle, step: CycleStep) -> dict[str, Any]:
    """What the reader may do with the step as it is now."""
    signed = is_signed(cycle.version_id)
    worker, leader = works_on(by=by, step=step.step), leads(by=by, step=step.step)
    runs = leader or by.role == SOP_MANAGER
    in_work = step.state in (State.OPEN, State.SUBMITTED)
    done = step.state in (State.SUBMITTED, State.SIGNED)
    wanted = {
        "open": ("open_step", step.state == State.WAITING and runs),
        "submit": ("submit_step", step.state == State.OPEN and worker),
        "sign": ("sign_step", step.state == State.SUBMITTED and leader),
        "reopen": ("reopen_step", done and runs and not signed),
        "tick": ("tick", in_work and worker),
        "hand_in_late": ("hand_in_late", step.state == State.SIGNED and not signed),
    }
    return {f"may_{name}": holds and may_take(by=by, action=action) for name, (action, holds) in wanted.items()}


def is_missing(given: InputView) -> bool:
    """True where the step still waits for the input."""
    return given.state == StepInput.State.MISSING and not (given.itself and not given.lacking)


def _input(by: Actor, given: StepInput, names: Mapping[str, str]) -> InputView:
    known = input_of(given.input)
    missing = given.state == StepInput.State.MISSING
    lacking = tuple(word[by.language] for word in lacks(given)) if missing else ()
    there = known.itself and not lacking
    customers = tuple(customers_of(given.step.cycle.version, given))
    return InputView(
        input=given.input,
        title=known.title(by.language),
        owner=owes(given),
        owner_name=names.get(owes(given), name_of(given)[by.language]),
        owner_role=known.owner,
        state=given.state,
        itself=known.itself,
        lacking=lacking,
        customers=customers,
        customer_names=_called(by, given.step.cycle.version, customers),
        substitute=given.substitute,
        person=names.get(given.person, given.person),
        at=given.at,
        why=given.why,
        may_deliver=not known.itself and not lacking and _may_deliver(by, given),
        substitutes=known.substitutes if missing and not there and _may_substitute(by, given) else (),
    )


def _called(by: Actor, version: Version, customers: tuple[str, ...]) -> tuple[str, ...]:
    if not customers:
        return ()
    network = read_network(version)
    parts = [part_named(network=network, level="customer", label=customer) for customer in customers]
    return tuple(named(part.name, part.name_zh)[by.language] for part in parts)


def _may_deliver(by: Actor, given: StepInput) -> bool:
    if given.step.state == State.SIGNED or given.state == StepInput.State.DELIVERED:
        return False
    return may_deliver(by=by, given=given) and may_take(by=by, action="deliver_input")


def _may_substitute(by: Actor, given: StepInput) -> bool:
    return given.step.state != State.SIGNED and may_take(by=by, action="substitute_input")


def _checklist(by: Actor, step: CycleStep, names: Mapping[str, str]) -> tuple[CheckLine, ...]:
    ticks = {one.line: one for one in step.ticks.all()}
    return tuple(
        CheckLine(
            line,
            text,
            line in ticks,
            names.get(ticks[line].person, ticks[line].person) if line in ticks else "",
            ticks[line].at if line in ticks else None,
        )
        for line, text in enumerate(template(step.step).checklist(by.language))
    )


def _raci(by: Actor, known: Step) -> tuple[RaciLine, ...]:
    holders: dict[str, list[str]] = {}
    for member in (one for one in members_of(by.company_id) if one.active):
        holders.setdefault(member.role, []).append(named(member.name, member.name_zh)[by.language])
    return tuple(
        RaciLine(part, tuple((role, in_a_row(holders.get(role, ()), by.language)) for role in _roles(known, part)))
        for part in RACI
        if _roles(known, part)
    )


def _roles(known: Step, part: str) -> tuple[str, ...]:
    roles = getattr(known, part)
    return (roles,) if isinstance(roles, str) else tuple(roles)


def _events(by: Actor, step: CycleStep, names: Mapping[str, str]) -> tuple[EventView, ...]:
    lines = template(step.step).checklist(by.language)
    return tuple(
        EventView(
            event.what,
            names.get(event.person, event.person),
            event.role,
            event.at,
            event.why,
            tuple((lines[int(line)], why) for line, why in sorted(event.unticked.items()) if int(line) < len(lines)),
        )
        for event in step.events.order_by("at", "pk")
    )
