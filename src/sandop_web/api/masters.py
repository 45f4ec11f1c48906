"""Master tables of a version: the rows it holds, and what held for a row since when."""

from __future__ import annotations

from typing import Annotated

from ninja import Query, Router
from pydantic import BaseModel, Field

from sandop_web.api.entrance import Asked
from sandop_web.api.outcomes import says
from sandop_web.api.values import AnyId, Name, VersionId
from sandop_web.queries.masters import MasterHistory, MastersView, TableLine, master_history, masters_of, tables_of

router = Router()
Table = Name


class RowsWanted(BaseModel):
    """Which rows of a table are wanted."""

    text: Annotated[AnyId, Field(description="Occurs in a cell of the row; empty: all rows")] = ""
    page: Annotated[int, Field(ge=1, le=1_000_000, description="Page of fifty rows, from 1")] = 1


class RowWanted(BaseModel):
    """Which row of a table is wanted."""

    key: Annotated[
        list[AnyId], Field(min_length=1, max_length=8, description="The parts of its key, one after another")
    ]


@router.get("/versions/{version}/tables", response=says(list[TableLine]))
def tables(request: Asked, version: VersionId) -> tuple[TableLine, ...]:
    """The master tables of a version with their rows in the caller's scope."""
    return tables_of(by=request.auth, version=version)


@router.get("/versions/{version}/tables/{table}", response=says(MastersView))
def master_table(request: Asked, version: VersionId, table: Table, wanted: Query[RowsWanted]) -> MastersView:
    """A page of a master table, with its columns and their units."""
    return masters_of(by=request.auth, version=version, table=table, text=wanted.text, page=wanted.page)


@router.get("/versions/{version}/tables/{table}/row", response=says(MasterHistory))
def master_row(request: Asked, version: VersionId, table: Table, wanted: Query[RowWanted]) -> MasterHistory:
    """One master row: what it holds, what held since when, and who changed it in this version."""
    return master_history(by=request.auth, version=version, table=table, key=wanted.key)
