"""What changed between two versions: cell by cell, and in total by measure and period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sandop.calendar import Periods
from sandop.measures import measure
from sandop.plan.sheet import Key, Rows, Sheet, Values


@dataclass(frozen=True)
class CellDifference:
    """One cell that differs. `before` and `after` are in the measure's unit; NaN is a blank."""

    measure: str
    row: Key
    period: str
    before: float
    after: float


@dataclass(frozen=True)
class TotalDifference:
    """The total of one measure in one period, for measures that add up over rows; blanks are skipped."""

    measure: str
    period: str
    before: float
    after: float


@dataclass(frozen=True)
class Comparison:
    """All differences between two sets of sheets, by measure, row and period; empty where they are equal."""

    cells: tuple[CellDifference, ...]
    totals: tuple[TotalDifference, ...]

    def __bool__(self) -> bool:
        return bool(self.cells)


def compare(a: Mapping[str, Sheet], b: Mapping[str, Sheet]) -> Comparison:
    """What changed from `a` (before) to `b` (after), as the numbers are stored (rounded to the measure's decimals).

    A sheet, row or period that only one side has counts as blank on the other. Totals are listed for the measures
    with a differing cell whose kind adds up over rows; units are not converted, so a total speaks of the measure
    as a check sum, not of plan units.
    """
    cells: list[CellDifference] = []
    totals: list[TotalDifference] = []
    for name in sorted({*a, *b}):
        rows, periods, before, after = side_by_side(name, a.get(name), b.get(name))
        differs = unlike(before, after)
        cells += [
            CellDifference(name, rows.keys[i], periods.labels[j], float(before[i, j]), float(after[i, j]))
            for i, j in zip(*np.nonzero(differs))
        ]
        if measure(name).over_rows == "sum":
            totals += _totals(name, periods, before, after, differs)
    return Comparison(tuple(cells), tuple(totals))


def side_by_side(name: str, *sheets: Sheet | None) -> tuple[Rows, Periods, Values, Values]:
    """Two sheets on the rows and periods of both, as stored, (row, period). Raises ValueError where the periods
    leave a gap or differ in bucket."""
    known = [sheet for sheet in sheets if sheet is not None]
    rows = Rows.of(measure(name).grain, (key for sheet in known for key in sheet.rows.keys))
    periods = all_periods([sheet.periods for sheet in known])
    blank = Sheet.blank(name, rows, periods)
    before, after = ((blank if sheet is None else sheet.on(rows, periods)).rounded().values for sheet in sheets)
    return rows, periods, before, after


def all_periods(spans: list[Periods]) -> Periods:
    """The run of periods that covers all of these. Raises ValueError where they leave a gap or differ in bucket."""
    spans = sorted((span for span in spans if len(span)), key=lambda span: span.starts[0])
    if not spans:
        return Periods.of_labels(())
    joined = spans[0]
    for span in spans[1:]:
        if span.end <= joined.end:
            continue
        place = span.labels.index(joined.labels[-1]) + 1 if joined.labels[-1] in span.position else 0
        joined = joined.then(span.slice(place, len(span)))
    return joined


def unlike(before: Values, after: Values) -> NDArray[np.bool_]:
    """True where a cell of `before` (row, period) and of `after` (row, period) differ; two blanks are alike."""
    alike: NDArray[np.bool_] = (before == after) | (np.isnan(before) & np.isnan(after))
    return ~alike


def _totals(
    name: str, periods: Periods, before: Values, after: Values, differs: NDArray[np.bool_]
) -> list[TotalDifference]:
    decimals = measure(name).decimals
    return [
        TotalDifference(name, periods.labels[j], _sum(before[:, j], decimals), _sum(after[:, j], decimals))
        for j in np.flatnonzero(differs.any(axis=0))
    ]


def _sum(column: Values, decimals: int) -> float:
    known = column[~np.isnan(column)]
    return float(np.round(known.sum(), decimals)) if len(known) else float("nan")
