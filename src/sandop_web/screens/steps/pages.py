"""The page of a step: its frame from the cycle, its conclusion and tables from the plan."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from sandop.wording import Language
from sandop_web.access import Actor, may_take
from sandop_web.queries.cycle import step_view
from sandop_web.screens.door import SignedIn, member_page
from sandop_web.screens.steps.drawn import address_of, drawn_page
from sandop_web.wording import say

# Step → pages that belong to it: URL name and message.
_ELSEWHERE: dict[str, tuple[tuple[str, str], ...]] = {
    "data_close": (("data-close", "data_close"),),
    "pre_sop": (("decisions", "decisions"),),
    "sop_meeting": (("decisions", "decisions"), ("sign", "sign"), ("actions", "actions")),
    "execution": (("actions", "actions"),),
}


@member_page
def step_page(request: SignedIn, step: str) -> HttpResponse:
    """One step of the month."""
    by, language = request.by, request.language
    shown: dict[str, Any] = {
        "page": drawn_page(request, step),
        "step": step_view(by=by, step=step),
        "elsewhere": _elsewhere(by, step, language),
        "may_run": may_take(by=by, action="start_month"),
    }
    return render(request, "steps/step.html", shown)


def _elsewhere(by: Actor, step: str, language: Language) -> list[tuple[str, str]]:
    """Address and title of the pages that go with the step."""
    found = [(address_of(name, by.company), say(f"steps.page.{title}", language)) for name, title in _of(step)]
    return [(link, title) for link, title in found if link]


def _of(step: str) -> tuple[tuple[str, str], ...]:
    return _ELSEWHERE.get(step, ())
