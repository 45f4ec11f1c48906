"""Scenarios stand beside their plan in money; what is not solved says so; a form comes back as it was typed."""

import re

import pytest
from jobs_stage import do
from planning import address, hours, signed
from stage import Act, Browser

from sandop_web.access import NothingThere
from sandop_web.actions.editing import edit_cells_of_plan
from sandop_web.actions.jobs import cancel_job, start_month
from sandop_web.actions.scenario_changes import change_in_scenario
from sandop_web.actions.scenarios import branch_scenario
from sandop_web.queries.merging import signed_steps_in_the_way
from sandop_web.queries.scenarios import compare_scenarios, lever_of, levers_of, scenario_of, scenarios_of
from sandop_web.store.models import Job, User, Version


def _branched(act: Act, version: Version, title: str, percent: float) -> Version:
    """Sam's scenario in which demand grows, or falls, by so many per cent."""
    made = branch_scenario(by=act("sam"), version=version.pk, title=title, why="what if")
    change_in_scenario(
        by=act("sam"),
        version=made,
        measure="demand_given",
        wanted={},
        first="2026-01",
        last="2026-12",
        way="percent",
        amount=percent,
        why="what if",
    )
    return Version.objects.get(pk=made)


@pytest.fixture
def growth(act: Act, version: Version) -> Version:
    """A scenario that sells more, solved."""
    scenario = _branched(act, version, "More is sold", 5.0)
    do(start_month(by=act("sam"), version=scenario.pk))
    Job.objects.update(state=Job.State.DONE)
    return scenario


@pytest.fixture
def decline(act: Act, version: Version) -> Version:
    """A scenario that sells less, not solved."""
    return _branched(act, version, "Less is sold", -20.0)


def test_the_one_that_earns_most_comes_first_and_is_the_headline(act: Act, growth: Version, decline: Version) -> None:
    view = scenarios_of(by=act("vic"))
    assert [one.line.title for one in view.lines] == ["More is sold", "Less is sold"]
    assert [one.state for one in view.lines] == ["fresh", "stale"]
    assert view.lines[0].earns > 0
    assert view.headline.startswith("2 scenarios; “More is sold” earns")


def test_a_scenario_that_is_the_plan_itself_earns_nothing_more(act: Act, version: Version) -> None:
    made = branch_scenario(by=act("sam"), version=version.pk, title="As it is", why="what if")
    view = scenario_of(by=act("sam"), version=made)
    assert view.scenario.earns == 0 and view.scenario.changes == ()
    assert "still the plan itself" in view.headline


def test_while_it_is_solved_the_page_says_how_far_and_what_is_before_it(act: Act, decline: Version) -> None:
    number = start_month(by=act("sam"), version=decline.pk)
    one = scenario_of(by=act("sam"), version=decline.pk).scenario
    assert one.state == "running" and one.run is not None and one.run.before == 0 and one.run.may_cancel
    cancel_job(by=act("sam"), job=number)
    assert scenario_of(by=act("sam"), version=decline.pk).scenario.state == "stale"


def test_side_by_side_the_plan_stands_first_and_the_differences_are_told(
    act: Act, version: Version, growth: Version
) -> None:
    view = compare_scenarios(by=act("vic"), versions=[growth.pk, version.pk])
    assert [line.version for line in view.compared] == [version.pk, growth.pk]
    assert "“More is sold” earns" in view.headline and "the plan" in view.headline
    assert view.figures and view.charts
    (said,) = {(one.said.what, round(one.said.share or 0, 3)) for one in view.assumptions}
    assert said == ("Demand", 0.05)


def test_what_has_no_results_is_named_and_its_assumptions_are_compared_all_the_same(
    act: Act, version: Version
) -> None:
    Version.objects.filter(pk=version.pk).update(results_of=None, steps=[])
    made = branch_scenario(by=act("max"), version=version.pk, title="Unsolved", why="what if")
    edit_cells_of_plan(by=act("max"), version=made, edits=[hours(700.0)], why="a shift")
    view = compare_scenarios(by=act("vic"), versions=[version.pk, made])
    assert [line.version for line in view.unsolved] == [version.pk, made]
    assert view.figures == () and [one.said.share for one in view.assumptions] == [0.25]


def test_of_the_east_sally_sees_her_own_assumptions_alone(act: Act, version: Version, decline: Version) -> None:
    seen = compare_scenarios(by=act("sally"), versions=[version.pk, decline.pk]).assumptions
    whole = compare_scenarios(by=act("max"), versions=[version.pk, decline.pk]).assumptions
    assert 0 < sum(one.said.cells for one in seen) < sum(one.said.cells for one in whole)


def test_a_lever_offers_what_the_reader_may_move(act: Act, version: Version, decline: Version) -> None:
    assert {"demand", "capacity", "price"} <= set(levers_of(by=act("sam"), version=decline.pk))
    assert levers_of(by=act("vic"), version=decline.pk) == ()
    lever = lever_of(by=act("sam"), version=decline.pk, lever="capacity")
    assert lever is not None
    assert "LINE" in [label for one in lever.choices for label, _ in one.labels]
    assert lever_of(by=act("sam"), version=decline.pk, lever="weather") is None


def test_a_plan_is_no_scenario_and_others_find_nothing(act: Act, version: Version, client_of: Browser) -> None:
    with pytest.raises(NothingThere):
        scenario_of(by=act("max"), version=version.pk)
    for page in ("scenarios/", "scenarios/compare/", f"scenarios/compare/?v={version.pk}", "data/"):
        assert client_of("olga").get(f"/c/small/{page}").status_code == 404
        assert client_of("").get(f"/c/small/{page}").status_code == 302
    assert client_of("max").get(f"/c/small/scenarios/compare/?v={version.pk + 99}").status_code == 404


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_page_of_scenarios_opens(
    client_of: Browser, version: Version, growth: Version, decline: Version, language: str
) -> None:
    User.objects.update(language=language)
    pages = ["scenarios/", "scenarios/compare/", "data/"]
    pages += [f"scenarios/compare/?v={version.pk}&v={growth.pk}&v={decline.pk}"]
    for scenario in (growth, decline):
        pages += [f"scenarios/{scenario.pk}/", f"scenarios/{scenario.pk}/results/"]
        pages += [f"scenarios/{scenario.pk}/?lever={name}" for name in ("capacity", "supply", "price", "rate")]
    for page in pages:
        answer = client_of("sam").get(f"/c/small/{page}")
        assert answer.status_code == 200, page
        words = re.sub(r"<[^>]*>", " ", answer.text[answer.text.find("<main") :])
        assert not re.search(r"\bNone\b|\bnan\b|scenarios\.[a-z]|\{\w+\}", words), page


@pytest.mark.usefixtures("cycle")
def test_merging_says_beforehand_which_signed_step_is_in_the_way(
    act: Act, client_of: Browser, version: Version, decline: Version
) -> None:
    assert signed_steps_in_the_way(by=act("sam"), version=decline.pk) == ()
    signed(version, "demand_review")
    assert [one.step for one in signed_steps_in_the_way(by=act("sam"), version=decline.pk)] == ["demand_review"]
    assert "Demand review is signed" in client_of("sam").get(address(decline, "merge/")).text


def test_a_new_row_comes_back_as_it_was_typed(client_of: Browser, version: Version) -> None:
    sent = {"now-family": "NEW", "now-name": "Garden pumps", "effective": "soon", "why": "a new range"}
    answer = client_of("tom").post(address(version, "masters/families/add/"), sent)
    assert answer.status_code == 400
    for typed in ("NEW", "Garden pumps", "soon", "a new range"):
        assert f'value="{typed}"' in answer.text


def test_a_setting_comes_back_as_it_was_typed(client_of: Browser, version: Version) -> None:
    sent = {"section": "supply", "key": "holding_rate", "was": "0.015", "now": "plenty", "why": "interest rose"}
    answer = client_of("max").post(address(version, "settings/edit/"), sent)
    assert answer.status_code in (400, 409)
    assert 'value="plenty"' in answer.text and 'value="interest rose"' in answer.text
