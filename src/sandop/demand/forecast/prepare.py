"""Before and after the models: what is mended and taken out of history, and what is put back into the forecast."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from sandop.demand.forecast.borrowed import BorrowedSeason, borrowed_season
from sandop.demand.forecast.cleanse import Cleansed, cleanse
from sandop.demand.forecast.festival import Effect, festival_effect
from sandop.demand.forecast.patterns import Patterns, classify
from sandop.demand.forecast.settings import ForecastSettings

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """History ready to be fitted, and what has to be put back afterwards."""

    history: Floats
    patterns: Patterns
    cleansed: Cleansed
    effect: Effect | None
    borrowed: BorrowedSeason | None
    negative: Flags
    seen: Ints


def prepare(
    *,
    history: Floats,
    horizon: int,
    settings: ForecastSettings,
    censored: Flags | None,
    festival: Floats | None,
    family: Ints,
    lend: bool,
) -> Prepared:
    """Mend, take out the moving festival, borrow seasons: in this order, so that a festival is no outlier.

    `history` (series, month) in units, NaN where nobody knows; `censored` (series, month) stock-out months;
    `festival` (month + horizon,) share of a moving festival; `family` (series,) codes, lending seasons where `lend`.
    """
    season = settings.season
    stated = history[:, -settings.most_periods :]
    censored = None if censored is None else censored[:, -settings.most_periods :]
    launched = _launched(stated)
    patterns = classify(history=_uncensored(launched, censored), season=season)
    history = np.where(patterns.sporadic[:, None], _with_wait(stated, launched, season), launched)
    whole = cleanse(history=history, season=season, censored=censored, judge=np.zeros(len(history), bool))
    unknown = patterns.sporadic[:, None] & (whole.blank | whole.censored)
    values, effect, outlier = _mended(
        _closed_up(whole.history, unknown), patterns, horizon, settings, festival, family
    )
    borrowed = borrowed_season(history=values, family=family, horizon=horizon, season=season) if lend else None
    return Prepared(
        history=values if borrowed is None else values / borrowed.past,
        patterns=patterns,
        cleansed=replace(whole, outlier=outlier),
        effect=effect,
        borrowed=borrowed,
        negative=np.nan_to_num(history).min(axis=1, initial=0.0) < 0,
        seen=(~np.isnan(history)).sum(axis=1),
    )


def _mended(
    values: Floats,
    patterns: Patterns,
    horizon: int,
    settings: ForecastSettings,
    festival: Floats | None,
    family: Ints,
) -> tuple[Floats, Effect | None, Flags]:
    """History without the moving festival and without outliers, the festival's effect, and the outliers."""
    effect = None
    fitted = ~patterns.sporadic & ~patterns.quiet
    if festival is not None:
        # Months without demand carry no logarithm and spare parts no festival: their effect stays nothing.
        effect = festival_effect(
            history=np.where(fitted[:, None], values, np.nan),
            festival=festival[-(values.shape[1] + horizon) :],
            season=settings.season,
            family=family,
        )
        values = np.where(fitted[:, None], effect.removed(values), values)
    if not settings.cleansed:
        return values, effect, np.zeros(values.shape, dtype=bool)
    mended = cleanse(history=values, season=settings.season, judge=fitted)
    return mended.history, effect, mended.outlier


def _uncensored(history: Floats, censored: Flags | None) -> Floats:
    """What a stock-out hid is no empty month; a series seen through stock-outs only is taken as it is."""
    if censored is None:
        return history
    open_months = np.where(censored, np.nan, history)
    return np.where((~np.isnan(open_months)).any(axis=1, keepdims=True), open_months, history)


def _closed_up(history: Floats, unknown: Flags) -> Floats:
    """Unknown months of a spare part taken out and the gap closed: without a season only the count of months matters,
    and any figure put there would be a demand or a refusal nobody saw."""
    if not unknown.any():
        return history
    kept = np.where(unknown, np.nan, history)
    order = np.argsort(~np.isnan(kept), axis=1, kind="stable")
    return np.take_along_axis(kept, order, axis=1)


def _launched(history: Floats) -> Floats:
    """Empty months before the first demand are not yet history."""
    before = np.cumsum(np.nan_to_num(history) != 0, axis=1) == 0
    return np.where(before, np.nan, history)


def _with_wait(stated: Floats, launched: Floats, season: int) -> Floats:
    """Of a part's stated empty months before its first demand the last season counts: one demand is no monthly
    habit.
    """
    first = np.argmax(~np.isnan(launched), axis=1)
    column = np.arange(launched.shape[1])[None, :]
    waiting = (column < first[:, None]) & (column >= first[:, None] - season)
    return np.where(waiting, stated, launched)


def put_back(out: dict[str, Floats], prepared: Prepared) -> dict[str, Floats]:
    """The forecast as it is told: borrowed season and moving festival return, nothing falls below zero that never
    was, ranges stay in order. `out` name → (series, horizon).
    """
    fixed = dict(out)
    for name in ("point", "p10", "p50", "p90", "size"):
        values = out[name]
        if prepared.borrowed is not None:
            values = values * prepared.borrowed.ahead
        if prepared.effect is not None and name != "size":
            values = prepared.effect.restored(values)
        if name != "size":
            values = np.where(prepared.negative[:, None], values, np.maximum(values, 0.0))
        # Adding zero turns -0.0 into 0.0, which a reader would wonder about.
        fixed[name] = values + 0.0
    fixed["p10"] = np.minimum(np.minimum(fixed["p10"], fixed["p50"]), fixed["point"])
    fixed["p90"] = np.maximum(np.maximum(fixed["p90"], fixed["p50"]), fixed["point"])
    return fixed
