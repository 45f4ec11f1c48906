"""The planning grid: nodes in pre-order, values in columns; cells, rows and totals changed together; comments."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from ninja import Query, Router
from pydantic import BaseModel, Field

from sandop.plan import Values
from sandop_web.access.grid.asked import MOST_CELLS as MOST_GRID_CELLS
from sandop_web.access.grid.asked import MOST_PERIODS, PERIODS_SHOWN, GridAsked, GridEdit
from sandop_web.access.grid.shown import GridComment, GridMark, GridSaved, GridStep
from sandop_web.access.grid.views import VIEWS
from sandop_web.actions.grid import comment_on_cell, edit_grid, redo_in_grid, resolve_comment, undo_in_grid
from sandop_web.api.entrance import Asked
from sandop_web.api.outcomes import says
from sandop_web.api.values import (
    AnyId,
    Cell,
    Id,
    Meaning,
    MeasureName,
    Name,
    Period,
    Remark,
    RowId,
    Sent,
    VersionId,
    Why,
)
from sandop_web.queries.grid import Grid, GridExceptions, GridLevel, GridMeasure, GridPeriod, grid_comments, grid_of

router = Router()
_VIEWS = ", ".join(VIEWS)
At = Annotated[
    dict[Name, Id],
    Field(max_length=5, description='Level → label from the node up, as {"family": "DOM"}; empty is the grand total'),
]


class GridWanted(BaseModel):
    """Which part of the plan is wanted."""

    view: Annotated[Name, Field(description=f"View: {_VIEWS}")] = "demand"
    measures: Annotated[
        list[Name], Field(max_length=20, description="Ids of measures; left out, the view's own")
    ] = []
    levels: Annotated[list[Name], Field(max_length=4, description="Levels, top first; left out, the view's own")] = []
    family: AnyId = ""
    region: AnyId = ""
    customer: AnyId = ""
    item: AnyId = ""
    first: Annotated[Period | None, Field(description="First period; left out, the first planned one")] = None
    periods: Annotated[int, Field(ge=1, le=MOST_PERIODS, description="How many periods at most")] = PERIODS_SHOWN
    unit: Annotated[
        Literal["quantity", "money"], Field(description="Plan units, or plan currency, which is read only")
    ] = "quantity"

    def asked(self) -> GridAsked:
        """What is asked of the grid."""
        wanted = {level: getattr(self, level) for level in ("family", "region", "customer", "item")}
        return GridAsked(
            view=self.view,
            measures=tuple(self.measures),
            levels=tuple(self.levels),
            wanted={level: label for level, label in wanted.items() if label},
            first=self.first or "",
            periods=self.periods,
            unit=self.unit,
        )


class NodeColumns(BaseModel):
    """The nodes in pre-order, one list a column; node 0 is the grand total."""

    level: Annotated[list[int], Field(description="Depth: 0 at the grand total, else 1 + the place of its level")]
    parent: Annotated[list[int], Field(description="Place of the node above; -1 at the grand total")]
    end: Annotated[list[int], Field(description="Place after its last descendant")]
    label: Annotated[list[str], Field(description="Id at its level")]
    name: Annotated[list[str], Field(description="What people call it")]


class GridColumns(BaseModel):
    """A view of the plan in the caller's scope."""

    version: int
    view: str
    title: str
    unit: str
    editable: bool
    why_locked: str
    note: str
    levels: list[GridLevel]
    periods: list[GridPeriod]
    nodes: NodeColumns
    measures: list[GridMeasure]
    values: Annotated[
        dict[str, list[list[float | None]]],
        Field(
            description="Measure → one list a period: the value of every node, plan units or money; null is a blank"
        ),
    ]
    marks: list[GridMark]
    exceptions: GridExceptions | None
    undo: GridStep
    redo: GridStep


class EditedNode(Sent):
    """One cell of the grid that is changed."""

    at: At
    measure: Name
    period: Period
    before: Annotated[Cell, Field(description="What the cell showed; null is a blank")]
    after: Annotated[Cell, Field(description="What it is to show; null is a blank")]


class EditedNodes(Sent):
    """Cells of the grid that are changed together, all or none."""

    edits: Annotated[list[EditedNode], Field(min_length=1, max_length=MOST_GRID_CELLS)]
    why: Why


class NewComment(Sent):
    """Something to say of a cell; @ before a person's id tells them."""

    measure: MeasureName
    at: At
    period: Period
    text: Annotated[str, Field(max_length=2_000), Meaning("What is said")]


@router.get("/versions/{version}/grid", response=says(GridColumns))
def grid(request: Asked, version: VersionId, wanted: Query[GridWanted]) -> GridColumns:
    """A view of the plan: hierarchy, values at every node, who changed what, exceptions, what may be changed."""
    return _columns(grid_of(by=request.auth, version=version, asked=wanted.asked()))


@router.post("/versions/{version}/grid/edits", response=says(GridSaved))
def edit_nodes(request: Asked, version: VersionId, wanted: Query[GridWanted], body: EditedNodes) -> GridSaved:
    """Change cells of a view, all or none; a total is shared out over the rows below it.

    A number over the computed demand becomes an override and takes effect when the month is run. Where a cell no
    longer shows what was expected nothing is written, and the answer (409) lists every such cell under `conflicts`.
    """
    edits = [GridEdit(edit.at, edit.measure, edit.period, edit.before, edit.after) for edit in body.edits]
    return edit_grid(by=request.auth, version=version, asked=wanted.asked(), edits=edits, why=body.why)


@router.post("/versions/{version}/grid/undo", response=says(GridSaved))
def undo_edit_of_nodes(request: Asked, version: VersionId, wanted: Query[GridWanted], body: Remark) -> GridSaved:
    """Take back the caller's own last edit of the version."""
    return undo_in_grid(by=request.auth, version=version, asked=wanted.asked(), why=body.why)


@router.post("/versions/{version}/grid/redo", response=says(GridSaved))
def redo_edit_of_nodes(request: Asked, version: VersionId, wanted: Query[GridWanted], body: Remark) -> GridSaved:
    """Make the caller's own last edit again after it was taken back."""
    return redo_in_grid(by=request.auth, version=version, asked=wanted.asked(), why=body.why)


@router.get("/versions/{version}/grid/comments", response=says(list[GridComment]))
def comments(request: Asked, version: VersionId, wanted: Query[GridWanted]) -> tuple[GridComment, ...]:
    """What people said of the cells of a view, the oldest first."""
    return grid_comments(by=request.auth, version=version, asked=wanted.asked())


@router.post("/versions/{version}/grid/comments", response=says(GridComment))
def comment(request: Asked, version: VersionId, body: NewComment) -> GridComment:
    """Say something of a cell."""
    return comment_on_cell(
        by=request.auth, version=version, measure=body.measure, at=body.at, period=body.period, text=body.text
    )


@router.post("/comments/{comment}/resolution", response=says(GridComment))
def settle_comment(request: Asked, comment: RowId) -> GridComment:
    """Settle what was said of a cell."""
    return resolve_comment(by=request.auth, comment=comment)


def _columns(found: Grid) -> GridColumns:
    nodes = NodeColumns(
        level=found.nodes.level.tolist(),
        parent=found.nodes.parent.tolist(),
        end=found.nodes.end.tolist(),
        label=list(found.nodes.label),
        name=list(found.nodes.name),
    )
    return GridColumns.model_construct(
        version=found.version,
        view=found.view,
        title=found.title,
        unit=found.unit,
        editable=found.editable,
        why_locked=found.why_locked,
        note=found.note,
        levels=list(found.levels),
        periods=list(found.periods),
        nodes=nodes,
        measures=list(found.measures),
        values={name: _by_period(values) for name, values in found.values.items()},
        marks=list(found.marks),
        exceptions=found.exceptions,
        undo=found.undo,
        redo=found.redo,
    )


def _by_period(values: Values) -> list[list[float | None]]:
    """(node, period) as one list a period; a blank is null."""
    cells = values.T.astype(object)
    cells[~np.isfinite(values.T)] = None
    listed: list[list[float | None]] = cells.tolist()
    return listed
