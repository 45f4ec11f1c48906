"""The door of every page: who is there, in which company; and how a refusal is answered, once for all pages."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeAlias, cast
from urllib.parse import urlsplit, urlunsplit

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from sandop.findings import Refusal
from sandop.wording import Language
from sandop_web.access import Actor, actor_of, founder_of, one_look, status_of
from sandop_web.screens.context import Looked, look, on_to_another_version
from sandop_web.screens.trouble import trouble

View: TypeAlias = Callable[..., HttpResponseBase]


class SignedIn(HttpRequest):
    """A request after the door: `by` is who asks, `language` the language of the answer, `looked` what they chose to
    look at (of which `by` already knows)."""

    by: Actor
    language: Language
    looked: Looked


def member_page(view: View) -> View:
    """A page that reads: GET only, members of the company only. Its queries share what they see, and see what the
    reader chose to look at (`screens.context`)."""

    def looked(request: SignedIn, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.by, request.looked = look(request, request.by)
        return on_to_another_version(request, request.by) or view(request, *args, **kwargs)

    return _for_members(one_look()(functools.wraps(view)(looked)), ["GET", "HEAD"])


def member_deed(view: View) -> View:
    """A page that acts: POST only, members of the company only."""
    return _for_members(view, ["POST"])


def founder_page(view: View) -> View:
    """A page outside every company, for those who may open one: GET and POST."""

    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _sign_in_first(request)
        language = request.language  # type: ignore[attr-defined]
        request.by = founder_of(user=request.user, at=timezone.now(), language=language)  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return require_http_methods(["GET", "HEAD", "POST"])(functools.wraps(view)(opened))


def _for_members(view: View, methods: list[str]) -> View:
    def opened(request: HttpRequest, company: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _sign_in_first(request)
        language = request.language  # type: ignore[attr-defined]
        by = actor_of(user=request.user, company=company, at=timezone.now(), language=language)
        request.by = by  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return require_http_methods(methods)(functools.wraps(view)(opened))


def _sign_in_first(request: HttpRequest) -> HttpResponseBase:
    """To the sign-in page, and from there to the page that was asked for; after a form to the page it stood on, for
    the deed itself answers to forms alone."""
    if request.method in ("GET", "HEAD"):
        return redirect_to_login(request.get_full_path())
    came_from = urlsplit(_back(request))
    return redirect_to_login(urlunsplit(("", "", came_from.path or "/", came_from.query, "")))


class RefusalMiddleware:
    """A refusal becomes a page that says which rule and who can lift it, with the refusal's HTTP status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            said = trouble(request, response.status_code)
            said.headers["Allow"] = response.headers["Allow"]
            return said
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        language = cast(Language, getattr(request, "language", "en"))
        told = {
            "refusal": exception.text(language),
            "remedy": exception.remedy(language),
            "back": _back(request),
        }
        return render(request, "refused.html", told, status=status_of(exception))


def _back(request: HttpRequest) -> str:
    """The page of this workbench that the reader came from; empty where they came from elsewhere."""
    came_from = request.META.get("HTTP_REFERER", "")
    ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
    return came_from if ours else ""
