"""The part of a merge that concerns master rows: what the scenario changed, against what the plan holds now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sandop.network import Network
from sandop_web.access import Actor
from sandop_web.access.editing import require_row_in_scope
from sandop_web.actions.masters import Key, require_table_open
from sandop_web.store.contents import rows_by_key
from sandop_web.store.edits import add_master_row, edit_master, edit_settings, end_master_row
from sandop_web.store.master_edits import SETTINGS
from sandop_web.store.models import MasterChange, Member, Version
from sandop_web.store.plans import read_network, read_settings
from sandop_web.store.steps import PRE_SOP, require_step_open

Place = tuple[str, Key, str]  # table, key, column; no column: the whole row


@dataclass(frozen=True)
class MasterMove:
    """What a scenario made of one master cell, row or setting: `base` as it began, `theirs` as it is there now,
    `ours` as the plan holds it. None where there is no such row."""

    place: Place
    base: Any
    ours: Any
    theirs: Any
    effective: str

    @property
    def conflict(self) -> bool:
        """True where the plan has moved too, and not to the same."""
        return self.ours not in (self.base, self.theirs)

    @property
    def news(self) -> bool:
        """True where the plan does not hold it yet."""
        return bool(self.ours != self.theirs)


def master_moves(*, scenario: Version, plan: Version) -> list[MasterMove]:
    """Everything the scenario changed in master tables and settings that the plan does not hold yet, in the order in
    which it was changed."""
    changes: dict[Place, list[MasterChange]] = {}
    for change in MasterChange.objects.filter(version=scenario).order_by("pk"):
        changes.setdefault((change.table, tuple(change.key), change.column), []).append(change)
    held = _held(plan)
    moves = [
        MasterMove(place, made[0].before, held(place), made[-1].after, made[-1].effective)
        for place, made in changes.items()
    ]
    return [move for move in moves if move.news and move.base != move.theirs]


def require_mergeable(*, by: Actor, plan: Version, scenario: Version, moves: Iterable[MasterMove]) -> None:
    """Raises NotYourRole, OutsideYourScope, StepIsClosed unless this person may change all of these in the plan."""
    theirs, ours = read_network(scenario), read_network(plan)
    for move in moves:
        table, key, _ = move.place
        if table == SETTINGS:
            require_step_open(version=plan, step=PRE_SOP)
            continue
        require_table_open(by=by, version=plan, table=table)
        for network in (theirs, ours):
            row = _rows(network, table).get(key)
            if row is not None:
                require_row_in_scope(by=by, table=table, row=row, network=network)


def take_over(*, plan: Version, move: MasterMove, member: Member, by: Actor, why: str) -> None:
    """Make the plan hold what the scenario says. Raises what the store refuses."""
    table, key, column = move.place
    signed: Mapping[str, Any] = {"version": plan, "member": member, "at": by.at, "why": why}
    if table == SETTINGS:
        edit_settings(section=key[0], key=column, before=move.ours, value=move.theirs, **signed)
    elif column:
        edit_master(
            table=table,
            key=key,
            column=column,
            before=move.ours,
            value=move.theirs,
            effective=move.effective,
            **signed,
        )
    else:
        if move.ours is not None:
            end_master_row(table=table, key=key, effective=move.effective, **signed)
        if move.theirs is not None:
            add_master_row(table=table, cells=move.theirs, effective=move.effective, **signed)


def _held(plan: Version) -> Any:
    network, settings = read_network(plan), read_settings(plan).model_dump(mode="json")
    tables: dict[str, dict[Key, dict[str, Any]]] = {}

    def held(place: Place) -> Any:
        table, key, column = place
        if table == SETTINGS:
            return settings[key[0]][column] if key[0] else settings[column]
        row = tables.setdefault(table, _rows(network, table)).get(key)
        return row if row is None or not column else row.get(column)

    return held


def _rows(network: Network, table: str) -> dict[Key, dict[str, Any]]:
    return rows_by_key(network.tables()[table])
