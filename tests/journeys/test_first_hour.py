"""The first hour of a new company: an empty workbench, own data from Excel with mistakes in them, people, the month
run, the cycle opened, the first review."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter
from playwright.sync_api import Browser, Page, expect
from workbench import Workbench, as_users_have_it, served

from sandop.io import check, write_workbook
from sandop.io.ledger import Ledger
from sandop.io.workbook import worksheets

REPOSITORY = Path(__file__).resolve().parents[2]
PASSWORD = "quiet-harbour-42"


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path, str]]:
    """Address, home and the founder's password of a workbench in which there is nothing yet."""
    home = tmp_path_factory.mktemp("empty") / "home"
    home.mkdir()
    made = subprocess.run(
        [Path(sys.executable).parent / "sandop-web", "founder", "anna"],
        env=as_users_have_it(home),
        check=True,
        capture_output=True,
        text=True,
    )
    found = re.search(r"Password: (\S+)", made.stdout)
    assert found, made.stdout
    (home / "people.txt").write_text("", encoding="utf-8")
    with served(home) as address:
        yield address, home, found[1]


@pytest.fixture
def house(browser: Browser, founded: tuple[str, Path, str]) -> Iterator[Workbench]:
    address, home, _ = founded
    house = Workbench(browser, f"{address}/", home, REPOSITORY)
    yield house
    house.leave()
    assert house.troubles == []


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The company's own data as one workbook."""
    plan = check(REPOSITORY / "examples" / "red_tomato_whole").plan
    assert plan is not None
    path = tmp_path_factory.mktemp("own") / "garden tools.xlsx"
    write_workbook(plan, path)
    return path


@pytest.fixture(scope="module")
def with_mistakes(workbook: Path) -> Path:
    """The same as somebody typed it: a word for a number, a site that there is not."""
    sheets = worksheets(workbook, Ledger())
    assert sheets is not None
    sheets["opening_stock"][1][2] = "lots"
    sheets["customers"][1][5] = "Q"
    path = workbook.with_name("garden tools, typed.xlsx")
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for place, row in enumerate(rows):
                page.write_row(place, 0, row)
    return path


def signed_in(house: Workbench, name: str, password: str, language: str = "en") -> Page:
    page = house.visit(language)
    page.goto(house.url)
    page.fill("[name=username]", name)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("[name=password]")).to_have_count(0)
    return page


def test_the_first_hour(
    house: Workbench, founded: tuple[str, Path, str], workbook: Path, with_mistakes: Path, tmp_path: Path
) -> None:
    page = signed_in(house, "anna", founded[2])
    expect(page.locator("main .empty")).to_contain_text("your own data from Excel")
    page.click("main a.primary")
    _takes_the_template(page, tmp_path)
    house.axe(page)

    page.set_input_files("#plan", with_mistakes)
    page.click("main form:has(#plan) .primary")
    expect(page.locator("h1")).to_contain_text("nothing of it was loaded")
    found = page.locator("table tr", has_text="lots")
    expect(found).to_contain_text("opening_stock")
    expect(found).to_contain_text("Write the number alone")
    expect(page.locator("table tr", has_text="not in sites")).to_contain_text("customers")
    house.axe(page)

    page.set_input_files("#plan", workbook)
    page.click("main form:has(#plan) .primary")
    expect(page.locator("h1")).to_have_text("Your company is open")
    page.click("main a.primary")
    expect(page.locator("h1")).to_contain_text("1 of 4 things are done")
    house.axe(page)

    _nothing_is_a_dead_end(house, page)
    _invites_the_general_manager(house, page)
    _runs_the_month(page)
    _opens_the_cycle(page)


def _takes_the_template(page: Page, tmp_path: Path) -> None:
    page.fill("[name=name]", "Garden Tools")
    with page.expect_download() as download:
        page.locator("form:has([name=sheets]) button").click()
    assert download.value.suggested_filename == "Garden Tools.xlsx"
    download.value.save_as(tmp_path / "template.xlsx")
    sheets = worksheets(tmp_path / "template.xlsx", Ledger())
    assert sheets is not None and {"items", "orders", "people"} <= set(sheets)


def _nothing_is_a_dead_end(house: Workbench, page: Page) -> None:
    """Every page of the menu of an empty company says what will be there, in words, and can be used by anybody."""
    links: list[str] = page.eval_on_selector_all("nav.menu a[href^='/']", "links => links.map(link => link.href)")
    home = page.url
    for link in links:
        page.goto(link)
        page.wait_for_load_state("networkidle")
        assert page.locator("h1").first.inner_text().strip(), link
        ways = page.locator("main").locator("a[href], button, input").count()
        assert ways or page.locator("main .empty, main .muted").count(), link
        house.axe(page)
    page.goto(home)


def _invites_the_general_manager(house: Workbench, page: Page) -> None:
    page.click(".firsts a[href$='/people/']")
    page.click("main details summary")
    page.fill("#person", "grace")
    page.fill("main details [name=name]", "Grace")
    page.select_option("#role", "gm")
    page.click("main details button.primary")
    link = page.input_value("#link")
    guest = house.visit()
    guest.goto(link)
    guest.fill("[name=new_password1]", PASSWORD)
    guest.fill("[name=new_password2]", PASSWORD)
    guest.press("[name=new_password2]", "Enter")
    expect(guest.locator(".firsts")).to_contain_text("Run the month")
    page.click(".brand")


def _runs_the_month(page: Page) -> None:
    page.click(".firsts form .primary")
    expect(page.locator("main a", has_text="See what the month concludes")).to_be_visible()
    page.click("main a:has-text('See what the month concludes')")
    expect(page.locator(".firsts li", has_text="Run the month")).to_have_class("done")


def _opens_the_cycle(page: Page) -> None:
    page.click(".firsts a[href$='/cycle/open/']")
    page.fill("#meeting", "2027-01-20")
    page.click("main form[method=get] button")
    page.click("main form[method=post] .primary")
    expect(page.locator("h1")).to_contain_text("0 of 7 steps")
    page.click("nav.menu a[href*='/step/demand_review/']")
    expect(page.locator("h1")).to_contain_text("Demand of the next 6 months")
    page.click(".brand")
    expect(page.locator(".firsts")).to_have_count(0)
    expect(page.locator(".timeline")).to_be_visible()
