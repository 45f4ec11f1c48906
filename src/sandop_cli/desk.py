"""The plan folder on the desk: the plan, what has been computed from it, and the way on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from sandop.findings import Finding, Severity, has_errors
from sandop.io import Loaded, check
from sandop.plan import Plan, input_hash
from sandop.scenario import STEPS, Month, in_order, keep_month, kept_month, run_steps
from sandop_cli.screen import Screen


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
        self.month = replace(self.month, steps=steps, findings=in_order(self.noticed))
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
        keep_month(folder=self.folder, month=self.month, inputs=self.inputs, noticed=self.noticed)


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
    kept = kept_month(folder=path, plan=plan, inputs=inputs)
    if kept.refused:
        screen.say("results.damaged" if kept.refused == "damaged" else "inputs.moved")
    return Desk(path, screen, kept.month, inputs, read, dict(kept.noticed))
