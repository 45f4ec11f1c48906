"""The content of a step as HTML, kept as long as there is room: the same content is drawn once for everybody who
may see it.

What depends on the reader beyond their scope and language, or on the cycle, does not belong here: the template of
the page draws that anew every time.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString

from sandop_web.queries.steps import Section, StepPage, content_of_step, page_of_step
from sandop_web.remembering import Remembered
from sandop_web.screens.door import SignedIn
from sandop_web.screens.steps.paper import ShownPart, shown_parts

ROOM = 64 * 1024 * 1024  # bytes of pages that a process keeps
_drawn = Remembered(ROOM)


@dataclass(frozen=True)
class ShownSection:
    """A section as the template draws it; `report` is the address of all its rows."""

    id: str
    title: str
    conclusion: str
    scope: str
    parts: tuple[ShownPart, ...]
    report: str


@dataclass(frozen=True)
class DrawnPage:
    """The page with its sections drawn. `places` are id and title of each section."""

    step: str
    version: int | None
    made: bool
    headline: str
    remarks: tuple[str, ...]
    places: tuple[tuple[str, str], ...]
    sections: SafeString


def drawn_page(request: SignedIn, step: str) -> DrawnPage:
    """What the step shows this reader now. Raises NothingThere for a step that does not exist."""
    name = content_of_step(by=request.by, step=step)
    kept: DrawnPage | None = _drawn.get(name) if name else None
    return kept or _draw(request, page_of_step(by=request.by, step=step))


def _draw(request: SignedIn, page: StepPage) -> DrawnPage:
    """Drawn, and kept under the name of what was read, which may be newer than what was asked for."""
    shown = {
        "sections": [_section(request, section, page) for section in page.sections],
        "language": request.language,
    }
    drawn = DrawnPage(
        step=page.step,
        version=page.version,
        made=page.made,
        headline=page.headline,
        remarks=page.remarks,
        places=tuple((section.id, section.title) for section in page.sections),
        sections=render_to_string("steps/sections.html", shown),
    )
    if page.content:
        _drawn.keep(page.content, drawn, 4 * len(drawn.sections))  # a string with Chinese takes up to 4 bytes a sign
    return drawn


def _section(request: SignedIn, section: Section, page: StepPage) -> ShownSection:
    report = ""
    if section.report and page.version is not None:
        report = address_of("report", request.by.company, page.version, section.report)
    parts = shown_parts(section.parts, request.language, section.title)
    return ShownSection(section.id, section.title, section.conclusion, section.scope, parts, report)


def address_of(name: str, *parts: object) -> str:
    """The address of a page; empty where this workbench has none of that name."""
    try:
        return reverse(name, args=parts)
    except NoReverseMatch:
        return ""
