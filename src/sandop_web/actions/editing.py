"""Changing numbers of a plan: cells, and taking changes back."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sandop_web.access import Actor, NothingThere, WebRefusal, action
from sandop_web.access.changing import NothingToChange
from sandop_web.access.editing import require_cells_editable
from sandop_web.access.members import acting_member
from sandop_web.access.roles import SOP_MANAGER
from sandop_web.access.versions import version_of
from sandop_web.store.edits import Edit, edit_cells, undo
from sandop_web.store.models import Change
from sandop_web.store.refusals import CellHasMoved

__all__ = ["CellHasMoved", "Edit", "NothingToChange", "edit_cells_of_plan", "undo_edit"]


class NotYourEdit(WebRefusal):
    """Somebody else's changes are taken back by them, or by the S&OP manager."""

    message = "plans.not_your_edit"
    status = 403


@action
def edit_cells_of_plan(*, by: Actor, version: int, edits: Sequence[Edit], why: str) -> str:
    """Change cells of input measures, all or none; returns the batch, by which they can be taken back together.

    Raises NothingThere, NothingToChange, NotUnderstood, ResultsAreComputed, NotYourRole, OutsideYourScope,
    StepIsClosed, VersionIsPublished, and CellHasMoved with every cell that no longer holds what was expected.
    """
    found = version_of(by=by, version=version)
    if not edits:
        raise NothingToChange()
    require_cells_editable(by=by, version=found, cells=((edit.measure, edit.row) for edit in edits))
    return str(edit_cells(version=found, edits=edits, member=acting_member(by=by), at=by.at, why=why))


@action
def undo_edit(*, by: Actor, version: int, batch: str, why: str) -> str:
    """Take back cells that were changed together; returns the new batch. Everybody takes back their own, the S&OP
    manager any. Raises NothingThere, NotYourEdit, CellHasMoved, and as `edit_cells_of_plan`."""
    found = version_of(by=by, version=version)
    changes = list(Change.objects.filter(version=found, batch=_batch(batch)))
    if not changes:
        raise NothingThere()
    if by.role != SOP_MANAGER and any(change.member_id != by.member_id for change in changes):
        raise NotYourEdit(person=changes[0].person)
    require_cells_editable(by=by, version=found, cells=((change.measure, tuple(change.row)) for change in changes))
    return str(undo(version=found, batch=_batch(batch), member=acting_member(by=by), at=by.at, why=why))


def _batch(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise NothingThere() from None
