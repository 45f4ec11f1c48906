"""What people say of a cell."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse

from sandop_web.actions.grid import comment_on_cell, resolve_comment
from sandop_web.screens.door import SignedIn, member_deed
from sandop_web.screens.grid.answers import comment_json
from sandop_web.screens.grid.edits import spoken
from sandop_web.screens.grid.sent import SentComment, SentResolved, sent


@member_deed
@spoken
def comment(request: SignedIn, version: int) -> HttpResponse:
    """Say something of a cell."""
    wish = sent(request, SentComment)
    said = comment_on_cell(
        by=request.by, version=version, measure=wish.measure, at=wish.at, period=wish.period, text=wish.text
    )
    return JsonResponse({"comment": comment_json(said)})


@member_deed
@spoken
def resolve(request: SignedIn, version: int) -> HttpResponse:  # noqa: ARG001 — the comment knows its version
    """Settle what was said."""
    said = resolve_comment(by=request.by, comment=sent(request, SentResolved).id)
    return JsonResponse({"comment": comment_json(said)})
