"""The pages of the help: which there are, in which order, and their texts, read once.

A page is a pair of files in `pages`, `<slug>.en.md` and `<slug>.zh.md`: the title as the heading, then one sentence
that says what the page is about, then the text. The guide of a step bears the step's id.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sandop.cycle import steps
from sandop.wording import Language

_FOLDER = Path(__file__).parent
STEPS = tuple(step.step for step in steps())
GLOSSARY = "glossary"
# Parts of the contents page → the pages in it.
PARTS: dict[str, tuple[str, ...]] = {
    "about": ("what-sop-is", "mistaken-for", "the-month", "roles"),
    "steps": STEPS,
    "using": ("finding-your-way", "reading-numbers", "grid", "excel", "scenarios", GLOSSARY),
}


@dataclass(frozen=True)
class HelpPage:
    """A page: `summary` is one sentence, `text` Markdown without title and summary."""

    slug: str
    title: str
    summary: str
    text: str


@dataclass(frozen=True)
class Term:
    """A word of the field in both languages, and what it means in the reader's."""

    en: str
    zh: str
    meaning: str


def help_pages(language: Language) -> tuple[HelpPage, ...]:
    """All pages in the order of the contents."""
    return tuple(_page(slug, language) for slugs in PARTS.values() for slug in slugs)


def help_page(slug: str, language: Language) -> HelpPage | None:
    """The page of that name; None where there is none."""
    return _page(slug, language) if any(slug in slugs for slugs in PARTS.values()) else None


@cache
def terms(language: Language) -> tuple[Term, ...]:
    """The words of the field, in the order of the reader's alphabet."""
    with (_FOLDER / "terms.csv").open(encoding="utf-8", newline="") as lines:
        found = [Term(row["en"], row["zh"], row[f"meaning_{language}"]) for row in csv.DictReader(lines)]
    return tuple(sorted(found, key=lambda term: term.en.casefold())) if language == "en" else tuple(found)


@cache
def _page(slug: str, language: Language) -> HelpPage:
    text = (_FOLDER / "pages" / f"{slug}.{language}.md").read_text(encoding="utf-8")
    title, summary, *rest = text.strip().split("\n\n", 2)
    return HelpPage(slug, title.removeprefix("# "), summary.replace("\n", " "), rest[0] if rest else "")
