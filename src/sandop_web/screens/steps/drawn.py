"""The content of a step as HTML, kept as long as there is room: the same content is drawn once for everybody who
may see it.

What depends on the reader beyond their scope and language, or on the cycle, does not belong here: the template of
the page draws that anew every time.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from sandop.pack.page import Place
from sandop.wording import Language, messages
from sandop_web.queries.steps import Section, StepPage, content_of_step, page_of_step
from sandop_web.queries.steps.content import KPI
from sandop_web.remembering import Remembered
from sandop_web.screens.addresses import address
from sandop_web.screens.door import SignedIn
from sandop_web.screens.drawing import Why, shown_parts, shown_tiles
from sandop_web.wording import say

ROOM = 64 * 1024 * 1024  # bytes of pages that a process keeps
_drawn = Remembered(ROOM)


@dataclass(frozen=True)
class DrawnSection:
    """A section of a step: `body` is its page, drawn; `tab` its name where there is little room; the rest is what
    stands on the step's first page."""

    id: str
    title: str
    tab: str
    conclusion: str
    tone: str
    body: SafeString


@dataclass(frozen=True)
class DrawnPage:
    """A step drawn: `lead` are its tiles and charts, then its sections."""

    step: str
    version: int | None
    made: bool
    headline: str
    remarks: tuple[str, ...]
    lead: SafeString
    sections: tuple[DrawnSection, ...]

    def section(self, wanted: str) -> DrawnSection | None:
        """The section of this id; None where the step has nothing to say there."""
        return next((section for section in self.sections if section.id == wanted), None)


def drawn_page(request: SignedIn, step: str) -> DrawnPage:
    """What the step shows this reader now. Raises NothingThere for a step that does not exist."""
    name = content_of_step(by=request.by, step=step)
    kept: DrawnPage | None = _drawn.get(_with_links(request, name)) if name else None
    return kept or _draw(request, page_of_step(by=request.by, step=step))


def _with_links(request: SignedIn, content: str) -> str:
    """The content's name with what its links keep: whoever looks elsewhere has a page of their own."""
    return content + request.looked.after()


def _draw(request: SignedIn, page: StepPage) -> DrawnPage:
    """Drawn, and kept under the name of what was read, which may be newer than what was asked for."""
    why = why_of(request, page.version)
    drawn = DrawnPage(
        step=page.step,
        version=page.version,
        made=page.made,
        headline=page.headline,
        remarks=page.remarks,
        lead=_lead(request, page, why),
        sections=tuple(_section(request, section, page, why) for section in page.sections),
    )
    if page.content:
        size = 4 * (len(drawn.lead) + sum(len(section.body) for section in drawn.sections))  # a Chinese sign: 4 bytes
        _drawn.keep(_with_links(request, page.content), drawn, size)
    return drawn


def _lead(request: SignedIn, page: StepPage, why: Why | None) -> SafeString:
    shown = {
        "tiles": shown_tiles(page.tiles, request.language, why, more=partial(_more, request, page.step)),
        "parts": shown_parts(page.lead, request.language, why=why),
        "language": request.language,
    }
    return render_to_string("steps/lead.html", shown)


def _more(request: SignedIn, step: str, section: str) -> str:
    """Where a tile leads: to the causes of a key figure, or to a section of the step."""
    if section.startswith(KPI):
        return address(request, "kpi", section.removeprefix(KPI))
    return address(request, "step-part", step, section)


def _section(request: SignedIn, section: Section, page: StepPage, why: Why | None) -> DrawnSection:
    report = ""
    if section.report and page.version is not None:
        report = address(request, "report", page.version, section.report)
    parts = shown_parts(section.parts, request.language, section.title, why)
    shown = {
        "section": section,
        "parts": parts,
        "report": report,
        "onward": _onward(request, section, page),
        "language": request.language,
    }
    body = render_to_string("steps/section.html", shown)
    tab = _tab(section, request.language)
    return DrawnSection(section.id, section.title, tab, section.conclusion, section.tone, body)


def _tab(section: Section, language: Language) -> str:
    """The section's short name, where it has one."""
    message = f"steps.tab.{section.id}"
    return say(message, language) if message in messages() else section.title


def _onward(request: SignedIn, section: Section, page: StepPage) -> list[tuple[str, str]]:
    """Address and text of where the section leads on to."""
    if page.version is None:
        return []
    return [(address(request, way.page, page.version, **dict(way.asked)), way.text) for way in section.onward]


def why_of(request: SignedIn, version: int | None) -> Why | None:
    """Where a number of the version is explained; None without a version."""
    if version is None:
        return None
    path = reverse("why", args=[request.by.company, version])  # once: a page has thousands of numbers

    def asked(place: Place) -> str:
        values = {"measure": place.measure, **request.looked.narrowed, **dict(place.at), "period": place.period}
        return f"{path}?{urlencode({name: value for name, value in values.items() if value})}"

    return asked
