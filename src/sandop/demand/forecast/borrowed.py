"""Young series borrow the season of their family: a pump launched in spring will have its summer too.

Where a series has seen less than two seasons and its family has grown-up positive series, the mean of their
shrunken seasonal indices is taken out of its history before it is fitted and put back into its forecast.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sandop.demand.forecast.scale import Scale
from sandop.demand.forecast.seasonal import two_seasons

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

GROWN_UP = 3
YOUNG = 2


@dataclass(frozen=True, kw_only=True)
class BorrowedSeason:
    """`past` (series, month) and `ahead` (series, horizon) factors, 1 where nothing is borrowed; `young`
    (series,) where it is.
    """

    past: Floats
    ahead: Floats
    young: Flags


def borrowed_season(*, history: Floats, family: Ints, horizon: int, season: int) -> BorrowedSeason:
    """Seasonal factors lent to young series by the grown-up ones of their family.

    `history` (series, month) in units, NaN before a series begins only; `family` (series,) codes.
    """
    series, months = history.shape
    seen = (~np.isnan(history)).sum(axis=1)
    positive = np.fmin.reduce(history, axis=1) > 0
    grown = positive & (seen >= GROWN_UP * season)
    young = positive & (seen < YOUNG * season)
    index = np.zeros((series, max(season, 1)))
    rows = np.flatnonzero(grown)
    lent = np.zeros(series, dtype=bool)
    if season > 1 and len(rows) and young.any():
        scale = Scale.of(history=history[rows], season=season)
        bent = scale.bent(history[rows] / scale.unit[:, None])
        known = two_seasons(values=bent, season=season)[0].index
        for code in np.unique(family[young]):
            lenders = family[rows] == code
            if lenders.any():
                lent |= young & (family == code)
                index[young & (family == code)] = known[lenders].mean(axis=0)
    column = np.arange(months + horizon) % max(season, 1)
    factor = np.exp(index[:, column])
    return BorrowedSeason(past=factor[:, :months], ahead=factor[:, months:], young=lent)
