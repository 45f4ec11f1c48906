"""The decision list, one decision, and what people do with it."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from sandop_web.actions import decisions as acts
from sandop_web.queries.decisions import decision_view, decisions_of_cycle, members_to_ask
from sandop_web.screens.addresses import to_page
from sandop_web.screens.decisions.ways import WAYS, ways_of
from sandop_web.screens.door import SignedIn, member_deed, member_page
from sandop_web.screens.typed import day_of
from sandop_web.wording import say


@member_page
def decisions(request: SignedIn) -> HttpResponse:
    """The list, in the order of the agenda; below it a form to put something on it."""
    listed = decisions_of_cycle(by=request.by, month=request.GET.get("month", ""))
    members = members_to_ask(by=request.by) if listed.may_add else ()
    told = {"listed": listed, "places": range(1, WAYS + 1), "members": members}
    return render(request, "decisions/decisions.html", told)


@member_page
def decision(request: SignedIn, number: int) -> HttpResponse:
    """One decision: its alternatives side by side, the form to decide, what became of it."""
    seen = decision_view(by=request.by, number=number, month=request.GET.get("month", ""))
    return render(request, "decisions/decision.html", {"seen": seen, "outcomes": acts.OUTCOMES})


@member_deed
def take_up(request: SignedIn) -> HttpResponse:
    """Bring the list up to the newest results."""
    taken = acts.take_up_decisions(by=request.by)
    told = say("decisions.taken_up", request.language, added=taken.added, changed=taken.changed, lapsed=taken.lapsed)
    messages.success(request, told)
    return to_page(request, "decisions")


@member_deed
def add(request: SignedIn) -> HttpResponse:
    """Put a decision on the list by hand."""
    form, language = request.POST, request.language
    number = acts.add_decision(
        by=request.by,
        title=form.get("title", ""),
        alternatives=ways_of(form, language),
        owner=form.get("owner", ""),
        due=day_of(form.get("due", ""), field="decisions.due", language=language),
        last_responsible=day_of(
            form.get("last_responsible", ""), field="decisions.last_responsible", language=language
        ),
    )
    return to_page(request, "decision", number)


@member_deed
def decide(request: SignedIn, number: int) -> HttpResponse:
    """Decide. One choice says it all: the letter of an alternative, or that it is rejected."""
    form = request.POST
    acts.decide(
        by=request.by,
        number=number,
        outcome=cast(acts.Outcome, form.get("outcome", "")),  # the action refuses any other word
        chosen=form.get("chosen", ""),
        conditions=form.get("conditions", ""),
        why=form.get("why", ""),
    )
    return to_page(request, "decision", number)


@member_deed
def escalate(request: SignedIn, number: int) -> HttpResponse:
    """Bring the decision to the general manager."""
    acts.escalate_decision(by=request.by, number=number, why=request.POST.get("why", ""))
    return to_page(request, "decision", number)


@member_deed
def reopen(request: SignedIn, number: int) -> HttpResponse:
    """Open the decision again."""
    acts.reopen_decision(by=request.by, number=number, why=request.POST.get("why", ""))
    return to_page(request, "decision", number)


@member_deed
def assign(request: SignedIn, number: int) -> HttpResponse:
    """Say who owns the decision, and its day."""
    due = day_of(request.POST.get("due", ""), field="decisions.due", language=request.language)
    acts.assign_decision(by=request.by, number=number, owner=request.POST.get("owner", ""), due=due)
    return to_page(request, "decision", number)
