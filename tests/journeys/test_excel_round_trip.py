"""Dong takes the demand out to Excel, works offline, brings it back; Zhou has changed a cell meanwhile."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from workbench import Workbench

from exchange_workbooks import Workbook

PLAN = "plan/1/"
CELL, OTHER = ("CIR", "CIR-L370", "DIST-E1"), ("CIR", "CIR-L370", "DIST-E2")


def _taken_out(workbench: Workbench, page: Page, to: Path) -> Workbook:
    workbench.go(page, f"{PLAN}exchange/")
    with page.expect_download() as download:
        page.locator("a[href$='grid/export/']").click()
    download.value.save_as(to)
    assert download.value.suggested_filename.endswith(".xlsx")
    return Workbook(to.read_bytes())


def _number(workbook: Workbook, cell: str) -> float:
    return float(workbook.holds(cell))


def _changed_meanwhile(workbench: Workbench, value: float) -> None:
    """Zhou says another forecast for the first cell."""
    page = workbench.sign_in("zhou")
    workbench.go(page, f"{PLAN}sheet/sales_forecast/?item={CELL[1]}&customer={CELL[2]}&first=2026-03")
    page.locator("input[name^='now|']").first.fill(f"{value:g}")
    page.locator("#why-edit").fill("the dealer called")
    page.locator("form[action$='sheet/sales_forecast/edit/'] button.primary").click()
    expect(page.locator(".messages")).to_be_visible()


def _brought_back(workbench: Workbench, page: Page, workbook: Workbook, to: Path) -> None:
    to.write_bytes(workbook.content)
    workbench.go(page, f"{PLAN}exchange/")
    workbench.axe(page)
    page.set_input_files("#workbook", to)
    page.locator("form[action$='exchange/upload/'] button").click()
    page.wait_for_url(re.compile(r"/exchange/\d+/$"))


def test_offline_numbers_come_back_beside_what_others_have_changed(workbench: Workbench, tmp_path: Path) -> None:
    page = workbench.sign_in("dong")
    out = _taken_out(workbench, page, tmp_path / "out.xlsx")
    first, second = out.at(*CELL), out.at(*OTHER)
    total = out.at(*CELL[:1], period="2026-05")
    base = _number(out, first)
    edited = out.typed(first, base + 100).typed(second, _number(out, second) + 10)
    edited = edited.typed(total, round(_number(out, total) * 1.1))
    _changed_meanwhile(workbench, base + 40)
    _brought_back(workbench, page, edited, tmp_path / "back.xlsx")
    expect(page.locator("h1")).to_have_text("3 cells to look through: 1 in conflict with the plan, 2 changed")
    workbench.axe(page)
    workbench.pictures(page, "exchange")

    conflict = page.locator("tr.conflict")
    expect(conflict).to_contain_text("Zhou")
    expect(conflict).to_contain_text("the dealer called")
    expect(page.locator("#tally")).to_contain_text("2 cells ticked")
    page.fill("#why", "agreed with the dealers")
    conflict.get_by_role("radio").nth(1).check()
    expect(page.locator("#tally")).to_contain_text("3 cells ticked")
    expect(page.locator("#why")).to_have_value("agreed with the dealers")

    page.get_by_role("button", name="Take into the plan").click()
    expect(page.locator("h1")).to_have_text("3 of 3 cells taken into the plan")
    again = _taken_out(workbench, page, tmp_path / "again.xlsx")
    assert _number(again, first) == base + 100
    assert _number(again, total) == round(_number(out, total) * 1.1)


@pytest.mark.parametrize("width", [1440, 1024])
def test_in_chinese_a_file_is_put_aside(workbench: Workbench, tmp_path: Path, width: int) -> None:
    page = workbench.sign_in("dong", "zh", width)
    out = _taken_out(workbench, page, tmp_path / "out.xlsx")
    at = out.at(*CELL, measure="销售预测", period="2026-06")
    _brought_back(workbench, page, out.typed(at, _number(out, at) + 1), tmp_path / "back.xlsx")
    expect(page.locator("h1")).to_have_text("1个单元格待审阅：1个有修改")
    workbench.axe(page)
    page.locator("form.discard button").click()
    expect(page.locator(".messages")).to_contain_text("放弃")


def test_a_file_of_something_else_is_refused_beside_the_form(workbench: Workbench, tmp_path: Path) -> None:
    page = workbench.sign_in("dong")
    (tmp_path / "list.xlsx").write_text("item;month")
    workbench.go(page, f"{PLAN}exchange/")
    page.set_input_files("#workbook", tmp_path / "list.xlsx")
    page.locator("form[action$='exchange/upload/'] button").click()
    expect(page.get_by_role("alert")).to_contain_text("not an Excel workbook")
    expect(page.locator("#workbook")).to_be_visible()
