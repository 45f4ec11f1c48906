"""A first look: whoever signs in sees a company that works, and nobody else sees anything."""

from __future__ import annotations

import pytest
from workbench import Workbench

STEPS = ("business_review", "demand_review", "supply_review", "pre_sop", "sop_meeting", "execution")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_charts_are_painted_on_the_steps_and_nothing_is_in_anybodys_way(workbench: Workbench, language: str) -> None:
    page = workbench.sign_in("zhou", language)
    painted = 0
    for step in STEPS:
        workbench.go(page, f"step/{step}/")
        page.wait_for_load_state("networkidle")
        painted += page.locator("[data-chart] svg").count()
        workbench.axe(page)
    assert painted >= 5


def test_who_is_not_signed_in_is_asked_to(workbench: Workbench) -> None:
    page = workbench.visit()
    for address in ("", "cycle/", "step/pre_sop/", "decisions/", "people/"):
        workbench.go(page, address)
        assert "/sign-in/" in page.url
        assert page.locator("nav.menu").count() == 0
