"""The page of a step: its frame from the cycle, its conclusion and tables from the plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from sandop.wording import Language
from sandop_web.access import Actor, may_take
from sandop_web.queries.cycle import step_view
from sandop_web.queries.steps import Section, StepPage, page_of_step
from sandop_web.screens.door import SignedIn, member_page
from sandop_web.screens.steps.paper import ShownPart, shown_parts
from sandop_web.wording import say

# Step → pages that belong to it: URL name and message.
_ELSEWHERE: dict[str, tuple[tuple[str, str], ...]] = {
    "data_close": (("data-close", "data_close"),),
    "pre_sop": (("decisions", "decisions"),),
    "sop_meeting": (("decisions", "decisions"), ("sign", "sign"), ("actions", "actions")),
    "execution": (("actions", "actions"),),
}


@dataclass(frozen=True)
class ShownSection:
    """A section as the template draws it; `report` is the address of all its rows."""

    id: str
    title: str
    conclusion: str
    scope: str
    parts: tuple[ShownPart, ...]
    report: str


@member_page
def step_page(request: SignedIn, step: str) -> HttpResponse:
    """One step of the month."""
    by, language = request.by, request.language
    page = page_of_step(by=by, step=step)
    shown: dict[str, Any] = {
        "page": page,
        "step": step_view(by=by, step=step),
        "sections": tuple(_section(section, page, by, language) for section in page.sections),
        "elsewhere": _elsewhere(by, step, language),
        "may_run": may_take(by=by, action="start_month"),
    }
    return render(request, "steps/step.html", shown)


def _section(section: Section, page: StepPage, by: Actor, language: Language) -> ShownSection:
    report = ""
    if section.report and page.version is not None:
        report = _address("report", by.company, page.version, section.report)
    parts = shown_parts(section.parts, language, section.title)
    return ShownSection(section.id, section.title, section.conclusion, section.scope, parts, report)


def _elsewhere(by: Actor, step: str, language: Language) -> list[tuple[str, str]]:
    """Address and title of the pages that go with the step."""
    found = [(_address(name, by.company), say(f"steps.page.{title}", language)) for name, title in _of(step)]
    return [(link, title) for link, title in found if link]


def _of(step: str) -> tuple[tuple[str, str], ...]:
    return _ELSEWHERE.get(step, ())


def _address(name: str, *parts: object) -> str:
    """The address of a page; empty where this workbench has none of that name."""
    try:
        return reverse(name, args=parts)
    except NoReverseMatch:
        return ""
