"""What merging a scenario into its plan would do and what stands in its way, said before anybody tries."""

from __future__ import annotations

from dataclasses import dataclass

from sandop.cycle import step as step_named
from sandop.measures import measure
from sandop_web.access import Actor, query
from sandop_web.access.editing import (
    editors_of_measure,
    editors_of_table,
    may_edit_measure,
    may_edit_table,
)
from sandop_web.access.versions import version_of
from sandop_web.queries.scenarios.changes import ChangeLine, changes_in
from sandop_web.queries.scenarios.moved import BaseMoved, base_moved
from sandop_web.store.models import Change, FamilyAgreement, MasterChange, Version
from sandop_web.store.plans import change_count
from sandop_web.store.steps import StepIsClosed, require_step_open
from sandop_web.wording import say

_SETTINGS = "settings"


@dataclass(frozen=True)
class StepInTheWay:
    """A signed step whose numbers the scenario changes."""

    step: str
    title: str


@dataclass(frozen=True)
class NotYours:
    """Something the scenario changes that the reader may not change in the plan, and who may."""

    what: str
    roles: str


@dataclass(frozen=True)
class MergeOutlook:
    """What merging a scenario would do.

    lines       what was changed in the scenario, the latest first
    moved       how the plan has gone on meanwhile
    signed      signed steps that must be reopened first
    not_yours   what the reader may not change in the plan
    agreements  families whose word of sales, supply or finance would be outdated
    results     the plan has results, which would be from before the merge
    """

    lines: tuple[ChangeLine, ...]
    moved: BaseMoved
    signed: tuple[StepInTheWay, ...]
    not_yours: tuple[NotYours, ...]
    agreements: int
    results: bool

    @property
    def refused(self) -> bool:
        """True where the merge would be refused as things stand."""
        return bool(self.signed or self.not_yours)


@query
def merge_outlook(*, by: Actor, version: int) -> MergeOutlook:
    """What merging this scenario would do. Raises NothingThere."""
    scenario = version_of(by=by, version=version)
    parent = scenario.parent
    return MergeOutlook(
        lines=changes_in(scenario, by),
        moved=base_moved(scenario, by),
        signed=signed_steps_in_the_way(by=by, version=version),
        not_yours=tuple(_not_yours(by, scenario)),
        agreements=_agreements(parent) if parent else 0,
        results=parent is not None and parent.results_of is not None,
    )


@query
def signed_steps_in_the_way(*, by: Actor, version: int) -> tuple[StepInTheWay, ...]:
    """Steps of the plan that are signed and whose numbers or tables the scenario changes: the merge is refused until
    they are reopened. Raises NothingThere."""
    scenario = version_of(by=by, version=version)
    if scenario.parent is None:
        return ()
    measures, tables = _changed(scenario)
    steps = {editors_of_measure(name).step for name in measures}
    steps |= {editors_of_table(name).step for name in tables}
    found = []
    for step in sorted(steps):
        try:
            require_step_open(version=scenario.parent, step=step)
        except StepIsClosed:
            found.append(StepInTheWay(step, step_named(step).title(by.language)))
    return tuple(found)


def _changed(scenario: Version) -> tuple[list[str], list[str]]:
    """The measures and master tables that the scenario changes."""
    measures = Change.objects.filter(version=scenario).values_list("measure", flat=True).distinct()
    tables = MasterChange.objects.filter(version=scenario).exclude(table=_SETTINGS)
    return sorted(set(measures)), sorted(set(tables.values_list("table", flat=True)))


def _not_yours(by: Actor, scenario: Version) -> list[NotYours]:
    plan = scenario.parent
    if plan is None:
        return []
    measures, tables = _changed(scenario)
    found = [
        NotYours(measure(name).title(by.language), editors_of_measure(name).titles(by.language))
        for name in measures
        if not may_edit_measure(by=by, version=plan, name=name)
    ]
    return found + [
        NotYours(say(f"plans.table.{name}", by.language), editors_of_table(name).titles(by.language))
        for name in tables
        if not may_edit_table(by=by, version=plan, name=name)
    ]


def _agreements(plan: Version) -> int:
    """Families to which somebody agrees as the plan stands now."""
    standing = FamilyAgreement.objects.filter(version=plan, changes=change_count(plan))
    return standing.values("family").distinct().count()
