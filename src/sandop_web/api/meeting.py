"""Towards the signature: cuts and who agrees, the meeting's agenda, who is there, the minutes."""

from __future__ import annotations

from typing import Annotated

from ninja import Query, Router
from ninja.responses import Status
from pydantic import BaseModel, Field

from sandop_web.actions.agreeing import agree_on_families
from sandop_web.actions.cuts import accept_cuts, escalate_cuts
from sandop_web.actions.minutes import mark_attendance, write_minute
from sandop_web.actions.packets import lift_packet_rule, open_packet, send_packet
from sandop_web.api.decisions import CycleWanted
from sandop_web.api.entrance import Asked
from sandop_web.api.jobs import Started
from sandop_web.api.outcomes import BEGUN, DONE, MADE, NewNumber, begun, done, made, says
from sandop_web.api.values import LARGEST_ID, AnyId, Flag, Id, Sent, Why, Words
from sandop_web.queries.meeting import Meeting, Minutes, meeting_of, minutes_of
from sandop_web.queries.packets import PacketView, packet_of_meeting
from sandop_web.queries.steps.agreements import Agreements, agreements_of
from sandop_web.queries.steps.cuts import CutList, cuts_of

router = Router()
MOST = 5_000  # cuts of one answer


class CutsWanted(BaseModel):
    """Which cuts are wanted one by one."""

    family: Annotated[AnyId, Field(description="Family; empty: all")] = ""
    customer: Annotated[AnyId, Field(description="Customer; empty: all")] = ""


class CutsAnswered(Sent):
    """What sales says to cuts: each by item, site and customer, or by family and customer."""

    cuts: Annotated[
        list[Annotated[list[Id], Field(min_length=3, max_length=3)]],
        Field(default_factory=list, max_length=MOST, description="Item, site and customer of each cut"),
    ]
    groups: Annotated[
        list[Annotated[list[Id], Field(min_length=2, max_length=2)]],
        Field(default_factory=list, max_length=MOST, description="Family and customer: all their cuts"),
    ]
    why: Why


class CutsCounted(BaseModel):
    """How many cuts were answered."""

    count: int


class SaidOfFamilies(Sent):
    """What the caller's function says to the plan of some families."""

    families: Annotated[list[Id], Field(min_length=1, max_length=500, description="Families")]
    agrees: Flag
    why: Why = ""


class MinuteWritten(Sent):
    """A note for the minutes."""

    text: Annotated[Words, Field(description="The note")]
    point: Annotated[Id, Field(description="Point of the agenda")] = "opening"
    corrects: Annotated[
        int | None, Field(ge=1, le=LARGEST_ID, strict=True, description="Line that the note puts right")
    ] = None


class WhoIsThere(Sent):
    """Who is at the meeting."""

    present: Annotated[list[Id], Field(max_length=500, description="People")]


class Lifted(Sent):
    """Why a rule is lifted."""

    why: Why


@router.get("/cuts", response=says(CutList))
def cuts(request: Asked, wanted: Query[CutsWanted]) -> CutList:
    """The demand that the plan of the open cycle does not serve on time, in the caller's scope, with the answers."""
    return cuts_of(by=request.auth, family=wanted.family, customer=wanted.customer)


@router.post("/cuts/accept", response=says(CutsCounted))
def accept_these_cuts(request: Asked, body: CutsAnswered) -> CutsCounted:
    """Sales accepts that this demand is served late or not at all."""
    given = [tuple(key) for key in body.cuts], [tuple(key) for key in body.groups]
    return CutsCounted(count=accept_cuts(by=request.auth, why=body.why, cuts=given[0], groups=given[1]))


@router.post("/cuts/escalate", response=says(NewNumber, status=MADE))
def escalate_these_cuts(request: Asked, body: CutsAnswered) -> Status[NewNumber]:
    """Sales brings these cuts to the meeting; the number of the decision they joined."""
    given = [tuple(key) for key in body.cuts], [tuple(key) for key in body.groups]
    return made(NewNumber(number=escalate_cuts(by=request.auth, why=body.why, cuts=given[0], groups=given[1])))


@router.get("/agreements", response=says(Agreements))
def agreements(request: Asked) -> Agreements:
    """What sales, supply and finance say to the plan of each family."""
    return agreements_of(by=request.auth)


@router.post("/agreements", response=says(None, status=DONE))
def say_to_families(request: Asked, body: SaidOfFamilies) -> Status[None]:
    """Agree or disagree, for one's own function, with the plan of these families."""
    agree_on_families(by=request.auth, **body.model_dump())
    return done()


@router.get("/meeting", response=says(Meeting | None))
def meeting(request: Asked) -> Meeting | None:
    """The agenda of the open cycle's meeting; null where no cycle is open."""
    return meeting_of(by=request.auth)


@router.get("/minutes", response=says(Minutes))
def minutes(request: Asked, wanted: Query[CycleWanted]) -> Minutes:
    """The minutes of the open cycle's meeting, or of a month's."""
    return minutes_of(by=request.auth, month=wanted.month or "")


@router.post("/minutes", response=says(NewNumber, status=MADE))
def add_to_minutes(request: Asked, body: MinuteWritten) -> Status[NewNumber]:
    """Write a note into the minutes, or put a line right; its id."""
    return made(NewNumber(number=write_minute(by=request.auth, **body.model_dump())))


@router.put("/meeting/attendance", response=says(None, status=DONE))
def say_who_is_there(request: Asked, body: WhoIsThere) -> Status[None]:
    """Say who is at the meeting of the open cycle."""
    mark_attendance(by=request.auth, present=body.present)
    return done()


@router.get("/meeting/packet", response=says(PacketView | None))
def packet(request: Asked) -> PacketView | None:
    """The packet of the open cycle's meeting as it was sent, or as it would be sent now, who has opened it, and what
    has changed since; null where no cycle is open."""
    return packet_of_meeting(by=request.auth)


@router.post("/meeting/packet", response=says(Started, status=BEGUN))
def send_the_packet(request: Asked) -> Status[Started]:
    """Freeze agenda, decisions, key figures and meeting pack as they are and send them to the participants."""
    return begun(Started(job=send_packet(by=request.auth)))


@router.post("/meeting/packet/opened", response=says(None, status=DONE))
def has_the_packet(request: Asked) -> Status[None]:
    """The caller has the newest packet before them."""
    open_packet(by=request.auth)
    return done()


@router.post("/meeting/packet/lift", response=says(None, status=DONE))
def lift_the_packet_rule(request: Asked, body: Lifted) -> Status[None]:
    """Hold the meeting though its packet was late; the minutes say why."""
    lift_packet_rule(by=request.auth, why=body.why)
    return done()
