"""Rows of master tables and settings edited by people, from a month on.

    effective     up to the version's first month: the version's own table changes, and the register
                  later: the register alone; the row comes into a plan with the cycle of that month

What a plan folder may not say may not be said here: every new value passes the same readers and checks.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sandop.network import Network
from sandop_web.store import locks
from sandop_web.store.contents import pack_settings, pack_table, rows_by_key, table_of_rows
from sandop_web.store.entries import WHOLE, chunk_ids
from sandop_web.store.master_checks import (
    column_of,
    read_cell,
    require_sound,
    require_unused,
    settings_checked,
    table_of,
    word,
)
from sandop_web.store.masters import Key, key_text, masters_as_of
from sandop_web.store.models import Entry, MasterChange, MasterRow, Member, Version
from sandop_web.store.packing import Packed
from sandop_web.store.plans import read_network, read_settings
from sandop_web.store.refusals import (
    MasterHasMoved,
    MasterIsThere,
    MasterIsUnknown,
    SettingIsFixed,
)

SETTINGS = "settings"
_AT_ONCE = 500  # rows a statement: databases limit the values they take
_FIXED = (("time", "start"), ("time", "history_start"))  # another first month is another version
Cells = Mapping[str, Any]
Rows = dict[Key, Cells]


@dataclass(frozen=True)
class Signed:
    """Who changes something, when and why; `batch` where rows are changed together."""

    member: Member | None
    at: dt.datetime
    why: str
    batch: uuid.UUID | None = None

    @property
    def person(self) -> str:
        return self.member.person if self.member else ""


def edit_master(
    *,
    version: Version,
    table: str,
    key: Key,
    column: str,
    before: Any,
    value: Any,
    effective: str,
    member: Member | None,
    at: dt.datetime,
    why: str,
) -> None:
    """Change one cell of a master row from the month `effective` on; `before` is what the editor saw. Values as JSON
    knows them: text, number, yes/no, None for a blank, days as text.

    Raises MasterIsUnknown, MasterHasMoved, ValueNotAllowed, VersionIsPublished.
    """
    signed = Signed(member, at, why)
    kind = column_of(table, column, fixed=True)

    def changed(rows: Rows) -> Cells:
        if key not in rows:
            raise MasterIsUnknown(table=table, key=" · ".join(key))
        found = rows[key][column]
        if found != read_cell(table, kind, before, strict=False):
            told = {"found": word(found), "expected": word(before), "wanted": word(value)}
            raise MasterHasMoved(table=table, key=" · ".join(key), column=column, **told)
        return {**rows[key], column: read_cell(table, kind, value)}

    _change(version, table, key, effective, signed, changed)


def add_master_row(
    *,
    version: Version,
    table: str,
    cells: Cells,
    effective: str,
    member: Member | None,
    at: dt.datetime,
    why: str,
) -> Key:
    """Add a row to a master table from the month `effective` on; returns its key. What is left out takes its default.

    Raises MasterIsThere, MasterIsUnknown for a table or column nobody knows, ValueNotAllowed, VersionIsPublished.
    """
    row = _whole(table, cells)
    key = tuple(str(row[part]) for part in table_of(table).key_columns())

    def added(rows: Rows) -> Cells:
        if key in rows:
            raise MasterIsThere(table=table, key=" · ".join(key))
        return row

    _change(version, table, key, effective, Signed(member, at, why), added)
    return key


def end_master_row(
    *, version: Version, table: str, key: Key, effective: str, member: Member | None, at: dt.datetime, why: str
) -> None:
    """The row is no more from the month `effective` on.

    Raises MasterIsUnknown, MasterIsUsed where sheets of the version have rows of it, ValueNotAllowed where other
    tables name it, VersionIsPublished.
    """

    def ended(rows: Rows) -> None:
        if key not in rows:
            raise MasterIsUnknown(table=table, key=" · ".join(key))
        if effective <= version.start:
            require_unused(version, table, key)

    _change(version, table, key, effective, Signed(member, at, why), ended)


def edit_settings(
    *,
    version: Version,
    section: str,
    key: str,
    before: Any,
    value: Any,
    member: Member | None,
    at: dt.datetime,
    why: str,
) -> None:
    """Change one setting of the version; `section` is empty for a setting that stands alone.

    Raises SettingIsFixed for the months a plan begins with, MasterIsUnknown, MasterHasMoved, ValueNotAllowed,
    VersionIsPublished.
    """
    if (section, key) in _FIXED:
        raise SettingIsFixed(setting=f"{section}.{key}")
    with locks.editing(version):
        entry = _held(version, Entry.Kind.SETTINGS, SETTINGS)
        said = read_settings(version).model_dump(mode="json")
        part = said.get(section) if section else said
        if not isinstance(part, dict) or key not in part:
            raise MasterIsUnknown(table=SETTINGS, key=f"{section}.{key}".strip("."))
        found = part[key]
        if found != before:
            told = {"found": word(found), "expected": word(before), "wanted": word(value)}
            raise MasterHasMoved(table=SETTINGS, key=section, column=key, **told)
        part[key] = value
        _point(entry, pack_settings(settings_checked(said)))
        _noted(version, SETTINGS, (section,), key, found, value, "", Signed(member, at, why)).save()


def change_master_rows(
    *,
    version: Version,
    table: str,
    wanted: Mapping[Key, Cells | None],
    expected: Mapping[Key, Cells | None],
    member: Member | None,
    at: dt.datetime,
    why: str,
    batch: uuid.UUID,
) -> None:
    """Add, change and end (None) rows of a master table together, from the version's first month on; on record under
    the `batch`. `expected` is how each of them is now, None where there is none; what is left out takes its default.

    Raises MasterHasMoved, MasterIsUnknown for a table or column nobody knows, ValueNotAllowed, VersionIsPublished.
    """
    after = {key: None if cells is None else _whole(table, cells) for key, cells in wanted.items()}

    def decided(rows: Rows) -> Mapping[Key, Cells | None]:
        for key, cells in expected.items():
            if rows.get(key) != (None if cells is None else _whole(table, cells)):
                told = {"found": word(None), "expected": word(None), "wanted": word(None)}
                raise MasterHasMoved(table=table, key=" · ".join(key), column="–", **told)
        return after

    _change_rows(version, table, version.start, Signed(member, at, why, batch), decided)


def _whole(table: str, cells: Cells) -> Cells:
    """A row with all its columns as they are kept. Raises MasterIsUnknown, ValueNotAllowed."""
    for name in cells:
        column_of(table, name)
    return {kind.name: read_cell(table, kind, cells.get(kind.name)) for kind in table_of(table).columns()}


def _change(
    version: Version,
    table: str,
    key: Key,
    effective: str,
    signed: Signed,
    decide: Callable[[Rows], Cells | None],
) -> None:
    """One row as `decide` says, given the rows that hold; checked, written, on record."""
    _change_rows(version, table, effective, signed, lambda rows: {key: decide(rows)})


def _change_rows(
    version: Version,
    table: str,
    effective: str,
    signed: Signed,
    decide: Callable[[Rows], Mapping[Key, Cells | None]],
) -> None:
    """Rows as `decide` says, given the rows that hold; checked together, written, on record."""
    now = effective <= version.start
    with locks.editing(version):
        entry = _held(version, Entry.Kind.TABLE, table) if now else None
        network = read_network(version) if now else masters_as_of(version.company, effective)
        rows: Rows = dict(rows_by_key(network.tables()[table_of(table).file]))
        changed = {key: after for key, after in decide(rows).items() if after != rows.get(key)}
        if not changed:
            return
        held = [cells for cells in {**rows, **changed}.values() if cells is not None]
        whole = table_of_rows(table_of(table), held).sorted()
        require_sound(network, Network.of(**{**network.tables(), table: whole}))
        if entry is not None:
            _point(entry, pack_table(whole))
            _note_rows(version, table, rows, changed, effective, signed)
        if version.purpose != Version.Purpose.SCENARIO:  # what a scenario tries out holds nowhere else
            kept = [_registered(version, table, key, effective, after, signed) for key, after in changed.items()]
            MasterRow.objects.bulk_create(kept, batch_size=_AT_ONCE)


def _note_rows(
    version: Version, table: str, rows: Rows, changed: Mapping[Key, Cells | None], effective: str, signed: Signed
) -> None:
    notes = []
    for key, after in changed.items():
        before = rows.get(key)
        for column in _apart(before, after):
            values = _cell(before, column), _cell(after, column)
            notes.append(_noted(version, table, key, column, *values, effective, signed))
    MasterChange.objects.bulk_create(notes, batch_size=_AT_ONCE)


def _held(version: Version, kind: str, name: str) -> Entry:
    """The entry, locked until the transaction ends."""
    return Entry.objects.select_for_update(no_key=True).get(version=version, kind=kind, name=name, block=WHOLE)


def _point(entry: Entry, packed: Packed) -> None:
    Entry.objects.filter(pk=entry.pk).update(chunk_id=chunk_ids(packed=[packed])[packed.hash])


def _registered(
    version: Version, table: str, key: Key, effective: str, cells: Cells | None, signed: Signed
) -> MasterRow:
    return MasterRow(
        company_id=version.company_id,
        table=table,
        key=list(key),
        key_text=key_text(key),
        effective=effective,
        cells=cells or {},
        ended=cells is None,
        person=signed.person,
        at=signed.at,
        why=signed.why,
    )


def _noted(
    version: Version, table: str, key: Key, column: str, before: Any, after: Any, effective: str, signed: Signed
) -> MasterChange:
    return MasterChange(
        version=version,
        person=signed.person,
        at=signed.at,
        table=table,
        key=list(key),
        column=column,
        before=before,
        after=after,
        effective=effective,
        why=signed.why,
        batch=signed.batch,
    )


def _cell(cells: Cells | None, column: str) -> Any:
    """A cell of a row; the row itself where the column has no name."""
    return cells if cells is None or not column else cells[column]


def _apart(before: Cells | None, after: Cells | None) -> list[str]:
    """Columns that differ; one without a name where the whole row came or went."""
    if before is None or after is None:
        return [""]
    return [column for column in after if before.get(column) != after[column]]
