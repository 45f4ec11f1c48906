"""Changes written in one go: the rows of a batch share all but cell and values, so these are prepared once."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection, models

from sandop_web.store.cells import Cell
from sandop_web.store.models import Change, Member, Version

_COLUMNS = ("version", "member", "person", "at", "why", "batch", "measure", "row", "period", "before", "after")


@dataclass(frozen=True)
class Signed:
    """Who makes a batch of changes, when and why."""

    member: Member | None
    at: dt.datetime
    why: str
    batch: uuid.UUID

    @property
    def person(self) -> str:
        """Id of the person; empty where nobody in particular changes something."""
        return self.member.person if self.member else ""


def write_changes(*, version: Version, cells: Iterable[Cell], signed: Signed) -> None:
    """Put the changed cells on record, as they are given. The caller holds the transaction."""
    fields: list[models.Field[Any, Any]] = [Change._meta.get_field(name) for name in _COLUMNS]  # type: ignore[misc]
    alike = (
        version.pk,
        signed.member.pk if signed.member else None,
        signed.person,
        signed.at,
        signed.why,
        signed.batch,
    )
    kept = [field.get_db_prep_save(value, connection) for field, value in zip(fields, alike)]
    row_field = fields[_COLUMNS.index("row")]
    rows = [
        (
            *kept,
            cell.measure,
            row_field.get_db_prep_save(list(cell.row), connection),
            cell.period,
            cell.before,
            cell.after,
        )
        for cell in cells
    ]
    if not rows:
        return
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {quote(Change._meta.db_table)} ({columns}) VALUES ({places})", rows)
