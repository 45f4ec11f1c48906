"""Changing rows of master tables and settings of a plan; rows hold from a month on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sandop.calendar import month_number
from sandop.network import Network
from sandop_web.access import Actor, NotUnderstood, WebRefusal, action
from sandop_web.access.editing import (
    editors_of_table,
    known_table,
    require_may_edit_table,
    require_row_in_scope,
    table_key,
)
from sandop_web.access.members import acting_member
from sandop_web.access.versions import version_of
from sandop_web.actions.editing import NothingToChange
from sandop_web.store.edits import add_master_row as add_row
from sandop_web.store.edits import edit_master, edit_settings
from sandop_web.store.edits import end_master_row as end_row
from sandop_web.store.masters import masters_as_of
from sandop_web.store.models import Version
from sandop_web.store.plans import read_network
from sandop_web.store.steps import PRE_SOP, require_step_open
from sandop_web.wording import say

Key = tuple[str, ...]
_OWNED = ("activities", "launches")  # tables whose rows belong to whoever adds them unless they name another


class ScenarioSpeaksOfItsOwnMonths(WebRefusal):
    """A scenario has no say over what holds in later cycles."""

    message = "plans.scenario_speaks_now"


@dataclass(frozen=True)
class CellOfRow:
    """A cell of a master row to change: what the editor saw, and what it is to be; as text, number, yes or no, None
    for a blank."""

    column: str
    before: Any
    after: Any


@action
def add_master_row(
    *, by: Actor, version: int, table: str, cells: Mapping[str, Any], effective: str, why: str
) -> tuple[str, ...]:
    """Add a row to a master table from the month `effective` on (empty: the plan's first); returns its key.

    An override says who gave it, when and why by itself, and takes the next number. Raises NothingThere,
    NotUnderstood, NotYourRole, OutsideYourScope, StepIsClosed, MasterIsThere, ValueNotAllowed, VersionIsPublished.
    """
    found = version_of(by=by, version=version)
    month = _month(by, found, effective)
    network = _network(found, month)
    require_table_open(by=by, version=found, table=table)
    said = {name: value for name, value in cells.items() if value not in (None, "")}
    said = _with_author(by, table, said, network, why)
    row = {column.name: said.get(column.name, "") for column in known_table(by=by, name=table).columns()}
    require_row_in_scope(by=by, table=table, row=row, network=network)
    return add_row(
        version=found, table=table, cells=said, effective=month, member=acting_member(by=by), at=by.at, why=why
    )


@action
def edit_master_row(
    *, by: Actor, version: int, table: str, key: Key, cells: Sequence[CellOfRow], effective: str, why: str
) -> None:
    """Change cells of a master row from the month `effective` on, all or none.

    Raises as `add_master_row`, MasterIsUnknown where there is no such row, MasterHasMoved where a cell no longer
    holds what the editor saw, NothingToChange.
    """
    found = version_of(by=by, version=version)
    month = _month(by, found, effective)
    if not cells:
        raise NothingToChange()
    before = _require_open_row(by, found, table, key, month)
    after = {**before, **{cell.column: "" if cell.after is None else cell.after for cell in cells}}
    require_row_in_scope(by=by, table=table, row=after, network=_network(found, month))
    for cell in cells:
        edit_master(
            version=found,
            table=table,
            key=tuple(key),
            column=cell.column,
            before=cell.before,
            value=cell.after,
            effective=month,
            member=acting_member(by=by),
            at=by.at,
            why=why,
        )


@action
def end_master_row(*, by: Actor, version: int, table: str, key: Key, effective: str, why: str) -> None:
    """The row is no more from the month `effective` on. Raises as `edit_master_row`, MasterIsUsed where numbers of
    the plan or other tables speak of it."""
    found = version_of(by=by, version=version)
    month = _month(by, found, effective)
    _require_open_row(by, found, table, key, month)
    end_row(
        version=found, table=table, key=tuple(key), effective=month, member=acting_member(by=by), at=by.at, why=why
    )


@action
def edit_settings_of_plan(
    *, by: Actor, version: int, section: str, key: str, before: Any, value: Any, why: str
) -> None:
    """Change a setting of the plan; `section` is empty for one that stands alone. Raises NothingThere, StepIsClosed,
    SettingIsFixed, MasterIsUnknown, MasterHasMoved, ValueNotAllowed, VersionIsPublished."""
    found = version_of(by=by, version=version)
    require_step_open(version=found, step=PRE_SOP)
    edit_settings(
        version=found,
        section=section,
        key=key,
        before=before,
        value=value,
        member=acting_member(by=by),
        at=by.at,
        why=why,
    )


def require_table_open(*, by: Actor, version: Version, table: str) -> None:
    """Raises NotUnderstood for a table that does not exist, NotYourRole, PeopleHaveTheirOwnPage, StepIsClosed."""
    known_table(by=by, name=table)
    require_may_edit_table(by=by, version=version, name=table)
    require_step_open(version=version, step=editors_of_table(table).step)


def _require_open_row(by: Actor, version: Version, table: str, key: Key, month: str) -> Mapping[str, Any]:
    """The row as it holds in that month; empty where there is none, which the store refuses in its own words."""
    require_table_open(by=by, version=version, table=table)
    network = _network(version, month)
    rows = {table_key(table, row): row for row in network.tables()[table].rows()}
    row = rows.get(tuple(key), {})
    if row:
        require_row_in_scope(by=by, table=table, row=row, network=network)
    return row


def _network(version: Version, month: str) -> Network:
    return read_network(version) if month <= version.start else masters_as_of(version.company, month)


def _month(by: Actor, version: Version, effective: str) -> str:
    month = effective.strip() or version.start
    try:
        month_number(month)
    except ValueError:
        field, wanted = say("plans.masters.effective", by.language), say("plans.a_month", by.language)
        raise NotUnderstood(field=field, value=month[:80], wanted=wanted) from None
    if version.purpose == Version.Purpose.SCENARIO and month > version.start:
        raise ScenarioSpeaksOfItsOwnMonths(month=version.start)
    return month


def _with_author(by: Actor, table: str, said: Mapping[str, Any], network: Network, why: str) -> dict[str, Any]:
    if table == "overrides":
        numbers = [int(key) for key in network.overrides.keys if key.isascii() and key.isdigit()]
        number = {"override": str(max(numbers, default=0) + 1), "why": why}
        return {**number, **said, "who": by.person, "when": by.today.isoformat()}
    return {"owner": by.person, **said} if table in _OWNED else dict(said)
