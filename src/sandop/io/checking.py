"""Check a plan folder or workbook: read it, make every check, and sum up what was found."""

from __future__ import annotations

from pathlib import Path

from sandop.findings import Severity
from sandop.io.assemble import Loaded
from sandop.io.folder import read_folder
from sandop.io.workbook import read_workbook
from sandop.wording import Language, say


def check(path: Path) -> Loaded:
    """Read the plan at `path`, a folder or a workbook (any file), with every problem in it."""
    return read_workbook(path) if path.is_file() else read_folder(path)


def summary(loaded: Loaded, language: Language = "en") -> list[str]:
    """What was read and how many problems there are, in a few sentences."""
    counts = {str(severity): loaded.counts.get(severity, 0) for severity in Severity}
    lines = [say("io.summary_ready" if loaded.plan else "io.summary_refused", language)]
    lines.append(say("io.summary_counts", language, **counts))
    if loaded.plan:
        network, calendar = loaded.plan.network, loaded.plan.calendar
        lines.append(
            say(
                "io.summary_size",
                language,
                items=len(network.items),
                sites=len(network.sites),
                customers=len(network.customers),
                resources=len(network.resources),
                processes=len(network.processes),
            )
        )
        lines.append(
            say(
                "io.summary_time",
                language,
                history=len(calendar.history),
                first=calendar.horizon.labels[0],
                last=calendar.horizon.labels[-1],
            )
        )
    lines.append(
        say("io.summary_files", language, files=len(loaded.contents), rows=sum(part.rows for part in loaded.contents))
    )
    return lines
