"""Largest-remainder rounding: whole numbers that still add up to their total."""

from __future__ import annotations

import numpy as np

from sandop.plan.sheet import Values

_NOISE = 9  # decimals of a lot below which a remainder is floating-point noise


def round_to_total(values: Values, *, lot: float = 1.0) -> Values:
    """Multiples of `lot` in place of `values` (row, part), so that each row adds up to its rounded total.

    Every part is rounded down; the lots still missing to the row's total (rounded to the nearest lot, halves up)
    go to the largest remainders, the earlier part first where two are equal (Hamilton's method of largest
    remainders). No part moves by a whole lot or more. Blanks stay blank. Unit of `values`, same shape; a plain
    array (part,) is one row. Raises ValueError for a lot that is not positive.
    """
    if not lot > 0:
        raise ValueError(f"a lot must be positive, got {lot}")
    table = np.atleast_2d(np.asarray(values, dtype=np.float64))
    lots = np.round(np.where(np.isnan(table), 0.0, table) / lot, _NOISE)
    whole = np.floor(lots)
    total = np.floor(np.round(lots.sum(axis=1), _NOISE) + 0.5)
    missing = (total - whole.sum(axis=1))[:, None]
    remainder = np.where(np.isnan(table), -1.0, lots - whole)
    rank = np.argsort(np.argsort(-remainder, axis=1, kind="stable"), axis=1, kind="stable")
    rounded = (whole + (rank < missing)) * lot
    result: Values = np.where(np.isnan(table), np.nan, rounded).reshape(np.shape(values))
    return result
