"""Bringing what a scenario changed into the plan it was branched from: cells, master rows, settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.db import transaction

from sandop.plan import Key
from sandop.plan.merge import Conflict
from sandop_web.access import Actor, WebRefusal, action
from sandop_web.access.editing import require_cells_editable
from sandop_web.access.members import acting_member
from sandop_web.access.versions import version_of
from sandop_web.actions.merging_masters import MasterMove, master_moves, require_mergeable, take_over
from sandop_web.actions.scenarios import NotAScenario
from sandop_web.store.blanks import none_if_blank
from sandop_web.store.branches import differences, merge_into
from sandop_web.store.models import Change, Version

Side = Literal["ours", "theirs"]


class NothingToMergeInto(WebRefusal):
    """The scenario was branched from nothing that is still there."""

    message = "plans.nothing_to_merge_into"


@dataclass(frozen=True)
class MergeConflict:
    """Something the plan and the scenario both changed, and not alike.

    kind    cell: a number of a sheet; master: a cell or row of a master table, or a setting
    name    measure or table
    row     key of the row (of a setting: its section)
    part    period or column; empty for a whole master row
    base, ours, theirs  as branched, as the plan holds it, as the scenario does; None is a blank or no row
    """

    kind: Literal["cell", "master"]
    name: str
    row: Key
    part: str
    base: Any
    ours: Any
    theirs: Any


@dataclass(frozen=True)
class Chosen:
    """How a conflict is settled: `ours` keeps the plan's, `theirs` takes the scenario's. Without a row and a part it
    settles all of the measure or table that nothing else settles."""

    name: str
    row: Key
    part: str
    side: Side


@action
def merge_scenario(*, by: Actor, version: int, choices: Sequence[Chosen], why: str) -> tuple[MergeConflict, ...]:
    """Merge what a scenario changed into the plan it was branched from; returns the conflicts nobody has settled yet.
    While there are any, nothing is written.

    Whoever merges must be allowed to change all of it in the plan. Raises NothingThere, NotAScenario,
    NothingToMergeInto, and as `edit_cells_of_plan` and `edit_master_row`.
    """
    scenario = version_of(by=by, version=version)
    if scenario.purpose != Version.Purpose.SCENARIO:
        raise NotAScenario(title=scenario.title)
    if scenario.parent is None:
        raise NothingToMergeInto()
    plan, settled = scenario.parent, {(one.name, tuple(one.row), one.part): one.side for one in choices}
    whole = {one.name: one.side for one in choices if not one.row and not one.part}
    moves = master_moves(scenario=scenario, plan=plan)
    require_cells_editable(by=by, version=plan, cells=_changed(scenario, plan))
    require_mergeable(by=by, plan=plan, scenario=scenario, moves=moves)
    conflicts = _merged(by, plan, scenario, moves, settled, why)
    settled |= {(one.name, one.row, one.part): whole[one.name] for one in conflicts if one.name in whole}
    return _merged(by, plan, scenario, moves, settled, why) if conflicts and whole else conflicts


def _merged(
    by: Actor,
    plan: Version,
    scenario: Version,
    moves: Sequence[MasterMove],
    settled: dict[tuple[str, Key, str], Side],
    why: str,
) -> tuple[MergeConflict, ...]:
    member = acting_member(by=by)
    unsettled = [_of_masters(move) for move in moves if move.conflict and move.place not in settled]
    with transaction.atomic():
        cells = merge_into(ours=plan, theirs=scenario, choices=settled, member=member, at=by.at, why=why)
        for move in moves if not (unsettled or cells) else ():
            if not move.conflict or settled[move.place] == "theirs":
                take_over(plan=plan, move=move, member=member, by=by, why=why)
        transaction.set_rollback(bool(unsettled or cells))
    return (*map(_of_cells, cells), *unsettled)


def _of_cells(one: Conflict) -> MergeConflict:
    sides = (none_if_blank(one.base), none_if_blank(one.ours), none_if_blank(one.theirs))
    return MergeConflict("cell", one.measure, one.row, one.period, *sides)


def _of_masters(move: MasterMove) -> MergeConflict:
    table, key, column = move.place
    return MergeConflict("master", table, key, column, move.base, move.ours, move.theirs)


def _changed(scenario: Version, plan: Version) -> set[tuple[str, Key]]:
    """Measure and row of the cells that somebody changed in the scenario and that differ from the plan."""
    changed = Change.objects.filter(version=scenario).values_list("measure", "row", "period")
    theirs = {(measure, tuple(row), period) for measure, row, period in changed.iterator()}
    apart = {(cell.measure, cell.row, cell.period) for cell in differences(plan, scenario)}
    return {(measure, row) for measure, row, _ in theirs & apart}
