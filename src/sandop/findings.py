"""Trouble in the numbers is a value, not an exception: it is collected and shown all at once, in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sandop.wording import Language, remedy, say


class Severity(StrEnum):
    """How bad a finding is."""

    ERROR = "error"  # nothing is loaded until this is mended
    WARNING = "warning"  # the plan can be made, but a number in it is doubtful
    NOTE = "note"  # worth knowing


@dataclass(frozen=True, order=True)
class Where:
    """The place of a finding: file (or worksheet), row as a spreadsheet counts it (first line is 1), column name."""

    file: str = ""
    row: int = 0
    column: str = ""

    def __str__(self) -> str:
        parts = [self.file, f"row {self.row}" if self.row else "", self.column]
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True)
class Finding:
    """One observation about the input or the plan: how bad, where, which message, with which values."""

    severity: Severity
    message: str
    where: Where = Where()
    values: Mapping[str, object] = field(default_factory=dict)

    def text(self, language: Language = "en") -> str:
        """What happened and why it matters."""
        return say(self.message, language, **self.values)

    def remedy(self, language: Language = "en") -> str:
        """What to do."""
        return remedy(self.message, language, **self.values)

    def as_row(self, language: Language = "en") -> dict[str, object]:
        """A flat row for tables and JSON."""
        return {
            "severity": str(self.severity),
            "file": self.where.file,
            "row": self.where.row or None,
            "column": self.where.column,
            "message": self.message,
            "what": self.text(language),
            "remedy": self.remedy(language),
        }

    def as_plain(self) -> dict[str, Any]:
        """The finding for JSON, in no language: `finding_of_plain` gives it back."""
        where = self.where
        values = {name: _plain(value) for name, value in self.values.items()}
        return {
            "severity": str(self.severity),
            "message": self.message,
            "where": [where.file, where.row, where.column],
            "values": values,
        }


def finding_of_plain(said: Mapping[str, Any]) -> Finding:
    """The finding that `as_plain` told."""
    return Finding(Severity(said["severity"]), said["message"], Where(*said["where"]), said["values"])


def _plain(value: object) -> object:
    """A value that JSON knows: numbers of numpy as numbers; what is neither number nor text as text."""
    if hasattr(value, "item"):
        value = value.item()
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def error(message: str, where: Where = Where(), /, **values: object) -> Finding:
    """A finding that must be mended before anything is loaded."""
    return Finding(Severity.ERROR, message, where, values)


def warning(message: str, where: Where = Where(), /, **values: object) -> Finding:
    """A finding that leaves a number in doubt."""
    return Finding(Severity.WARNING, message, where, values)


def note(message: str, where: Where = Where(), /, **values: object) -> Finding:
    """A finding worth knowing."""
    return Finding(Severity.NOTE, message, where, values)


def has_errors(findings: Iterable[Finding]) -> bool:
    """True where something must be mended first."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def exit_code(findings: Iterable[Finding]) -> int:
    """0 clean, 1 warnings, 2 nothing loaded."""
    severities = {finding.severity for finding in findings}
    if Severity.ERROR in severities:
        return 2
    return 1 if Severity.WARNING in severities else 0


class Refusal(Exception):
    """An action refused by the rules. Subclasses are named in the field's words; the message says which rule
    and who can lift it."""

    message: str = ""

    def __init__(self, **values: object) -> None:
        self.values = values
        super().__init__(say(self.message, "en", **values))

    def text(self, language: Language = "en") -> str:
        return say(self.message, language, **self.values)

    def remedy(self, language: Language = "en") -> str:
        return remedy(self.message, language, **self.values)
