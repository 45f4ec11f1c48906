"""The list of scenarios, and one of them: results, levers, what was changed."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from sandop.findings import Refusal
from sandop.pack.page import Form
from sandop.pack.reader import signed
from sandop.wording import Language, in_a_row
from sandop_web.access import may_take, status_of
from sandop_web.queries.scenarios import (
    FIGURES,
    KeyFigures,
    Lever,
    ScenarioLine,
    lever_of,
    levers_of,
    scenario_of,
    scenarios_of,
    tone_of,
)
from sandop_web.screens.addresses import address
from sandop_web.screens.door import SignedIn, member_page
from sandop_web.screens.drawing import shown_tiles
from sandop_web.screens.drawing.tables import written
from sandop_web.screens.scenarios.beside import why_beside
from sandop_web.wording import say

LISTED = ("margin", "revenue", "service", "stock", "peak")  # figures of the list, the money first
SECONDS = 2  # between two looks of a page at a run that is going on
_LINES = 2  # changes of a scenario that the list shows


@member_page
def scenarios(request: SignedIn) -> HttpResponse:
    """All scenarios of the company beside the plan."""
    view = scenarios_of(by=request.by)
    told = {
        "view": view,
        "year": view.figures.year if view.figures else "",
        "heads": [(name, FIGURES[name][1] != "share") for name in LISTED],
        "plan_figures": _written(view.figures, view.money_form, request.language) if view.figures else [],
        "rows": [_listed(line, view.money_form, request.language) for line in view.lines],
    }
    return render(request, "scenarios/scenarios.html", told)


@member_page
def scenario(request: SignedIn, version: int) -> HttpResponse:
    """One scenario; `lever` opens the form of another lever."""
    return scenario_page(request, version, request.GET)


@member_page
def results(request: SignedIn, version: int) -> HttpResponse:
    """The results of a scenario alone, for a page that looks again while they are being made."""
    return render(request, "scenarios/results.html", _results(request, version))


def scenario_page(request: SignedIn, version: int, typed: QueryDict, refusal: Refusal | None = None) -> HttpResponse:
    """The page of a scenario; after a refusal with all that was typed into its form."""
    levers = levers_of(by=request.by, version=version)
    wanted = typed.get("lever", "")
    lever = wanted if wanted in levers else next(iter(levers), "")
    form = lever_of(by=request.by, version=version, lever=lever) if lever else None
    told = _results(request, version) | {
        "levers": [(name, address(request, "scenario", version, lever=name), name == lever) for name in levers],
        "form": _form(form, typed, request.language) if form else None,
        "typed": typed,
        "refusal": refusal.text(request.language) if refusal else "",
        "remedy": refusal.remedy(request.language) if refusal else "",
        "grid": address(request, "grid", version),
        "masters": address(request, "masters", version),
    }
    return render(request, "scenarios/scenario.html", told, status=status_of(refusal) if refusal else 200)


def _results(request: SignedIn, version: int) -> dict[str, Any]:
    view = scenario_of(by=request.by, version=version)
    compared = {"v": [each for each in (view.facts.parent, version) if each]}
    return {
        "view": view,
        "facts": view.facts,
        "state": view.scenario.state,
        "run": view.scenario.run,
        "tiles": shown_tiles(view.tiles, request.language, why_beside(request)),
        "seconds": SECONDS,
        "may_run": may_take(by=request.by, action="start_month") and view.facts.state == "draft",
        "here": address(request, "scenario", version),
        "moved": view.moved,
        "moved_people": in_a_row(view.moved.people, request.language),
        "compare": address(request, "scenarios-compare", **compared),
    }


def _listed(one: ScenarioLine, money: Form, language: Language) -> dict[str, Any]:
    """A line of the list."""
    return {
        "one": one,
        "line": one.line,
        "shown": one.changes[:_LINES],
        "more": max(len(one.changes) - _LINES, 0),
        "figures": _written(one.figures, money, language, one.beside) if one.figures else [],
    }


def _written(
    figures: KeyFigures, money: Form, language: Language, beside: KeyFigures | None = None
) -> list[dict[str, str]]:
    """The listed figures as text, each with its difference from the plan and whether that is good."""
    return [_figure(name, figures[name], beside[name] if beside else None, money, language) for name in LISTED]


def _figure(name: str, value: float, plan: float | None, money: Form, language: Language) -> dict[str, str]:
    form: Form = "share" if FIGURES[name][1] == "share" else money
    away = value - plan if plan is not None else 0.0
    tone = tone_of(name, away)
    if tone == "quiet":
        return {"value": written(value, form, language), "away": "", "look": "", "word": ""}
    return {
        "value": written(value, form, language),
        "away": written(away, signed(form), language),
        "look": tone,
        "word": say(f"scenarios.{tone}", language),
    }


def _form(lever: Lever, typed: QueryDict, language: Language) -> dict[str, Any]:
    """What the form of a lever offers, and what was typed into it."""
    months = lever.months
    return {
        "lever": lever.lever,
        "measures": [(name, title, name == typed.get("measure")) for name, title in lever.measures],
        "ways": [(way, say(f"scenarios.way.{way}", language), way == typed.get("way")) for way in lever.ways],
        "choices": [
            (one.level, say(f"scenarios.level.{one.level}", language), one.labels, typed.get(one.level, ""))
            for one in lever.choices
        ],
        "months": months,
        "first": typed.get("first") or (months[0] if months else ""),
        "last": typed.get("last") or (months[-1] if months else ""),
        "help": say(f"scenarios.help.{lever.lever}", language),
    }
