"""Text of cells: numbers in their shortest exact form, blanks empty; rows of tables and sheets; atomic writing."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sandop.measures import measure
from sandop.plan import Sheet
from sandop.tables import Column, Table


def number_text(value: float) -> str:
    """The shortest text that reads back as the same number; a blank is empty."""
    if value != value:
        return ""
    text = repr(float(value))
    return text[:-2] if text.endswith(".0") else text


def sheet_cells(sheet: Sheet) -> list[list[float]]:
    """Values as they are stored, (row, period)."""
    rounded: list[list[float]] = measure(sheet.name).rounded(sheet.values).tolist()
    return rounded


def sheet_rows(sheet: Sheet) -> tuple[list[str], list[list[str]]]:
    """Headings and rows of a wide sheet."""
    rows = [[*key, *map(number_text, values)] for key, values in zip(sheet.rows.keys, sheet_cells(sheet))]
    return [*sheet.rows.grain, *sheet.periods.labels], rows


def table_cells(table: Table) -> list[list[Any]]:
    """Cells of a master table by row: text, float, bool, date or None (blank).

    Raises ValueError for a blank where reading it back would give the column's default instead.
    """
    columns = [_cells(table, column) for column in table.columns()]
    return [list(row) for row in zip(*columns)]


def _cells(table: Table, column: Column) -> list[Any]:
    values = getattr(table, column.name)
    cells: list[Any]
    if column.kind == "number":
        cells = [None if value == column.default or value != value else value for value in values.tolist()]
        wrong = np.isnan(values) & (column.default == column.default)
    elif column.kind in ("date", "flag"):
        cells, wrong = values.tolist(), np.zeros(len(values), dtype=bool)
    else:
        cells = [str(value) or None for value in values]
        wrong = np.array([not value and bool(column.default) for value in values], dtype=bool)
    if wrong.any():
        key = table.keys[int(np.flatnonzero(wrong)[0])] if table.key_columns() else int(np.flatnonzero(wrong)[0])
        raise ValueError(f"{table.file}.{column.name} of {key} is blank, and a blank means {column.default!r}")
    return cells


def cell_text(cell: Any) -> str:
    """A cell as text: yes and no for flags, empty for a blank."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return number_text(cell) if isinstance(cell, float) else str(cell)


def csv_bytes(headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A CSV file in UTF-8, comma separated, lines ended by a line feed."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8")


def write_whole(path: Path, content: bytes) -> None:
    """The file appears complete or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
