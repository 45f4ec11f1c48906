"""Cells of input sheets edited by people: checked against what they saw, written together or not at all.

Every edit locks the blocks it touches, and these alone; the chunk is read after the lock is held. (On PostgreSQL a
lock taken over a join with the chunk loses the row when somebody swaps the chunk in between.)
"""

from __future__ import annotations

import datetime as dt
import math
import uuid
from collections.abc import Mapping, Sequence

from sandop.measures import measures
from sandop_web.store import locks
from sandop_web.store.cells import Cell, EditedSheet
from sandop_web.store.change_rows import Signed, write_changes
from sandop_web.store.master_edits import (
    add_master_row,
    change_master_rows,
    edit_master,
    edit_settings,
    end_master_row,
)
from sandop_web.store.models import Change, Member, Version
from sandop_web.store.refusals import (
    CellGivenTwice,
    CellHasMoved,
    MovedCell,
    NotAnInput,
    NothingToUndo,
    NumberNotFinite,
    titled,
)

__all__ = [
    "Edit",
    "add_master_row",
    "change_master_rows",
    "edit_cells",
    "edit_master",
    "edit_settings",
    "end_master_row",
    "undo",
]
Edit = Cell


def edit_cells(
    *,
    version: Version,
    edits: Sequence[Edit],
    member: Member | None,
    at: dt.datetime,
    why: str,
    batch: uuid.UUID | None = None,
) -> uuid.UUID:
    """Change cells of input measures, all or none; returns the batch under which they are on record, a new one where
    none is given.

    `before` is what the editor saw: where a cell holds something else nothing is written. A row that is not there yet
    is added where the master tables know its ids. An edit that changes nothing leaves no change.
    Raises CellHasMoved with every such cell, VersionIsPublished, NotAnInput, RowIsUnknown, PeriodIsUnknown,
    ValueNotAllowed, NumberNotFinite, CellGivenTwice.
    """
    by_measure = _by_measure(edits)
    signed = Signed(member, at, why, batch or uuid.uuid4())
    with locks.editing(version):
        sheets = [EditedSheet.held(version, name, cells) for name, cells in by_measure.items()]
        moved = [cell for sheet in sheets for cell in sheet.moved()]
        if moved:
            raise CellHasMoved(cells=_told(version, moved))
        write_changes(version=version, cells=[cell for sheet in sheets for cell in sheet.write()], signed=signed)
    return signed.batch


def undo(
    *,
    version: Version,
    batch: uuid.UUID,
    member: Member | None,
    at: dt.datetime,
    why: str,
    as_batch: uuid.UUID | None = None,
) -> uuid.UUID:
    """Take back the cells changed in a batch, as a batch of their own: `as_batch`, or a new one.

    Raises NothingToUndo, and CellHasMoved where somebody has changed one of the cells since.
    """
    first: dict[tuple[str, tuple[str, ...], str], float | None] = {}
    last: dict[tuple[str, tuple[str, ...], str], float | None] = {}
    changes = Change.objects.filter(version=version, batch=batch).order_by("pk")
    for name, row, period, before, after in changes.values_list("measure", "row", "period", "before", "after"):
        place = name, tuple(row), period
        first.setdefault(place, before)
        last[place] = after
    if not first:
        raise NothingToUndo()
    back = [Edit(*place, before=last[place], after=first[place]) for place in first]
    return edit_cells(version=version, edits=back, member=member, at=at, why=why, batch=as_batch)


def _by_measure(edits: Sequence[Edit]) -> dict[str, list[Edit]]:
    """Measure → its edits, in the order of the measures: two editors then never wait for each other in a circle."""
    wanted: dict[str, dict[object, Edit]] = {}
    for edit in edits:
        known = measures().get(edit.measure)
        if known is None or known.direction != "input":
            raise NotAnInput(measure=edit.measure if known is None else titled(edit.measure))
        if not (math.isfinite(edit.before or 0.0) and math.isfinite(edit.after or 0.0)):
            raise NumberNotFinite(row=" · ".join(edit.row), period=edit.period)
        cells = wanted.setdefault(edit.measure, {})
        if (edit.row, edit.period) in cells:
            raise CellGivenTwice(row=" · ".join(edit.row), period=edit.period, measure=titled(edit.measure))
        cells[edit.row, edit.period] = edit
    return {name: list(wanted[name].values()) for name in sorted(wanted)}


def _told(version: Version, moved: Sequence[MovedCell]) -> list[MovedCell]:
    """The cells with who changed each of them last, and when."""
    last = _last_changes(version, moved)
    return [
        MovedCell(**{**vars(cell), "person": change.person, "at": change.at})
        if (change := last.get((cell.measure, cell.row, cell.period)))
        else cell
        for cell in moved
    ]


def _last_changes(version: Version, cells: Sequence[MovedCell]) -> Mapping[tuple[str, tuple[str, ...], str], Change]:
    names, periods = {cell.measure for cell in cells}, {cell.period for cell in cells}
    found = Change.objects.filter(version=version, measure__in=names, period__in=periods).order_by("pk")
    return {(change.measure, tuple(change.row), change.period): change for change in found.iterator()}
