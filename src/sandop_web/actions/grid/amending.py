"""Another reason for one's own change: what was changed stays, and so does the reason it was made with."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from sandop_web.access import Actor, NothingThere, WebRefusal, action
from sandop_web.access.members import acting_member
from sandop_web.access.versions import version_of
from sandop_web.store.models import AmendedReason, Change, MasterChange, Version
from sandop_web.store.reasons import amended_reasons
from sandop_web.store.refusals import VersionIsPublished


class ReasonIsTheirs(WebRefusal):
    """The reason of somebody else's change."""

    message = "gridrules.reason_is_theirs"
    status = 403


@dataclass(frozen=True)
class GridReason:
    """The reason of cells changed together: the one it was given with, the one read until now, the one that holds."""

    batch: str
    first: str
    before: str
    why: str


@action
def amend_reason(*, by: Actor, version: int, batch: str, why: str) -> GridReason:
    """Give cells that one has changed together another reason; the one before stays on record beside it.

    Raises NothingThere, ReasonIsTheirs, VersionIsPublished.
    """
    found = version_of(by=by, version=version)
    changed = _batch(batch)
    people, first = _made_by(found, changed)
    if people - {by.person}:
        raise ReasonIsTheirs(person=min(people - {by.person}))
    if found.state == Version.State.PUBLISHED:
        raise VersionIsPublished.of(found)
    before, wanted = amended_reasons(found).get(changed, first), why.strip()
    if wanted != before:
        AmendedReason.objects.create(
            version=found,
            member=acting_member(by=by),
            person=by.person,
            batch=changed,
            before=before,
            why=wanted,
            at=by.at,
        )
    return GridReason(batch=str(changed), first=first, before=before, why=wanted)


def _made_by(version: Version, batch: uuid.UUID) -> tuple[set[str], str]:
    """Who changed the cells, and the reason they gave. Raises NothingThere where the version knows no such batch."""
    cells = Change.objects.filter(version=version, batch=batch).values_list("person", "why").distinct()
    rows = MasterChange.objects.filter(version=version, batch=batch).values_list("person", "why").distinct()
    found = [*cells, *rows]
    if not found:
        raise NothingThere()
    return {person for person, _ in found}, found[0][1]


def _batch(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise NothingThere() from None
