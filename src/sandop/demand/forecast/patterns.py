"""What kind of demand a series shows, which decides the models that forecast it.

Syntetos and Boylan (2005): ADI, the mean number of months between demands, and CV², the squared coefficient of
variation of the demands, cut at 1.32 and 0.49, give smooth, erratic, intermittent and lumpy demand. A series
whose empty months are its season, as with a product sold only in summer, is no intermittent one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Texts = npt.NDArray[np.str_]

INTERVAL_CUT = 1.32
VARIATION_CUT = 0.49
SEASON_OF_GAPS = 0.4


@dataclass(frozen=True, kw_only=True)
class Patterns:
    """`pattern` (series,) smooth, erratic, intermittent, lumpy, ended or silent; `interval` (series,) ADI in
    months; `variation` (series,) CV² of the months with demand."""

    pattern: Texts
    interval: Floats
    variation: Floats

    @property
    def sporadic(self) -> Flags:
        """Series for the intermittent models."""
        return np.isin(self.pattern, ("intermittent", "lumpy"))

    @property
    def quiet(self) -> Flags:
        """Series that are forecast at nothing: ended ones and those that never sold."""
        return np.isin(self.pattern, ("ended", "silent"))


def classify(*, history: Floats, season: int) -> Patterns:
    """The pattern of each series of `history` (series, month), which holds NaN only where nothing is known.

    A series has ended when it has been empty for a whole season and for four times its usual interval.
    """
    seen = ~np.isnan(history)
    busy = np.nan_to_num(history) != 0
    first = np.argmax(busy, axis=1)
    active = (seen & (np.arange(history.shape[1]) >= first[:, None])).sum(axis=1)
    months_busy = busy.sum(axis=1)
    column = np.arange(history.shape[1])[None, :]
    last = np.where(busy, column, -1).max(axis=1, initial=-1)
    idle = (seen & (column > last[:, None])).sum(axis=1)
    span = np.maximum(active - idle, 1)
    interval = np.where(months_busy > 0, span / np.maximum(months_busy, 1), np.inf)
    interval_now = np.where(months_busy > 0, active / np.maximum(months_busy, 1), np.inf)
    size = np.where(busy, np.abs(np.nan_to_num(history)), 0.0)
    mean = size.sum(axis=1) / np.maximum(months_busy, 1)
    squares = np.where(busy, (size - mean[:, None]) ** 2, 0.0).sum(axis=1) / np.maximum(months_busy - 1, 1)
    variation = squares / np.where(mean > 0, mean, 1.0) ** 2
    gaps = interval_now > INTERVAL_CUT
    pattern = np.where(
        gaps,
        np.where(variation > VARIATION_CUT, "lumpy", "intermittent"),
        np.where(variation > VARIATION_CUT, "erratic", "smooth"),
    )
    counted = seen & (column >= first[:, None])
    seasonal = gaps & (active >= 2.5 * season) & _gaps_are_season(busy, counted, season)
    negative = (np.nan_to_num(history) < 0).any(axis=1)
    pattern = np.where(seasonal | (negative & gaps), "erratic", pattern)
    ended = idle >= np.maximum(season, 4 * interval)
    pattern = np.where(ended, "ended", pattern)
    pattern = np.where(months_busy == 0, "silent", pattern)
    return Patterns(pattern=pattern, interval=interval_now, variation=variation)


def _gaps_are_season(busy: Flags, counted: Flags, season: int) -> Flags:
    """Whether the empty months recur in the same calendar months, (series,).

    `busy` (series, month) months with demand among those `counted` (series, month). Adjusted share of the variance of
    busy or not that the calendar month explains: zero by chance, one where every year is alike.
    """
    if season < 2:
        return np.zeros(len(busy), dtype=bool)
    explained = np.zeros(len(busy))
    count = np.maximum(counted.sum(axis=1), 1)
    mean = (busy & counted).sum(axis=1) / count
    for place in range(season):
        seen = counted[:, place::season].sum(axis=1)
        share = (busy & counted)[:, place::season].sum(axis=1) / np.maximum(seen, 1)
        explained += seen * (share - mean) ** 2
    share = explained / np.maximum(count * mean * (1 - mean), 1e-12)
    freedom = np.maximum(count - 1, 1)
    adjusted = 1 - (1 - share) * freedom / np.maximum(freedom - season + 1, 1)
    return np.asarray((adjusted >= SEASON_OF_GAPS) & (mean < 1))
