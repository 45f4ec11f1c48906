"""What people do with a step: its inputs, its checklist, its gates. Each answers with the step's page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse

from sandop_web.actions.gates import open_step, reopen_step, sign_step, submit_step
from sandop_web.actions.inputs import deliver_input, substitute_input, tick
from sandop_web.queries.steps.cuts import cuts_of
from sandop_web.screens.addresses import to_page
from sandop_web.screens.door import SignedIn, member_deed
from sandop_web.screens.typed import whole_number
from sandop_web.wording import say

PRE_SOP = "pre_sop"
_WHY_LINE = "why-"  # name of the field that explains a line which is not ticked


@member_deed
def step_opened(request: SignedIn, step: str) -> HttpResponse:
    """Open the step."""
    open_step(by=request.by, step=step, why=request.POST.get("why", ""))
    return _back(request, step)


@member_deed
def step_submitted(request: SignedIn, step: str) -> HttpResponse:
    """Submit the step."""
    submit_step(by=request.by, step=step, why=request.POST.get("why", ""))
    if step == PRE_SOP:
        _warn_of_cuts(request)
    return _back(request, step)


def _warn_of_cuts(request: SignedIn) -> None:
    """Cuts that sales has not answered do not stop pre-S&OP, but nobody should overlook them."""
    waiting = cuts_of(by=request.by).waiting
    if waiting:
        messages.warning(request, say("meeting.cuts.unanswered", request.language, count=waiting))


@member_deed
def step_signed(request: SignedIn, step: str) -> HttpResponse:
    """Sign the step; `why-<line>` explains a line that is not ticked."""
    unticked = {
        whole_number(name.removeprefix(_WHY_LINE), field="cycle.checklist", language=request.language): text
        for name, text in request.POST.items()
        if name.startswith(_WHY_LINE) and isinstance(text, str) and text.strip()
    }
    sign_step(by=request.by, step=step, unticked=unticked, why=request.POST.get("why", ""))
    return _back(request, step)


@member_deed
def step_reopened(request: SignedIn, step: str) -> HttpResponse:
    """Open the step again."""
    reopen_step(by=request.by, step=step, why=request.POST.get("why", ""))
    return _back(request, step)


@member_deed
def input_delivered(request: SignedIn, step: str) -> HttpResponse:
    """Say that an input is there."""
    given = request.POST
    deliver_input(
        by=request.by,
        step=step,
        input=given.get("input", ""),
        owner=given.get("owner", ""),
        why=given.get("why", ""),
    )
    return _back(request, step)


@member_deed
def input_substituted(request: SignedIn, step: str) -> HttpResponse:
    """Let something stand in for an input."""
    given = request.POST
    substitute_input(
        by=request.by,
        step=step,
        input=given.get("input", ""),
        owner=given.get("owner", ""),
        substitute=given.get("substitute", ""),  # type: ignore[arg-type]
        why=given.get("why", ""),
    )
    return _back(request, step)


@member_deed
def line_ticked(request: SignedIn, step: str) -> HttpResponse:
    """Tick a line of the checklist, or take the tick back."""
    line = whole_number(request.POST.get("line", ""), field="cycle.checklist", language=request.language)
    tick(by=request.by, step=step, line=line, ticked=request.POST.get("ticked") == "yes")
    return _back(request, step)


def _back(request: SignedIn, step: str) -> HttpResponse:
    return to_page(request, "step-work", step)
