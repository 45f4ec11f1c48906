"""Changing numbers of the plan: cells with what their editor saw, totals spread over rows, and taking it back."""

from __future__ import annotations

import uuid
from typing import Annotated

from ninja import Query, Router
from pydantic import BaseModel, Field

from sandop_web.actions.editing import Edit, edit_cells_of_plan, undo_edit
from sandop_web.actions.spreading import spread_total
from sandop_web.api.entrance import Asked
from sandop_web.api.outcomes import says
from sandop_web.api.values import (
    MOST_CELLS,
    Cell,
    Id,
    Meaning,
    MeasureName,
    Number,
    Period,
    Reason,
    RowKey,
    Sent,
    VersionId,
    Why,
)
from sandop_web.queries.cell_history import CellHistory, LatestChange, cell_history, latest_changes

router = Router()
BatchId = Annotated[uuid.UUID, Meaning("Batch of cells, as an edit has named it")]


class EditedCell(Sent):
    """One cell that is changed."""

    measure: MeasureName
    row: RowKey
    period: Period
    expected: Annotated[Cell, Field(description="What the cell held when it was looked at; null is a blank")]
    value: Annotated[Cell, Field(description="What it is to hold, in the measure's unit; null is a blank")]

    def edit(self) -> Edit:
        """The cell as the plan's edits have it."""
        return Edit(self.measure, tuple(self.row), self.period, before=self.expected, after=self.value)


class EditedCells(Sent):
    """Cells that are changed together, all or none."""

    cells: Annotated[list[EditedCell], Field(min_length=1, max_length=MOST_CELLS)]
    why: Why


class EditedTotal(Sent):
    """A total that is spread over the rows below it, in proportion to what they hold."""

    measure: MeasureName
    wanted: Annotated[
        dict[Id, Id], Field(max_length=10, description="Level → label whose rows share the total, as family → DOM")
    ]
    period: Period
    total: Annotated[Number, Field(description="The total that is wanted, plan units")]
    expected_total: Annotated[Cell, Field(description="The total as it was looked at, plan units; null is a blank")]
    why: Why


class Batch(BaseModel):
    """Cells that were changed together."""

    batch: Annotated[str, Field(description="Name of the batch, by which it can be taken back")]


class CellWanted(BaseModel):
    """Which cell is looked at."""

    row: RowKey
    period: Period


class ChangesWanted(BaseModel):
    """How many of the latest changes are wanted."""

    count: Annotated[int, Field(ge=1, le=1_000, description="How many batches at most")] = 50


@router.get("/versions/{version}/changes", response=says(list[LatestChange]))
def changes(request: Asked, version: VersionId, wanted: Query[ChangesWanted]) -> tuple[LatestChange, ...]:
    """The latest changes of a version, cells changed together as one: who, when, why."""
    return latest_changes(by=request.auth, version=version, count=wanted.count)


@router.patch("/versions/{version}/cells", response=says(Batch))
def edit_cells(request: Asked, version: VersionId, body: EditedCells) -> Batch:
    """Change cells of input measures, all or none.

    Where a cell no longer holds what was expected nothing is written, and the answer (409) lists every such cell with
    both values under `conflicts`.
    """
    edits = [cell.edit() for cell in body.cells]
    return Batch(batch=edit_cells_of_plan(by=request.auth, version=version, edits=edits, why=body.why))


@router.post("/versions/{version}/totals", response=says(Batch))
def edit_total(request: Asked, version: VersionId, body: EditedTotal) -> Batch:
    """Set the total of rows in the caller's scope; they share it in proportion to what they hold."""
    return Batch(batch=spread_total(by=request.auth, version=version, **body.model_dump()))


@router.post("/versions/{version}/batches/{uuid:batch}/undo", response=says(Batch))
def take_back(request: Asked, version: VersionId, batch: BatchId, body: Reason) -> Batch:
    """Take back cells that were changed together, as a batch of its own."""
    return Batch(batch=undo_edit(by=request.auth, version=version, batch=str(batch), why=body.why))


@router.get("/versions/{version}/sheets/{measure}/cell", response=says(CellHistory))
def cell(request: Asked, version: VersionId, measure: MeasureName, wanted: Query[CellWanted]) -> CellHistory:
    """One cell: what it is made of, and everybody who changed it (who, when, from, to, why)."""
    row = tuple(wanted.row)
    return cell_history(by=request.auth, version=version, measure=measure, row=row, period=wanted.period)
