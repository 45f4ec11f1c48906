"""A part of a version: the sheets and reports somebody needs, read at once, and named by what they hold."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import or_

from django.db.models import Q

from sandop.scenario import Month
from sandop_web.store.entries import Place, open_all, places, read_again
from sandop_web.store.models import Entry, Version
from sandop_web.store.plans import month_of

_ALWAYS = (Entry.Kind.SETTINGS, Entry.Kind.TABLE)
Names = Mapping[str, Sequence[str]]  # kind → names


def read_part(version: Version, names: Names) -> tuple[str, Month]:
    """Settings, master tables and what `names` names of the version, as a month that holds nothing else; and the
    name of this content: two parts of the same name hold the same, whatever has happened in between."""

    def read() -> tuple[str, Month]:
        found = _places(version, names)
        return name_of_content(version, found), month_of(open_all(found), steps=version.steps)

    return read_again(read)


def name_of_part(version: Version, names: Names) -> str:
    """The name that `read_part` would give, without reading the content."""
    return name_of_content(version, _places(version, names))


def name_of_content(version: Version, found: Iterable[Place]) -> str:
    """One name for what stands at these places: another wherever anything else does."""
    lines = (f"{place.kind} {place.name} {place.block} {place.hash}" for place in found)
    return hashlib.sha256("\n".join((repr(version.steps), *lines)).encode()).hexdigest()


def _places(version: Version, names: Names) -> list[Place]:
    wanted = reduce(or_, (Q(kind=kind, name__in=of_kind) for kind, of_kind in names.items()), Q(kind__in=_ALWAYS))
    return places(version, wanted=wanted)
