"""The versions of a company: which there are, what is true of one, which measures and reports it holds."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from sandop.cycle import steps as all_steps
from sandop.measures import Measure, measures
from sandop.pack.reader import Reader
from sandop.plan import Plan
from sandop.tables import Report
from sandop_web.access import Actor, may_take, query, report_in_scope
from sandop_web.access.cycles import open_cycle_in
from sandop_web.access.editing import may_edit_measure, own_scenario
from sandop_web.access.roles import SOP_MANAGER
from sandop_web.access.versions import newest_plan, version_of
from sandop_web.store.models import Change, Member, Signature, Version
from sandop_web.store.plans import (
    change_count,
    read_network,
    read_report,
    read_settings,
    report_names,
    sheet_names,
)


@dataclass(frozen=True)
class Person:
    """Somebody by name."""

    person: str
    name: str
    name_zh: str


@dataclass(frozen=True)
class VersionLine:
    """A version in a list.

    purpose     plan, scenario, snapshot
    state       draft, published
    behind      changes since the results were made; None where there are no results
    current     the version of the open cycle
    """

    version: int
    number: int
    title: str
    purpose: str
    state: str
    start: str
    parent: int | None
    parent_title: str
    made_by: Person | None
    made_at: dt.datetime
    changes: int
    behind: int | None
    current: bool
    mine: bool


@dataclass(frozen=True)
class VersionFacts(VersionLine):
    """What is true of one version.

    hashes          of a published version: what it is named by; of a draft: empty
    verified        the certificate of these very results was checked and holds
    signed_by, signed_at, conditions    the signature, if any
    branches        scenarios branched off it
    may_*           what this reader may do now
    """

    input_hash: str
    result_hash: str
    root_hash: str
    published_at: dt.datetime | None
    steps: tuple[str, ...]
    verified: bool
    signed_by: Person | None
    signed_at: dt.datetime | None
    conditions: tuple[str, ...]
    branches: tuple[VersionLine, ...]
    reports: tuple[str, ...]
    may_branch: bool
    may_merge: bool
    may_discard: bool
    may_run: bool


@dataclass(frozen=True)
class MeasureLine:
    """A measure of a version: whether it is there, how many of its cells were changed, whether the reader may."""

    measure: Measure
    there: bool
    changes: int
    may_edit: bool


@dataclass(frozen=True)
class StepMeasures:
    """The measures that belong to a step of the cycle."""

    step: str
    inputs: tuple[MeasureLine, ...]
    results: tuple[MeasureLine, ...]


@query
def versions_of(*, by: Actor) -> tuple[VersionLine, ...]:
    """All versions of the company, the newest first."""
    current = working_version(by=by)
    return tuple(_line(by, version, current) for version in _counted(by).order_by("-number"))


@query
def current_version(*, by: Actor) -> int | None:
    """The version the reader looks at: the one their page names, else the one people work on."""
    return by.looking_at if by.looking_at is not None else working_version(by=by)


@query
def working_version(*, by: Actor) -> int | None:
    """The version people work on, whatever the reader looks at: the open cycle's, else the newest plan; None where
    there is no plan yet."""
    cycle = open_cycle_in(by.company_id)
    if cycle is not None:
        return cycle.version_id
    newest = newest_plan(company_id=by.company_id)
    return newest.pk if newest else None


@query
def version_facts(*, by: Actor, version: int) -> VersionFacts:
    """What is true of one version. Raises NothingThere."""
    found = version_of(by=by, version=version)
    current = working_version(by=by)
    counted = _counted(by).get(pk=found.pk)
    line = _line(by, counted, current)
    signature = Signature.objects.filter(version=found).select_related("member").first()
    branches = tuple(_line(by, branch, current) for branch in _counted(by).filter(parent=found).order_by("-number"))
    draft = found.state == Version.State.DRAFT
    scenario = found.purpose == Version.Purpose.SCENARIO
    return VersionFacts(
        **vars(line),
        input_hash=found.input_hash,
        result_hash=found.result_hash,
        root_hash=found.root_hash,
        published_at=found.published_at,
        steps=tuple(found.steps),
        verified=bool(found.verified) and line.behind == 0,
        signed_by=_person(signature.member) if signature else None,
        signed_at=signature.at if signature else None,
        conditions=tuple(signature.conditions) if signature else (),
        branches=branches,
        reports=tuple(report_names(found)),
        may_branch=may_take(by=by, action="branch_scenario"),
        may_merge=scenario and found.parent_id is not None and may_take(by=by, action="merge_scenario"),
        may_discard=scenario and draft and may_take(by=by, action="discard_scenario") and _may_rule(by, found),
        may_run=draft and may_take(by=by, action="start_month"),
    )


@query
def plan_measures(*, by: Actor, version: int) -> tuple[StepMeasures, ...]:
    """The measures of a version by the step they belong to. Inputs nobody has brought are listed too, because
    somebody may bring them; results only where they were computed. Raises NothingThere."""
    found = version_of(by=by, version=version)
    there = {*sheet_names(found, "input"), *sheet_names(found, "result")}
    changed = _changes_by_measure(found)
    steps: dict[str, tuple[list[MeasureLine], list[MeasureLine]]] = {}
    for name, measure in measures().items():
        inputs, results = steps.setdefault(measure.step, ([], []))
        line = MeasureLine(
            measure, name in there, changed.get(name, 0), may_edit_measure(by=by, version=found, name=name)
        )
        if measure.direction == "input":
            inputs.append(line)
        elif name in there:
            results.append(line)
    lines = (StepMeasures(step, tuple(inputs), tuple(results)) for step, (inputs, results) in steps.items())
    order = [step.step for step in all_steps()]
    return tuple(sorted(lines, key=lambda each: order.index(each.step)))


@query
def report_of(*, by: Actor, version: int, name: str) -> Report:
    """The rows of a report in the reader's scope; none where it has not been made. Raises NothingThere."""
    found = version_of(by=by, version=version)
    report = read_report(found, name)
    return report if by.everywhere else report_in_scope(by=by, report=report, network=read_network(found))


@query
def reader_of_version(*, by: Actor, version: int) -> Reader:
    """Says the names of a version's masters, months and money as this reader wants them. Raises NothingThere."""
    found = version_of(by=by, version=version)
    return Reader(Plan(read_settings(found), read_network(found)), by.language, by.large_numbers)


def _changes_by_measure(version: Version) -> dict[str, int]:
    """Measure → how many of its cells were changed."""
    counted = Change.objects.filter(version=version).values("measure").annotate(count=Count("pk"))
    return {row["measure"]: row["count"] for row in counted}


def _counted(by: Actor) -> QuerySet[Version]:
    """The versions of the company with what a line of them shows."""
    return Version.objects.filter(company_id=by.company_id).select_related("parent", "made_by")


def _line(by: Actor, version: Version, current: int | None) -> VersionLine:
    changes = change_count(version)
    return VersionLine(
        version=version.pk,
        number=version.number,
        title=version.title,
        purpose=version.purpose,
        state=version.state,
        start=version.start,
        parent=version.parent_id,
        parent_title=version.parent.title if version.parent else "",
        made_by=_person(version.made_by) if version.made_by else None,
        made_at=version.made_at,
        changes=changes,
        behind=None if version.results_of is None else changes - version.results_of,
        current=version.pk == current,
        mine=own_scenario(by=by, version=version),
    )


def _person(member: Member) -> Person:
    return Person(member.person, member.name, member.name_zh)


def _may_rule(by: Actor, version: Version) -> bool:
    """True where the scenario is the reader's own, or the reader runs the cycle."""
    return by.role == SOP_MANAGER or own_scenario(by=by, version=version)
