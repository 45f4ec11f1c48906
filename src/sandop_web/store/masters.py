"""The register of master data: what every row of a master table is, from which month on.

    items  A  family   DOM from ever · IND from 2026-04

A version holds its tables whole; the register says how they came to be so, and gives them as of any month: a history
can be rolled up by the families of then or by those of now.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import QuerySet

from sandop.network import TABLES, Network
from sandop_web.store.contents import rows_by_key, table_of_rows
from sandop_web.store.models import Company, MasterRow

ALWAYS = ""  # effective month of what always held
_AT_ONCE = 500
_JOINT = "\x1f"  # between the parts of a key; no id holds it
Key = tuple[str, ...]
Register = Mapping[str, Mapping[Key, Mapping[str, Any]]]  # table → key → cells


def masters_as_of(company: Company, month: str) -> Network:
    """The master tables as they are in a month; of two rows of one key and month the later written counts."""
    register = rows_as_of(company, month)
    tables: dict[str, Any] = {
        table.file: table_of_rows(table, list(register.get(table.file, {}).values())) for table in TABLES
    }
    return Network.of(**tables)


def rows_as_of(company: Company, month: str) -> Register:
    """Table → key → cells, as JSON knows them, of the rows that hold in a month."""
    held: dict[str, dict[Key, Mapping[str, Any]]] = {}
    for row in _written(company).filter(effective__lte=month).iterator(chunk_size=2000):
        rows, key = held.setdefault(row.table, {}), tuple(row.key)
        if row.ended:
            rows.pop(key, None)
        else:
            rows[key] = row.cells
    return held


def rows_of_key(company: Company, table: str, key: Key) -> list[MasterRow]:
    """What the register says of one row, the earliest month first."""
    return list(_written(company).filter(table=table, key_text=key_text(key)))


def record_masters(
    *, company: Company, network: Network, effective: str, person: str, at: dt.datetime, why: str = ""
) -> int:
    """Bring the register to what the network says from the month `effective` on; returns how many rows that took.

    Only rows that differ are written; a row that the network has no more ends.
    """
    held = rows_as_of(company, effective)
    written = [
        MasterRow(
            company=company,
            table=table,
            key=list(key),
            key_text=key_text(key),
            effective=effective,
            cells=cells or {},
            ended=cells is None,
            person=person,
            at=at,
            why=why,
        )
        for table, key, cells in _news(held, network)
    ]
    MasterRow.objects.bulk_create(written, batch_size=_AT_ONCE)
    return len(written)


def key_text(key: Key) -> str:
    """A key in one line, to find it by."""
    return _JOINT.join(key)


def _written(company: Company) -> QuerySet[MasterRow]:
    return MasterRow.objects.filter(company=company).order_by("effective", "pk")


def _news(held: Register, network: Network) -> Iterator[tuple[str, Key, dict[str, Any] | None]]:
    """Rows the register does not say so; without cells where they are no more."""
    for name, table in network.tables().items():
        before = held.get(name, {})
        now = rows_by_key(table)
        yield from ((name, key, cells) for key, cells in now.items() if before.get(key) != cells)
        yield from ((name, key, None) for key in before if key not in now)
