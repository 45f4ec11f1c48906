"""Trying out masters in a scenario: costs, lead times, stock targets, payment terms and activities, changed over the
rows that somebody chooses, all or none, and taken back together."""

from __future__ import annotations

import math
import uuid
from collections.abc import Mapping
from typing import Any

from sandop.calendar import month_label, month_number
from sandop_web.access import Actor, NothingThere, NotUnderstood, action
from sandop_web.access.changing import NothingToChange
from sandop_web.access.members import acting_member
from sandop_web.access.tried_masters import CHOOSABLE, TRIED_MASTERS, Key, TriedMasters, master_rows_tried
from sandop_web.access.versions import version_of
from sandop_web.actions.masters import require_table_open
from sandop_web.actions.scenario_changes import NotToBeTried
from sandop_web.actions.scenarios import NotAScenario
from sandop_web.actions.spreading import NoRowsThere
from sandop_web.store.contents import TABLE_KINDS, rows_by_key
from sandop_web.store.edits import change_master_rows
from sandop_web.store.models import MasterChange, Version
from sandop_web.store.plans import read_network
from sandop_web.wording import say

_DECIMALS = 9
Cells = Mapping[str, Any]


@action
def try_masters(
    *, by: Actor, version: int, masters: str, wanted: Mapping[str, str], way: str, amount: float, why: str
) -> str:
    """Change a column of a master table of a scenario in the rows of `wanted` (level → label) that lie in the
    person's scope; returns the batch, by which it can be taken back.

    masters one of `TRIED_MASTERS`
    way     one of its ways. percent: every number grows by so many percent; plus: by the amount; exactly: becomes it;
            later: the first month moves by so many months; off: the row is taken out. Amounts of a share are in
            percent. A blank takes part in `exactly` alone

    Raises NothingThere, NotAScenario, NotToBeTried, NotUnderstood, NoRowsThere, NothingToChange, NotYourRole,
    ValueNotAllowed where a cell would not be what its column allows, and what the store refuses.
    """
    found = _scenario(by, version)
    if masters not in TRIED_MASTERS:
        raise NotToBeTried(measure=masters[:80])
    tried = TRIED_MASTERS[masters]
    _require_understood(by, tried, way, amount)
    require_table_open(by=by, version=found, table=tried.table)
    wanted = {level: label for level, label in wanted.items() if level in CHOOSABLE and label}
    rows = master_rows_tried(by=by, masters=masters, network=read_network(found), wanted=wanted)
    if not rows or (tried.levels == ("activity",) and not wanted):
        raise NoRowsThere()
    after = {key: _changed(tried, row, way, amount) for key, row in rows.items()}
    return _written(by, found, tried.table, {key: rows[key] for key in after}, after, why)


@action
def take_back_masters(*, by: Actor, version: int, batch: str, why: str) -> str:
    """Take back the master cells of a scenario that were changed together; returns the batch of that. Raises
    NothingThere, NotAScenario, NotYourRole, MasterHasMoved where one of them has been changed again."""
    found = _scenario(by, version)
    changes = [*MasterChange.objects.filter(version=found, batch=_batch(batch)).order_by("pk")]
    if not changes:
        raise NothingThere()
    table = changes[0].table
    require_table_open(by=by, version=found, table=table)
    held = rows_by_key(read_network(found).tables()[table])
    expected: dict[Key, Cells | None] = {}
    wanted: dict[Key, Cells | None] = {}
    for change in changes:
        key = tuple(change.key)
        if change.column:
            row = held.get(key, {})
            expected[key] = {**(expected.get(key) or row), change.column: change.after}
            wanted[key] = {**(wanted.get(key) or row), change.column: change.before}
        else:
            expected[key], wanted[key] = change.after, change.before
    return _written(by, found, table, expected, wanted, why)


def _scenario(by: Actor, version: int) -> Version:
    found = version_of(by=by, version=version)
    if found.purpose != Version.Purpose.SCENARIO:
        raise NotAScenario(title=found.title)
    return found


def _require_understood(by: Actor, tried: TriedMasters, way: str, amount: float) -> None:
    if way not in tried.ways:
        field = say("scenarios.lever.way", by.language)
        raise NotUnderstood(field=field, value=str(way)[:80], wanted=" / ".join(tried.ways))
    whole = way != "later" or amount == int(amount) if math.isfinite(amount) else False
    if not whole or (way == "percent" and amount < -100.0):
        field, wanted = say("scenarios.lever.amount", by.language), say("scenarios.an_amount", by.language)
        raise NotUnderstood(field=field, value=f"{amount:g}", wanted=wanted)


def _changed(tried: TriedMasters, row: Cells, way: str, amount: float) -> Cells | None:
    """The row as it is to be; None where it is taken out."""
    if way == "off":
        return None
    held = row[tried.column]
    if way == "later":
        return {**row, tried.column: month_label(month_number(str(held)) + int(amount))}
    if way == "percent":
        return {**row, **{name: _grown(row[name], amount) for name in tried.grows or (tried.column,)}}
    step = amount / 100.0 if _is_share(tried) else amount
    if way == "exactly":
        return {**row, tried.column: step}
    return row if held is None else {**row, tried.column: round(float(held) + step, _DECIMALS)}


def _grown(held: Any, percent: float) -> Any:
    return None if held is None else round(float(held) * (1.0 + percent / 100.0), _DECIMALS)


def _is_share(tried: TriedMasters) -> bool:
    columns = {column.name: column for column in TABLE_KINDS[tried.table].columns()}
    return columns[tried.column].unit.startswith("share")


def _written(
    by: Actor,
    version: Version,
    table: str,
    expected: Mapping[Key, Cells | None],
    wanted: Mapping[Key, Cells | None],
    why: str,
) -> str:
    """Write the rows that change; returns their batch. Raises NothingToChange where none does."""
    moved = [key for key in wanted if wanted[key] != expected[key]]
    if not moved:
        raise NothingToChange()
    batch = uuid.uuid4()
    change_master_rows(
        version=version,
        table=table,
        wanted={key: _said(wanted[key]) for key in moved},
        expected={key: _said(expected[key]) for key in moved},
        member=acting_member(by=by),
        at=by.at,
        why=why,
        batch=batch,
    )
    return str(batch)


def _said(row: Cells | None) -> Cells | None:
    """The row as it is said: a number without end is a default that nobody types, so it is left out."""
    return None if row is None else {name: value for name, value in row.items() if value != "inf"}


def _batch(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise NothingThere() from None
