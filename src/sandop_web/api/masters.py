"""Master tables of a version: the rows it holds, what held for a row since when, and changing them."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from ninja import Query, Router
from ninja.responses import Status
from pydantic import BaseModel, Field

from sandop_web.actions.masters import (
    CellOfRow,
    add_master_row,
    edit_master_row,
    edit_settings_of_plan,
    end_master_row,
)
from sandop_web.api.entrance import Asked
from sandop_web.api.outcomes import DONE, MADE, done, made, says
from sandop_web.api.values import AnyId, Flag, Meaning, Month, Name, Number, Sent, VersionId, Why, Words
from sandop_web.queries.masters import (
    MasterHistory,
    MastersView,
    SettingsView,
    TableLine,
    master_history,
    masters_of,
    settings_of,
    tables_of,
)

router = Router()
Table = Annotated[Name, Meaning("A master table, such as items")]
MasterKey = Annotated[list[AnyId], Field(min_length=1, max_length=8, description="The parts of the row's key")]
MasterCell: TypeAlias = Flag | Number | Words | None
Effective = Annotated[Month | None, Field(description="First month it holds; left out, the plan's first")]


class RowsOfTable(BaseModel):
    """Which rows of a table are wanted."""

    text: Annotated[AnyId, Field(description="Occurs in a cell of the row; empty: all rows")] = ""
    page: Annotated[int, Field(ge=1, le=1_000_000, description="Page of fifty rows, from 1")] = 1


class RowOfTable(BaseModel):
    """Which row of a table is wanted."""

    key: MasterKey


class NewMasterRow(Sent):
    """A row to be added."""

    cells: Annotated[dict[Name, MasterCell], Field(max_length=100, description="Column → text, number, yes or no")]
    effective: Effective = None
    why: Why


class ChangedCell(Sent):
    """A cell of a master row."""

    column: Name
    expected: Annotated[MasterCell, Field(description="What it held when it was looked at; null is a blank")]
    value: Annotated[MasterCell, Field(description="What it is to hold; null is a blank")]


class ChangedMasterRow(Sent):
    """Cells of a master row to be changed, all or none."""

    key: MasterKey
    cells: Annotated[list[ChangedCell], Field(min_length=1, max_length=100)]
    effective: Effective = None
    why: Why


class EndedMasterRow(Sent):
    """A row that is no more."""

    key: MasterKey
    effective: Effective = None
    why: Why


class ChangedSetting(Sent):
    """A setting of the plan to be changed."""

    section: Annotated[str, Field(max_length=60, pattern="^[a-z_]*$", description="Empty for one that stands alone")]
    key: Name
    expected: Annotated[MasterCell, Field(description="What it held when it was looked at")]
    value: Annotated[MasterCell, Field(description="What it is to hold")]
    why: Why


class NewKey(BaseModel):
    """The key of a new row."""

    key: list[str]


@router.get("/versions/{version}/tables", response=says(list[TableLine]))
def tables(request: Asked, version: VersionId) -> tuple[TableLine, ...]:
    """The master tables of a version with their rows in the caller's scope."""
    return tables_of(by=request.auth, version=version)


@router.get("/versions/{version}/tables/{table}", response=says(MastersView))
def master_table(request: Asked, version: VersionId, table: Table, wanted: Query[RowsOfTable]) -> MastersView:
    """A page of a master table, with its columns and their units."""
    return masters_of(by=request.auth, version=version, table=table, text=wanted.text, page=wanted.page)


@router.get("/versions/{version}/tables/{table}/row", response=says(MasterHistory))
def master_row(request: Asked, version: VersionId, table: Table, wanted: Query[RowOfTable]) -> MasterHistory:
    """One master row: what it holds, what held since when, and who changed it in this version."""
    return master_history(by=request.auth, version=version, table=table, key=wanted.key)


@router.post("/versions/{version}/tables/{table}", response=says(NewKey, status=MADE))
def add_row(request: Asked, version: VersionId, table: Table, body: NewMasterRow) -> Status[NewKey]:
    """Add a row to a master table from a month on."""
    key = add_master_row(
        by=request.auth,
        version=version,
        table=table,
        cells=body.cells,
        effective=body.effective or "",
        why=body.why,
    )
    return made(NewKey(key=list(key)))


@router.patch("/versions/{version}/tables/{table}/row", response=says(None, status=DONE))
def change_row(request: Asked, version: VersionId, table: Table, body: ChangedMasterRow) -> Status[None]:
    """Change cells of a master row from a month on, all or none."""
    edit_master_row(
        by=request.auth,
        version=version,
        table=table,
        key=tuple(body.key),
        cells=[CellOfRow(cell.column, cell.expected, cell.value) for cell in body.cells],
        effective=body.effective or "",
        why=body.why,
    )
    return done()


@router.post("/versions/{version}/tables/{table}/row/end", response=says(None, status=DONE))
def end_row(request: Asked, version: VersionId, table: Table, body: EndedMasterRow) -> Status[None]:
    """End a master row: it is no more from a month on."""
    end_master_row(
        by=request.auth,
        version=version,
        table=table,
        key=tuple(body.key),
        effective=body.effective or "",
        why=body.why,
    )
    return done()


@router.get("/versions/{version}/settings", response=says(SettingsView))
def settings(request: Asked, version: VersionId) -> SettingsView:
    """The settings of a version, section by section."""
    return settings_of(by=request.auth, version=version)


@router.patch("/versions/{version}/settings", response=says(None, status=DONE))
def change_setting(request: Asked, version: VersionId, body: ChangedSetting) -> Status[None]:
    """Change a setting of the plan."""
    edit_settings_of_plan(
        by=request.auth,
        version=version,
        section=body.section,
        key=body.key,
        before=body.expected,
        value=body.value,
        why=body.why,
    )
    return done()
