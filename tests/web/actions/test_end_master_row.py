"""A row ends from a month on, unless numbers of the plan or other tables still speak of it."""

import pytest
from planning import address, closed_doors, registered
from stage import Act, Browser

from sandop_web.access import NotYourRole, OutsideYourScope, WhyMissing
from sandop_web.actions.masters import add_master_row, end_master_row
from sandop_web.queries.masters import master_history
from sandop_web.store.masters import masters_as_of
from sandop_web.store.models import Version
from sandop_web.store.plans import read_network
from sandop_web.store.refusals import MasterIsUnknown, MasterIsUsed


@pytest.fixture
def fair(act: Act, version: Version) -> tuple[str, ...]:
    """An activity in the West."""
    registered(version)
    said = {"activity": "FAIR", "region": "West", "start": "2026-04", "uplift": 0.1}
    return add_master_row(
        by=act("marc"), version=version.pk, table="activities", cells=said, effective="", why="a fair"
    )


def _end(act: Act, person: str, version: Version, key: tuple[str, ...], effective: str = "") -> None:
    end_master_row(
        by=act(person), version=version.pk, table="activities", key=key, effective=effective, why="called off"
    )


def test_it_is_no_more_and_the_history_says_so(act: Act, version: Version, fair: tuple[str, ...]) -> None:
    _end(act, "marc", version, fair)
    assert read_network(version).activities.keys == ()
    history = master_history(by=act("dana"), version=version.pk, table="activities", key=fair)
    assert history.now is None
    assert [(one.ended, one.why) for one in history.dated] == [(False, "a fair"), (True, "called off")]


def test_its_end_is_told_to_those_who_could_see_it(act: Act, version: Version, fair: tuple[str, ...]) -> None:
    _end(act, "marc", version, fair)
    seen = {
        person: len(master_history(by=act(person), version=version.pk, table="activities", key=fair).dated)
        for person in ("wes", "sally")
    }
    assert seen == {"wes": 2, "sally": 0}


def test_from_a_later_month_on_the_plan_of_today_keeps_it(act: Act, version: Version, fair: tuple[str, ...]) -> None:
    _end(act, "marc", version, fair, "2026-03")
    assert read_network(version).activities.keys == ("FAIR",)
    assert masters_as_of(version.company, "2026-02").activities.keys == ("FAIR",)
    assert masters_as_of(version.company, "2026-03").activities.keys == ()


def test_sally_of_the_east_does_not_end_it(act: Act, version: Version, fair: tuple[str, ...]) -> None:
    with pytest.raises(OutsideYourScope):
        _end(act, "sally", version, fair)


def test_the_wrong_role_an_unknown_row_and_no_reason(act: Act, version: Version, fair: tuple[str, ...]) -> None:
    with pytest.raises(NotYourRole):
        _end(act, "sam", version, fair)
    with pytest.raises(MasterIsUnknown):
        _end(act, "marc", version, ("MOON",))
    with pytest.raises(WhyMissing):
        end_master_row(by=act("marc"), version=version.pk, table="activities", key=fair, effective="", why="")


def test_an_item_with_numbers_stays(act: Act, version: Version) -> None:
    with pytest.raises(MasterIsUsed):
        end_master_row(by=act("tom"), version=version.pk, table="items", key=("A",), effective="", why="tidy up")


def test_the_page_ends_it_and_its_doors(client_of: Browser, version: Version, fair: tuple[str, ...]) -> None:
    path = address(version, "masters/activities/end/")
    sent = {"key": fair[0], "effective": "2026-01", "why": "called off"}
    closed_doors(client_of, path, sent)
    assert read_network(version).activities.keys == ("FAIR",)
    assert client_of("marc").post(path, sent).status_code == 303
    assert read_network(version).activities.keys == ()
