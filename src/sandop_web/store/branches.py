"""Branches of a plan: made by pointing at the same chunks, compared and merged by opening only what differs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

import numpy as np
from django.db import connection

from sandop.plan import Key, Rows, Sheet
from sandop.plan.compare import CellDifference, compare, unlike
from sandop.plan.merge import Conflict, merge
from sandop_web.store import locks
from sandop_web.store.blanks import none_if_blank
from sandop_web.store.edits import Edit, edit_cells
from sandop_web.store.entries import Place, open_all, places, read_again
from sandop_web.store.models import Change, Entry, Member, Version
from sandop_web.store.models.plan import HEAD
from sandop_web.store.plans import BROUGHT, change_count, next_number, read_sheet, read_sheets
from sandop_web.store.sheets import BLOCK_ROWS, Head

Kind = Entry.Kind
Choice = Literal["ours", "theirs"]
Choices = Mapping[tuple[str, Key, str], Choice]  # measure, row, period → whose value counts


def branch(
    *, version: Version, title: str, made_by: Member | None, at: dt.datetime, purpose: str = "scenario"
) -> Version:
    """A draft that begins as `version` is now, and goes its own way from there; its log of changes is empty.

    Results come along where they belong to the inputs as they are; stale ones stay behind. A published version may be
    branched too.
    """
    with locks.writing():
        parent = locks.alone(version)
        locks.numbering(parent.company)
        fresh = parent.results_of is not None and parent.results_of == change_count(parent)
        made = Version.objects.create(
            company=parent.company,
            number=next_number(parent.company),
            title=title,
            purpose=purpose,
            parent=parent,
            start=parent.start,
            steps=parent.steps if fresh else [],
            results_of=0 if fresh else None,
            verified=parent.verified if fresh else "",
            made_by=made_by,
            made_at=at,
        )
        _point_alike(parent, made, tuple(Kind) if fresh else BROUGHT)
    return made


def _point_alike(parent: Version, made: Version, kinds: Sequence[str]) -> None:
    """Entries of these kinds as the parent has them: one statement, no content moves."""
    table = Entry._meta.db_table
    marks = ", ".join(["%s"] * len(kinds))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (version_id, kind, name, block, chunk_id) "
            f"SELECT %s, kind, name, block, chunk_id FROM {table} WHERE version_id = %s AND kind IN ({marks})",
            [made.pk, parent.pk, *map(str, kinds)],
        )


def differences(
    a: Version, b: Version, kind: str = "input", names: Sequence[str] | None = None
) -> tuple[CellDifference, ...]:
    """Every cell that differs from `a` (before) to `b` (after), by measure, row and period.

    Sheets with the same rows and periods are compared block by block, and only blocks that are not the same chunk are
    opened. A vintage is named by its month.
    """
    return read_again(lambda: tuple(_differences(a, b, kind, names)))


def _differences(a: Version, b: Version, kind: str, names: Sequence[str] | None) -> list[CellDifference]:
    before, after = _by_name(places(a, kinds=[kind], names=names)), _by_name(places(b, kinds=[kind], names=names))
    found: list[CellDifference] = []
    for name in sorted({*before, *after}):
        ours, theirs = before.get(name, {}), after.get(name, {})
        if _hashes(ours) == _hashes(theirs):
            continue
        if HEAD in ours and HEAD in theirs and ours[HEAD].hash == theirs[HEAD].hash:
            found += _block_differences(name, ours, theirs)
        else:
            found += _sheet_differences(name, read_sheet(a, kind, name), read_sheet(b, kind, name))
    return found


def _by_name(found: Sequence[Place]) -> dict[str, dict[int, Place]]:
    named: dict[str, dict[int, Place]] = {}
    for place in found:
        named.setdefault(place.name, {})[place.block] = place
    return named


def _hashes(blocks: Mapping[int, Place]) -> dict[int, str]:
    return {block: place.hash for block, place in blocks.items()}


def _block_differences(name: str, ours: Mapping[int, Place], theirs: Mapping[int, Place]) -> Iterator[CellDifference]:
    apart = [block for block in ours if block != HEAD and ours[block].hash != theirs[block].hash]
    wanted = [ours[HEAD], *(side[block] for block in apart for side in (ours, theirs))]
    contents: dict[Place, Any] = open_all(wanted)
    head: Head = contents[ours[HEAD]]
    cells = []
    for block in apart:
        before, after = contents[ours[block]], contents[theirs[block]]
        for row, column in zip(*np.nonzero(unlike(before, after))):
            key, label = head.keys[block * BLOCK_ROWS + row], head.periods.labels[column]
            cells.append(CellDifference(name, key, label, float(before[row, column]), float(after[row, column])))
    yield from sorted(cells, key=lambda cell: (cell.row, cell.period))


def _sheet_differences(name: str, before: Sheet | None, after: Sheet | None) -> Iterator[CellDifference]:
    measures = {sheet.name for sheet in (before, after) if sheet is not None}
    sides = [{} if sheet is None else {sheet.name: sheet} for sheet in (before, after)]
    for cell in compare(sides[0], sides[1]).cells if measures else ():
        yield CellDifference(name, cell.row, cell.period, cell.before, cell.after)


def merge_into(
    *,
    ours: Version,
    theirs: Version,
    base: Version | None = None,
    choices: Choices | None = None,
    member: Member | None,
    at: dt.datetime,
    why: str,
) -> tuple[Conflict, ...]:
    """Bring the input cells that `theirs` changed into `ours`.

    What only they changed is taken; what both changed, and not alike, is a conflict that `choices` decides. While one
    is undecided nothing is written and the undecided ones are returned; otherwise the merged cells are edited like
    any others and nothing is returned. Where no `base` is named, one of the two is a branch of the other and the base
    is what that branch began with, or both are branches of one parent, which is the base.
    Raises ValueError where they have no base in common, and what `edit_cells` raises.
    """
    apart = differences(ours, theirs)
    mine, yours, common = _three_sides(apart, ours, theirs, base)
    merged = merge(base=common, ours=mine, theirs=yours)
    decided = dict(choices or {})
    open_still = tuple(one for one in merged.conflicts if (one.measure, one.row, one.period) not in decided)
    if open_still:
        return open_still
    edits = [
        Edit(one.measure, one.row, one.period, none_if_blank(one.ours), none_if_blank(one.theirs))
        for one in merged.conflicts
        if decided[one.measure, one.row, one.period] == "theirs"
    ]
    clashing = {(one.measure, one.row, one.period) for one in merged.conflicts}
    edits += [
        Edit(cell.measure, cell.row, cell.period, none_if_blank(cell.before), none_if_blank(cell.after))
        for cell in compare(mine, merged.sheets).cells
        if (cell.measure, cell.row, cell.period) not in clashing
    ]
    if edits:
        edit_cells(version=ours, edits=edits, member=member, at=at, why=why)
    return ()


def _three_sides(
    apart: Sequence[CellDifference], ours: Version, theirs: Version, base: Version | None
) -> tuple[dict[str, Sheet], dict[str, Sheet], dict[str, Sheet]]:
    """The rows that differ, as they are in `ours`, in `theirs`, and as they were in what both come from."""
    rows: dict[str, set[Key]] = {}
    for cell in apart:
        rows.setdefault(cell.measure, set()).add(cell.row)
    mine, yours = _of_rows(ours, rows), _of_rows(theirs, rows)
    if base is None and theirs.parent_id == ours.pk:
        return mine, yours, _as_begun(theirs, yours)
    if base is None and ours.parent_id == theirs.pk:
        return mine, yours, _as_begun(ours, mine)
    common = base or (ours.parent if ours.parent_id == theirs.parent_id else None)
    if common is None:
        raise ValueError(f"versions {ours.number} and {theirs.number} have no plan in common")
    return mine, yours, _of_rows(common, rows)


def _of_rows(version: Version, rows: Mapping[str, set[Key]]) -> dict[str, Sheet]:
    kept = read_sheets(version, Kind.INPUT, sorted(rows)) if rows else {}
    return {name: sheet.on(Rows.of(sheet.rows.grain, rows[name])) for name, sheet in kept.items()}


def _as_begun(version: Version, now: Mapping[str, Sheet]) -> dict[str, Sheet]:
    """The sheets of a branch before its first change of each cell."""
    values = {name: sheet.values.copy() for name, sheet in now.items()}
    changes = Change.objects.filter(version=version, measure__in=list(now)).order_by("-pk")
    for change in changes.iterator():
        rows, periods = now[change.measure].rows.position, now[change.measure].periods.position
        if tuple(change.row) in rows and change.period in periods:
            place = rows[tuple(change.row)], periods[change.period]
            values[change.measure][place] = np.nan if change.before is None else change.before
    return {name: sheet.with_values(values[name]) for name, sheet in now.items()}
