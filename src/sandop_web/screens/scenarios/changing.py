"""A lever of a scenario is moved."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponseBase

from sandop.findings import Refusal
from sandop_web.access.sheet_rows import LEVELS
from sandop_web.actions.scenario_changes import change_in_scenario
from sandop_web.screens.addresses import address, see_other
from sandop_web.screens.door import SignedIn, member_deed
from sandop_web.screens.scenarios.pages import scenario_page
from sandop_web.screens.typed import about_what_was_typed, required_number
from sandop_web.wording import say


@member_deed
def change(request: SignedIn, version: int) -> HttpResponseBase:
    """Change numbers of a scenario. What cannot be comes back with all that was typed."""
    sent, language = request.POST, request.language
    try:
        typed = sent.get("amount", "").strip().removesuffix("%")
        change_in_scenario(
            by=request.by,
            version=version,
            measure=sent.get("measure", ""),
            wanted={level: sent[level] for level in (*LEVELS, "currency") if sent.get(level)},
            first=sent.get("first", ""),
            last=sent.get("last", ""),
            way=sent.get("way", ""),
            amount=required_number(typed, field="scenarios.lever.amount", language=language),
            why=sent.get("why", ""),
        )
    except Refusal as refusal:
        return scenario_page(request, version, sent, about_what_was_typed(refusal))
    messages.success(request, say("scenarios.changed", language))
    return see_other(address(request, "scenario", version, lever=sent.get("lever", "")))
