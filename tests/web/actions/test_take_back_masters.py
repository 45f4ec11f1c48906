"""Masters that were tried out together are taken back together; what has been changed again stays."""

import pytest
from planning import closed_doors
from stage import Act, Browser

from sandop_web.access import NothingThere, NotYourRole, WhyMissing
from sandop_web.actions.masters import CellOfRow, edit_master_row
from sandop_web.actions.scenario_masters import take_back_masters, try_masters
from sandop_web.actions.scenarios import NotAScenario, branch_scenario
from sandop_web.queries.scenarios import scenario_of
from sandop_web.store.models import MasterChange, Version
from sandop_web.store.plans import read_network
from sandop_web.store.refusals import MasterHasMoved


@pytest.fixture
def scenario(act: Act, version: Version) -> Version:
    """Sam's scenario."""
    made = branch_scenario(by=act("sam"), version=version.pk, title="Longer terms", why="what if")
    return Version.objects.get(pk=made)


def _tried(act: Act, scenario: Version) -> str:
    return try_masters(
        by=act("sam"),
        version=scenario.pk,
        masters="customer_days",
        wanted={},
        way="plus",
        amount=15.0,
        why="what if",
    )


def _days(scenario: Version) -> list[float]:
    return read_network(scenario).customers.payment_days.tolist()


def test_all_of_it_goes_back_and_both_remain_on_record(act: Act, scenario: Version) -> None:
    batch = _tried(act, scenario)
    assert _days(scenario) == [45.0, 15.0]
    take_back_masters(by=act("sam"), version=scenario.pk, batch=batch, why="does not pay")
    assert _days(scenario) == [30.0, 0.0]
    assert MasterChange.objects.filter(version=scenario).count() == 4
    assert scenario_of(by=act("sam"), version=scenario.pk).scenario.changes == ()


def test_what_has_been_changed_again_stays_and_is_said(act: Act, scenario: Version) -> None:
    batch = _tried(act, scenario)
    cells = [CellOfRow("payment_days", 45.0, 90.0)]
    edit_master_row(
        by=act("sam"), version=scenario.pk, table="customers", key=("E",), cells=cells, effective="", why="more"
    )
    with pytest.raises(MasterHasMoved):
        take_back_masters(by=act("sam"), version=scenario.pk, batch=batch, why="does not pay")
    assert _days(scenario) == [90.0, 15.0]


def test_who_may_not_change_them_may_not_take_them_back(act: Act, version: Version, scenario: Version) -> None:
    batch = _tried(act, scenario)
    with pytest.raises(NotYourRole):
        take_back_masters(by=act("marc"), version=scenario.pk, batch=batch, why="x")
    with pytest.raises(WhyMissing):
        take_back_masters(by=act("sam"), version=scenario.pk, batch=batch, why="")
    with pytest.raises(NotAScenario):
        take_back_masters(by=act("max"), version=version.pk, batch=batch, why="x")


@pytest.mark.parametrize("batch", ["", "nonsense", "00000000-0000-0000-0000-000000000000"])
def test_a_batch_that_is_not_there_is_not_found(act: Act, scenario: Version, batch: str) -> None:
    with pytest.raises(NothingThere):
        take_back_masters(by=act("sam"), version=scenario.pk, batch=batch, why="x")


def test_the_page_takes_back_and_its_doors(act: Act, client_of: Browser, scenario: Version) -> None:
    path = f"/c/small/scenarios/{scenario.pk}/take-back/"
    sent = {"batch": _tried(act, scenario), "why": "does not pay"}
    closed_doors(client_of, path, sent)
    assert _days(scenario) == [45.0, 15.0]
    assert client_of("sam").post(path, sent).status_code == 303
    assert _days(scenario) == [30.0, 0.0]
