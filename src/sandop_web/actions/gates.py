"""The gates of the month: a step opens, is submitted, signed, and if need be opened again."""

from __future__ import annotations

from collections.abc import Mapping

from sandop.cycle import input_of
from sandop.cycle import step as template
from sandop_web.access import Actor, NotUnderstood, WebRefusal, action
from sandop_web.access.cycles import name_of, require_leader, require_worker, step_in
from sandop_web.access.deciding import require_unsigned
from sandop_web.access.roles import SOP_MANAGER
from sandop_web.access.signing import MEETING
from sandop_web.actions.telling import tell_everybody
from sandop_web.store.evidence import is_fresh, missing_inputs
from sandop_web.store.ground_rules import ground_rules
from sandop_web.store.models import CycleStep, StepEvent, StepInput
from sandop_web.store.snapshots import snapshot_holds
from sandop_web.store.spoken import Spoken, input_spoken, listed, named, said, step_spoken
from sandop_web.store.standing import is_signed

State = CycleStep.State
DATA_CLOSE = "data_close"


class StepIsElsewhere(WebRefusal):
    """The step is not in the state that this needs."""

    message = "cycle.step_is_elsewhere"


class StepBeforeIsOpen(WebRefusal):
    """The step before has not been signed."""

    message = "cycle.step_before_is_open"


class InputsAreMissing(WebRefusal):
    """Inputs of the step are not there; each is named with its owner."""

    message = "cycle.inputs_are_missing"


class LinesAreOpen(WebRefusal):
    """Lines of the checklist are neither ticked nor explained."""

    message = "cycle.lines_are_open"


class ResultsAreStale(WebRefusal):
    """The results the step decides on were not made from the numbers as they stand."""

    message = "cycle.results_are_stale"


class DataAreNotClosed(WebRefusal):
    """The data of the month were not closed as they stand."""

    message = "cycle.data_are_not_closed"


class PlanIsNotSigned(WebRefusal):
    """The meeting would end without a signed plan, and nobody says why."""

    message = "cycle.plan_is_not_signed"


@action
def open_step(*, by: Actor, step: str, why: str = "") -> None:
    """Open a step for work. Where silence is consent, what needs no more than a word counts as agreed from the day of
    the step on. Raises NoCycleOpen, NotYourStep, StepIsElsewhere, StepBeforeIsOpen, InputsAreMissing."""
    held = step_in(by=by, step=step, held=True)
    if by.role != SOP_MANAGER:
        require_leader(by=by, step=step)
    _require_state(held, State.WAITING)
    before = CycleStep.objects.filter(cycle=held.cycle, place__lt=held.place).exclude(state=State.SIGNED).first()
    if before is not None:
        raise StepBeforeIsOpen(step=step_spoken(step), before=step_spoken(before.step))
    _take_silence_as_consent(held, by)
    _require_inputs(held)
    _note_what_is_there(held, by)
    _move(held, State.OPEN, "opened", by, why)
    _tell_team(held, by, "cycle.told_opened")


@action
def submit_step(*, by: Actor, step: str, why: str = "") -> None:
    """Say that the work of a step is done, so that its chair can sign. Raises NoCycleOpen, NotYourStep,
    StepIsElsewhere, InputsAreMissing, DataAreNotClosed."""
    held = step_in(by=by, step=step, held=True)
    require_worker(by=by, step=step)
    _require_state(held, State.OPEN)
    _require_inputs(held)
    _require_data_closed(held)
    _note_what_is_there(held, by)
    _move(held, State.SUBMITTED, "submitted", by, why)
    chairs = (template(step).chair, template(step).accountable)
    _tell(held, by, "cycle.told_submitted", chairs)


@action
def sign_step(*, by: Actor, step: str, unticked: Mapping[int, str] | None = None, why: str = "") -> None:
    """Sign a step: its numbers are closed and the next one may open.

    unticked   line of the checklist (from 0) that is not ticked → why the step is signed all the same
    why        a remark; it must be made where the S&OP meeting ends without a signed plan

    Raises NoCycleOpen, NotYourStep, StepIsElsewhere, LinesAreOpen, ResultsAreStale, DataAreNotClosed,
    PlanIsNotSigned, NotUnderstood.
    """
    held = step_in(by=by, step=step, held=True)
    require_leader(by=by, step=step)
    _require_state(held, State.SUBMITTED)
    explained = _explained(held, unticked or {})
    _require_data_closed(held)
    needed = template(step).results
    if needed and not is_fresh(held.cycle.version, needed):
        raise ResultsAreStale(step=step_spoken(step))
    if not why.strip():
        _require_plan_signed(held)
    _move(held, State.SIGNED, "signed", by, why, explained)
    following = CycleStep.objects.filter(cycle=held.cycle, place=held.place + 1).first()
    if following is not None:
        _tell(held, by, "cycle.told_signed", (template(following.step).chair, *template(following.step).responsible))


@action
def reopen_step(*, by: Actor, step: str, why: str) -> None:
    """Open a submitted or signed step again. The steps after it wait again, because their numbers stood on it; their
    chairs are told. Raises NoCycleOpen, NotYourStep, StepIsElsewhere, PlanIsSigned."""
    held = step_in(by=by, step=step, held=True)
    if by.role != SOP_MANAGER:
        require_leader(by=by, step=step)
    reopen(held=held, by=by, why=why)


def reopen(*, held: CycleStep, by: Actor, why: str) -> None:
    """As `reopen_step`, whoever asks."""
    require_unsigned(cycle=held.cycle)
    _require_state(held, State.SUBMITTED, State.SIGNED)
    later = CycleStep.objects.filter(cycle=held.cycle, place__gt=held.place).exclude(state=State.WAITING)
    for step in later:
        _move(step, State.WAITING, "sent_back", by, why)
    _move(held, State.OPEN, "reopened", by, why)
    chairs = {template(step.step).chair for step in later} | {template(held.step).chair}
    _tell(held, by, "cycle.told_reopened", tuple(sorted(chairs)), why=why)


def _require_state(step: CycleStep, *wanted: str) -> None:
    if step.state not in wanted:
        raise StepIsElsewhere(step=step_spoken(step.step), state=said(f"cycle.state.{step.state}"))


def _require_inputs(step: CycleStep) -> None:
    missing = missing_inputs(step)
    if missing:
        raise InputsAreMissing(
            step=step_spoken(step.step), inputs=listed(_with_owner(given) for given in missing), count=len(missing)
        )


def _with_owner(given: StepInput) -> Spoken:
    title, owner = input_spoken(given.input), name_of(given)
    return {"en": f"{title['en']} ({owner['en']})", "zh": f"{title['zh']}（{owner['zh']}）"}


def _take_silence_as_consent(step: CycleStep, by: Actor) -> None:
    if by.today < step.day or not ground_rules(step.cycle.company).silence_is_consent:
        return
    for given in missing_inputs(step):
        if not input_of(given.input).evidence:
            given.state, given.substitute = StepInput.State.SUBSTITUTED, "silence"
            given.person, given.at = by.person, by.at
            given.save(update_fields=["state", "substitute", "person", "at"])


def _note_what_is_there(step: CycleStep, by: Actor) -> None:
    """What is there by itself is noted as delivered when the step goes on."""
    for given in step.inputs.filter(state=StepInput.State.MISSING):
        given.state, given.at = StepInput.State.DELIVERED, by.at
        given.save(update_fields=["state", "at"])


def _explained(step: CycleStep, unticked: Mapping[int, str]) -> dict[str, str]:
    """Line → why it is not ticked, for every line that is not. Raises NotUnderstood, LinesAreOpen."""
    count = len(template(step.step).checklist())
    if any(not 0 <= line < count for line in unticked):
        raise NotUnderstood(field="unticked", value=sorted(unticked), wanted=f"0–{count - 1}")
    ticked = set(step.ticks.values_list("line", flat=True))
    left = [line for line in range(count) if line not in ticked]
    silent = [line for line in left if not unticked.get(line, "").strip()]
    if silent:
        en, zh = template(step.step).checklist("en"), template(step.step).checklist("zh")
        raise LinesAreOpen(step=step_spoken(step.step), lines=listed(named(en[line], zh[line]) for line in silent))
    return {str(line): unticked[line].strip() for line in left}


def _require_data_closed(step: CycleStep) -> None:
    if step.step == DATA_CLOSE and not snapshot_holds(step.cycle):
        raise DataAreNotClosed(month=step.cycle.month)


def _require_plan_signed(step: CycleStep) -> None:
    """A plan is signed while its meeting is open: after the step it takes reopening."""
    if step.step == MEETING and not is_signed(step.cycle.version_id):
        raise PlanIsNotSigned(month=step.cycle.month)


def _move(
    step: CycleStep, state: str, what: str, by: Actor, why: str, unticked: Mapping[str, str] | None = None
) -> None:
    step.state = state
    step.save(update_fields=["state"])
    StepEvent.objects.create(
        step=step, what=what, person=by.person, role=by.role, at=by.at, why=why.strip(), unticked=dict(unticked or {})
    )


def _tell_team(step: CycleStep, by: Actor, message: str) -> None:
    _tell(step, by, message, (template(step.step).chair, *template(step.step).responsible))


def _tell(step: CycleStep, by: Actor, message: str, roles: tuple[str, ...], why: str = "") -> None:
    tell_everybody(
        company_id=by.company_id,
        roles=roles,
        message=message,
        values={
            "step": step_spoken(step.step),
            "month": step.cycle.month,
            "name": named(by.name, by.name_zh),
            "why": why,
        },
        link=f"step/{step.step}/",
        at=by.at,
    )
