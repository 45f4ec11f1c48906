"""Finding the steps and inputs of the open cycle through the company, and who may move them on."""

from __future__ import annotations

from sandop.cycle import step as template
from sandop.cycle import steps as all_steps
from sandop_web.access.actor import Actor
from sandop_web.access.refusals import NothingThere, WebRefusal
from sandop_web.access.roles import SOP_MANAGER
from sandop_web.store.looking import once
from sandop_web.store.models import Cycle, CycleStep, StepInput
from sandop_web.store.spoken import Spoken, input_spoken, listed, named, role_spoken, step_spoken
from sandop_web.store.standing import holders_of


class NoCycleOpen(WebRefusal):
    """There is no open cycle to act in."""

    message = "decisions.no_cycle_open"


class NotYourStep(WebRefusal):
    """Only those who lead a step, or do its work, may move it on."""

    message = "cycle.not_your_step"
    status = 403


class NotYourInput(WebRefusal):
    """Somebody else brings this input."""

    message = "cycle.not_your_input"
    status = 403


def cycle_now(*, by: Actor) -> Cycle:
    """The open cycle of the person's company. Raises NoCycleOpen."""
    cycle = open_cycle_in(by.company_id)
    if cycle is None:
        raise NoCycleOpen()
    return cycle


def open_cycle_in(company_id: int) -> Cycle | None:
    """The open cycle of a company; None where none is open."""
    cycles = Cycle.objects.filter(company_id=company_id, state=Cycle.State.OPEN).select_related("company", "version")
    return once(("open cycle", company_id), cycles.first)


def held_cycle(*, by: Actor) -> Cycle:
    """The open cycle, held for this transaction: whoever moves its steps does so alone. Raises NoCycleOpen."""
    cycle = cycle_now(by=by)
    Cycle.objects.select_for_update().get(pk=cycle.pk)
    return cycle


def step_in(*, by: Actor, step: str, held: bool = False) -> CycleStep:
    """The step of the open cycle. Raises NoCycleOpen, and NothingThere where no step has this name."""
    cycle = held_cycle(by=by) if held else cycle_now(by=by)
    found = (
        CycleStep.objects.select_related("cycle__version", "cycle__company").filter(cycle=cycle, step=step).first()
    )
    if found is None:
        raise NothingThere()
    return found


def input_in(*, step: CycleStep, name: str, owner: str) -> StepInput:
    """An input of the step; `owner` is the person who owes it (of numbers by salesperson: the salesperson); empty
    where only one does. Raises NothingThere."""
    found = [
        given
        for given in step.inputs.filter(input=name).select_related("owner", "step__cycle__version").order_by("pk")
        if owner in ("", owes(given))
    ]
    if not found or (len(found) > 1 and not owner):
        raise NothingThere()
    return found[0]


def owes(given: StepInput) -> str:
    """The person an input is due from; empty where nobody could be found."""
    return given.for_person or (given.owner.person if given.owner else "")


def leads(*, by: Actor, step: str) -> bool:
    """True for the chair of the step and who is accountable; for the S&OP manager where the company has neither."""
    leaders = (template(step).chair, template(step).accountable)
    if by.role in leaders:
        return True
    return by.role == SOP_MANAGER and not holders_of(by.company_id, *leaders)


def works_on(*, by: Actor, step: str) -> bool:
    """True for those who lead the step and those responsible for its work."""
    return by.role in template(step).responsible or leads(by=by, step=step)


def require_leader(*, by: Actor, step: str) -> None:
    """Raises NotYourStep unless `leads`."""
    if not leads(by=by, step=step):
        raise _not_your_step(step, (template(step).chair, template(step).accountable))


def require_worker(*, by: Actor, step: str) -> None:
    """Raises NotYourStep unless `works_on`."""
    if not works_on(by=by, step=step):
        raise _not_your_step(step, (template(step).chair, template(step).accountable, *template(step).responsible))


def may_deliver(*, by: Actor, given: StepInput) -> bool:
    """True for the owner of an input, and for a colleague of the same role and scope where it is nobody's own
    numbers."""
    owner = given.owner
    if owner is None:
        return by.role == SOP_MANAGER
    if owner.pk == by.member_id:
        return True
    alike = (owner.role, owner.region, owner.family) == (by.role, by.region, by.family)
    return alike and not given.for_person


def require_deliverer(*, by: Actor, given: StepInput) -> None:
    """Raises NotYourInput unless `may_deliver`."""
    if not may_deliver(by=by, given=given):
        raise NotYourInput(input=input_spoken(given.input), owner=name_of(given))


def name_of(given: StepInput) -> Spoken:
    """Who owes an input, by name; where the S&OP manager stands in for a salesperson, the salesperson's id."""
    owner = given.owner
    if owner is None or (given.for_person and given.for_person != owner.person):
        return named(given.for_person or "–")
    return named(owner.name, owner.name_zh)


def places() -> dict[str, int]:
    """Step → its place in the month."""
    return {step.step: place for place, step in enumerate(all_steps())}


def _not_your_step(step: str, roles: tuple[str, ...]) -> NotYourStep:
    return NotYourStep(step=step_spoken(step), roles=listed(role_spoken(role) for role in dict.fromkeys(roles)))
