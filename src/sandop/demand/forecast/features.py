"""What the learned correction looks at: about fifty numbers by series and horizon, all free of the series' unit."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sandop.demand.forecast.portfolio import MEMBERS, Portfolio
from sandop.demand.forecast.scale import mean_seen

Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]

LAGS = 12
YEARS = 3
LIMIT = 8.0  # sizes beyond this are the same to the trees; infinities must not arise


def names() -> list[str]:
    """Names of the features, in the order of the last axis of `features`."""
    flat = [
        "season_strength", "trend_strength", "slope", "gain", "residual", "naive_error", "seen", "level",
        "recent_3", "recent_6", "recent_12", "growth", "noise_ratio", "skew", "zeros",
    ]  # fmt: skip
    moving = ["horizon", "mean", "spread", "season_factor", *(f"less_{name}" for name in MEMBERS)]
    same = [f"same_month_{year}" for year in range(1, YEARS + 1)]
    return [*moving, *same, *flat, *(f"lag_{lag}" for lag in range(1, LAGS + 1))]


def features(*, past: Floats, portfolio: Portfolio, unit: Floats, season: int) -> Singles:
    """Features of every series and horizon, (series, horizon, feature) float32.

    `past` (series, month) history up to the origin; `unit` (series,) positive size that makes all of them free
    of unit.
    """
    series, horizon = portfolio.mean.shape
    size = unit[:, None]
    mean = portfolio.mean / size
    season_factor = np.take_along_axis(
        portfolio.season_ahead, np.tile(np.arange(horizon) % portfolio.season_ahead.shape[1], (series, 1)), axis=1
    )
    season_factor = np.where(portfolio.multiplicative[:, None], season_factor, 1 + season_factor)
    moving = [np.tile(np.arange(1.0, horizon + 1), (series, 1)), mean, portfolio.spread / size, season_factor]
    members = portfolio.members / size[:, :, None] - mean[:, None, :]
    same = _same_month(past, horizon, season) / size[:, :, None] - mean[:, None, :]
    flat = _flat(past, portfolio, unit, season)
    out = np.empty((series, horizon, len(names())), dtype=np.float32)
    out[:, :, : len(moving)] = np.stack(moving, axis=2)
    width = len(moving)
    for block in (members, same):
        out[:, :, width : width + block.shape[1]] = np.clip(block, -LIMIT, LIMIT).transpose(0, 2, 1)
        width += block.shape[1]
    out[:, :, width:] = np.clip(flat, -LIMIT * 10, LIMIT * 10)[:, None, :]
    return out


def _same_month(past: Floats, horizon: int, season: int) -> Floats:
    """What the month ahead was one, two and three seasons before, (series, YEARS, horizon); NaN where not seen."""
    series, months = past.shape
    period = max(season, 1)
    out = np.full((series, YEARS, horizon), np.nan)
    for ahead in range(horizon):
        first = months + ahead % period - period
        for year in range(YEARS):
            place = first - year * period
            if place >= 0:
                out[:, year, ahead] = past[:, place]
    return out


def _flat(past: Floats, portfolio: Portfolio, unit: Floats, season: int) -> Floats:
    """Features that hold for all horizons, (series, feature)."""
    scaled = past / unit[:, None]
    year = max(season, 6)
    seen = (~np.isnan(past)).sum(axis=1)

    def recent(count: int) -> Floats:
        return mean_seen(scaled[:, -count:])

    before = mean_seen(scaled[:, -2 * year : -year]) if scaled.shape[1] > year else recent(year)
    middle = recent(2 * year)
    away = np.nan_to_num(scaled[:, -2 * year :] - middle[:, None])
    spread = np.sqrt((away**2).mean(axis=1)) + 1e-9
    columns = [
        portfolio.season_strength, portfolio.trend_strength, portfolio.slope / unit, portfolio.gain,
        portfolio.residual / unit, portfolio.naive_error / unit, np.log(seen), portfolio.level / unit,
        recent(max(1, year // 4)), recent(year // 2), recent(year), recent(year) - before,
        portfolio.residual / (portfolio.naive_error + 1e-3 * unit), (away**3).mean(axis=1) / spread**3,
        (np.abs(scaled[:, -2 * year :]) < 1e-9).mean(axis=1),
    ]  # fmt: skip
    lags = np.full((len(past), LAGS), np.nan)
    have = min(LAGS, past.shape[1])
    lags[:, :have] = scaled[:, ::-1][:, :have] - (portfolio.level / unit)[:, None]
    return np.column_stack([*columns, lags])
