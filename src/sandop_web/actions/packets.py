"""The meeting packet: sent when its day has come or by hand, kept as it was sent, opened, and its rule lifted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Max

from sandop.wording import Language
from sandop_web.access import Actor, WebRefusal, action
from sandop_web.access.actor import day_in
from sandop_web.access.cycles import cycle_now
from sandop_web.access.roles import SOP_MANAGER
from sandop_web.actions.documents import MEDIA_TYPES
from sandop_web.actions.minutes import keep_minute
from sandop_web.actions.telling import tell
from sandop_web.store import jobs
from sandop_web.store.agenda import OPENING
from sandop_web.store.documents import keep_document
from sandop_web.store.evidence import is_fresh
from sandop_web.store.jobs import SuchWorkIsRunning
from sandop_web.store.models import Cycle, Job, Member, MinuteLine, Packet, PacketReceipt, StepInput
from sandop_web.store.packets import (
    LIFTED,
    MEETING,
    PACK_INPUT,
    is_closed_to_numbers,
    packet_due,
    packet_sent,
    participants,
)
from sandop_web.store.spoken import named
from sandop_web.store.standing import holders_of, is_signed

WORK = "send_packet"
LINK = "meeting/packet/"
_MADE_BY = "review"
_BY_EVENING = 17  # o'clock on its last day the packet goes out, whether pre-S&OP is signed or not


class PacketIsNotReady(WebRefusal):
    """There is nothing to send yet: the month has not been run with the numbers as they are."""

    message = "causes.packet_is_not_ready"


class MeetingIsOver(WebRefusal):
    """The plan is signed: nobody needs to be prepared any more."""

    message = "causes.meeting_is_over"


@action
def send_packet(*, by: Actor) -> int:
    """Freeze agenda, decisions, key figures and meeting pack as they are and send them to the participants; the
    number of the job that does it. Raises NoCycleOpen, PacketIsNotReady, MeetingIsOver, SuchWorkIsRunning."""
    cycle = cycle_now(by=by)
    if is_signed(cycle.version_id):
        raise MeetingIsOver(title=cycle.version.title)
    if not is_fresh(cycle.version, _MADE_BY):
        raise PacketIsNotReady(title=cycle.version.title)
    return _queue(cycle, user_id=by.user_id, language=by.language, at=by.at, by_itself=False)


@action
def open_packet(*, by: Actor) -> None:
    """The reader has the newest packet before them. Whoever was sent none leaves no trace. Raises NoCycleOpen."""
    packet = packet_sent(cycle_now(by=by))
    PacketReceipt.objects.filter(packet=packet, member_id=by.member_id, opened_at=None).update(opened_at=by.at)


@action
def lift_packet_rule(*, by: Actor, why: str) -> None:
    """Hold the meeting though its packet was not out in time; the minutes say who lifted the rule, and why. Raises
    NoCycleOpen."""
    keep_minute(
        cycle=cycle_now(by=by),
        by=by,
        point=OPENING,
        kind=MinuteLine.Kind.NOTE,
        message=LIFTED,
        values={"why": why.strip()},
    )


def keep_packet(
    *,
    by: Actor,
    cycle: Cycle,
    changes: int,
    content: Mapping[str, Any],
    packs: Mapping[Language, tuple[str, bytes]],
    by_itself: bool,
) -> Packet:
    """Keep the packet, tell the participants, and mark the pack as delivered to the meeting.

    changes   number of changes of the version when it was read
    packs     language → name and content of the meeting pack
    """
    last: int | None = Packet.objects.filter(cycle=cycle).aggregate(last=Max("number"))["last"]
    files = {f"pack_{language}_id": _kept(by, *pack) for language, pack in packs.items()}
    packet = Packet.objects.create(
        cycle=cycle,
        number=(last or 0) + 1,
        version=cycle.version,
        changes=changes,
        content=dict(content),
        due=packet_due(cycle),
        by_itself=by_itself,
        member_id=by.member_id,
        role=by.role,
        at=by.at,
        **files,
    )
    for member in participants(cycle):
        PacketReceipt.objects.create(packet=packet, member=member)
        values = {"month": cycle.month, "day": cycle.meeting, "name": named(by.name, by.name_zh)}
        tell(member_id=member.pk, message="causes.packet_is_out", values=values, link=LINK, at=by.at)
    given = StepInput.objects.filter(step__cycle=cycle, step__step=MEETING, input=PACK_INPUT)
    given.filter(state=StepInput.State.MISSING).update(state=StepInput.State.DELIVERED, person=by.person, at=by.at)
    return packet


def send_due_packets(*, at: dt.datetime) -> int:
    """Begin to send every packet whose day has come; how many. From its last day on a packet goes out as soon as
    pre-S&OP is signed, and in the evening of that day in any case. Where the month has not been run the S&OP manager
    hears of it instead. What was tried on a day is not tried again that day."""
    begun = 0
    for cycle in Cycle.objects.filter(state=Cycle.State.OPEN).select_related("company", "version").order_by("pk"):
        managers = holders_of(cycle.company_id, SOP_MANAGER)
        if managers and _is_due(cycle, at) and not _tried_today(cycle, at):
            begun += _send_by_itself(cycle, managers[0], at)
    return begun


def _is_due(cycle: Cycle, at: dt.datetime) -> bool:
    """It is time, nothing was sent, and the meeting is still ahead."""
    company, due = cycle.company, packet_due(cycle)
    today = day_in(time_zone=company.time_zone, days_behind=company.days_behind, at=at)
    if not due <= today <= cycle.meeting or is_signed(cycle.version_id) or packet_sent(cycle) is not None:
        return False
    evening = at.astimezone(ZoneInfo(company.time_zone)).hour >= _BY_EVENING
    return evening or today > due or is_closed_to_numbers(cycle)


def _tried_today(cycle: Cycle, at: dt.datetime) -> bool:
    tried = Job.objects.filter(company_id=cycle.company_id, work=WORK, arguments__cycle=cycle.pk)
    return tried.filter(queued_at__gt=at - dt.timedelta(days=1)).exists()


def _send_by_itself(cycle: Cycle, manager: Member, at: dt.datetime) -> int:
    """Begin to send in the name of the S&OP manager; 1 where it was begun."""
    if not is_fresh(cycle.version, _MADE_BY):
        values = {"month": cycle.month, "day": cycle.meeting}
        once = f"packet-{cycle.pk}-{cycle.meeting.isoformat()}"
        tell(member_id=manager.pk, message="causes.packet_waits", values=values, link=LINK, at=at, once=once)
        return 0
    try:
        _queue(cycle, user_id=manager.user_id, language=manager.user.language or "en", at=at, by_itself=True)
    except SuchWorkIsRunning:
        return 0
    return 1


def _queue(cycle: Cycle, *, user_id: int, language: str, at: dt.datetime, by_itself: bool) -> int:
    return jobs.queue(
        work=WORK,
        arguments={"cycle": cycle.pk, "by_itself": by_itself},
        user_id=user_id,
        company_id=cycle.company_id,
        language=language,
        at=at,
        once=f"{WORK}:{cycle.pk}",
    )


def _kept(by: Actor, name: str, content: bytes) -> int:
    return keep_document(
        name=name,
        media_type=MEDIA_TYPES["pack"],
        content=content,
        user_id=by.user_id,
        company_id=by.company_id,
        at=by.at,
    )
