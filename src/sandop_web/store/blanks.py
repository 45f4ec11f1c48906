"""A blank is NaN in a sheet, and None where values are kept, told or sent one by one. It is never zero."""

from __future__ import annotations

import math

from sandop.plan import Key, Sheet


def none_if_blank(value: float) -> float | None:
    """The number as Python's own float; None for a blank."""
    return None if math.isnan(value) else float(value)


def cell_of(sheet: Sheet | None, row: Key, period: str) -> float | None:
    """What the sheet holds there, in the measure's unit; None for a blank, and where there is no such sheet, row or
    period."""
    if sheet is None or row not in sheet.rows.position or period not in sheet.periods.position:
        return None
    return none_if_blank(sheet.at(row, period))
