"""Cuts: what the plan does not serve on time, and what sales says to each."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from sandop.plan import Key
from sandop_web.access import NotUnderstood
from sandop_web.actions.cuts import GRAIN, accept_cuts, escalate_cuts
from sandop_web.queries.steps.cuts import cuts_of
from sandop_web.screens.addresses import address, back_to
from sandop_web.screens.door import SignedIn, member_deed, member_page
from sandop_web.wording import say

_BETWEEN = "|"  # the ids of a cut, as its tick box carries them
_GROUP = ("family", "customer")


@member_page
def cuts(request: SignedIn) -> HttpResponse:
    """The cuts by family and customer; below them, where one of these was asked for, each cut of it."""
    family, customer = request.GET.get("family", ""), request.GET.get("customer", "")
    told = {
        "cuts": cuts_of(by=request.by, family=family, customer=customer),
        "family": family,
        "customer": customer,
    }
    return render(request, "pre_sop/cuts.html", told)


@member_deed
def accept(request: SignedIn) -> HttpResponse:
    """Sales accepts what was ticked."""
    form = request.POST
    count = accept_cuts(by=request.by, why=form.get("why", ""), cuts=_cuts(form), groups=_groups(form))
    messages.success(request, say("meeting.cuts.accepted", request.language, count=count))
    return back_to(request, address(request, "cuts"))


@member_deed
def escalate(request: SignedIn) -> HttpResponse:
    """Sales brings what was ticked to the meeting."""
    form = request.POST
    number = escalate_cuts(by=request.by, why=form.get("why", ""), cuts=_cuts(form), groups=_groups(form))
    messages.success(request, say("meeting.cuts.escalated", request.language, number=number))
    return back_to(request, address(request, "cuts"))


def _cuts(form: QueryDict) -> list[Key]:
    return _ticked(form, "cut", GRAIN)


def _groups(form: QueryDict) -> list[Key]:
    return _ticked(form, "group", _GROUP)


def _ticked(form: QueryDict, name: str, parts: Sequence[str]) -> list[Key]:
    """The ids of every box of that name that was ticked. Raises NotUnderstood for another number of ids."""
    keys = [tuple(value.split(_BETWEEN)) for value in form.getlist(name)]
    for key in keys:
        if len(key) != len(parts):
            raise NotUnderstood(field="row", value=_BETWEEN.join(key)[:40], wanted=_BETWEEN.join(parts))
    return keys
