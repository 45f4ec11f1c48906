"""The meeting's packet as its readers see it: what it says, who has opened it, and what has changed since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max

from sandop_web.access import Actor, may_take, query
from sandop_web.access.cycles import open_cycle_in
from sandop_web.queries.decision_views import Person
from sandop_web.queries.decisions import person_of
from sandop_web.queries.packet_content import packet_content
from sandop_web.store.evidence import is_fresh
from sandop_web.store.models import Change, Cycle, Job, Member, Packet
from sandop_web.store.packets import packet_due, packet_sent, participants, rule_lifted
from sandop_web.store.plans import change_count
from sandop_web.store.standing import is_signed, members_of

MOST_CHANGES = 8
_SAME = 5e-7  # figures are kept with six decimals


@dataclass(frozen=True)
class Receipt:
    """A participant and whether they have opened the packet; None: not yet."""

    person: Person
    role: str
    opened_at: dt.datetime | None


@dataclass(frozen=True)
class NumbersMoved:
    """Cells of a measure that somebody changed after the packet was sent, and why."""

    measure: str
    person: Person
    cells: int
    at: dt.datetime
    why: str


@dataclass(frozen=True)
class Moved:
    """What has changed since the packet was sent.

    numbers    changes of cells, the newest first; `count` is of all, master tables too
    decisions  number, title, and what became of it: added, gone, decided, changed
    figures    key figure, its value in the packet and now, its unit
    """

    count: int
    numbers: tuple[NumbersMoved, ...]
    decisions: tuple[tuple[int, Mapping[str, str], str], ...]
    figures: tuple[tuple[str, float | None, float | None, str], ...]

    @property
    def any(self) -> bool:
        """Anything has."""
        return bool(self.count or self.decisions or self.figures)


@dataclass(frozen=True)
class PacketView:
    """The packet of the open cycle's meeting.

    content   what it says: as it was sent, or as it would be sent now; None while the month has not been run
    number    how many were sent; 0: none yet
    due       the last day on which it is in time; `in_time` None while it may still be
    pack      number of the meeting pack to download, in the reader's language; None before it is sent
    moved     what has changed since it was sent
    lifted_by, lifted_why   who holds the meeting though the packet was late
    sending   it is being made
    """

    month: str
    meeting: dt.date
    due: dt.date
    number: int
    content: Mapping[str, Any] | None
    sent_at: dt.datetime | None
    sent_by: Person | None
    by_itself: bool
    in_time: bool | None
    pack: int | None
    receipts: tuple[Receipt, ...]
    moved: Moved
    lifted_by: Person | None
    lifted_why: str
    sending: bool
    fresh: bool
    may_send: bool
    may_lift: bool

    @property
    def opened(self) -> int:
        """How many have opened it."""
        return sum(one.opened_at is not None for one in self.receipts)


@query
def packet_of_meeting(*, by: Actor) -> PacketView | None:
    """The packet of the open cycle's meeting as sent, or as it would be now; None where no cycle is open."""
    cycle = open_cycle_in(by.company_id)
    if cycle is None:
        return None
    packet, fresh, due = packet_sent(cycle), is_fresh(cycle.version, "review"), packet_due(cycle)
    made = "review" in cycle.version.steps
    content = packet.content if packet else packet_content(by=by) if made else None
    in_time = _in_time(by, packet, due)
    lifted = rule_lifted(cycle)
    return PacketView(
        month=cycle.month,
        meeting=cycle.meeting,
        due=due,
        number=packet.number if packet else 0,
        content=content,
        sent_at=packet.at if packet else None,
        sent_by=person_of(packet.member) if packet else None,
        by_itself=packet.by_itself if packet else False,
        in_time=in_time,
        pack=_pack(by, packet),
        receipts=tuple(_receipts(cycle, packet)),
        moved=_moved(by, cycle, packet, made),
        lifted_by=person_of(lifted.member) if lifted else None,
        lifted_why=str(lifted.values.get("why", "")) if lifted else "",
        sending=Job.objects.filter(company_id=by.company_id, work="send_packet", state__in=Job.GOING).exists(),
        fresh=fresh,
        may_send=may_take(by=by, action="send_packet") and not is_signed(cycle.version_id),
        may_lift=in_time is False and lifted is None and may_take(by=by, action="lift_packet_rule"),
    )


def _in_time(by: Actor, packet: Packet | None, due: dt.date) -> bool | None:
    """The first packet counts: a later one tells what has changed, and makes nobody late."""
    if packet is None:
        return False if by.today > due else None
    first = Packet.objects.filter(cycle_id=packet.cycle_id).order_by("number")[0]
    return by.day_of(first.at) <= due


def _pack(by: Actor, packet: Packet | None) -> int | None:
    """The whole pack goes to those who may see the whole plan."""
    if packet is None or not by.everywhere:
        return None
    return packet.pack_zh_id if by.language == "zh" else packet.pack_en_id


def _receipts(cycle: Cycle, packet: Packet | None) -> Iterable[Receipt]:
    """Who was sent the packet, or will be; those who have not opened it first."""
    found: list[tuple[Member, dt.datetime | None]] = [(one, None) for one in participants(cycle)]
    if packet is not None:
        kept = packet.receipts.select_related("member").order_by("member__name")
        found = [(one.member, one.opened_at) for one in kept]
    for member, opened in sorted(found, key=lambda one: (one[1] is not None, one[0].name)):
        person = person_of(member)
        assert person is not None
        yield Receipt(person, member.role, opened)


def _moved(by: Actor, cycle: Cycle, packet: Packet | None, made: bool) -> Moved:
    if packet is None:
        return Moved(0, (), (), ())
    now = packet_content(by=by) if made else {"decisions": (), "figures": ()}
    same_version = packet.version_id == cycle.version_id
    return Moved(
        max(change_count(cycle.version) - (packet.changes if same_version else 0), 0),
        tuple(_numbers(cycle, packet)),
        tuple(_decisions(packet.content["decisions"], now["decisions"])),
        tuple(_figures(packet.content["figures"], now["figures"])),
    )


def _numbers(cycle: Cycle, packet: Packet) -> Iterable[NumbersMoved]:
    changes = Change.objects.filter(version=cycle.version, at__gt=packet.at)
    grouped = changes.values("measure", "person", "why").annotate(cells=Count("pk"), newest=Max("at"))
    people = {one.person: one for one in members_of(cycle.company_id)}
    for row in grouped.order_by("-newest", "measure")[:MOST_CHANGES]:
        person = person_of(people.get(row["person"])) or Person(row["person"], row["person"], "")
        yield NumbersMoved(row["measure"], person, row["cells"], row["newest"], row["why"])


def _decisions(
    then: Iterable[Mapping[str, Any]], now: Iterable[Mapping[str, Any]]
) -> Iterable[tuple[int, Mapping[str, str], str]]:
    """What became of each decision, in the order of the agenda as it is now."""
    before = {one["number"]: one for one in then}
    after = {one["number"]: one for one in now}
    for number, one in after.items():
        old = before.get(number)
        if old is None:
            yield number, one["title"], "added"
        elif old["state"] != one["state"]:
            yield number, one["title"], "reopened" if one["state"] == "open" else "decided"
        elif (old["way"], round(old["weight"], 2)) != (one["way"], round(one["weight"], 2)):
            yield number, one["title"], "changed"
    for number, one in before.items():
        if number not in after:
            yield number, one["title"], "gone"


def _figures(
    then: Iterable[Mapping[str, Any]], now: Iterable[Mapping[str, Any]]
) -> Iterable[tuple[str, float | None, float | None, str]]:
    before = {one["kpi"]: one["value"] for one in then}
    for one in now:
        old, new = before.get(one["kpi"]), one["value"]
        if old is None and new is None:
            continue
        if old is None or new is None or abs(new - old) > _SAME:
            yield one["kpi"], old, new, one["unit"]
