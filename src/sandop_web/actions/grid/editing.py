"""Editing the grid: cells, rows and totals together, all or none."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

import numpy as np

from sandop.plan import Values
from sandop_web.access import Actor, action
from sandop_web.access.grid.asked import BY_WHAT_THEY_HOLD, GridAsked, GridEdit, Sharing
from sandop_web.access.grid.differences import differ
from sandop_web.access.grid.ground import Ground, ground_of
from sandop_web.access.grid.locks import is_override
from sandop_web.access.grid.overrides import DemandWithOverrides, demand_with_overrides
from sandop_web.access.grid.shown import GridSaved
from sandop_web.access.grid.spreading import spread_down
from sandop_web.access.grid.wishes import Wish, require_unmoved, wishes_of
from sandop_web.access.members import acting_member
from sandop_web.actions.grid.overriding import override
from sandop_web.actions.grid.saved import saved
from sandop_web.store.blanks import none_if_blank
from sandop_web.store.edits import Edit, edit_cells
from sandop_web.store.models import GridBatch


@action
def edit_grid(
    *,
    by: Actor,
    version: int,
    asked: GridAsked,
    edits: Sequence[GridEdit],
    why: str,
    sharing: Sharing = BY_WHAT_THEY_HOLD,
) -> GridSaved:
    """Change cells of the grid, all or none; a total is shared out over the rows of the person's scope below it, as
    `sharing` says.

    Of nested cells the deeper one wins: the upper total is shared out first, and then adds up to what its rows hold.
    A number typed over the demand becomes an override at that level and takes effect when the month is run. Raises
    NothingThere, NotUnderstood, NoSuchCell, GivenTwice, GridHasMoved with every cell that shows something else than
    its editor saw, DoesNotAddUp, UnitsDiffer, KeptHoldMore, NothingToShare, OverrideSpeaksOfNothing, NotYourRole,
    StepIsClosed, VersionIsPublished.
    """
    ground = ground_of(by=by, version=version, asked=asked)
    wishes = wishes_of(ground, edits)
    names = sorted({edit.measure for edit in edits})
    overrides = [wish for wish in wishes if is_override(ground.view, wish.edit.measure)]
    demand = demand_with_overrides(ground.version) if overrides else None
    held = {name: _held(ground, name, demand) for name in names}
    require_unmoved(ground, wishes, {name: ground.at_nodes(name, values) for name, values in held.items()})
    batch = uuid.uuid4()
    after, changed = _written(ground, wishes, held, sharing, why, batch)
    if demand is not None:
        demand = override(ground, demand, overrides, why, batch)
        after["demand"] = _held(ground, "demand", demand)
    cells = changed + len(overrides)
    if cells:
        _remember(ground, batch, cells, why)
    return saved(
        ground,
        batch=str(batch) if cells else "",
        cells=cells,
        before=held,
        after=after,
        wishes=wishes,
        why=why,
        pending=len(overrides),
    )


def _held(ground: Ground, name: str, demand: DemandWithOverrides | None) -> Values:
    return ground.held(name, demand.sheet if demand is not None and is_override(ground.view, name) else None)


def _written(
    ground: Ground, wishes: Sequence[Wish], held: dict[str, Values], sharing: Sharing, why: str, batch: uuid.UUID
) -> tuple[dict[str, Values], int]:
    """The inputs changed and written: measure → what the rows hold now, (row, period); and how many cells changed."""
    after: dict[str, Values] = {}
    edits: list[Edit] = []
    for name in held:
        if is_override(ground.view, name):
            continue
        wished = [wish for wish in wishes if wish.edit.measure == name]
        after[name] = spread_down(ground, name, held[name], wished, sharing)
        edits += _cell_edits(ground, name, held[name], after[name])
    if edits:
        member = acting_member(by=ground.by)
        edit_cells(version=ground.version, edits=edits, member=member, at=ground.by.at, why=why, batch=batch)
    return after, len(edits)


def _remember(ground: Ground, batch: uuid.UUID, cells: int, why: str) -> None:
    GridBatch.objects.create(
        version=ground.version,
        member_id=ground.by.member_id,
        batch=batch,
        of=batch,
        turn=GridBatch.Turn.EDIT,
        cells=cells,
        why=why,
        made_at=ground.by.at,
    )


def _cell_edits(ground: Ground, name: str, held: Values, after: Values) -> list[Edit]:
    """The cells that differ between what the rows `held` and what they are to hold `after`, both (row, period) in the
    measure's own unit."""
    rows, places = np.nonzero(differ(held, after))
    keys, labels = ground.rows.keys, ground.periods.labels
    return [
        Edit(name, keys[row], labels[place], none_if_blank(old), none_if_blank(new))
        for row, place, old, new in zip(
            rows.tolist(), places.tolist(), held[rows, places].tolist(), after[rows, places].tolist()
        )
    ]
