"""The vocabulary of measures, read from `measures.csv`: unit, grain, how each adds up, what it means."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sandop.wording import Language

GRAINS: dict[str, tuple[str, ...]] = {
    "demand": ("item", "site", "customer"),
    "stock": ("item", "site"),
    "price": ("item", "customer"),
    "process": ("process",),
    "schedule": ("process",),
    "purchase": ("item", "site", "supplier"),
    "lane": ("item", "origin", "destination"),
    "resource": ("resource",),
    "supplier": ("supplier",),
    "site": ("site",),
    "family": ("family",),
    "currency": ("currency",),
    "company": ("company",),
}


@dataclass(frozen=True)
class Measure:
    """One measure.

    kind        flow (adds over time), level (state at a period's end), rate, ratio
    over_time, over_rows    sum, last, mean, none: how it rolls up
    direction   input or result
    span        history, horizon, both or weeks: the periods it speaks of
    decimals    stored precision; results are rounded to it before they are hashed
    """

    name: str
    unit: str
    grain: tuple[str, ...]
    kind: Literal["flow", "level", "rate", "ratio"]
    over_time: Literal["sum", "last", "mean", "none"]
    over_rows: Literal["sum", "mean", "none"]
    direction: Literal["input", "result"]
    span: Literal["history", "horizon", "both", "weeks"]
    step: str
    decimals: int
    titles: tuple[str, str]
    meanings: tuple[str, str]

    def title(self, language: Language = "en") -> str:
        return self.titles[language == "zh"]

    def meaning(self, language: Language = "en") -> str:
        return self.meanings[language == "zh"]

    def rounded(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Values as they are stored; a negative zero becomes zero, so that equal numbers hash alike."""
        return np.round(values, self.decimals) + 0.0


@cache
def measures() -> dict[str, Measure]:
    """All measures by name, in the order of the file."""
    with (Path(__file__).parent / "measures.csv").open(encoding="utf-8", newline="") as lines:
        return {row["measure"]: _measure(row) for row in csv.DictReader(lines)}


def measure(name: str) -> Measure:
    """The measure of this name. Raises KeyError where there is none."""
    return measures()[name]


def _measure(row: dict[str, str]) -> Measure:
    return Measure(
        name=row["measure"],
        unit=row["unit"],
        grain=GRAINS[row["grain"]],
        kind=row["kind"],  # type: ignore[arg-type]
        over_time=row["over_time"],  # type: ignore[arg-type]
        over_rows=row["over_rows"],  # type: ignore[arg-type]
        direction=row["direction"],  # type: ignore[arg-type]
        span=row["span"],  # type: ignore[arg-type]
        step=row["step"],
        decimals=int(row["decimals"]),
        titles=(row["title_en"], row["title_zh"]),
        meanings=(row["meaning_en"], row["meaning_zh"]),
    )
