"""A lever of a scenario is moved; a scenario is laid anew over its plan."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponseBase

from sandop.findings import Refusal
from sandop_web.access.sheet_rows import LEVELS
from sandop_web.access.tried_masters import CHOOSABLE, TRIED_MASTERS
from sandop_web.actions.scenario_changes import change_in_scenario
from sandop_web.actions.scenario_masters import take_back_masters, try_masters
from sandop_web.actions.scenario_renewing import renew_scenario
from sandop_web.screens.addresses import address, see_other
from sandop_web.screens.door import SignedIn, member_deed
from sandop_web.screens.scenarios.pages import scenario_page
from sandop_web.screens.typed import about_what_was_typed, required_number
from sandop_web.wording import say


@member_deed
def change(request: SignedIn, version: int) -> HttpResponseBase:
    """Change numbers or masters of a scenario. What cannot be comes back with all that was typed."""
    sent, language = request.POST, request.language
    try:
        if sent.get("measure", "") in TRIED_MASTERS:
            _masters(request, version)
        else:
            _numbers(request, version)
    except Refusal as refusal:
        return scenario_page(request, version, sent, about_what_was_typed(refusal))
    messages.success(request, say("scenarios.changed", language))
    return see_other(address(request, "scenario", version, lever=sent.get("lever", "")))


def _numbers(request: SignedIn, version: int) -> None:
    sent = request.POST
    change_in_scenario(
        by=request.by,
        version=version,
        measure=sent.get("measure", ""),
        wanted={level: sent[level] for level in (*LEVELS, "currency") if sent.get(level)},
        first=sent.get("first", ""),
        last=sent.get("last", ""),
        way=sent.get("way", ""),
        amount=_amount(request),
        why=sent.get("why", ""),
    )


def _masters(request: SignedIn, version: int) -> None:
    sent = request.POST
    needless = sent.get("way") == "off" and not sent.get("amount", "").strip()
    try_masters(
        by=request.by,
        version=version,
        masters=sent.get("measure", ""),
        wanted={level: sent[level] for level in CHOOSABLE if sent.get(level)},
        way=sent.get("way", ""),
        amount=0.0 if needless else _amount(request),
        why=sent.get("why", ""),
    )


def _amount(request: SignedIn) -> float:
    typed = request.POST.get("amount", "").strip().removesuffix("%")
    return required_number(typed, field="scenarios.lever.amount", language=request.language)


@member_deed
def renew(request: SignedIn, version: int) -> HttpResponseBase:
    """Lay a scenario anew over its plan as it is now, and go to the new one."""
    made = renew_scenario(by=request.by, version=version, why=request.POST.get("why", ""))
    messages.success(request, say("scenarios.renewed", request.language))
    return see_other(address(request, "scenario", made))


@member_deed
def take_back(request: SignedIn, version: int) -> HttpResponseBase:
    """Take back cells of a master table that were changed together."""
    batch, why = request.POST.get("batch", ""), request.POST.get("why", "")
    take_back_masters(by=request.by, version=version, batch=batch, why=why)
    messages.success(request, say("scenarios.taken_back", request.language))
    return see_other(address(request, "scenario", version))
