"""The pages of a step: what it concludes, each of its questions, and the work in it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from sandop_web.access import NothingThere, may_take
from sandop_web.queries.cycle import step_view
from sandop_web.screens.addresses import address
from sandop_web.screens.door import SignedIn, member_page
from sandop_web.screens.steps.drawn import drawn_page
from sandop_web.wording import say

# Step → pages that belong to it: URL name and message.
_ELSEWHERE: dict[str, tuple[tuple[str, str], ...]] = {
    "data_close": (("data-close", "data_close"),),
    "pre_sop": (("cuts", "cuts"), ("agreement", "agreement"), ("decisions", "decisions")),
    "sop_meeting": (
        ("meeting", "meeting"),
        ("packet", "packet"),
        ("decisions", "decisions"),
        ("sign", "sign"),
        ("minutes", "minutes"),
    ),
    "execution": (("actions", "actions"),),
}


@member_page
def step_page(request: SignedIn, step: str) -> HttpResponse:
    """What the step concludes: headline, figures, and the conclusion of each of its questions."""
    return render(request, "steps/step.html", _shown(request, step) | {"here": "overview"})


@member_page
def section_page(request: SignedIn, step: str, section: str) -> HttpResponse:
    """One question of the step, with the tables and charts of its answer. Raises NothingThere for a question that the
    step does not ask."""
    shown = _shown(request, step)
    found = shown["page"].section(section)
    if found is None and shown["page"].made:
        raise NothingThere()
    return render(request, "steps/question.html", shown | {"section": found})


@member_page
def work_page(request: SignedIn, step: str) -> HttpResponse:
    """The work in the step: inputs and their owners, checklist, gates, who takes part, what happened."""
    return render(request, "steps/work.html", _shown(request, step) | {"here": "work"})


def _shown(request: SignedIn, step: str) -> dict[str, Any]:
    by = request.by
    view, page = step_view(by=by, step=step), drawn_page(request, step)
    return {
        "page": page,
        "step": view,
        "ticked": sum(line.ticked for line in view.checklist),
        "elsewhere": _elsewhere(request, step, page.version),
        "may_run": may_take(by=by, action="start_month"),
    }


def _elsewhere(request: SignedIn, step: str, version: int | None) -> list[tuple[str, str]]:
    """Address and title of the pages that go with the step; the scorecard's targets with the meeting."""
    found = [(address(request, name), title) for name, title in _ELSEWHERE.get(step, ())]
    if step == "sop_meeting" and version is not None:
        found.append((address(request, "master-table", version, "goals"), "goals"))
    return [(link, say(f"steps.page.{title}", request.language)) for link, title in found]
