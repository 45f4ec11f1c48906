"""The steps of the open cycle: their gates, their inputs and checklists, and what comes too late."""

from __future__ import annotations

from typing import Annotated

from ninja import Router
from ninja.responses import Status
from pydantic import Field

from sandop_web.actions.gates import open_step, reopen_step, sign_step, submit_step
from sandop_web.actions.inputs import Substitute, deliver_input, substitute_input, tick
from sandop_web.actions.late import decide_late, hand_in_late
from sandop_web.api.editing import EditedCells
from sandop_web.api.entrance import Asked
from sandop_web.api.outcomes import DONE, MADE, NewNumber, done, made, says
from sandop_web.api.values import AnyId, Flag, Meaning, Name, Reason, Remark, RowId, Sent, Title, Why
from sandop_web.queries.late import LateInputs, late_inputs_of
from sandop_web.queries.step_views import StepView, step_view

router = Router()
Step = Annotated[Name, Meaning("Step of the cycle, such as demand_review")]
Input = Annotated[Name, Meaning("Input of the step, such as sales_forecast")]
Line = Annotated[int, Field(ge=0, le=100), Meaning("Line of the checklist, from 0")]
Owner = Annotated[AnyId, Field(description="Person who owes it; empty where only one does")]


class Delivered(Sent):
    """An input that is there."""

    owner: Owner = ""
    why: Why = ""


class Substituted(Sent):
    """What stands in for an input."""

    owner: Owner = ""
    substitute: Annotated[
        Substitute,
        Field(
            description="last_agreed: the demand plan agreed last; statistical: blank, so that the baseline counts; "
            "none: the step goes on without"
        ),
    ]
    why: Why


class Ticked(Sent):
    """Whether a line of the checklist is ticked."""

    ticked: Flag


class SignedStep(Sent):
    """The signature under a step."""

    unticked: Annotated[
        dict[Annotated[str, Field(pattern="^[0-9]{1,2}$")], Title],
        Field(
            default_factory=dict,
            max_length=100,
            description="Line of the checklist that is not ticked → why it is signed all the same",
        ),
    ]
    why: Why = ""


class LateDecision(Sent):
    """What becomes of late numbers."""

    admit: Annotated[Flag, Field(description="True brings them into this cycle and reopens their step")]
    why: Why


@router.get("/steps/{step}", response=says(StepView))
def step(request: Asked, step: Step) -> StepView:
    """A step of the open cycle: purpose, inputs with owner and state, checklist, history, what the caller may do."""
    return step_view(by=request.auth, step=step)


@router.post("/steps/{step}/opening", response=says(None, status=DONE))
def open_gate(request: Asked, step: Step, body: Remark) -> Status[None]:
    """Open a step for work; a refusal names every missing input and its owner."""
    open_step(by=request.auth, step=step, why=body.why)
    return done()


@router.post("/steps/{step}/submission", response=says(None, status=DONE))
def submit(request: Asked, step: Step, body: Remark) -> Status[None]:
    """Say that the work of a step is done, so that its chair can sign."""
    submit_step(by=request.auth, step=step, why=body.why)
    return done()


@router.post("/steps/{step}/signature", response=says(None, status=DONE))
def sign_gate(request: Asked, step: Step, body: SignedStep) -> Status[None]:
    """Sign a step: its numbers are closed and the next one may open."""
    unticked = {int(line): why for line, why in body.unticked.items()}
    sign_step(by=request.auth, step=step, unticked=unticked, why=body.why)
    return done()


@router.post("/steps/{step}/reopening", response=says(None, status=DONE))
def reopen_gate(request: Asked, step: Step, body: Reason) -> Status[None]:
    """Open a submitted or signed step again; the steps after it wait again."""
    reopen_step(by=request.auth, step=step, why=body.why)
    return done()


@router.post("/steps/{step}/inputs/{input}/delivery", response=says(None, status=DONE))
def deliver(request: Asked, step: Step, input: Input, body: Delivered) -> Status[None]:
    """Say that an input is there; a refusal says what is still blank."""
    deliver_input(by=request.auth, step=step, input=input, **body.model_dump())
    return done()


@router.post("/steps/{step}/inputs/{input}/substitute", response=says(None, status=DONE))
def stand_in(request: Asked, step: Step, input: Input, body: Substituted) -> Status[None]:
    """Let something stand in for an input that nobody gave, and mark it; the plan's numbers change accordingly."""
    substitute_input(by=request.auth, step=step, input=input, **body.model_dump())
    return done()


@router.put("/steps/{step}/checklist/{line}", response=says(None, status=DONE))
def tick_line(request: Asked, step: Step, line: Line, body: Ticked) -> Status[None]:
    """Tick a line of the checklist, or take the tick back."""
    tick(by=request.auth, step=step, line=line, ticked=body.ticked)
    return done()


@router.get("/late-inputs", response=says(LateInputs))
def late_inputs(request: Asked) -> LateInputs:
    """Numbers that were handed in after their step was signed, and what became of them."""
    return late_inputs_of(by=request.auth)


@router.post("/late-inputs", response=says(NewNumber, status=MADE))
def hand_in(request: Asked, body: EditedCells) -> Status[NewNumber]:
    """Hand in numbers after their step was signed: they wait for the next cycle, unless they weigh too much."""
    late = hand_in_late(by=request.auth, cells=[cell.edit() for cell in body.cells], why=body.why)
    return made(NewNumber(number=late))


@router.post("/late-inputs/{late}/outcome", response=says(None, status=DONE))
def decide_on_late(request: Asked, late: RowId, body: LateDecision) -> Status[None]:
    """Admit late numbers into this cycle, which reopens their step, or refuse them."""
    decide_late(by=request.auth, late=late, **body.model_dump())
    return done()
