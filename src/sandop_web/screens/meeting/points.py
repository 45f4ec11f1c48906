"""Meeting mode: a page for each point of the agenda, made for a projector and moved through by keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from sandop.pack.page import Beside, Chart, Form, Part, Table, Waterfall
from sandop.pack.reader import scale_of
from sandop.wording import Language, currency_name
from sandop_web.access import NothingThere
from sandop_web.queries.action_items import actions_of
from sandop_web.queries.decisions import AlternativeLine, decision_view, members_to_ask
from sandop_web.queries.frame import company_frame
from sandop_web.queries.meeting import AgendaPoint, Meeting, meeting_of, minutes_of
from sandop_web.queries.packets import packet_of_meeting
from sandop_web.queries.plans import current_version, versions_of
from sandop_web.queries.scenarios import compare_scenarios
from sandop_web.queries.signatures import signing_sheet
from sandop_web.queries.steps.cuts import cuts_of
from sandop_web.queries.steps.meeting_points import Seen, effects_side_by_side, opening_of_meeting, plan_of_meeting
from sandop_web.screens.door import SignedIn, member_page
from sandop_web.screens.drawing import shown_parts, shown_tiles
from sandop_web.screens.drawing.tables import written
from sandop_web.screens.meeting.packet import moved_in_words
from sandop_web.screens.steps.drawn import why_of
from sandop_web.screens.typed import id_of
from sandop_web.screens.written import BLANK
from sandop_web.wording import say

_AMOUNTS = ("money", "cost", "revenue", "margin", "worth")
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
        "rail": [(one, _short(one.money, request)) for one in held.points],
    }
    name = "decision" if here.number is not None else id
    return render(request, f"meeting/{name.replace('-', '_')}.html", told | _told(request, held, here))


def _told(request: SignedIn, held: Meeting, here: AgendaPoint) -> dict[str, Any]:
    """What the page of a point shows."""
    if here.number is not None:
        return _decision(request, here.number)
    if here.id == "scenario":
        return _scenario(request, held)
    if here.id == "actions":
        return _actions(request, held.month)
    return _OTHERS[here.id](request)


def _short(money: float | None, request: SignedIn) -> str:
    """Money at stake as the rail has room for it: thousands or millions, without the currency."""
    if not money:
        return ""
    form = scale_of([money])
    amount = written(money, form, request.language)
    return amount if form == "whole" else amount + say(f"meeting.short.{form}", request.language)


def _opening(request: SignedIn) -> dict[str, Any]:
    packet = packet_of_meeting(by=request.by)
    moved = moved_in_words(packet, request.language) if packet else {}
    return _drawn(request, opening_of_meeting(by=request.by)) | {"packet": packet, **moved}


def _plan(request: SignedIn) -> dict[str, Any]:
    return _drawn(request, plan_of_meeting(by=request.by))


def _drawn(request: SignedIn, seen: Seen) -> dict[str, Any]:
    why = why_of(request, current_version(by=request.by))
    return {
        "seen": seen,
        "tiles": shown_tiles(seen.tiles, request.language, why),
        "parts": shown_parts(seen.parts, request.language, why=why),
    }


def _past_actions(request: SignedIn) -> dict[str, Any]:
    listed = actions_of(by=request.by, which="open")
    return {
        "listed": listed,
        "shown": listed.lines[:_MOST_ACTIONS],
        "more": max(len(listed.lines) - _MOST_ACTIONS, 0),
    }


def _decision(request: SignedIn, number: int) -> dict[str, Any]:
    seen = decision_view(by=request.by, number=number)
    charts = effects_side_by_side(seen, currency=_currency(request), language=request.language)
    return {
        "seen": seen,
        "parts": shown_parts(charts, request.language),
        "cuts": cuts_of(by=request.by) if seen.line.kind_id == "cuts" else None,
        "money_unit": _money_unit(seen.alternatives, request),
        "ways": [(way, _figures(way, seen.alternatives, request.language)) for way in seen.alternatives],
    }


def _figures(way: AlternativeLine, ways: Sequence[AlternativeLine], language: Language) -> list[tuple[str, str, str]]:
    """Title, amount and tone of what is known of the alternatives, large figures first."""
    scale = scale_of(getattr(one, name) for one in ways for name in _AMOUNTS)
    shown_names = [name for name in (*_AMOUNTS, "units") if any(getattr(one, name) for one in ways)]
    told = []
    for name in shown_names:
        amount = getattr(way, name)
        form: Form = "whole" if name == "units" else scale
        tone = "bad" if name == "money" and amount < 0 else ""
        told.append((say(f"decisions.{name}", language), written(amount, form, language) if amount else BLANK, tone))
    return told


def _money_unit(ways: Sequence[AlternativeLine], request: SignedIn) -> str:
    """The unit of the amounts: "CNY thousand"."""
    scale = scale_of(getattr(one, name) for one in ways for name in _AMOUNTS)
    return say(f"pack.unit.{scale}", request.language, currency=_currency(request))


def _currency(request: SignedIn) -> str:
    return currency_name(company_frame(by=request.by).currency, request.language)


def _scenario(request: SignedIn, held: Meeting) -> dict[str, Any]:
    """The scenarios to choose from, and the chosen one beside the plan."""
    offered = [line for line in versions_of(by=request.by) if line.purpose == "scenario"]
    chosen = id_of(request.GET.get("scenario", ""))
    told: dict[str, Any] = {"offered": offered, "chosen": chosen, "beside": None}
    if chosen is None:
        return told
    beside = compare_scenarios(by=request.by, versions=(held.version, chosen))
    line = next(one for one in beside.compared if one.version == chosen)
    figures = [_labelled(part, line.title, request.language) for part in (*beside.figures, *beside.charts)]
    return told | {
        "beside": beside,
        "line": line,
        "parts": shown_parts(figures, request.language, say("meeting.scenario", request.language)),
    }


def _labelled(part: Part, title: str, language: Language) -> Part:
    """The figures with the word scenario over every column, line and bar that is not the plan's."""
    label = say("meeting.scenario_titled", language, title=title)
    if isinstance(part, Table):
        columns = tuple(replace(one, title=label) if one.title == title else one for one in part.columns)
        return replace(part, columns=columns)
    if isinstance(part, Chart):
        return replace(
            part, series=tuple(replace(one, name=label) if one.name == title else one for one in part.series)
        )
    if isinstance(part, Waterfall):
        return replace(
            part, steps=tuple(replace(one, name=label) if one.name == title else one for one in part.steps)
        )
    if isinstance(part, Beside):
        left, right = (tuple(_labelled(one, title, language) for one in side) for side in (part.left, part.right))
        return replace(part, left=left, right=right)
    return part


def _sign(request: SignedIn) -> dict[str, Any]:
    return {"sheet": signing_sheet(by=request.by)}


def _actions(request: SignedIn, month: str) -> dict[str, Any]:
    return {
        "listed": actions_of(by=request.by, which="all", month=month),
        "members": members_to_ask(by=request.by),
    }


_OTHERS: dict[str, Callable[[SignedIn], dict[str, Any]]] = {
    "opening": _opening,
    "past-actions": _past_actions,
    "plan": _plan,
    "sign": _sign,
}
