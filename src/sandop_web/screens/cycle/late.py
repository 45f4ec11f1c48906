"""Late input: handing it in, deciding on it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from sandop_web.access import may_take
from sandop_web.actions.late import decide_late, hand_in_late
from sandop_web.queries.cycle import open_cycle_of
from sandop_web.queries.late import late_inputs_of
from sandop_web.screens.addresses import to_page
from sandop_web.screens.cycle.late_cells import late_cells
from sandop_web.screens.door import SignedIn, member_deed, member_page
from sandop_web.wording import say


@member_page
def late_inputs(request: SignedIn) -> HttpResponse:
    """All late inputs, and the form to hand one in."""
    by = request.by
    view = late_inputs_of(by=by)
    told = {
        "view": view,
        "undecided": sum(late.state in ("waiting", "weighty") for late in view.late),
        "may_hand_in": may_take(by=by, action="hand_in_late") and open_cycle_of(by=by) is not None,
    }
    return render(request, "cycle/late.html", told)


@member_deed
def handed_in(request: SignedIn) -> HttpResponse:
    """Hand numbers in late; the page says what they weigh."""
    cells = late_cells(request.POST.get("cells", ""), language=request.language)
    late = hand_in_late(by=request.by, cells=cells, why=request.POST.get("why", ""))
    made = next(one for one in late_inputs_of(by=request.by).late if one.late == late)
    state = say(f"cycle.late.{made.state}", request.language)
    messages.info(request, say("cycle.late_handed_in", request.language, share=f"{made.share:.1%}", state=state))
    return to_page(request, "late-inputs")


@member_deed
def late_decided(request: SignedIn, late: int) -> HttpResponse:
    """Admit or refuse a late input."""
    decide_late(by=request.by, late=late, admit=request.POST.get("admit") == "yes", why=request.POST.get("why", ""))
    return to_page(request, "late-inputs")
