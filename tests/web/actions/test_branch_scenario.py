"""A scenario begins as its plan stands, is labelled, and leaves the plan alone."""

import pytest
from planning import EAST, LINE, address, closed_doors, forecast, held, hours, say_forecast, signed
from stage import Act, Browser

from sandop_web.access import NothingThere, NotUnderstood, NotYourRole, OutsideYourScope, WhyMissing
from sandop_web.actions.editing import edit_cells_of_plan
from sandop_web.actions.scenarios import branch_scenario
from sandop_web.queries.plans import version_facts
from sandop_web.store.models import Version
from sandop_web.store.publishing import publish_version


def _branch(act: Act, person: str, version: Version, title: str = "More hours") -> Version:
    made = branch_scenario(by=act(person), version=version.pk, title=title, why="what if")
    return Version.objects.get(pk=made)


def test_it_is_labelled_and_holds_what_the_plan_holds(act: Act, version: Version) -> None:
    scenario = _branch(act, "sam", version)
    facts = version_facts(by=act("vic"), version=scenario.pk)
    assert (facts.purpose, facts.parent, facts.title) == ("scenario", version.pk, "More hours")
    assert facts.behind == 0  # its results came along
    assert held(scenario, "capacity_regular", LINE) == 560.0


def test_what_happens_in_the_scenario_stays_there(act: Act, version: Version) -> None:
    scenario = _branch(act, "sam", version)
    edit_cells_of_plan(by=act("sam"), version=scenario.pk, edits=[hours(700.0)], why="a third shift")
    assert held(scenario, "capacity_regular", LINE) == 700.0
    assert held(version, "capacity_regular", LINE) == 560.0
    assert version_facts(by=act("sam"), version=scenario.pk).behind == 1
    assert version_facts(by=act("sam"), version=version.pk).behind == 0


def test_in_a_scenario_of_ones_own_one_may_try_any_number_of_ones_scope(act: Act, version: Version) -> None:
    scenario = _branch(act, "sam", version)
    say_forecast(act("sam"), scenario, forecast(EAST, 500.0))
    assert held(scenario, "sales_forecast", EAST) == 500.0
    with pytest.raises(NotYourRole):
        say_forecast(act("pia"), scenario, forecast(EAST, 600.0, before=500.0))


def test_but_scope_holds_there_too(act: Act, version: Version) -> None:
    scenario = _branch(act, "sally", version)
    with pytest.raises(OutsideYourScope):
        say_forecast(act("sally"), scenario, forecast(("A", "DC", "W"), 500.0))


@pytest.mark.usefixtures("cycle")
def test_after_a_signed_step_and_from_a_published_plan_one_may_still_ask_what_if(act: Act, version: Version) -> None:
    signed(version, "supply_review")
    publish_version(version=version, at=act("eve").at)
    scenario = _branch(act, "sam", version)
    edit_cells_of_plan(by=act("sam"), version=scenario.pk, edits=[hours(700.0)], why="a third shift")
    assert held(scenario, "capacity_regular", LINE) == 700.0


@pytest.mark.parametrize("title", ["", "   ", "x" * 201])
def test_it_needs_a_title(act: Act, version: Version, title: str) -> None:
    with pytest.raises(NotUnderstood):
        _branch(act, "sam", version, title)


def test_it_needs_a_reason_and_a_version_of_the_company(act: Act, version: Version) -> None:
    with pytest.raises(WhyMissing):
        branch_scenario(by=act("sam"), version=version.pk, title="x", why="")
    with pytest.raises(NothingThere):
        branch_scenario(by=act("sam"), version=version.pk + 99, title="x", why="y")


def test_the_page_branches_and_its_doors(client_of: Browser, version: Version) -> None:
    path, sent = address(version, "branch/"), {"title": "Third shift", "why": "what if"}
    closed_doors(client_of, path, sent)
    assert Version.objects.count() == 1
    answer = client_of("sam").post(path, sent)
    scenario = Version.objects.get(title="Third shift")
    assert answer.headers["Location"] == f"/c/small/scenarios/{scenario.pk}/"
