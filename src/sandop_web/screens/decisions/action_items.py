"""The list of actions, with forms to give one and to report on one."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from sandop_web.actions.action_items import STATES, add_action_item, report_on_action
from sandop_web.queries.action_items import FILTERS, actions_of
from sandop_web.screens.addresses import address, back_to, to_page
from sandop_web.screens.door import SignedIn, member_deed, member_page
from sandop_web.screens.typed import number_of, required_day


@member_page
def actions(request: SignedIn) -> HttpResponse:
    """The actions, filtered."""
    which = request.GET.get("which", "open")
    owner, month = request.GET.get("owner", ""), request.GET.get("month", "")
    told = {
        "listed": actions_of(by=request.by, which=which, owner=owner, month=month),
        "which": which if which in FILTERS else "open",
        "filters": FILTERS,
        "owner": owner,
        "month_wanted": month,
        "states": STATES,
        "decision_wanted": request.GET.get("decision", ""),
    }
    return render(request, "decisions/actions.html", told)


@member_deed
def add(request: SignedIn) -> HttpResponse:
    """Give somebody something to do."""
    form, language = request.POST, request.language
    decision = number_of(form.get("decision", ""), field="decisions.decision", language=language)
    add_action_item(
        by=request.by,
        title=form.get("title", ""),
        owner=form.get("owner", ""),
        due=required_day(form.get("due", ""), field="decisions.due", language=language),
        effect_expected=number_of(form.get("effect", ""), field="decisions.effect_expected", language=language),
        decision=None if decision is None else int(decision),
        remark=form.get("remark", ""),
    )
    return back_to(request, address(request, "actions"))


@member_deed
def report(request: SignedIn, number: int) -> HttpResponse:
    """Say how far an action is."""
    form = request.POST
    effect = number_of(form.get("effect", ""), field="decisions.effect_seen", language=request.language)
    report_on_action(
        by=request.by, number=number, state=form.get("state", ""), effect_seen=effect, remark=form.get("remark", "")
    )
    return to_page(request, "actions")
