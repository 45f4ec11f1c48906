"""The key figures of a version: what it earns, how it serves, what it binds, how full the fullest resource is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sandop.pack.figures import known, number, rows, sheet, text
from sandop.pack.page import Form
from sandop.scenario import Month
from sandop_web.access import Actor
from sandop_web.queries.steps.content import Needs, Reading
from sandop_web.queries.steps.reading import read_step
from sandop_web.store.models import Version

NAN = float("nan")
NEEDS = Needs(
    sheets=("load", "hours_available", "demand", "lost"),
    reports=("money", "money_by_family", "kpis", "costs", "shortages", "decisions"),
)
# Figure → (how much more of it is better: 1, or less: -1; 0 says nothing), the form it is written in.
FIGURES: dict[str, tuple[int, Form]] = {
    "revenue": (1, "million"),
    "margin": (1, "million"),
    "service": (1, "share"),
    "penalties": (-1, "million"),
    "extra_hours": (-1, "million"),
    "stock": (-1, "million"),
    "working_capital": (-1, "million"),
    "peak": (-1, "share"),
}
_MONEY = {"revenue": "revenue", "margin": "margin", "stock": "stock_value", "working_capital": "working_capital"}
_KPIS = {"service": "fill_rate", "peak": "utilisation_peak"}
_COSTS = {"penalties": ("late", "lost"), "extra_hours": ("overtime", "outsourced_hours")}


@dataclass(frozen=True)
class KeyFigures:
    """What a plan comes to; NaN where it says nothing.

    year        the fiscal year that the amounts speak of: the first whole one
    values      figure of `FIGURES` → plan currency, or a share; penalties and extra hours over the whole horizon
    bottleneck  resource with the highest load in any month; empty for none
    """

    year: str
    values: dict[str, float]
    bottleneck: str

    def __getitem__(self, figure: str) -> float:
        return self.values.get(figure, NAN)


def read_figures(version: Version, by: Actor) -> Reading:
    """What the figures of a version are made of, in the reader's scope."""
    return read_step(by=by, version=version, needs=NEEDS)


def key_figures(month: Month) -> KeyFigures:
    """The key figures of a month that has been run."""
    years = rows(month, "money", scope="year")
    year = text(years[0]["period"]) if years else ""
    values = {name: _money(month, line, year) for name, line in _MONEY.items()}
    values |= {name: _kpi(month, kpi) for name, kpi in _KPIS.items()}
    values |= {name: _cost(month, kinds) for name, kinds in _COSTS.items()}
    return KeyFigures(year, values, fullest(month))


def loads(month: Month) -> dict[str, np.ndarray[tuple[int], np.dtype[np.float64]]]:
    """Resource → required hours / available hours, (month,)."""
    required, available = sheet(month, "load"), sheet(month, "hours_available")
    if required is None or available is None:
        return {}
    hours = available.on(required.rows, required.periods).values
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(hours > 0, required.values / hours, np.nan)
    return {key[0]: share[place] for place, key in enumerate(required.rows.keys)}


def fullest(month: Month) -> str:
    """The resource with the highest load in any month."""
    peaks = {name: np.nanmax(share) for name, share in loads(month).items() if np.isfinite(share).any()}
    return max(peaks, key=lambda name: peaks[name]) if peaks else ""


def better(figure: str, value: float, than: float) -> bool:
    """True where the figure is better; False where one of the two is blank."""
    sign = FIGURES[figure][0]
    return known(value) and known(than) and sign * (value - than) > 0


def _money(month: Month, line: str, year: str) -> float:
    found = rows(month, "money", line=line, scope="year", period=year)
    return number(found[0].get("plan")) if found else NAN


def _kpi(month: Month, kpi: str) -> float:
    found = rows(month, "kpis", kpi=kpi)
    return number(found[0].get("value")) if found else NAN


def _cost(month: Month, kinds: tuple[str, ...]) -> float:
    found = [number(row["amount"]) for row in rows(month, "costs") if text(row["kind"]) in kinds]
    return sum(value for value in found if known(value)) if found else NAN
