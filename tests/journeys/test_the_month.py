"""The month of the demo company from the data close to the signature, each step by those who answer for it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect
from workbench import Workbench

# Step → who chairs it, and whose inputs it waits for.
STEPS = {
    "data_close": ("zhou", ("fang", "ma", "lu")),
    "business_review": ("zhou", ("zhou", "cao", "liu")),
    "demand_review": ("wei", ("gao", "he", "lin", "sun", "zhao", "liu", "dong")),
    "supply_review": ("tang", ("dong", "lu", "qian", "shen")),
    "pre_sop": ("zhou", ("shen", "cao", "zhou")),
    "sop_meeting": ("chen", ("zhou",)),
}
IN_CHINESE = ("cao", "chen")


_DECISIONS = "links => links.map(link => link.getAttribute('href')).filter(to => /\\/meeting\\/\\d+\\/$/.test(to))"


def test_a_month_from_the_data_to_the_signature(workbench: Workbench) -> None:
    people: dict[str, Page] = {}

    def at(person: str) -> Page:
        if person not in people:
            people[person] = workbench.sign_in(person, "zh" if person in IN_CHINESE else "en")
        return people[person]

    _data_are_closed(workbench, at("fang"))
    for step, (chair, owners) in STEPS.items():
        for owner in owners:
            _delivers(workbench, at(owner), step)
        if step != "data_close":
            _presses(workbench, at(chair), step, "open")
        if step == "sop_meeting":
            _the_meeting_decides_and_signs(workbench, at("chen"))
        _presses(workbench, at(chair), step, "submit")
        _step_is_signed(workbench, at(chair), step)
    workbench.go(at("chen"), "sign/")
    workbench.go(at("ding"), "")
    expect(at("ding").get_by_text("In force").first).to_be_visible()
    for address in ("cycle/", "step/execution/", "minutes/"):
        assert "404" not in workbench.go(at("ding"), address).title()


def _send(page: Page, button: Locator) -> None:
    """Press a button that sends a form, and wait for the page that answers."""
    with page.expect_navigation():
        button.click()


def _data_are_closed(workbench: Workbench, page: Page) -> None:
    workbench.go(page, "cycle/data/")
    form = page.locator("form[action$='/data/close/']")
    form.locator("[name=why]").fill("December is booked")
    _send(page, form.get_by_role("button"))


def _delivers(workbench: Workbench, page: Page, step: str) -> None:
    """Whatever of this person's the step still lacks."""
    workbench.go(page, f"step/{step}/work/")
    while page.locator("form[action$='/deliver/'] button").count():
        _send(page, page.locator("form[action$='/deliver/'] button").first)


def _presses(workbench: Workbench, page: Page, step: str, deed: str) -> None:
    workbench.go(page, f"step/{step}/work/")
    _send(page, page.locator(f"form[action$='/{step}/{deed}/'] button"))


def _step_is_signed(workbench: Workbench, page: Page, step: str) -> None:
    """Every line of the checklist is ticked before the chair signs."""
    workbench.go(page, f"step/{step}/work/")
    while page.locator("form[action$='/tick/'] button[value=yes]").count():
        _send(page, page.locator("form[action$='/tick/'] button[value=yes]").first)
    _send(page, page.locator(f"form[action$='/{step}/sign/']").get_by_role("button"))


def _the_meeting_decides_and_signs(workbench: Workbench, page: Page) -> None:
    """In meeting mode the GM takes the recommended way of each decision, then signs, in Chinese."""
    workbench.go(page, "meeting/")
    numbers = sorted({link.split("/")[-2] for link in page.eval_on_selector_all("a", _DECISIONS)})
    assert numbers
    for number in numbers:
        workbench.go(page, f"meeting/{number}/")
        page.fill("form.record [name=why]", "按建议执行")
        _send(page, page.locator("form.record button.primary"))
    workbench.go(page, "sign/")
    assert page.locator(".finding.warning").all_inner_texts() == []
    form = page.locator("form[action$='/sign/now/']")
    form.locator("[name=why]").fill("按共识计划执行")
    _send(page, form.get_by_role("button"))
