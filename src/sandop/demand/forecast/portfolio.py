"""The portfolio: several simple, different forecasts of every series, and their weighted mean.

Members: simple smoothing, Theta and damped and undamped trends, each on two seasonal adjustments, and the
seasonal naive with part of last year's growth. A mean of simple forecasts that err differently beats the best
of them (Bates and Granger, 1969; Makridakis et al., 2020); nothing is selected, so nothing is selected wrongly.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from sandop.demand.forecast.scale import Scale, seasonal_naive_error
from sandop.demand.forecast.seasonal import Season, two_seasons
from sandop.demand.forecast.smoothing import (
    Grid,
    Smoothed,
    damped_steps,
    joined,
    least_squares_slope,
    likelihood_weights,
    opening_trend,
    simple_grid,
    smooth,
    theta_grid,
    trend_grid,
)

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

# Member → its weight in the mean. Theta and the naive weigh more: they err least like the others.
WEIGHTS = {
    "simple": 1.0,
    "theta": 1.5,
    "damped_best": 1.0,
    "damped_mean": 1.0,
    "holt_mean": 1.0,
}
VARIANTS = ("level", "recent")
NAIVE_WEIGHT = 1.5
MEMBERS = (*(f"{name}_{variant}" for variant in VARIANTS for name in WEIGHTS), "seasonal_naive")
"""Names of the members, in the order of the first axis of `Portfolio.members`."""
MEMBER_WEIGHTS = np.array([*WEIGHTS.values(), *WEIGHTS.values(), NAIVE_WEIGHT])
MEMBER_WEIGHTS /= MEMBER_WEIGHTS.sum()


@dataclass(frozen=True, kw_only=True)
class Portfolio:
    """Forecasts of every member and what was learned on the way.

    members          (series, member, horizon), in the series' own unit
    mean             weighted mean of the members, (series, horizon)
    spread           standard deviation between the members, (series, horizon)
    season_strength  (series,) 0..1: share of the seasonal pattern that is signal
    trend_strength   (series,) 0..1: R² of the straight line through the season-free series
    slope            (series,) least-squares change per month
    level            (series,) smoothed season-free level at the end of history
    gain             (series,) average smoothing parameter, 0..1: high = the level wanders
    residual         (series,) root mean squared one-step error of the best member
    naive_error      (series,) mean absolute seasonal-naive error in history
    season_ahead     (series, season) factors (multiplicative) or additions of the months that follow
    multiplicative   (series,) whether the season is a factor
    """

    members: Floats
    mean: Floats
    spread: Floats
    season_strength: Floats
    trend_strength: Floats
    slope: Floats
    level: Floats
    gain: Floats
    residual: Floats
    naive_error: Floats
    season_ahead: Floats
    multiplicative: Flags

    def part(self, rows: slice) -> Portfolio:
        """The same of some series."""
        return Portfolio(**{field.name: getattr(self, field.name)[rows] for field in fields(self)})


def portfolio_forecast(*, history: Floats, horizon: int, season: int = 12, chunk: int = 512) -> Portfolio:
    """Forecast every series by every member of the portfolio.

    `history` (series, month) in units, NaN before a series begins and nowhere else; each series has at least one
    observation and goes on to the last column. Series of like length are worked together, `chunk` at a time,
    to bound memory and to stay in the processor's cache. Raises ValueError for a blank inside or a series
    without observation.
    """
    start = first_seen(history)
    order = np.argsort(start, kind="stable")
    parts = [
        _chunk_forecast(history=history[rows][:, start[rows[0]] :], horizon=horizon, season=season)
        for rows in np.split(order, range(chunk, len(history), chunk))
    ]
    back = np.argsort(order, kind="stable")
    return Portfolio(
        **{
            field.name: np.concatenate([getattr(part, field.name) for part in parts])[back]
            for field in fields(Portfolio)
        }
    )


def first_seen(history: Floats) -> Ints:
    """Column of the first observation of each series of `history` (series, month), (series,). Raises ValueError where
    a blank follows it."""
    known = ~np.isnan(history)
    start = np.argmax(known, axis=1)
    if not np.array_equal(known.sum(axis=1), history.shape[1] - start) or not known[:, -1:].all():
        raise ValueError("history holds a blank after the first observation, or a series without any")
    return np.asarray(start, dtype=np.int64)


@dataclass(frozen=True, kw_only=True)
class _Fit:
    """One seasonal variant of a chunk, fitted."""

    run: Smoothed
    grid: Grid
    scale: Scale
    slope: Floats
    lowest: Floats
    highest: Floats
    ahead: Floats
    steps: Floats

    def seasonal(self, flat: Floats) -> Floats:
        """Season-free forecasts held inside what history makes believable, with their season."""
        return self.scale.within(np.clip(flat, self.lowest, self.highest), self.ahead)

    def weights(self, columns: Ints) -> Floats:
        return likelihood_weights(squared_error=self.run.squared_error[:, columns], steps=self.steps)


def _chunk_forecast(*, history: Floats, horizon: int, season: int) -> Portfolio:
    start = first_seen(history)
    scale = Scale.of(history=history, season=season)
    scaled = history / scale.unit[:, None]
    seasons = two_seasons(values=scale.bent(scaled), season=season)
    fits = [_fit(scaled=scaled, start=start, scale=scale, season=s, horizon=horizon) for s in seasons]
    members = [member for fit in fits for member in _fit_members(fit, horizon)]
    members.append(growing_naive(scaled=scaled, horizon=horizon, season=season))
    stack = np.stack(members, axis=1)
    mean = np.einsum("m,smh->sh", MEMBER_WEIGHTS, stack)
    unit = scale.unit
    last = fits[-1]
    simple = np.flatnonzero(_kind(last.grid, "simple"))
    weights = last.weights(simple)
    naive_error = seasonal_naive_error(history=scaled, season=season)
    return Portfolio(
        members=stack * unit[:, None, None],
        mean=mean * unit[:, None],
        spread=stack.std(axis=1) * unit[:, None],
        season_strength=np.maximum(seasons[0].strength, seasons[1].strength),
        trend_strength=_straightness(scaled, start, last, seasons[1]),
        slope=last.slope * unit,
        level=(weights * last.run.level[:, simple]).sum(axis=1) * unit,
        gain=weights @ last.grid.gain[simple],
        residual=np.sqrt(last.run.squared_error.min(axis=1)) * unit,
        naive_error=naive_error * unit,
        season_ahead=scale.cells(_turned(seasons[1].index, scaled.shape[1], season, season)),
        multiplicative=scale.multiplicative,
    )


def _turned(index: Floats, months: int, count: int, season: int) -> Floats:
    """Indices of the `count` months that follow column `months` - 1."""
    return index[:, (months + np.arange(count)) % max(season, 1)]


def _kind(grid: Grid, name: str) -> Flags:
    """Which members of the joined grid are of one kind."""
    trended = grid.share > 0
    kinds = {
        "simple": ~trended & ~grid.drift,
        "theta": grid.drift,
        "damped": trended & (grid.damping < 1),
        "holt": trended & (grid.damping == 1),
    }
    return np.asarray(kinds[name])


def _fit(*, scaled: Floats, start: Ints, scale: Scale, season: Season, horizon: int) -> _Fit:
    months = scaled.shape[1]
    places = season.index.shape[1]
    past = scale.cells(season.index[:, np.arange(months) % places])
    ahead = scale.cells(_turned(season.index, months, horizon, places))
    free = np.nan_to_num(scale.without(scaled, past))
    slope = least_squares_slope(values=free, start=start)
    grid = joined(simple_grid(), theta_grid(), trend_grid())
    opening = opening_trend(values=free, start=start, season=places)
    run = smooth(values=free, start=start, slope=slope, opening_trend=opening, grid=grid)
    seen = np.where(np.arange(months)[None, :] >= start[:, None], free, np.nan)
    lowest, highest = believable_bounds(free=seen, horizon=horizon, season=places)
    return _Fit(
        run=run,
        grid=grid,
        scale=scale,
        slope=slope,
        lowest=lowest,
        highest=highest,
        ahead=ahead,
        steps=np.asarray(months - start, dtype=np.float64),
    )


def believable_bounds(*, free: Floats, horizon: int, season: int) -> tuple[Floats, Floats]:
    """How low and how high a season-free forecast may go, each (series, horizon).

    Highest = largest value of the last three seasons + the range of the last two, once per two seasons ahead;
    lowest alike. A trend fitted to a few points or to a spare part's one large order cannot explode.
    `free` (series, month) season-free history, NaN before it begins.
    """
    width = max(season, 6)
    recent, near = free[:, -3 * width :], free[:, -2 * width :]
    reach = np.fmax.reduce(near, axis=1) - np.fmin.reduce(near, axis=1)
    times = np.maximum(1.0, np.arange(1, horizon + 1) / (2 * width))
    room = reach[:, None] * times[None, :]
    return np.fmin.reduce(recent, axis=1)[:, None] - room, np.fmax.reduce(recent, axis=1)[:, None] + room


def _fit_members(fit: _Fit, horizon: int) -> list[Floats]:
    """The forecasts of one seasonal variant in the order of WEIGHTS, each (series, horizon), scaled."""
    run, grid = fit.run, fit.grid
    flat = np.ones((1, horizon))
    ramp = np.arange(1, horizon + 1)[None, :]
    simple, theta = np.flatnonzero(_kind(grid, "simple")), np.flatnonzero(_kind(grid, "theta"))
    level = (fit.weights(simple) * run.level[:, simple]).sum(axis=1)[:, None]
    drifting = (fit.weights(theta) * run.level[:, theta]).sum(axis=1)[:, None]
    damped, holt = np.flatnonzero(_kind(grid, "damped")), np.flatnonzero(_kind(grid, "holt"))
    return [
        fit.seasonal(level * flat),
        fit.seasonal(drifting + 0.5 * fit.slope[:, None] * ramp),
        fit.seasonal(_best(fit, damped, horizon)),
        fit.seasonal(_averaged(fit, damped, horizon)),
        fit.seasonal(_averaged(fit, holt, horizon)),
    ]


def _best(fit: _Fit, columns: Ints, horizon: int) -> Floats:
    """The member with the least squared error."""
    reach = damped_steps(damping=fit.grid.damping[columns], horizon=horizon)
    best = np.argmin(fit.run.squared_error[:, columns], axis=1)
    rows = np.arange(len(best))
    level, trend = fit.run.level[:, columns][rows, best], fit.run.trend[:, columns][rows, best]
    return np.asarray(level[:, None] + trend[:, None] * reach[best])


def _averaged(fit: _Fit, columns: Ints, horizon: int) -> Floats:
    """All members, weighed by their likelihood."""
    reach = damped_steps(damping=fit.grid.damping[columns], horizon=horizon)
    weights = fit.weights(columns)
    level = (weights * fit.run.level[:, columns]).sum(axis=1)
    return np.asarray(level[:, None] + (weights * fit.run.trend[:, columns]) @ reach)


def _straightness(scaled: Floats, start: Ints, fit: _Fit, season: Season) -> Floats:
    """R² of the straight line through the season-free series, (series,)."""
    months = scaled.shape[1]
    past = fit.scale.cells(season.index[:, np.arange(months) % season.index.shape[1]])
    free = fit.scale.without(scaled, past)
    have = months - start
    variance = np.nanmean((free - np.nanmean(free, axis=1, keepdims=True)) ** 2, axis=1)
    explained = fit.slope**2 * (have**2 - 1) / 12
    return np.asarray(np.clip(explained / np.maximum(variance, 1e-12), 0.0, 1.0) * (have > 2))


def growing_naive(*, scaled: Floats, horizon: int, season: int) -> Floats:
    """Last season again, grown by half of last season's growth, damped by .8 a year, (series, horizon).

    `scaled` (series, month), NaN before a series begins. Series shorter than a season repeat the mean of their last
    three observations.
    """
    series, months = scaled.shape
    recent = scaled[:, -3:]
    flat = np.nanmean(recent, axis=1)
    if months < season:
        return np.repeat(flat[:, None], horizon, axis=1)
    last = scaled[:, -season:]
    last = np.where(np.isnan(last).any(axis=1, keepdims=True), flat[:, None], last)
    now = last.mean(axis=1)
    before = scaled[:, -2 * season : -season].mean(axis=1) if months >= 2 * season else np.full(series, np.nan)
    growth = np.clip(np.nan_to_num(now - before), -0.5 * np.abs(now), 0.5 * np.abs(now))
    seasons_ahead = 1 + np.arange(horizon) // season
    carry = 0.5 * np.cumsum(0.8 ** np.arange(seasons_ahead.max()))[seasons_ahead - 1]
    base = last[:, np.arange(horizon) % season]
    grows = now > 1e-9
    rate = np.where(grows, growth / np.where(grows, now, 1.0), 0.0)
    return np.asarray(base * (1 + carry[None, :] * rate[:, None]))
