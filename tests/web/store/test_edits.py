"""Cells are edited together or not at all, against what the editor saw, and leave a record.

price    E            2026-01 100 … 2026-12 100   (item A)
"""

from __future__ import annotations

import datetime as dt

import pytest

from sandop_web.store.edits import Edit, edit_cells, undo
from sandop_web.store.models import Change, Entry, Member, Version
from sandop_web.store.plans import change_count, read_sheet
from sandop_web.store.refusals import (
    CellGivenTwice,
    CellHasMoved,
    NotAnInput,
    NothingToUndo,
    NumberNotFinite,
    PeriodIsUnknown,
    RowIsUnknown,
    ValueNotAllowed,
    VersionIsPublished,
)

ROW = ("A", "E")


@pytest.fixture
def edit(version: Version, dana: Member, later: dt.datetime):
    def editing(*edits: Edit, who: Member = dana, why: str = "new list"):
        return edit_cells(version=version, edits=edits, member=who, at=later, why=why)

    return editing


def price(before: float | None, after: float | None, period: str = "2026-02", row: tuple[str, ...] = ROW) -> Edit:
    return Edit("price", row, period, before, after)


def at(version: Version, period: str = "2026-02", row: tuple[str, ...] = ROW, name: str = "price") -> float:
    sheet = read_sheet(version, Entry.Kind.INPUT, name)
    assert sheet is not None
    return sheet.at(row, period)


def test_an_edit_changes_the_cell_and_is_on_record(version: Version, edit, later: dt.datetime) -> None:
    batch = edit(price(100.0, 105.0))
    assert at(version) == 105.0
    (change,) = Change.objects.filter(version=version)
    assert (change.person, change.at, change.measure, change.row) == ("dana", later, "price", ["A", "E"])
    assert (change.before, change.after, change.why, change.batch) == (100.0, 105.0, "new list", batch)
    assert change_count(version) == 1


def test_cells_of_several_measures_change_together(version: Version, edit) -> None:
    edit(
        price(100.0, 105.0),
        Edit("capacity_regular", ("LINE",), "2026-03", 560.0, 600.0),
        price(240.0, None, row=("B", "E")),
    )
    assert (at(version), at(version, "2026-03", ("LINE",), "capacity_regular")) == (105.0, 600.0)
    assert at(version, row=("B", "E")) != at(version, row=("B", "E"))
    assert Change.objects.filter(version=version).values("batch").distinct().count() == 1


def test_a_cell_that_moved_is_refused_with_both_values(version: Version, edit, sam: Member) -> None:
    edit(price(100.0, 105.0))
    with pytest.raises(CellHasMoved) as refused:
        edit(price(100.0, 110.0), price(100.0, 111.0, "2026-03"), who=sam)
    (moved,) = refused.value.cells
    assert (moved.expected, moved.found, moved.wanted, moved.person) == (100.0, 105.0, 110.0, "dana")
    for language in ("en", "zh"):
        assert all(word in refused.value.text(language) for word in ("100", "105", "110", "dana"))
    assert refused.value.status == 409
    assert at(version, "2026-03") == 100.0  # nothing of the edit was written
    assert change_count(version) == 1


def test_a_blank_is_expected_as_none(version: Version, edit) -> None:
    edit(price(100.0, None))
    with pytest.raises(CellHasMoved, match="blank"):
        edit(price(100.0, 90.0))
    edit(price(None, 90.0))
    assert at(version) == 90.0


def test_what_is_expected_is_compared_as_it_is_stored(version: Version, edit) -> None:
    edit(price(100.000000001, 105.123456789))
    (change,) = Change.objects.filter(version=version)
    assert at(version) == change.after == pytest.approx(105.1234568)


def test_an_edit_that_changes_nothing_leaves_no_change(version: Version, edit) -> None:
    edit(price(100.0, 100.0))
    assert change_count(version) == 0


def test_a_new_row_is_added_where_the_ids_are_known(version: Version, edit) -> None:
    edit(price(None, 230.0, row=("B", "W")), price(100.0, 99.0))
    sheet = read_sheet(version, Entry.Kind.INPUT, "price")
    assert sheet is not None and sheet.rows.keys == (("A", "E"), ("A", "W"), ("B", "E"), ("B", "W"))
    assert (at(version, row=("B", "W")), at(version), at(version, row=("B", "E"))) == (230.0, 99.0, 240.0)
    edit(price(240.0, 241.0, row=("B", "E")))  # rows are still found where they were
    assert (at(version, row=("B", "W")), at(version, row=("B", "E"))) == (230.0, 241.0)


def test_rows_of_a_new_block_are_added_behind_the_old_ones(version: Version, edit) -> None:
    """A first row sorts before all others and is read there."""
    edit(Edit("price", ("CAST", "E"), "2026-01", None, 30.0), price(None, 7.0, row=("CAST", "W")))
    sheet = read_sheet(version, Entry.Kind.INPUT, "price")
    assert sheet is not None and list(sheet.rows.keys) == sorted(sheet.rows.keys)
    assert (sheet.at(("CAST", "E"), "2026-01"), sheet.at(("CAST", "W"), "2026-02")) == (30.0, 7.0)


def test_a_measure_nobody_brought_begins_with_its_first_edit(version: Version, edit) -> None:
    edit(Edit("sales_forecast", ("A", "DC", "E"), "2026-04", None, 300.0))
    sheet = read_sheet(version, Entry.Kind.INPUT, "sales_forecast")
    assert sheet is not None and sheet.periods.labels == tuple(f"2026-{m:02d}" for m in range(1, 13))
    assert sheet.at(("A", "DC", "E"), "2026-04") == 300.0


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        (Edit("price", ("Z", "E"), "2026-02", None, 1.0), RowIsUnknown),
        (Edit("price", ("A",), "2026-02", None, 1.0), RowIsUnknown),
        (Edit("price", ROW, "2031-02", None, 1.0), PeriodIsUnknown),
        (Edit("price", ROW, "2026-05", 100.0, -1.0), ValueNotAllowed),
        (Edit("price", ROW, "2026-02", 100.0, float("inf")), NumberNotFinite),
        (Edit("price", ROW, "2026-02", 100.0, float("nan")), NumberNotFinite),
        (Edit("demand", ("A", "DC", "E"), "2026-02", 1.0, 2.0), NotAnInput),
        (Edit("no_such_measure", ROW, "2026-02", 1.0, 2.0), NotAnInput),
    ],
)
def test_what_no_plan_could_hold_is_refused(version: Version, edit, wrong: Edit, refusal: type[Exception]) -> None:
    with pytest.raises(refusal) as refused:
        edit(price(100.0, 101.0), wrong)
    assert refused.value.text("zh") and refused.value.remedy("en")  # type: ignore[attr-defined]
    assert at(version) == 100.0


def test_a_cell_is_given_once(edit) -> None:
    with pytest.raises(CellGivenTwice):
        edit(price(100.0, 101.0), price(101.0, 102.0))


def test_a_published_version_is_not_edited(version: Version, edit) -> None:
    Version.objects.filter(pk=version.pk).update(state=Version.State.PUBLISHED)
    with pytest.raises(VersionIsPublished):
        edit(price(100.0, 101.0))


def test_an_edit_is_taken_back_and_can_be_taken_again(
    version: Version, edit, dana: Member, later: dt.datetime
) -> None:
    batch = edit(price(100.0, 105.0), price(None, 230.0, row=("B", "W")))
    back = undo(version=version, batch=batch, member=dana, at=later, why="mistaken")
    assert at(version) == 100.0
    assert at(version, row=("B", "W")) != at(version, row=("B", "W"))
    undo(version=version, batch=back, member=dana, at=later, why="right after all")
    assert (at(version), at(version, row=("B", "W"))) == (105.0, 230.0)


def test_what_has_moved_since_is_not_taken_back(version: Version, edit, dana: Member, later: dt.datetime) -> None:
    batch = edit(price(100.0, 105.0), price(100.0, 106.0, "2026-03"))
    edit(price(105.0, 107.0))
    with pytest.raises(CellHasMoved):
        undo(version=version, batch=batch, member=dana, at=later, why="mistaken")
    assert (at(version), at(version, "2026-03")) == (107.0, 106.0)


def test_there_is_nothing_to_take_back_in_another_version(
    version: Version, edit, dana: Member, later: dt.datetime
) -> None:
    batch = edit(price(100.0, 105.0))
    other = Version.objects.create(company=version.company, number=99, purpose="plan", start="2026-01", made_at=later)
    with pytest.raises(NothingToUndo):
        undo(version=other, batch=batch, member=dana, at=later, why="mistaken")
