"""The grid as a workbook: taken out, brought back, looked through, accepted."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from ninja import File, Query, Router
from ninja.files import UploadedFile
from ninja.responses import Status
from pydantic import BaseModel, Field

from sandop_web.access.grid.asked import MOST_PERIODS, PERIODS_SHOWN, GridAsked
from sandop_web.actions.documents import require_size
from sandop_web.actions.exchange import (
    Accepted,
    CellChoice,
    accept_exchange,
    bring_exchange,
    choose_in_exchange,
    discard_exchange,
)
from sandop_web.api.entrance import Asked
from sandop_web.api.outcomes import DONE, NewNumber, done, made, says
from sandop_web.api.values import AnyId, Cell, Name, RowId, Sent, VersionId, Why
from sandop_web.queries.exchange.bringing import read_exchange
from sandop_web.queries.exchange.exporting import MEDIA_TYPE, export_grid
from sandop_web.queries.exchange.reviewing import (
    ExchangeLine,
    Review,
    Shown,
    exchange_of,
    exchanges_of,
    file_of_exchange,
)

router = Router()
_MOST_CHOICES = 20_000
_A_FILE = {"responses": {200: {"content": {MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}}}}}


class GridWanted(BaseModel):
    """Which part of the plan the workbook holds."""

    view: Annotated[Name, Field(description="demand, stock, capacity, purchases, prices …")] = "demand"
    measures: Annotated[
        list[Name], Field(max_length=20, description="Measures; left out, those the view begins with")
    ] = []
    levels: Annotated[
        list[Name], Field(max_length=7, description="Levels, top first; left out, those the view begins with")
    ] = []
    family: AnyId = ""
    region: AnyId = ""
    customer: AnyId = ""
    first: Annotated[AnyId, Field(description="First period; left out, the first planned one")] = ""
    periods: Annotated[int, Field(ge=1, le=MOST_PERIODS, description="How many periods")] = PERIODS_SHOWN

    def asked(self) -> GridAsked:
        """The same as the grid is asked."""
        wanted = {name: value for name in ("family", "region", "customer") if (value := getattr(self, name))}
        return GridAsked(
            view=self.view,
            measures=tuple(self.measures),
            levels=tuple(self.levels),
            wanted=wanted,
            first=self.first,
            periods=self.periods,
        )


class CellsShown(BaseModel):
    """Which cells of a workbook are wanted."""

    state: Annotated[
        Literal["", "conflict", "locked", "changed", "same", "covered", "taken", "left"],
        Field(description="Only cells that stand so; left out, all"),
    ] = ""
    page: Annotated[int, Field(ge=1, le=1_000_000, description="Page of a hundred cells, from 1")] = 1


class ChosenCell(Sent):
    """Whose number is wanted in a cell."""

    cell: RowId
    side: Annotated[Literal["mine", "theirs"], Field(description="mine: the workbook's; theirs: the plan's")]
    seen: Annotated[Cell, Field(description="What the plan held when that was decided")] = None

    def choice(self) -> CellChoice:
        """The same as an action takes it."""
        return CellChoice(self.cell, self.side, self.seen)


class ChosenCells(Sent):
    """Whose numbers are wanted."""

    choices: Annotated[list[ChosenCell], Field(max_length=_MOST_CHOICES)]


class Acceptance(Sent):
    """What of a workbook is taken into the plan."""

    choices: Annotated[list[ChosenCell], Field(max_length=_MOST_CHOICES, default_factory=list)]
    undecided: Annotated[
        Literal["open", "mine", "theirs"], Field(description="What becomes of conflicts without a choice")
    ] = "open"
    why: Why


@router.get(
    "/versions/{version}/grid/workbook",
    response=says(None),
    openapi_extra=_A_FILE,
)
def grid_workbook(request: Asked, version: VersionId, wanted: Query[GridWanted]) -> HttpResponse:
    """A view of the plan as a workbook (.xlsx) that can be edited and brought back."""
    exported = export_grid(by=request.auth, version=version, asked=wanted.asked())
    return _file(exported.name, exported.content)


@router.get("/versions/{version}/workbooks", response=says(list[ExchangeLine]))
def workbooks(request: Asked, version: VersionId) -> tuple[ExchangeLine, ...]:
    """The workbooks that the caller has brought back into a version, open ones first."""
    return exchanges_of(by=request.auth, version=version)


@router.post("/versions/{version}/workbooks", response=says(NewNumber, status=201))
def bring_workbook(request: Asked, version: VersionId, file: File[UploadedFile]) -> Status[NewNumber]:
    """Bring a workbook back: what differs is kept, and nothing of the plan changes yet."""
    require_size(file.size or 0)
    brought = read_exchange(by=request.auth, version=version, name=file.name or "", content=file.read())
    return made(NewNumber(number=bring_exchange(by=request.auth, version=version, brought=brought)))


@router.get("/workbooks/{number}", response=says(Review))
def workbook(request: Asked, number: RowId, shown: Query[CellsShown]) -> Review:
    """A workbook that came back against the plan as it is now, conflicts first."""
    return exchange_of(by=request.auth, exchange=number, shown=Shown(state=shown.state, page=shown.page))


@router.get("/workbooks/{number}/file", response=says(None), openapi_extra=_A_FILE)
def workbook_as_brought(request: Asked, number: RowId) -> HttpResponse:
    """The workbook as it came in, for whoever brought it, while something of it is open."""
    return _file(*file_of_exchange(by=request.auth, exchange=number))


@router.post("/workbooks/{number}/choices", response=says(None, status=DONE))
def choose_cells(request: Asked, number: RowId, body: ChosenCells) -> Status[None]:
    """Say of cells whose number is wanted; nothing of the plan changes yet."""
    choices = [one.choice() for one in body.choices]
    choose_in_exchange(by=request.auth, exchange=number, choices=choices)
    return done()


@router.post("/workbooks/{number}/accept", response=says(Accepted))
def accept_workbook(request: Asked, number: RowId, body: Acceptance) -> Accepted:
    """Take the chosen numbers into the plan, all or none, by the rules of the grid."""
    return accept_exchange(
        by=request.auth,
        exchange=number,
        choices=[one.choice() for one in body.choices],
        undecided=body.undecided,
        why=body.why,
    )


@router.post("/workbooks/{number}/discard", response=says(None, status=DONE))
def put_workbook_aside(request: Asked, number: RowId) -> Status[None]:
    """Put a workbook aside: nothing of what is still open will be taken."""
    discard_exchange(by=request.auth, exchange=number)
    return done()


def _file(name: str, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type=MEDIA_TYPE)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response
