"""The plan folder on the desk: the plan, what has been computed from it, and the way on."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from sandop.findings import Finding, Severity, Where, has_errors
from sandop.io import Loaded, check, read_results, write_results
from sandop.plan import Plan, input_hash
from sandop.scenario import CERTIFICATE, STEPS, Month, run_steps
from sandop.tables import Report
from sandop_cli.screen import Screen, plain

_MADE = "steps"  # report that names the steps made so far
_NOTICED = "findings"  # report of what the steps noticed, so that a month opened again says it again


class NotLoaded(Exception):
    """The input has errors; they have been shown."""


@dataclass
class Desk:
    """A plan folder opened by a verb. Inputs are never written; results go to `results/`.

    read        warnings of the check of the inputs
    noticed     step → what it noticed, when it was made
    """

    folder: Path
    screen: Screen
    month: Month
    inputs: str
    read: tuple[Finding, ...] = ()
    noticed: dict[str, tuple[Finding, ...]] = field(default_factory=dict)

    @property
    def plan(self) -> Plan:
        return self.month.plan

    @property
    def findings(self) -> list[Finding]:
        """What is doubtful in the inputs, and what the steps noticed."""
        return [*self.read, *self.month.findings]

    def through(self, step: str, *, anew: bool = True) -> Month:
        """Run what is missing up to `step`. `step` itself is made anew unless told otherwise; what was built on it
        then no longer counts."""
        order = list(STEPS)
        wanted = order[: order.index(step) + 1]
        missing = [name for name in wanted if name not in self.month.steps or (anew and name == step)]
        if not missing:
            return self.month
        kept = order[: order.index(missing[0])]
        steps = tuple(name for name in self.month.steps if name in kept)
        self.noticed = {name: self.noticed.get(name, ()) for name in steps}
        self.month = replace(self.month, steps=steps, findings=_all(self.noticed))
        with self.screen.progress() as bars:
            for name in wanted[wanted.index(missing[0]) :]:
                with bars.step(f"step.{name}"):
                    before = len(self.month.findings)
                    self.month = run_steps(month=self.month, steps=(name,))
                    self.noticed[name] = self.month.findings[before:]
        self.save()
        return self.month

    def save(self) -> None:
        """Write the results; the folder `results/` is exchanged as a whole."""
        made = {_MADE: [{"step": step} for step in self.month.steps], _NOTICED: _as_rows(self.noticed)}
        write_results(
            path=self.folder / "results",
            sheets=self.month.sheets,
            reports={**self.month.reports, **made},
            input_hash=self.inputs,
            others=self.month.proofs,
        )


def _all(noticed: dict[str, tuple[Finding, ...]]) -> tuple[Finding, ...]:
    return tuple(finding for findings in noticed.values() for finding in findings)


def _as_rows(noticed: dict[str, tuple[Finding, ...]]) -> Report:
    return [
        {
            "step": step,
            "severity": str(finding.severity),
            "message": finding.message,
            "file": finding.where.file,
            "row": finding.where.row,
            "column": finding.where.column,
            "values": json.dumps(dict(finding.values), ensure_ascii=False, default=plain),
        }
        for step, findings in noticed.items()
        for finding in findings
    ]


def _of_rows(rows: Report, steps: Iterable[str]) -> dict[str, tuple[Finding, ...]]:
    """Step → the findings that `_as_rows` wrote."""
    noticed: dict[str, tuple[Finding, ...]] = dict.fromkeys(steps, ())
    for row in rows:
        where = Where(str(row["file"] or ""), int(str(row["row"])), str(row["column"] or ""))
        values = json.loads(str(row["values"]))
        found = Finding(Severity(str(row["severity"])), str(row["message"]), where, values)
        noticed[str(row["step"])] = (*noticed.get(str(row["step"]), ()), found)
    return noticed


def load(path: Path, screen: Screen) -> Plan:
    """The plan in a folder or workbook. Raises NotLoaded after showing the findings."""
    return _loaded(path, screen)[0]


def _loaded(path: Path, screen: Screen) -> tuple[Plan, tuple[Finding, ...]]:
    """The plan and the warnings of its check. Raises NotLoaded."""
    loaded: Loaded = check(path)
    if loaded.plan is None or has_errors(loaded.findings):
        screen.findings(loaded.findings)
        screen.say("check.refused")
        raise NotLoaded
    return loaded.plan, tuple(finding for finding in loaded.findings if finding.severity is Severity.WARNING)


def open_desk(path: Path, screen: Screen) -> Desk:
    """The folder with the results that belong to its inputs; results of other inputs, or damaged ones, do not
    count."""
    plan, read = _loaded(path, screen)
    inputs = input_hash(plan)
    found = read_results(path / "results")
    if found.findings or found.index.get("input_hash") != inputs:
        if found.index:
            screen.say("results.damaged" if found.index.get("input_hash") == inputs else "inputs.moved")
        return Desk(path, screen, Month(plan), inputs, read)
    steps = tuple(str(row["step"]) for row in found.reports.get(_MADE, ()))
    noticed = _of_rows(found.reports.get(_NOTICED, ()), steps)
    proof = path / "results" / CERTIFICATE
    proofs = {CERTIFICATE: proof.read_bytes()} if proof.is_file() else {}
    reports = {name: report for name, report in found.reports.items() if name not in (_MADE, _NOTICED)}
    month = Month(plan, found.sheets, reports, _all(noticed), proofs, steps)
    return Desk(path, screen, month, inputs, read, noticed)
