"""Views of the grid that people keep under a name."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpResponse, JsonResponse

from sandop_web.actions.grid import forget_grid_view, keep_grid_view
from sandop_web.queries.grid import grid_views
from sandop_web.screens.door import SignedIn, member_deed
from sandop_web.screens.grid.edits import spoken
from sandop_web.screens.grid.sent import SentForgotten, SentView, sent


@member_deed
@spoken
def keep(request: SignedIn, version: int) -> HttpResponse:  # noqa: ARG001 — a view holds in every version
    """Keep what the page shows under a name."""
    wish = sent(request, SentView)
    keep_grid_view(by=request.by, name=wish.name, query=wish.query)
    return _kept(request)


@member_deed
@spoken
def forget(request: SignedIn, version: int) -> HttpResponse:  # noqa: ARG001 — a view holds in every version
    """Forget a kept view."""
    forget_grid_view(by=request.by, view=sent(request, SentForgotten).view)
    return _kept(request)


def _kept(request: SignedIn) -> HttpResponse:
    return JsonResponse({"kept": [asdict(view) for view in grid_views(by=request.by)]})
