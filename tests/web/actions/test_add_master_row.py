"""Activities, launches and overrides are added as rows, inside the scope of whoever adds them."""

import pytest
from planning import address, closed_doors, registered, signed
from stage import Act, Browser

from sandop_web.access import NotYourRole, OutsideYourScope, WhyMissing
from sandop_web.actions.masters import add_master_row
from sandop_web.store.models import MasterChange, Version
from sandop_web.store.plans import read_network
from sandop_web.store.refusals import MasterIsThere, MasterIsUnknown, ValueNotAllowed
from sandop_web.store.steps import StepIsClosed

FAIR = {"activity": "FAIR", "region": "East", "start": "2026-04", "uplift": 0.1}


def _add(act: Act, person: str, version: Version, table: str = "activities", **cells: object) -> tuple[str, ...]:
    return add_master_row(by=act(person), version=version.pk, table=table, cells=cells, effective="", why="a fair")


def test_an_activity_is_in_the_plan_and_belongs_to_who_added_it(act: Act, version: Version) -> None:
    assert _add(act, "marc", version, **FAIR) == ("FAIR",)
    row = read_network(version).activities.row(0)
    assert (row["owner"], row["uplift"], row["months"]) == ("marc", 0.1, 1.0)


def test_an_override_says_by_itself_who_gave_it_when_and_why(act: Act, version: Version) -> None:
    said = {"family": "DOM", "period": "2026-03", "quantity": 700.0, "who": "eve"}
    for number in ("1", "2"):
        assert _add(act, "dana", version, "overrides", **said) == (number,)
    row = read_network(version).overrides.row(1)
    assert (row["who"], str(row["when"]), row["why"]) == ("dana", "2026-01-05", "a fair")


def test_sally_adds_for_the_east_and_for_nobody_else(act: Act, version: Version) -> None:
    _add(act, "sally", version, **FAIR)
    _add(act, "sally", version, **{**FAIR, "activity": "FAIR-2", "region": "", "customer": "E"})
    for scope in ({"region": "West"}, {"region": ""}, {"region": "", "customer": "W"}):
        with pytest.raises(OutsideYourScope):
            _add(act, "sally", version, **{**FAIR, "activity": "OTHER", **scope})
    assert read_network(version).activities.keys == ("FAIR", "FAIR-2")


@pytest.mark.parametrize(
    ("person", "table"), [("sally", "overrides"), ("sam", "activities"), ("vic", "activities"), ("sally", "launches")]
)
def test_the_wrong_role_adds_nothing(act: Act, version: Version, person: str, table: str) -> None:
    with pytest.raises(NotYourRole):
        _add(act, person, version, table, **FAIR)


def test_what_cannot_be_is_refused(act: Act, version: Version) -> None:
    _add(act, "marc", version, **FAIR)
    for cells, error in (
        (FAIR, MasterIsThere),
        ({**FAIR, "activity": "B", "family": "MOON"}, ValueNotAllowed),
        ({**FAIR, "activity": "B", "start": ""}, ValueNotAllowed),
        ({**FAIR, "activity": "B", "probability": 2.0}, ValueNotAllowed),
        ({**FAIR, "activity": "B", "colour": "red"}, MasterIsUnknown),
    ):
        with pytest.raises(error):
            _add(act, "marc", version, **cells)
    assert read_network(version).activities.keys == ("FAIR",)


def test_from_a_later_month_on_the_register_keeps_it(act: Act, version: Version) -> None:
    from sandop_web.store.masters import masters_as_of

    registered(version)
    add_master_row(
        by=act("marc"), version=version.pk, table="activities", cells=FAIR, effective="2026-03", why="a fair"
    )
    assert read_network(version).activities.keys == ()
    assert masters_as_of(version.company, "2026-03").activities.keys == ("FAIR",)


@pytest.mark.usefixtures("cycle")
def test_after_the_demand_review_is_signed_nobody_adds_and_never_without_a_reason(act: Act, version: Version) -> None:
    with pytest.raises(WhyMissing):
        add_master_row(by=act("marc"), version=version.pk, table="activities", cells=FAIR, effective="", why="")
    signed(version, "demand_review")
    with pytest.raises(StepIsClosed):
        _add(act, "marc", version, **FAIR)


def test_the_page_adds_and_its_doors(client_of: Browser, version: Version) -> None:
    path = address(version, "masters/activities/add/")
    sent = {f"now-{name}": str(value) for name, value in FAIR.items()}
    sent |= {"now-probability": "80 %", "effective": "2026-01", "why": "a fair"}
    closed_doors(client_of, path, sent)
    assert not MasterChange.objects.exists()
    assert client_of("marc").post(path, sent).status_code == 303
    assert read_network(version).activities.probability.tolist() == [0.8]
