"""The help: every page in both languages, a guide for every step, no link that leads nowhere."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from html_reading import ReadPage
from stage import Browser

from sandop.cycle import steps
from sandop_web.screens.help import contents
from sandop_web.screens.help.contents import PARTS, help_page, help_pages, terms
from sandop_web.screens.help.written import as_html

HOME = Path(contents.__file__).parent
GLOSSARY = Path(__file__).parents[3] / "docs" / "glossary.md"
LANGUAGES = ("en", "zh")
HAN = re.compile(r"[一-鿿]")
SLUGS = [slug for slugs in PARTS.values() for slug in slugs]


def test_every_page_is_there_in_both_languages_and_listed() -> None:
    written = {tuple(path.name.split(".")[:2]) for path in (HOME / "pages").glob("*.md")}
    assert written == {(slug, language) for slug in SLUGS for language in LANGUAGES}


def test_every_step_has_its_guide() -> None:
    assert {step.step for step in steps()} <= set(SLUGS)


@pytest.mark.parametrize("slug", SLUGS)
def test_both_languages_have_the_same_parts(slug: str) -> None:
    """Headings, list items, table rows and links: as many, in the same order, to the same places."""
    here, there = (help_page(slug, language) for language in LANGUAGES)
    assert here and there
    marks = [re.findall(r"^(#+ |- |\d\. |\|)", page.text, re.MULTILINE) for page in (here, there)]
    assert marks[0] == marks[1]
    links = [sorted(re.findall(r"\]\(([^)]*)\)", page.text)) for page in (here, there)]
    assert links[0] == links[1]
    assert HAN.search(there.title + there.summary) and not HAN.search(here.title + here.summary)


def test_the_words_are_those_of_the_glossary() -> None:
    said = GLOSSARY.read_text(encoding="utf-8").split("## One sign")[0]
    named = dict(re.findall(r"^\| (.+?) \| (.+?) \|$", said, re.MULTILINE))
    with (HOME / "terms.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert {row["en"]: row["zh"] for row in rows} == {en: zh for en, zh in named.items() if en != "English"}
    assert all(row["meaning_en"] and HAN.search(row["meaning_zh"]) for row in rows)
    assert len(terms("en")) == len(terms("zh")) == len(rows)


def test_a_link_to_a_page_there_is_not_leaves_its_words() -> None:
    html = as_html(
        "See [the moon](page:moon) and [the grid](page:grid).", lambda _, name: "/g/" if name == "grid" else ""
    )
    assert html == '<p>See the moon and <a href="/g/">the grid</a>.</p>\n'
    with pytest.raises(ValueError, match="https"):
        as_html("[elsewhere](https://example.com)", lambda _, name: name)


def test_html_in_a_text_is_text() -> None:
    assert "<b>" not in as_html("a <b>bold</b> claim", lambda _, name: name)


@pytest.mark.usefixtures("version")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_of_the_help_leads_to_a_page(client_of: Browser, language: str) -> None:
    client = client_of("vic")
    client.cookies["sandop_language"] = language
    led: set[str] = set()
    for page in help_pages(language):
        answer = client.get(f"/c/small/help/{page.slug}/")
        assert answer.status_code == 200
        read = ReadPage(answer.text)
        assert read.first("h1").text == page.title
        led |= {link.attributes["href"] for link in read.all("a") if "article" in link.inside}
    assert len(led) > len(list(steps()))
    assert {client.get(link).status_code for link in led} == {200}


@pytest.mark.usefixtures("version")
@pytest.mark.parametrize("step", [step.step for step in steps()])
def test_every_step_page_leads_to_its_guide_beside_it(client_of: Browser, step: str) -> None:
    client = client_of("vic")
    header = [
        link for link in ReadPage(client.get(f"/c/small/step/{step}/work/").text).all("a") if "header" in link.inside
    ]
    guide = next(link.attributes for link in header if link.attributes["href"] == f"/c/small/help/{step}/")
    assert "data-beside" in guide
    beside = client.get(guide["href"], headers={"X-Beside": "1"})
    assert beside.headers["X-Beside"] == "1"
    assert "<html" not in beside.text


@pytest.mark.usefixtures("version")
def test_a_page_nobody_wrote_is_not_there(client_of: Browser) -> None:
    assert client_of("vic").get("/c/small/help/moon/").status_code == 404
