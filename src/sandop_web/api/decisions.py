"""The decision list of a cycle: what is to be decided, by whom, at what stake, and what was decided."""

from __future__ import annotations

from typing import Annotated

from ninja import Query, Router
from ninja.responses import Status
from pydantic import BaseModel, Field

from sandop_web.actions.decisions import (
    Outcome,
    WayToDecide,
    add_decision,
    assign_decision,
    decide,
    escalate_decision,
    reopen_decision,
    take_up_decisions,
)
from sandop_web.api.entrance import Asked
from sandop_web.api.outcomes import DONE, MADE, NewNumber, done, made, says
from sandop_web.api.values import (
    LARGEST_COUNT,
    AnyId,
    Day,
    Flag,
    Id,
    Meaning,
    Month,
    Number,
    Reason,
    Sent,
    Title,
    Why,
    Words,
)
from sandop_web.queries.decisions import DecisionList, DecisionView, decision_view, decisions_of_cycle

router = Router()
DecisionNumber = Annotated[int, Field(ge=1, le=LARGEST_COUNT), Meaning("Number of the decision on its list")]


class CycleWanted(BaseModel):
    """Which cycle is looked at."""

    month: Annotated[Month | None, Field(description="First planned month; left out, the open or newest cycle")] = (
        None
    )


class Way(Sent):
    """One way to decide."""

    text: Annotated[Title, Field(description="The alternative in words")]
    money: Annotated[Number, Field(description="What it earns, plan currency")] = 0.0
    cost: Annotated[Number, Field(description="What it costs, plan currency")] = 0.0
    units: Annotated[Number, Field(description="Volume it moves, plan units")] = 0.0
    recommended: Flag = False


class NewDecision(Sent):
    """A decision for the list."""

    title: Title
    alternatives: Annotated[list[Way], Field(min_length=2, max_length=8)]
    owner: Annotated[AnyId, Field(description="Person who owns it; empty: the caller")] = ""
    due: Day | None = None
    last_responsible: Annotated[Day | None, Field(description="Last day on which deciding still helps")] = None


class Assigned(Sent):
    """Who owns a decision."""

    owner: Id
    due: Day | None = None


class Decided(Sent):
    """How a decision is made."""

    outcome: Outcome
    chosen: Annotated[
        str, Field(pattern="^[a-h]?$", description="Letter of the alternative; empty where it is rejected")
    ] = ""
    conditions: Words = ""
    why: Why


class TakenUp(BaseModel):
    """How many decisions came to the list, changed on it, and lapsed."""

    model_config = {"from_attributes": True}

    added: int
    changed: int
    lapsed: int


@router.get("/decisions", response=says(DecisionList))
def decisions(request: Asked, wanted: Query[CycleWanted]) -> DecisionList:
    """The decision list of the open cycle, or of the cycle of a month."""
    return decisions_of_cycle(by=request.auth, month=wanted.month or "")


@router.post("/decisions", response=says(NewNumber, status=MADE))
def put_on_the_list(request: Asked, body: NewDecision) -> Status[NewNumber]:
    """Put a decision on the list of the open cycle."""
    ways = [WayToDecide(**way.model_dump()) for way in body.alternatives]
    rest = body.model_dump(exclude={"alternatives"})
    return made(NewNumber(number=add_decision(by=request.auth, alternatives=ways, **rest)))


@router.post("/decisions/take-up", response=says(TakenUp))
def take_up(request: Asked) -> object:
    """Bring the list up to what the plan asks to be decided; what is decided stays decided."""
    return take_up_decisions(by=request.auth)


@router.get("/decisions/{number}", response=says(DecisionView))
def decision(request: Asked, number: DecisionNumber, wanted: Query[CycleWanted]) -> DecisionView:
    """One decision with its alternatives, its history, and what the caller may do."""
    return decision_view(by=request.auth, number=number, month=wanted.month or "")


@router.put("/decisions/{number}/owner", response=says(None, status=DONE))
def give_to(request: Asked, number: DecisionNumber, body: Assigned) -> Status[None]:
    """Say who owns an undecided decision, and until when it is to be made."""
    assign_decision(by=request.auth, number=number, **body.model_dump())
    return done()


@router.post("/decisions/{number}/outcome", response=says(None, status=DONE))
def make_decision(request: Asked, number: DecisionNumber, body: Decided) -> Status[None]:
    """Make a decision, within the caller's authority: approve, approve with conditions, or reject."""
    decide(by=request.auth, number=number, **body.model_dump())
    return done()


@router.post("/decisions/{number}/escalation", response=says(None, status=DONE))
def escalate(request: Asked, number: DecisionNumber, body: Reason) -> Status[None]:
    """Bring a decision that is too large for oneself to the general manager."""
    escalate_decision(by=request.auth, number=number, why=body.why)
    return done()


@router.post("/decisions/{number}/reopening", response=says(None, status=DONE))
def reopen(request: Asked, number: DecisionNumber, body: Reason) -> Status[None]:
    """Open a decision again, so that it can be made anew."""
    reopen_decision(by=request.auth, number=number, why=body.why)
    return done()
