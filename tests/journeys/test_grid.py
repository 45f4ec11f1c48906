"""The planning grid in a browser: typing, totals, pasting, talking, and two people at the same number."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from workbench import Workbench

ADDRESS = "plan/1/grid/"
FORECAST = "?measures=sales_forecast"
WHY = "Tender moved to spring"


def opened(workbench: Workbench, person: str, address: str = ADDRESS + FORECAST, language: str = "en") -> Page:
    """The grid, painted, with its first cell in hand."""
    page = workbench.sign_in(person, language)
    workbench.go(page, address)
    expect(cell(page, 0, 0)).to_be_visible()
    expect(status(page)).not_to_be_empty()
    return page


def cell(page: Page, row: int, month: int) -> Locator:
    return page.locator(f"#cell-{row}-{month}")


def status(page: Page) -> Locator:
    return page.locator("#grid-status")


def voice(page: Page) -> Locator:
    return page.locator("#grid-live")


def number(place: Locator) -> float:
    text = place.inner_text().strip()
    return 0.0 if text == "–" else float(text.replace(",", ""))


def typed(page: Page, text: str) -> None:
    """Type a total into the cell in hand, look at how it is shared out, and save it with its reason."""
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    expect(shares(page).first).to_be_visible()
    page.locator("#grid-share-why").fill(WHY)
    page.keyboard.press("Enter")
    expect(page.locator("#grid-side")).to_be_hidden()


def shares(page: Page) -> Locator:
    """The rows over which a total is shared out."""
    return page.locator("#grid-side .share-rows tbody tr")


def in_hand(page: Page, row: int, month: int) -> Locator:
    cell(page, row, month).click()
    expect(page.locator("#grid")).to_have_attribute("aria-activedescendant", f"cell-{row}-{month}")
    return cell(page, row, month)


def test_a_number_is_changed_by_the_keyboard_alone(workbench: Workbench) -> None:
    """The first line is the total of all, in money; the first that can be typed into is in hand."""
    page = opened(workbench, "dong")
    grid = page.locator("#grid")
    expect(grid).to_have_attribute("aria-activedescendant", "cell-1-0")
    before = number(cell(page, 1, 0))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    expect(grid).to_have_attribute("aria-activedescendant", "cell-1-0")
    page.keyboard.type("+10%")
    page.keyboard.press("Enter")
    expect(page.locator("#grid-share-why")).to_be_focused()
    assert number(cell(page, 1, 0)) == pytest.approx(before * 1.1, abs=1)
    page.keyboard.type(WHY)
    page.keyboard.press("Enter")
    expect(voice(page)).to_contain_text("+10.0%")
    expect(grid).to_be_focused()
    expect(page.locator("#grid-statistics")).to_contain_text(WHY)
    page.keyboard.press("Control+z")
    expect(voice(page)).to_contain_text("Taken back")
    assert number(cell(page, 1, 0)) == before
    page.keyboard.press("Tab")
    expect(grid).not_to_be_focused()


def test_a_total_is_seen_shared_out_before_it_is_saved_and_taken_back_whole(workbench: Workbench) -> None:
    page = opened(workbench, "dong")
    in_hand(page, 2, 2)
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("[data-rgrow='3'] .level-2")).to_be_visible()
    before, total = number(cell(page, 3, 2)), number(cell(page, 2, 2))
    page.keyboard.type(str(round(total * 2)))
    page.keyboard.press("Enter")
    expect(shares(page).first).to_be_visible()
    expect(page.locator("#grid-side .share-total")).to_contain_text("+100.0%")
    expect(cell(page, 3, 2)).to_contain_text(f"{before * 2:,.0f}")
    workbench.axe(page)
    kept = shares(page).first
    kept.get_by_role("checkbox").check()
    expect(kept).to_have_class("kept")
    page.get_by_role("radio", name="Evenly").check()
    expect(cell(page, 3, 2)).not_to_contain_text(f"{before * 2:,.0f}")
    page.locator("#grid-share-why").fill(WHY)
    page.keyboard.press("Enter")
    expect(page.locator("#grid-toast")).to_be_visible()
    assert number(cell(page, 2, 2)) == pytest.approx(round(total * 2), abs=1)
    page.locator("#grid-toast [data-do=undo]").click()
    expect(voice(page)).to_contain_text("Taken back")
    assert number(cell(page, 3, 2)) == before
    page.keyboard.press("Control+y")
    expect(voice(page)).to_contain_text("Made again")
    assert number(cell(page, 2, 2)) == pytest.approx(round(total * 2), abs=1)
    workbench.pictures(workbench.go(page, ADDRESS), "grid")
    workbench.go(page, ADDRESS + FORECAST)
    in_hand(page, 2, 2)
    page.keyboard.press("Control+z")
    expect(voice(page)).to_contain_text("Taken back")


def test_what_is_not_wanted_is_discarded_before_it_is_saved(workbench: Workbench) -> None:
    page = opened(workbench, "dong")
    in_hand(page, 2, 3)
    before = number(cell(page, 2, 3))
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    expect(shares(page).first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#grid-side")).to_be_hidden()
    expect(voice(page)).to_contain_text("Nothing was saved")
    assert number(cell(page, 2, 3)) == before


def test_the_reason_of_ones_own_change_is_said_better_later(workbench: Workbench) -> None:
    page = opened(workbench, "dong")
    in_hand(page, 3, 6)
    typed(page, "+3%")
    expect(page.locator("#grid-statistics")).to_contain_text(WHY)
    page.locator("#grid-reword").click()
    page.locator("#grid-why-field").fill("Tender moved to summer")
    page.keyboard.press("Enter")
    expect(voice(page)).to_contain_text("The reason is changed")
    expect(page.locator("#grid-statistics")).to_contain_text("Tender moved to summer")
    page.reload()
    in_hand(page, 3, 6)
    expect(page.locator("#grid-statistics")).to_contain_text(f"first reason: {WHY}")


def test_a_view_is_kept_under_a_name_and_found_again(workbench: Workbench) -> None:
    page = opened(workbench, "dong", ADDRESS + FORECAST + "&levels=item,customer&period=quarters")
    page.locator("#grid-kept summary").click()
    page.locator("#grid-keep-name").fill("Items by quarter")
    page.keyboard.press("Enter")
    expect(voice(page)).to_contain_text("View kept")
    workbench.go(page, ADDRESS)
    page.locator("#grid-kept summary").click()
    page.get_by_role("link", name="Items by quarter").click()
    expect(page).to_have_url(re.compile("period=quarters"))
    expect(page.locator("#period-quarters")).to_be_checked()
    page.locator("#grid-kept summary").click()
    page.get_by_role("button", name="Forget Items by quarter").click()
    expect(voice(page)).to_contain_text("View forgotten")


def test_a_block_of_a_spreadsheet_is_pasted_with_one_reason(workbench: Workbench) -> None:
    page = opened(workbench, "dong", ADDRESS + FORECAST + "&levels=item,customer")
    page.locator("#grid-depth button").last.click()
    expect(cell(page, 3, 3)).to_be_visible()
    expect(page.locator("#grid-status")).not_to_be_empty()
    lines = [[f'"{1000 + line * 10 + month:,}"' for month in range(6)] for line in range(3)]
    table = "\r\n".join("\t".join(line) for line in lines)
    page.evaluate("text => navigator.clipboard.writeText(text)", table)
    rows = _rows_with_nothing_below(page)[:3]
    in_hand(page, rows[0], 3)
    page.keyboard.press("Control+v")
    expect(page.locator("#grid-why-field")).to_be_focused()
    page.keyboard.type(WHY)
    page.keyboard.press("Enter")
    expect(page.locator("#grid-toast .told")).to_contain_text("cells")
    assert number(cell(page, rows[0], 3)) == 1000
    expect(page.locator("#grid-statistics")).to_contain_text("Count 18")
    page.keyboard.press("Control+z")
    expect(voice(page)).to_contain_text("Taken back")


def _rows_with_nothing_below(page: Page) -> list[int]:
    """Rows of the page that have no rows below them, from the top."""
    found = page.locator(".rgRow:not([aria-expanded]) [id^=cell-][id$='-3']").evaluate_all(
        "cells => cells.map((cell) => Number(cell.id.split('-')[1]))"
    )
    return sorted(found)


def test_what_is_no_number_changes_nothing_and_says_so(workbench: Workbench) -> None:
    page = opened(workbench, "dong")
    before = number(cell(page, 1, 1))
    in_hand(page, 1, 1)
    page.keyboard.type("many")
    page.keyboard.press("Enter")
    expect(page.locator("#grid-fault")).to_contain_text("This is no number")
    page.keyboard.press("Escape")
    expect(page.locator("#grid")).to_be_focused()
    assert number(cell(page, 1, 1)) == before
    page.evaluate("navigator.clipboard.writeText('12\\tMarch')")
    page.keyboard.press("Control+v")
    expect(page.locator("#grid-trouble")).to_contain_text("“March” is no number")
    assert number(cell(page, 1, 1)) == before


def test_people_talk_about_a_number_and_settle_it(workbench: Workbench) -> None:
    page = opened(workbench, "dong")
    in_hand(page, 1, 4)
    page.keyboard.press("Shift+F2")
    page.keyboard.type("Is the tender in?")
    page.locator("#grid-side form .primary").click()
    expect(page.locator("#grid-side .thread")).to_contain_text("Is the tender in?")
    workbench.axe(page)
    page.keyboard.press("Escape")
    expect(page.locator("#grid")).to_be_focused()
    expect(cell(page, 1, 4).locator(".said")).to_be_attached()
    other = opened(workbench, "zhou")
    in_hand(other, 1, 4)
    other.keyboard.press("Shift+F2")
    other.locator("#grid-side .thread button").first.click()
    expect(other.locator("#grid-side .thread")).to_contain_text("Resolved")


def test_of_two_people_at_one_number_the_second_sees_both_and_chooses(workbench: Workbench) -> None:
    first, second = opened(workbench, "dong"), opened(workbench, "zhou")
    for page in (first, second):
        in_hand(page, 1, 5)
    was = number(cell(first, 1, 5))
    typed(first, str(round(was + 500)))
    expect(voice(first)).to_contain_text("cells")
    typed(second, str(round(was + 900)))
    expect(second.locator("#grid-side")).to_be_visible()
    panel = second.locator("#grid-side")
    expect(panel).to_contain_text(f"{was + 500:,.0f}")
    expect(panel).to_contain_text(f"{was + 900:,.0f}")
    workbench.axe(second)
    second.get_by_role("button", name="Keep mine").click()
    expect(voice(second)).to_contain_text("cells")
    assert number(cell(second, 1, 5)) == pytest.approx(was + 900, abs=1)


def test_who_may_only_look_cannot_type_and_is_told_why(workbench: Workbench) -> None:
    page = opened(workbench, "ding")
    in_hand(page, 1, 1)
    before = number(cell(page, 1, 1))
    page.keyboard.type("5")
    expect(page.locator("#grid-typing")).to_be_hidden()
    expect(page.locator("#grid-trouble")).to_contain_text("Viewer")
    assert number(cell(page, 1, 1)) == before
    expect(cell(page, 1, 1)).to_have_attribute("aria-readonly", "true")


def test_sums_and_money_are_read_only_and_stay_in_the_address(workbench: Workbench) -> None:
    page = opened(workbench, "dong")
    page.get_by_text("Quarters", exact=True).click()
    expect(page).to_have_url(re.compile("period=quarters"))
    page.keyboard.press("Tab")
    in_hand(page, 1, 1)
    expect(page.locator("#grid-statistics")).to_contain_text("Sums of several months are read only")
    page.get_by_text("Money", exact=True).click()
    expect(page).to_have_url(re.compile("unit=money"))
    page.reload()
    expect(cell(page, 1, 1)).to_be_visible()
    expect(page.locator("#unit-money")).to_be_checked()


def test_rows_are_found_by_name_and_exceptions_come_first(workbench: Workbench) -> None:
    page = opened(workbench, "dong", ADDRESS)
    page.keyboard.press("Control+f")
    page.keyboard.type("circ")
    expect(page.locator(".rgRow .what").nth(0)).to_contain_text("Circulation", ignore_case=True)
    page.locator("#grid-search").fill("")
    page.get_by_label("Exceptions first").check()
    expect(page.locator(".rgRow .tale").first).to_be_visible()
    expect(page.locator("#grid-headline")).to_contain_text("Most out of line")


def test_why_a_number_is_so_opens_beside_the_grid(workbench: Workbench) -> None:
    page = opened(workbench, "dong")
    in_hand(page, 1, 1)
    page.keyboard.press("Alt+Enter")
    expect(page.locator("#beside")).to_be_visible()
    expect(page.locator("#beside .content")).not_to_be_empty()
    page.keyboard.press("Escape")
    expect(page.locator("#grid")).to_be_focused()


@pytest.mark.parametrize(("language", "width"), [("en", 1440), ("zh", 1024)])
def test_the_grid_stands_in_both_languages_and_nothing_is_in_anybodys_way(
    workbench: Workbench, language: str, width: int
) -> None:
    page = workbench.sign_in("dong", language, width)
    workbench.go(page, ADDRESS)
    expect(cell(page, 1, 1)).to_be_visible()
    page.wait_for_load_state("networkidle")
    workbench.axe(page)
    in_hand(page, 6, 1)
    page.keyboard.press("?")
    expect(page.locator("#grid-side .keys")).to_be_visible()
    workbench.axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
