"""Three-way merge: two branches of one base become one plan; where both changed a cell, a person decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sandop.measures import measure
from sandop.plan.compare import all_periods, unlike
from sandop.plan.sheet import Key, Rows, Sheet


@dataclass(frozen=True)
class Conflict:
    """A cell both sides changed, and not to the same value; in the measure's unit, NaN is a blank."""

    measure: str
    row: Key
    period: str
    base: float
    ours: float
    theirs: float


@dataclass(frozen=True)
class Merged:
    """The merged sheets; a cell in conflict holds the base's value until somebody decides."""

    sheets: Mapping[str, Sheet]
    conflicts: tuple[Conflict, ...]


def merge(*, base: Mapping[str, Sheet], ours: Mapping[str, Sheet], theirs: Mapping[str, Sheet]) -> Merged:
    """Cell by cell: what only one side changed is taken, what both changed alike is taken, the rest conflicts.

    A sheet, row or period that a side lacks is blank there. Values are compared as stored. Rows that end up
    wholly blank stay: nothing was said, nothing is lost.
    """
    sheets: dict[str, Sheet] = {}
    conflicts: list[Conflict] = []
    for name in sorted({*base, *ours, *theirs}):
        sheets[name], found = _merged(name, base.get(name), ours.get(name), theirs.get(name))
        conflicts += found
    return Merged(sheets, tuple(conflicts))


def _merged(name: str, *sides: Sheet | None) -> tuple[Sheet, list[Conflict]]:
    known = [sheet for sheet in sides if sheet is not None]
    rows = Rows.of(measure(name).grain, (key for sheet in known for key in sheet.rows.keys))
    periods = all_periods([sheet.periods for sheet in known])
    blank = Sheet.blank(name, rows, periods)
    base, ours, theirs = ((blank if side is None else side.on(rows, periods)).rounded().values for side in sides)
    we, they = unlike(base, ours), unlike(base, theirs)
    clash = we & they & unlike(ours, theirs)
    values = np.where(clash, base, np.where(we, ours, theirs))
    conflicts = [
        Conflict(name, rows.keys[i], periods.labels[j], float(base[i, j]), float(ours[i, j]), float(theirs[i, j]))
        for i, j in zip(*np.nonzero(clash))
    ]
    return Sheet(name, rows, periods, values), conflicts
