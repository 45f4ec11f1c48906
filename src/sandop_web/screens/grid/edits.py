"""What people change in the grid: cells at any level, a step back, a step forward. JSON in, JSON out."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import asdict

from django.http import HttpResponse, JsonResponse

from sandop.findings import Refusal
from sandop_web.actions.grid import GridHasMoved, amend_reason, edit_grid, redo_in_grid, undo_in_grid
from sandop_web.queries.grid import spread_of
from sandop_web.screens.door import SignedIn, member_deed
from sandop_web.screens.grid.answers import moved_json, saved_json
from sandop_web.screens.grid.asked import grid_asked
from sandop_web.screens.grid.sent import SentEdits, SentReason, SentSpread, SentStep, refusal_json, sent

Deed = Callable[[SignedIn, int], HttpResponse]


def spoken(deed: Deed) -> Deed:
    """A deed whose refusals are JSON too; cells that have moved are told with both numbers."""

    @functools.wraps(deed)
    def answered(request: SignedIn, version: int) -> HttpResponse:
        try:
            return deed(request, version)
        except GridHasMoved as moved:
            return refusal_json(moved, request.language, moved=[moved_json(cell) for cell in moved.cells])
        except Refusal as refusal:
            return refusal_json(refusal, request.language)

    return answered


@member_deed
@spoken
def edit(request: SignedIn, version: int) -> HttpResponse:
    """Change cells, rows or totals, all or none."""
    wish = sent(request, SentEdits)
    asked = grid_asked(request.GET, request.language)
    edits = [cell.edit() for cell in wish.edits]
    saved = edit_grid(by=request.by, version=version, asked=asked, edits=edits, why=wish.why, sharing=wish.sharing())
    return JsonResponse(saved_json(saved))


@member_deed
@spoken
def spread(request: SignedIn, version: int) -> HttpResponse:
    """What would become of an edit of totals; nothing is written."""
    wish = sent(request, SentSpread)
    asked = grid_asked(request.GET, request.language)
    edits = [cell.edit() for cell in wish.edits]
    told = spread_of(
        by=request.by, version=version, asked=asked, edits=edits, sharing=wish.sharing(), level=wish.level
    )
    return JsonResponse(asdict(told))


@member_deed
@spoken
def amend(request: SignedIn, version: int) -> HttpResponse:
    """Give one's own change another reason."""
    wish = sent(request, SentReason)
    return JsonResponse(asdict(amend_reason(by=request.by, version=version, batch=wish.batch, why=wish.why)))


@member_deed
@spoken
def undo(request: SignedIn, version: int) -> HttpResponse:
    """Take back one's own last change in this version."""
    why = sent(request, SentStep).why
    asked = grid_asked(request.GET, request.language)
    return JsonResponse(saved_json(undo_in_grid(by=request.by, version=version, asked=asked, why=why)))


@member_deed
@spoken
def redo(request: SignedIn, version: int) -> HttpResponse:
    """Make one's own change again that was taken back last."""
    why = sent(request, SentStep).why
    asked = grid_asked(request.GET, request.language)
    return JsonResponse(saved_json(redo_in_grid(by=request.by, version=version, asked=asked, why=why)))
