"""Why each series is forecast as it is: pattern, models and their weights, what was mended, what the gate
decided.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from sandop.demand.forecast.intermittent import MEMBERS as SPORADIC_MEMBERS
from sandop.demand.forecast.portfolio import MEMBER_WEIGHTS, MEMBERS
from sandop.wording import Language, say

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Texts = npt.NDArray[np.str_]

# From this strength on season and trend are called clear; smaller festival effects are not told.
CLEAR = 0.5
LEAST_TOLD = 0.01


@dataclass(frozen=True, kw_only=True)
class ForecastReport:
    """One value per series in every column.

    pattern          smooth, erratic, intermittent, lumpy, ended or silent
    route            portfolio, sporadic or none: which models forecast it
    seen             months with a known demand
    interval         mean months between demands (ADI); variation  CV² of the demands
    season_strength  0..1 share of the seasonal pattern that is signal
    trend_strength   0..1 R² of the straight line through the season-free series
    slope            change per month, units
    gain             0..1 average smoothing parameter: high = the level wanders
    outliers, stock_outs, blanks   months mended before fitting
    festival         effect of a whole moving festival: share of demand (positive series) or of the series' size
    borrowed         1 where the season is borrowed from the family
    corrected        0..1 share of the learned correction let through by the gate
    gate             why there is no correction: few_series, short_history, not_wanted, did_not_help; empty
                     where there is
    error            expected error of the first month, units
    """

    pattern: Texts
    route: Texts
    seen: Ints
    interval: Floats
    variation: Floats
    season_strength: Floats
    trend_strength: Floats
    slope: Floats
    gain: Floats
    outliers: Ints
    stock_outs: Ints
    blanks: Ints
    festival: Floats
    borrowed: Ints
    corrected: Floats
    gate: Texts
    error: Floats

    def columns(self) -> dict[str, npt.NDArray[Any]]:
        """All columns by name, each (series,)."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def weights(self, series: int) -> dict[str, float]:
        """Models of one series and their weights, adding up to 1; empty where nothing is forecast."""
        if self.route[series] == "portfolio":
            return dict(zip(MEMBERS, MEMBER_WEIGHTS.tolist()))
        if self.route[series] == "sporadic":
            return dict.fromkeys(SPORADIC_MEMBERS, 1 / len(SPORADIC_MEMBERS))
        return {}

    def why(self, series: int, language: Language = "en") -> str:
        """The story of one series in sentences."""
        parts = [say(f"forecast.pattern.{self.pattern[series]}", language, interval=self.interval[series])]
        parts += [say(name, language, **values) for name, values in self._remarks(series)]
        return ("" if language == "zh" else " ").join(parts)

    def _remarks(self, i: int) -> list[tuple[str, dict[str, float]]]:
        """Message ids and their values, in the order in which they are told."""
        fitted = self.route[i] == "portfolio"
        out = self._shape_remarks(i) if fitted else []
        mended = ((name, int(getattr(self, name)[i])) for name in ("outliers", "stock_outs", "blanks"))
        out += [(f"forecast.mended.{name}", {"count": count}) for name, count in mended if count]
        if self.borrowed[i]:
            out.append(("forecast.season.borrowed", {}))
        if abs(self.festival[i]) >= LEAST_TOLD:
            out.append(("forecast.festival", {"effect": self.festival[i]}))
        if fitted and self.corrected[i] > 0:
            out.append(("forecast.corrected", {"share": self.corrected[i]}))
        elif fitted:
            out.append((f"forecast.gate.{self.gate[i]}", {}))
        return out

    def _shape_remarks(self, i: int) -> list[tuple[str, dict[str, float]]]:
        """What is said of season and trend."""
        season = "strong" if self.season_strength[i] >= CLEAR else "weak"
        out: list[tuple[str, dict[str, float]]] = [
            (f"forecast.season.{season}", {"strength": self.season_strength[i]})
        ]
        if self.trend_strength[i] >= CLEAR:
            way = "up" if self.slope[i] > 0 else "down"
            out.append((f"forecast.trend.{way}", {"slope": self.slope[i]}))
        return out
