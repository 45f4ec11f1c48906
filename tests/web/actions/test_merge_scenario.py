"""A scenario's changes come into the plan; where the plan has moved too, somebody decides.

| cell            | branched | plan | scenario | merged            |
|-----------------|----------|------|----------|-------------------|
| hours, March    | 560      | 560  | 700      | 700               |
| hours, April    | 560      | 600  | 560      | 600               |
| hours, May      | 560      | 580  | 700      | who merges says   |
"""

import json

import pytest
from django.utils.html import escape
from planning import EAST, LINE, WEST, address, closed_doors, forecast, held, hours, say_forecast, signed
from stage import Act, Browser

from sandop_web.access import NothingThere, NotYourRole, OutsideYourScope, WhyMissing
from sandop_web.actions.editing import edit_cells_of_plan
from sandop_web.actions.masters import CellOfRow, add_master_row, edit_master_row, edit_settings_of_plan
from sandop_web.actions.merging import Chosen, MergeConflict, merge_scenario
from sandop_web.actions.scenarios import NotAScenario, branch_scenario
from sandop_web.screens.plans import comparing
from sandop_web.store.models import Change, MasterRow, Version
from sandop_web.store.plans import read_network, read_settings
from sandop_web.store.publishing import publish_version
from sandop_web.store.refusals import VersionIsPublished
from sandop_web.store.steps import StepIsClosed

MAY = "2026-05"


@pytest.fixture
def scenario(act: Act, version: Version) -> Version:
    """Sam's scenario: 700 hours in March and May."""
    made = branch_scenario(by=act("sam"), version=version.pk, title="Third shift", why="what if")
    edits = [hours(700.0), hours(700.0, period=MAY)]
    edit_cells_of_plan(by=act("sam"), version=made, edits=edits, why="a third shift")
    return Version.objects.get(pk=made)


def _merge(act: Act, scenario: Version, *choices: Chosen, person: str = "sam") -> tuple[MergeConflict, ...]:
    return merge_scenario(by=act(person), version=scenario.pk, choices=choices, why="the shift is agreed")


def _plan_moves(act: Act, version: Version) -> None:
    edits = [hours(600.0, period="2026-04"), hours(580.0, period=MAY)]
    edit_cells_of_plan(by=act("olaf"), version=version.pk, edits=edits, why="repairs")


def test_what_only_the_scenario_changed_is_taken_and_on_record(act: Act, version: Version, scenario: Version) -> None:
    assert _merge(act, scenario) == ()
    assert held(version, "capacity_regular", LINE) == 700.0
    change = Change.objects.filter(version=version, period="2026-03").get()
    assert (change.person, change.before, change.after, change.why) == ("sam", 560.0, 700.0, "the shift is agreed")


def test_while_a_conflict_is_open_nothing_is_written(act: Act, version: Version, scenario: Version) -> None:
    _plan_moves(act, version)
    (conflict,) = _merge(act, scenario)
    assert (conflict.name, conflict.row, conflict.part) == ("capacity_regular", LINE, MAY)
    assert (conflict.base, conflict.ours, conflict.theirs) == (560.0, 580.0, 700.0)
    assert held(version, "capacity_regular", LINE) == 560.0


@pytest.mark.parametrize(("side", "may"), [("ours", 580.0), ("theirs", 700.0)])
def test_who_merges_decides_the_conflict(
    act: Act, version: Version, scenario: Version, side: str, may: float
) -> None:
    _plan_moves(act, version)
    choice = Chosen("capacity_regular", LINE, MAY, "theirs" if side == "theirs" else "ours")
    assert _merge(act, scenario, choice) == ()
    found = [held(version, "capacity_regular", LINE, month) for month in ("2026-03", "2026-04", MAY)]
    assert found == [700.0, 600.0, may]


@pytest.mark.parametrize(("whole", "april", "may"), [("ours", 600.0, 700.0), ("theirs", 650.0, 700.0)])
def test_all_cells_of_a_measure_are_decided_together_but_for_those_decided_alone(
    act: Act, version: Version, scenario: Version, whole: str, april: float, may: float
) -> None:
    edit_cells_of_plan(by=act("sam"), version=scenario.pk, edits=[hours(650.0, period="2026-04")], why="more")
    _plan_moves(act, version)
    together = Chosen("capacity_regular", (), "", "theirs" if whole == "theirs" else "ours")
    assert _merge(act, scenario, together, Chosen("capacity_regular", LINE, MAY, "theirs")) == ()
    found = [held(version, "capacity_regular", LINE, month) for month in ("2026-03", "2026-04", MAY)]
    assert found == [700.0, april, may]


def test_who_may_not_change_it_in_the_plan_may_not_merge_it(act: Act, version: Version) -> None:
    made = branch_scenario(by=act("sally"), version=version.pk, title="More hours", why="what if")
    edit_cells_of_plan(by=act("sally"), version=made, edits=[hours(700.0)], why="trying")
    with pytest.raises(NotYourRole):
        merge_scenario(by=act("sally"), version=made, choices=(), why="please")
    assert merge_scenario(by=act("sam"), version=made, choices=(), why="agreed") == ()
    assert held(version, "capacity_regular", LINE) == 700.0


def test_sally_may_not_merge_what_others_say_of_the_west(act: Act, version: Version) -> None:
    made = branch_scenario(by=act("dana"), version=version.pk, title="Better", why="what if")
    say_forecast(act("dana"), Version.objects.get(pk=made), forecast(EAST, 300.0), forecast(WEST, 100.0))
    with pytest.raises(OutsideYourScope):
        merge_scenario(by=act("sally"), version=made, choices=(), why="please")
    assert held(version, "sales_forecast", EAST) is None


def test_what_moved_in_the_plan_alone_is_nobodys_to_merge(act: Act, version: Version) -> None:
    made = branch_scenario(by=act("sally"), version=version.pk, title="Better", why="what if")
    say_forecast(act("sally"), Version.objects.get(pk=made), forecast(EAST, 300.0))
    say_forecast(act("wes"), version, forecast(WEST, 100.0))
    assert merge_scenario(by=act("sally"), version=made, choices=(), why="agreed") == ()
    assert held(version, "sales_forecast", EAST) == 300.0
    assert held(version, "sales_forecast", WEST) == 100.0


@pytest.mark.usefixtures("cycle")
def test_a_signed_step_and_a_published_plan_take_nothing_over(act: Act, version: Version, scenario: Version) -> None:
    signed(version, "supply_review")
    with pytest.raises(StepIsClosed):
        _merge(act, scenario)
    publish_version(version=version, at=act("eve").at)
    other = branch_scenario(by=act("dana"), version=version.pk, title="After", why="what if")
    say_forecast(act("dana"), Version.objects.get(pk=other), forecast(EAST, 5.0))
    with pytest.raises(VersionIsPublished):
        merge_scenario(by=act("dana"), version=other, choices=(), why="x")


def test_master_rows_and_settings_of_the_scenario_come_along(act: Act, version: Version, scenario: Version) -> None:
    cost = [CellOfRow("overtime_cost", 12.0, 15.0)]
    edit_master_row(
        by=act("sam"), version=scenario.pk, table="resources", key=LINE, cells=cost, effective="", why="dearer"
    )
    said = {"activity": "FAIR", "family": "DOM", "start": "2026-04", "uplift": 0.1}
    add_master_row(by=act("sam"), version=scenario.pk, table="activities", cells=said, effective="", why="a fair")
    edit_settings_of_plan(
        by=act("max"),
        version=scenario.pk,
        section="supply",
        key="holding_rate",
        before=0.015,
        value=0.02,
        why="interest",
    )
    assert not MasterRow.objects.exists()  # a scenario says nothing that holds elsewhere
    assert _merge(act, scenario, person="max") == ()
    network = read_network(version)
    assert network.resources.overtime_cost.tolist() == [15.0]
    assert network.activities.keys == ("FAIR",)
    assert read_settings(version).supply.holding_rate == 0.02
    assert {row.table for row in MasterRow.objects.all()} == {"resources", "activities"}


def test_a_master_cell_both_changed_is_a_conflict_too(act: Act, version: Version, scenario: Version) -> None:
    for where, cost in ((scenario, 15.0), (version, 14.0)):
        edit_master_row(
            by=act("sam"),
            version=where.pk,
            table="resources",
            key=LINE,
            cells=[CellOfRow("overtime_cost", 12.0, cost)],
            effective="",
            why="dearer",
        )
    (conflict,) = _merge(act, scenario)
    assert (conflict.kind, conflict.base, conflict.ours, conflict.theirs) == ("master", 12.0, 14.0, 15.0)
    assert held(version, "capacity_regular", LINE) == 560.0
    assert _merge(act, scenario, Chosen("resources", LINE, "overtime_cost", "theirs")) == ()
    assert read_network(version).resources.overtime_cost.tolist() == [15.0]
    assert held(version, "capacity_regular", LINE) == 700.0


def test_only_scenarios_are_merged_and_only_with_a_reason(act: Act, version: Version, scenario: Version) -> None:
    with pytest.raises(NotAScenario):
        merge_scenario(by=act("max"), version=version.pk, choices=(), why="x")
    with pytest.raises(NothingThere):
        merge_scenario(by=act("max"), version=scenario.pk + 50, choices=(), why="x")
    with pytest.raises(WhyMissing):
        merge_scenario(by=act("max"), version=scenario.pk, choices=(), why="")


def test_the_page_asks_about_conflicts_and_takes_the_answer(
    act: Act, client_of: Browser, version: Version, scenario: Version
) -> None:
    _plan_moves(act, version)
    path = address(scenario, "merge/now/")
    closed_doors(client_of, path, {"why": "agreed"})
    asked = client_of("sam").post(path, {"why": "agreed"})
    assert asked.status_code == 409
    assert "580" in asked.content.decode() and "700" in asked.content.decode()
    sent = {"why": "agreed", "cell-1": '["capacity_regular", ["LINE"], "2026-05"]', "side-1": "theirs"}
    assert client_of("sam").post(path, {**sent, "side-1": "nobody"}).status_code == 400
    assert client_of("sam").post(path, sent).headers["Location"] == address(version, "")
    assert held(version, "capacity_regular", LINE, MAY) == 700.0


def test_a_measure_with_many_conflicts_asks_once(
    act: Act, client_of: Browser, version: Version, scenario: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparing, "ASKED_ONE_BY_ONE", 0)
    _plan_moves(act, version)
    path = address(scenario, "merge/now/")
    asked = client_of("sam").post(path, {"why": "agreed"})
    place = json.dumps(["capacity_regular", [], ""])
    assert asked.status_code == 409
    assert escape(place) in asked.text
    sent = {"why": "agreed", "cell-all-1": place, "side-all-1": "theirs"}
    assert client_of("sam").post(path, sent).headers["Location"] == address(version, "")
    assert held(version, "capacity_regular", LINE, MAY) == 700.0
