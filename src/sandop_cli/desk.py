"""The plan folder on the desk: the plan, what has been computed from it, and the way on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from sandop.findings import has_errors
from sandop.io import read_folder, read_results, read_workbook, write_results
from sandop.plan import Plan, input_hash
from sandop.scenario import CERTIFICATE, STEPS, Month, run_steps
from sandop_cli.screen import Screen

_MADE = "steps"  # report that names the steps made so far


class NotLoaded(Exception):
    """The input has errors; they have been shown."""


@dataclass
class Desk:
    """A plan folder opened by a verb. Inputs are never written; results go to `results/`."""

    folder: Path
    screen: Screen
    month: Month
    inputs: str

    @property
    def plan(self) -> Plan:
        return self.month.plan

    def through(self, step: str, *, anew: bool = True) -> Month:
        """Run what is missing up to `step`. `step` itself is made anew unless told otherwise; what was built on it
        then no longer counts."""
        order = list(STEPS)
        wanted = order[: order.index(step) + 1]
        missing = [name for name in wanted if name not in self.month.steps or (anew and name == step)]
        if not missing:
            return self.month
        kept = order[: order.index(missing[0])]
        self.month = replace(self.month, steps=tuple(name for name in self.month.steps if name in kept))
        with self.screen.progress() as bars:
            for name in wanted[wanted.index(missing[0]) :]:
                with bars.step(f"step.{name}"):
                    self.month = run_steps(month=self.month, steps=(name,))
        self.save()
        return self.month

    def save(self) -> None:
        """Write the results; the folder `results/` is exchanged as a whole."""
        made = {_MADE: [{"step": step} for step in self.month.steps]}
        write_results(
            path=self.folder / "results",
            sheets=self.month.sheets,
            reports={**self.month.reports, **made},
            input_hash=self.inputs,
            others=self.month.proofs,
        )


def load(path: Path, screen: Screen) -> Plan:
    """The plan in a folder or workbook. Raises NotLoaded after showing the findings."""
    loaded = read_folder(path) if path.is_dir() else read_workbook(path)
    if loaded.plan is None or has_errors(loaded.findings):
        screen.findings(loaded.findings)
        screen.say("check.refused")
        raise NotLoaded
    return loaded.plan


def open_desk(path: Path, screen: Screen) -> Desk:
    """The folder with the results that belong to its inputs; results of other inputs, or damaged ones, do not
    count."""
    plan = load(path, screen)
    inputs = input_hash(plan)
    found = read_results(path / "results")
    if found.findings or found.index.get("input_hash") != inputs:
        if found.sheets:
            screen.say("inputs.moved")
        return Desk(path, screen, Month(plan), inputs)
    steps = tuple(str(row["step"]) for row in found.reports.get(_MADE, ()))
    proof = path / "results" / CERTIFICATE
    proofs = {CERTIFICATE: proof.read_bytes()} if proof.is_file() else {}
    reports = {name: report for name, report in found.reports.items() if name != _MADE}
    return Desk(path, screen, Month(plan, found.sheets, reports, (), proofs, steps), inputs)
