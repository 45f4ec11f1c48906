"""A workbook that came back, cell by cell: which numbers differ, which are wanted, taken or put aside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render

from sandop_web.access import NotUnderstood
from sandop_web.actions.exchange import (
    Accepted,
    CellChoice,
    Side,
    accept_exchange,
    choose_in_exchange,
    discard_exchange,
)
from sandop_web.queries.exchange.exporting import MEDIA_TYPE
from sandop_web.queries.exchange.reviewing import Review, Shown, exchange_of, file_of_exchange
from sandop_web.screens.addresses import address, back_to, to_page
from sandop_web.screens.door import SignedIn, member_deed, member_page
from sandop_web.screens.exchange.download import downloaded
from sandop_web.screens.exchange.told import review_told, tally_told
from sandop_web.screens.typed import id_of, number_of, page_number
from sandop_web.wording import say

SIDES = ("mine", "theirs")
UNDECIDED = ("open", *SIDES)


@member_page
def review(request: SignedIn, exchange: int) -> HttpResponse:
    """What differs, against the plan as it is now."""
    return render(request, "exchange/exchange.html", review_told(request, _review(request, exchange)))


@member_deed
def choose(request: SignedIn, exchange: int) -> HttpResponseBase:
    """Remember which numbers are wanted; the page's script asks for the tally alone."""
    choose_in_exchange(by=request.by, exchange=exchange, choices=list(_choices(request)))
    if request.headers.get("HX-Request"):
        return render(request, "exchange/tally.html", tally_told(request, _review(request, exchange)))
    return back_to(request, address(request, "exchange", exchange))


@member_deed
def accept(request: SignedIn, exchange: int) -> HttpResponseBase:
    """Take the chosen numbers into the plan."""
    done = accept_exchange(
        by=request.by,
        exchange=exchange,
        choices=list(_choices(request)),
        undecided=_undecided(request),
        why=request.POST.get("why", ""),
    )
    messages.success(request, _done(request, done))
    return to_page(request, "exchange", exchange)


@member_deed
def discard(request: SignedIn, exchange: int) -> HttpResponseBase:
    """Put the workbook aside."""
    version = discard_exchange(by=request.by, exchange=exchange)
    messages.info(request, say("exchange.discarded", request.language))
    return to_page(request, "exchange-bring", version)


@member_page
def file(request: SignedIn, exchange: int) -> HttpResponse:
    """The workbook as it came in."""
    name, content = file_of_exchange(by=request.by, exchange=exchange)
    return downloaded(name=name, content=content, media_type=MEDIA_TYPE)


def _review(request: SignedIn, exchange: int) -> Review:
    asked = request.GET
    shown = Shown(
        state=asked.get("state", ""),
        measure=asked.get("measure", ""),
        top=asked.get("top", ""),
        page=page_number(asked.get("page", "")),
    )
    return exchange_of(by=request.by, exchange=exchange, shown=shown)


def _choices(request: SignedIn) -> Iterator[CellChoice]:
    """The choice of every cell on the page; `all` chooses the same side for each of them."""
    sent, every = request.POST, request.POST.get("all", "")
    for name in sent:
        cell = id_of(name.removeprefix("seen-")) if name.startswith("seen-") else None
        side = every or sent.get(f"choice-{cell}", "")
        if cell is not None and side:
            seen = number_of(sent[name], field="exchange.head.now", language=request.language)
            yield CellChoice(cell, _side(side), seen)


def _side(side: str) -> Side:
    if side not in SIDES:
        raise NotUnderstood(field="chosen", value=side[:80], wanted=" / ".join(SIDES))
    return cast(Side, side)


def _undecided(request: SignedIn) -> Side:
    wanted = request.POST.get("undecided", "") or "open"
    if wanted not in UNDECIDED:
        raise NotUnderstood(field="chosen", value=wanted[:80], wanted=" / ".join(UNDECIDED))
    return cast(Side, wanted)


def _done(request: SignedIn, done: Accepted) -> str:
    said = say("exchange.accepted", request.language, taken=done.taken, left=done.left)
    if done.still_open:
        said += " " + say("exchange.still_open", request.language, count=done.still_open)
    return said
