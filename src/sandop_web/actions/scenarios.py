"""Labelled scenarios: branched off in an instant, tried out, merged back or discarded."""

from __future__ import annotations

from sandop_web.access import Actor, NotUnderstood, WebRefusal, action
from sandop_web.access.editing import own_scenario
from sandop_web.access.members import acting_member
from sandop_web.access.roles import SOP_MANAGER
from sandop_web.access.versions import version_of
from sandop_web.store.branches import branch
from sandop_web.store.models import Cycle, Version
from sandop_web.wording import say

LONGEST_TITLE = 200


class NotAScenario(WebRefusal):
    """Only a scenario can be renamed, discarded or merged: a plan and a snapshot stay."""

    message = "plans.not_a_scenario"


class NotYourScenario(WebRefusal):
    """Somebody else's scenario is theirs, or the S&OP manager's."""

    message = "plans.not_your_scenario"
    status = 403


class ScenarioIsInUse(WebRefusal):
    """Something rests on the scenario: a branch, a cycle, its own publication."""

    message = "plans.scenario_is_in_use"


@action
def branch_scenario(*, by: Actor, version: int, title: str, why: str) -> int:
    """A new draft that begins as the version stands, labelled as a scenario; returns its id. Whoever makes it may
    try any number of their scope in it. Raises NothingThere, NotUnderstood for a title that is empty or too long."""
    found = version_of(by=by, version=version)
    made = branch(version=found, title=_title(by, title), made_by=acting_member(by=by), at=by.at)
    return made.pk


@action
def rename_scenario(*, by: Actor, version: int, title: str, why: str) -> None:
    """Give a scenario another title. Raises NothingThere, NotAScenario, NotYourScenario, NotUnderstood."""
    found = own_draft(by=by, version=version)
    Version.objects.filter(pk=found.pk).update(title=_title(by, title))


@action
def discard_scenario(*, by: Actor, version: int, why: str) -> None:
    """Throw a scenario away with its changes. Raises NothingThere, NotAScenario, NotYourScenario, ScenarioIsInUse."""
    found = own_draft(by=by, version=version)
    if found.branches.exists() or Cycle.objects.filter(version=found).exists():
        raise ScenarioIsInUse(title=found.title)
    found.delete()


def own_draft(*, by: Actor, version: int) -> Version:
    """A scenario that is a draft and this person's to rule. Raises NothingThere, NotAScenario, NotYourScenario,
    ScenarioIsInUse."""
    found = version_of(by=by, version=version)
    if found.purpose != Version.Purpose.SCENARIO:
        raise NotAScenario(title=found.title)
    if by.role != SOP_MANAGER and not own_scenario(by=by, version=found):
        raise NotYourScenario(title=found.title)
    if found.state != Version.State.DRAFT:
        raise ScenarioIsInUse(title=found.title)
    return found


def _title(by: Actor, title: str) -> str:
    title = title.strip()
    if not 0 < len(title) <= LONGEST_TITLE:
        field, wanted = say("plans.field.title", by.language), say("plans.a_title", by.language, most=LONGEST_TITLE)
        raise NotUnderstood(field=field, value=title[:80], wanted=wanted)
    return title
