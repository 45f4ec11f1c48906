"""A plan that somebody brought: opened by a process that may fail alone, and loaded only where nothing is wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sandop.findings import Finding, Severity, Where, error, finding_of_plain, has_errors
from sandop.io import Ledger, check
from sandop.plan import Plan
from sandop_web.access import WebRefusal
from sandop_web.actions.documents import plan_file
from sandop_web.jobs.task import RefusedWith, Task
from sandop_web.jobs.zipped import unpack_folder
from sandop_web.store.models import Document

MEMORY_BYTES = 6_000_000_000  # address space of the process that looks, its libraries among it
SECONDS = 300.0


class PlanHasErrors(WebRefusal):
    """There are errors in the plan that was brought; nothing of it was loaded."""

    message = "jobs.plan_has_errors"


class FileIsGone(WebRefusal):
    """The file was cleared away before anybody looked."""

    message = "jobs.file_is_gone"


@dataclass(frozen=True)
class Brought:
    """What became of a file: the plan, None where there is an error; and the findings, worst first."""

    plan: Plan | None
    findings: tuple[Finding, ...]

    def as_outcome(self) -> list[dict[str, object]]:
        """The findings for the outcome of a job."""
        return [finding.as_plain() for finding in self.findings]


def plan_brought(task: Task) -> Brought:
    """The plan of the task's document. Raises FileIsGone, and RefusedWith the findings where one is an error."""
    document = Document.objects.filter(pk=task.arguments["document"]).first()
    if document is None:
        raise FileIsGone()
    task.line("jobs.looking", progress=0.05, name=document.name)
    brought = look_through(name=document.name, content=bytes(document.content))
    errors = sum(finding.severity is Severity.ERROR for finding in brought.findings)
    if brought.plan is None:
        raise RefusedWith(PlanHasErrors(name=document.name, errors=errors), {"findings": brought.as_outcome()})
    task.line("jobs.looked", progress=0.5, count=len(brought.findings))
    return brought


def look_through(*, name: str, content: bytes, memory_bytes: int = MEMORY_BYTES, seconds: float = SECONDS) -> Brought:
    """The plan in a file and everything that is wrong in it."""
    with TemporaryDirectory(prefix="sandop-brought-") as made:
        folder = Path(made)
        with _laid_out(name, content, folder) as (source, ledger):
            if source is None:
                return Brought(None, ledger.findings())
            findings = _looked(source, folder / "plan", memory_bytes, seconds)
        plan = None if has_errors(findings) else check(folder / "plan").plan
    order = list(Severity)
    return Brought(plan, tuple(sorted(findings, key=lambda finding: order.index(finding.severity))))


@contextmanager
def _laid_out(name: str, content: bytes, folder: Path) -> Iterator[tuple[Path | None, Ledger]]:
    """The file as it can be read, a workbook or an unpacked folder; None where it must not be unpacked."""
    ledger = Ledger()
    if plan_file(name=name, content=content) == "folder":
        yield unpack_folder(content=content, name=name, target=folder / "zip", ledger=ledger), ledger
        return
    workbook = folder / (Path(name).name or "plan.xlsx")
    workbook.write_bytes(content)
    yield workbook, ledger


def _looked(source: Path, target: Path, memory_bytes: int, seconds: float) -> tuple[Finding, ...]:
    command = [sys.executable, "-m", "sandop_web.jobs.look", str(source), str(target), str(memory_bytes)]
    where = Where(source.name if source.is_file() else "")
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return (error("jobs.file_too_slow", where, seconds=f"{seconds:g}"),)
    if done.returncode != 0:  # it ran out of memory, or a reader aborted
        return (error("jobs.file_too_heavy", where, memory=f"{memory_bytes / 1e9:.0f}"),)
    return tuple(map(finding_of_plain, json.loads(done.stdout)))
