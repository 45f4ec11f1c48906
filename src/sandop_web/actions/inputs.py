"""The inputs of a step: delivered by their owner, or stood in for; and the lines of its checklist."""

from __future__ import annotations

from typing import Literal

from sandop.cycle import input_of
from sandop.cycle import step as template
from sandop_web.access import Actor, NotUnderstood, WebRefusal, action
from sandop_web.access.cycles import (
    input_in,
    name_of,
    owes,
    require_deliverer,
    require_worker,
    step_in,
)
from sandop_web.access.members import acting_member
from sandop_web.actions.telling import tell
from sandop_web.store.edits import edit_cells
from sandop_web.store.evidence import lacks
from sandop_web.store.models import CycleStep, StepInput, Tick
from sandop_web.store.spoken import input_spoken, listed, named, said, step_spoken
from sandop_web.store.stand_ins import blank_edits, last_agreed_edits
from sandop_web.store.steps import StepIsClosed, customers_of, require_step_open
from sandop_web.wording import say

Substitute = Literal["last_agreed", "statistical", "none"]
State = StepInput.State


class EvidenceIsMissing(WebRefusal):
    """An input is said to be there, but what it consists of is not."""

    message = "cycle.evidence_is_missing"


class InputComesByItself(WebRefusal):
    """An input that nobody delivers: it is there as soon as what it stands on is done."""

    message = "cycle.input_comes_by_itself"


class NoPlanAgreed(WebRefusal):
    """There is no plan agreed last for the customers of a salesperson."""

    message = "cycle.no_plan_agreed"


@action
def deliver_input(*, by: Actor, step: str, input: str, owner: str = "", why: str = "") -> None:
    """Say that an input is there. `owner` is the person who owes it, left out where only one does.

    Raises NoCycleOpen, NothingThere, NotYourInput, InputComesByItself, EvidenceIsMissing naming what is blank, and
    StepIsClosed once the step is signed.
    """
    given = _open_input(by, step, input, owner)
    require_deliverer(by=by, given=given)
    if input_of(given.input).itself:
        raise InputComesByItself(input=input_spoken(given.input))
    lacking = lacks(given)
    if lacking:
        raise EvidenceIsMissing(input=input_spoken(given.input), lacking=listed(lacking))
    _keep(given, by, State.DELIVERED, "", why)


@action
def substitute_input(*, by: Actor, step: str, input: str, owner: str = "", substitute: Substitute, why: str) -> None:
    """Let something stand in for an input that is not given, and mark it.

    substitute   last_agreed: the sales forecast becomes the demand plan agreed last; statistical: it becomes blank,
                 so that the baseline counts; none: the step goes on without the input

    The numbers change in the plan and are on record as changes; the owner is told.
    Raises NoCycleOpen, NothingThere, NotUnderstood, NoPlanAgreed, StepIsClosed.
    """
    given = _open_input(by, step, input, owner)
    allowed = input_of(given.input).substitutes
    if substitute not in allowed:
        raise NotUnderstood(field="substitute", value=substitute, wanted=", ".join(allowed))
    if substitute != "none":
        _write_numbers(given, by, substitute, why)
    _keep(given, by, State.SUBSTITUTED, substitute, why)
    if given.owner_id not in (None, by.member_id):
        _tell_owner(given, by, substitute, why)


@action
def tick(*, by: Actor, step: str, line: int, ticked: bool = True) -> None:
    """Tick a line of the checklist of an open or submitted step, or take the tick back. `line` counts from 0.

    Raises NoCycleOpen, NotYourStep, NotUnderstood, StepIsClosed."""
    held = step_in(by=by, step=step, held=True)
    require_worker(by=by, step=step)
    _require_unsigned(held)
    count = len(template(step).checklist())
    if not 0 <= line < count:
        raise NotUnderstood(field="line", value=line, wanted=f"0–{count - 1}")
    if ticked:
        Tick.objects.get_or_create(step=held, line=line, defaults={"person": by.person, "at": by.at})
    else:
        Tick.objects.filter(step=held, line=line).delete()


def _open_input(by: Actor, step: str, name: str, owner: str) -> StepInput:
    held = step_in(by=by, step=step, held=True)
    _require_unsigned(held)
    return input_in(step=held, name=name, owner=owner)


def _require_unsigned(step: CycleStep) -> None:
    if step.state == CycleStep.State.SIGNED:
        raise StepIsClosed(step=step_spoken(step.step), month=step.cycle.month)


def _write_numbers(given: StepInput, by: Actor, substitute: str, why: str) -> None:
    version = given.step.cycle.version
    require_step_open(version=version, step=given.step.step)
    customers = customers_of(version, given)
    if substitute == "last_agreed":
        edits = last_agreed_edits(version=version, customers=customers)
        if not edits:
            raise NoPlanAgreed(owner=name_of(given))
    else:
        edits = blank_edits(version=version, customers=customers)
    if edits:
        reason = say("cycle.substitute_why", by.language, name=owes(given), why=why)
        edit_cells(version=version, edits=edits, member=acting_member(by=by), at=by.at, why=reason)


def _keep(given: StepInput, by: Actor, state: str, substitute: str, why: str) -> None:
    given.state, given.substitute = state, substitute
    given.person, given.at, given.why = by.person, by.at, why.strip()
    given.save(update_fields=["state", "substitute", "person", "at", "why"])


def _tell_owner(given: StepInput, by: Actor, substitute: str, why: str) -> None:
    assert given.owner_id is not None
    tell(
        member_id=given.owner_id,
        message="cycle.told_substituted",
        values={
            "input": input_spoken(given.input),
            "step": step_spoken(given.step.step),
            "month": given.step.cycle.month,
            "substitute": said(f"cycle.substitute.{substitute}"),
            "name": named(by.name, by.name_zh),
            "why": why,
        },
        link=f"step/{given.step.step}/",
        at=by.at,
    )
