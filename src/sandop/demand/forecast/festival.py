"""What moves between months: Spring Festival falls in January one year and in February the next.

A season by calendar month cannot know it. With f_t the share of the festival in month t and z_t the series on
its additive scale (logarithms where positive), trend and calendar month are taken out of both in the same way and

    beta = sum(f~ z~) / sum(f~ f~)                       (Frisch-Waugh-Lovell)

is the effect of a whole festival. Families are estimated from the mean of their series, since all series live
through the same few festivals; a family's effect is kept as far as it exceeds chance, and each series leans on
its family by its own noise (empirical Bayes). History is freed of the effect, the forecast is given it back.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sandop.demand.forecast.scale import Scale
from sandop.demand.forecast.seasonal import centred_average, row_median

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

# An effect within this many standard errors of none is taken for chance.
CHANCE = 1.5
LARGEST_EFFECT = 2.0
LEAST_YEARS = 3


@dataclass(frozen=True, kw_only=True)
class Effect:
    """`size` (series,) of a whole festival on the series' additive scale (-.4 = a third less where it is positive);
    `past` (series, month) and `ahead` (series, horizon) what the festival adds there on that scale."""

    scale: Scale
    size: Floats
    past: Floats
    ahead: Floats

    def removed(self, history: Floats) -> Floats:
        """History as it would have been with the festival spread as in its average year."""
        return _shifted(self.scale, history, -self.past)

    def restored(self, forecast: Floats) -> Floats:
        """A forecast with the festival of its own year."""
        return _shifted(self.scale, forecast, self.ahead)


def _shifted(scale: Scale, values: Floats, change: Floats) -> Floats:
    factor = scale.multiplicative[:, None]
    return np.where(factor, values * np.exp(np.where(factor, change, 0.0)), values + change * scale.unit[:, None])


def festival_effect(*, history: Floats, festival: Floats, season: int, family: Ints) -> Effect:
    """Estimate the effect of a moving festival on every series.

    `history` (series, month) in units, NaN before a series begins only; `festival` (month + horizon,) share of
    the festival in each month; `family` (series,) codes of the series that may share an effect.
    Raises ValueError where `festival` does not reach beyond history.
    """
    series, months = history.shape
    if len(festival) < months:
        raise ValueError(f"the festival is known for {len(festival)} months, history has {months}")
    # Only the departure from the calendar month's usual share moves: the rest is season.
    moved = festival - _usual(festival[:months], len(festival), season)
    scale = Scale.of(history=np.where(np.isnan(history), 0.0, history), season=season)
    nonnegative = np.fmin.reduce(history, axis=1) > 0
    scale = Scale(unit=scale.unit, multiplicative=nonnegative)
    size = np.zeros(series)
    if months >= LEAST_YEARS * season and season > 1 and np.abs(moved).max() > 1e-9:
        size = _estimated(scale.bent(history / scale.unit[:, None]), festival[:months], season, family)
    begun = ~np.isnan(history)
    past = np.where(begun, size[:, None] * moved[None, :months], 0.0)
    return Effect(scale=scale, size=size, past=past, ahead=size[:, None] * moved[None, months:])


def _usual(festival: Floats, count: int, season: int) -> Floats:
    """Mean share of the festival by calendar month, over `count` months."""
    places = np.arange(len(festival)) % season
    mean = np.array([festival[places == p].mean() if (places == p).any() else 0.0 for p in range(season)])
    return np.asarray(mean[np.arange(count) % season])


def _estimated(bent: Floats, festival: Floats, season: int, family: Ints) -> Floats:
    regressor = np.where(np.isnan(bent), np.nan, festival[None, :])
    z, f = _without_calendar(bent, season), _without_calendar(regressor, season)
    usable = (~np.isnan(z)).sum(axis=1) >= (LEAST_YEARS - 1) * season
    spread = 1.4826 * row_median(np.abs(z), axis=1)[:, None]
    z = np.clip(z, -6 * spread, 6 * spread)
    z, f = np.where(usable[:, None], np.nan_to_num(z), 0.0), np.where(usable[:, None], np.nan_to_num(f), 0.0)
    power = (f**2).sum(axis=1)
    known = power > 1e-6
    own = np.where(known, (f * z).sum(axis=1) / np.maximum(power, 1e-6), 0.0)
    freedom = np.maximum((z != 0).sum(axis=1) - season - 1, 1)
    noise = ((z - own[:, None] * f) ** 2).sum(axis=1) / freedom / np.maximum(power, 1e-6)
    out = np.zeros(len(bent))
    for code in np.unique(family):
        rows = np.flatnonzero((family == code) & known)
        members = np.flatnonzero(family == code)
        if len(rows):
            shared, between = _shared_effect(z[rows], f[rows], own[rows], noise[rows], season)
            lean = between / np.maximum(between + noise[rows], 1e-12)
            out[members] = shared
            out[rows] = shared + lean * (own[rows] - shared)
    return np.clip(out, -LARGEST_EFFECT, LARGEST_EFFECT)


def _shared_effect(z: Floats, f: Floats, own: Floats, noise: Floats, season: int) -> tuple[float, float]:
    """A family's effect, shrunk by its chance, and how much its series truly differ (a variance)."""
    mean_z, mean_f = z.mean(axis=0), f.mean(axis=0)
    power = float((mean_f**2).sum())
    effect = float((mean_f * mean_z).sum()) / power
    freedom = max(int((mean_z != 0).sum()) - season - 1, 1)
    error = float(((mean_z - effect * mean_f) ** 2).sum()) / freedom / power
    keep = max(0.0, 1 - CHANCE**2 * error / max(effect**2, 1e-12))
    differ = max(0.0, float(((own - effect) ** 2).mean() - noise.mean())) if len(own) > 1 else 0.0
    # Without a family effect beyond chance the series' own few festivals are chance as well.
    return keep * effect, differ * keep


def _without_calendar(values: Floats, season: int) -> Floats:
    """Trend and calendar month taken out, (series, month); NaN at the ends."""
    detrended = values - centred_average(values=values, season=season)
    for place in range(season):
        part = detrended[:, place::season]
        count = np.maximum((~np.isnan(part)).sum(axis=1), 1)
        part -= (np.nansum(part, axis=1) / count)[:, None]
    return detrended
