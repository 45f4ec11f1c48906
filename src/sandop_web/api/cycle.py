"""The cycle of the month: which one is open, how far it is, how it is opened and closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from ninja import Router
from ninja.responses import Status
from pydantic import BaseModel, Field

from sandop.tables import Report
from sandop_web.actions.calendar import move_meeting
from sandop_web.actions.closing import assign_table_owner, close_cycle, close_data
from sandop_web.actions.cycle import open_cycle
from sandop_web.api.entrance import Asked
from sandop_web.api.outcomes import DONE, ReportRow, done, says
from sandop_web.api.values import Country, Day, Id, Month, Name, Reason, Remark, Sent, VersionId, Why
from sandop_web.queries.closing import ClosingView, DataCloseView, closing_of, data_close_of, first_month_of
from sandop_web.queries.cycle import (
    CycleView,
    PastCycle,
    SubstituteMark,
    cycles_of,
    open_cycle_of,
    plan_in_force,
    substitutes_in,
)
from sandop_web.queries.rules import Prerequisite, prerequisites

router = Router()


class OpenedCycle(Sent):
    """The cycle of a month."""

    month: Annotated[Month, Field(description="First planned month")]
    meeting: Annotated[Day, Field(description="Day of the S&OP meeting; the steps' days are counted back from it")]
    country: Country = "CN"
    why: Why = ""


class MovedMeeting(Sent):
    """Another day of the S&OP meeting."""

    meeting: Day
    why: Why


@dataclass(frozen=True)
class Cycles:
    """The cycles of the company.

    open        the open cycle; null where none is open
    closed      the closed ones, the newest first
    in_force    the version that was signed last; null where none ever was
    """

    open: CycleView | None
    closed: tuple[PastCycle, ...]
    in_force: int | None


class CycleOutcome(BaseModel):
    """How a cycle ended: approved, or last_plan_stays."""

    outcome: str


class TableOwner(Sent):
    """Who answers for the quality of a table."""

    owner: Id


@router.get("/cycle", response=says(Cycles))
def cycle(request: Asked) -> Cycles:
    """The open cycle with the state of its steps, the closed ones, and the plan in force."""
    by = request.auth
    return Cycles(open=open_cycle_of(by=by), closed=cycles_of(by=by), in_force=plan_in_force(by=by))


@router.post("/cycle", response=says(None, status=DONE))
def begin_cycle(request: Asked, body: OpenedCycle) -> Status[None]:
    """Open the cycle of a month: the days of its steps, and who owes which numbers."""
    open_cycle(by=request.auth, **body.model_dump())
    return done()


@router.put("/cycle/meeting", response=says(None, status=DONE))
def put_meeting_on(request: Asked, body: MovedMeeting) -> Status[None]:
    """Move the S&OP meeting of the open cycle; the days of the steps that are not signed follow."""
    move_meeting(by=request.auth, **body.model_dump())
    return done()


@router.get("/cycle/closing", response=says(ClosingView))
def open_ends(request: Asked) -> ClosingView:
    """What is open before the cycle is closed: steps, inputs, decisions, late inputs."""
    return closing_of(by=request.auth)


@router.post("/cycle/closing", response=says(CycleOutcome))
def end_cycle(request: Asked, body: Remark) -> CycleOutcome:
    """Close the cycle; where its plan is not signed a reason is needed, and the last signed plan stays in force."""
    return CycleOutcome(outcome=close_cycle(by=request.auth, why=body.why))


@router.get("/cycle/prerequisites", response=says(list[Prerequisite]))
def what_a_cycle_rests_on(request: Asked) -> tuple[Prerequisite, ...]:
    """What a cycle rests on: whether it is there, and who must act where it is not."""
    return prerequisites(by=request.auth)


@router.get("/cycle/first-months", response=says(list[ReportRow]))
def first_months(request: Asked) -> Report:
    """The first month that a decision of this cycle can still change, by family."""
    return first_month_of(by=request.auth)


@router.get("/cycle/substitutes/{version}", response=says(list[SubstituteMark]))
def substitutes(request: Asked, version: VersionId) -> tuple[SubstituteMark, ...]:
    """What stands in for inputs that nobody gave, in a version."""
    return substitutes_in(by=request.auth, version=version)


@router.get("/cycle/data-close", response=says(DataCloseView))
def closed_data(request: Asked) -> DataCloseView:
    """The data of the open cycle: how good each table is, who answers for it, and what was restated."""
    return data_close_of(by=request.auth)


@router.post("/cycle/data-close", response=says(None, status=DONE))
def close_data_of_month(request: Asked, body: Reason) -> Status[None]:
    """Close the data of the month as they stand: a snapshot that nobody can change."""
    close_data(by=request.auth, why=body.why)
    return done()


@router.put("/cycle/data-close/{name}/owner", response=says(None, status=DONE))
def give_table_to(request: Asked, name: Name, body: TableOwner) -> Status[None]:
    """Say who answers for the quality of a table or measure."""
    assign_table_owner(by=request.auth, name=name, owner=body.owner)
    return done()
