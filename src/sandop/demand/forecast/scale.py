"""The scale on which a series is taken apart: multiplicative where it is positive, additive where it is not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

# Below this share of a series' size an observation is as good as zero: its logarithm would drown all others.
LEAST_SHARE = 0.0003


@dataclass(frozen=True, kw_only=True)
class Scale:
    """`unit` (series,) a positive size in the series' own unit; `multiplicative` (series,) whether seasons are
    factors.
    """

    unit: Floats
    multiplicative: Flags

    @staticmethod
    def of(*, history: Floats, season: int) -> Scale:
        """The scale of each series of `history` (series, month), which may begin with NaN."""
        unit = typical_size(history=history, season=season)
        return Scale(unit=unit, multiplicative=np.nanmin(history, axis=1) > LEAST_SHARE * unit)

    @property
    def _factor(self) -> Flags:
        return self.multiplicative[:, None]

    def bent(self, scaled: Floats) -> Floats:
        """Logarithm of multiplicative series, others as they are: here seasons add."""
        return np.where(self._factor, np.log(np.maximum(scaled, 1e-3 * LEAST_SHARE)), scaled)

    def cells(self, index: Floats) -> Floats:
        """Seasonal indices of the additive scale as factors (multiplicative) or additions."""
        return np.where(self._factor, np.exp(np.where(self._factor, index, 0.0)), index)

    def without(self, scaled: Floats, cells: Floats) -> Floats:
        """The series without its season."""
        return np.where(self._factor, scaled / np.where(self._factor, cells, 1.0), scaled - cells)

    def within(self, flat: Floats, cells: Floats) -> Floats:
        """A season-free forecast with its season put back; a multiplicative one is never below zero."""
        return np.where(self._factor, np.maximum(flat, 0.0) * cells, flat + cells)


def typical_size(*, history: Floats, season: int) -> Floats:
    """A positive size of each series in its own unit, (series,): mean absolute value of the last two seasons,
    or of all its history where those are zero, or 1 where it is all zero."""
    width = 2 * max(season, 6)
    size = mean_seen(np.abs(history[:, -width:]))
    size = np.where(size > 0, size, mean_seen(np.abs(history)))
    return np.where(size > 0, size, 1.0)


def mean_seen(values: Floats) -> Floats:
    """Mean of each row of `values` (series, month) over what is known, (series,); zero where nothing is."""
    seen = ~np.isnan(values)
    return np.asarray(np.where(seen, values, 0.0).sum(axis=1) / np.maximum(seen.sum(axis=1), 1))


def seasonal_naive_error(*, history: Floats, season: int) -> Floats:
    """Mean absolute change from the same month a year before, (series,), in the series' unit (MASE's denominator).

    `history` (series, month) in units, NaN before a series begins. One-step changes where no month is
    seen twice; zero for a single observation.
    """
    step = mean_seen(np.abs(np.diff(history, axis=1))) if history.shape[1] > 1 else np.zeros(len(history))
    if history.shape[1] <= season:
        return step
    change = np.abs(history[:, season:] - history[:, :-season])
    return np.where((~np.isnan(change)).any(axis=1), mean_seen(change), step)
