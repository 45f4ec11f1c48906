"""What goes wrong at a desk: the first visit, a session that ends while somebody types."""

from __future__ import annotations

from playwright.sync_api import expect
from workbench import Workbench

GRID = "plan/1/grid/?measures=sales_forecast"


def test_on_the_first_visit_one_can_type_at_once(workbench: Workbench) -> None:
    page = workbench.sign_in("dong")
    workbench.go(page, GRID)
    expect(page.locator("#grid")).to_be_focused()
    page.keyboard.type("12x")
    page.keyboard.press("Enter")
    expect(page.locator("#grid-fault")).to_be_visible()


def test_what_is_typed_after_the_session_ended_is_saved_once_one_has_signed_in_again(workbench: Workbench) -> None:
    page = workbench.sign_in("dong")
    workbench.go(page, GRID)
    expect(page.locator("#grid")).to_be_focused()
    page.context.clear_cookies(name="sessionid")
    page.keyboard.type("+10%")
    page.keyboard.press("Enter")
    page.keyboard.type("Tender moved to spring")
    page.keyboard.press("Enter")
    expect(page.locator("#grid-trouble")).to_be_visible()
    workbench.sign_in_again(page, "dong")
    page.locator("#grid-trouble [data-do=again]").click()
    expect(page.locator("#grid-live")).to_contain_text("+10.0%")
