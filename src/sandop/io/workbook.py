"""Read a plan from one Excel workbook: looked through first, then opened by a process that may fail alone."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sandop.findings import Where
from sandop.io.assemble import Grids, Loaded, assembled, input_names, not_read, table_names
from sandop.io.days import read_period
from sandop.io.folder import CHANGES
from sandop.io.grid import Grid, grid_of_rows
from sandop.io.ledger import Ledger
from sandop.io.read_settings import settings_of_grid
from sandop.io.read_sheets import SheetReader
from sandop.io.workbook_scan import scan_workbook
from sandop.measures import measure, measures
from sandop.plan import Sheet

PLAN = "plan"
VINTAGES = "vintages"
EXPLANATIONS = ("read me", "说明")
MEMORY_BYTES = 2_000_000_000
SECONDS = 120.0
_READER = Path(__file__).with_name("workbook_reader.py")


@dataclass(frozen=True)
class _Sheets:
    """Text of the worksheets, by what they hold."""

    plan: Grid | None
    tables: Mapping[str, Grid]
    measures: Mapping[str, Grid]
    vintages: Mapping[str, Grid]
    previous: Mapping[str, Grid]
    changes: Grid | None


def read_workbook(path: Path, *, memory_bytes: int = MEMORY_BYTES, seconds: float = SECONDS) -> Loaded:
    """The plan of a workbook with every problem in it; `plan` is None where one of them is an error.

    The workbook is opened in a process of its own with at most `memory_bytes` of memory and `seconds` of time.
    """
    ledger = Ledger()
    sheets = worksheets(path, ledger, memory_bytes=memory_bytes, seconds=seconds)
    if sheets is None:
        return Loaded(None, ledger.findings(), ledger.counts())
    found = _sorted_out(sheets, ledger)
    settings = settings_of_grid(found.plan, ledger) if found.plan else None
    if found.plan is None:
        ledger.error("io.no_settings", Where(PLAN), nearest="–")
    previous = {name: sheet for name, grid in found.previous.items() if (sheet := _previous(name, grid, ledger))}
    grids = Grids(settings, found.tables, found.measures, found.vintages, found.changes, previous)
    return assembled(grids, ledger)


def worksheets(
    path: Path, ledger: Ledger, *, memory_bytes: int = MEMORY_BYTES, seconds: float = SECONDS
) -> dict[str, list[list[str]]] | None:
    """Worksheet → rows of text; None with findings where the file is not to be opened or cannot be read."""
    if not scan_workbook(path, ledger):
        return None
    found = _opened(path, ledger, memory_bytes, seconds)
    if found is None:
        return None
    for name in found["hidden"]:
        ledger.note("io.hidden_sheet", Where(name))
    for name in found["merged"]:
        ledger.warning("io.merged_cells", Where(name))
    sheets: dict[str, list[list[str]]] = found["sheets"]
    return sheets


def _opened(path: Path, ledger: Ledger, memory_bytes: int, seconds: float) -> dict[str, Any] | None:
    command = [sys.executable, "-I", str(_READER), str(path.resolve()), str(memory_bytes)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        ledger.error("io.workbook_too_slow", Where(path.name), seconds=f"{seconds:g}")
        return None
    if done.returncode == 4:
        ledger.error("io.workbook_damaged", Where(path.name))
        return None
    if done.returncode != 0:  # it ran out of memory, or the reader aborted
        ledger.error("io.workbook_too_heavy", Where(path.name), memory=f"{memory_bytes / 1e9:.1f}")
        return None
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _sorted_out(sheets: Mapping[str, Sequence[Sequence[str]]], ledger: Ledger) -> _Sheets:
    tables: dict[str, Grid] = {}
    inputs: dict[str, Grid] = {}
    vintages: dict[str, Grid] = {}
    previous: dict[str, Grid] = {}
    special: dict[str, Grid] = {}
    known = (*table_names(), *input_names(), PLAN, VINTAGES, CHANGES)
    for title, rows in sheets.items():
        name = title.strip().lower()
        if name in EXPLANATIONS or not any(any(row) for row in rows):
            continue
        vintage = re.fullmatch(r"vintage (.+)", name)
        last = re.fullmatch(r"previous (\w+)", name)
        if not (vintage or last or name in known):
            not_read(title, name, known, ledger)
            continue
        grid = grid_of_rows(name, title, rows, ledger)
        if grid is None:
            continue
        if vintage:
            _vintage(vintage[1], grid, vintages, ledger)
        elif last:
            previous[last[1]] = grid
        elif name in table_names():
            tables[name] = grid
        elif name in input_names():
            inputs[name] = grid
        else:
            special[name] = grid
    if VINTAGES in special:
        vintages.update(_split_vintages(special[VINTAGES], ledger))
    return _Sheets(special.get(PLAN), tables, inputs, vintages, previous, special.get(CHANGES))


def _vintage(text: str, grid: Grid, vintages: dict[str, Grid], ledger: Ledger) -> None:
    month = read_period(text).label
    if not month or "W" in month:
        ledger.error("io.vintage_name", Where(grid.file), name=text)
    elif month in vintages:
        ledger.error("io.vintage_twice", Where(grid.file), month=month, other=vintages[month].file)
    else:
        vintages[month] = grid


def _split_vintages(grid: Grid, ledger: Ledger) -> dict[str, Grid]:
    """One grid for each month in the column `vintage`; periods before it that are wholly blank are left out."""
    if "vintage" not in grid.columns:
        ledger.error("io.missing_column", Where(grid.file, 1, "vintage"), column="vintage")
        return {}
    places: dict[str, list[int]] = {}
    for place, text in enumerate(grid.columns["vintage"]):
        month = read_period(text).label
        if month and "W" not in month:
            places.setdefault(month, []).append(place)
        else:
            ledger.error("io.vintage_name", Where(grid.file, grid.rows[place], "vintage"), name=text)
    return {month: _part(grid, month, wanted) for month, wanted in places.items()}


def _part(grid: Grid, month: str, places: Sequence[int]) -> Grid:
    columns = {
        heading: tuple(cells[place] for place in places)
        for heading, cells in grid.columns.items()
        if heading != "vintage"
    }
    spoken = {heading: cells for heading, cells in columns.items() if any(cells) or not read_period(heading).label}
    return Grid(f"vintage {month}", grid.file, spoken, tuple(grid.rows[place] for place in places))


def _previous(name: str, grid: Grid, ledger: Ledger) -> Sheet | None:
    """A sheet of the last plan on its own periods; its ids may be ones that are no longer known."""
    if name not in measures():
        not_read(grid.file, name, tuple(measures()), ledger)
        return None
    parts = measure(name).grain
    if not set(parts) <= set(grid.columns):
        ledger.error("io.missing_column", Where(grid.file, 1), column=", ".join(set(parts) - set(grid.columns)))
        return None
    read = SheetReader(ledger, None, _any_ids(grid)).read(measure(name), grid)
    return read.sheet if read else None


def _any_ids(grid: Grid) -> dict[str, frozenset[str]]:
    """Every id that the grid itself names counts as known."""
    ids = frozenset(cell.strip() for cells in grid.columns.values() for cell in cells)
    return dict.fromkeys(("items", "sites", "customers", "processes", "suppliers", "resources", "families"), ids)
