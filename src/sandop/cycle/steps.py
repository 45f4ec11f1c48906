"""The cycle template: the seven steps of a month, each with its purpose, papers, people and checklist.

It is kept in `steps.csv`, `inputs.csv` and `roles.csv` beside this file; several entries of one cell stand apart by
"|".
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sandop.cycle.inputs import entries, inputs_of
from sandop.wording import Language

_FOLDER = Path(__file__).parent
_TEXTS = ("purpose", "goals", "outputs", "checklist")


@dataclass(frozen=True)
class Step:
    """One step of the cycle.

    step            its id, as `measures.csv` and the actions know it
    days_before     working days between the step and the S&OP meeting; negative: after it
    results         step of the chain whose results must be fresh when it is signed; empty: none
    chair           role that leads it
    responsible, accountable, consulted, informed   roles (RACI)
    """

    step: str
    days_before: int
    results: str
    chair: str
    responsible: tuple[str, ...]
    accountable: str
    consulted: tuple[str, ...]
    informed: tuple[str, ...]
    _titles: Mapping[Language, str]
    _texts: Mapping[tuple[str, Language], tuple[str, ...]]

    def title(self, language: Language = "en") -> str:
        return self._titles[language]

    def purpose(self, language: Language = "en") -> str:
        """Why the step exists, one sentence."""
        return self._texts["purpose", language][0]

    def goals(self, language: Language = "en") -> tuple[str, ...]:
        """What must be true when it ends."""
        return self._texts["goals", language]

    def inputs(self, language: Language = "en") -> tuple[str, ...]:
        """What must lie on the table before it begins."""
        return tuple(found.title(language) for found in inputs_of(self.step))

    def outputs(self, language: Language = "en") -> tuple[str, ...]:
        """What it hands on."""
        return self._texts["outputs", language]

    def checklist(self, language: Language = "en") -> tuple[str, ...]:
        """What the chair ticks off before closing it."""
        return self._texts["checklist", language]

    @property
    def roles(self) -> tuple[str, ...]:
        """Everybody who takes part, each once, those who work first."""
        everybody = (*self.responsible, self.accountable, self.chair, *self.consulted, *self.informed)
        return tuple(dict.fromkeys(everybody))


@cache
def steps() -> tuple[Step, ...]:
    """The steps in the order of the month."""
    with (_FOLDER / "steps.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(_step(row) for row in csv.DictReader(lines))


def step(name: str) -> Step:
    """The step of this id. Raises KeyError where there is none."""
    return {found.step: found for found in steps()}[name]


@cache
def roles() -> Mapping[str, Mapping[Language, str]]:
    """Role → its title in each language."""
    with (_FOLDER / "roles.csv").open(encoding="utf-8", newline="") as lines:
        return {row["role"]: {"en": row["title_en"], "zh": row["title_zh"]} for row in csv.DictReader(lines)}


def _step(row: Mapping[str, str]) -> Step:
    return Step(
        step=row["step"],
        days_before=int(row["days_before"]),
        results=row["results"],
        chair=row["chair"],
        responsible=entries(row["responsible"]),
        accountable=row["accountable"],
        consulted=entries(row["consulted"]),
        informed=entries(row["informed"]),
        _titles={"en": row["title_en"], "zh": row["title_zh"]},
        _texts={(text, "en"): entries(row[f"{text}_en"]) for text in _TEXTS}
        | {(text, "zh"): entries(row[f"{text}_zh"]) for text in _TEXTS},
    )
