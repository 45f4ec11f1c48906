"""How far the truth may lie from the point: ranges learned from the errors of earlier origins, and what they
add up to.

Pooled conformal ranges (Vovk et al., 2005; Stankeviciute et al., 2021): every window's error is divided by a
size of error known at its origin,

    .4 seasonal-naive MAE + .6 one-step residual + .35 spread between the portfolio's members,

and the quantiles of these scores, pooled over series, origins and neighbouring horizons, times the size known
today, are the range. Horizons beyond those measured widen with the square root of their distance. The same
errors, summed over the first months, give the standard deviation of demand over a lead time, with whatever
correlation months really have.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sandop.demand.forecast.portfolio import Portfolio

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

LOW, HIGH = 0.1, 0.9
# What many companies' series showed on average, used as this many observations where the own past is short.
PRIOR_WEIGHT = 30.0
NEIGHBOURS = 2
# Single errors count at most this many robust deviations in a standard deviation.
LARGEST_SCORE = 12.0
# A series with few observations is taken to err by this share of its size, as if seen so many months more.
USUAL_ERROR, YOUNG_MONTHS = 0.4, 6.0
# Errors grow with this power of a multiplicative season.
SEASON_POWER = 0.5


@dataclass(frozen=True, kw_only=True)
class Scatter:
    """Scores of errors by horizon, to be multiplied by a series' error size.

    low, high   10 % and 90 % quantile of (actual - point) / size, (horizon,), rising in width
    summed      standard deviation of the sum of errors over the first 1 .. horizon months / size, (horizon,)
    """

    low: Floats
    high: Floats
    summed: Floats


def error_size(*, portfolio: Portfolio, unit: Floats, seen: Ints) -> Floats:
    """Size of error to be expected, (series, horizon), in the series' unit; never zero.

    `seen` (series,) observations: the error of a young series is not known yet and leans on a usual one. Where
    the season is a factor, errors grow with it.
    """
    own = 0.4 * portfolio.naive_error + 0.6 * portfolio.residual
    doubt = YOUNG_MONTHS * np.exp(-seen / YOUNG_MONTHS)
    usual = USUAL_ERROR * unit
    size = np.sqrt((seen * own**2 + doubt * usual**2) / (seen + doubt)) + 1e-3 * unit
    horizon = portfolio.mean.shape[1]
    factor = portfolio.season_ahead[:, np.arange(horizon) % portfolio.season_ahead.shape[1]]
    swing = np.where(portfolio.multiplicative[:, None], np.clip(factor, 0.02, 50.0), 1.0) ** SEASON_POWER
    swing /= (np.where(portfolio.multiplicative[:, None], portfolio.season_ahead, 1.0) ** SEASON_POWER).mean(axis=1)[
        :, None
    ]
    return np.asarray(size[:, None] * swing + 0.35 * portfolio.spread)


def prior_scatter(horizon: int) -> Scatter:
    """Scores to begin with: 80 % of errors within 0.95 of the size at once, widening with the root of the
    horizon.
    """
    ahead = np.arange(1, horizon + 1)
    width = PRIOR_WIDTH * np.sqrt(1 + PRIOR_GROWTH * (ahead - 1))
    deviation = width / 1.2816
    # Errors of one forecast hang together: half of their variance is common to all months.
    shared = np.sqrt(0.5 * np.cumsum(deviation**2) + 0.5 * np.cumsum(deviation) ** 2)
    return Scatter(low=-width, high=width, summed=shared)


PRIOR_WIDTH, PRIOR_GROWTH = 0.95, 0.06


def measured_scatter(
    *, errors: Sequence[Floats], sizes: Sequence[Floats], horizon: int, shrinkage: float = 1.0
) -> Scatter:
    """The scatter of the company's own past errors, leaning on the prior where they are few.

    `errors` actual - forecast of each window, (window, horizon), NaN where not known; `sizes` alike the size
    of error expected then; `shrinkage` the size of the corrected forecast's errors against the mean's.
    """
    prior = prior_scatter(horizon)
    if not errors:
        return prior
    error, size = np.concatenate(errors), np.concatenate(sizes)
    # A sum needs one size: that of the mean month.
    total = np.cumsum(error, axis=1) / mean_so_far(size)
    low, high = _quantiles(error / size, prior)
    return Scatter(low=low * shrinkage, high=high * shrinkage, summed=_deviations(total, prior) * shrinkage)


def mean_so_far(size: Floats) -> Floats:
    """Mean of the first 1 .. horizon columns of `size` (series, horizon), in the same shape."""
    return np.asarray(np.cumsum(size, axis=1) / np.arange(1, size.shape[1] + 1))


def _quantiles(score: Floats, prior: Scatter) -> tuple[Floats, Floats]:
    horizon = score.shape[1]
    low, high = np.empty(horizon), np.empty(horizon)
    measured = np.zeros(horizon)
    for ahead in range(horizon):
        near = score[:, max(0, ahead - NEIGHBOURS) : ahead + NEIGHBOURS + 1]
        seen = near[~np.isnan(near)]
        # Neighbouring horizons of one window are nearly one observation.
        measured[ahead] = len(seen) / near.shape[1]
        if len(seen) < 5 or np.isnan(score[:, ahead]).all():
            low[ahead], high[ahead] = prior.low[ahead], prior.high[ahead]
            measured[ahead] = 0
            continue
        middle = np.median(seen)
        low[ahead], high[ahead] = np.quantile(seen - middle, LOW), np.quantile(seen - middle, HIGH)
    return _settled(low, prior.low, measured), _settled(high, prior.high, measured)


def _settled(own: Floats, prior: Floats, measured: Floats) -> Floats:
    """Own quantiles leaning on the prior by their number; beyond the measured horizons the prior's growth goes
    on.
    """
    trust = measured / (measured + PRIOR_WEIGHT)
    ratio = np.where(trust > 0, own / prior, np.nan)
    known = np.flatnonzero(trust > 0)
    if not len(known):
        return prior
    ratio[known[-1] + 1 :] = ratio[known[-1]]
    trust = np.maximum(trust, np.where(np.arange(len(own)) > known[-1], trust[known[-1]], 0.0))
    factor = np.exp(trust * np.log(np.clip(np.nan_to_num(ratio, nan=1.0), 0.05, 20.0)))
    return np.asarray(np.sign(prior) * np.maximum.accumulate(np.abs(prior * factor)))


def _deviations(total: Floats, prior: Scatter) -> Floats:
    """Standard deviation of summed errors, (horizon,), single ones limited so that one accident rules no stock."""
    horizon = total.shape[1]
    own, measured = prior.summed.copy(), np.zeros(horizon)
    for ahead in range(horizon):
        seen = total[~np.isnan(total[:, ahead]), ahead]
        if len(seen) < 5:
            continue
        measured[ahead] = len(seen)
        typical = 1.4826 * np.median(np.abs(seen)) + 1e-12
        own[ahead] = np.sqrt(np.mean(np.clip(seen, -LARGEST_SCORE * typical, LARGEST_SCORE * typical) ** 2))
    return _settled(own, prior.summed, measured)


def summed_deviation(*, scatter: Scatter, size: Floats, months: Floats) -> Floats:
    """Standard deviation of the error of the sum over the first `months` months of each series, (series,), in
    its unit.

    Between whole months the variance is interpolated; beyond the horizon it grows in proportion to the months'
    square root twice over, as it did to the horizon's end. `size` (series, horizon) of error; `months`
    (series,) ≥ 0, may be fractional. Raises ValueError for a negative length.
    """
    if (months < 0).any():
        raise ValueError(f"a lead time cannot be negative: {float(months.min())}")
    horizon = size.shape[1]
    unit = np.where(size.max(axis=1) > 0, size.max(axis=1), 1.0)
    deviation = mean_so_far(size / unit[:, None]) * scatter.summed[None, :]
    variance = np.concatenate([np.zeros((len(size), 1)), deviation**2], axis=1)
    within = np.minimum(months, horizon)
    early = np.minimum(np.floor(within).astype(int), horizon - 1)
    share = within - early
    rows = np.arange(len(size))
    inside = (1 - share) * variance[rows, early] + share * variance[rows, early + 1]
    beyond = np.maximum(months / horizon, 1.0) ** 1.5
    return np.asarray(np.sqrt(inside * beyond) * unit)
