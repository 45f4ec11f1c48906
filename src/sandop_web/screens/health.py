"""The health check: what a proxy or a watchman asks, without signing in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sandop_web.queries.health import database_answers

_UNAVAILABLE = 503


@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """200 "ok" where the database answers, else 503; a word for machines, the same in every language."""
    if database_answers():
        return HttpResponse("ok", content_type="text/plain")
    return HttpResponse("database", status=_UNAVAILABLE, content_type="text/plain")
