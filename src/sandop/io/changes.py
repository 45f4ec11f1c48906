"""Recorded edits as a table: who, when, measure, the ids of the row, period, before, after, why."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence

from sandop.findings import Where
from sandop.io.days import read_period
from sandop.io.grid import Grid
from sandop.io.ledger import Ledger
from sandop.io.naming import cleaned
from sandop.io.numbers import read_numbers
from sandop.io.read_sheets import SheetRead
from sandop.measures import GRAINS, measure, measures
from sandop.plan import Change, PlanHasMoved, Sheet, apply_changes

FIXED = ("who", "when", "measure", "period", "before", "after", "why")
PARTS = tuple(dict.fromkeys(part for grain in GRAINS.values() for part in grain))


def changes_as_rows(changes: Sequence[Change]) -> tuple[list[str], list[list[str]]]:
    """Headings and rows of text; of the id columns only those that are needed."""
    used = [part for part in PARTS if any(part in measure(change.measure).grain for change in changes)]
    rows = []
    for change in changes:
        ids = dict(zip(measure(change.measure).grain, change.row))
        numbers = ["" if math.isnan(value) else repr(value) for value in (change.before, change.after)]
        rows.append(
            [
                change.who,
                change.when.isoformat(),
                change.measure,
                *(ids.get(part, "") for part in used),
                change.period,
                *numbers,
                change.why,
            ]
        )
    return ["who", "when", "measure", *used, "period", "before", "after", "why"], rows


def read_changes(grid: Grid, sheets: Mapping[str, SheetRead], ledger: Ledger) -> tuple[Change, ...]:
    """The changes in the order of the file; each must fit the cell it changes."""
    lacking = [name for name in FIXED if name not in grid.columns]
    for name in lacking:
        ledger.error("io.missing_column", Where(grid.file, 1, name), column=name)
    if lacking:
        return ()
    changes: list[Change] = []
    now: dict[str, Sheet] = {name: read.sheet for name, read in sheets.items()}
    for place, row in enumerate(grid.rows):
        cells = {name: cleaned(column[place]) for name, column in grid.columns.items()}
        change = _change(cells, Where(grid.file, row), ledger)
        if change and _fits(change, now, Where(grid.file, row), ledger):
            changes.append(change)
    return tuple(changes)


def _change(cells: Mapping[str, str], where: Where, ledger: Ledger) -> Change | None:
    name = cells["measure"]
    if name not in measures():
        ledger.error("io.change_unreadable", where, column="measure", cell=name)
        return None
    try:
        when = dt.datetime.fromisoformat(cells["when"])
    except ValueError:
        ledger.error("io.change_unreadable", where, column="when", cell=cells["when"])
        return None
    numbers = read_numbers([cells["before"], cells["after"]])
    if numbers.faults:
        cell = f"{cells['before']} → {cells['after']}"
        ledger.error("io.change_unreadable", where, column="before, after", cell=cell)
        return None
    key = tuple(cells.get(part, "") for part in measure(name).grain)
    before, after = (float(value) for value in numbers.values)
    period = read_period(cells["period"]).label or cells["period"]
    return Change(cells["who"], when, name, key, period, before, after, cells["why"])


def _fits(change: Change, now: dict[str, Sheet], where: Where, ledger: Ledger) -> bool:
    """Whether the cell holds what the change expects; the sheet moves on for the next change."""
    sheet = now.get(change.measure)
    try:
        if sheet is None:
            raise KeyError(change.measure)
        now[change.measure] = apply_changes(sheet, [change])
    except (KeyError, PlanHasMoved):
        ledger.error("io.change_does_not_fit", where, measure=change.measure, period=change.period)
        return False
    return True
