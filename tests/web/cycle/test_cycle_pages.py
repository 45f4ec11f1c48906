"""The pages of the cycle, in both languages and for those who see less."""

from __future__ import annotations

import re

import pytest
from month import in_february, opened, signed
from stage import Act, Browser

from sandop_web.actions.closing import close_cycle, close_data
from sandop_web.actions.inputs import substitute_input
from sandop_web.actions.late import Edit, hand_in_late
from sandop_web.queries.cycle import month_to_open
from sandop_web.store.models import User, Version

PAGES = ("", "open/", "close/", "days/", "data/", "rules/", "late/")


def _page(client_of: Browser, person: str, page: str, language: str = "en") -> str:
    User.objects.filter(username=person).update(language=language)
    answer = client_of(person).get(f"/c/small/{page}")
    assert answer.status_code == 200, (page, answer.content[:400])
    text = answer.content.decode()
    untold = re.search(r"\bcycle\.[a-z]|\bNone\b|\bnan\b|{[a-z]", text)
    assert untold is None, (page, text[untold.start() - 80 : untold.end() + 40])
    return text


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("person", ["max", "sally", "vic"])
def test_every_page_opens_in_a_month_in_which_much_has_happened(
    cycle: str, act: Act, client_of: Browser, person: str, language: str
) -> None:
    close_data(by=act("tom"), why="closed")
    orders = {("A", "DC", "E"): 100.0}
    in_february(act, restated=orders)
    close_data(by=act("tom"), why="closed")
    substitute_input(
        by=act("max"),
        step="demand_review",
        input="sales_forecast",
        owner="sally",
        substitute="statistical",
        why="on leave",
    )
    for page in PAGES:
        _page(client_of, person, f"cycle/{page}", language)
    for step in ("data_close", "demand_review", "sop_meeting"):
        _page(client_of, person, f"step/{step}/", language)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_page_opens_without_a_cycle(version: Version, client_of: Browser, language: str) -> None:
    for page in ("", "open/", "days/", "data/", "rules/", "late/"):
        _page(client_of, "max", f"cycle/{page}", language)


def test_the_overview_says_what_comes_next_before_all_else(cycle: str, client_of: Browser) -> None:
    text = _page(client_of, "max", "cycle/")
    assert "0 of 7 steps signed" in text and "Next: Deliver what Data close still lacks" in text
    assert text.index("Next: ") < text.index("<table")
    assert "News of market" in text and "(Marc)" in text


def test_the_form_shows_the_days_before_the_cycle_is_opened(version: Version, client_of: Browser) -> None:
    text = _page(client_of, "max", "cycle/open/?month=2026-01&meeting=2026-02-26&country=CN")
    assert "Feb 13, 2026" in text and 'name="meeting" value="2026-02-26"' in text
    assert client_of("max").get("/c/small/cycle/open/?meeting=soon").status_code == 400


def test_a_step_offers_its_forms_to_those_who_may_use_them(cycle: str, act: Act, client_of: Browser) -> None:
    opened(act, "demand_review")
    for person, wanted, offered in (
        ("dana", "/submit/", True),
        ("dana", "/sign/", False),
        ("vic", "/submit/", False),
        ("vic", "/tick/", False),
    ):
        text = _page(client_of, person, "step/demand_review/work/")
        assert (f"/c/small/cycle/step/demand_review{wanted}" in text) is offered, (person, wanted)


def test_the_manager_finds_the_form_to_let_something_stand_in(cycle: str, client_of: Browser) -> None:
    text = _page(client_of, "max", "step/demand_review/work/")
    assert "/c/small/cycle/step/demand_review/substitute/" in text and "the plan agreed last" in text


def test_a_late_input_is_shown_with_its_numbers(cycle: str, act: Act, client_of: Browser) -> None:
    signed(act, "demand_review")
    cell = Edit("sales_forecast", ("A", "DC", "E"), "2026-04", None, 900.0)
    hand_in_late(by=act("sally"), cells=[cell], why="a tender")
    text = _page(client_of, "max", "cycle/late/")
    assert "Sales forecast A · DC · E Apr 2026: – → 900.0" in text and "Admit" in text
    assert "Admit" not in _page(client_of, "sally", "cycle/late/")


def test_past_cycles_stay_visible_with_their_outcome(cycle: str, act: Act, client_of: Browser) -> None:
    close_cycle(by=act("max"), why="no agreement")
    assert "the last plan stays in force" in _page(client_of, "vic", "cycle/")


@pytest.mark.usefixtures("version")
def test_the_month_offered_for_a_cycle_is_that_of_the_plan_that_waits(act: Act, client_of: Browser) -> None:
    assert month_to_open(by=act("max")) == "2026-01"
    assert 'value="2026-01"' in _page(client_of, "max", "cycle/open/")
    Version.objects.update(start="2031-05")
    assert 'value="2031-05"' in _page(client_of, "max", "cycle/open/")


@pytest.mark.usefixtures("cycle")
def test_a_month_that_has_its_cycle_is_not_offered_again(act: Act) -> None:
    assert month_to_open(by=act("max")) == ""
