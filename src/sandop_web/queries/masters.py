"""Master tables as people read and change them: the rows a version holds, and what held since when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sandop.calendar import month_number
from sandop.network import Network
from sandop.tables import Column, Table
from sandop_web.access import Actor, NotUnderstood, may_take, query, report_in_scope
from sandop_web.access.editing import known_table, may_edit_table, table_key
from sandop_web.access.versions import version_of
from sandop_web.store.masters import masters_as_of, rows_of_key
from sandop_web.store.models import MasterChange, MasterRow, Version
from sandop_web.store.plans import read_network, read_settings
from sandop_web.wording import say

ROWS_SHOWN = 50
Value = str | float | bool | None  # a cell: text, number, yes or no; None is a blank


@dataclass(frozen=True)
class TableLine:
    """A master table of a version: how many of its rows the reader sees."""

    table: str
    rows: int
    may_edit: bool


@dataclass(frozen=True)
class MastersRow:
    """A row: its key, its cells in the order of the columns."""

    key: tuple[str, ...]
    cells: tuple[Value, ...]


@dataclass(frozen=True)
class MastersView:
    """A page of a master table, as the version holds it; where a `month` is named, as the register says it holds in
    that month, then or later.

    columns     the declared columns, with kind, unit, choices and limits
    count       rows in the reader's scope that answer to the text
    """

    version: int
    table: str
    start: str
    month: str
    columns: tuple[Column, ...]
    rows: tuple[MastersRow, ...]
    count: int
    page: int
    pages: int
    may_edit: bool


@dataclass(frozen=True)
class Dated:
    """What held for a row from a month on, until the next one of the list.

    effective   first month; empty: always
    cells       column → value; empty where the row ended
    """

    effective: str
    ended: bool
    cells: Mapping[str, Value]
    person: str
    at: dt.datetime
    why: str


@dataclass(frozen=True)
class CellEdit:
    """A cell of the row that somebody changed in this version."""

    column: str
    before: Value
    after: Value
    effective: str
    person: str
    at: dt.datetime
    why: str


@dataclass(frozen=True)
class MasterHistory:
    """A row with everything that was ever said of it; `now` is None where the version holds no such row."""

    version: int
    table: str
    key: tuple[str, ...]
    start: str
    columns: tuple[Column, ...]
    now: Mapping[str, Value] | None
    dated: tuple[Dated, ...]
    edits: tuple[CellEdit, ...]
    may_edit: bool


@dataclass(frozen=True)
class Setting:
    """One setting as JSON knows it; `section` is empty for one that stands alone."""

    section: str
    key: str
    value: Any


@dataclass(frozen=True)
class SettingsView:
    """The settings of a version."""

    version: int
    settings: tuple[Setting, ...]
    may_edit: bool


@query
def settings_of(*, by: Actor, version: int) -> SettingsView:
    """The settings of a version. Raises NothingThere."""
    found = version_of(by=by, version=version)
    settings: list[Setting] = []
    for name, said in read_settings(found).model_dump(mode="json").items():
        if isinstance(said, dict):
            settings += [Setting(name, key, value) for key, value in said.items()]
        else:
            settings.append(Setting("", name, said))
    draft = found.state == Version.State.DRAFT
    may_edit = draft and may_take(by=by, action="edit_settings_of_plan")
    return SettingsView(found.pk, tuple(settings), may_edit)


@query
def tables_of(*, by: Actor, version: int) -> tuple[TableLine, ...]:
    """The master tables of a version with their rows in the reader's scope. Raises NothingThere."""
    found = version_of(by=by, version=version)
    network = read_network(found)
    return tuple(
        TableLine(name, len(_seen(by, table, network)), _may_edit(by, found, name))
        for name, table in network.tables().items()
    )


@query
def masters_of(*, by: Actor, version: int, table: str, text: str = "", page: int = 1, month: str = "") -> MastersView:
    """A page of a master table; `text` occurs in a cell of the row. With a `month` the rows are those of the register
    in that month: hierarchies, bills and prices as they were, are, or will be. Raises NothingThere, NotUnderstood for
    a table or month that does not exist."""
    found = version_of(by=by, version=version)
    network = _network(by, found, month)
    kind = known_table(by=by, name=table)
    rows = [row for row in _seen(by, network.tables()[table], network) if _speaks_of(row, text)]
    pages = max(-(-len(rows) // ROWS_SHOWN), 1)
    page = min(max(page, 1), pages)
    return MastersView(
        version=found.pk,
        table=table,
        start=found.start,
        month=month,
        columns=kind.columns(),
        rows=tuple(
            MastersRow(table_key(table, row), tuple(plain_cell(row[column.name]) for column in kind.columns()))
            for row in rows[(page - 1) * ROWS_SHOWN : page * ROWS_SHOWN]
        ),
        count=len(rows),
        page=page,
        pages=pages,
        may_edit=not month and _may_edit(by, found, table),
    )


@query
def master_history(*, by: Actor, version: int, table: str, key: Sequence[str]) -> MasterHistory:
    """A row as the version holds it, what held since when, and who changed it here. A row that is not there, or not
    for this reader, has nothing to tell. Raises NothingThere, NotUnderstood."""
    found = version_of(by=by, version=version)
    network = read_network(found)
    kind = known_table(by=by, name=table)
    wanted = tuple(key)
    rows = {table_key(table, row): row for row in _seen(by, network.tables()[table], network)}
    now = rows.get(wanted)
    register = rows_of_key(found.company, table, wanted)
    edits = MasterChange.objects.filter(version=found, table=table).order_by("-pk")
    return MasterHistory(
        version=found.pk,
        table=table,
        key=wanted,
        start=found.start,
        columns=kind.columns(),
        now=None if now is None else {name: plain_cell(value) for name, value in now.items()},
        dated=tuple(_told(by, register, network)),
        edits=tuple(_edit(edit) for edit in edits if tuple(edit.key) == wanted and (now or by.everywhere)),
        may_edit=_may_edit(by, found, table),
    )


def plain_cell(value: Any) -> Value:
    """A cell of a master table as a plain value: a blank is None, a day ISO text, a number without end a word."""
    if isinstance(value, np.datetime64):
        return None if np.isnat(value) else str(value)
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if isinstance(value, float | np.floating):
        return None if np.isnan(value) else float(value) if np.isfinite(value) else str(float(value))
    return str(value) if value not in (None, "") else None


def _network(by: Actor, version: Version, month: str) -> Network:
    if not month:
        return read_network(version)
    try:
        month_number(month)
    except ValueError:
        field, wanted = say("plans.masters.as_of", by.language), say("plans.a_month", by.language)
        raise NotUnderstood(field=field, value=month[:80], wanted=wanted) from None
    return masters_as_of(version.company, month)


def _may_edit(by: Actor, version: Version, table: str) -> bool:
    return version.state == Version.State.DRAFT and may_edit_table(by=by, version=version, name=table)


def _seen(by: Actor, table: Table, network: Network) -> list[Mapping[str, Any]]:
    rows: list[Mapping[str, Any]] = list(table.rows())
    return list(report_in_scope(by=by, report=rows, network=network)) if rows else []


def _told(by: Actor, register: Iterable[MasterRow], network: Network) -> Iterator[Dated]:
    """What the reader may know of a row's history: its end is told to those who could see what ended."""
    seen = by.everywhere
    for row in register:
        if not row.ended:
            seen = bool(report_in_scope(by=by, report=[row.cells], network=network))
        if seen:
            yield _dated(row)


def _speaks_of(row: Mapping[str, Any], text: str) -> bool:
    wanted = text.strip().casefold()
    return not wanted or any(wanted in str(value).casefold() for value in row.values())


def _dated(row: MasterRow) -> Dated:
    cells = {} if row.ended else {name: plain_cell(value) for name, value in row.cells.items()}
    return Dated(row.effective, row.ended, cells, row.person, row.at, row.why)


def _edit(edit: MasterChange) -> CellEdit:
    return CellEdit(edit.column, edit.before, edit.after, edit.effective, edit.person, edit.at, edit.why)
