"""The planning grid: nodes in pre-order, values in columns; cells, rows and totals changed together; comments."""

from __future__ import annotations

from typing import Annotated, Literal

import numpy as np
from ninja import Query, Router
from ninja.responses import Status
from pydantic import BaseModel, Field

from sandop.plan import Values
from sandop_web.access.grid.asked import MOST_CELLS as MOST_GRID_CELLS
from sandop_web.access.grid.asked import MOST_PERIODS, PERIODS_SHOWN, GridAsked, GridEdit, Sharing, SharingKey
from sandop_web.access.grid.shown import GridComment, GridMark, GridSaved, GridStep
from sandop_web.access.grid.views import VIEWS
from sandop_web.actions.grid import (
    GridReason,
    amend_reason,
    comment_on_cell,
    edit_grid,
    forget_grid_view,
    keep_grid_view,
    redo_in_grid,
    resolve_comment,
    undo_in_grid,
)
from sandop_web.api.entrance import Asked
from sandop_web.api.outcomes import DONE, done, says
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
    Title,
    VersionId,
    Why,
    Words,
)
from sandop_web.queries.grid import (
    Grid,
    GridExceptions,
    GridLevel,
    GridMeasure,
    GridPeriod,
    GridSpread,
    KeptGridView,
    grid_comments,
    grid_of,
    grid_views,
    spread_of,
)

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
    rows: Annotated[list[int], Field(description="How many rows of the plan lie below")]
    unit: Annotated[list[int], Field(description="Place of its plan unit among `units`; -1 where there are several")]
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
    units: Annotated[list[str], Field(description="The plan units in which nodes count")]
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


class SharedNodes(Sent):
    """Cells of the grid, and how totals among them are shared out."""

    edits: Annotated[list[EditedNode], Field(min_length=1, max_length=MOST_GRID_CELLS)]
    by: Annotated[SharingKey, Field(description="In proportion to what totals are shared out")] = "current"
    kept: Annotated[
        tuple[At, ...], Field(max_length=500, description="Rows that keep what they hold, each as level → label")
    ] = ()

    def cells(self) -> list[GridEdit]:
        """The cells as the action takes them."""
        return [GridEdit(edit.at, edit.measure, edit.period, edit.before, edit.after) for edit in self.edits]

    def sharing(self) -> Sharing:
        """How totals are shared out, as the action takes it."""
        return Sharing(self.by, self.kept)


class EditedNodes(SharedNodes):
    """Cells of the grid that are changed together, all or none."""

    why: Why


class SpreadNodes(SharedNodes):
    """Cells that may be changed: only what would become of them is asked."""

    level: Annotated[
        Name | None, Field(description="Level that tells the lines apart; left out, the first that does")
    ] = None


class Reworded(Sent):
    """Another reason for a change."""

    why: Why


class NewComment(Sent):
    """Something to say of a cell; @ before a person's id tells them."""

    measure: MeasureName
    at: At
    period: Period
    text: Annotated[str, Field(max_length=2_000), Meaning("What is said")]


class ViewToKeep(Sent):
    """A view of the grid and the name under which it is kept."""

    name: Annotated[Title, Field(max_length=80), Meaning("What the view is called")]
    query: Annotated[Words, Field(max_length=1_000), Meaning("What the grid's address says behind its question mark")]


class ViewKept(BaseModel):
    """The view that is kept now."""

    number: int


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
    return edit_grid(
        by=request.auth,
        version=version,
        asked=wanted.asked(),
        edits=body.cells(),
        why=body.why,
        sharing=body.sharing(),
    )


@router.post("/versions/{version}/grid/spread", response=says(GridSpread))
def spread_nodes(request: Asked, version: VersionId, wanted: Query[GridWanted], body: SpreadNodes) -> GridSpread:
    """What an edit of totals would make of the rows below them; nothing is written."""
    return spread_of(
        by=request.auth,
        version=version,
        asked=wanted.asked(),
        edits=body.cells(),
        sharing=body.sharing(),
        level=body.level or "",
    )


@router.post("/versions/{version}/grid/undo", response=says(GridSaved))
def undo_edit_of_nodes(request: Asked, version: VersionId, wanted: Query[GridWanted], body: Remark) -> GridSaved:
    """Take back the caller's own last edit of the version."""
    return undo_in_grid(by=request.auth, version=version, asked=wanted.asked(), why=body.why)


@router.post("/versions/{version}/grid/redo", response=says(GridSaved))
def redo_edit_of_nodes(request: Asked, version: VersionId, wanted: Query[GridWanted], body: Remark) -> GridSaved:
    """Make the caller's own last edit again after it was taken back."""
    return redo_in_grid(by=request.auth, version=version, asked=wanted.asked(), why=body.why)


@router.post("/versions/{version}/changes/{batch}/reason", response=says(GridReason))
def amend_reason_of_change(request: Asked, version: VersionId, batch: Id, body: Reworded) -> GridReason:
    """Give cells that the caller has changed together another reason; the one before stays on record."""
    return amend_reason(by=request.auth, version=version, batch=batch, why=body.why)


@router.get("/grid-views", response=says(list[KeptGridView]))
def kept_views(request: Asked) -> tuple[KeptGridView, ...]:
    """The views of the grid that the caller has kept, by name."""
    return grid_views(by=request.auth)


@router.put("/grid-views", response=says(ViewKept))
def keep_view(request: Asked, body: ViewToKeep) -> ViewKept:
    """Keep a view of the grid for oneself; one of the same name is replaced."""
    return ViewKept(number=keep_grid_view(by=request.auth, name=body.name, query=body.query))


@router.delete("/grid-views/{view}", response=says(None, status=DONE))
def forget_view(request: Asked, view: RowId) -> Status[None]:
    """Forget a view that the caller has kept."""
    forget_grid_view(by=request.auth, view=view)
    return done()


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
        rows=found.nodes.rows.tolist(),
        unit=found.nodes.unit.tolist(),
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
        units=list(found.units),
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
