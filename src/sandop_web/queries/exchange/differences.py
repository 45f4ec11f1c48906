"""What a workbook holds otherwise than when it went out, cell by cell."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from xlsxwriter.utility import xl_rowcol_to_cell

from sandop.wording import LANGUAGES, in_a_row
from sandop_web.access.exchange.brought import BroughtCell
from sandop_web.access.exchange.refusals import KeyUnknown, NotNumbers
from sandop_web.access.exchange.standing import alike
from sandop_web.queries.exchange.keys import KeyedRow, Provenance
from sandop_web.queries.exchange.layout import BLANK
from sandop_web.queries.exchange.places import KeyPlaces
from sandop_web.queries.exchange.sheet import LARGEST

MOST_CELLS = 20_000  # that differ: more than anybody looks through
_BLANKS = frozenset(("", BLANK, "-"))
_SHOWN = 5


def differing(
    *,
    provenance: Provenance,
    keyed: Sequence[KeyedRow],
    rows: Sequence[Sequence[str]],
    places: KeyPlaces,
    totals: Collection[str],
) -> list[BroughtCell]:
    """The cells that differ, in the order of the export; `totals` are references of cells that are still formulas
    over the rows below them, and never differ by themselves. Raises KeyUnknown, NotNumbers with where they stand."""
    given = {row.key for row in keyed}
    for key, line in places.rows.items():
        if key not in given:
            raise KeyUnknown(key=key[:40], row=line + 1)
    found: list[BroughtCell] = []
    wrong: list[tuple[str, str]] = []
    for row in keyed:
        if row.key in places.rows:
            found += _of_row(row, provenance, rows[places.rows[row.key]], places, totals, wrong)
    if wrong:
        shown = [f"{at} “{text}”" for at, text in wrong[:_SHOWN]]
        raise NotNumbers(count=len(wrong), cells={language: in_a_row(shown, language) for language in LANGUAGES})
    return _with_covered(found)


def _of_row(
    row: KeyedRow,
    provenance: Provenance,
    cells: Sequence[str],
    places: KeyPlaces,
    totals: Collection[str],
    wrong: list[tuple[str, str]],
) -> Iterator[BroughtCell]:
    line, decimals = places.rows[row.key], provenance.decimals[row.measure]
    for label, base in zip(provenance.periods, row.base):
        column = places.columns[label]
        text = cells[column].strip() if column < len(cells) else ""
        at = xl_rowcol_to_cell(line, column)
        if row.adds_up and at in totals:
            continue
        mine = _number(text)
        if mine is not None and not abs(mine) <= LARGEST:
            wrong.append((at, text[:20]))
        elif not alike(base, mine, decimals):
            yield BroughtCell(row.measure, row.at, label, base, mine)


def _number(text: str) -> float | None:
    """The number of a cell, None for a blank, NaN for what is no number."""
    if text in _BLANKS:
        return None
    try:
        return float(text)
    except ValueError:
        return math.nan


def _with_covered(cells: list[BroughtCell]) -> list[BroughtCell]:
    """A total that was typed over while a number below it was changed as well: the deeper one counts."""
    above = {(cell.measure, cell.period, cell.at[:depth]) for cell in cells for depth in range(len(cell.at))}
    return [replace(cell, covered=True) if (cell.measure, cell.period, cell.at) in above else cell for cell in cells]
