"""From home to the decision behind the gap; from the demand review to why a number is so and where it is edited."""

from __future__ import annotations

import pytest
from workbench import Workbench

REVIEWS = ("data_close", "business_review", "demand_review")


def test_the_general_manager_goes_from_the_gap_to_the_decision_that_moves_most_money(workbench: Workbench) -> None:
    page = workbench.sign_in("chen")
    page.wait_for_load_state("networkidle")
    assert "budget" in page.locator("h1").inner_text()
    assert page.locator("[data-chart] svg").count() == 1
    assert page.locator(".timeline li").count() == 8  # seven steps and today
    decision = page.locator(".at-stake li a").first
    title = decision.inner_text()
    decision.click()
    page.wait_for_url("**/decisions/*/")
    assert title in page.locator("main").inner_text()


def test_a_planner_goes_from_the_review_to_a_family_to_why_and_on_to_the_grid(workbench: Workbench) -> None:
    page = workbench.sign_in("dong")
    workbench.go(page, "step/demand_review/")
    page.wait_for_load_state("networkidle")
    page.locator(".answers a", has_text="By family").click()
    page.wait_for_url("**/step/demand_review/demand/*")
    page.locator("table.grid td a.why").first.click()
    page.locator("#beside .content h1, #beside .content h2").first.wait_for()
    page.keyboard.press("Escape")
    page.locator("#beside").wait_for(state="hidden")
    page.locator("table.grid th a", has_text="Industrial pumps").click()
    page.wait_for_url("**family=IND*")
    page.locator("[data-chart] svg").first.wait_for()
    grid = page.locator("a.button[href*='/grid/']")
    assert "family=IND" in (grid.get_attribute("href") or "")
    grid.click()
    page.wait_for_url("**/grid/?*")


@pytest.mark.parametrize(("language", "width"), [("en", 1440), ("zh", 1440), ("zh", 1024)])
def test_the_pages_are_in_nobodys_way(workbench: Workbench, language: str, width: int) -> None:
    page = workbench.sign_in("zhou", language, width)
    for address in (
        "",
        "cycle/",
        "cycle/days/",
        *(f"step/{step}/" for step in REVIEWS),
        "step/demand_review/accuracy/",
    ):
        workbench.go(page, address)
        page.wait_for_load_state("networkidle")
        workbench.axe(page)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, address
