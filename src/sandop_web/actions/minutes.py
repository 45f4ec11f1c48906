"""The minutes of the S&OP meeting, written as it goes: by people, and by the workbench where something was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sandop_web.access import Actor, NothingThere, NotUnderstood, action
from sandop_web.access.cycles import cycle_now
from sandop_web.access.members import member_of
from sandop_web.store.agenda import points_of
from sandop_web.store.models import Attendance, Cycle, MinuteLine
from sandop_web.store.notices import kept_values

Kind = MinuteLine.Kind
_LONGEST = 2_000  # characters of a line


def keep_minute(
    *, cycle: Cycle, by: Actor, point: str, kind: str, message: str, values: Mapping[str, object]
) -> None:
    """The workbench writes a line: what was just done at this point of the agenda. `values` are those of a notice."""
    MinuteLine.objects.create(
        cycle=cycle,
        point=point,
        kind=kind,
        message=message,
        values=kept_values(values),
        member_id=by.member_id,
        role=by.role,
        at=by.at,
    )


@action
def write_minute(*, by: Actor, text: str, point: str = "opening", corrects: int | None = None) -> int:
    """Write a note into the minutes of the open cycle; its id. Nothing is ever taken out: a correction is a line of
    its own.

    point      of the agenda, such as "plan" or "decision-3"
    corrects   id of the line that the note puts right; None: none

    Raises NoCycleOpen, NotUnderstood for a blank or endless text, NothingThere for an unknown point or line.
    """
    cycle = cycle_now(by=by)
    if not text.strip() or len(text) > _LONGEST:
        raise NotUnderstood(field="line", value=text[:40] or "–", wanted=f"1–{_LONGEST}")
    if point not in points_of(cycle):
        raise NothingThere()
    corrected = None
    if corrects is not None:
        corrected = MinuteLine.objects.filter(cycle=cycle, pk=corrects).first()
        if corrected is None:
            raise NothingThere()
    line = MinuteLine.objects.create(
        cycle=cycle,
        point=corrected.point if corrected else point,
        kind=Kind.NOTE,
        text=text.strip(),
        corrects=corrected,
        member_id=by.member_id,
        role=by.role,
        at=by.at,
    )
    return line.pk


@action
def mark_attendance(*, by: Actor, present: Sequence[str]) -> None:
    """Say who is at the meeting of the open cycle: these people and nobody else. Raises NoCycleOpen, and NothingThere
    for somebody unknown."""
    cycle = cycle_now(by=by)
    there = {member_of(by=by, person=person) for person in present}
    marked = set(Attendance.objects.filter(cycle=cycle).values_list("member_id", flat=True))
    for member in there:
        Attendance.objects.update_or_create(cycle=cycle, member=member, defaults={"present": True, "at": by.at})
    gone = marked - {member.pk for member in there}
    Attendance.objects.filter(cycle=cycle, member_id__in=gone).update(present=False, at=by.at)
