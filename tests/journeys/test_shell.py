"""The frame around every page: anywhere by a few letters, in one's language, beside the page, without a mouse."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from workbench import Workbench

LANGUAGES = ("en", "zh")


def menu_of(page: Page) -> list[str]:
    links: list[str] = page.eval_on_selector_all("nav.menu a[href^='/']", "links => links.map(link => link.href)")
    return links


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_the_menu_runs_and_is_in_nobodys_way(workbench: Workbench, language: str) -> None:
    page = workbench.sign_in("zhou", language)
    lines = menu_of(page)
    assert len(lines) > 15
    for line in lines:
        page.goto(line)
        page.wait_for_load_state("networkidle")
        marked, menus = (page.locator(where).count() for where in ("nav.menu [aria-current]", "nav.menu:visible"))
        assert marked == menus, line  # the meeting has the whole screen
        workbench.axe(page)


def test_anywhere_by_a_few_letters_and_no_mouse(workbench: Workbench) -> None:
    page = workbench.sign_in("zhou")
    page.keyboard.press("Control+k")
    expect(page.locator("#palette")).to_be_visible()
    page.keyboard.type("supply rev")
    expect(page.locator("#palette [aria-selected=true]")).to_contain_text("Supply review")
    page.keyboard.press("Enter")
    page.wait_for_url("**/step/supply_review/")
    page.keyboard.press("Control+k")
    page.keyboard.type("家用泵")
    expect(page.locator("#palette [aria-selected=true]")).to_contain_text("Domestic pumps")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    workbench.axe(page)
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()


def test_the_search_is_a_page_too(workbench: Workbench) -> None:
    page = workbench.sign_in("zhou")
    workbench.go(page, "palette/?q=motor")
    assert "motor" in page.locator("h1").inner_text()
    assert page.locator("main a").count() > 3
    workbench.axe(page)


def test_the_language_goes_with_its_person(workbench: Workbench) -> None:
    here = workbench.sign_in("ding", "en")
    with here.expect_navigation():
        here.click("button[name=language][value=zh]")
    elsewhere = workbench.visit("en")
    elsewhere.goto(workbench.url)
    elsewhere.fill("[name=username]", "ding")
    elsewhere.fill("[name=password]", workbench._passwords["ding"])
    elsewhere.press("[name=password]", "Enter")
    elsewhere.wait_for_url(workbench.url)
    assert elsewhere.locator("html").get_attribute("lang") == "zh-Hans"


def test_large_amounts_in_wan_where_one_wants_them_so(workbench: Workbench) -> None:
    page = workbench.sign_in("chen", "zh")
    workbench.go(page, "step/business_review/")
    assert "百万元" in page.locator("main").inner_text()
    page.click(".person summary")
    page.click("button[name=large_numbers][value=wan]")
    page.wait_for_load_state("networkidle")
    said = page.locator("main").inner_text()
    assert "万元" in said and "百万元" not in said


def test_a_guide_opens_beside_the_page_and_closes_by_the_keyboard(workbench: Workbench) -> None:
    page = workbench.sign_in("dong")
    workbench.go(page, "step/demand_review/")
    guide = page.locator("header a[data-beside]")
    guide.press("Enter")
    panel = page.locator("#beside")
    expect(panel.locator("h1")).to_have_text("Demand review")
    expect(panel).to_be_focused()
    page.go_back()
    expect(panel).to_be_hidden()
    assert page.url.endswith("/step/demand_review/")
    guide.press("Enter")
    expect(panel.locator("h1")).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(guide).to_be_focused()


def test_a_family_chosen_above_the_page_stays_while_one_walks(workbench: Workbench) -> None:
    page = workbench.sign_in("zhou")
    workbench.go(page, "step/demand_review/")
    whole = page.locator("h1").inner_text()
    page.locator("select[name=family]").select_option("DOM")
    page.locator(".choose .button").click()
    page.wait_for_url("**family=DOM**")
    assert page.locator("h1").inner_text() != whole
    page.locator("nav.menu a[href*='supply_review']").click()
    page.wait_for_url("**/step/supply_review/?family=DOM")
    assert page.locator("select[name=family]").input_value() == "DOM"


def test_what_was_typed_is_there_again_after_a_refusal(workbench: Workbench) -> None:
    page = workbench.sign_in("zhou")
    workbench.go(page, "people/")
    page.click("main details summary")
    page.fill("#person", "zhou")
    page.fill("main details [name=name]", "Zhou the second")
    page.select_option("#role", "viewer")
    page.click("main details button.primary")
    expect(page.locator(".refused h1")).to_be_visible()
    page.click(".refused a.button >> nth=0")
    page.wait_for_url("**/people/")
    assert page.input_value("main details [name=name]") == "Zhou the second"
    assert page.input_value("#role") == "viewer"


@pytest.mark.parametrize("width", [360, 1024, 1920])
def test_the_frame_fits_every_screen(workbench: Workbench, width: int) -> None:
    page = workbench.sign_in("zhou", width=width)
    for address in ("", "step/demand_review/", "people/", "help/"):
        workbench.go(page, address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    if width < 1040:
        page.click(".menu-link")
        expect(page.locator("nav.menu")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator("nav.menu")).to_be_hidden()


def test_an_outsider_sees_nothing(workbench: Workbench) -> None:
    page = workbench.visit()
    for address in ("palette/?q=pump", "help/", "step/demand_review/?family=DOM"):
        workbench.go(page, address)
        assert "/sign-in/" in page.url
        assert page.locator("#palette, nav.menu, .context").count() == 0
