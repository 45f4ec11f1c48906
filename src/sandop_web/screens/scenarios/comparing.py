"""Scenarios side by side, the differences first."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from sandop.pack.page import Part
from sandop_web.queries.plans import versions_of
from sandop_web.queries.scenarios import MOST, ScenarioComparison, compare_scenarios
from sandop_web.screens.addresses import address
from sandop_web.screens.door import SignedIn, member_page
from sandop_web.screens.drawing import shown_parts
from sandop_web.screens.typed import id_of
from sandop_web.wording import say


@member_page
def compare(request: SignedIn) -> HttpResponse:
    """The versions that `v` names beside each other; where it names none, a choice."""
    versions = versions_of(by=request.by)
    chosen = [number for text in request.GET.getlist("v") if (number := id_of(text)) is not None]
    view = compare_scenarios(by=request.by, versions=chosen)
    told = {
        "view": view,
        "versions": [(line, line.version in chosen) for line in versions],
        "most": MOST,
        **_drawn(request, view),
    }
    return render(request, "scenarios/compare.html", told)


def _drawn(request: SignedIn, view: ScenarioComparison) -> dict[str, Any]:
    """The parts of the comparison as the page draws them."""

    def parts(found: tuple[Part, ...], caption: str = "") -> Any:
        return shown_parts(found, request.language, say(caption, request.language) if caption else "")

    base = view.compared[0].version if view.compared else None
    return {
        "figures": parts(view.figures, "scenarios.compare.figures"),
        "charts": parts(view.charts),
        "families": parts(view.families),
        "shortages": parts(view.shortages, "scenarios.compare.shortages"),
        "decisions": parts(view.decisions, "scenarios.compare.decisions"),
        "assumed": [
            (one, address(request, "compare", a=base, b=one.version, measure=one.measure)) for one in view.assumptions
        ],
    }
