"""Exponential smoothing of many series at once over a grid of parameters.

Every member is the damped-trend recursion of Gardner and McKenzie (1985)

    e_t = x_t - (l_{t-1} + phi b_{t-1})
    l_t = l_{t-1} + phi b_{t-1} + alpha e_t
    b_t = phi b_{t-1} + alpha beta e_t

Simple smoothing is its case b = 0, and the Theta method of Assimakopoulos and Nikolopoulos (2000) is simple
smoothing with a constant drift of half the least-squares slope (Hyndman and Billah, 2003), so one loop over
time serves all.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

SIMPLE_GAINS = (0.03, 0.06, 0.1, 0.17, 0.25, 0.35, 0.5, 0.65, 0.8, 0.95)
TREND_GAINS = (0.05, 0.12, 0.25, 0.4, 0.6, 0.85)
TREND_SHARES = (0.02, 0.08, 0.2, 0.4)
DAMPINGS = (0.8, 0.9, 0.95, 0.98, 1.0)


@dataclass(frozen=True, kw_only=True)
class Grid:
    """Parameters of the members: `gain` alpha, `share` beta, `damping` phi, each (member,); `drift`: half the
    slope is kept.
    """

    gain: Floats
    share: Floats
    damping: Floats
    drift: npt.NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Smoothed:
    """What the recursion ends with: level and trend (series, member), mean squared one-step error (series,
    member).
    """

    level: Floats
    trend: Floats
    squared_error: Floats


def simple_grid() -> Grid:
    """Simple smoothing: one member per gain, no trend."""
    gain = np.array(SIMPLE_GAINS)
    zero = np.zeros_like(gain)
    return Grid(gain=gain, share=zero, damping=np.ones_like(gain), drift=zero.astype(bool))


def theta_grid() -> Grid:
    """The Theta method: simple smoothing that drifts by half the least-squares slope."""
    simple = simple_grid()
    return Grid(gain=simple.gain, share=simple.share, damping=simple.damping, drift=np.ones(len(simple.gain), bool))


def trend_grid(dampings: tuple[float, ...] = DAMPINGS) -> Grid:
    """Damped and undamped linear trends: every gain with every share and every damping."""
    mesh = np.meshgrid(TREND_GAINS, TREND_SHARES, dampings, indexing="ij")
    gain, share, damping = (axis.ravel() for axis in mesh)
    return Grid(gain=gain, share=share, damping=damping, drift=np.zeros(len(gain), bool))


def joined(*grids: Grid) -> Grid:
    """Several grids as one, so that one pass over time serves them all."""
    return Grid(
        gain=np.concatenate([g.gain for g in grids]),
        share=np.concatenate([g.share for g in grids]),
        damping=np.concatenate([g.damping for g in grids]),
        drift=np.concatenate([g.drift for g in grids]),
    )


def least_squares_slope(*, values: Floats, start: Ints) -> Floats:
    """Slope per month of the straight line through each series, (series,); zero below three observations.

    `values` (series, month) from `start` (series,) on; what lies before the start is ignored.
    """
    months = np.arange(values.shape[1])
    seen = months[None, :] >= start[:, None]
    count = np.maximum(seen.sum(axis=1), 1)
    centre = (months * seen).sum(axis=1) / count
    time = np.where(seen, months[None, :] - centre[:, None], 0.0)
    spread = (time**2).sum(axis=1)
    slope = (time * np.where(seen, values, 0.0)).sum(axis=1) / np.maximum(spread, 1e-12)
    return np.where(count >= 3, slope, 0.0)


def smooth(*, values: Floats, start: Ints, slope: Floats, opening_trend: Floats, grid: Grid) -> Smoothed:
    """Run every member of the grid over every series.

    `values` (series, month) without blanks from `start` (series,) on, **longest series first** so that each
    step touches only the series that have begun; `slope` least-squares slope and `opening_trend` trend at the
    start, (series,). The level opens at the first observation's robust neighbourhood; the first steps count
    little in the error.
    """
    series, months = values.shape
    members = len(grid.gain)
    begun = np.searchsorted(start, np.arange(months), side="right")
    level = np.repeat(_opening_level(values, start, opening_trend)[:, None], members, axis=1)
    trended = grid.share > 0
    trend = np.where(trended, opening_trend[:, None], np.where(grid.drift, 0.5 * slope[:, None], 0.0))
    squared = np.zeros((series, members))
    steps = np.zeros(series)
    columns = np.ascontiguousarray(values.T)
    gain_share = grid.gain * grid.share
    for month in range(int(start.min()) if series else 0, months):
        n = begun[month]
        carried = trend[:n]
        carried *= grid.damping
        expected = level[:n]
        expected += carried
        error = columns[month, :n, None] - expected
        expected += grid.gain * error
        carried += gain_share * error
        error *= error
        squared[:n] += error
        steps[:n] += 1
    return Smoothed(level=level, trend=trend, squared_error=squared / np.maximum(steps, 1)[:, None])


def _opening_level(values: Floats, start: Ints, opening_trend: Floats) -> Floats:
    """The median of the first five observations, drawn back to just before the first of them, (series,)."""
    width = np.minimum(5, values.shape[1] - start)
    place = start[:, None] + np.minimum(np.arange(5)[None, :], width[:, None] - 1)
    first = np.take_along_axis(values, place, axis=1)
    return np.asarray(np.median(first, axis=1) - opening_trend * (width + 1) / 2)


def opening_trend(*, values: Floats, start: Ints, season: int) -> Floats:
    """Robust monthly change over the first two seasons of `values` (series, month) from `start` (series,) on,
    (series,): difference of two medians over their distance.
    """
    have = values.shape[1] - start
    half = np.clip(have // 2, 1, season)
    reach = np.arange(int(half.max()) if len(half) else 1)
    inside = reach[None, :] < half[:, None]
    last = values.shape[1] - 1

    def middle(first: Ints) -> Floats:
        place = np.minimum(first[:, None] + reach[None, :], last)
        return np.asarray(np.nanmedian(np.where(inside, np.take_along_axis(values, place, axis=1), np.nan), axis=1))

    change = (middle(start + half) - middle(start)) / half
    return np.where(have >= 4, change, 0.0)


def likelihood_weights(*, squared_error: Floats, steps: Floats) -> Floats:
    """Weights (series, member) proportional to the Gaussian likelihood, squared_error ** (-steps / 2).

    `squared_error` (series, member) mean one-step squared error over `steps` (series,) observations.
    """
    floor = 1e-6 * squared_error.max(axis=1, keepdims=True) + 1e-300
    log_ratio = np.log(np.maximum(squared_error, floor))
    log_ratio -= log_ratio.min(axis=1, keepdims=True)
    weight = np.exp(-0.5 * steps[:, None] * log_ratio)
    return np.asarray(weight / weight.sum(axis=1, keepdims=True))


def damped_steps(*, damping: Floats, horizon: int) -> Floats:
    """phi + phi^2 + ... + phi^h for each phi of `damping` (member,), (member, horizon): how far a trend carries."""
    powers = damping[:, None] ** np.arange(1, horizon + 1)[None, :]
    return np.cumsum(powers, axis=1)
