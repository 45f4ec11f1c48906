"""Meeting mode: a page for each point of the agenda, made for a projector and moved through by keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from sandop.pack.page import Table
from sandop_web.access import NothingThere
from sandop_web.actions.decisions import OUTCOMES
from sandop_web.queries.action_items import actions_of
from sandop_web.queries.decisions import decision_view, members_to_ask
from sandop_web.queries.frame import company_frame
from sandop_web.queries.meeting import Meeting, meeting_of, minutes_of
from sandop_web.queries.plans import versions_of
from sandop_web.queries.scenarios import ScenarioComparison, compare_scenarios
from sandop_web.queries.signatures import signing_sheet
from sandop_web.queries.steps.meeting_points import Seen, alternatives_chart, opening_of_meeting, plan_of_meeting
from sandop_web.screens.door import SignedIn, member_page
from sandop_web.screens.drawing import shown_parts, shown_tiles
from sandop_web.screens.typed import id_of
from sandop_web.wording import say

_MOST_ACTIONS = 12  # that a page of the projector holds


@member_page
def meeting(request: SignedIn) -> HttpResponse:
    """The first page of the meeting."""
    return _shown(request, "opening")


@member_page
def decision(request: SignedIn, number: int) -> HttpResponse:
    """A decision on a page of its own. Raises NothingThere for one that is not on the agenda."""
    return _shown(request, f"decision-{number}")


@member_page
def point(request: SignedIn, point: str) -> HttpResponse:
    """Any other point of the agenda. Raises NothingThere."""
    return _shown(request, point)


def _shown(request: SignedIn, id: str) -> HttpResponse:
    held = meeting_of(by=request.by)
    if held is None:
        return render(request, "meeting/none.html")
    ids = [one.id for one in held.points]
    if id not in ids:
        raise NothingThere()
    place = ids.index(id)
    here = held.points[place]
    lines = next((one.lines for one in minutes_of(by=request.by).points if one.id == id), ())
    told = {
        "meeting": held,
        "point": here,
        "place": place + 1,
        "before": held.points[place - 1] if place else None,
        "after": held.points[place + 1] if place + 1 < len(ids) else None,
        "lines": lines,
    }
    name = "decision" if here.number is not None else id
    return render(request, f"meeting/{name.replace('-', '_')}.html", told | _POINTS[name](request, held, here.number))


def _opening(request: SignedIn, held: Meeting, number: int | None) -> dict[str, Any]:
    return _drawn(request, opening_of_meeting(by=request.by))


def _plan(request: SignedIn, held: Meeting, number: int | None) -> dict[str, Any]:
    return _drawn(request, plan_of_meeting(by=request.by))


def _drawn(request: SignedIn, seen: Seen) -> dict[str, Any]:
    return {
        "seen": seen,
        "tiles": shown_tiles(seen.tiles, request.language),
        "parts": shown_parts(seen.parts, request.language),
    }


def _past_actions(request: SignedIn, held: Meeting, number: int | None) -> dict[str, Any]:
    listed = actions_of(by=request.by, which="open")
    return {"listed": listed, "shown": listed.lines[:_MOST_ACTIONS], "more": max(len(listed.lines) - _MOST_ACTIONS, 0)}


def _decision(request: SignedIn, held: Meeting, number: int | None) -> dict[str, Any]:
    assert number is not None
    seen = decision_view(by=request.by, number=number)
    chart = alternatives_chart(seen, currency=_currency(request), language=request.language)
    return {
        "seen": seen,
        "parts": shown_parts((chart,) if chart else (), request.language),
        "outcomes": OUTCOMES,
    }


def _currency(request: SignedIn) -> str:
    return company_frame(by=request.by).currency


def _scenario(request: SignedIn, held: Meeting, number: int | None) -> dict[str, Any]:
    """The scenarios to choose from, and the chosen one beside the plan."""
    offered = [line for line in versions_of(by=request.by) if line.purpose == "scenario"]
    chosen = id_of(request.GET.get("scenario", ""))
    told: dict[str, Any] = {"offered": offered, "chosen": chosen, "beside": None}
    if chosen is None:
        return told
    beside = compare_scenarios(by=request.by, versions=(held.version, chosen))
    line = next(one for one in beside.compared if one.version == chosen)
    figures = (_labelled(beside, line.title, request),) if beside.figures else ()
    return told | {
        "beside": beside,
        "line": line,
        "parts": shown_parts((*figures, *beside.charts), request.language, say("meeting.scenario", request.language)),
    }


def _labelled(beside: ScenarioComparison, title: str, request: SignedIn) -> Table:
    """The figures with the word scenario over every column that is not the plan's."""
    assert beside.figures is not None
    label = say("meeting.scenario_titled", request.language, title=title)
    columns = tuple(replace(one, title=label) if one.title == title else one for one in beside.figures.columns)
    return replace(beside.figures, columns=columns)


def _sign(request: SignedIn, held: Meeting, number: int | None) -> dict[str, Any]:
    return {"sheet": signing_sheet(by=request.by)}


def _actions(request: SignedIn, held: Meeting, number: int | None) -> dict[str, Any]:
    return {
        "listed": actions_of(by=request.by, which="all", month=held.month),
        "members": members_to_ask(by=request.by),
    }


_POINTS: dict[str, Callable[[SignedIn, Meeting, int | None], dict[str, Any]]] = {
    "opening": _opening,
    "past-actions": _past_actions,
    "decision": _decision,
    "scenario": _scenario,
    "plan": _plan,
    "sign": _sign,
    "actions": _actions,
}
