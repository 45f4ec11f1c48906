"""All findings of one reading. Of many equal ones the first twenty are shown and the rest are counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from sandop.findings import Finding, Severity, Where

SHOWN = 20
NOWHERE = Where()
Description: TypeAlias = tuple[int, str, Mapping[str, object]]  # row, column, values of the message
_ORDER = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


class Ledger:
    """Collects findings; one kind is a severity, a message and a file."""

    def __init__(self) -> None:
        self._shown: dict[tuple[Severity, str, str], list[Finding]] = {}
        self._counted: Counter[tuple[Severity, str, str]] = Counter()

    def add(self, finding: Finding) -> None:
        kind = finding.severity, finding.message, finding.where.file
        self._counted[kind] += 1
        shown = self._shown.setdefault(kind, [])
        if len(shown) < SHOWN:
            shown.append(finding)

    def add_once(self, severity: Severity, message: str, where: Where, /, **values: object) -> None:
        """The finding, unless one of its message and file has been made already."""
        if not self._counted[severity, message, where.file]:
            self.add(Finding(severity, message, where, values))

    def error(self, message: str, where: Where = NOWHERE, /, **values: object) -> None:
        self.add(Finding(Severity.ERROR, message, where, values))

    def warning(self, message: str, where: Where = NOWHERE, /, **values: object) -> None:
        self.add(Finding(Severity.WARNING, message, where, values))

    def note(self, message: str, where: Where = NOWHERE, /, **values: object) -> None:
        self.add(Finding(Severity.NOTE, message, where, values))

    def each(
        self,
        severity: Severity,
        message: str,
        file: str,
        places: Sequence[int],
        describe: Callable[[int], Description],
    ) -> None:
        """One finding for every place; only those that are shown are described."""
        kind = severity, message, file
        if not len(places):
            return
        shown = self._shown.setdefault(kind, [])
        for place in places[: SHOWN - len(shown)]:
            row, column, values = describe(int(place))
            shown.append(Finding(severity, message, Where(file, row, column), values))
        self._counted[kind] += len(places)

    def findings(self) -> tuple[Finding, ...]:
        """Errors, then warnings, then notes; after the shown ones of a kind stands how many more there are."""
        found: list[Finding] = []
        for severity in _ORDER:
            for kind, shown in self._shown.items():
                if kind[0] is severity:
                    found += shown + self._more(kind)
        return tuple(found)

    def _more(self, kind: tuple[Severity, str, str]) -> list[Finding]:
        total = self._counted[kind]
        if total <= SHOWN:
            return []
        values = {"count": total - SHOWN, "total": total, "kind": kind[1]}
        return [Finding(kind[0], "io.more", Where(kind[2]), values)]

    def counts(self) -> dict[Severity, int]:
        """Severity → how many findings in all, shown or not."""
        totals = dict.fromkeys(_ORDER, 0)
        for (severity, _, _), count in self._counted.items():
            totals[severity] += count
        return totals
