"""In the meeting somebody asks "what if": it is moved and solved there and then, and the plan stays the plan."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect
from workbench import Workbench

SOLVED = 240_000  # milliseconds until a scenario of the demo company is solved on a slow machine
WHAT_IF = "A tenth more winding hours"


def _figures_of_the_plan(workbench: Workbench, page: Page) -> list[str]:
    """What the plan that is to be signed says, figure by figure."""
    workbench.go(page, "meeting/plan/")
    return page.locator(".tiles .figure").all_inner_texts()


def test_what_if_in_the_meeting_changes_nothing_of_the_plan(workbench: Workbench) -> None:
    chen, shen = workbench.sign_in("chen"), workbench.sign_in("shen")
    before = _figures_of_the_plan(workbench, chen)
    assert before

    workbench.go(shen, "scenarios/")
    shen.locator("#new-title").fill(WHAT_IF)
    shen.locator("form.branch button").click()
    expect(shen.locator("h1")).to_contain_text(WHAT_IF)
    shen.locator(".tabs a", has_text="Capacity").click()
    shen.locator("#lever-first").select_option("2026-03")
    shen.locator("#lever-resource").select_option("WINDING")
    shen.locator("#lever-amount").fill("10")
    shen.locator("#lever-why").fill("the general manager asks in the meeting")
    shen.locator("form.levers button").click()
    expect(shen.locator(".messages")).to_be_visible()

    workbench.go(chen, "meeting/scenario/")
    chen.get_by_role("button", name="Show").click()
    expect(chen.locator(".banner")).to_contain_text("is a scenario and no plan")
    expect(chen.locator(".finding.warning")).to_be_visible()  # it waits to be solved, and says so

    shen.get_by_role("button", name="Solve").click()
    expect(shen.locator("h1")).to_contain_text("than the plan", timeout=SOLVED)  # by itself, once it is solved

    chen.get_by_role("button", name="Show").click()
    expect(chen.locator(".finding.warning")).to_have_count(0)
    expect(chen.locator("h1 .tag.scenario")).to_be_visible()
    expect(chen.locator(".labelled table").first).to_contain_text(re.compile(f"Scenario: {WHAT_IF}"))
    workbench.axe(chen)

    assert _figures_of_the_plan(workbench, chen) == before
    workbench.go(chen, "meeting/sign/")
    expect(chen.locator("main")).not_to_contain_text(WHAT_IF)
