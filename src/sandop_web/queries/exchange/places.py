"""Where the rows and months of an export stand in the sheet that came back: found by their keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.utility import xl_col_to_name

from sandop_web.access.exchange.refusals import KeysMissing, KeyTwice, NotOurFile, PeriodMissing, RowAdded
from sandop_web.queries.exchange.keys import PLACES, Provenance

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True)
class KeyPlaces:
    """Key → row, and period → column; both counted from 0."""

    rows: Mapping[str, int]
    columns: Mapping[str, int]


def places_of(sheets: Mapping[str, Rows], provenance: Provenance) -> tuple[str, KeyPlaces]:
    """Title of the sheet that people edited, and where its rows and months stand. Raises NotOurFile where the sheet
    is there twice, KeysMissing, KeyTwice, PeriodMissing, RowAdded."""
    found = [
        (title, row, cells.index(PLACES))
        for title, rows in sheets.items()
        for row, cells in enumerate(rows)
        if PLACES in cells
    ]
    if not found:
        raise KeysMissing()
    if len(found) > 1:
        raise NotOurFile()
    title, head, column = found[0]
    rows = sheets[title]
    columns = _columns(rows[head], provenance)
    return title, KeyPlaces(_rows(rows, head, column, columns), columns)


def _columns(cells: Sequence[str], provenance: Provenance) -> dict[str, int]:
    found: dict[str, int] = {}
    for column, label in enumerate(cells):
        if label in provenance.periods:
            if label in found:
                raise KeyTwice(key=label, first=xl_col_to_name(found[label]), second=xl_col_to_name(column))
            found[label] = column
    gone = [label for label in provenance.periods if label not in found]
    if gone:
        raise PeriodMissing(period=gone[0], count=len(gone))
    return found


def _rows(rows: Rows, head: int, column: int, columns: Mapping[str, int]) -> dict[str, int]:
    """Key → row. A row without a key may hold remarks, but no numbers below the months."""
    found: dict[str, int] = {}
    for row, cells in enumerate(rows):
        key = cells[column].strip() if column < len(cells) and row != head else ""
        if key in found:
            raise KeyTwice(key=key, first=found[key] + 1, second=row + 1)
        if key:
            found[key] = row
        elif row > head and any(_is_number(cells[place]) for place in columns.values() if place < len(cells)):
            raise RowAdded(row=row + 1)
    return found


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
