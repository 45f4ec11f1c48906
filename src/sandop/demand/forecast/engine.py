"""The statistical forecast of all series at once: mended, fitted, corrected where it helps, with its range."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sandop.demand.forecast.learned import Learned, learn_correction, no_correction
from sandop.demand.forecast.portfolio import Portfolio, portfolio_forecast
from sandop.demand.forecast.prepare import Prepared, prepare, put_back
from sandop.demand.forecast.ranges import Scatter, error_size, measured_scatter, prior_scatter, summed_deviation
from sandop.demand.forecast.report import ForecastReport
from sandop.demand.forecast.scale import typical_size
from sandop.demand.forecast.settings import ForecastSettings
from sandop.demand.forecast.sporadic import SporadicForecast, sporadic_forecast
from sandop.demand.forecast.windows import Windows, origins, windows_at

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

# Ranges are measured no further back than this many seasons: older errors belong to another time.
RANGE_SEASONS = 3


@dataclass(frozen=True, kw_only=True)
class SeriesForecast:
    """The forecast of every series and month, in the series' own unit.

    point            expected demand, (series, horizon)
    p10, p50, p90    demand exceeded nine times in ten, every other time, once in ten, (series, horizon), p10 ≤
                     p50 ≤ p90 and p10 ≤ point ≤ p90; p50 is the point but for intermittent series, where it is
                     the median month
    report           why, one value per series in each column
    size             size of error of each month, (series, horizon); `scatters` and `group` (series,) which of
                     them applies
    """

    point: Floats
    p10: Floats
    p50: Floats
    p90: Floats
    report: ForecastReport
    size: Floats
    scatters: tuple[Scatter, ...]
    group: Ints

    def spread_over(self, *, months: Floats) -> Floats:
        """Standard deviation of the error of demand summed over the first `months` months of the horizon,
        (series,).

        `months` (series,) or one number, ≥ 0, may be fractional: lead time plus review period. In the series'
        unit; zero for series that have ended. Raises ValueError for a negative length.
        """
        length = np.broadcast_to(np.asarray(months, dtype=np.float64), (len(self.point),))
        out = np.zeros(len(self.point))
        for place, scatter in enumerate(self.scatters):
            rows = np.flatnonzero(self.group == place)
            out[rows] = summed_deviation(scatter=scatter, size=self.size[rows], months=length[rows])
        return out


def forecast_series(
    *,
    history: Floats,
    horizon: int,
    season: int = 12,
    censored: Flags | None = None,
    festival: Floats | None = None,
    family: Ints | None = None,
    seed: int = 0,
    settings: ForecastSettings | None = None,
) -> SeriesForecast:
    """Forecast `horizon` months after the last column of every series.

    history   (series, month) in any unit; NaN before a series begins, and inside where nobody knows; zero is a
              month without demand. Negative values are taken as they are, and then forecasts may be negative;
              else never.
    censored  (series, month) True where demand was not fully seen (out of stock); `history` there is a lower bound
    festival  (month + horizon,) share of a moving festival in each month, such as Spring Festival's days
    family    (series,) codes of the series that may lend each other season and festival effect; default one family
    seed      of what is drawn; the same call gives the same numbers on the same machine

    Raises ValueError for shapes that do not fit, an infinite value, or a horizon below one month.
    """
    settings = settings or ForecastSettings(season=season)
    season = settings.season
    history = np.asarray(history, dtype=np.float64)
    _require_shapes(history, horizon, censored, festival, family)
    if not len(history):
        return _nothing(horizon)
    unit = _round_unit(history)
    history = history / unit[:, None]
    order = _canonical_order(history, family)
    prepared = prepare(
        history=history[order],
        horizon=horizon,
        settings=settings,
        censored=None if censored is None else np.asarray(censored, dtype=bool)[order],
        festival=None if festival is None else np.asarray(festival, dtype=np.float64),
        family=np.zeros(len(history), dtype=np.int64) if family is None else np.asarray(family)[order],
        lend=family is not None,
    )
    volume = (unit / unit.max())[order]
    forecast = _forecast_prepared(prepared, volume, horizon, settings, seed)
    return _returned(forecast, np.argsort(order, kind="stable"), unit)


def _require_shapes(
    history: Floats, horizon: int, censored: Flags | None, festival: Floats | None, family: Ints | None
) -> None:
    if history.ndim != 2:
        raise ValueError(f"history must be (series, month), got {history.ndim} dimensions")
    if horizon < 1:
        raise ValueError(f"horizon must be 1 month or more, got {horizon}")
    if np.isinf(history).any():
        raise ValueError("history holds an infinite value")
    if censored is not None and np.shape(censored) != history.shape:
        raise ValueError(f"censored {np.shape(censored)} for history {history.shape}")
    if family is not None and np.shape(family) != history.shape[:1]:
        raise ValueError(f"family {np.shape(family)} for {len(history)} series")
    if festival is not None and np.shape(festival) != (history.shape[1] + horizon,):
        raise ValueError(f"festival {np.shape(festival)} for {history.shape[1]} + {horizon} months")


def _round_unit(history: Floats) -> Floats:
    """The power of two next below each series' largest value, (series,): dividing by it loses no digit and
    keeps squares of very large and very small figures within what a number can hold."""
    largest = np.where(np.isnan(history), 0.0, np.abs(history)).max(axis=1, initial=0.0)
    _, exponent = np.frexp(np.where(largest > 0, largest, 1.0))
    return np.asarray(np.ldexp(1.0, exponent - 1))


def _canonical_order(history: Floats, family: Ints | None) -> Ints:
    """An order that depends on what the series are, not on where they stand nor on their unit.

    The learned correction draws rows by place: with this, permuted rows give the same numbers.
    """
    unit = typical_size(history=history, season=12)[:, None] if history.shape[1] else np.ones((len(history), 1))
    shape = np.round(np.nan_to_num(history[:, -36:] / unit, nan=-1e6), 9)
    whole = np.round(np.nansum(history / unit, axis=1), 6)
    keys = [np.zeros(len(history)) if family is None else family, whole, *shape.T]
    return np.asarray(np.lexsort(keys), dtype=np.int64)


def _nothing(horizon: int) -> SeriesForecast:
    empty = np.zeros((0, horizon))
    texts, whole, none = np.array([], dtype="<U12"), np.array([], dtype=np.int64), np.array([])
    columns = dict.fromkeys(ForecastReport.__dataclass_fields__, none)
    columns |= dict.fromkeys(("pattern", "route", "gate"), texts)
    columns |= dict.fromkeys(("seen", "outliers", "stock_outs", "blanks", "borrowed"), whole)
    return SeriesForecast(
        point=empty, p10=empty, p50=empty, p90=empty, report=ForecastReport(**columns), size=empty,
        scatters=(prior_scatter(horizon),), group=whole,
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class _Fitted:
    """The portfolio's part of the forecast."""

    rows: Ints
    portfolio: Portfolio
    point: Floats
    size: Floats
    scatter: Scatter
    learned: Learned


def _fit_portfolio(
    prepared: Prepared, rows: Ints, volume: Floats, horizon: int, settings: ForecastSettings, seed: int
) -> _Fitted:
    history = prepared.history[rows]
    first = int(np.argmax((~np.isnan(history)).any(axis=0)))
    history = history[:, first:]
    season = settings.season
    portfolio = portfolio_forecast(history=history, horizon=horizon, season=season)
    unit = typical_size(history=history, season=season)
    windows = _look_back(history, horizon, settings, seed)
    if settings.learned:
        learned = learn_correction(
            windows=windows, past=history, portfolio=portfolio, unit=unit, volume=unit * volume,
            season=season, seed=seed,
            most_rows=settings.most_rows,
        )  # fmt: skip
    else:
        learned = no_correction(series=len(rows), horizon=horizon, reason="not_wanted")
    near = [w for w in windows if w.offset <= max(RANGE_SEASONS * season, horizon)]
    scatter = measured_scatter(
        errors=[w.actual - w.portfolio.mean for w in near],
        sizes=[error_size(portfolio=w.portfolio, unit=w.unit, seen=_count(w.past)) for w in near],
        horizon=horizon,
        shrinkage=learned.shrinkage,
    )
    size = error_size(portfolio=portfolio, unit=unit, seen=_count(history))
    point = portfolio.mean + learned.correction
    return _Fitted(rows=rows, portfolio=portfolio, point=point, size=size, scatter=scatter, learned=learned)


def _count(history: Floats) -> Ints:
    return np.asarray((~np.isnan(history)).sum(axis=1), dtype=np.int64)


def _look_back(history: Floats, horizon: int, settings: ForecastSettings, seed: int) -> Sequence[Windows]:
    """The company's past seen from earlier origins, as many as time allows."""
    series, months = history.shape
    offsets = origins(
        series=series, months=months, horizon=horizon, season=settings.season, least=settings.least_window,
        most_windows=settings.most_windows,
    )  # fmt: skip
    most = max(1, settings.most_windows // max(len(offsets), 1))
    found = (
        windows_at(
            history=history, offset=offset, horizon=horizon, season=settings.season, least=settings.least_window,
            most=most, seed=seed,
        )
        for offset in offsets
    )  # fmt: skip
    return [window for window in found if window is not None]


def _forecast_prepared(
    prepared: Prepared, volume: Floats, horizon: int, settings: ForecastSettings, seed: int
) -> SeriesForecast:
    series = len(prepared.history)
    patterns = prepared.patterns
    out = {name: np.zeros((series, horizon)) for name in ("point", "p10", "p50", "p90", "size")}
    group = np.zeros(series, dtype=np.int64)
    scatters = [prior_scatter(horizon), prior_scatter(horizon)]
    fitted = sporadic = None
    rows = np.flatnonzero(~patterns.sporadic & ~patterns.quiet)
    if len(rows):
        fitted = _fit_portfolio(prepared, rows, volume[rows], horizon, settings, seed)
        scatters[0] = fitted.scatter
        out["point"][rows] = out["p50"][rows] = fitted.point
        out["p10"][rows] = fitted.point + fitted.scatter.low * fitted.size
        out["p90"][rows] = fitted.point + fitted.scatter.high * fitted.size
        out["size"][rows] = fitted.size
    places = np.flatnonzero(patterns.sporadic)
    if len(places):
        sporadic = sporadic_forecast(
            history=prepared.history[places],
            interval=patterns.interval[places],
            horizon=horizon,
            season=settings.season,
        )
        scatters[1], group[places] = sporadic.scatter, 1
        for name in out:
            out[name][places] = getattr(sporadic, name)
    out = put_back(out, prepared)
    return SeriesForecast(
        **out, report=_report(prepared, fitted, places, sporadic), scatters=tuple(scatters), group=group
    )


def _report(
    prepared: Prepared, fitted: _Fitted | None, places: Ints, sporadic: SporadicForecast | None
) -> ForecastReport:
    series = len(prepared.history)
    patterns, cleansed = prepared.patterns, prepared.cleansed
    columns = {
        name: np.zeros(series)
        for name in ("season_strength", "trend_strength", "slope", "gain", "corrected", "error", "festival")
    }
    route, gate = np.full(series, "none", dtype="<U12"), np.full(series, "", dtype="<U16")
    if fitted is not None:
        rows = fitted.rows
        route[rows] = "portfolio"
        for name in ("season_strength", "trend_strength", "slope", "gain"):
            columns[name][rows] = getattr(fitted.portfolio, name)
        columns["corrected"][rows] = fitted.learned.share
        columns["error"][rows] = fitted.size[:, 0] * fitted.scatter.summed[0]
        gate[rows] = np.where(fitted.learned.share > 0, "", fitted.learned.reason or "did_not_help")
    if sporadic is not None:
        route[places] = "sporadic"
        columns["error"][places] = sporadic.size[:, 0] * sporadic.scatter.summed[0]
    if prepared.effect is not None:
        effect = prepared.effect
        columns["festival"] = np.where(effect.scale.multiplicative, np.expm1(effect.size), effect.size)
    borrowed = (
        np.zeros(series, dtype=np.int64) if prepared.borrowed is None else prepared.borrowed.young.astype(np.int64)
    )
    return ForecastReport(
        pattern=patterns.pattern, route=route, seen=prepared.seen, interval=patterns.interval,
        variation=patterns.variation, outliers=cleansed.outlier.sum(axis=1), stock_outs=cleansed.censored.sum(axis=1),
        blanks=cleansed.blank.sum(axis=1), borrowed=borrowed, gate=gate, **columns,
    )  # fmt: skip


def _returned(forecast: SeriesForecast, back: Ints, unit: Floats) -> SeriesForecast:
    """Rows as they were asked for, in their own units."""
    columns = {name: column[back] for name, column in forecast.report.columns().items()}
    columns |= {name: columns[name] * unit for name in ("slope", "error")}
    arrays = {name: getattr(forecast, name)[back] * unit[:, None] for name in ("point", "p10", "p50", "p90", "size")}
    return SeriesForecast(
        **arrays, group=forecast.group[back], report=ForecastReport(**columns), scatters=forecast.scatters
    )
