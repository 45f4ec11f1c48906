"""A scenario is laid anew over its plan as it is now: what was tried stays, everything else comes from the plan.

| hours | branched | plan | scenario | renewed |
|-------|----------|------|----------|---------|
| March | 560      | 560  | 700      | 700     |
| April | 560      | 600  | 560      | 600     |
| May   | 560      | 580  | 700      | 700     |
"""

import pytest
from planning import LINE, closed_doors, held, hours
from stage import Act, Browser

from sandop_web.access import WhyMissing
from sandop_web.actions.editing import edit_cells_of_plan
from sandop_web.actions.masters import CellOfRow, edit_master_row
from sandop_web.actions.merging import NothingToMergeInto
from sandop_web.actions.scenario_renewing import renew_scenario
from sandop_web.actions.scenarios import NotAScenario, NotYourScenario, ScenarioIsInUse, branch_scenario
from sandop_web.queries.scenarios import scenario_of
from sandop_web.store.models import Change, Job, User, Version
from sandop_web.store.plans import read_network

MAY = "2026-05"


@pytest.fixture
def scenario(act: Act, version: Version) -> Version:
    """Sam's scenario, 700 hours in March and May; meanwhile Olaf repairs the line in the plan."""
    made = branch_scenario(by=act("sam"), version=version.pk, title="Third shift", why="what if")
    edits = [hours(700.0), hours(700.0, period=MAY)]
    edit_cells_of_plan(by=act("sam"), version=made, edits=edits, why="a third shift")
    found = Version.objects.get(pk=made)
    later = Version.objects.filter(pk=made)
    later.update(made_at=found.made_at.replace(year=2025))
    repairs = [hours(600.0, period="2026-04"), hours(580.0, period=MAY)]
    edit_cells_of_plan(by=act("olaf"), version=version.pk, edits=repairs, why="repairs")
    return later.get()


def _hours(version: int) -> list[float | None]:
    found = Version.objects.get(pk=version)
    return [held(found, "capacity_regular", LINE, month) for month in ("2026-03", "2026-04", MAY)]


def test_the_page_says_that_the_plan_has_gone_on_and_what_both_changed(
    act: Act, client_of: Browser, scenario: Version
) -> None:
    moved = scenario_of(by=act("sam"), version=scenario.pk).moved
    assert (moved.changes, moved.clashing, moved.people) == (2, 1, ("Olaf",))
    assert "Lay it anew over the plan" in client_of("sam").get(f"/c/small/scenarios/{scenario.pk}/").text


def test_what_was_tried_stays_and_the_rest_is_the_plans(act: Act, version: Version, scenario: Version) -> None:
    made = renew_scenario(by=act("sam"), version=scenario.pk, why="the plan has moved")
    assert _hours(made) == [700.0, 600.0, 700.0]
    assert not Version.objects.filter(pk=scenario.pk).exists()
    renewed = Version.objects.get(pk=made)
    assert (renewed.title, renewed.parent_id, renewed.made_by_id) == ("Third shift", version.pk, scenario.made_by_id)
    assert set(Change.objects.filter(version=made).values_list("why", flat=True)) == {"a third shift"}
    assert scenario_of(by=act("sam"), version=made).moved.changes == 0


def test_masters_that_were_tried_stay_too(act: Act, scenario: Version) -> None:
    cells = [CellOfRow("price", 20.0, 25.0)]
    key = ("CAST", "P", "S")
    edit_master_row(
        by=act("sam"), version=scenario.pk, table="sources", key=key, cells=cells, effective="", why="dearer"
    )
    made = renew_scenario(by=act("sam"), version=scenario.pk, why="the plan has moved")
    assert read_network(Version.objects.get(pk=made)).sources.price.tolist() == [25.0]


def test_what_was_taken_back_again_does_not_come_back(act: Act, scenario: Version) -> None:
    edits = [hours(560.0, before=700.0), hours(560.0, before=700.0, period=MAY)]
    edit_cells_of_plan(by=act("sam"), version=scenario.pk, edits=edits, why="does not pay")
    made = renew_scenario(by=act("sam"), version=scenario.pk, why="the plan has moved")
    assert _hours(made) == [560.0, 600.0, 580.0]


def test_a_scenario_on_which_something_rests_or_that_is_being_solved_stays(act: Act, scenario: Version) -> None:
    other = branch_scenario(by=act("dana"), version=scenario.pk, title="And more demand", why="what if")
    with pytest.raises(ScenarioIsInUse):
        renew_scenario(by=act("sam"), version=scenario.pk, why="x")
    Version.objects.filter(pk=other).delete()
    Job.objects.create(
        company=scenario.company,
        user=User.objects.get(username="sam"),
        work="run_month",
        once=f"run_month:{scenario.pk}",
        queued_at=act("sam").at,
    )
    with pytest.raises(ScenarioIsInUse):
        renew_scenario(by=act("sam"), version=scenario.pk, why="x")


def test_only_its_maker_and_the_sop_manager_renew_it_and_only_a_scenario(
    act: Act, version: Version, scenario: Version
) -> None:
    with pytest.raises(NotYourScenario):
        renew_scenario(by=act("dana"), version=scenario.pk, why="x")
    with pytest.raises(NotAScenario):
        renew_scenario(by=act("max"), version=version.pk, why="x")
    with pytest.raises(WhyMissing):
        renew_scenario(by=act("sam"), version=scenario.pk, why="")
    Version.objects.filter(pk=scenario.pk).update(parent=None)
    with pytest.raises(NothingToMergeInto):
        renew_scenario(by=act("max"), version=scenario.pk, why="x")


def test_the_page_renews_and_its_doors(client_of: Browser, scenario: Version) -> None:
    path, sent = f"/c/small/scenarios/{scenario.pk}/renew/", {"why": "the plan has moved"}
    closed_doors(client_of, path, sent)
    assert Version.objects.filter(pk=scenario.pk).exists()
    answer = client_of("sam").post(path, sent)
    made = Version.objects.get(title="Third shift")
    assert answer.headers["Location"] == f"/c/small/scenarios/{made.pk}/"
