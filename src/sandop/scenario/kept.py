"""A month's results as the folder `results/` keeps them, so that it can be opened again as it was."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sandop.findings import Finding, Severity, Where
from sandop.io import read_results, write_results
from sandop.plan import Plan
from sandop.scenario.month import CERTIFICATE, Month
from sandop.tables import Report

RESULTS = "results"
_MADE = "steps"  # report that names the steps made so far
_NOTICED = "findings"  # report of what the steps noticed, so that a month opened again says it again

Noticed = Mapping[str, tuple[Finding, ...]]  # step → what it noticed; "" where nobody knows which step it was


@dataclass(frozen=True, eq=False)
class Kept:
    """What the folder `results/` holds for a plan.

    month     the month as far as it was made; only the plan where nothing in the folder counts
    noticed   step → what it noticed
    refused   why the results do not count: "damaged", "other_inputs", or empty where they do or there are none
    """

    month: Month
    noticed: Noticed
    refused: str = ""


def keep_month(*, folder: Path, month: Month, inputs: str, noticed: Noticed) -> None:
    """Write the month's results into the plan folder; `results/` is exchanged as a whole. `inputs` is the plan's
    input hash."""
    made: dict[str, Report] = {_MADE: [{"step": step} for step in month.steps], _NOTICED: _as_rows(noticed)}
    write_results(
        path=folder / RESULTS,
        sheets=month.sheets,
        reports={**month.reports, **made},
        input_hash=inputs,
        others=month.proofs,
    )


def kept_month(*, folder: Path, plan: Plan, inputs: str) -> Kept:
    """The month that the plan folder keeps; results of other inputs, or damaged ones, do not count."""
    found = read_results(folder / RESULTS)
    same = found.index.get("input_hash") == inputs
    if found.findings or not same:
        refused = "" if not found.index else "damaged" if same else "other_inputs"
        return Kept(Month(plan), {}, refused)
    steps = tuple(str(row["step"]) for row in found.reports.get(_MADE, ()))
    noticed = _of_rows(found.reports.get(_NOTICED, ()), steps)
    proof = folder / RESULTS / CERTIFICATE
    proofs = {CERTIFICATE: proof.read_bytes()} if proof.is_file() else {}
    reports = {name: report for name, report in found.reports.items() if name not in (_MADE, _NOTICED)}
    return Kept(Month(plan, found.sheets, reports, in_order(noticed), proofs, steps), noticed)


def in_order(noticed: Noticed) -> tuple[Finding, ...]:
    """All findings, step by step."""
    return tuple(finding for findings in noticed.values() for finding in findings)


def _as_rows(noticed: Noticed) -> Report:
    return [
        {
            "step": step,
            "severity": str(finding.severity),
            "message": finding.message,
            "file": finding.where.file,
            "row": finding.where.row,
            "column": finding.where.column,
            "values": json.dumps(finding.as_plain()["values"], ensure_ascii=False),
        }
        for step, findings in noticed.items()
        for finding in findings
    ]


def _of_rows(rows: Report, steps: Iterable[str]) -> dict[str, tuple[Finding, ...]]:
    noticed: dict[str, tuple[Finding, ...]] = dict.fromkeys(steps, ())
    for row in rows:
        where = Where(str(row["file"] or ""), int(str(row["row"])), str(row["column"] or ""))
        found = Finding(Severity(str(row["severity"])), str(row["message"]), where, json.loads(str(row["values"])))
        step = str(row["step"] or "")
        noticed[step] = (*noticed.get(step, ()), found)
    return noticed
