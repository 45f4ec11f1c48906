"""Demand with empty months: the mean demand per month, by several views of the same sparse history.

- SBA: Croston's (1972) smoothed size over smoothed interval, less the bias Syntetos and Boylan (2005) found:
  (1 - alpha / 2) size / interval, updated in months with demand only;
- TSB (Teunter, Syntetos and Babai, 2011): probability x size, the probability updated every month, so that a
  part that stops selling fades;
- IMAPA (Petropoulos and Kourentzes, 2015): simple smoothing of totals over 1, 2, 3, … months up to the mean
  interval, averaged; its last level alone is ADIDA.

Their mean is the forecast. It is judged by squared error and bias, for the absolute error would reward
forecasting zero.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

GAINS = np.array([0.05, 0.1, 0.15, 0.2])
MOST_MONTHS_TOGETHER = 12
MEMBERS = ("sba", "tsb", "imapa")


def intermittent_levels(*, history: Floats, interval: Floats) -> Floats:
    """Expected demand per month by each method, (series, method), in units; the methods are MEMBERS.

    `history` (series, month), NaN before the first demand; `interval` (series,) mean months between demands.
    """
    members = np.column_stack([_sba(history), _tsb(history), _imapa(history, interval)])
    # No forecast above what recent history ever showed over a season's mean.
    highest = np.maximum(np.fmax.reduce(_running_mean(history, 6), axis=1), 0.0)
    return np.clip(members, 0.0, highest[:, None])


def _running_mean(history: Floats, width: int) -> Floats:
    width = min(width, history.shape[1])
    views = np.lib.stride_tricks.sliding_window_view(np.nan_to_num(history), width, axis=1)
    return np.asarray(views.mean(axis=2))


def _first(history: Floats) -> tuple[Ints, Floats]:
    """Column of the first known month and the mean size of the first three demands, both (series,)."""
    known = ~np.isnan(history)
    start = np.argmax(known, axis=1)
    size = np.nan_to_num(history)
    early = (size > 0) & (np.cumsum(size > 0, axis=1) <= 3)
    return np.asarray(start, dtype=np.int64), (size * early).sum(axis=1) / np.maximum(early.sum(axis=1), 1)


def _least_error(level: Floats, squared: Floats) -> Floats:
    return np.asarray(level[np.arange(len(level)), np.argmin(squared, axis=1)])


def _sba(history: Floats) -> Floats:
    start, opening = _first(history)
    series, months = history.shape
    count = (np.nan_to_num(history) > 0).sum(axis=1)
    seen = (~np.isnan(history)).sum(axis=1)
    size = np.repeat(opening[:, None], len(GAINS), axis=1)
    gap = np.repeat((seen / np.maximum(count, 1))[:, None], len(GAINS), axis=1)
    squared = np.zeros_like(size)
    since = np.zeros(series)
    for month in range(months):
        live = month >= start
        now = np.nan_to_num(history[:, month])
        rate = (1 - GAINS / 2) * size / np.maximum(gap, 1.0)
        squared += np.where(live[:, None], (now[:, None] - rate) ** 2, 0.0)
        since += live
        sold = live & (now > 0)
        size = np.where(sold[:, None], size + GAINS * (now[:, None] - size), size)
        gap = np.where(sold[:, None], gap + GAINS * (since[:, None] - gap), gap)
        since = np.where(sold, 0.0, since)
    return _least_error((1 - GAINS / 2) * size / np.maximum(gap, 1.0), squared)


def _tsb(history: Floats) -> Floats:
    start, opening = _first(history)
    seen = (~np.isnan(history)).sum(axis=1)
    chance_then = (np.nan_to_num(history) > 0).sum(axis=1) / np.maximum(seen, 1)
    size = np.repeat(opening[:, None], len(GAINS), axis=1)
    chance = np.repeat(chance_then[:, None], len(GAINS), axis=1)
    squared = np.zeros_like(size)
    for month in range(history.shape[1]):
        live = (month >= start)[:, None]
        now = np.nan_to_num(history[:, month])[:, None]
        squared += np.where(live, (now - chance * size) ** 2, 0.0)
        sold = now > 0
        chance = np.where(live, chance + GAINS * (sold - chance), chance)
        size = np.where(live & sold, size + GAINS * (now - size), size)
    return _least_error(chance * size, squared)


def _imapa(history: Floats, interval: Floats) -> Floats:
    """Mean over the aggregation levels 1 .. mean interval of simple smoothing per month, (series,)."""
    top = np.clip(np.rint(np.where(np.isfinite(interval), interval, 1)), 1, MOST_MONTHS_TOGETHER).astype(int)
    total = np.zeros(len(history))
    for together in range(1, int(top.max()) + 1 if len(top) else 1):
        rows = np.flatnonzero(top >= together)
        total[rows] += _smoothed_totals(history[rows], together)
    return np.asarray(total / top)


def _smoothed_totals(history: Floats, together: int) -> Floats:
    """Simple smoothing of totals of `together` months counted back from the last, per month, (series,)."""
    series, months = history.shape
    blocks = max(1, months // together)
    together = min(together, months)
    totals = history[:, months - blocks * together :].reshape(series, blocks, together).sum(axis=2) / together
    known = ~np.isnan(totals)
    partial = np.asarray(np.nansum(history, axis=1) / np.maximum((~np.isnan(history)).sum(axis=1), 1))
    level = np.repeat(partial[:, None], len(GAINS), axis=1)
    squared = np.zeros_like(level)
    for block in range(blocks):
        error = np.where(known[:, block, None], np.nan_to_num(totals[:, block])[:, None] - level, 0.0)
        squared += error**2
        level = level + GAINS * error
    return _least_error(level, squared)
