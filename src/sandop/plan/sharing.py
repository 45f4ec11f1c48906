"""A total shared out over the rows below it: in proportion, to the last decimal, blanks left to themselves."""

from __future__ import annotations

import numpy as np

from sandop.plan.roll_up import Level, spread
from sandop.plan.rounding import round_to_total
from sandop.plan.sheet import Rows, Values


def share_out(*, totals: Values, before: Values, otherwise: Values, factor: Values, decimals: int) -> Values:
    """Totals of one node as numbers of its rows, (row, period), in the rows' own units, rounded as they are stored.

    totals      what the rows are to add up to, (period,), in plan units; a blank leaves all of them blank
    before      what the rows hold, (row, period), in their own units
    otherwise   by what they share where they hold nothing, (row, period); where that is nothing too, evenly
    factor      plan units in one unit of each row, (row,)

    A row that says nothing beside others that do keeps saying nothing. Where all factors are equal the rows add up to
    the total to the last decimal (largest remainders); else to within the smallest step of one of them.
    """
    if len(before) == 1:
        return _rounded(totals[None, :] / factor[:, None], decimals)
    spoken = np.nansum(np.clip(before, 0.0, None), axis=0) > 0
    pattern = np.where(spoken, before, otherwise)
    everything = Level(Rows(("company",), (("",),)), np.zeros(len(before), dtype=np.int64))
    shares = spread(totals=totals[None, :], pattern=pattern * factor[:, None], at=everything) / factor[:, None]
    some = np.nansum(np.clip(pattern, 0.0, None), axis=0) > 0
    silent = np.isnan(before) & ~(pattern > 0) & some
    return np.where(silent, np.nan, _stored(shares, totals, factor, decimals))


def _stored(shares: Values, totals: Values, factor: Values, decimals: int) -> Values:
    """`shares` (row, period) rounded, so that they keep adding up to their totals (period,)."""
    smallest = 10.0**-decimals
    if (factor == factor[0]).all():
        return _rounded(round_to_total(shares.T, lot=smallest).T, decimals)
    rounded = _rounded(shares, decimals)
    finest = np.lexsort((-shares.max(axis=1), factor))[0]
    missing = totals - np.nansum(rounded * factor[:, None], axis=0)
    rounded[finest] = np.maximum(rounded[finest] + missing / factor[finest], 0.0)
    return _rounded(rounded, decimals)


def _rounded(values: Values, decimals: int) -> Values:
    return np.round(values, decimals) + 0.0
