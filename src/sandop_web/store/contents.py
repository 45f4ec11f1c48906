"""What a version holds besides sheets, as content and back: settings, master tables, reports, findings, proofs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sandop.findings import Finding, finding_of_plain
from sandop.io.results import read_report, report_csv
from sandop.network import TABLES
from sandop.plan import Settings
from sandop.tables import Column, Report, Table
from sandop_web.store.packing import Packed, pack

_SETTINGS, _TABLE, _REPORT, _FINDINGS, _PROOF = (
    tag.encode() + b"\0" for tag in ("settings", "table", "report", "findings", "proof")
)
TABLE_KINDS: Mapping[str, type[Table]] = {table.file: table for table in TABLES}
_UNBOUNDED = {np.inf: "inf", -np.inf: "-inf"}  # JSON has no word for a number without end


def pack_settings(settings: Settings) -> Packed:
    """The settings as content."""
    return pack(_SETTINGS + _json(settings.model_dump(mode="json")))


def open_settings(content: bytes) -> Settings:
    """The settings that `pack_settings` packed."""
    return Settings.model_validate(json.loads(content[len(_SETTINGS) :]))


def pack_table(table: Table) -> Packed:
    """A master table as content, its rows in the order of their keys."""
    return pack(_TABLE + _json([table.file, _plain_columns(table.sorted())]))


def open_table(content: bytes) -> Table:
    """The table that `pack_table` packed. A column it did not know yet takes its default."""
    file, columns = json.loads(content[len(_TABLE) :])
    return _of_columns(TABLE_KINDS[file], columns, max(map(len, columns.values()), default=0))


def plain_rows(table: Table) -> list[dict[str, Any]]:
    """The rows of a master table for JSON: a blank number or day is None, a number without end a word."""
    columns = _plain_columns(table)
    return [dict(zip(columns, cells)) for cells in zip(*columns.values())]


def rows_by_key(table: Table) -> dict[tuple[str, ...], dict[str, Any]]:
    """Key → the row as `plain_rows` gives it."""
    parts = table.key_columns()
    return {tuple(str(cells[part]) for part in parts): cells for cells in plain_rows(table)}


def table_of_rows(table: type[Table], rows: Sequence[Mapping[str, Any]]) -> Table:
    """The table of rows that `plain_rows` gave. A column they did not know yet takes its default."""
    known = [column.name for column in table.columns() if rows and all(column.name in row for row in rows)]
    return _of_columns(table, {name: [row[name] for row in rows] for name in known}, len(rows))


def _plain_columns(table: Table) -> dict[str, list[Any]]:
    return {column.name: plain_cells(getattr(table, column.name), column) for column in table.columns()}


def _of_columns(table: type[Table], columns: Mapping[str, Sequence[Any]], rows: int) -> Table:
    empty = table.of()
    return table(
        **{
            column.name: _array(columns.get(column.name), column, getattr(empty, column.name), rows)
            for column in table.columns()
        }
    )


def plain_cells(values: NDArray[Any], column: Column) -> list[Any]:
    """A column's values, (row,), for JSON: a blank number or day is None, a number without end a word."""
    if column.kind == "number":
        return [None if value != value else _UNBOUNDED.get(value, value) for value in values.tolist()]
    if column.kind == "date":
        return [None if day is None else day.isoformat() for day in values.tolist()]
    return [bool(value) if column.kind == "flag" else str(value) for value in values.tolist()]


def _array(cells: Sequence[Any] | None, column: Column, like: NDArray[Any], rows: int) -> NDArray[Any]:
    """The column as an array of the type of `like`, (row,)."""
    values = np.empty(rows, dtype=like.dtype)
    if cells is None:
        values[:] = column.default
    elif column.kind == "number":
        values[:] = [np.nan if cell is None else float(cell) for cell in cells]
    else:
        values[:] = ["NaT" if cell is None else cell for cell in cells] if column.kind == "date" else cells
    return values


def pack_report(name: str, report: Report) -> Packed:
    """A report as content: its columns with their kinds, and its CSV as a plan folder holds it.

    Raises ValueError where the rows differ in their columns.
    """
    columns, lines = report_csv(name, report)
    return pack(_REPORT + _json(columns) + b"\n" + lines)


def open_report(content: bytes) -> Report:
    """The report that `pack_report` packed."""
    columns, lines = report_parts(content)
    return read_report(lines, columns)


def report_parts(content: bytes) -> tuple[list[tuple[str, str]], bytes]:
    """Columns with their kinds, and the CSV, of a packed report."""
    columns, _, lines = content[len(_REPORT) :].partition(b"\n")
    return [(str(heading), str(kind)) for heading, kind in json.loads(columns)], lines


def pack_findings(findings: Sequence[Finding]) -> Packed:
    """Findings as content."""
    return pack(_FINDINGS + _json([finding.as_plain() for finding in findings]))


def open_findings(content: bytes) -> tuple[Finding, ...]:
    """The findings that `pack_findings` packed."""
    return tuple(map(finding_of_plain, json.loads(content[len(_FINDINGS) :])))


def pack_proof(proof: bytes) -> Packed:
    """A proof as content."""
    return pack(_PROOF + proof)


def open_proof(content: bytes) -> bytes:
    """The proof that `pack_proof` packed."""
    return content[len(_PROOF) :]


def _json(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")
