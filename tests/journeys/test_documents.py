"""What "a month in the life" shows: the pages it speaks of say what it says, and its pictures are taken here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect
from workbench import Workbench

DOCS = Path(__file__).resolve().parents[2] / "docs"

# Picture → person, address, and what its headline concludes.
SHOWN = {
    "home": ("zhou", "", "below budget"),
    "cycle": ("zhou", "cycle/", "of 7 steps signed"),
    "demand-review": ("dong", "step/demand_review/", "Demand of the next 18 months"),
    "family-sheet": ("shen", "family-sheet/DOM/", "Domestic pumps"),
    "pre-sop": ("cao", "step/pre_sop/side-by-side/", "not served in full"),
    "meeting": ("chen", "meeting/1/", "Chaohu Heavy Castings"),
}


@pytest.mark.parametrize("name", SHOWN)
def test_the_page_concludes_what_the_document_says(workbench: Workbench, name: str) -> None:
    person, address, says = SHOWN[name]
    page = workbench.go(workbench.sign_in(person), address)
    expect(page.locator("h1")).to_contain_text(says)
    workbench.pictures(page, name)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_picture_of_the_document_is_there_in_its_language(language: str) -> None:
    document = DOCS / ("a-month-in-the-life.md" if language == "en" else "a-month-in-the-life.zh.md")
    named = re.findall(r"\]\(images/([\w-]+)\.png\)", document.read_text(encoding="utf-8"))
    assert set(named) >= {f"{name}-{language}" for name in SHOWN}
    assert [name for name in named if not (DOCS / "images" / f"{name}.png").is_file()] == []
    assert all(name.endswith(f"-{language}") for name in named)
