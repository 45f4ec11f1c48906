"""The workbook opens, prints, links and says the same in both languages; the same month makes the same bytes."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from pathlib import Path

import pack_company as company
import pytest
from python_calamine import CalamineWorkbook

from sandop.pack import make_pack, write_pack
from sandop.pack.page import Beside, Cell, Chart, Column, Pack, Page, PageBreak, Row, Sentence, Series, Table
from sandop.pack.xlsx import write_xlsx
from sandop.scenario.month import Month
from sandop.wording import Language


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> dict[Language, Path]:
    folder = tmp_path_factory.mktemp("pack")
    month = company.month()
    return {lang: write_pack(month=month, path=folder / f"{lang}.xlsx", language=lang) for lang in ("en", "zh")}


def xml(path: Path, part: str) -> str:
    with zipfile.ZipFile(path) as book:
        return book.read(part).decode("utf-8")


def parts(path: Path, pattern: str) -> list[str]:
    with zipfile.ZipFile(path) as book:
        return sorted(name for name in book.namelist() if re.fullmatch(pattern, name))


def test_the_same_month_makes_the_same_bytes(packs: dict[Language, Path], tmp_path: Path) -> None:
    again = write_pack(month=company.month(), path=tmp_path / "again.xlsx", language="en")
    assert again.read_bytes() == packs["en"].read_bytes()


def test_the_stated_date_is_the_given_one_or_the_first_planned_day(
    packs: dict[Language, Path], tmp_path: Path
) -> None:
    assert "2026-01-01T00:00:00Z" in xml(packs["en"], "docProps/core.xml")
    given = write_pack(month=company.month(), path=tmp_path / "p.xlsx", language="en", created=dt.date(2026, 1, 9))
    assert "2026-01-09T00:00:00Z" in xml(given, "docProps/core.xml")


def test_no_half_written_pack_is_left_behind(packs: dict[Language, Path]) -> None:
    assert {path.name for path in packs["en"].parent.iterdir()} == {"en.xlsx", "zh.xlsx"}


def test_page_one_is_the_decision_page_and_every_page_has_its_sheet(packs: dict[Language, Path]) -> None:
    shown = [sheet for sheet in CalamineWorkbook.from_path(packs["en"]).sheet_names if sheet != "figures"]
    assert shown == [page.tab for page in make_pack(month=company.month(), language="en").pages]
    assert shown[:2] == ["Decide", "Contents"]


def test_both_languages_hold_the_same_figures(packs: dict[Language, Path]) -> None:
    """Every number of the English pack stands in the same cell of the Chinese one."""
    books = [CalamineWorkbook.from_path(packs[language]) for language in ("en", "zh")]
    for first, second in zip(books[0].sheet_names, books[1].sheet_names, strict=True):
        assert _numbers(books[0], first) == _numbers(books[1], second), first


def _numbers(book: CalamineWorkbook, name: str) -> list[list[float | None]]:
    rows = book.get_sheet_by_name(name).to_python()
    return [[cell if isinstance(cell, float) else None for cell in row] for row in rows]


def test_the_chinese_pack_has_no_english_title_and_a_chinese_font(packs: dict[Language, Path]) -> None:
    for page in make_pack(month=company.month(), language="zh").pages:
        assert re.search(r"[\u4e00-\u9fff]", page.title), page.id
        assert re.search(r"[\u4e00-\u9fff]", page.tab) or page.tab.isascii()
    assert "Microsoft YaHei" in xml(packs["zh"], "xl/styles.xml")
    assert "Microsoft YaHei" not in xml(packs["en"], "xl/styles.xml")


def test_every_page_prints_on_landscape_paper_with_company_version_and_page(packs: dict[Language, Path]) -> None:
    for name in parts(packs["en"], r"xl/worksheets/sheet\d+\.xml"):
        sheet = xml(packs["en"], name)
        if "<f>" in sheet or "pageSetup" not in sheet:
            continue
        assert 'orientation="landscape"' in sheet
        assert 'paperSize="9"' in sheet
        assert "Qiantang Pumps" in sheet
        assert re.search(r"Plan [0-9a-f]{12} from inputs [0-9a-f]{12}", sheet)
        assert "Page &amp;P of &amp;N" in sheet
        assert 'showGridLines="0"' in sheet


def test_page_one_fits_one_sheet_of_paper(packs: dict[Language, Path]) -> None:
    first = xml(packs["en"], "xl/worksheets/sheet1.xml")
    assert 'fitToPage="1"' in first
    assert "fitToHeight" not in first  # absent means one


def test_contents_link_to_every_sheet_and_every_sheet_back(packs: dict[Language, Path]) -> None:
    contents = xml(packs["en"], "xl/worksheets/sheet2.xml")
    targets = re.findall(r"location=\"'([^']+)'!A1\"", contents)
    tabs = [page.tab for page in make_pack(month=company.month(), language="en").pages]
    assert targets == [tab for tab in tabs if tab != "Contents"]
    assert "location=\"'Contents'!A1\"" in xml(packs["en"], "xl/worksheets/sheet5.xml")


def test_charts_are_native_and_their_figures_stand_on_a_hidden_sheet(packs: dict[Language, Path]) -> None:
    charts = parts(packs["en"], r"xl/charts/chart\d+\.xml")
    assert len(charts) == 10
    assert all("figures!" in xml(packs["en"], chart) for chart in charts)
    assert re.search(r'name="figures"[^>]*state="hidden"', xml(packs["en"], "xl/workbook.xml"))


def test_the_waterfall_is_labelled_with_its_amounts(packs: dict[Language, Path]) -> None:
    chart = xml(packs["en"], "xl/charts/chart1.xml")
    for label in ("100.0", "-4.0", "96.0", "+2.0", "98.4"):
        assert f"<a:t>{label}</a:t>" in chart
    assert "axis does not start at zero" in chart


def test_columns_stand_on_zero(packs: dict[Language, Path]) -> None:
    charts = [xml(packs["en"], name) for name in parts(packs["en"], r"xl/charts/chart\d+\.xml")]
    revenue = next(chart for chart in charts if "Revenue by month" in chart)
    assert '<c:min val="0.0"/>' in revenue or '<c:min val="0"/>' in revenue


def test_load_is_coloured_by_rules_that_also_mark_the_overload(packs: dict[Language, Path]) -> None:
    heat = [xml(packs["en"], name) for name in parts(packs["en"], r"xl/worksheets/sheet\d+\.xml")]
    assert sum("conditionalFormatting" in sheet for sheet in heat) == 1
    assert "▲" in xml(packs["en"], "xl/styles.xml")


def test_each_family_begins_a_new_sheet_of_paper(packs: dict[Language, Path]) -> None:
    tabs = [page.tab for page in make_pack(month=company.month(), language="en").pages]
    families = xml(packs["en"], f"xl/worksheets/sheet{tabs.index('Families') + 1}.xml")
    assert '<rowBreaks count="1"' in families
    assert "fitToPage" not in families


def test_a_month_with_nothing_but_a_plan_makes_a_pack(tmp_path: Path) -> None:
    path = write_pack(month=Month(company.plan()), path=tmp_path / "bare.xlsx", language="zh")
    assert CalamineWorkbook.from_path(path).sheet_names == ["决策", "目录", "假设与来源"]


def test_a_company_with_an_ampersand_keeps_it_in_the_page_header(tmp_path: Path) -> None:
    plan = company.plan(name="Pumps & Sons")
    path = write_pack(month=Month(plan), path=tmp_path / "and.xlsx", language="en")
    assert "Pumps &amp;&amp; Sons" in xml(path, "xl/worksheets/sheet1.xml")


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    """A name brought by a user is never run by Excel."""
    table = Table((Column("="),), (Row(("=1+1",)), Row((Cell("@x"),))))
    path = _written(tmp_path, Page("p", "P", "=title", "scope", (table, Sentence("=2+2"))))
    assert "<f>" not in xml(path, "xl/worksheets/sheet1.xml")
    assert CalamineWorkbook.from_path(path).get_sheet_by_name("P").to_python()[-4:] == [
        ["=1+1"],
        ["@x"],
        [""],
        ["=2+2"],
    ]
    assert "=1+1" in xml(path, "xl/sharedStrings.xml")


def test_blanks_stay_blank_and_zeros_stay_zero(tmp_path: Path) -> None:
    columns = (Column("a", "whole"), Column("b", "whole"), Column("c", "date"))
    table = Table(columns, (Row((float("nan"), 0.0, dt.date(2026, 1, 5))), Row((None, 7, None))))
    rows = CalamineWorkbook.from_path(_written(tmp_path, Page("p", "P", "t", "s", (table,)))).get_sheet_by_name("P")
    assert rows.to_python()[-2:] == [["", 0.0, dt.date(2026, 1, 5)], ["", 7.0, ""]]


def test_a_page_may_be_text_only_and_charts_may_stand_beside_each_other(tmp_path: Path) -> None:
    chart = Chart("Line", ("Jan", "Feb"), (Series("a", (1.0, None), "plan", "line"),))
    page = Page("p", "P", "title", "scope", (Beside((chart,), (chart,)), PageBreak(), Sentence("end")))
    path = _written(tmp_path, page)
    assert len(parts(path, r"xl/charts/chart\d+\.xml")) == 2
    assert "c:min" not in xml(path, "xl/charts/chart1.xml")


def _written(folder: Path, page: Page) -> Path:
    pack = Pack("C", "2026", "", "v", "Contents", "Page &P of &N", (page,))
    return write_xlsx(pack=pack, path=folder / "p.xlsx", language="en", created=dt.date(2026, 1, 1))
