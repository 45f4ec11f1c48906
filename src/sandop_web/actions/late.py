"""Late input: numbers after their step was signed wait for the next cycle, unless they weigh too much."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sandop.measures import measure, measures
from sandop_web.access import Actor, NothingThere, NotUnderstood, WebRefusal, action, require_in_scope
from sandop_web.access.cycles import held_cycle
from sandop_web.access.deciding import require_unsigned
from sandop_web.access.editing import editors_of_measure, require_may_edit_measure
from sandop_web.access.roles import SOP_MANAGER
from sandop_web.actions.gates import reopen
from sandop_web.actions.telling import tell, tell_everybody
from sandop_web.store.edits import Edit, edit_cells
from sandop_web.store.ground_rules import ground_rules
from sandop_web.store.late import weight_of
from sandop_web.store.models import Cycle, CycleStep, LateInput, Version
from sandop_web.store.plans import read_network
from sandop_web.store.spoken import SpokenRefusal, named, said, step_spoken

__all__ = ["Edit", "decide_late", "hand_in_late", "take_up_late"]
State = LateInput.State
_MOST_CELLS = 5_000


class StepStillTakesNumbers(WebRefusal):
    """The step has not been signed: its numbers are changed in the plan."""

    message = "cycle.step_still_takes_numbers"


class OneStepAtATime(WebRefusal):
    """Late numbers of several steps in one piece."""

    message = "cycle.one_step_at_a_time"
    status = 400


class LateInputIsDecided(WebRefusal):
    """The late input has been decided already."""

    message = "cycle.late_is_decided"


@action
def hand_in_late(*, by: Actor, cells: Sequence[Edit], why: str) -> int:
    """Hand in numbers after their step was signed; returns the number of the late input.

    Below the company's threshold they wait for the next cycle; from it on the S&OP manager decides and is told.
    Raises NoCycleOpen, PlanIsSigned, NotUnderstood, OneStepAtATime, StepStillTakesNumbers, ResultsAreComputed,
    NotYourRole, OutsideYourScope.
    """
    cycle = held_cycle(by=by)
    require_unsigned(cycle=cycle)
    step = _step_of(by, cycle, cells)
    share = weight_of(version=cycle.version, cells=cells)
    weighty = share >= ground_rules(cycle.company).late_threshold
    late = LateInput.objects.create(
        cycle=cycle,
        step=step.step,
        member_id=by.member_id,
        at=by.at,
        why=why.strip(),
        cells=[_kept(cell) for cell in cells],
        share=share,
        state=State.WEIGHTY if weighty else State.WAITING,
    )
    if weighty:
        _tell_sop_manager(late, by)
    return late.pk


@action
def decide_late(*, by: Actor, late: int, admit: bool, why: str) -> None:
    """Admit late numbers into this cycle, which reopens their step and changes the plan, or refuse them. Whoever
    handed them in is told. Raises NoCycleOpen, NothingThere, LateInputIsDecided, PlanIsSigned, CellHasMoved."""
    cycle = held_cycle(by=by)
    found = LateInput.objects.select_related("member").filter(cycle=cycle, pk=late).first()
    if found is None:
        raise NothingThere()
    if found.state not in LateInput.UNDECIDED:
        raise LateInputIsDecided(state=said(f"cycle.late.{found.state}"))
    if admit:
        require_unsigned(cycle=cycle)
        _reopen_for(found, by, why)
        edit_cells(version=cycle.version, edits=cells_of(found), member=found.member, at=by.at, why=found.why or why)
    _settle(found, State.ADMITTED if admit else State.REFUSED, by, why)


def take_up_late(*, cycle: Cycle, by: Actor) -> None:
    """Bring what waited in earlier cycles into the plan of this one. Where its numbers have moved, its rows are no
    more, or all its months are over, it is set aside. Its owner is told either way."""
    earlier = LateInput.objects.filter(cycle__company_id=cycle.company_id, state__in=LateInput.UNDECIDED)
    for late in earlier.exclude(cycle=cycle).select_related("member").order_by("pk"):
        cells = [cell for cell in cells_of(late) if cell.period >= cycle.month]
        _settle(late, State.TAKEN_UP if _fits(cycle.version, cells, late, by) else State.OUTDATED, by, "")


def _fits(version: Version, cells: Sequence[Edit], late: LateInput, by: Actor) -> bool:
    if not cells:
        return False
    try:
        edit_cells(version=version, edits=cells, member=late.member, at=by.at, why=late.why)
    except SpokenRefusal:  # moved, or of rows and months that the new plan does not know
        return False
    return True


def cells_of(late: LateInput) -> list[Edit]:
    """The cells of a late input as edits."""
    return [
        Edit(cell["measure"], tuple(cell["row"]), cell["period"], cell["before"], cell["after"])
        for cell in late.cells
    ]


def _kept(cell: Edit) -> Mapping[str, Any]:
    return {
        "measure": cell.measure,
        "row": list(cell.row),
        "period": cell.period,
        "before": cell.before,
        "after": cell.after,
    }


def _step_of(by: Actor, cycle: Cycle, cells: Sequence[Edit]) -> CycleStep:
    """The signed step the cells belong to, their editor allowed to change them."""
    if not 0 < len(cells) <= _MOST_CELLS:
        raise NotUnderstood(field="cells", value=len(cells), wanted=f"1–{_MOST_CELLS}")
    unknown = next((cell.measure for cell in cells if cell.measure not in measures()), None)
    if unknown is not None:
        raise NotUnderstood(field="measure", value=unknown, wanted="sales_forecast, capacity_regular")
    steps = {editors_of_measure(cell.measure).step for cell in cells}
    if len(steps) > 1:
        raise OneStepAtATime()
    network = read_network(cycle.version)
    for name in sorted({cell.measure for cell in cells}):
        require_may_edit_measure(by=by, version=cycle.version, name=name)
        keys = [cell.row for cell in cells if cell.measure == name]
        grain = measure(name).grain
        wrong = next((row for row in keys if len(row) != len(grain)), None)
        if wrong is not None:
            raise NotUnderstood(field="row", value=" · ".join(wrong), wanted=" · ".join(grain))
        require_in_scope(by=by, grain=grain, keys=keys, network=network)
    step = CycleStep.objects.get(cycle=cycle, step=steps.pop())
    if step.state != CycleStep.State.SIGNED:
        raise StepStillTakesNumbers(step=step_spoken(step.step))
    return step


def _reopen_for(late: LateInput, by: Actor, why: str) -> None:
    step = CycleStep.objects.select_related("cycle__version").get(cycle=late.cycle, step=late.step)
    if step.state in (CycleStep.State.SIGNED, CycleStep.State.SUBMITTED):
        reopen(held=step, by=by, why=why)


def _settle(late: LateInput, state: str, by: Actor, why: str) -> None:
    late.state, late.decided_by, late.decided_at, late.decided_why = state, by.person, by.at, why.strip()
    late.save(update_fields=["state", "decided_by", "decided_at", "decided_why"])
    tell(
        member_id=late.member_id,
        message=f"cycle.told_late.{state}",
        values={
            "step": step_spoken(late.step),
            "month": late.cycle.month,
            "name": named(by.name, by.name_zh),
            "why": why,
        },
        link="cycle/late/",
        at=by.at,
    )


def _tell_sop_manager(late: LateInput, by: Actor) -> None:
    tell_everybody(
        company_id=by.company_id,
        roles=(SOP_MANAGER,),
        message="cycle.told_late_weighty",
        values={
            "step": step_spoken(late.step),
            "name": named(by.name, by.name_zh),
            "share": f"{late.share:.1%}",
            "why": late.why,
        },
        link="cycle/late/",
        at=by.at,
    )
