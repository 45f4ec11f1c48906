"""A lever of a scenario moves demand, hours, prices or limits in a scope and some months, and leaves the plan be.

capacity_regular   560 hours of LINE each month      price   A 100, B 240
demand             computed; nobody has said a demand given
"""

import pytest
from planning import B_EAST, EAST, LINE, WEST, closed_doors, held
from stage import Act, Browser

from sandop_web.access import NothingThere, NotUnderstood, NotYourRole, WhyMissing
from sandop_web.actions.editing import NothingToChange, undo_edit
from sandop_web.actions.scenario_changes import NotToBeTried, change_in_scenario
from sandop_web.actions.scenarios import NotAScenario, branch_scenario
from sandop_web.actions.spreading import NoRowsThere
from sandop_web.queries.scenarios import scenario_of
from sandop_web.store.models import Change, Version
from sandop_web.store.plans import read_sheet


def _scenario(act: Act, version: Version, person: str = "sam") -> Version:
    made = branch_scenario(by=act(person), version=version.pk, title="A second shift", why="what if")
    return Version.objects.get(pk=made)


@pytest.fixture
def scenario(act: Act, version: Version) -> Version:
    """Sam's scenario."""
    return _scenario(act, version)


def _change(
    act: Act, version: Version, measure: str, way: str, amount: float, person: str = "sam", **wanted: str
) -> str:
    return change_in_scenario(
        by=act(person),
        version=version.pk,
        measure=measure,
        wanted=wanted,
        first="2026-03",
        last="2026-04",
        way=way,
        amount=amount,
        why="what if",
    )


def _computed(version: Version, row: tuple[str, ...], period: str = "2026-03") -> float:
    sheet = read_sheet(version, "result", "demand")
    assert sheet is not None
    return sheet.at(row, period)


def test_hours_grow_by_per_cent_in_the_months_asked_for_and_the_plan_stays(
    act: Act, version: Version, scenario: Version
) -> None:
    _change(act, scenario, "capacity_regular", "percent", 25.0, resource="LINE")
    months = ("2026-02", "2026-03", "2026-04", "2026-05")
    assert [held(scenario, "capacity_regular", LINE, month) for month in months] == [560.0, 700.0, 700.0, 560.0]
    assert held(version, "capacity_regular", LINE) == 560.0


def test_hours_grow_by_an_amount_or_are_set(act: Act, scenario: Version) -> None:
    _change(act, scenario, "capacity_regular", "plus", 40.0)
    assert held(scenario, "capacity_regular", LINE) == 600.0
    _change(act, scenario, "capacity_regular", "exactly", 500.0)
    assert held(scenario, "capacity_regular", LINE) == 500.0


def test_demand_begins_with_what_was_computed(act: Act, version: Version, scenario: Version) -> None:
    _change(act, scenario, "demand_given", "percent", 10.0, customer="E", item="A")
    assert held(scenario, "demand_given", EAST) == pytest.approx(1.1 * _computed(version, EAST), abs=0.001)
    assert held(scenario, "demand_given", WEST) is None


def test_moving_demand_twice_moves_what_is_given(act: Act, version: Version, scenario: Version) -> None:
    for _ in range(2):
        _change(act, scenario, "demand_given", "percent", 10.0, item="A")
    assert held(scenario, "demand_given", EAST) == pytest.approx(1.21 * _computed(version, EAST), abs=0.002)


def test_a_sum_is_shared_in_proportion_to_what_was_asked(act: Act, version: Version, scenario: Version) -> None:
    _change(act, scenario, "demand_given", "exactly", 1000.0, region="East")
    east, b_east = (held(scenario, "demand_given", row) or 0.0 for row in (EAST, B_EAST))
    assert round(east + b_east, 3) == 1000.0
    assert east / b_east == pytest.approx(_computed(version, EAST) / _computed(version, B_EAST), rel=1e-3)


def test_prices_have_no_sum_and_move_each_for_itself(act: Act, scenario: Version) -> None:
    _change(act, scenario, "price", "plus", 5.0, item="A")
    assert held(scenario, "price", ("A", "E")) == 105.0
    assert held(scenario, "price", ("B", "E")) == 240.0


def test_what_was_changed_is_told_in_a_line_and_taken_back_together(act: Act, scenario: Version) -> None:
    batch = _change(act, scenario, "capacity_regular", "percent", 25.0)
    (line,) = scenario_of(by=act("vic"), version=scenario.pk).scenario.changes
    assert (line.said.cells, line.said.before, line.said.after, line.said.share) == (2, 1120.0, 1400.0, 0.25)
    assert not line.may_undo
    undo_edit(by=act("sam"), version=scenario.pk, batch=batch, why="does not pay")
    assert scenario_of(by=act("sam"), version=scenario.pk).scenario.changes == ()
    assert Change.objects.filter(version=scenario).count() == 4  # both remain on record


def test_sally_tries_the_east_alone(act: Act, version: Version) -> None:
    hers = _scenario(act, version, "sally")
    _change(act, hers, "demand_given", "percent", 10.0, person="sally")
    assert held(hers, "demand_given", EAST) is not None
    assert held(hers, "demand_given", WEST) is None
    with pytest.raises(NoRowsThere):
        _change(act, hers, "demand_given", "percent", 10.0, person="sally", customer="W")


def test_in_somebody_elses_scenario_the_role_counts(act: Act, scenario: Version) -> None:
    with pytest.raises(NotYourRole):
        _change(act, scenario, "price", "percent", 10.0, person="dana")


def test_in_a_plan_there_are_no_levers(act: Act, version: Version) -> None:
    with pytest.raises(NotAScenario):
        _change(act, version, "capacity_regular", "percent", 10.0, person="max")


def test_what_is_no_lever_is_refused(act: Act, scenario: Version) -> None:
    with pytest.raises(NotToBeTried):
        _change(act, scenario, "orders", "percent", 10.0)
    with pytest.raises(NotUnderstood):
        _change(act, scenario, "nonsense", "percent", 10.0)


@pytest.mark.parametrize(("way", "amount"), [("twice", 2.0), ("percent", float("inf")), ("percent", -101.0)])
def test_an_amount_that_cannot_be_is_refused(act: Act, scenario: Version, way: str, amount: float) -> None:
    with pytest.raises(NotUnderstood):
        _change(act, scenario, "capacity_regular", way, amount)


@pytest.mark.parametrize(("first", "last"), [("soon", "2026-03"), ("2026-05", "2026-03"), ("2031-01", "2031-02")])
def test_months_that_are_not_planned_are_refused(act: Act, scenario: Version, first: str, last: str) -> None:
    with pytest.raises(NotUnderstood):
        change_in_scenario(
            by=act("sam"),
            version=scenario.pk,
            measure="capacity_regular",
            wanted={},
            first=first,
            last=last,
            way="percent",
            amount=10.0,
            why="x",
        )


def test_a_change_of_nothing_is_none(act: Act, scenario: Version) -> None:
    with pytest.raises(NothingToChange):
        _change(act, scenario, "capacity_regular", "percent", 0.0)


def test_it_needs_a_reason_and_a_version_of_the_company(act: Act, scenario: Version) -> None:
    asked = {"measure": "capacity_regular", "wanted": {}, "first": "2026-03", "last": "2026-03", "way": "plus"}
    with pytest.raises(WhyMissing):
        change_in_scenario(by=act("sam"), version=scenario.pk, **asked, amount=1.0, why="")  # type: ignore[arg-type]
    with pytest.raises(NothingThere):
        change_in_scenario(by=act("sam"), version=scenario.pk + 9, **asked, amount=1.0, why="x")  # type: ignore[arg-type]


def test_the_page_changes_and_its_doors(client_of: Browser, scenario: Version) -> None:
    path = f"/c/small/scenarios/{scenario.pk}/change/"
    sent = {"lever": "capacity", "measure": "capacity_regular", "resource": "LINE", "first": "2026-03"}
    sent |= {"last": "2026-03", "way": "percent", "amount": "25", "why": "what if"}
    closed_doors(client_of, path, sent)
    assert held(scenario, "capacity_regular", LINE) == 560.0
    assert client_of("sam").post(path, sent).status_code == 303
    assert held(scenario, "capacity_regular", LINE) == 700.0


def test_what_was_typed_comes_back_with_the_refusal(client_of: Browser, scenario: Version) -> None:
    sent = {"lever": "capacity", "measure": "capacity_regular", "first": "2026-03", "last": "2026-04"}
    sent |= {"way": "percent", "amount": "a lot", "why": "the winding shop is full"}
    answer = client_of("sam").post(f"/c/small/scenarios/{scenario.pk}/change/", sent)
    assert answer.status_code == 400
    assert 'value="a lot"' in answer.text and 'value="the winding shop is full"' in answer.text
