"""A scenario gets another title from whoever made it, or from the S&OP manager; a plan keeps its own."""

import pytest
from planning import address, closed_doors
from stage import Act, Browser

from sandop_web.access import NotUnderstood, WhyMissing
from sandop_web.actions.scenarios import NotAScenario, NotYourScenario, branch_scenario, rename_scenario
from sandop_web.store.models import Version


@pytest.fixture
def scenario(act: Act, version: Version) -> Version:
    made = branch_scenario(by=act("sam"), version=version.pk, title="Third shift", why="what if")
    return Version.objects.get(pk=made)


@pytest.mark.parametrize("person", ["sam", "max"])
def test_its_maker_and_the_sop_manager_rename_it(act: Act, scenario: Version, person: str) -> None:
    rename_scenario(by=act(person), version=scenario.pk, title=" Night shift ", why="clearer")
    scenario.refresh_from_db()
    assert scenario.title == "Night shift"


def test_others_do_not(act: Act, scenario: Version) -> None:
    with pytest.raises(NotYourScenario):
        rename_scenario(by=act("dana"), version=scenario.pk, title="Mine", why="x")


def test_a_plan_keeps_its_title(act: Act, version: Version) -> None:
    with pytest.raises(NotAScenario):
        rename_scenario(by=act("max"), version=version.pk, title="Other", why="x")


def test_an_empty_title_or_no_reason(act: Act, scenario: Version) -> None:
    with pytest.raises(NotUnderstood):
        rename_scenario(by=act("sam"), version=scenario.pk, title="", why="x")
    with pytest.raises(WhyMissing):
        rename_scenario(by=act("sam"), version=scenario.pk, title="Night shift", why="")


def test_the_page_renames_and_its_doors(client_of: Browser, scenario: Version) -> None:
    path, sent = address(scenario, "rename/"), {"title": "Night shift", "why": "clearer"}
    closed_doors(client_of, path, sent)
    assert client_of("sam").post(path, sent).status_code == 303
    scenario.refresh_from_db()
    assert scenario.title == "Night shift"
