"""What is mended before a series is fitted: blanks inside, stock-out months, single months far out of line.

Each series is taken apart into trend and season on its own additive scale, leaving out what is unknown or not to be
believed; the mended cell is trend plus season. A month that was out of stock showed at least what it sold, so it is
never mended downwards. Three months in a row out of line are a shift of level, and a calendar month out of line in
two years is a season: both are left as they are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sandop.demand.forecast.scale import Scale
from sandop.demand.forecast.seasonal import centred_average, row_median, seasonal_indices

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

# Robust deviations beyond which a single month is out of line, and the least share by which it must differ.
OUT_OF_LINE = 8.0
LEAST_DEPARTURE = 0.25
# The last months may be the beginning of something: they must be twice as far out of line.
LAST_MONTHS = 2


@dataclass(frozen=True, kw_only=True)
class Cleansed:
    """`history` (series, month) mended, NaN only before a series begins; `blank`, `censored`, `outlier`
    (series, month) say which cells were mended and why."""

    history: Floats
    blank: Flags
    censored: Flags
    outlier: Flags


def cleanse(*, history: Floats, season: int, censored: Flags | None = None, judge: Flags | None = None) -> Cleansed:
    """Mend blanks, stock-out months and outliers.

    `history` (series, month) in units, NaN before a series begins and where nobody knows; `censored` (series,
    month) True where demand was not fully seen; `judge` (series,) which series are searched for outliers
    (default all). A series without any observation stays blank. The formula of an outlier, on the additive scale:
    |z - trend - season| > 8 x 1.4826 x median |z - trend - season|.
    """
    known = ~np.isnan(history)
    begun = np.cumsum(known, axis=1) > 0
    hidden = np.zeros_like(known) if censored is None else censored & known
    # Where nothing but stock-out months was seen, their sales are all there is to believe.
    hidden &= (known & ~hidden).any(axis=1, keepdims=True)
    blank = begun & ~known
    seen = np.where(hidden, np.nan, history)
    filled = history
    if blank.any() or hidden.any():
        plain = _expected(seen, begun, season)[0]
        plain = np.where(np.fmin.reduce(history, axis=1)[:, None] < 0, plain, np.maximum(plain, 0.0))
        filled = np.where(blank, plain, np.where(hidden, np.fmax(plain, history), history))
    outlier = np.zeros_like(known)
    rows = np.arange(len(history)) if judge is None else np.flatnonzero(judge)
    if len(rows) and history.shape[1] > 8:
        expected, away = _expected(filled[rows], begun[rows], season)
        flags = _out_of_line(away, begun[rows], season)
        outlier[rows] = flags & ~blank[rows] & ~hidden[rows]
        filled = filled.copy()
        filled[rows] = np.where(outlier[rows], expected, filled[rows])
    return Cleansed(history=np.where(begun, filled, np.nan), blank=blank, censored=hidden, outlier=outlier)


def _expected(history: Floats, begun: Flags, season: int) -> tuple[Floats, Floats]:
    """Trend plus season of every cell in the series' unit, and the departure from it on the additive scale."""
    known_rows = (~np.isnan(history)).any(axis=1, keepdims=True)
    safe = np.where(known_rows, history, 0.0)
    scale = Scale.of(history=safe, season=season)
    bent = scale.bent(safe / scale.unit[:, None])
    whole = _interpolated(bent, begun)
    column = np.arange(history.shape[1])
    index = np.zeros((len(history), max(season, 1)))
    if season > 1 and history.shape[1] > season:
        ratio = whole - centred_average(values=whole, season=season)
        index = seasonal_indices(ratio=ratio, season=season, memory=0.85, limit=4.0).index
    pattern = index[:, column % max(season, 1)]
    adjusted = _interpolated(bent - pattern, begun)
    trend = _running_median(adjusted, width=min(7, history.shape[1]))
    expected = trend + pattern
    away = np.where(np.isnan(bent), np.nan, bent - expected)
    line = np.where(np.isnan(bent), adjusted, trend) + pattern
    back = scale.cells(np.where(scale.multiplicative[:, None], np.minimum(line, 50.0), line)) * scale.unit[:, None]
    return back, away


def _running_median(values: Floats, *, width: int) -> Floats:
    """Median of `width` months around each month, narrower at the ends and blank-aware, (series, month)."""
    half = width // 2
    padded = np.pad(values, ((0, 0), (half, half)), constant_values=np.nan)
    views = np.lib.stride_tricks.sliding_window_view(padded, 2 * half + 1, axis=1)
    return np.concatenate([row_median(views[first : first + 512], axis=2) for first in range(0, len(values), 512)])


def _interpolated(values: Floats, begun: Flags) -> Floats:
    """Blanks after the beginning filled along straight lines; after the last observation its value, (series,
    month).
    """
    known = ~np.isnan(values)
    months = values.shape[1]
    column = np.arange(months)
    before = np.maximum.accumulate(np.where(known, column, -1), axis=1)
    after = np.minimum.accumulate(np.where(known, column, months)[:, ::-1], axis=1)[:, ::-1]
    rows = np.arange(len(values))[:, None]
    early = values[rows, np.maximum(before, 0)]
    late = values[rows, np.minimum(after, months - 1)]
    early, late = np.where(before < 0, late, early), np.where(after >= months, early, late)
    share = np.where((before >= 0) & (after < months), (column - before) / np.maximum(after - before, 1), 0.0)
    line = early + share * (late - early)
    return np.where(begun, np.where(known, values, line), np.nan)


def _out_of_line(away: Floats, begun: Flags, season: int) -> Flags:
    """Single months that are neither a shift of level nor a season, (series, month)."""
    months = away.shape[1]
    typical = row_median(np.abs(away), axis=1) * 1.4826
    far = np.abs(away) / np.maximum(typical, 1e-9)[:, None]
    bound = np.full(months, OUT_OF_LINE)
    bound[-LAST_MONTHS:] *= 2
    flags = begun & (np.nan_to_num(far) > bound) & (np.nan_to_num(np.abs(away)) > LEAST_DEPARTURE)
    flags &= (begun.sum(axis=1) >= 12)[:, None]
    flags &= ~_in_a_row(flags, 3)
    if season > 1:
        for place in range(season):
            again = flags[:, place::season].sum(axis=1) > 1
            flags[:, place::season] &= ~again[:, None]
    # A series with many such months is wild, not soiled.
    few = flags.sum(axis=1, keepdims=True) <= np.maximum(1, begun.sum(axis=1, keepdims=True) // 12)
    return np.asarray(flags & few)


def _in_a_row(flags: Flags, count: int) -> Flags:
    """Cells that belong to a run of at least `count` flags."""
    months = flags.shape[1]
    if months < count:
        return np.zeros_like(flags)
    runs = np.lib.stride_tricks.sliding_window_view(flags, count, axis=1).all(axis=2)
    out = np.zeros_like(flags)
    for shift in range(count):
        out[:, shift : shift + runs.shape[1]] |= runs
    return out
