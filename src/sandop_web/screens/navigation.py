"""The menu beside every page of a company: where one can go, where one is, and how far each step is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from sandop.cycle import step as step_of
from sandop.cycle import steps as all_steps
from sandop.wording import Language
from sandop_web.access import may
from sandop_web.queries.frame import CompanyFrame
from sandop_web.screens.context import looked_of
from sandop_web.wording import say

# Heading of each part of the menu → URL names of its pages. The steps fill theirs from the month's template.
_PARTS: dict[str, tuple[str, ...]] = {
    "": ("work", "cycle"),
    "steps": (),
    "planning": ("grid", "scenarios", "family-sheets", "data"),
    "meeting": ("decisions", "meeting", "sign", "actions", "minutes"),
    "workbench": ("jobs", "people", "tokens", "deeds", "help"),
}
# Pages that the menu does not name stand behind one that it names.
_BEHIND = {
    "work": ("notices",),
    "cycle": ("cycle-open", "cycle-close", "cycle-days", "data-close", "rules", "late-inputs"),
    "grid": ("exchange-bring", "exchange"),
    "scenarios": ("scenario", "scenarios-compare", "compare", "merge"),
    "family-sheets": ("family-sheet",),
    "data": ("plans", "plan", "sheet", "cell", "report", "masters", "master-table", "master-row", "settings"),
    "decisions": ("decision", "cuts"),
    "meeting": ("meeting-decision",),
    "sign": ("signature",),
    "jobs": ("job", "import-plan"),
    "people": ("person",),
    "help": ("help-page",),
}
_OF_A_VERSION = ("grid",)  # their address names the version: the one the reader looks at
_READERS = {"deeds": "deeds_of"}  # pages that only some may read → the query that says who
MARKS = {"waiting": "○", "open": "●", "submitted": "◆", "signed": "✓"}


@dataclass(frozen=True)
class Place:
    """One line of the menu.

    state   of a step, with its `mark`; empty for other pages
    """

    title: str
    link: str
    current: bool
    state: str = ""
    state_title: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Part:
    """Lines of the menu that belong together."""

    title: str
    places: tuple[Place, ...]


def navigation(*, request: HttpRequest, company: CompanyFrame, role: str, language: Language) -> tuple[Part, ...]:
    """The menu of a company's pages, as far as the role may read them and there is a plan to show."""
    made = []
    for heading, names in _PARTS.items():
        found = (_place(request, company, language, name) for name in names if _may_read(role, name))
        places = tuple(place for place in found if place)
        title = say(f"shell.part.{heading}", language) if heading else ""
        made.append(Part(title, places if names else _steps(request, company, language)))
    return tuple(made)


def places_of_menu(menu: Iterable[Part]) -> tuple[Place, ...]:
    """All lines of the menu, in order."""
    return tuple(place for part in menu for place in part.places)


def _may_read(role: str, name: str) -> bool:
    return name not in _READERS or may(role, _READERS[name])


def _place(request: HttpRequest, company: CompanyFrame, language: Language, name: str) -> Place | None:
    about: tuple[int, ...] = ()
    if name in _OF_A_VERSION:
        if company.plan is None:
            return None
        about = (company.plan.version,)
    current = _url_name(request) in (name, *_BEHIND.get(name, ()))
    return Place(say(f"shell.menu.{name}", language), _link(request, name, company.slug, *about), current)


def _steps(request: HttpRequest, company: CompanyFrame, language: Language) -> tuple[Place, ...]:
    states = dict(company.steps)
    match = request.resolver_match
    shown = match.kwargs.get("step") if match and match.url_name != "cycle" else None
    return tuple(
        Place(
            step_of(step.step).title(language),
            _link(request, "step", company.slug, step.step),
            step.step == shown,
            state=states.get(step.step, ""),
            state_title=say(f"shell.state.{states[step.step]}", language) if step.step in states else "",
            mark=MARKS.get(states.get(step.step, ""), "·"),
        )
        for step in all_steps()
    )


def _link(request: HttpRequest, name: str, *parts: object) -> str:
    """The address of a page, with what the reader chose to look at."""
    return reverse(name, args=parts) + looked_of(request).after()


def _url_name(request: HttpRequest) -> str:
    match = request.resolver_match
    return (match.url_name or "") if match else ""
