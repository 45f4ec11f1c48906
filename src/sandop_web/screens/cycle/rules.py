"""The ground rules."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from sandop_web.access import NothingThere
from sandop_web.actions.rules import change_rule
from sandop_web.queries.rules import rules_of
from sandop_web.screens.addresses import to_page
from sandop_web.screens.door import SignedIn, member_deed, member_page
from sandop_web.screens.typed import required_number


@member_page
def rules(request: SignedIn) -> HttpResponse:
    """What the members have agreed on."""
    return render(request, "cycle/rules.html", {"view": rules_of(by=request.by)})


@member_deed
def rule_changed(request: SignedIn) -> HttpResponse:
    """Change a rule; a share may be typed as a percentage."""
    name, text = request.POST.get("name", ""), request.POST.get("value", "")
    kinds = {rule.name: rule.kind for rule in rules_of(by=request.by).rules}
    if name not in kinds:
        raise NothingThere()
    value: bool | float = text == "yes"
    if kinds[name] != "yes_no":
        value = required_number(text, field=f"cycle.rule.{name}", language=request.language)
    change_rule(by=request.by, name=name, value=value, why=request.POST.get("why", ""))
    return to_page(request, "rules")
