"""Plans written and read again; nothing is ever written by half."""

import dataclasses
import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from io_cases import FILES, folder, found, messages, read
from sandop.findings import Severity
from sandop.io import (
    FolderIsNotEmpty,
    publish,
    read_folder,
    read_workbook,
    write_folder,
    write_template,
    write_vintages,
    write_workbook,
)
from sandop.io.cell_texts import number_text
from sandop.network import Items
from sandop.plan import Change, Plan, Settings, Sheet, input_hash


def plan_of(path: Path) -> Plan:
    plan = read(path).plan
    assert plan is not None
    return plan


def test_a_folder_that_holds_something_is_not_overwritten_unasked(tmp_path: Path) -> None:
    plan = plan_of(tmp_path)
    with pytest.raises(FolderIsNotEmpty):
        write_folder(plan, tmp_path)


def test_inputs_are_replaced_and_all_else_stays(tmp_path: Path) -> None:
    path = tmp_path / "plan"
    path.mkdir()
    plan = plan_of(path)
    (path / "stock_actual.csv").write_text("item,site,2025-12\nTEA-1,DC,3\n")
    (path / "results").mkdir()
    (path / "results" / "month.json").write_text("{}")
    (path / "notes.md").write_text("mine")
    shown = {"deliveries": Sheet.of("deliveries", plan.calendar.horizon, {("TEA-1", "DC", "SHOP"): [1.0] * 6})}
    name = publish(path, sheets=shown, reports={}, input_hash="", start="2025-12", who="w", when="t")
    plan = read_folder(path).plan or plan
    write_folder(plan.with_sheets(), path, replace=True)
    assert (path / "results" / "month.json").read_text() == "{}"
    assert (path / "notes.md").read_text() == "mine"
    again = read_folder(path)
    assert again.plan is not None
    assert input_hash(again.plan) == input_hash(plan)
    assert [entry.name for entry in (path / "versions").iterdir() if entry.is_dir()] == [name]
    assert [entry.name for entry in tmp_path.iterdir()] == ["plan"]


def test_a_failed_writing_leaves_no_trace(tmp_path: Path) -> None:
    """An item whose plan factor is blank would read back as one: it is refused before anything is changed."""
    path = tmp_path / "plan"
    plan = plan_of(folder_at(path))
    items = dataclasses.replace(plan.network.items, plan_factor=np.array([np.nan, 1.0]))
    broken = plan.with_network(dataclasses.replace(plan.network, items=items))
    before = {file.name: file.read_bytes() for file in path.iterdir()}
    with pytest.raises(ValueError, match=r"items\.plan_factor of CLAY is blank"):
        write_folder(broken, path, replace=True)
    with pytest.raises(ValueError, match=r"items\.plan_factor"):
        write_workbook(broken, tmp_path / "plan.xlsx")
    assert {file.name: file.read_bytes() for file in path.iterdir()} == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["plan"]


def folder_at(path: Path) -> Path:
    path.mkdir()
    return folder(path)


def test_a_text_that_reads_back_as_something_else_is_refused(tmp_path: Path) -> None:
    plan = plan_of(tmp_path)
    item = {"item": "X", "family": "POT", "value": 1.0, "strategy": ""}
    broken = plan.with_network(dataclasses.replace(plan.network, items=Items.of([item])))
    with pytest.raises(ValueError, match="strategy of X"):
        write_folder(broken, tmp_path / "new")


def test_no_half_folder_is_left_where_the_last_step_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plan"
    plan = plan_of(folder_at(path))
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if self.name.startswith(".writing-"):
            raise OSError("disk full")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(OSError, match="disk full"):
        write_folder(plan, path, replace=True)
    monkeypatch.undo()
    assert read_folder(path).plan is not None
    assert not list(tmp_path.glob(".writing-*"))


def test_recorded_changes_travel_with_the_plan(tmp_path: Path) -> None:
    plan = plan_of(tmp_path)
    row = ("TEA-1", "DC", "SHOP")
    when = dt.datetime(2026, 1, 6, 9, 30)
    plan = plan.edited(
        Change("wang", when, "orders", row, "2025-08", 12.0, 13.5, "two, not one"),
        Change("wang", when, "price", ("TEA-1", "KEY"), "2026-01", 21.0, float("nan"), "unknown"),
    )
    write_folder(plan, tmp_path / "a")
    write_workbook(plan, tmp_path / "a.xlsx")
    for loaded in (read_folder(tmp_path / "a"), read_workbook(tmp_path / "a.xlsx")):
        assert loaded.plan is not None, messages(loaded)
        assert loaded.plan.sheet("orders").at(row, "2025-08") == 13.5
        assert input_hash(loaded.plan) == input_hash(plan)


def test_changes_that_do_not_fit_are_findings(tmp_path: Path) -> None:
    head = "who,when,measure,item,site,customer,period,before,after,why\n"
    loaded = read(
        tmp_path,
        changes=head
        + "w,2026-01-06,orders,TEA-1,DC,SHOP,2025-08,99,1,x\n"
        + "w,2026-01-06,sales_forecast,TEA-1,DC,SHOP,2026-01,1,2,x\n"
        + "w,yesterday,orders,TEA-1,DC,SHOP,2025-08,12,1,x\n"
        + "w,2026-01-06,order,TEA-1,DC,SHOP,2025-08,12,1,x\n"
        + "w,2026-01-06,orders,TEA-1,DC,SHOP,2025-08,12,many,x\n",
    )
    misfits = [f.where.row for f in loaded.findings if f.message == "io.change_does_not_fit"]
    unreadable = [f.values["column"] for f in loaded.findings if f.message == "io.change_unreadable"]
    assert misfits == [2, 3]
    assert unreadable == ["when", "measure", "before, after"]
    assert found(read(tmp_path, changes="who,when,measure,period,before,after\n"), "missing_column").where.column == (
        "why"
    )


def test_settings_survive_with_every_odd_character(tmp_path: Path) -> None:
    plan = plan_of(tmp_path)
    company = plan.settings.company.model_copy(update={"name": 'A "B" \\ C\x7f\tD', "source": "行一\n行二"})
    settings: Settings = plan.settings.model_copy(update={"company": company})
    odd = dataclasses.replace(plan, settings=settings)
    write_folder(odd, tmp_path / "a")
    again = read_folder(tmp_path / "a").plan
    assert again is not None
    assert again.settings == settings


def test_numbers_are_written_in_their_shortest_exact_form() -> None:
    assert [number_text(value) for value in (1.0, 0.1, 1e-7, float("nan"), -0.5)] == ["1", "0.1", "1e-07", "", "-0.5"]


def test_links_are_copied_where_the_disk_cannot_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plan"
    plan = plan_of(folder_at(path))
    (path / "notes.md").write_text("mine")

    def refused(*_: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr("os.link", refused)
    write_folder(plan, path, replace=True)
    assert (path / "notes.md").read_text() == "mine"
    assert set(FILES) <= {file.name for file in path.iterdir()}


def test_an_empty_folder_to_fill_can_be_read_as_far_as_it_goes(tmp_path: Path) -> None:
    settings = plan_of(tmp_path).settings
    write_template(path=tmp_path / "new", settings=settings)
    loaded = read_folder(tmp_path / "new")
    assert {f.message for f in loaded.findings if f.severity is Severity.ERROR} == {"io.nothing_to_plan"}
    assert (
        "# First planned month: the first that is not closed\nstart = "
        in (tmp_path / "new" / "plan.toml").read_text()
    )
    assert (tmp_path / "new" / "orders.csv").read_text().startswith("item,site,customer,2025-07,")
    assert (tmp_path / "new" / "price.csv").read_text().endswith("2026-06\n")
    (tmp_path / "new" / "items.csv").write_text(FILES["items.csv"])
    (tmp_path / "new" / "families.csv").write_text(FILES["families.csv"])
    (tmp_path / "new" / "sites.csv").write_text(FILES["sites.csv"])
    filled = read_folder(tmp_path / "new").plan
    assert filled is not None
    assert filled.sheets == {}


def test_forecasts_made_earlier_are_added_to_a_folder(tmp_path: Path) -> None:
    plan = plan_of(tmp_path)
    made = Sheet.of("demand", plan.calendar.horizon, {("TEA-1", "DC", "SHOP"): [1, 2, 3, 4, 5, 6]})
    write_vintages(path=tmp_path, vintages={"2026-01": made})
    again = read_folder(tmp_path).plan
    assert again is not None
    assert again.vintages["2026-01"].values.tolist() == [[1, 2, 3, 4, 5, 6]]


def test_a_sheet_without_rows_says_nothing(tmp_path: Path) -> None:
    plan = plan_of(tmp_path)
    empty = plan.with_sheets(sales_forecast=Sheet.of("sales_forecast", plan.calendar.horizon, {}))
    assert input_hash(empty) == input_hash(plan)
    write_folder(empty, tmp_path / "a")
    write_workbook(empty, tmp_path / "a.xlsx")
    for loaded in (read_folder(tmp_path / "a"), read_workbook(tmp_path / "a.xlsx")):
        assert loaded.plan is not None
        assert input_hash(loaded.plan) == input_hash(plan)
