"""A lever moves costs, lead times, stock targets, payment terms and activities of a scenario; the plan keeps its own.

sources    CAST at P from S: price 20, 15 days      customers  E 30 days, W 0 days
activity   FAIR: +20 % of A in March
"""

from typing import Any

import pytest
from planning import closed_doors
from stage import Act, Browser

from sandop_web.access import NothingThere, NotUnderstood, NotYourRole, OutsideYourScope, WhyMissing
from sandop_web.access.changing import NothingToChange
from sandop_web.actions.masters import add_master_row
from sandop_web.actions.scenario_changes import NotToBeTried, change_in_scenario
from sandop_web.actions.scenario_masters import try_masters
from sandop_web.actions.scenarios import NotAScenario, branch_scenario
from sandop_web.actions.spreading import NoRowsThere
from sandop_web.queries.scenarios import lever_of, levers_of, scenario_of
from sandop_web.store.models import Version
from sandop_web.store.plans import read_network, read_sheet
from sandop_web.store.refusals import ValueNotAllowed

MARCH = "2026-03"
FAIR = {"activity": "FAIR", "name": "Spring fair", "item": "A", "start": MARCH, "uplift": 0.2}


@pytest.fixture
def scenario(act: Act, version: Version) -> Version:
    """Sam's scenario of a plan with a fair in March."""
    add_master_row(by=act("dana"), version=version.pk, table="activities", cells=FAIR, effective="", why="the fair")
    made = branch_scenario(by=act("sam"), version=version.pk, title="Dearer castings", why="what if")
    return Version.objects.get(pk=made)


def _try(
    act: Act, version: Version, masters: str, way: str, amount: float, person: str = "sam", **wanted: str
) -> str:
    return try_masters(
        by=act(person), version=version.pk, masters=masters, wanted=wanted, way=way, amount=amount, why="what if"
    )


def _cells(version: Version, table: str, column: str) -> list[Any]:
    return [row[column] for row in read_network(version).tables()[table].rows()]


def test_castings_become_dearer_and_the_plan_keeps_its_price(act: Act, version: Version, scenario: Version) -> None:
    _try(act, scenario, "purchase_price", "percent", 10.0, supplier="S")
    assert _cells(scenario, "sources", "price") == [22.0]
    assert _cells(version, "sources", "price") == [20.0]


def test_a_lead_time_grows_by_days_and_a_payment_term_is_set_for_one_customer(act: Act, scenario: Version) -> None:
    _try(act, scenario, "purchase_lead_time", "plus", 10.0)
    _try(act, scenario, "customer_days", "exactly", 60.0, customer="W")
    assert _cells(scenario, "sources", "lead_time_days") == [25.0]
    assert dict(zip(_cells(scenario, "customers", "customer"), _cells(scenario, "customers", "payment_days"))) == {
        "E": 30.0,
        "W": 60.0,
    }


def test_a_share_is_spoken_of_in_percent(act: Act, scenario: Version) -> None:
    _try(act, scenario, "family_service", "exactly", 98.0, family="DOM")
    _try(act, scenario, "demonstrated", "plus", -8.0)
    assert _cells(scenario, "families", "service_level") == [0.98]
    assert _cells(scenario, "resources", "demonstrated") == [0.92]


def test_an_activity_moves_grows_and_is_left_out(act: Act, scenario: Version) -> None:
    _try(act, scenario, "activity", "later", 2.0, activity="FAIR")
    _try(act, scenario, "activity", "percent", 50.0, activity="FAIR")
    assert _cells(scenario, "activities", "start") == ["2026-05"]
    assert _cells(scenario, "activities", "uplift") == [0.3]
    _try(act, scenario, "activity", "off", 0.0, activity="FAIR")
    assert _cells(scenario, "activities", "start") == []


def test_demand_is_moved_from_where_the_scenario_stands_with_its_own_activities(
    act: Act, version: Version, scenario: Version
) -> None:
    """With the fair left out the computed demand of March is the plan's again, and the lever begins there."""
    row = ("A", "DC", "E")
    computed = read_sheet(version, "result", "demand")
    assert computed is not None
    _try(act, scenario, "activity", "percent", 100.0, activity="FAIR")
    change_in_scenario(
        by=act("sam"),
        version=scenario.pk,
        measure="demand_given",
        wanted={"item": "A"},
        first=MARCH,
        last=MARCH,
        way="percent",
        amount=10.0,
        why="what if",
    )
    given = read_sheet(scenario, "input", "demand_given")
    assert given is not None
    assert given.at(row, MARCH) == pytest.approx(1.4 * 1.1 * computed.at(row, MARCH), rel=1e-4)
    said = next(
        one.said for one in scenario_of(by=act("sam"), version=scenario.pk).scenario.changes if one.said.months
    )
    assert said.share == pytest.approx(0.1, abs=1e-4)


def test_what_was_changed_is_told_in_words(act: Act, scenario: Version) -> None:
    _try(act, scenario, "purchase_price", "percent", 10.0)
    (line,) = scenario_of(by=act("sam"), version=scenario.pk).scenario.changes
    assert (line.said.what, line.said.was, line.said.now) == ("Purchase sources · Price", "20", "22")
    assert (line.person, line.why, line.may_undo) == ("Sam", "what if", True)


def test_a_lever_offers_what_there_is(act: Act, scenario: Version) -> None:
    assert {"cost", "lead", "stock", "terms", "activity"} <= set(levers_of(by=act("sam"), version=scenario.pk))
    lever = lever_of(by=act("sam"), version=scenario.pk, lever="activity")
    assert lever is not None and lever.months == ()
    assert [(one.level, one.labels) for one in lever.choices] == [("activity", (("FAIR", "Spring fair"),))]


@pytest.mark.parametrize(
    ("masters", "way", "amount", "refused"),
    [
        ("purchase_price", "later", 1.0, NotUnderstood),
        ("purchase_price", "percent", -101.0, NotUnderstood),
        ("purchase_price", "plus", float("inf"), NotUnderstood),
        ("activity", "later", 0.5, NotUnderstood),
        ("purchase_price", "plus", 0.0, NothingToChange),
        ("family_service", "exactly", 120.0, ValueNotAllowed),
        ("weather", "percent", 1.0, NotToBeTried),
        ("activity", "off", 0.0, NoRowsThere),
    ],
)
def test_what_cannot_be_is_refused(
    act: Act, scenario: Version, masters: str, way: str, amount: float, refused: type[Exception]
) -> None:
    with pytest.raises(refused):
        _try(act, scenario, masters, way, amount)


def test_sally_has_no_say_over_what_all_regions_share(act: Act, version: Version) -> None:
    hers = branch_scenario(by=act("sally"), version=version.pk, title="Longer terms", why="what if")
    made = Version.objects.get(pk=hers)
    with pytest.raises((NoRowsThere, OutsideYourScope)):
        _try(act, made, "purchase_price", "percent", 5.0, person="sally")
    _try(act, made, "customer_days", "plus", 10.0, person="sally")
    assert _cells(made, "customers", "payment_days") == [40.0, 0.0]


def test_in_somebody_elses_scenario_the_role_counts_and_in_a_plan_there_are_no_levers(
    act: Act, version: Version, scenario: Version
) -> None:
    with pytest.raises(NotYourRole):
        _try(act, scenario, "purchase_price", "percent", 5.0, person="dana")
    with pytest.raises(NotAScenario):
        _try(act, version, "purchase_price", "percent", 5.0, person="max")
    with pytest.raises(NothingThere):
        try_masters(
            by=act("sam"), version=scenario.pk + 9, masters="activity", wanted={}, way="off", amount=0.0, why="x"
        )
    with pytest.raises(WhyMissing):
        try_masters(by=act("sam"), version=scenario.pk, masters="activity", wanted={}, way="off", amount=0.0, why="")


def test_the_page_changes_masters_and_its_doors(client_of: Browser, scenario: Version) -> None:
    path = f"/c/small/scenarios/{scenario.pk}/change/"
    sent = {"lever": "cost", "measure": "purchase_price", "supplier": "S", "way": "percent", "amount": "10"}
    sent |= {"why": "what if"}
    closed_doors(client_of, path, sent)
    assert _cells(scenario, "sources", "price") == [20.0]
    assert client_of("sam").post(path, sent).status_code == 303
    assert _cells(scenario, "sources", "price") == [22.0]
    off = {"lever": "activity", "measure": "activity", "activity": "FAIR", "way": "off", "amount": "", "why": "x"}
    assert client_of("sam").post(path, off).status_code == 303
    assert _cells(scenario, "activities", "activity") == []
