"""Where the master tables and settings of two versions differ, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sandop.plan import Settings
from sandop.tables import Table
from sandop_web.store.contents import rows_by_key
from sandop_web.store.entries import open_all, places
from sandop_web.store.models import Entry, Version

_KINDS = (Entry.Kind.SETTINGS, Entry.Kind.TABLE)


@dataclass(frozen=True)
class TableDifference:
    """One cell that differs, as JSON knows it. `column` is empty where the whole row is on one side only: its cells
    are then the value of that side. A setting is a row of `settings` whose key is its section."""

    table: str
    key: tuple[str, ...]
    column: str
    before: Any
    after: Any


def table_differences(a: Version, b: Version) -> tuple[TableDifference, ...]:
    """Every cell of the master tables and settings that differs from `a` (before) to `b` (after). Only tables that
    are not the same chunk are opened."""
    ours, theirs = ({(p.kind, p.name): p for p in places(version, kinds=_KINDS)} for version in (a, b))
    apart = [name for name in sorted({*ours, *theirs}) if _hash(ours, name) != _hash(theirs, name)]
    sides = (ours, theirs)
    contents = open_all([side[name] for name in apart for side in sides if name in side])
    found: list[TableDifference] = []
    for name in apart:
        before, after = (_rows(contents[side[name]]) if name in side else {} for side in sides)
        found += _differences(name[1], before, after)
    return tuple(found)


def _hash(places_of: Mapping[Any, Any], name: tuple[str, str]) -> str:
    return places_of[name].hash if name in places_of else ""


def _rows(content: Table | Settings) -> dict[tuple[str, ...], dict[str, Any]]:
    """Key → cells."""
    if isinstance(content, Table):
        return rows_by_key(content)
    said = content.model_dump(mode="json")
    alone = {key: value for key, value in said.items() if not isinstance(value, dict)}
    return {("",): alone, **{(section,): part for section, part in said.items() if isinstance(part, dict)}}


def _differences(table: str, before: Mapping[Any, Any], after: Mapping[Any, Any]) -> Iterator[TableDifference]:
    for key in sorted({*before, *after}):
        ours, theirs = before.get(key), after.get(key)
        if ours is None or theirs is None:
            yield TableDifference(table, key, "", ours, theirs)
            continue
        for column in sorted({*ours, *theirs}):
            if ours.get(column) != theirs.get(column):
                yield TableDifference(table, key, column, ours.get(column), theirs.get(column))
