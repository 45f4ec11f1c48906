"""Every kind of page: it fits, can be read by day and by night, and is walked by keyboard alone in its own order.

One page of each address pattern is looked at (of the steps one each), found by following the links of the pages.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Page
from workbench import Workbench

WIDTHS = (1440, 1024)
LONGEST_WALK = 600  # stops; where a walk is longer something keeps the focus
OF_EVERY_STEP = {"step", "step-part"}
SEEN_BY_NIGHT = {
    "work",
    "cycle",
    "step",
    "step-work",
    "scenarios",
    "decisions",
    "people",
    "sheet",
    "help-page",
    "minutes",
}
FILES = {"document", "calendar-feed", "grid-export", "exchange-file", "minutes-file"}
WORKED_ON = ("", "cycle/", "step/demand_review/", "step/supply_review/work/", "scenarios/", "decisions/", "meeting/")
LOOKED_UP = ("data/", "people/", "tokens/", "deeds/", "jobs/", "help/", "notices/", "family-sheet/", "pre-sop/cuts/")

# Every stop of the focus, as the person sees it: where in the document, and whether it shows that it has the focus.
LISTEN = """() => {
  const all = [...document.querySelectorAll('*')];
  window.stops = [];
  document.addEventListener('focusin', event => {
    const seen = event.target, style = getComputedStyle(seen), box = seen.getBoundingClientRect();
    const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
    window.stops.push({
      place: all.indexOf(seen),
      what: seen.outerHTML.slice(0, 120),
      shown: outlined || style.boxShadow !== 'none',
      seen: box.width > 0 && box.height > 0,
    });
  });
}"""
OPEN_TO_THE_KEYBOARD = """() => [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
  .filter(one => !one.disabled && one.checkVisibility({visibilityProperty: true}))
  .filter(one => one.type !== 'radio' || one.checked || !document.querySelector(`[name="${one.name}"]:checked`))
  .map(one => one.outerHTML.slice(0, 120))"""
# Charts follow the window a few frames later.
FITS = """() => new Promise(resolve => {
  let frames = 300;
  const fits = () => document.documentElement.scrollWidth <= innerWidth;
  const look = () => fits() || !frames-- ? resolve(fits()) : requestAnimationFrame(look);
  look();
})"""
TOO_WIDE = """() => [...document.querySelectorAll('main *')]
  .filter(one => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('.scroll, .panel, [tabindex]'))
  .slice(0, 3).map(one => one.outerHTML.slice(0, 120))"""


def kind_of(address: str) -> tuple[str, str] | None:
    """The address pattern, and the step where it is about one; None for what is no page of the company."""
    try:
        found = resolve(urlsplit(address).path)
    except Resolver404:
        return None
    name = found.url_name or ""
    step = str(found.kwargs.get("step", "")) if name in OF_EVERY_STEP else ""
    return None if name in FILES else (name, step)


def one_of_each(page: Page, start: str) -> Iterator[str]:
    """One address of each kind that the links lead to, the nearest first. Each is open in `page` when it is given."""
    waiting, known = [start], {kind_of(start)}
    for address in waiting:
        answer = page.goto(address)
        assert answer and answer.ok, address
        yield address
        for leads in page.eval_on_selector_all("a[href]", "links => links.map(link => link.href.split('#')[0])"):
            kind = kind_of(leads) if leads.startswith(start) else None
            if kind and kind not in known:
                known.add(kind)
                waiting.append(leads)


@pytest.fixture
def troubles() -> list[str]:
    """What is wrong, of all pages: they are mended together."""
    return []


def test_every_page_fits_and_can_be_read_by_day_and_by_night(workbench: Workbench, troubles: list[str]) -> None:
    page, looked_at = workbench.sign_in("zhou"), 0
    in_the_menu: list[str] = page.eval_on_selector_all("nav.menu a", "links => links.map(link => link.href)")
    for address in one_of_each(page, workbench.url):
        seen = trouble_seen(page)
        if address not in in_the_menu:  # the barriers of these are looked for with the frame
            seen += workbench.barriers(page)
        if kind_of(address)[0] in SEEN_BY_NIGHT:  # type: ignore[index]
            page.emulate_media(color_scheme="dark")
            seen += [f"by night: {one}" for one in workbench.barriers(page, "color-contrast")]
            page.emulate_media(color_scheme="light")
        troubles += [f"{address} {one}" for one in seen]
        looked_at += 1
    assert troubles == []
    assert looked_at > 40


def trouble_seen(page: Page) -> list[str]:
    """What does not fit the window, or is styled after it has been shown."""
    found: list[str] = page.eval_on_selector_all(
        "body link[rel=stylesheet]", "late => late.map(one => 'styled late: ' + one.outerHTML)"
    )
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if not page.evaluate(FITS):
            found.append(f"wider than {width}: {page.evaluate(TOO_WIDE)}")
    return found


def test_every_page_is_walked_by_keyboard_in_its_own_order(workbench: Workbench, troubles: list[str]) -> None:
    page = workbench.sign_in("zhou")
    for address in WORKED_ON + LOOKED_UP:
        workbench.go(page, address)
        page.wait_for_load_state("networkidle")
        troubles += [f"{address or 'home'}: {one}" for one in trouble_by_keyboard(page)]
    assert troubles == []


def trouble_by_keyboard(page: Page) -> list[str]:
    """What is wrong for somebody who walks the page with the Tab key from its beginning to its end."""
    wanted = page.evaluate(OPEN_TO_THE_KEYBOARD)
    page.evaluate(LISTEN)
    stops = _walked(page)
    if not stops or "skip" not in stops[0]["what"]:
        return ["the way past the menu is not the first stop"]
    found = [f"shows no focus: {stop['what']}" for stop in stops if not stop["shown"]]
    found += [f"cannot be seen: {stop['what']}" for stop in stops if not stop["seen"]]
    found += [f"out of order: {b['what']}" for a, b in itertools.pairwise(stops) if b["place"] < a["place"]]
    reached = {stop["what"] for stop in stops}
    return found + [f"not reached: {one}" for one in wanted if one not in reached]


def _walked(page: Page) -> list[dict[str, str | bool | int]]:
    """The stops from the first to the last, once."""
    page.evaluate("document.activeElement.blur()")
    for _ in range(LONGEST_WALK):
        page.keyboard.press("Tab")
        if page.evaluate(
            "stops.length > 1 && stops.at(-1).place === stops[0].place || document.activeElement === document.body"
        ):
            break
    else:
        raise AssertionError(f"the focus does not come out of {page.url}")
    stops: list[dict[str, str | bool | int]] = page.evaluate("stops")
    return stops[:-1] if len(stops) > 1 and stops[-1]["place"] == stops[0]["place"] else stops
