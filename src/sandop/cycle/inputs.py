"""What each step needs before it opens, from whom, and by what a program can see that it is there.

Kept in `inputs.csv` beside this file; several entries of one cell stand apart by "|".
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from sandop.wording import Language

EvidenceKind = Literal["measure", "table", "made", "fresh", "step", "signed"]


@dataclass(frozen=True)
class Evidence:
    """What must be there for an input to count as delivered.

    kind   measure: the company brought numbers of it; table: it has rows; made: a step of the chain has been
           computed; fresh: it has been computed from the numbers as they stand; step: a step of the cycle is signed;
           signed: the plan is signed
    name   which measure, table or step; empty for signed
    """

    kind: EvidenceKind
    name: str = ""


@dataclass(frozen=True)
class Input:
    """One thing a step needs.

    owner        role that brings it
    each         "salesperson": every salesperson of the customers table brings their own; empty: the role brings one
    itself       true where it is there as soon as its evidence is; else its owner says so
    evidence     all of it must be there; none: the owner's word is enough
    substitutes  what may stand in for it: last_agreed and statistical numbers, or none (the step goes on without)
    """

    input: str
    step: str
    owner: str
    each: Literal["", "salesperson"]
    itself: bool
    evidence: tuple[Evidence, ...]
    substitutes: tuple[str, ...]
    _titles: Mapping[Language, str]

    def title(self, language: Language = "en") -> str:
        return self._titles[language]


@cache
def inputs() -> tuple[Input, ...]:
    """The inputs of all steps, in the order of the month."""
    with (Path(__file__).parent / "inputs.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(_input(row) for row in csv.DictReader(lines))


def input_of(name: str) -> Input:
    """The input of this id. Raises KeyError where there is none."""
    return {found.input: found for found in inputs()}[name]


def inputs_of(step: str) -> tuple[Input, ...]:
    """What a step needs, in the order in which its page shows them."""
    return tuple(found for found in inputs() if found.step == step)


def _input(row: Mapping[str, str]) -> Input:
    return Input(
        input=row["input"],
        step=row["step"],
        owner=row["owner"],
        each=row["each"],  # type: ignore[arg-type]
        itself=row["itself"] == "yes",
        evidence=tuple(_evidence(entry) for entry in entries(row["evidence"])),
        substitutes=entries(row["substitutes"]),
        _titles={"en": row["title_en"], "zh": row["title_zh"]},
    )


def _evidence(entry: str) -> Evidence:
    kind, _, name = entry.partition(":")
    return Evidence(kind, name)  # type: ignore[arg-type]


def entries(cell: str) -> tuple[str, ...]:
    """The entries of a cell in which several stand apart by "|"."""
    return tuple(entry.strip() for entry in cell.split("|") if entry.strip())
