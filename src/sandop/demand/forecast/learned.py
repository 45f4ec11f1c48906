"""The learned correction: gradient-boosted trees that know how the portfolio's mean errs in this company.

One model per company predicts (actual - mean) / size for every horizon from about fifty features, with the
absolute error as loss (Ke et al., 2017, for the trees). It is trained on windows of the company's own past
only, strictly before the origin, since a model of strangers' series brings their bias along. A backtest gates
it: trained again without the last horizon, it is judged there by segment; the share of the correction that
would have been best is what is applied, and where it would not have helped the mean stands alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sandop.demand.forecast.features import Singles, features
from sandop.demand.forecast.portfolio import Portfolio
from sandop.demand.forecast.windows import Windows

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

SHARES = np.array([0.0, 0.2, 0.4, 0.6, 0.8])
# Least average gain over the mean, in the backtest, before any correction is trusted.
LEAST_GAIN = 0.005
LEAST_WINDOWS = 300
LEAST_SERIES = 20
SEGMENT_SERIES = 60
SEGMENTS = ("calm short", "calm long", "noisy short", "noisy long")
LARGEST_TARGET = 3.0
TREES = 300
PARAMETERS: dict[str, Any] = {
    "objective": "l1", "num_leaves": 31, "learning_rate": 0.05, "min_data_in_leaf": 100, "feature_fraction": 0.5,
    "bagging_fraction": 0.7, "bagging_freq": 1, "lambda_l2": 1.0, "max_bin": 63, "num_threads": 1,
    "deterministic": True, "force_row_wise": True, "verbose": -1,
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Learned:
    """A gated correction.

    `correction` (series, horizon) what is added to the mean, in the series' unit; `share` (series,) of the
    model's opinion that was let through; `gain` by which the mean absolute error fell in the backtest, share
    of itself; `shrinkage` of the errors' size against the mean's, for the ranges; `reason` why no correction
    was made, or empty.
    """

    correction: Floats
    share: Floats
    gain: float
    shrinkage: float
    reason: str


def no_correction(*, series: int, horizon: int, reason: str) -> Learned:
    """The mean stands alone, and why: `few_series`, `short_history`, `not_wanted` or `did_not_help`."""
    return Learned(
        correction=np.zeros((series, horizon)), share=np.zeros(series), gain=0.0, shrinkage=1.0, reason=reason
    )


def learn_correction(
    *,
    windows: Sequence[Windows],
    past: Floats,
    portfolio: Portfolio,
    unit: Floats,
    volume: Floats,
    season: int,
    seed: int,
    most_rows: int,
) -> Learned:
    """Train, gate and apply the correction.

    `windows` from several origins, one of them a whole horizon before the end (it judges); `past` (series, month),
    `portfolio` and `unit` (series,) as of now; `volume` (series,) size of each series on one scale;
    `most_rows` bounds the rows trained on.
    """
    series, horizon = portfolio.mean.shape
    judge = next((w for w in windows if w.offset == horizon), None)
    before = [w for w in windows if w.offset > horizon]
    if series < LEAST_SERIES:
        return no_correction(series=series, horizon=horizon, reason="few_series")
    if judge is None or sum(len(w.rows) for w in before) < LEAST_WINDOWS:
        return no_correction(series=series, horizon=horizon, reason="short_history")
    trial = _train(_rows(before, hidden=horizon, season=season, seed=seed, most=most_rows * 2 // 3), seed)
    opinion = _predict(trial, judge.past, judge.portfolio, judge.unit, season)
    segment = _segments(judge.portfolio, judge.unit, judge.past)
    shares, gain, shrinkage = _gate(opinion, judge, segment, volume[judge.rows])
    if not shares.any():
        return no_correction(series=series, horizon=horizon, reason="did_not_help")
    model = _train(_rows(windows, hidden=0, season=season, seed=seed, most=most_rows), seed)
    share = shares[_segments(portfolio, unit, past)]
    correction = _predict(model, past, portfolio, unit, season) * unit[:, None] * share[:, None]
    return Learned(correction=correction, share=share, gain=gain, shrinkage=shrinkage, reason="")


def _segments(portfolio: Portfolio, unit: Floats, past: Floats) -> Ints:
    """Place of each series in SEGMENTS, (series,): by noise against size and by length of history."""
    noisy = portfolio.residual > 0.15 * unit
    long = (~np.isnan(past)).sum(axis=1) >= 60
    return np.asarray(2 * noisy + long, dtype=np.int64)


def _gate(opinion: Floats, judge: Windows, segment: Ints, volume: Floats) -> tuple[Floats, float, float]:
    """Share of the opinion to let through by segment, the gain, and the size of the errors left.

    The share is the best of SHARES over all series; a segment of its own size may choose another.
    """
    known = ~np.isnan(judge.actual).all(axis=1)
    error = (judge.actual - judge.portfolio.mean) / judge.unit[:, None]
    weight = 1 / (judge.portfolio.naive_error / judge.unit + 0.05)
    loss = np.stack([_mean_absolute(error - share * opinion) for share in SHARES])[:, known] * weight[known]
    # Half of the judgement is by each series' own scale, half by volume: a correction that helps the many small
    # series and costs the few large ones does not help the company.
    units = loss / weight[known] * volume[known]
    loss = loss / max(loss[0].sum(), 1e-12) + units / max(units[0].sum(), 1e-12)
    shares = np.full(len(SEGMENTS), _best_share(loss))
    for place in range(len(SEGMENTS)):
        inside = segment[known] == place
        if inside.sum() >= SEGMENT_SERIES:
            shares[place] = _best_share(loss[:, inside])
    chosen = np.searchsorted(SHARES, shares[segment[known]] - 1e-9)
    after = loss[chosen, np.arange(loss.shape[1])].sum()
    ratio = float(after / max(loss[0].sum(), 1e-12))
    return shares, 1 - ratio, ratio


def _best_share(loss: Floats) -> float:
    total = loss.sum(axis=1)
    best = int(np.argmin(total))
    return float(SHARES[best]) if total[best] < (1 - LEAST_GAIN) * total[0] else 0.0


def _mean_absolute(error: Floats) -> Floats:
    seen = ~np.isnan(error)
    return np.asarray(np.where(seen, np.abs(np.nan_to_num(error)), 0).sum(axis=1) / np.maximum(seen.sum(axis=1), 1))


def _rows(
    windows: Sequence[Windows], *, hidden: int, season: int, seed: int, most: int
) -> tuple[Singles, npt.NDArray[np.float32]]:
    """Rows to train on: features and target of every window and horizon that lies before the last `hidden`
    months.
    """
    horizon = windows[0].actual.shape[1]
    ahead = np.arange(1, horizon + 1)
    usable = [~np.isnan(w.actual) & (ahead[None, :] <= w.offset - hidden) for w in windows]
    total = sum(int(u.sum()) for u in usable)
    draw = np.random.default_rng([seed, 1])
    inputs, targets = [], []
    for window, cells in zip(windows, usable):
        if total > most:
            cells = cells & (draw.random(cells.shape) < most / total)
        table = features(past=window.past, portfolio=window.portfolio, unit=window.unit, season=season)
        inputs.append(table[cells])
        error = (window.actual - window.portfolio.mean) / window.unit[:, None]
        targets.append(np.clip(error[cells], -LARGEST_TARGET, LARGEST_TARGET).astype(np.float32))
    return np.concatenate(inputs), np.concatenate(targets)


def _train(rows: tuple[Singles, npt.NDArray[np.float32]], seed: int) -> Any:
    # Imported here: it takes long to load and a short history never needs it.
    import lightgbm

    inputs, targets = rows
    parameters = PARAMETERS | {"seed": seed % 2**31, "min_data_in_leaf": int(np.clip(len(targets) // 200, 10, 100))}
    return lightgbm.train(parameters, lightgbm.Dataset(inputs, targets), TREES)


def _predict(model: Any, past: Floats, portfolio: Portfolio, unit: Floats, season: int, chunk: int = 2000) -> Floats:
    """The model's opinion of (actual - mean) / size, (series, horizon); in chunks to bound memory."""
    series, horizon = portfolio.mean.shape
    out = np.empty((series, horizon))
    for first in range(0, series, chunk):
        part = slice(first, first + chunk)
        table = features(past=past[part], portfolio=portfolio.part(part), unit=unit[part], season=season)
        out[part] = np.asarray(model.predict(table.reshape(-1, table.shape[2]), num_threads=1)).reshape(-1, horizon)
    return out
