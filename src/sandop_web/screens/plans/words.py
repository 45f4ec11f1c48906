"""Titles of reports and columns, and the words that their cells hold, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sandop.measures import measures
from sandop.tables import Report
from sandop.wording import LANGUAGES, Language, messages
from sandop_web.wording import say

# Report (or "" for any) and column → where the words of its cells begin, before those of `plans.word.`; a word nobody
# knows stays as it is.
_WORDS: Mapping[tuple[str, str], str] = {
    ("kpis", "kpi"): "pack.kpi.",
    ("kpis", "status"): "pack.status.",
    ("certificate", "status"): "pack.solver_status.",
    ("", "line"): "pack.line.",
    ("family_sheet", "line"): "pack.family_line.",
    ("gap", "line"): "pack.gap.",
    ("bridge", "compare"): "pack.compare.",
    ("bridge", "effect"): "pack.effect.",
    ("accuracy", "stream"): "pack.stream.",
    ("", "level"): "pack.level.",
    ("shortages", "kind"): "pack.limit_kind.",
    ("surpluses", "kind"): "pack.surplus_kind.",
    ("decisions", "kind"): "pack.decision_kind.",
    ("risks_opportunities", "kind"): "pack.risk_kind.",
    ("risks_opportunities", "side"): "pack.side.",
    ("unserved", "reason"): "pack.reason.",
    ("findings", "severity"): "pack.severity.",
    ("family_sheet", "version"): "pack.version.",
    ("", "unit"): "pack.unit_of.",
    ("", "scope"): "plans.word.",
    ("", "span"): "plans.word.",
    ("", "zone"): "plans.word.",
    ("", "pattern"): "plans.word.",
    ("", "route"): "plans.word.",
    ("", "gate"): "plans.word.",
    ("", "basis"): "plans.word.",
    ("", "cause"): "plans.word.",
    ("", "effect"): "plans.word.",
    ("", "step"): "plans.word.",
    ("", "substitute"): "plans.word.",
    ("costs", "kind"): "plans.cost.",
    ("waterfall", "cause"): "steps.cause.",
    ("kpis", "unit"): "plans.unit.",
    ("value_added", "step"): "pack.stream.",
    ("value_added", "reference"): "pack.stream.",
}
_ANY_WORD = "plans.word."


def report_title(name: str, language: Language) -> str:
    """What a report is called; one nobody has named yet by its own name."""
    return _known(f"plans.report.{name}", name, language)


def column_title(name: str, language: Language) -> str:
    """What a column of a report or of a master table is called."""
    return _known(f"plans.column.{name}", name, language)


def unit_title(unit: str, language: Language) -> str:
    """A measure's unit in words: "currency/unit" part by part; a part nobody has named stays as it is."""
    return "/".join(_known(f"plans.unit.{part.replace(' ', '_')}", part, language) for part in unit.split("/"))


def columns_shown(report: Report, language: Language) -> list[str]:
    """The columns of a report without those that say the same in another language."""
    other = tuple(f"_{each}" for each in LANGUAGES if each != language)
    return [name for name in (report[0] if report else ()) if not name.endswith(other)]


def cell_in_words(report: str, column: str, value: Any, language: Language) -> Any:
    """A cell with words in the reader's language; numbers stay numbers, a blank is None."""
    if isinstance(value, bool):
        return say("plans.report.yes" if value else "plans.report.no", language)
    if not isinstance(value, str):
        return value
    if column in ("identity",) and value in messages():
        return say(value, language)
    if value in measures():
        return measures()[value].title(language)
    beginnings = [_WORDS[where] for where in ((report, column), ("", column)) if where in _WORDS]
    for beginning in (*beginnings, *([_ANY_WORD] if beginnings else [])):
        if beginning + value in messages():
            return say(beginning + value, language)
    return value


def is_number(value: object) -> bool:
    """True where a cell is written as a number."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def decimals_of(values: Sequence[Any]) -> int:
    """Decimals that a column of numbers needs to be read: none from a thousand on, more for shares."""
    sizes = [abs(float(value)) for value in values if is_number(value) and value == value]
    if not sizes or all(size == int(size) for size in sizes):
        return 0
    return 0 if max(sizes) >= 1_000 else 1 if max(sizes) >= 100 else 2 if max(sizes) >= 10 else 4


def _known(message: str, otherwise: str, language: Language) -> str:
    return say(message, language) if message in messages() else otherwise
