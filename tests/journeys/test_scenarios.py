"""Before the meeting somebody tries something out: branched, changed, solved, compared with the plan, discarded."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from workbench import Workbench

SOLVED = 240_000  # milliseconds until a scenario of the demo company is solved on a slow machine
SHIFT, EXPORT = "A second shift in the winding shop", "出口需求增长"


def _branch(workbench: Workbench, page: Page, title: str) -> None:
    workbench.go(page, "scenarios/")
    page.locator("#new-title").fill(title)
    page.locator("form.branch button").click()
    expect(page.locator("h1")).to_contain_text(title)


def _move(page: Page, lever: str, amount: str, **chosen: str) -> None:
    """Moves a lever; one of numbers in the months from March on."""
    page.locator(".tabs a", has_text=lever).first.click()
    expect(page.locator("#levers .tabs a[aria-current]")).to_contain_text(lever)
    numbers = page.locator("#lever-first").count() > 0
    for field, label in {**({"first": "2026-03"} if numbers else {}), **chosen}.items():
        page.locator(f"#lever-{field}").select_option(label)
    page.locator("#lever-amount").fill(amount)
    page.locator("#lever-why").fill("what if")
    page.locator("form.levers button").click()
    expect(page.locator(".messages")).to_be_visible()


def test_a_scenario_is_branched_changed_solved_compared_and_discarded(workbench: Workbench) -> None:
    page = workbench.sign_in("zhou")
    _branch(workbench, page, SHIFT)
    _move(page, "Capacity", "20", resource="WINDING")
    _move(page, "Supply limits", "15", supplier="S-CASTB")
    _move(page, "Prices", "5", family="IND")
    _move(page, "Costs", "10", supplier="S-CASTB")
    workbench.axe(page)
    page.get_by_role("button", name=re.compile("Undo.*Purchase")).click()
    expect(page.locator(".messages")).to_contain_text("Taken back")
    page.get_by_role("button", name=re.compile("Undo.*Price")).click()
    expect(page.locator("table.grid tbody tr")).to_have_count(2)
    expect(page.locator("h1")).to_contain_text("changes that wait to be solved")

    page.get_by_role("button", name="Solve").click()
    expect(page.locator("#results progress")).to_be_visible()
    workbench.axe(page)
    expect(page.locator("#results .tiles")).to_be_visible(timeout=SOLVED)  # by itself: nobody loads the page again
    expect(page.locator("h1")).to_contain_text("more margin than the plan", timeout=SOLVED)

    page.get_by_role("link", name="Compare with the plan").click()
    expect(page.locator("h1")).to_contain_text(SHIFT)
    expect(page.locator("table.grid").first).to_contain_text("Best")
    expect(page.locator(".advice li").first).to_be_visible()
    expect(page.locator("[data-chart] svg").first).to_be_visible()
    workbench.axe(page)
    workbench.pictures(page, "scenarios")
    page.locator("nav.tabs a", has_text="Service and limits").click()
    expect(page.locator("main")).to_contain_text("Motor winding")
    workbench.axe(page)
    page.locator("nav.tabs a", has_text="Assumptions").click()
    expect(page.locator("table.grid tbody")).to_contain_text("what if")


def test_the_money_between_two_is_taken_apart_down_to_the_item(workbench: Workbench) -> None:
    page = workbench.sign_in("chen")
    workbench.go(page, "scenarios/")
    page.get_by_role("link", name=SHIFT).click()
    page.get_by_role("link", name="Compare with the plan").click()
    page.locator("table.grid td a.why").nth(2).click()  # the difference of the revenue opens its bridge beside
    expect(page.locator("#beside")).to_contain_text("more revenue")
    page.keyboard.press("Escape")
    page.locator("nav.tabs a", has_text="Money in detail").click()
    expect(page.locator("h1")).to_contain_text("more margin")
    expect(page.locator("[data-chart] svg").first).to_be_visible()
    workbench.axe(page)
    page.locator(".apart-in-money > .scroll th a", has_text="Industrial pumps").click()
    expect(page.locator(".apart-in-money > .scroll thead")).to_contain_text("Item")
    page.locator(".apart-in-money > .scroll th a").first.click()
    expect(page.locator(".apart-in-money > .scroll thead")).to_contain_text("Customer")
    page.locator(".choice a", has_text="Revenue").click()
    expect(page.locator("h1")).to_contain_text("revenue")
    workbench.axe(page)


def test_what_follows_from_merging_is_said_before_anybody_merges(workbench: Workbench) -> None:
    page = workbench.sign_in("zhou")
    workbench.go(page, "scenarios/")
    page.get_by_role("link", name=SHIFT).click()
    page.get_by_role("link", name="Merge into the plan").click()
    expect(page.locator("main")).to_contain_text("What follows from merging")
    expect(page.locator("table.grid tbody")).to_contain_text("Motor winding")
    workbench.axe(page)


def test_three_stand_side_by_side_in_chinese_and_one_says_it_is_not_solved(workbench: Workbench) -> None:
    page = workbench.sign_in("zhou", "zh", width=1024)
    _branch(workbench, page, EXPORT)
    _move(page, "需求", "15", region="Export")
    expect(page.locator("table.grid tbody tr")).to_have_count(1)
    workbench.go(page, "scenarios/")
    expect(page.locator("h1")).to_contain_text("2个情景")
    workbench.axe(page)
    page.locator("form table ~ p button, form .deeds button").last.click()
    expect(page.locator("h1")).to_contain_text("毛利比计划多")
    expect(page.locator(".finding.warning")).to_contain_text(EXPORT)
    page.locator("nav.tabs a", has_text="假设").click()
    expect(page.locator("main")).to_contain_text("+15.0%")
    workbench.axe(page)


def test_what_cannot_be_comes_back_as_it_was_typed(workbench: Workbench) -> None:
    page = workbench.sign_in("zhou")
    workbench.go(page, "scenarios/")
    page.get_by_role("link", name=EXPORT).click()
    page.locator("#lever-amount").fill("a lot")
    page.locator("#lever-why").fill("the fair went well")
    page.locator("form.levers button").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("#lever-amount")).to_have_value("a lot")
    expect(page.locator("#lever-why")).to_have_value("the fair went well")


def test_who_only_looks_cannot_change_and_a_discarded_scenario_is_gone(workbench: Workbench) -> None:
    viewer = workbench.sign_in("ding")
    workbench.go(viewer, "scenarios/")
    expect(viewer.locator("form.branch")).to_have_count(0)
    viewer.get_by_role("link", name=SHIFT).click()
    expect(viewer.locator("form.levers")).to_have_count(0)

    page = workbench.sign_in("zhou")
    workbench.go(page, "scenarios/")
    page.get_by_role("link", name=EXPORT).click()
    page.locator("summary", has_text="Discard").click()
    page.locator("#discard-why").fill("not this year")
    page.locator("details[open] form button").click()
    expect(page.locator("h1")).not_to_contain_text("Export")
    expect(page.get_by_role("link", name=EXPORT)).to_have_count(0)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_pages_of_the_data_stand_in_nobodys_way(workbench: Workbench, language: str) -> None:
    page = workbench.sign_in("zhou", language)
    for address in (
        "data/",
        "plan/",
        "plan/1/",
        "plan/1/masters/items/",
        "plan/1/settings/",
        "plan/1/report/shortages/",
    ):
        workbench.go(page, address)
        workbench.axe(page)
    workbench.go(page, "jobs/")
    workbench.axe(page)
