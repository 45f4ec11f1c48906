"""Windows: the company's own past seen from earlier months, forecast then and compared with what came.

A window is one series at one earlier origin. Only what was known at the origin enters the forecast; what came
after is its `actual`. The learned correction is trained on windows and the ranges are measured on them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sandop.demand.forecast.portfolio import Portfolio, portfolio_forecast
from sandop.demand.forecast.scale import typical_size

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Windows:
    """Forecasts from one earlier origin: `offset` months before the end of history.

    `rows` (window,) places of the series; `past` (window, month) their history up to the origin; `portfolio` their
    forecasts; `actual` (window, horizon) what came, NaN beyond the end of history; `unit` (window,) size of
    the series.
    """

    offset: int
    rows: Ints
    past: Floats
    portfolio: Portfolio
    actual: Floats
    unit: Floats


def origins(*, series: int, months: int, horizon: int, season: int, least: int, most_windows: int) -> list[int]:
    """How many months before the end of history to stand, nearest first.

    Few series look from every month or two, many from every half year. The offset of one whole horizon is
    always among them where history reaches: it judges every horizon, and what lies before it can be trained on
    without peeking.
    """
    longest = months - least
    if longest < 1:
        return []
    step = int(np.clip(-(-series * longest // most_windows), 1, max(1, season // 2)))
    chosen = {offset for offset in range(step, longest + 1, step) if offset <= 6 * max(season, horizon)}
    if longest >= horizon:
        chosen.add(horizon)
    return sorted(chosen)


def windows_at(
    *, history: Floats, offset: int, horizon: int, season: int, least: int, most: int, seed: int
) -> Windows | None:
    """Windows of every series that had `least` observations at the origin, at most `most` of them drawn by `seed`.

    `history` (series, month) in units, NaN before a series begins only. None where no series is old enough.
    """
    months = history.shape[1]
    origin = months - offset
    if origin < 1:
        return None
    past = history[:, :origin]
    rows = np.flatnonzero(
        ((~np.isnan(past)).sum(axis=1) >= least) & (np.nanmax(np.abs(np.nan_to_num(past)), axis=1) > 0)
    )
    if not len(rows):
        return None
    if len(rows) > most:
        rows = np.sort(np.random.default_rng([seed, offset]).choice(rows, most, replace=False))
    actual = np.full((len(rows), horizon), np.nan)
    ahead = history[rows, origin : origin + horizon]
    actual[:, : ahead.shape[1]] = ahead
    past = past[rows]
    return Windows(
        offset=offset,
        rows=rows,
        past=past,
        portfolio=portfolio_forecast(history=past, horizon=horizon, season=season),
        actual=actual,
        unit=typical_size(history=past, season=season),
    )
