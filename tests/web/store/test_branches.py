"""A branch begins as its plan is, goes its own way, is compared with it and merged back.

price    A E   2026-02   plan 100 · branch 105
"""

from __future__ import annotations

import datetime as dt

import pytest

from sandop.plan import input_hash
from sandop_web.store.branches import branch, differences, merge_into
from sandop_web.store.edits import Edit, edit_cells, edit_master, edit_settings
from sandop_web.store.models import Chunk, Entry, Member, Version
from sandop_web.store.plans import change_count, read_month, read_plan, read_sheet, sheet_names, write_version
from sandop_web.store.table_differences import TableDifference, table_differences

ROW = ("A", "E")


@pytest.fixture
def scenario(version: Version, dana: Member, later: dt.datetime) -> Version:
    return branch(version=version, title="Higher prices", made_by=dana, at=later)


@pytest.fixture
def edit(dana: Member, later: dt.datetime):
    def editing(
        version: Version, before: float | None, after: float | None, period: str = "2026-02", row=ROW
    ) -> None:
        cell = Edit("price", row, period, before, after)
        edit_cells(version=version, edits=[cell], member=dana, at=later, why="trying")

    return editing


@pytest.fixture
def merging(dana: Member, later: dt.datetime):
    def merged(ours: Version, theirs: Version, choices=None, base: Version | None = None):
        return merge_into(
            ours=ours, theirs=theirs, base=base, choices=choices, member=dana, at=later, why="agreed in the meeting"
        )

    return merged


def at(version: Version, period: str = "2026-02", row=ROW) -> float:
    sheet = read_sheet(version, Entry.Kind.INPUT, "price")
    assert sheet is not None
    return sheet.at(row, period)


def test_a_branch_holds_what_its_plan_holds_and_costs_no_chunk(version: Version, scenario: Version) -> None:
    chunks = Chunk.objects.count()
    assert input_hash(read_plan(scenario)) == input_hash(read_plan(version))
    assert read_month(scenario).result_hash == read_month(version).result_hash
    assert Chunk.objects.count() == chunks
    assert (scenario.parent_id, scenario.purpose, scenario.number) == (version.pk, "scenario", version.number + 1)
    assert (scenario.results_of, change_count(scenario), scenario.steps) == (0, 0, version.steps)


def test_an_edit_of_the_branch_leaves_the_plan_alone(version: Version, scenario: Version, edit) -> None:
    edit(scenario, 100.0, 105.0)
    assert (at(version), at(scenario)) == (100.0, 105.0)


def test_stale_results_do_not_come_along(version: Version, edit, dana: Member, later: dt.datetime) -> None:
    edit(version, 100.0, 101.0)
    made = branch(version=version, title="After the edit", made_by=dana, at=later)
    assert (made.results_of, made.steps, sheet_names(made, Entry.Kind.RESULT)) == (None, [], [])
    assert at(made) == 101.0


def test_a_published_version_may_be_branched(version: Version, dana: Member, later: dt.datetime, edit) -> None:
    Version.objects.filter(pk=version.pk).update(state=Version.State.PUBLISHED)
    made = branch(version=version, title="Next", made_by=dana, at=later)
    edit(made, 100.0, 105.0)
    assert made.state == Version.State.DRAFT


def test_differences_name_every_cell(version: Version, scenario: Version, edit) -> None:
    assert differences(version, scenario) == ()
    edit(scenario, 100.0, 105.0)
    edit(scenario, 100.0, None, "2026-03")
    first, second = differences(version, scenario)
    assert (first.measure, first.row, first.period, first.before, first.after) == (
        "price",
        ROW,
        "2026-02",
        100.0,
        105.0,
    )
    assert second.period == "2026-03" and second.after != second.after


def test_a_new_row_differs_from_a_row_nobody_has(version: Version, scenario: Version, edit) -> None:
    edit(scenario, None, 230.0, row=("B", "W"))
    (cell,) = differences(version, scenario)
    assert (cell.row, cell.after) == (("B", "W"), 230.0) and cell.before != cell.before


def test_what_only_the_branch_changed_comes_into_the_plan(version: Version, scenario: Version, edit, merging) -> None:
    edit(scenario, 100.0, 105.0)
    edit(scenario, None, 230.0, row=("B", "W"))
    edit(version, 100.0, 99.0, "2026-03")
    assert merging(version, scenario) == ()
    assert (at(version), at(version, "2026-03"), at(version, row=("B", "W"))) == (105.0, 99.0, 230.0)
    assert set(version.changes.values_list("why", flat=True)) == {"trying", "agreed in the meeting"}


def test_what_only_the_plan_changed_comes_into_the_branch(version: Version, scenario: Version, edit, merging) -> None:
    edit(version, 100.0, 99.0, "2026-03")
    edit(scenario, 100.0, 105.0)
    assert merging(scenario, version) == ()
    assert (at(scenario), at(scenario, "2026-03")) == (105.0, 99.0)


def test_what_both_changed_is_for_a_person_to_decide(version: Version, scenario: Version, edit, merging) -> None:
    edit(scenario, 100.0, 105.0)
    edit(scenario, 100.0, 106.0, "2026-03")
    edit(version, 100.0, 98.0)
    (conflict,) = merging(version, scenario)
    assert (conflict.period, conflict.base, conflict.ours, conflict.theirs) == ("2026-02", 100.0, 98.0, 105.0)
    assert (at(version), at(version, "2026-03")) == (98.0, 100.0)  # nothing was written
    cell = ("price", ROW, "2026-02")
    assert merging(version, scenario, {cell: "ours"}) == ()
    assert (at(version), at(version, "2026-03")) == (98.0, 106.0)
    assert merging(version, scenario, {cell: "theirs"}) == ()
    assert at(version) == 105.0


def test_what_both_changed_alike_is_no_conflict(version: Version, scenario: Version, edit, merging) -> None:
    edit(scenario, 100.0, 105.0)
    edit(version, 100.0, 105.0)
    assert merging(version, scenario) == ()
    assert version.changes.count() == 1


def test_two_branches_of_one_plan_are_merged_over_it(
    version: Version, scenario: Version, edit, merging, dana: Member, later: dt.datetime
) -> None:
    other = branch(version=version, title="Lower prices", made_by=dana, at=later)
    edit(other, 100.0, 95.0, "2026-05")
    edit(scenario, 100.0, 105.0)
    assert merging(scenario, other) == ()
    assert (at(scenario), at(scenario, "2026-05")) == (105.0, 95.0)


def test_plans_without_a_common_beginning_are_not_merged(version: Version, edit, merging, later: dt.datetime) -> None:

    other = write_version(
        company=version.company,
        title="x",
        purpose="plan",
        plan=read_plan(version),
        month=None,
        made_by=None,
        at=later,
    )
    edit(other, 100.0, 95.0)
    with pytest.raises(ValueError, match="no plan in common"):
        merging(version, other)
    assert merging(version, other, base=version) == ()
    assert at(version) == 95.0


def test_masters_and_settings_that_differ_are_named(
    version: Version, scenario: Version, dana: Member, later: dt.datetime
) -> None:
    signed = {"member": dana, "at": later, "why": "trying"}
    edit_master(
        version=scenario,
        table="items",
        key=("A",),
        column="lot_size",
        before=50.0,
        value=40.0,
        effective="",
        **signed,
    )
    edit_settings(version=scenario, section="supply", key="service_level", before=0.95, value=0.98, **signed)
    assert table_differences(version, scenario) == (
        TableDifference("settings", ("supply",), "service_level", 0.95, 0.98),
        TableDifference("items", ("A",), "lot_size", 50.0, 40.0),
    )
