"""Where the numbers of versions beside each other stand: each in its own version, a difference between two."""

from __future__ import annotations

from dataclasses import dataclass

from sandop.pack.page import Place
from sandop.pack.places import ledger_place, report_place

At = tuple[tuple[str, str], ...]
_LINES = {"revenue": "revenue", "margin": "margin", "stock": "stock_value"}
_KPIS = {"service": "fill_rate", "peak": "utilisation_peak"}


@dataclass(frozen=True)
class PlaceIn(Place):
    """A place in one of several versions."""

    version: int = 0


@dataclass(frozen=True)
class PlaceBetween(Place):
    """What sets two versions apart there: `version` against `base`, by price, volume, mix and cost."""

    base: int = 0
    version: int = 0


def in_version(place: Place, version: int) -> PlaceIn:
    """The place in this version."""
    return PlaceIn(place.measure, place.at, place.period, version)


def figure_place(figure: str, year: str, version: int) -> Place | None:
    """Where a key figure of a version stands; None for one that is put together from several."""
    if figure in _LINES:
        return in_version(ledger_place(_LINES[figure], "plan", year), version)
    if figure == "working_capital":
        return in_version(report_place("money", "plan", line=figure, scope="year", period=year), version)
    return in_version(report_place("kpis", "value", kpi=_KPIS[figure]), version) if figure in _KPIS else None
