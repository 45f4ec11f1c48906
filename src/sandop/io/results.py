"""Results of a month as files: one wide CSV per measure, one CSV per report, month.json with hashes and types."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from sandop.findings import Finding, Where, error
from sandop.io.cell_texts import cell_text, csv_bytes, number_text, sheet_rows
from sandop.io.days import periods_of
from sandop.io.grid import Grid, grid_of_csv
from sandop.io.ledger import Ledger
from sandop.io.numbers import read_numbers
from sandop.io.whole_folders import whole_folder
from sandop.measures import measure, measures
from sandop.plan import Rows, Sheet, Values, sheet_hash, sheets_hash
from sandop.tables import Report

INDEX = "month.json"


@dataclass(frozen=True)
class ResultsRead:
    """Result sheets and reports as read; where a finding is an error that file's content is left out."""

    sheets: Mapping[str, Sheet]
    reports: Mapping[str, Report]
    index: Mapping[str, Any] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def write_results(
    *,
    path: Path,
    sheets: Mapping[str, Sheet],
    reports: Mapping[str, Report],
    input_hash: str = "",
    others: Mapping[str, bytes] | None = None,
) -> str:
    """Write results to the folder `path`, which is exchanged as a whole; returns the result hash.

    `others` are further files (the certificate), by name. Files in the folder that are no sheets, reports or
    index are kept. Raises ValueError for a report whose rows differ in their columns.
    """
    files = results_files(sheets, reports, input_hash=input_hash, others=others or {})
    with whole_folder(path) as new:
        for kept in path.iterdir() if path.is_dir() else ():
            if kept.is_file() and kept.suffix != ".csv" and kept.name not in files:
                shutil.copy2(kept, new / kept.name)
        for name, content in files.items():
            (new / name).write_bytes(content)
    return sheets_hash(sheets)


def results_files(
    sheets: Mapping[str, Sheet],
    reports: Mapping[str, Report],
    *,
    input_hash: str = "",
    others: Mapping[str, bytes] | None = None,
) -> dict[str, bytes]:
    """Name of each result file → its content; the index says what each must hash to."""
    files: dict[str, bytes] = {}
    index: dict[str, Any] = {
        "input_hash": input_hash,
        "result_hash": sheets_hash(sheets),
        "sheets": {},
        "reports": {},
    }
    for name, sheet in sorted(sheets.items()):
        files[f"{name}.csv"] = csv_bytes(*sheet_rows(sheet))
        index["sheets"][name] = {"hash": sheet_hash(sheet), "bucket": sheet.periods.bucket}
    for name, report in sorted(reports.items()):
        columns, content = report_csv(name, report)
        files[f"{name}.csv"] = content
        index["reports"][name] = {"hash": hashlib.sha256(content).hexdigest(), "columns": columns}
    further = dict(sorted((others or {}).items()))
    index["others"] = {name: hashlib.sha256(content).hexdigest() for name, content in further.items()}
    files.update(further)
    files[INDEX] = json.dumps(index, ensure_ascii=False, indent=1, sort_keys=True).encode("utf-8")
    return files


def report_csv(name: str, report: Report) -> tuple[list[tuple[str, str]], bytes]:
    """The columns of a report with their kinds (text, number, whole, flag, date, any), and its CSV."""
    headings = list(report[0]) if report else []
    for row in report:
        if list(row) != headings:
            raise ValueError(f"report {name}: columns {list(row)} differ from {headings}")
    columns = [_plain([row[heading] for row in report]) for heading in headings]
    kinds = [_kind(cells) for cells in columns]
    texts = [_texts(cells, kind) for cells, kind in zip(columns, kinds)]
    return list(zip(headings, kinds)), csv_bytes(headings, zip(*texts))


def _plain(cells: list[Any]) -> list[Any]:
    """The cells of a column, those of numpy as Python has them."""
    if not any(issubclass(known, np.generic) for known in set(map(type, cells))):
        return cells
    return [cell.item() if isinstance(cell, np.generic) else cell for cell in cells]


_KINDS: tuple[tuple[str, type], ...] = (("flag", bool), ("whole", int), ("number", float), ("date", dt.date))


def _kind(cells: Sequence[Any]) -> str:
    """The narrowest kind that gives every cell back as it was; blank cells are None unless the kind is "any"."""
    types = set(map(type, cells))
    blank, types = type(None) in types, types - {type(None)}
    for kind, known in _KINDS:
        if types == {known}:
            return kind
    different = set(cells) - {None} if types == {str} else set()  # a long report says the same words again and again
    if not types or (different and all(cell and "\r" not in cell for cell in different)):
        return "text"
    if different and not blank and all("\r" not in cell for cell in different):
        return "full_text"
    return "any"


def _texts(cells: Sequence[Any], kind: str) -> list[str]:
    """The cells of a column as they stand in the CSV."""
    if kind == "any":
        return [json.dumps(cell, ensure_ascii=False) for cell in cells]
    if kind == "number":
        return ["" if cell is None else ("nan" if cell != cell else number_text(cell)) for cell in cells]
    if kind in ("text", "full_text"):
        return [cell or "" for cell in cells]
    return [cell_text(cell) for cell in cells]


def read_results(path: Path) -> ResultsRead:
    """The results in a folder. Files that are missing, unreadable or changed since are findings."""
    index = _index(path)
    if index is None:
        return ResultsRead({}, {}, {}, (error("io.no_results", Where(INDEX)),))
    findings: list[Finding] = []
    sheets = {name: _read_sheet(path, name, said, findings) for name, said in index["sheets"].items()}
    reports = {name: _read_report(path, name, said, findings) for name, said in index["reports"].items()}
    for name, said in index.get("others", {}).items():
        file = path / name
        if not file.is_file() or hashlib.sha256(file.read_bytes()).hexdigest() != said:
            findings.append(error("io.result_changed", Where(name)))
    good = {name: sheet for name, sheet in sheets.items() if sheet is not None}
    good_reports = {name: report for name, report in reports.items() if report is not None}
    if not findings and sheets_hash(good) != index["result_hash"]:
        findings.append(error("io.result_changed", Where(INDEX)))
    return ResultsRead(good, good_reports, index, tuple(findings))


def _index(path: Path) -> dict[str, Any] | None:
    try:
        index = json.loads((path / INDEX).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    good = isinstance(index, dict) and isinstance(index.get("result_hash"), str)
    if not good or not all(isinstance(index.get(part), dict) for part in ("sheets", "reports")):
        return None
    names = [*index["sheets"], *index["reports"], *index.get("others", {})]
    return index if all(Path(name).name == name for name in names) else None


def _grid(path: Path, name: str, findings: list[Finding]) -> Grid | None:
    file = path / f"{name}.csv"
    ledger = Ledger()
    grid = grid_of_csv(name, file.name, file.read_bytes(), ledger) if file.is_file() else None
    if grid is None:
        findings.append(error("io.result_missing", Where(file.name)))
    return grid


def _read_sheet(path: Path, name: str, said: Mapping[str, Any], findings: list[Finding]) -> Sheet | None:
    grid = _grid(path, name, findings) if name in measures() else None
    if grid is None:
        return None
    try:
        sheet = _sheet(name, grid)
        if sheet_hash(sheet) == said.get("hash"):
            return sheet
    except (ValueError, KeyError):
        pass
    findings.append(error("io.result_changed", Where(grid.file)))
    return None


def _sheet(name: str, grid: Grid) -> Sheet:
    grain = measure(name).grain
    labels = [heading for heading in grid.columns if heading not in grain]
    keys = list(zip(*(grid.columns[part] for part in grain)))
    read = read_numbers([cell for label in labels for cell in grid.columns[label]])
    if read.faults:
        raise ValueError(f"{grid.file} holds text among its numbers")
    values: Values = read.values.reshape(len(labels), len(keys)).T
    rows = Rows.of(grain, keys)
    placed = np.empty_like(values)
    placed[rows.places(keys)] = values
    return Sheet(name, rows, periods_of(labels), placed)


def _read_report(path: Path, name: str, said: Mapping[str, Any], findings: list[Finding]) -> Report | None:
    file = path / f"{name}.csv"
    if not file.is_file():
        findings.append(error("io.result_missing", Where(file.name)))
        return None
    content = file.read_bytes()
    if hashlib.sha256(content).hexdigest() != said.get("hash"):
        findings.append(error("io.result_changed", Where(file.name)))
        return None
    columns = [(str(heading), str(kind)) for heading, kind in said["columns"]]
    return read_report(content, columns)


def read_report(content: bytes, columns: Sequence[tuple[str, str]]) -> Report:
    """The rows of a report's CSV, each cell of its column's kind."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))[1:] if columns else []
    names = [heading for heading, _ in columns]
    cells = (_cells(texts, kind) for texts, (_, kind) in zip(zip(*rows), columns))
    return [dict(zip(names, row)) for row in zip(*cells)]


def _cells(texts: Sequence[str], kind: str) -> list[Any]:
    """The cells of a column. A word that comes again is the same object: a long report has few different ones."""
    if kind == "any":
        return [json.loads(text) for text in texts]
    if kind == "full_text":
        return list(map(sys.intern, texts))
    read = _READ.get(kind, sys.intern)
    return [None if text == "" else read(text) for text in texts]


_READ: dict[str, Callable[[str], Any]] = {
    "flag": lambda text: text == "yes",
    "date": dt.date.fromisoformat,
    "whole": int,
    "number": float,
}
