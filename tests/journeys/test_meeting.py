"""From pre-S&OP to the signature: five people, one plan, one set of minutes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from workbench import Workbench, as_users_have_it

_STAGE = """
from django.utils import timezone
from sandop_web.access import actor_of
from sandop_web.actions.decisions import take_up_decisions
from sandop_web.store.models import Cycle, CycleStep, User
cycle = Cycle.objects.get()
before = cycle.steps.get(step="sop_meeting").place
cycle.steps.filter(place__lt=before).update(state=CycleStep.State.SIGNED)
cycle.steps.filter(step="sop_meeting").update(state=CycleStep.State.OPEN)
zhou = actor_of(user=User.objects.get(username="zhou"), company="qiantang-pumps", at=timezone.now(), language="en")
take_up_decisions(by=zhou)
"""


def in_the_meeting(home: Path) -> None:
    """Every step up to pre-S&OP is signed, the meeting is on, the list is taken up: the month before this one is the
    matter of other journeys."""
    program = f"import django; django.setup()\n{_STAGE}"
    env = as_users_have_it(home) | {"DJANGO_SETTINGS_MODULE": "sandop_web.settings"}
    env |= {"PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", program], env=env, check=True)


def decide_here(page: Page, why: str) -> str:
    """Approve what is recommended on the page of a decision; its title."""
    title = page.locator("main h1").inner_text()
    page.fill("[name=why]", why)
    page.click("form.record button")
    expect(page.locator("form.record")).to_have_count(0)
    return title


def test_sales_answers_the_cuts_and_three_functions_agree(workbench: Workbench) -> None:
    wei = workbench.sign_in("wei")
    workbench.go(wei, "pre-sop/cuts/")
    workbench.axe(wei)
    wei.locator("tbody a").first.click()
    wei.fill("#why", "the project is too small to hold the line for")
    wei.click("text=Escalate to the meeting")
    expect(wei.locator(".messages")).to_contain_text("decision")
    workbench.go(wei, "pre-sop/cuts/")
    wei.locator("tbody tr").nth(1).locator("[name=group]").check()
    wei.fill("#why", "distributors hold stock")
    wei.click("form.answering button.primary")
    expect(wei.locator(".messages")).to_contain_text("accepted")
    for person in ("wei", "shen", "cao"):
        page = wei if person == "wei" else workbench.sign_in(person)
        workbench.go(page, "pre-sop/agreement/")
        page.locator("[name=family]").first.check()
        page.click("button[name=agrees][value=yes]")
        expect(page.locator(".matrix .tag.ok").first).to_be_visible()
    workbench.axe(page)
    expect(page.locator("main h1")).to_contain_text("1 of 8")


@pytest.mark.parametrize("width", [1280, 1920])
def test_the_agenda_is_moved_through_by_keys(workbench: Workbench, width: int) -> None:
    zhou = workbench.sign_in("zhou", width=width, height=width * 9 // 16)
    workbench.go(zhou, "meeting/")
    workbench.axe(zhou)
    points = zhou.locator(".rail a").count()
    for _ in range(points - 1):
        here = zhou.url
        zhou.keyboard.press("ArrowRight")
        zhou.wait_for_url(lambda url, here=here: url != here)
        assert zhou.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(zhou.locator(".foot a[rel=next]")).to_have_count(0)
    zhou.keyboard.press("ArrowLeft")
    expect(zhou.locator("[aria-current=step]")).to_contain_text("Sign-off")


def test_the_general_manager_decides_signs_and_the_minutes_have_it_all(workbench: Workbench) -> None:
    in_the_meeting(workbench.home)
    zhou = workbench.sign_in("zhou")
    workbench.go(zhou, "meeting/")
    zhou.get_by_role("checkbox").first.check()
    zhou.evaluate("document.querySelector('#meeting').dataset.before = 'yes'")
    zhou.click(".attendance button")
    expect(zhou.locator("#meeting[data-before]")).to_have_count(0)  # the page has come anew
    expect(zhou.get_by_role("checkbox").first).to_be_checked()
    zhou.fill("#note", "The winding shop runs at its limit")
    zhou.press("#note", "Enter")
    expect(zhou.locator(".lines")).to_be_visible()
    chen = workbench.sign_in("chen")
    workbench.go(chen, "meeting/")
    titles: list[str] = []
    while chen.locator(".rail li.open").count():
        chen.locator(".rail li.open a").first.click()
        chen.wait_for_selector("form.record")
        if not titles:
            workbench.axe(chen)
        titles.append(decide_here(chen, "as recommended"))
    assert len(titles) >= 3
    chen.click(".rail a >> text=Sign-off")
    chen.wait_for_selector("form.record [name=expected_hash]", state="attached")
    chen.fill("[name=why]", "agreed by all")
    chen.click("form.record button")
    expect(chen.locator("main h1")).to_have_text("The plan is signed")
    workbench.go(zhou, "meeting/minutes/")
    workbench.axe(zhou)
    minutes = zhou.locator("main").inner_text()
    assert "The winding shop runs at its limit" in minutes and "signed plan" in minutes
    assert [title for title in titles if title not in minutes] == []


def test_it_reads_in_chinese(workbench: Workbench) -> None:
    chen = workbench.sign_in("chen", "zh")
    for address in ("step/pre_sop/", "pre-sop/cuts/", "pre-sop/agreement/", "decisions/", "step/sop_meeting/"):
        workbench.go(chen, address)
        workbench.axe(chen)
    workbench.go(chen, "meeting/")
    expect(chen.locator(".head")).to_contain_text("S&OP会议")
    workbench.go(chen, "meeting/minutes/")
    expect(chen.locator("main h1")).to_contain_text("纪要")
