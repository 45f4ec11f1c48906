"""The key figures of a version: what it earns, how it serves, what it binds, how full the fullest resource is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sandop.pack.figures import NAN, known, number, rows, text
from sandop.pack.page import Form, Tone
from sandop.pack.pages.capacity import loads
from sandop.scenario import Month
from sandop_web.access import Actor
from sandop_web.queries.steps.content import Needs, Reading
from sandop_web.queries.steps.reading import read_step
from sandop_web.store.models import Version

NEEDS = Needs(
    sheets=("load", "hours_available", "demand", "lost", "deliveries", "backlog"),
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


def seen_from(figure: str) -> float:
    """How far two values must be apart for a table to show it: plan currency, or a share."""
    return 0.0005 if FIGURES[figure][1] == "share" else 5e4


def tone_of(figure: str, away: float) -> Tone:
    """Whether a difference from the plan is good or bad; quiet where a table would not show it."""
    if not known(away) or abs(away) < seen_from(figure):
        return "quiet"
    return "good" if FIGURES[figure][0] * away > 0 else "bad"


def fullest(month: Month) -> str:
    """The resource with the highest load in any month; empty where no load is known."""
    return next((name for name, load in loads(month).items() if np.isfinite(load).any()), "")


def _money(month: Month, line: str, year: str) -> float:
    found = rows(month, "money", line=line, scope="year", period=year)
    return number(found[0].get("plan")) if found else NAN


def _kpi(month: Month, kpi: str) -> float:
    found = rows(month, "kpis", kpi=kpi)
    return number(found[0].get("value")) if found else NAN


def _cost(month: Month, kinds: tuple[str, ...]) -> float:
    found = [number(row["amount"]) for row in rows(month, "costs") if text(row["kind"]) in kinds]
    return sum(value for value in found if known(value)) if found else NAN
