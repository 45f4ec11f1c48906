"""Seasonal indices of many series at once, shrunk by how much of them is signal.

The decomposition is additive on a scale chosen by series: logarithms where the series is positive (multiplicative
season), scaled units where it is not. Two variants are kept because they err differently:

- *level*: years weigh nearly the same;
- *recent*: later years weigh much more, for seasons that change.

Both are second passes: the trend is the centred average of the series adjusted by a first pass, carried to
both ends.

Index of month m: s_m = k x mean over years of (z - trend), k = max(0, 1 - noise / (years x variance of the
means)), the James-Stein factor: a season that could be noise is shrunk to none (Miller and Williams, 2003).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Season:
    """`index` (series, season) by calendar place (column modulo season), `strength` (series,) 0..1 share kept."""

    index: Floats
    strength: Floats


def centred_average(*, values: Floats, season: int) -> Floats:
    """Centred moving average of one season of `values` (series, month), in the same shape; NaN where a full season is
    not seen on both sides."""
    series, months = values.shape
    trend = np.full((series, months), np.nan)
    half = season // 2
    if months < season + 1 - season % 2:
        return trend
    total = np.cumsum(np.concatenate([np.zeros((series, 1)), np.nan_to_num(values)], axis=1), axis=1)
    gone = np.cumsum(np.concatenate([np.zeros((series, 1)), np.isnan(values)], axis=1), axis=1)
    if season % 2:
        span = total[:, season:] - total[:, :-season]
        blank = gone[:, season:] - gone[:, :-season]
        trend[:, half : months - half] = np.where(blank == 0, span / season, np.nan)
        return trend
    span = total[:, season:] - total[:, :-season]
    blank = gone[:, season + 1 :] - gone[:, : -season - 1]
    trend[:, half : months - half] = np.where(blank == 0, (span[:, 1:] + span[:, :-1]) / (2 * season), np.nan)
    return trend


def extended(*, trend: Floats, values: Floats, season: int) -> Floats:
    """The trend of `values` (series, month) carried on to both ends of the series, in the same shape.

    Beyond the centred average the trend goes on from its nearest value with half of the slope seen over the
    last season.
    """
    series, months = trend.shape
    place = np.where(np.isnan(trend), -1, np.arange(months)[None, :])
    last = place.max(axis=1)
    known = last >= 0
    first = np.where(known, np.argmax(~np.isnan(trend), axis=1), 0)
    rows = np.arange(series)
    column = np.arange(months)[None, :]
    reach = np.clip(np.minimum(season, last - first), 1, None)
    end_value, begin_value = trend[rows, np.maximum(last, 0)], trend[rows, first]
    end_slope = (end_value - trend[rows, np.maximum(last - reach, 0)]) / reach
    begin_slope = (trend[rows, np.minimum(first + reach, months - 1)] - begin_value) / reach
    after = end_value[:, None] + 0.5 * np.nan_to_num(end_slope)[:, None] * (column - last[:, None])
    before = begin_value[:, None] + 0.5 * np.nan_to_num(begin_slope)[:, None] * (column - first[:, None])
    filled = np.where(column > last[:, None], after, np.where(column < first[:, None], before, trend))
    return np.where(known[:, None] & ~np.isnan(values), filled, np.nan)


def seasonal_indices(*, ratio: Floats, season: int, memory: float = 1.0, limit: float = 2.5) -> Season:
    """Shrunken indices from detrended values `ratio` (series, month), NaN where unknown.

    `memory` is the weight of a year against the year after it; departures beyond `limit` robust deviations from the
    month's own median are pulled in, so one strike or one promotion makes no season.
    """
    series, months = ratio.shape
    years = -(-months // season)
    padded = np.full((series, years * season), np.nan)
    padded[:, years * season - months :] = ratio
    cube = padded.reshape(series, years, season)
    cube = _pulled_in(cube, limit)
    seen = ~np.isnan(cube)
    weight = np.where(seen, memory ** np.arange(years - 1, -1, -1)[None, :, None], 0.0)
    total = weight.sum(axis=1)
    mean = np.where(total > 0, (weight * np.nan_to_num(cube)).sum(axis=1) / np.maximum(total, 1e-12), np.nan)
    # A season is a departure from the mean of the year, so it sums to zero over the places seen.
    mean = np.nan_to_num(mean - _row_mean(mean))
    years_seen = total**2 / np.maximum((weight**2).sum(axis=1), 1e-12)
    inside = np.where(seen, cube - _row_mean3(cube) - mean[:, None, :], 0.0)
    freedom = np.maximum(seen.sum(axis=(1, 2)) - (seen.any(axis=1)).sum(axis=1), 0)
    noise = (inside**2).sum(axis=(1, 2)) / np.maximum(freedom, 1)
    noise_of_mean = noise / np.maximum(years_seen.mean(axis=1), 1e-12)
    places = np.maximum(seen.any(axis=1).sum(axis=1) - 1, 1)
    between = (mean**2).sum(axis=1) / places
    keep = np.clip(1 - noise_of_mean / np.maximum(between, 1e-300), 0.0, 1.0)
    keep = np.where((freedom > 0) & (between > 1e-14), keep, 0.0)
    roll = (years * season - months) % season
    return Season(index=np.roll(mean * keep[:, None], -roll, axis=1), strength=keep)


def _pulled_in(cube: Floats, limit: float) -> Floats:
    """Detrended values by (series, year, place) with departures from the place's middle limited, robustly by series.

    The middle is the median; of two values it is the smaller one, for the larger may be an accident.
    """
    count = (~np.isnan(cube)).sum(axis=1, keepdims=True)
    smallest = np.take_along_axis(
        cube, np.argmin(np.nan_to_num(np.abs(cube), nan=np.inf), axis=1)[:, None, :], axis=1
    )
    middle = np.where(count == 2, smallest, row_median(cube, axis=1)[:, None, :])
    away = cube - middle
    typical = row_median(np.abs(away).reshape(len(cube), -1), axis=1) * 1.4826
    bound = limit * np.fmax(typical, 1e-12)[:, None, None]
    return np.where(count < 2, cube, middle + np.clip(away, -bound, bound))


def row_median(values: Floats, axis: int) -> Floats:
    """Median of `values` (any, shape) over what is known along one axis; NaN, without a warning, where nothing is.

    Sorting puts NaN last, so the middle is found from the count: many times faster than numpy's own for short axes.
    """
    ordered = np.sort(np.moveaxis(values, axis, -1), axis=-1)
    count = (~np.isnan(ordered)).sum(axis=-1, keepdims=True)
    upper = np.take_along_axis(ordered, np.minimum(count // 2, ordered.shape[-1] - 1), axis=-1)
    lower = np.take_along_axis(ordered, np.maximum(count - 1, 0) // 2, axis=-1)
    return np.asarray(0.5 * (lower + upper)[..., 0])


def _row_mean(values: Floats) -> Floats:
    seen = ~np.isnan(values)
    return np.asarray(np.nansum(values, axis=1) / np.maximum(seen.sum(axis=1), 1))[:, None]


def _row_mean3(cube: Floats) -> Floats:
    """Mean over all years and places, (series, 1, 1)."""
    seen = ~np.isnan(cube)
    return np.asarray(np.nansum(cube, axis=(1, 2)) / np.maximum(seen.sum(axis=(1, 2)), 1))[:, None, None]


# (weight of a year against the next, robust deviations at which a value is pulled in) of the two variants.
LEVEL, RECENT = (0.85, 4.0), (0.6, 4.0)


def two_seasons(*, values: Floats, season: int) -> tuple[Season, Season]:
    """The *level* and the *recent* variant of the season of `values` (series, month) on their additive scale."""
    series, months = values.shape
    if season < 2 or months < season + 1:
        none = Season(index=np.zeros((series, max(season, 1))), strength=np.zeros(series))
        return none, none
    trend = centred_average(values=values, season=season)
    first = seasonal_indices(ratio=values - trend, season=season)
    adjusted = values - first.index[:, np.arange(months) % season]
    smoother = extended(trend=centred_average(values=adjusted, season=season), values=values, season=season)
    ratio = values - smoother
    level, recent = (seasonal_indices(ratio=ratio, season=season, memory=m, limit=b) for m, b in (LEVEL, RECENT))
    return level, recent
