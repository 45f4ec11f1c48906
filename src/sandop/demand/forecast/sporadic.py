"""The forecast of series with empty months: a level, and the range their own demands draw around it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sandop.demand.forecast.intermittent import intermittent_levels
from sandop.demand.forecast.ranges import HIGH, LOW, Scatter, measured_scatter
from sandop.demand.forecast.scale import mean_seen

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

# Observations a usual part's variance counts for: without them a part with one demand would seem certain.
DOUBT_MONTHS = 3.0
LARGEST_STRETCH = 4.0


@dataclass(frozen=True, kw_only=True)
class SporadicForecast:
    """`point`, `p10`, `p50`, `p90` (series, horizon) units; `size` (series, horizon) standard deviation of a
    month's demand; `scatter` of sums of months against it; `members` (series, method) levels."""

    point: Floats
    p10: Floats
    p50: Floats
    p90: Floats
    size: Floats
    scatter: Scatter
    members: Floats


def sporadic_forecast(*, history: Floats, interval: Floats, horizon: int, season: int) -> SporadicForecast:
    """Forecast intermittent series by the mean of their methods.

    `history` (series, month) in units, NaN before the first demand; `interval` (series,) mean months between
    demands. The
    point is the mean per month; p50 is the median month, which is nothing for most spare parts. The range is that
    of the months of the last three seasons, demands coming more or less often as the level has moved: no
    distribution is assumed, and lots keep their size.
    """
    members = intermittent_levels(history=history, interval=interval)
    level = members.mean(axis=1)
    near = history[:, -3 * max(season, 6) :]
    mean = mean_seen(near)
    stretch = np.clip(np.where(mean > 0, level / np.where(mean > 0, mean, 1.0), 1.0), 0.0, LARGEST_STRETCH)
    low, middle, high = (demand_exceeded(near=near, chance=1 - q, stretch=stretch) for q in (LOW, 0.5, HIGH))
    size = monthly_deviation(near=near, level=level)
    flat = np.ones((1, horizon))
    errors, sizes = _past_errors(history, interval, horizon, season)
    return SporadicForecast(
        point=level[:, None] * flat,
        p10=np.minimum(low, level)[:, None] * flat,
        p50=middle[:, None] * flat,
        p90=np.maximum(high, level)[:, None] * flat,
        size=size[:, None] * flat,
        scatter=measured_scatter(errors=errors, sizes=sizes, horizon=horizon),
        members=members,
    )


def demand_exceeded(*, near: Floats, chance: float, stretch: Floats) -> Floats:
    """The demand of a month that is exceeded with this chance, (series,), in units.

    `near` (series, month) recent history; `stretch` (series,) how many times as often demands come now:
    P(demand > x) = stretch x share of months above x.
    """
    ordered = np.sort(near, axis=1)
    seen = (~np.isnan(near)).sum(axis=1)
    level = 1 - np.minimum(chance / np.maximum(stretch, 1e-9), 1.0)
    place = np.clip(np.ceil(level * seen - 1e-9).astype(int) - 1, 0, np.maximum(seen - 1, 0))
    found = np.take_along_axis(ordered, place[:, None], axis=1)[:, 0]
    return np.where((level > 0) & (seen > 0), np.nan_to_num(found), 0.0)


def monthly_deviation(*, near: Floats, level: Floats) -> Floats:
    """Standard deviation of a month's demand, (series,): of the recent months, leaning on Poisson lots of the
    usual size.

    `near` (series, month) recent history; `level` (series,) forecast mean per month.
    """
    seen = (~np.isnan(near)).sum(axis=1)
    busy = np.nan_to_num(near) > 0
    lot = np.where(busy, np.nan_to_num(near), 0).sum(axis=1) / np.maximum(busy.sum(axis=1), 1)
    own = mean_seen((near - mean_seen(near)[:, None]) ** 2)
    # Poisson arrivals of lots: variance = mean x lot.
    usual = np.maximum(level, lot / np.maximum(seen, 1)) * np.maximum(lot, 1e-9)
    return np.asarray(np.sqrt((seen * own + DOUBT_MONTHS * usual) / (seen + DOUBT_MONTHS)))


def _past_errors(history: Floats, interval: Floats, horizon: int, season: int) -> tuple[list[Floats], list[Floats]]:
    """Errors and error sizes at earlier origins that had two seasons to learn from."""
    months = history.shape[1]
    errors, sizes = [], []
    for offset in range(max(horizon // 3, 1), 2 * horizon + 1, max(horizon // 3, 1)):
        past = history[:, : max(months - offset, 0)]
        rows = np.flatnonzero((~np.isnan(past)).sum(axis=1) >= 2 * season) if past.shape[1] else np.array([], int)
        if not len(rows):
            break
        level = intermittent_levels(history=past[rows], interval=interval[rows]).mean(axis=1)
        actual = np.full((len(rows), horizon), np.nan)
        came = history[rows, months - offset : months - offset + horizon]
        actual[:, : came.shape[1]] = came
        size = monthly_deviation(near=past[rows][:, -3 * max(season, 6) :], level=level)
        errors.append(actual - level[:, None])
        sizes.append(np.repeat(np.maximum(size, 1e-9)[:, None], horizon, axis=1))
    return errors, sizes
