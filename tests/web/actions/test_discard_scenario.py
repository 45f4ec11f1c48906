"""A scenario nobody needs goes, with its changes; a plan, a published version and what others rest on stay."""

import pytest
from planning import address, closed_doors, hours
from stage import Act, Browser

from sandop_web.access import WhyMissing
from sandop_web.actions.editing import edit_cells_of_plan
from sandop_web.actions.scenarios import (
    NotAScenario,
    NotYourScenario,
    ScenarioIsInUse,
    branch_scenario,
    discard_scenario,
)
from sandop_web.store.models import Change, Deed, Version
from sandop_web.store.publishing import publish_version


@pytest.fixture
def scenario(act: Act, version: Version) -> Version:
    """Sam's scenario with one change in it."""
    made = branch_scenario(by=act("sam"), version=version.pk, title="Third shift", why="what if")
    edit_cells_of_plan(by=act("sam"), version=made, edits=[hours(700.0)], why="a third shift")
    return Version.objects.get(pk=made)


@pytest.mark.parametrize("person", ["sam", "max"])
def test_its_maker_and_the_sop_manager_discard_it(act: Act, scenario: Version, person: str) -> None:
    discard_scenario(by=act(person), version=scenario.pk, why="does not pay")
    assert not Version.objects.filter(pk=scenario.pk).exists()
    assert not Change.objects.exists()
    assert Deed.objects.filter(action="discard_scenario", why="does not pay").exists()  # that it was is not forgotten


def test_others_do_not(act: Act, scenario: Version) -> None:
    with pytest.raises(NotYourScenario):
        discard_scenario(by=act("dana"), version=scenario.pk, why="x")


def test_a_plan_is_never_discarded(act: Act, version: Version) -> None:
    with pytest.raises(NotAScenario):
        discard_scenario(by=act("max"), version=version.pk, why="x")


def test_a_scenario_with_a_branch_stays(act: Act, scenario: Version) -> None:
    branch_scenario(by=act("dana"), version=scenario.pk, title="And more demand", why="what if")
    with pytest.raises(ScenarioIsInUse):
        discard_scenario(by=act("sam"), version=scenario.pk, why="x")


def test_a_published_scenario_stays(act: Act, version: Version) -> None:
    made = branch_scenario(by=act("sam"), version=version.pk, title="Third shift", why="what if")
    publish_version(version=Version.objects.get(pk=made), at=act("eve").at)
    with pytest.raises(ScenarioIsInUse):
        discard_scenario(by=act("sam"), version=made, why="x")


def test_discarding_needs_a_reason(act: Act, scenario: Version) -> None:
    with pytest.raises(WhyMissing):
        discard_scenario(by=act("sam"), version=scenario.pk, why="")


def test_the_page_discards_and_its_doors(client_of: Browser, scenario: Version) -> None:
    path, sent = address(scenario, "discard/"), {"why": "does not pay"}
    closed_doors(client_of, path, sent)
    assert Version.objects.filter(pk=scenario.pk).exists()
    assert client_of("sam").post(path, sent).headers["Location"] == "/c/small/scenarios/"
    assert not Version.objects.filter(pk=scenario.pk).exists()
