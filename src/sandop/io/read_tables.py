"""From a grid to a master table; references between the tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sandop.findings import Severity, Where
from sandop.io.cells import CellReader, heading_of, unknown_headings
from sandop.io.grid import Grid
from sandop.io.ledger import Ledger
from sandop.io.naming import nearest, twins
from sandop.network import TABLES
from sandop.tables import Column, Table


@dataclass(frozen=True)
class TableRead:
    """A master table in the order of its file, with the row number of each line; empty `file`: not brought."""

    table: Table
    rows: tuple[int, ...] = ()
    file: str = ""

    def texts(self, column: str) -> list[str]:
        return [str(value) for value in getattr(self.table, column)]

    def where(self, place: int, column: str = "") -> Where:
        return Where(self.file, self.rows[place], column)


TablesRead = Mapping[str, TableRead]


def read_table(table: type[Table], grid: Grid, ledger: Ledger, *, order: str = "") -> TableRead:
    """The table of a grid; what cannot be read is a finding and takes its default."""
    reader = CellReader(grid, ledger, order)
    headings = list(grid.columns)
    values: dict[str, Any] = {}
    used = []
    for column in table.columns():
        heading = heading_of(column.name, headings)
        if heading:
            used.append(heading)
            values[column.name] = reader.read(column, grid.columns[heading], heading)
            continue
        if column.required:
            ledger.error("io.missing_column", Where(grid.file, 1, column.name), column=column.name)
        values[column.name] = _default(column, len(grid.rows))
    unknown_headings(grid, used, [column.name for column in table.columns()], ledger)
    read = TableRead(table(**values), grid.rows, grid.file)
    if all(heading_of(key, headings) for key in table.key_columns()):
        _duplicates(read, ledger)
    _twins(read, ledger)
    return read


def _default(column: Column, count: int) -> Any:
    kinds: dict[str, Any] = {"text": object, "month": object, "number": float, "flag": bool, "date": "datetime64[D]"}
    return np.full(count, column.default, dtype=kinds[column.kind])


def _duplicates(read: TableRead, ledger: Ledger) -> None:
    if read.table.key_columns():
        repeated(read.file, read.rows, read.table.keys, ledger, ", ".join(read.table.key_columns()))


def repeated(file: str, rows: Sequence[int], keys: Sequence[Any], ledger: Ledger, column: str) -> None:
    """An error for each row whose name stands in an earlier row already, both named."""
    if len(set(keys)) == len(keys):
        return
    first: dict[Any, int] = {}
    again = [place for place, key in enumerate(keys) if first.setdefault(key, place) != place]
    ledger.each(
        Severity.ERROR,
        "io.duplicate",
        file,
        again,
        lambda i: (rows[i], column, {"key": key_text(keys[i]), "first": rows[first[keys[i]]]}),
    )


def key_text(key: Any) -> str:
    """The name of a row in one line: its ids with dots between them."""
    return key if isinstance(key, str) else " · ".join(key)


def _twins(read: TableRead, ledger: Ledger) -> None:
    keys = read.table.key_columns()
    if len(keys) != 1:
        return
    place = read.table.position
    pairs = twins(key for key in read.table.keys if key)
    ledger.each(
        Severity.WARNING,
        "io.twins",
        read.file,
        range(len(pairs)),
        lambda i: (
            read.rows[place[pairs[i][1]]],
            keys[0],
            {"one": pairs[i][0], "other": pairs[i][1], "first": read.rows[place[pairs[i][0]]]},
        ),
    )


def known_ids(tables: TablesRead) -> dict[str, frozenset[str]]:
    """Table → ids that stand in it; tables that nobody brought are absent."""
    known = {}
    for name, read in tables.items():
        keys = read.table.key_columns()
        if read.file and len(keys) == 1:
            known[name] = frozenset(read.texts(keys[0]))
    return known


def check_references(tables: TablesRead, ledger: Ledger) -> None:
    """Every id that names a row of another table is known there; a table that is named but absent is one error."""
    known = known_ids(tables)
    for read in tables.values():
        for column in read.table.columns():
            if column.references:
                texts = read.texts(column.name)
                references(read.file, read.rows, column.name, texts, column.references, known, ledger)


def references(
    file: str,
    rows: Sequence[int],
    column: str,
    texts: Sequence[str],
    target: str,
    known: Mapping[str, frozenset[str]],
    ledger: Ledger,
    *,
    severity: Severity = Severity.ERROR,
) -> list[int]:
    """Findings for the ids in `texts` that are not known in the table `target`; their places."""
    named = {text for text in texts if text}
    if target not in known:
        if named:
            example = min(named)
            ledger.add_once(
                Severity.ERROR,
                "io.missing_file",
                Where(target),
                target=target,
                named_in=file,
                column=column,
                id=example,
            )
        return []
    unknown = named - known[target]
    if not unknown:
        return []
    places = [place for place, text in enumerate(texts) if text in unknown]
    close: dict[str, str] = {}

    def describe(place: int) -> tuple[int, str, dict[str, object]]:
        text = texts[place]
        close.setdefault(text, nearest(text, known[target]))
        return rows[place], column, {"id": text, "target": target, "nearest": close[text] or "–"}

    ledger.each(severity, "io.unknown_id", file, places, describe)
    return places


def no_tables() -> dict[str, TableRead]:
    """Every master table, empty."""
    return {table.file: TableRead(table.of()) for table in TABLES}
