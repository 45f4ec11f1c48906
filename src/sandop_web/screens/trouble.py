"""Pages for what goes wrong before a view is reached: each says what happened and what to do, in both languages."""

from __future__ import annotations

from typing import cast

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from sandop.wording import Language
from sandop_web.wording import remedy, say

_TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request cannot be understood; 413: it is larger than a form may be."""
    status = 413 if isinstance(exception, _TOO_LARGE) else 400
    if request.content_type == "application/json":
        return JsonResponse(_told(str(status), _language(request)), status=status)
    return trouble(request, status)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """403: not for this person."""
    return trouble(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """404: no such page, or not for this person."""
    return trouble(request, 404)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """403: the form does not carry the key that this page gave out (CSRF)."""
    return trouble(request, 403, "form_expired")


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our own fault. Nothing is read from the database, for it may be the trouble."""
    language = _language(request)
    told = _told("500", language)
    return HttpResponse(render_to_string("500.html", told | {"language": language}), status=500)


def trouble(request: HttpRequest, status: int, message: str = "") -> HttpResponse:
    """The page for an HTTP status, in the frame where the reader is known."""
    return render(request, "refused.html", _told(message or str(status), _language(request)), status=status)


def _told(message: str, language: Language) -> dict[str, str]:
    return {
        "refusal": say(f"shell.trouble.{message}", language),
        "remedy": remedy(f"shell.trouble.{message}", language),
    }


def _language(request: HttpRequest) -> Language:
    return cast(Language, getattr(request, "language", "en"))
