"""Who agrees to the plan of each family."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from sandop_web.actions.agreeing import agree_on_families
from sandop_web.queries.steps.agreements import agreements_of
from sandop_web.screens.addresses import to_page
from sandop_web.screens.door import SignedIn, member_deed, member_page
from sandop_web.wording import say


@member_page
def agreement(request: SignedIn) -> HttpResponse:
    """The matrix of families and functions, with a form for those who speak for one."""
    return render(request, "pre_sop/agreement.html", {"matrix": agreements_of(by=request.by)})


@member_deed
def agree(request: SignedIn) -> HttpResponse:
    """Agree or disagree with the plan of the families that were ticked."""
    form = request.POST
    families, agrees = form.getlist("family"), form.get("agrees", "") == "yes"
    agree_on_families(by=request.by, families=families, agrees=agrees, why=form.get("why", ""))
    messages.success(request, say("meeting.agreement.kept", request.language, count=len(families)))
    return to_page(request, "agreement")
