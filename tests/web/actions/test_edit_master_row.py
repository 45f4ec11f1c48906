"""A master row changes from a month on, by whom its table belongs to, against what they saw."""

import pytest
from planning import LINE, address, closed_doors, registered, signed
from stage import Act, Browser

from sandop_web.access import NotUnderstood, NotYourRole, OutsideYourScope, WhyMissing
from sandop_web.access.editing import PeopleHaveTheirOwnPage
from sandop_web.actions.editing import NothingToChange
from sandop_web.actions.masters import CellOfRow, ScenarioSpeaksOfItsOwnMonths, edit_master_row
from sandop_web.actions.scenarios import branch_scenario
from sandop_web.queries.masters import master_history
from sandop_web.store.masters import masters_as_of
from sandop_web.store.models import MasterChange, Version
from sandop_web.store.plans import read_network
from sandop_web.store.publishing import publish_version
from sandop_web.store.refusals import MasterHasMoved, MasterIsUnknown, ValueNotAllowed, VersionIsPublished
from sandop_web.store.steps import StepIsClosed


def _cost(
    act: Act, version: Version, *, person: str = "sam", before: float = 12.0, after: float = 15.0, effective: str = ""
) -> None:
    edit_master_row(
        by=act(person),
        version=version.pk,
        table="resources",
        key=LINE,
        cells=[CellOfRow("overtime_cost", before, after)],
        effective=effective,
        why="the union agreed",
    )


def test_the_plan_holds_it_and_the_history_says_who_and_why(act: Act, version: Version) -> None:
    registered(version)
    _cost(act, version)
    assert read_network(version).resources.overtime_cost.tolist() == [15.0]
    history = master_history(by=act("vic"), version=version.pk, table="resources", key=LINE)
    assert [(one.effective, one.cells["overtime_cost"]) for one in history.dated] == [("", 12.0), ("2026-01", 15.0)]
    assert [(edit.before, edit.after, edit.person, edit.why) for edit in history.edits] == [
        (12.0, 15.0, "sam", "the union agreed")
    ]


def test_from_a_later_month_on_it_waits_for_the_plan_of_that_month(act: Act, version: Version) -> None:
    registered(version)
    _cost(act, version, effective="2026-06")
    assert read_network(version).resources.overtime_cost.tolist() == [12.0]
    assert masters_as_of(version.company, "2026-05").resources.overtime_cost.tolist() == [12.0]
    assert masters_as_of(version.company, "2026-06").resources.overtime_cost.tolist() == [15.0]


def test_a_scenario_has_no_say_over_later_cycles(act: Act, version: Version) -> None:
    made = branch_scenario(by=act("sam"), version=version.pk, title="Dear", why="what if")
    with pytest.raises(ScenarioSpeaksOfItsOwnMonths):
        _cost(act, Version.objects.get(pk=made), effective="2026-06")


def test_both_values_are_shown_where_the_cell_has_moved(act: Act, version: Version) -> None:
    _cost(act, version)
    with pytest.raises(MasterHasMoved) as refused:
        _cost(act, version, after=18.0)
    assert "15" in refused.value.text("en") and "12" in refused.value.text("en")


@pytest.mark.parametrize("person", ["dana", "sally", "fiona", "vic", "eve"])
def test_resources_are_the_supply_sides(act: Act, version: Version, person: str) -> None:
    with pytest.raises(NotYourRole):
        _cost(act, version, person=person)


def test_people_are_changed_elsewhere(act: Act, version: Version) -> None:
    with pytest.raises(PeopleHaveTheirOwnPage):
        edit_master_row(
            by=act("max"),
            version=version.pk,
            table="people",
            key=("fiona",),
            cells=[CellOfRow("authority", 50_000.0, 9e9)],
            effective="",
            why="please",
        )


def test_what_cannot_be_is_refused(act: Act, version: Version) -> None:
    for table, key, column, error in (
        ("weather", LINE, "overtime_cost", NotUnderstood),
        ("resources", ("MOON",), "overtime_cost", MasterIsUnknown),
        ("resources", LINE, "colour", MasterIsUnknown),
    ):
        with pytest.raises(error):
            edit_master_row(
                by=act("max"),
                version=version.pk,
                table=table,
                key=key,
                cells=[CellOfRow(column, 12.0, 15.0)],
                effective="",
                why="x",
            )
    with pytest.raises(ValueNotAllowed):
        _cost(act, version, after=-1.0)
    with pytest.raises(NotUnderstood):
        _cost(act, version, effective="next spring")


def test_all_cells_or_none(act: Act, version: Version) -> None:
    cells = [CellOfRow("overtime_cost", 12.0, 15.0), CellOfRow("regular_cost", 999.0, 6.0)]
    with pytest.raises(MasterHasMoved):
        edit_master_row(
            by=act("sam"), version=version.pk, table="resources", key=LINE, cells=cells, effective="", why="x"
        )
    assert read_network(version).resources.overtime_cost.tolist() == [12.0]
    assert not MasterChange.objects.exists()
    with pytest.raises(NothingToChange):
        edit_master_row(
            by=act("sam"), version=version.pk, table="resources", key=LINE, cells=[], effective="", why="x"
        )


def test_a_reason_is_required(act: Act, version: Version) -> None:
    with pytest.raises(WhyMissing):
        edit_master_row(
            by=act("sam"), version=version.pk, table="resources", key=LINE, cells=[], effective="", why=""
        )


@pytest.mark.usefixtures("cycle")
def test_a_signed_step_and_a_published_version_refuse(act: Act, version: Version) -> None:
    signed(version, "supply_review")
    with pytest.raises(StepIsClosed):
        _cost(act, version)
    made = branch_scenario(by=act("sam"), version=version.pk, title="Dear", why="what if")
    scenario = Version.objects.get(pk=made)
    publish_version(version=scenario, at=act("eve").at)
    with pytest.raises(VersionIsPublished):
        _cost(act, scenario)


def test_a_region_of_ones_own_is_not_widened(act: Act, version: Version) -> None:
    from sandop_web.actions.masters import add_master_row

    said = {"activity": "FAIR", "region": "East", "start": "2026-04", "uplift": 0.1}
    add_master_row(by=act("sally"), version=version.pk, table="activities", cells=said, effective="", why="a fair")
    with pytest.raises(OutsideYourScope):
        edit_master_row(
            by=act("sally"),
            version=version.pk,
            table="activities",
            key=("FAIR",),
            cells=[CellOfRow("region", "East", None)],
            effective="",
            why="for everybody",
        )


def test_the_page_changes_what_differs_and_its_doors(client_of: Browser, version: Version) -> None:
    path = address(version, "masters/resources/edit/")
    sent = {
        "key": "LINE",
        "was-overtime_cost": "12",
        "now-overtime_cost": "15.5",
        "was-regular_cost": "5",
        "now-regular_cost": "5",
        "was-whole_workers": "no",
        "now-whole_workers": "yes",
        "effective": "2026-01",
        "why": "the union agreed",
    }
    closed_doors(client_of, path, sent)
    assert not MasterChange.objects.exists()
    assert client_of("sam").post(path, sent).status_code == 303
    resources = read_network(version).resources
    assert resources.overtime_cost.tolist() == [15.5] and resources.whole_workers.tolist() == [True]
    assert MasterChange.objects.count() == 2
