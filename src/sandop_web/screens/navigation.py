"""The menu beside every page of a company: where one can go, where one is, and how far each step is."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from sandop.cycle import step as step_of
from sandop.cycle import steps as all_steps
from sandop.wording import Language
from sandop_web.access import may
from sandop_web.queries.frame import CompanyFrame
from sandop_web.wording import say

# Heading of each part of the menu → URL names of its pages. The steps fill theirs from the month's template.
_PARTS: dict[str, tuple[str, ...]] = {
    "": ("work", "cycle"),
    "steps": (),
    "plans": ("plans", "compare"),
    "meeting": ("decisions", "sign", "actions", "notices"),
    "workbench": ("jobs", "people", "tokens", "deeds"),
}
# Pages that the menu does not name stand behind one that it names.
_BEHIND = {
    "cycle": ("cycle-open", "cycle-close", "cycle-days", "data-close", "rules", "late-inputs"),
    "plans": ("plan", "sheet", "cell", "report", "merge", "masters", "master-table", "master-row", "settings"),
    "decisions": ("decision",),
    "sign": ("signature",),
    "jobs": ("job", "import-plan"),
    "people": ("person",),
}
_READERS = {"deeds": "deeds_of"}  # pages that only some may read → the query that says who
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


def navigation(*, request: HttpRequest, company: CompanyFrame, role: str, language: Language) -> tuple[Part, ...]:
    """The menu of a company's pages, as far as the role may read them."""
    made = []
    for heading, names in _PARTS.items():
        places = tuple(_place(request, company, language, name) for name in names if _may_read(role, name))
        title = say(f"shell.menu.{heading}", language) if heading else ""
        made.append(Part(title, places or _steps(request, company, language)))
    return tuple(made)


def _may_read(role: str, name: str) -> bool:
    return name not in _READERS or may(role, _READERS[name])


def _place(request: HttpRequest, company: CompanyFrame, language: Language, name: str) -> Place:
    current = _url_name(request) in (name, *_BEHIND.get(name, ()))
    count = company.notices if name == "notices" else 0
    return Place(say(f"shell.menu.{name}", language), reverse(name, args=[company.slug]), current, count=count)


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
