"""Master data from a month on: the register, rows edited, added and ended, settings."""

from __future__ import annotations

import datetime as dt
from typing import Any

import cast
import pytest

from sandop.findings import Refusal
from sandop.plan import input_hash
from sandop_web.store.edits import add_master_row, edit_master, edit_settings, end_master_row
from sandop_web.store.masters import masters_as_of, record_masters, rows_of_key
from sandop_web.store.models import Company, MasterChange, MasterRow, Member, Version
from sandop_web.store.plans import change_count, read_network, read_plan, read_settings
from sandop_web.store.refusals import (
    MasterHasMoved,
    MasterIsThere,
    MasterIsUnknown,
    MasterIsUsed,
    SettingIsFixed,
    ValueNotAllowed,
)


@pytest.fixture
def register(company: Company, later: dt.datetime) -> None:
    """The company's masters as they always were."""
    network = cast.company_plan().network
    record_masters(company=company, network=network, effective="", person="tom", at=later)


@pytest.fixture
def signed(dana: Member, later: dt.datetime) -> dict[str, Any]:
    return {"member": dana, "at": later, "why": "new lots"}


def lot(version: Version, item: str = "A") -> float:
    items = read_network(version).items
    return float(items.lot_size[items.position[item]])


def lots(version: Version, signed: dict[str, Any], *, value: Any = 40.0, effective: str = "") -> None:
    edit_master(
        version=version,
        table="items",
        key=("A",),
        column="lot_size",
        before=50.0,
        value=value,
        effective=effective,
        **signed,
    )


@pytest.mark.usefixtures("register")
def test_the_register_gives_back_what_was_recorded(company: Company) -> None:
    kept, brought = masters_as_of(company, "2026-01").tables(), cast.company_plan().network.tables()
    for name, table in brought.items():
        for column in table.columns():
            assert str(getattr(kept[name], column.name).tolist()) == str(getattr(table, column.name).tolist())


@pytest.mark.usefixtures("register")
def test_recording_the_same_masters_again_writes_nothing(company: Company, later: dt.datetime) -> None:
    network = cast.company_plan().network
    assert record_masters(company=company, network=network, effective="2026-02", person="tom", at=later) == 0


@pytest.mark.usefixtures("register")
def test_an_edit_holds_in_the_version_and_from_its_month_on(version: Version, signed: dict[str, Any]) -> None:
    lots(version, signed, effective="2026-01")
    assert lot(version) == 40.0
    company = version.company
    then, now = (masters_as_of(company, month).items for month in ("2025-12", "2026-01"))
    assert (then.lot_size[then.position["A"]], now.lot_size[now.position["A"]]) == (50.0, 40.0)
    (change,) = MasterChange.objects.filter(version=version)
    assert (change.table, change.key, change.column) == ("items", ["A"], "lot_size")
    assert (change.before, change.after, change.person, change.why) == (50.0, 40.0, "dana", "new lots")
    assert change_count(version) == 1
    assert [row.effective for row in rows_of_key(company, "items", ("A",))] == ["", "2026-01"]


@pytest.mark.usefixtures("register")
def test_an_edit_of_a_later_month_waits_for_it(version: Version, signed: dict[str, Any]) -> None:
    before = input_hash(read_plan(version))
    lots(version, signed, effective="2026-04")
    assert input_hash(read_plan(version)) == before
    assert change_count(version) == 0
    items = masters_as_of(version.company, "2026-04").items
    assert items.lot_size[items.position["A"]] == 40.0


def test_a_cell_that_moved_is_refused_with_both_values(version: Version, signed: dict[str, Any]) -> None:
    lots(version, signed)
    with pytest.raises(MasterHasMoved) as refused:
        lots(version, signed, value=30.0)
    assert all(number in refused.value.text("zh") for number in ("40", "50", "30"))
    assert lot(version) == 40.0


@pytest.mark.parametrize("value", [-5.0, "a lot", float("inf")])
def test_a_value_no_folder_could_say_is_refused(version: Version, signed: dict[str, Any], value: Any) -> None:
    with pytest.raises(ValueNotAllowed) as refused:
        lots(version, signed, value=value)
    assert refused.value.text("en") != refused.value.text("zh")
    assert lot(version) == 50.0


@pytest.mark.parametrize(
    ("table", "key", "column", "before", "value"),
    [
        ("items", ("A",), "family", "DOM", "NOBODY"),
        ("items", ("A",), "kind", "finished", "imaginary"),
        ("bills", ("A@P", "CAST"), "quantity", 1.0, None),
    ],
)
def test_choices_references_and_required_cells_hold(
    version: Version, signed: dict[str, Any], table: str, key: tuple[str, ...], column: str, before: Any, value: Any
) -> None:
    wanted = {"table": table, "key": key, "column": column, "before": before, "value": value, "effective": ""}
    with pytest.raises(ValueNotAllowed):
        edit_master(version=version, **wanted, **signed)
    assert change_count(version) == 0


@pytest.mark.parametrize(
    ("table", "key", "column"),
    [("items", ("Z",), "lot_size"), ("items", ("A",), "item"), ("items", ("A",), "x"), ("nowhere", ("A",), "x")],
)
def test_what_is_not_there_cannot_be_edited(
    version: Version, signed: dict[str, Any], table: str, key: tuple[str, ...], column: str
) -> None:
    wanted = {"table": table, "key": key, "column": column, "before": 1.0, "value": 2.0, "effective": ""}
    with pytest.raises(MasterIsUnknown):
        edit_master(version=version, **wanted, **signed)


@pytest.mark.usefixtures("register")
def test_a_row_is_added_and_ends(version: Version, signed: dict[str, Any]) -> None:
    cells = {"item": "C", "name": "Pump C", "family": "DOM", "value": 75.0}
    added = add_master_row(version=version, table="items", cells=cells, effective="2026-01", **signed)
    assert added == ("C",) and "C" in read_network(version).items.position
    with pytest.raises(MasterIsThere):
        add_master_row(version=version, table="items", cells=cells, effective="2026-01", **signed)
    end_master_row(version=version, table="items", key=added, effective="2026-01", **signed)
    assert "C" not in read_network(version).items.position
    assert "C" not in masters_as_of(version.company, "2026-06").items.position
    assert MasterRow.objects.filter(company=version.company, key=["C"]).count() == 2


def test_a_row_that_others_name_or_that_has_numbers_stays(version: Version, signed: dict[str, Any]) -> None:
    for table, key, refusal in (("families", "DOM", Refusal), ("items", "A", MasterIsUsed)):
        with pytest.raises(refusal):
            end_master_row(version=version, table=table, key=(key,), effective="", **signed)
    assert "A" in read_network(version).items.position


@pytest.mark.usefixtures("register")
def test_an_item_that_changes_family_is_of_the_old_one_then_and_of_the_new_one_now(
    version: Version, signed: dict[str, Any]
) -> None:
    new = {"family": "IND", "name": "Industrial pumps", "unit": "pump"}
    add_master_row(version=version, table="families", cells=new, effective="", **signed)
    wanted = {"key": ("A",), "column": "family", "before": "DOM", "value": "IND", "effective": "2026-03"}
    edit_master(version=version, table="items", **wanted, **signed)
    families = [
        masters_as_of(version.company, month).parents["item"]["family"]["A"] for month in ("2026-02", "2026-03")
    ]
    assert families == ["DOM", "IND"]


def test_a_setting_is_changed_and_on_record(version: Version, signed: dict[str, Any]) -> None:
    edit_settings(version=version, section="supply", key="service_level", before=0.95, value=0.98, **signed)
    assert read_settings(version).supply.service_level == 0.98
    others = read_settings(version).model_dump()
    others["supply"]["service_level"] = 0.95
    assert others == cast.company_plan().settings.model_dump()
    (change,) = MasterChange.objects.filter(version=version)
    assert (change.table, change.key, change.column, change.after) == ("settings", ["supply"], "service_level", 0.98)


@pytest.mark.parametrize(
    ("section", "key", "before", "value", "refusal"),
    [
        ("supply", "service_level", 0.95, 1.5, ValueNotAllowed),
        ("supply", "service_level", 0.9, 0.98, MasterHasMoved),
        ("supply", "nothing", None, 1, MasterIsUnknown),
        ("time", "start", "2026-01", "2026-02", SettingIsFixed),
    ],
)
def test_settings_that_cannot_be_are_refused(
    version: Version, signed: dict[str, Any], section: str, key: str, before: Any, value: Any, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        edit_settings(version=version, section=section, key=key, before=before, value=value, **signed)
    assert change_count(version) == 0
