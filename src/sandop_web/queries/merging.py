"""What stands in the way of merging a scenario into its plan, said before anybody tries."""

from __future__ import annotations

from dataclasses import dataclass

from sandop.cycle import step as step_named
from sandop_web.access import Actor, query
from sandop_web.access.editing import editors_of_measure, editors_of_table
from sandop_web.access.versions import version_of
from sandop_web.store.models import Change, MasterChange
from sandop_web.store.steps import StepIsClosed, require_step_open


@dataclass(frozen=True)
class StepInTheWay:
    """A signed step whose numbers the scenario changes."""

    step: str
    title: str


@query
def signed_steps_in_the_way(*, by: Actor, version: int) -> tuple[StepInTheWay, ...]:
    """Steps of the plan that are signed and whose numbers or tables the scenario changes: the merge is refused until
    they are reopened. Raises NothingThere."""
    scenario = version_of(by=by, version=version)
    if scenario.parent is None:
        return ()
    measures = Change.objects.filter(version=scenario).values_list("measure", flat=True).distinct()
    tables = MasterChange.objects.filter(version=scenario).values_list("table", flat=True).distinct()
    steps = {editors_of_measure(name).step for name in measures}
    steps |= {editors_of_table(name).step for name in tables if name != "settings"}
    found = []
    for step in sorted(steps):
        try:
            require_step_open(version=scenario.parent, step=step)
        except StepIsClosed:
            found.append(StepInTheWay(step, step_named(step).title(by.language)))
    return tuple(found)
