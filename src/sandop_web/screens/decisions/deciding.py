"""The decision list, one decision, and what people do with it."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from sandop.findings import Refusal
from sandop.pack.page import Part
from sandop.wording import currency_name
from sandop_web.access import NotUnderstood, WhyMissing, status_of
from sandop_web.actions import decisions as acts
from sandop_web.queries.decisions import DecisionView, decision_view, decisions_of_cycle, members_to_ask
from sandop_web.queries.frame import company_frame
from sandop_web.queries.steps.meeting_points import effects_side_by_side
from sandop_web.screens.addresses import address, back_to, to_page
from sandop_web.screens.decisions.ways import figures_of, typed_ways, ways_of
from sandop_web.screens.door import SignedIn, member_deed, member_page
from sandop_web.screens.drawing import shown_parts
from sandop_web.screens.typed import day_of
from sandop_web.wording import say


@member_page
def decisions(request: SignedIn) -> HttpResponse:
    """The list, in the order of the agenda; below it a form to put something on it."""
    return _list(request, request.GET.get("month", ""))


@member_page
def decision(request: SignedIn, number: int) -> HttpResponse:
    """One decision: its alternatives side by side, the form to decide, what became of it."""
    return _decision(request, number, request.GET.get("month", ""))


@member_deed
def take_up(request: SignedIn) -> HttpResponse:
    """Bring the list up to the newest results."""
    taken = acts.take_up_decisions(by=request.by)
    told = say("decisions.taken_up", request.language, added=taken.added, changed=taken.changed, lapsed=taken.lapsed)
    messages.success(request, told)
    return to_page(request, "decisions")


@member_deed
def add(request: SignedIn) -> HttpResponse:
    """Put a decision on the list by hand. After a refusal the form holds what was typed."""
    form, language = request.POST, request.language
    try:
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
    except Refusal as refusal:
        if not decisions_of_cycle(by=request.by).may_add:
            raise
        return _list(request, "", refusal)
    return to_page(request, "decision", number)


@member_deed
def decide(request: SignedIn, number: int) -> HttpResponse:
    """Decide: the letter of an alternative, none to reject. After a refusal the form holds what was typed."""
    form = request.POST
    try:
        acts.decide(
            by=request.by,
            number=number,
            outcome=cast(acts.Outcome, _outcome(form)),  # the action refuses any other word
            chosen=form.get("chosen", ""),
            conditions=form.get("conditions", ""),
            why=form.get("why", ""),
        )
    except (acts.ConditionsMissing, NotUnderstood, WhyMissing) as refusal:
        return _decision(request, number, "", refusal)
    return back_to(request, address(request, "decision", number))


def _outcome(form: QueryDict) -> str:
    """The outcome as it was chosen; where a form has none it follows from the rest."""
    if "outcome" in form:
        return form.get("outcome", "")
    if not form.get("chosen", ""):
        return "rejected"
    return "conditional" if form.get("conditions", "").strip() else "approved"


def _list(request: SignedIn, month: str, refusal: Refusal | None = None) -> HttpResponse:
    listed = decisions_of_cycle(by=request.by, month=month)
    told = {
        "listed": listed,
        "ways": typed_ways(request.POST),
        "typed": request.POST,
        "members": members_to_ask(by=request.by) if listed.may_add else (),
    }
    return _rendered(request, "decisions/decisions.html", told, refusal)


def _decision(request: SignedIn, number: int, month: str, refusal: Refusal | None = None) -> HttpResponse:
    seen = decision_view(by=request.by, number=number, month=month)
    told = {
        "seen": seen,
        "figures": figures_of(seen, request.language),
        "charts": shown_parts(_effects(request, seen), request.language),
        "outcomes": acts.OUTCOMES,
        "typed": request.POST,
    }
    return _rendered(request, "decisions/decision.html", told, refusal)


def _effects(request: SignedIn, seen: DecisionView) -> tuple[Part, ...]:
    """Money and service of the alternatives side by side."""
    currency = currency_name(company_frame(by=request.by).currency, request.language)
    return effects_side_by_side(seen, currency=currency, language=request.language)


def _rendered(request: SignedIn, template: str, told: dict[str, Any], refusal: Refusal | None) -> HttpResponse:
    """The page; after a refusal with its text, its remedy and its status."""
    if refusal is None:
        return render(request, template, told)
    said = {"refusal": refusal.text(request.language), "remedy": refusal.remedy(request.language)}
    return render(request, template, told | said, status=status_of(refusal))


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
