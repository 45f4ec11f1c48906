"""A step back and a step forward: one's own last edit of the version taken back, or given again.

What is taken back is a change like any other, with who, when and why; whoever changed one of the cells since is not
overruled. Signed steps, roles and scopes hold for it as they hold for an edit.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from sandop.plan import Values
from sandop_web.access import Actor, WebRefusal, action
from sandop_web.access.editing import (
    editors_of_table,
    require_cells_editable,
    require_may_edit_table,
    require_row_in_scope,
)
from sandop_web.access.grid.asked import GridAsked
from sandop_web.access.grid.ground import Ground, ground_of
from sandop_web.access.grid.locks import OVERRIDES, is_override
from sandop_web.access.grid.overrides import demand_with_overrides
from sandop_web.access.grid.shown import GridSaved
from sandop_web.access.grid.steps import steps_of
from sandop_web.access.members import acting_member
from sandop_web.actions.grid.saved import saved
from sandop_web.store.edits import change_master_rows, undo
from sandop_web.store.models import Change, GridBatch, MasterChange
from sandop_web.store.steps import require_step_open

_BACK, _FORWARD = "↶ ", "↷ "  # before the reason of what is taken back or given again


class NothingBack(WebRefusal):
    """This person has nothing to take back in the version."""

    message = "gridrules.nothing_back"


class NothingForward(WebRefusal):
    """Nothing of this person's was taken back last."""

    message = "gridrules.nothing_forward"


@action
def undo_in_grid(*, by: Actor, version: int, asked: GridAsked, why: str) -> GridSaved:
    """Take back one's own last edit of this version; the answer is as of an edit, for the grid that is asked for.

    Raises NothingThere, NothingBack, CellHasMoved or MasterHasMoved where somebody has changed it since, NotYourRole,
    OutsideYourScope, StepIsClosed, VersionIsPublished.
    """
    ground = ground_of(by=by, version=version, asked=asked)
    step = steps_of(by=by, version=ground.version).back
    if step is None:
        raise NothingBack()
    return _taken_back(ground, step, GridBatch.Turn.UNDO, why or _BACK + _plain(step.why))


@action
def redo_in_grid(*, by: Actor, version: int, asked: GridAsked, why: str) -> GridSaved:
    """Give again what was taken back last, as long as no new edit came between. Raises as `undo_in_grid`,
    NothingForward."""
    ground = ground_of(by=by, version=version, asked=asked)
    step = steps_of(by=by, version=ground.version).forward
    if step is None:
        raise NothingForward()
    return _taken_back(ground, step, GridBatch.Turn.REDO, why or _FORWARD + _plain(step.why))


def _plain(why: str) -> str:
    return why.removeprefix(_BACK).removeprefix(_FORWARD)


def _taken_back(ground: Ground, step: GridBatch, turn: str, why: str) -> GridSaved:
    """The batch of the step taken back: of an undo that gives the edit again."""
    before = _held(ground, step)
    batch = uuid.uuid4()
    cells = _cells_back(ground, step.batch, why, batch)
    overrides = _overrides_back(ground, step.batch, why, batch)
    GridBatch.objects.create(
        version=ground.version,
        member_id=ground.by.member_id,
        batch=batch,
        of=step.batch,
        turn=turn,
        cells=step.cells,
        why=_plain(step.why),
        made_at=ground.by.at,
    )
    after, count = _held(ground, step), cells + overrides
    return saved(ground, batch=str(batch), cells=count, before=before, after=after, why=why, pending=overrides)


def _held(ground: Ground, step: GridBatch) -> dict[str, Values]:
    """What the rows hold of the measures that the step changed and the view has, (row, period) in their units."""
    changed = set(Change.objects.filter(version=ground.version, batch=step.batch).values_list("measure", flat=True))
    held = {name: ground.held(name) for name in ground.view.measures if name in changed}
    for name in ground.view.measures:
        if is_override(ground.view, name) and _rows_changed(ground, step.batch):
            held[name] = ground.held(name, demand_with_overrides(ground.version).sheet)
    return held


def _cells_back(ground: Ground, batch: uuid.UUID, why: str, as_batch: uuid.UUID) -> int:
    changes = list(Change.objects.filter(version=ground.version, batch=batch).values_list("measure", "row"))
    if not changes:
        return 0
    cells = [(name, tuple(row)) for name, row in changes]
    require_cells_editable(by=ground.by, version=ground.version, cells=cells)
    member = acting_member(by=ground.by)
    undo(version=ground.version, batch=batch, member=member, at=ground.by.at, why=why, as_batch=as_batch)
    return len(changes)


def _overrides_back(ground: Ground, batch: uuid.UUID, why: str, as_batch: uuid.UUID) -> int:
    changes = _rows_changed(ground, batch)
    if not changes:
        return 0
    require_may_edit_table(by=ground.by, version=ground.version, name=OVERRIDES)
    require_step_open(version=ground.version, step=editors_of_table(OVERRIDES).step)
    for before, after in changes.values():
        for row in (before, after):
            if row is not None:
                require_row_in_scope(by=ground.by, table=OVERRIDES, row=row, network=ground.network)
    change_master_rows(
        version=ground.version,
        table=OVERRIDES,
        wanted={key: before for key, (before, _) in changes.items()},
        expected={key: after for key, (_, after) in changes.items()},
        member=acting_member(by=ground.by),
        at=ground.by.at,
        why=why,
        batch=as_batch,
    )
    return len(changes)


def _rows_changed(
    ground: Ground, batch: uuid.UUID
) -> dict[tuple[str, ...], tuple[Mapping[str, Any] | None, Mapping[str, Any] | None]]:
    """Key → the override before and after the batch; None where there was none."""
    changes = MasterChange.objects.filter(version=ground.version, batch=batch, table=OVERRIDES, column="")
    return {tuple(change.key): (change.before, change.after) for change in changes.order_by("pk")}
