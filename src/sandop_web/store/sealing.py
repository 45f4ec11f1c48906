"""What a signature covers: the whole content of a version, the substitutes in it named as they are now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sandop.io import version_hash
from sandop.plan import input_hash
from sandop.scenario import Month
from sandop.tables import Report
from sandop_web.remembering import Remembered
from sandop_web.store import contents, locks
from sandop_web.store.entries import WHOLE, ContentIsMissing, Piece, open_all, places, read_again, write_pieces
from sandop_web.store.models import Entry, Version
from sandop_web.store.packing import ContentIsDamaged
from sandop_web.store.parts import name_of_content
from sandop_web.store.plans import month_of, read_month, read_report
from sandop_web.store.remembering import ROOM, remembered
from sandop_web.store.steps import SUBSTITUTES, substitutes_report

_GROUP = 8  # characters of a hash that are read together


@dataclass(frozen=True, eq=False)
class Sealable:
    """The month of a version as it would be signed now, and the hash that names it."""

    month: Month
    root_hash: str


def sealable(version: Version) -> Sealable:
    """What a signature would cover now; nothing is written."""
    month = read_month(version)
    month = replace(month, reports=_with_substitutes(version, month.reports))
    return Sealable(month, _hash_of(month))


def hash_to_be_signed(version: Version) -> str:
    """The hash that `sealable` would give. Taking it is long work, so it is remembered by what the version holds."""
    return read_again(lambda: _remembered_hash(version))


def keep_substitutes(version: Version) -> None:
    """The version's report of substitutes says what it would say now. Raises VersionIsPublished."""
    report = substitutes_report(version)
    if _as_told(report) == _as_told(read_report(version, SUBSTITUTES)):
        return
    with locks.replacing(version) as held:
        Entry.objects.filter(version=held, kind=Entry.Kind.REPORT, name=SUBSTITUTES).delete()
        if report:
            packed = contents.pack_report(SUBSTITUTES, report)
            write_pieces(version=held, pieces=[Piece(Entry.Kind.REPORT, SUBSTITUTES, WHOLE, packed)])


def hash_of_content(version: Version) -> str:
    """The hash of what the version holds, read from the database and taken again; empty where content is missing or
    was altered."""
    try:
        return _hash_of(month_of(open_all(places(version), Remembered(ROOM))))
    except (ContentIsMissing, ContentIsDamaged):
        return ""


def grouped(text: str) -> str:
    """A hash in groups of characters, to be read aloud."""
    return " ".join(text[start : start + _GROUP] for start in range(0, len(text), _GROUP))


def _remembered_hash(version: Version) -> str:
    found, substitutes = places(version), substitutes_report(version)
    name = f"signed {name_of_content(version, found)} {substitutes!r}"
    known: str | None = remembered.get(name)
    if known is None:
        month = month_of(open_all(found), steps=version.steps)
        known = _hash_of(replace(month, reports=_with_substitutes(version, month.reports)))
        remembered.keep(name, known, len(name) + len(known))
    return known


def _hash_of(month: Month) -> str:
    return version_hash(input_hash=input_hash(month.plan), sheets=month.sheets, reports=month.reports)


def _with_substitutes(version: Version, reports: Mapping[str, Report]) -> dict[str, Report]:
    report = substitutes_report(version)
    others = {name: one for name, one in reports.items() if name != SUBSTITUTES}
    return {**others, SUBSTITUTES: report} if report else others


def _as_told(report: Report) -> list[dict[str, str]]:
    return [{name: str(cell or "") for name, cell in row.items()} for row in report]
