"""Supply and execution in a browser: from a shortage to why and to what could be done; the sheets; a plan for each
function."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from workbench import Workbench

SUPPLY = ("shortages", "not-served", "options", "capacity", "stock", "suppliers", "long-term", "past", "proof")
FUNCTIONS = ("rough-cut", "availability", "schedule", "purchasing", "logistics", "sales", "finance", "deviations")


def fits(page: Page) -> bool:
    """Nothing on the page is wider than the window; what is wider scrolls in its own frame."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_from_a_shortage_to_why_and_to_what_could_be_done(workbench: Workbench) -> None:
    page = workbench.sign_in("shen")
    workbench.go(page, "step/supply_review/")
    assert page.locator(".tile").count() == 5
    page.locator("[data-chart] svg").first.wait_for()
    workbench.axe(page)
    page.locator(".answers a", has_text="Resource shortages").click()
    page.wait_for_url("**/shortages/")
    assert "is short in" in page.locator("h1").inner_text()
    page.locator("a.why").first.click()
    page.locator("#beside .content h1, #beside .content h2").first.wait_for()
    workbench.axe(page)
    page.keyboard.press("Escape")
    page.locator("nav.tabs a", has_text="Options").click()
    page.wait_for_url("**/options/")
    assert page.locator("table tbody tr").count() >= 2
    assert "earns" in page.locator("h1").inner_text()


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", [1440, 1024])
def test_no_page_of_supply_is_wider_than_the_window(workbench: Workbench, language: str, width: int) -> None:
    page = workbench.sign_in("shen", language, width)
    for section in SUPPLY:
        workbench.go(page, f"step/supply_review/{section}/")
        assert page.locator("h1").inner_text().strip()
        assert fits(page), section


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_function_has_its_plan_in_execution(workbench: Workbench, language: str) -> None:
    page = workbench.sign_in("shen", language)
    workbench.go(page, "step/execution/")
    page.locator("[data-chart] svg").first.wait_for()
    workbench.axe(page)
    for section in FUNCTIONS:
        page.locator(f"nav.tabs a[href*='/execution/{section}/']").click()
        page.wait_for_url(f"**/execution/{section}/")
        assert page.locator("main table tbody tr").count() > 0
        assert fits(page), section
    workbench.axe(page)


def test_the_sheet_of_a_family_shows_its_checks_and_leads_to_the_next(workbench: Workbench) -> None:
    page = workbench.sign_in("shen")
    workbench.go(page, "family-sheet/")
    assert "agree in all" in page.locator("h1").inner_text()
    workbench.axe(page)
    page.locator("table tbody th a").first.click()
    page.wait_for_url("**/family-sheet/*/")
    assert page.locator(".identities details").count() == 4
    page.locator(".identities summary").last.click()
    assert page.locator(".identities details[open] tbody tr").count() == 4
    workbench.axe(page)
    here = page.url
    page.locator("a[rel=next]").click()
    page.wait_for_url(lambda address: address != here)
    assert fits(page)


def test_a_number_of_the_sheet_is_explained_beside_it(workbench: Workbench) -> None:
    page = workbench.sign_in("shen", "zh")
    workbench.go(page, "family-sheet/IND/")
    page.locator("tbody.line tr.now a.why").last.click()
    page.locator("#beside .content h1, #beside .content h2").first.wait_for()
    workbench.axe(page)


def test_the_work_of_a_step_is_one_line_away(workbench: Workbench) -> None:
    page = workbench.sign_in("shen")
    workbench.go(page, "step/supply_review/")
    page.locator(".strip a", has_text="checklist").click()
    page.wait_for_url("**/work/")
    workbench.axe(page)
    assert page.locator(".gates .obstacles li").count() >= 1
