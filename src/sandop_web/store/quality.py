"""How good the tables and measures of a plan are: the share of rows about which the checks find nothing."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sandop.findings import Finding, Severity
from sandop.io import Loaded, check, write_folder
from sandop.plan import Plan
from sandop.wording import LANGUAGES, Language

_MORE = "io.more"  # the finding that counts those which are not shown


@dataclass(frozen=True)
class Fault:
    """Rows with the same trouble: the message of the check, an example in both languages, how many rows."""

    message: str
    example: Mapping[Language, str]
    count: int


@dataclass(frozen=True)
class Quality:
    """How good a table or measure is.

    score   share of its rows without an error or warning, 0 to 1; an empty one scores 1
    faults  what cost it, the most frequent first
    """

    name: str
    rows: int
    score: float
    faults: tuple[Fault, ...] = field(default=())


def qualities(plan: Plan) -> tuple[Quality, ...]:
    """The quality of everything the plan brings, the worst first. The plan is written out and checked as one that
    comes from outside, so that both are held to the same rules."""
    with tempfile.TemporaryDirectory(prefix="sandop-quality-") as folder:
        path = Path(folder) / "plan"
        write_folder(plan, path)
        loaded = check(path)
    found = _by_name(loaded)
    scored = [_quality(content.name, content.rows, found.get(content.name, ())) for content in loaded.contents]
    return tuple(sorted(scored, key=lambda one: (one.score, one.name)))


def _by_name(loaded: Loaded) -> dict[str, list[Finding]]:
    """Table or measure → what the checks found in its file. A vintage's file is in a folder of its own."""
    names = {content.file: content.name for content in loaded.contents}
    found: dict[str, list[Finding]] = {}
    for finding in loaded.findings:
        if finding.severity is not Severity.NOTE:
            name = names.get(finding.where.file, Path(finding.where.file).stem)
            found.setdefault(name, []).append(finding)
    return found


def _quality(name: str, rows: int, findings: Iterable[Finding]) -> Quality:
    counts: Counter[str] = Counter()
    examples: dict[str, Finding] = {}
    for finding in findings:
        message = str(finding.values["kind"]) if finding.message == _MORE else finding.message
        examples.setdefault(message, finding)
        counts[message] += _rows_of(finding)
    faulty = min(sum(counts.values()), rows)
    faults = tuple(
        Fault(message, {language: examples[message].text(language) for language in LANGUAGES}, count)
        for message, count in counts.most_common()
    )
    return Quality(name, rows, 1.0 - faulty / rows if rows else 1.0, faults)


def _rows_of(finding: Finding) -> int:
    """How many rows a finding speaks of: those it counts, else one."""
    for place in ("series", "count"):
        count = finding.values.get(place)
        if finding.message == _MORE and place == "series":
            continue
        if isinstance(count, int):
            return count
    return 1
