"""Hashes over content: equal on every machine, for folder or workbook, whatever the order of the rows.

What is hashed is canonical: keys in order, text in NFC, numbers as they are stored. A version is named by its
hash; a signature is a name over it.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sandop.measures import measure
from sandop.plan.plan import Plan
from sandop.plan.sheet import Sheet
from sandop.tables import Table


def sheet_hash(sheet: Sheet) -> str:
    """SHA-256 of measure, rows, periods and stored values. Rows that are wholly blank do not count: nobody has
    said anything there."""
    values = measure(sheet.name).rounded(sheet.values)
    spoken: NDArray[np.bool_] = np.any(~np.isnan(values), axis=1)
    keys = [key for key, keep in zip(sheet.rows.keys, spoken) if keep]
    digest = hashlib.sha256(_canonical([sheet.name, sheet.rows.grain, keys, sheet.periods.labels]))
    stored = values[spoken]
    stored = np.where(np.isnan(stored), np.nan, stored)  # one bit pattern for every blank
    digest.update(np.ascontiguousarray(stored, dtype="<f8").tobytes())
    return digest.hexdigest()


def table_hash(table: Table) -> str:
    """SHA-256 of a master table in the order of its keys."""
    rows = [[_text(value) for value in row.values()] for row in table.sorted().rows()]
    names = [column.name for column in table.columns()]
    return hashlib.sha256(_canonical([table.file, names, rows])).hexdigest()


def sheets_hash(sheets: Mapping[str, Sheet]) -> str:
    """SHA-256 of a set of sheets, e.g. of all results."""
    return _root((name, sheet_hash(sheet)) for name, sheet in sorted(sheets.items()))


def input_hash(plan: Plan) -> str:
    """SHA-256 of everything the company brought: settings, masters, sheets, vintages, changes, last plan."""
    return _root(_input_parts(plan))


def _input_parts(plan: Plan) -> Iterator[tuple[str, str]]:
    yield "settings", hashlib.sha256(_canonical(plan.settings.model_dump(mode="json"))).hexdigest()
    for name, table in sorted(plan.network.tables().items()):
        if len(table):
            yield f"table {name}", table_hash(table)
    for group, sheets in (("sheet", plan.sheets), ("vintage", plan.vintages), ("previous", plan.previous)):
        for name, sheet in sheets.items():
            if len(sheet.rows):
                yield f"{group} {name}", sheet_hash(sheet)
    for number, change in enumerate(plan.changes):
        cells = [_text(value) for value in vars(change).values()]
        yield f"change {number}", hashlib.sha256(_canonical(cells)).hexdigest()


def _root(parts: Iterator[tuple[str, str]]) -> str:
    return hashlib.sha256(_canonical(list(parts))).hexdigest()


def _canonical(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return unicodedata.normalize("NFC", text).encode("utf-8")


def _text(value: Any) -> str:
    """A cell of a master table as text: numbers with twelve significant digits, blanks empty."""
    if isinstance(value, float | np.floating):
        return "" if np.isnan(value) else f"{float(value):.12g}"
    if isinstance(value, np.datetime64) and np.isnat(value):
        return ""
    return str(value)
