"""Scenarios side by side, the differences first; and what sets two of them apart in money."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from sandop.pack.page import Part
from sandop_web.access import NothingThere
from sandop_web.queries.plans import VersionLine, versions_of
from sandop_web.queries.scenarios import LINES, MOST, MoneyApart, ScenarioComparison, compare_scenarios, money_apart
from sandop_web.queries.scenarios.bridging import LEVELS
from sandop_web.screens.addresses import address
from sandop_web.screens.door import SignedIn, member_page
from sandop_web.screens.drawing import shown_parts
from sandop_web.screens.scenarios.beside import why_beside
from sandop_web.screens.typed import id_of
from sandop_web.wording import say

PARTS = ("overview", "service", "decisions", "assumptions")


@member_page
def compare(request: SignedIn) -> HttpResponse:
    """The versions that `v` names beside each other, a `part` of what sets them apart at a time; where it names none,
    a choice."""
    versions = versions_of(by=request.by)
    chosen = _asked_versions(request)
    view = compare_scenarios(by=request.by, versions=chosen)
    wanted = request.GET.get("part", "")
    here = wanted if wanted in PARTS else PARTS[0]
    told = {
        "view": view,
        "versions": [(line, line.version in chosen) for line in versions],
        "most": MOST,
        "here": here,
        "tabs": _tabs(request, [line.version for line in view.compared]) if view.figures else [],
        **_drawn(request, view),
    }
    return render(request, "scenarios/compare.html", told)


@member_page
def money(request: SignedIn) -> HttpResponse:
    """What sets the first two versions that `v` names apart in money: `of` margin or revenue, taken apart `by` a
    level, inside the labels chosen so far. On a page of its own, or beside the one that asks. Raises NothingThere."""
    asked, sides = request.GET, _asked_versions(request)
    if len(sides) != 2:
        raise NothingThere()
    view = money_apart(
        by=request.by,
        base=sides[0],
        other=sides[1],
        line=asked.get("of", ""),
        level=asked.get("by", ""),
        within={name: asked[name] for name in asked if name in LEVELS},
    )
    told = {"view": view, "here": "money", "tabs": _tabs(request, sides), **_money_drawn(request, view)}
    if request.headers.get("X-Beside"):
        answer = render(request, "scenarios/apart.html", told)
        answer["X-Beside"] = "1"
        return answer
    return render(request, "scenarios/money.html", told)


def _asked_versions(request: SignedIn) -> list[int]:
    found = (id_of(text) for text in request.GET.getlist("v"))
    return list(dict.fromkeys(number for number in found if number is not None))


def _tabs(request: SignedIn, versions: list[int]) -> list[tuple[str, str]]:
    """Name and address of each part; the money of the first two has a page of its own."""
    tabs = [
        (part, address(request, "scenarios-compare", v=versions, part=part if part != PARTS[0] else ""))
        for part in PARTS
    ]
    apart = [("money", address(request, "scenarios-money", v=versions))] if len(versions) == 2 else []
    return [tabs[0], *apart, *tabs[1:]]


def _drawn(request: SignedIn, view: ScenarioComparison) -> dict[str, Any]:
    """The parts of the comparison as the page draws them."""
    why = why_beside(request)

    def parts(found: tuple[Part, ...], caption: str = "") -> Any:
        return shown_parts(found, request.language, say(caption, request.language) if caption else "", why)

    base = view.compared[0].version if view.compared else None
    return {
        "figures": parts(view.figures, "scenarios.compare.figures"),
        "charts": parts(view.charts),
        "families": parts(view.families),
        "service": parts(view.service, "scenarios.compare.service_by_customer"),
        "loads": parts(view.loads),
        "shortages": parts(view.shortages, "scenarios.compare.shortages"),
        "decisions": parts(view.decisions, "scenarios.compare.decisions"),
        "assumed": [
            (one, address(request, "compare", a=base, b=one.version, measure=one.measure)) for one in view.assumptions
        ],
        "apart": [_apart(request, view.compared[0], line) for line in view.compared[1:]] if view.figures else [],
    }


def _apart(request: SignedIn, base: VersionLine, other: VersionLine) -> tuple[str, str]:
    """Title of a version and the address of its bridge from the first one."""
    return other.title, address(request, "scenarios-money", v=[base.version, other.version])


def _money_drawn(request: SignedIn, view: MoneyApart) -> dict[str, Any]:
    """The bridge as the page draws it, and where else it can be looked at."""
    chosen = {one.level: one.label for one in view.within}

    def at(line: str, level: str, within: dict[str, str]) -> str:
        sides = [view.base.version, view.other.version]
        return address(request, "scenarios-money", v=sides, of=line, by=level, **within)

    trail = [("", at(view.line, view.level, {}))] if chosen else []
    for place, one in enumerate(view.within):
        kept = dict(list(chosen.items())[: place + 1])
        trail.append((one.name, at(view.line, view.level, kept)))
    why = why_beside(request)
    return {
        "chart": shown_parts(view.chart, request.language, why=why),
        "nodes": shown_parts(view.nodes, request.language, why=why),
        "kinds": [(line, at(line, view.level, chosen), line == view.line) for line in LINES],
        "levels": [(level, at(view.line, level, chosen), level == view.level) for level in view.levels],
        "trail": trail,
        "page": at(view.line, view.level, chosen),
    }
