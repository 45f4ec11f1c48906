"""The meeting's packet: read on a page, taken away, sent, opened; and the rule that it is out in time, lifted."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from sandop.pack.pages.kpis import STATUS
from sandop.pack.reader import scale_of
from sandop.wording import Language, currency_name
from sandop_web.actions.packets import lift_packet_rule, open_packet, send_packet
from sandop_web.queries.frame import company_frame
from sandop_web.queries.packets import PacketView, packet_of_meeting
from sandop_web.screens.addresses import address, back_to, to_page
from sandop_web.screens.door import SignedIn, member_deed, member_page
from sandop_web.screens.drawing.tables import written
from sandop_web.wording import say


@member_page
def packet(request: SignedIn) -> HttpResponse:
    """What the participants were sent, or will be; who has opened it, and what has changed since."""
    seen = packet_of_meeting(by=request.by)
    if seen is None:
        return render(request, "meeting/none.html")
    return render(request, "meeting/packet.html", {"packet": seen, **_told(request, seen)})


@member_deed
def send(request: SignedIn) -> HttpResponse:
    """Freeze it and send it."""
    send_packet(by=request.by)
    messages.success(request, say("causes.packet.begun", request.language))
    return to_page(request, "packet")


@member_deed
def opened(request: SignedIn) -> HttpResponse:
    """The reader has it before them; the page says so by itself once it is open."""
    open_packet(by=request.by)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204)
    return to_page(request, "packet")


@member_deed
def lift(request: SignedIn) -> HttpResponse:
    """Hold the meeting though the packet was late."""
    lift_packet_rule(by=request.by, why=request.POST.get("why", ""))
    return back_to(request, address(request, "packet"))


def moved_in_words(seen: PacketView, language: Language) -> dict[str, Any]:
    """What has changed since the packet was sent, as the pages say it."""
    return {
        "moved_figures": [
            (say(f"pack.kpi.{kpi}", language), _figure(before, unit), _figure(now, unit))
            for kpi, before, now, unit in seen.moved.figures
        ],
        "moved_decisions": [(number, title[language], what) for number, title, what in seen.moved.decisions],
    }


def _told(request: SignedIn, seen: PacketView) -> dict[str, Any]:
    """The content in the reader's language and its figures written."""
    content, language = seen.content, request.language
    told = moved_in_words(seen, language)
    if content is None:
        return told
    currency = currency_name(company_frame(by=request.by).currency, language)
    return told | {
        "headline": content["headline"][language],
        "agenda": [_point(one, language) for one in content["agenda"]],
        "minutes": sum(one["minutes"] for one in content["agenda"]),
        "decided_on": [_decision(one, language, currency) for one in content["decisions"]],
        "figures": [_scored(one, language) for one in content["figures"]],
    }


def _point(one: dict[str, Any], language: Language) -> dict[str, Any]:
    due = dt.date.fromisoformat(one["due"]) if one["due"] else None
    return one | {"title": one["title"][language], "presenter": _in(one["presenter"], language), "due": due}


def _decision(one: dict[str, Any], language: Language, currency: str) -> dict[str, Any]:
    scale = scale_of(amount for way in one["ways"] for amount in (way["money"], way["cost"], way["worth"]))
    ways = [
        {
            "letter": way["letter"],
            "text": way["text"][language],
            "recommended": way["recommended"],
            "money": written(way["money"], scale, language),
            "service": written(way["worth"] - way["money"], scale, language),
            "units": written(way["units"], "whole", language),
        }
        for way in one["ways"]
    ]
    unit = say(f"pack.unit.{scale}", language, currency=currency)
    return one | {"title": one["title"][language], "owner": _in(one["owner"], language), "ways": ways, "unit": unit}


def _scored(one: dict[str, Any], language: Language) -> dict[str, Any]:
    sign, tone = STATUS.get(one["status"], STATUS["none"])
    amounts = {name: _figure(one[name], one["unit"]) for name in ("value", "target", "before")}
    return one | {"title": say(f"pack.kpi.{one['kpi']}", language), "sign": sign, "tone": tone, **amounts}


def _figure(value: float | None, unit: str) -> str:
    if value is None:
        return "–"
    return f"{value:.1%}" if unit == "share" else f"{value:,.1f}"


def _in(said: dict[str, str] | None, language: Language) -> str:
    return said[language] if said else "–"
