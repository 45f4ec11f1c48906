"""The menu beside every page of a company: where one can go, where one is, and how far each step is."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from sandop.cycle import step as step_of
from sandop.cycle import steps as all_steps
from sandop.wording import Language
from sandop_web.queries.frame import CompanyFrame
from sandop_web.wording import say

# Heading of each part of the menu → URL name of each of its pages and the names that belong to the same place.
_PARTS: tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...] = (
    ("", (("work", ()), ("cycle", ("cycle-open", "cycle-days", "rules", "late-inputs")))),
    ("steps", ()),
    (
        "plans",
        (
            ("plans", ("plan", "sheet", "report", "cell", "branch", "merge")),
            ("compare", ()),
        ),
    ),
    (
        "meeting",
        (("decisions", ("decision", "decision-new")), ("sign", ()), ("actions", ("action",)), ("notices", ())),
    ),
    ("workbench", (("jobs", ("job",)), ("people", ("person",)), ("tokens", ()), ("deeds", ()))),
)
MARKS = {"waiting": "○", "open": "●", "submitted": "◆", "signed": "✓"}


@dataclass(frozen=True)
class Place:
    """One line of the menu.

    state   of a step, with its `mark`; empty for other pages
    count   what waits there
    """

    title: str
    link: str
    current: bool
    state: str = ""
    state_title: str = ""
    mark: str = ""
    count: int = 0


@dataclass(frozen=True)
class Part:
    """Lines of the menu that belong together."""

    title: str
    places: tuple[Place, ...]


def navigation(*, request: HttpRequest, company: CompanyFrame, language: Language) -> tuple[Part, ...]:
    """The menu of a company's pages."""
    made = []
    for heading, pages in _PARTS:
        if heading == "steps":
            places = _steps(request, company, language)
        else:
            found = (_place(request, company, language, name, also) for name, also in pages)
            places = tuple(place for place in found if place is not None)
        made.append(Part(say(f"shell.menu.{heading}", language) if heading else "", places))
    return tuple(made)


def _place(
    request: HttpRequest, company: CompanyFrame, language: Language, name: str, also: tuple[str, ...]
) -> Place | None:
    try:
        link = reverse(name, args=[company.slug])
    except NoReverseMatch:
        return None
    count = company.notices if name == "notices" else 0
    return Place(say(f"shell.menu.{name}", language), link, _url_name(request) in (name, *also), count=count)


def _steps(request: HttpRequest, company: CompanyFrame, language: Language) -> tuple[Place, ...]:
    states = dict(company.steps)
    match = request.resolver_match
    shown = match.kwargs.get("step") if match and match.url_name != "cycle" else None
    return tuple(
        Place(
            step_of(step.step).title(language),
            reverse("step", args=[company.slug, step.step]),
            step.step == shown,
            state=states.get(step.step, ""),
            state_title=say(f"shell.state.{states[step.step]}", language) if step.step in states else "",
            mark=MARKS.get(states.get(step.step, ""), "·"),
        )
        for step in all_steps()
    )


def _url_name(request: HttpRequest) -> str:
    match = request.resolver_match
    return (match.url_name or "") if match else ""
