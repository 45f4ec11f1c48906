"""The reader's language: their own choice, else the cookie's, else the browser's."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

from sandop.wording import Language

COOKIE = "sandop_language"
_DJANGO: dict[Language, str] = {"en": "en", "zh": "zh-hans"}


def language_of(request: HttpRequest) -> Language:
    """The language this request is answered in."""
    chosen = getattr(request.user, "language", "") or request.COOKIES.get(COOKIE, "")
    if chosen in ("en", "zh"):
        return "zh" if chosen == "zh" else "en"
    return "zh" if translation.get_language_from_request(request).startswith("zh") else "en"


class LanguageMiddleware:
    """Sets `request.language` and Django's own language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = language_of(request)
        request.language = language  # type: ignore[attr-defined]
        with translation.override(_DJANGO[language]):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
