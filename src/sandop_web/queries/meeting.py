"""The S&OP meeting: its agenda as the system makes it, who is there, and the minutes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sandop.scenario import ARBITER
from sandop_web.access import Actor, NothingThere, may_take, query
from sandop_web.access.cycles import open_cycle_in
from sandop_web.access.roles import SOP_MANAGER
from sandop_web.queries.decision_views import Person
from sandop_web.queries.decisions import person_of
from sandop_web.store.agenda import FIXED, PLAN, SIGN, decision_point, decisions_on, minutes_of_points, points_of
from sandop_web.store.decision_list import decision_spoken, weight
from sandop_web.store.ground_rules import ground_rules
from sandop_web.store.models import Attendance, Cycle, Decision, Member, MinuteLine, Signature
from sandop_web.store.notices import sentence
from sandop_web.store.packets import invited_roles
from sandop_web.store.standing import holders_of, is_signed
from sandop_web.wording import say


@dataclass(frozen=True)
class AgendaPoint:
    """A point of the agenda.

    number   of the decision; None for the other points
    money    at stake, plan currency; None where nothing is
    due      last responsible moment of a decision
    done     decided, or signed
    minutes  of the meeting's length
    presenter   who leads through it: a decision's owner, else who holds the office; None where nobody does
    """

    id: str
    number: int | None
    title: str
    money: float | None
    due: dt.date | None
    done: bool
    minutes: int = 0
    presenter: Person | None = None


@dataclass(frozen=True)
class Attendee:
    """Somebody who is invited, or came. `present` is None while nobody has said."""

    person: Person
    role: str
    invited: bool
    present: bool | None


@dataclass(frozen=True)
class Meeting:
    """The meeting of the open cycle.

    undecided   how many decisions are open
    may_note, may_mark   what the reader may do now
    """

    month: str
    day: dt.date
    version: int
    version_title: str
    points: tuple[AgendaPoint, ...]
    undecided: int
    signed: bool
    attendees: tuple[Attendee, ...]
    may_note: bool
    may_mark: bool


@dataclass(frozen=True)
class MinuteRow:
    """A line of the minutes in the reader's language. kind: note, decision, action, signature.

    corrects       id of the line it puts right; None: none
    corrected      another line puts this one right
    """

    id: int
    kind: str
    text: str
    person: Person
    role: str
    at: dt.datetime
    corrects: int | None
    corrected: bool


@dataclass(frozen=True)
class MinutedPoint:
    """What was said and done at a point of the agenda, in order."""

    id: str
    title: str
    lines: tuple[MinuteRow, ...]


@dataclass(frozen=True)
class Minutes:
    """The minutes of a cycle's meeting; `month` is empty where there never was one."""

    month: str
    day: dt.date | None
    version_title: str
    points: tuple[MinutedPoint, ...]
    lines: int
    attendees: tuple[Attendee, ...]
    signed_by: Person | None
    signed_at: dt.datetime | None
    may_write: bool
    places: tuple[tuple[str, str], ...]
    months: tuple[str, ...]

    @property
    def attendance_taken(self) -> bool:
        """Somebody has said who is there."""
        return any(one.present is not None for one in self.attendees)


@query
def meeting_of(*, by: Actor) -> Meeting | None:
    """The agenda of the open cycle's meeting, the decisions ordered by money at stake, then last responsible moment;
    None where no cycle is open."""
    cycle = open_cycle_in(by.company_id)
    if cycle is None:
        return None
    decisions = decisions_on(cycle)
    signed = is_signed(cycle.version_id)
    return Meeting(
        month=cycle.month,
        day=cycle.meeting,
        version=cycle.version_id,
        version_title=cycle.version.title,
        points=tuple(_points(by, cycle, decisions, signed)),
        undecided=sum(one.state == Decision.State.OPEN for one in decisions),
        signed=signed,
        attendees=_attendees(by, cycle),
        may_note=may_take(by=by, action="write_minute"),
        may_mark=may_take(by=by, action="mark_attendance"),
    )


@query
def minutes_of(*, by: Actor, month: str = "") -> Minutes:
    """The minutes of the open cycle, or of the cycle of `month`; without a month and an open cycle of the newest one.
    Raises NothingThere for a month that has had no cycle."""
    cycles = Cycle.objects.filter(company_id=by.company_id).select_related("version")
    cycle = cycles.filter(month=month).first() if month else open_cycle_in(by.company_id)
    if month and cycle is None:
        raise NothingThere()
    cycle = cycle or cycles.order_by("-month").first()
    if cycle is None:
        return Minutes("", None, "", (), 0, (), None, None, False, (), ())
    signature = Signature.objects.filter(version_id=cycle.version_id).select_related("member").first()
    titles = _titles(by, cycle)
    lines = list(cycle.minutes.select_related("member").order_by("pk"))
    return Minutes(
        month=cycle.month,
        day=cycle.meeting,
        version_title=cycle.version.title,
        points=tuple(_minuted(by, titles, lines)),
        lines=len(lines),
        attendees=_attendees(by, cycle),
        signed_by=person_of(signature.member) if signature else None,
        signed_at=signature.at if signature else None,
        may_write=cycle.state == Cycle.State.OPEN and may_take(by=by, action="write_minute"),
        places=tuple(titles.items()),
        months=tuple(cycles.order_by("-month").values_list("month", flat=True)),
    )


def _points(by: Actor, cycle: Cycle, decisions: Sequence[Decision], signed: bool) -> Iterable[AgendaPoint]:
    found = {decision_point(one.number): one for one in decisions}
    minutes = minutes_of_points(decisions, length=ground_rules(cycle.company).meeting_minutes)
    for id in points_of(cycle):
        one = found.get(id)
        told: dict[str, Any] = {"minutes": minutes[id], "presenter": _presenter(by, id, one)}
        if one is None:
            yield AgendaPoint(id, None, _title(by, id), None, None, signed and id == SIGN, **told)
            continue
        title, done = decision_spoken(one)[by.language], one.state != Decision.State.OPEN
        yield AgendaPoint(id, one.number, title, weight(one), one.last_responsible, done, **told)


def _presenter(by: Actor, id: str, decision: Decision | None) -> Person | None:
    """A decision is led by its owner, the plan by finance, the signature by the general manager, the rest by the S&OP
    manager."""
    if decision is not None and decision.owner is not None:
        return person_of(decision.owner)
    role = {PLAN: "finance", SIGN: ARBITER}.get(id, SOP_MANAGER)
    holders = holders_of(by.company_id, role) or holders_of(by.company_id, SOP_MANAGER)
    return person_of(holders[0]) if holders else None


def _title(by: Actor, id: str) -> str:
    return say(f"meeting.point.{id.replace('-', '_')}", by.language)


def _titles(by: Actor, cycle: Cycle) -> dict[str, str]:
    """Every point that lines may stand under → its title; decisions that lapsed keep their lines."""
    every = cycle.decisions.select_related("cycle__version").order_by("number")
    titles = {decision_point(one.number): decision_spoken(one)[by.language] for one in every}
    ordered = [*points_of(cycle), *titles]
    return {id: _title(by, id) if id in FIXED else titles[id] for id in dict.fromkeys(ordered)}


def _minuted(by: Actor, titles: dict[str, str], lines: list[MinuteLine]) -> Iterable[MinutedPoint]:
    corrected = {line.corrects_id for line in lines}
    for id, title in titles.items():
        told = tuple(_line(by, line, corrected) for line in lines if line.point == id)
        if told:
            yield MinutedPoint(id, title, told)


def _line(by: Actor, line: MinuteLine, corrected: set[int | None]) -> MinuteRow:
    person = person_of(line.member)
    assert person is not None
    text = sentence(line.message, line.values, by.language) if line.message else line.text
    return MinuteRow(line.pk, line.kind, text, person, line.role, line.at, line.corrects_id, line.pk in corrected)


def _attendees(by: Actor, cycle: Cycle) -> tuple[Attendee, ...]:
    """Whom the step names, in its order, then whoever else came."""
    invited = invited_roles()
    present = dict(Attendance.objects.filter(cycle=cycle).values_list("member_id", "present"))
    members = Member.objects.filter(company_id=by.company_id, active=True).order_by("name")
    listed = [one for one in members if one.role in invited or present.get(one.pk)]
    listed.sort(key=lambda one: invited.index(one.role) if one.role in invited else len(invited))
    return tuple(_attendee(one, one.role in invited, present.get(one.pk)) for one in listed)


def _attendee(member: Member, invited: bool, present: bool | None) -> Attendee:
    person = person_of(member)
    assert person is not None
    return Attendee(person, member.role, invited, present)
