"""Choosing the language of the pages."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from sandop.wording import LANGUAGES
from sandop_web.access import NotUnderstood, guest_of
from sandop_web.actions.account import set_language
from sandop_web.screens.language import COOKIE, language_of
from sandop_web.wording import say

_A_YEAR = 365 * 24 * 3600  # seconds


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Answer in the language from now on: this browser's by a cookie, a person's wherever they sign in."""
    wanted = request.POST.get("language", "")
    now = language_of(request)
    if wanted not in LANGUAGES:
        raise NotUnderstood(field=say("people.language", now), value=wanted, wanted=", ".join(LANGUAGES))
    if request.user.is_authenticated:
        set_language(by=guest_of(user=request.user, at=timezone.now(), language=now), language=wanted)
    response = redirect(own_address(request, request.POST.get("next", "")))
    response.set_cookie(
        COOKIE, wanted, max_age=_A_YEAR, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )
    return response


def own_address(request: HttpRequest, address: str) -> str:
    """The address where it is one of ours, else the first page: nobody is led elsewhere by a link of ours."""
    ours = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if ours else "/"
