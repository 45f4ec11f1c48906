"""Who asks: a program by its token, or somebody signed in, whose changes must come from our own pages (CSRF).

A token that may only read is turned away from everything but reading, here and at the door of every action.
"""

from __future__ import annotations

import re
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer
from ninja.security.apikey import APIKeyCookie
from ninja.utils import check_csrf

from sandop.wording import Language
from sandop_web.access import Actor, NothingThere, TokenReadsOnly, actor_of, guest_of
from sandop_web.access.tokens import actor_of_token
from sandop_web.api.refusals import NotFromOurPages, SessionNeeded
from sandop_web.wording import say

_COMPANY = re.compile(r"[-a-zA-Z0-9_]{1,50}")
_READING = ("GET", "HEAD", "OPTIONS")


class Asked(HttpRequest):
    """A request after the entrance: `auth` is who asks, in the company of the address."""

    auth: Actor


class TokenOfAProgram(HttpBearer):
    """`Authorization: Bearer sop_…`. A token that does not hold is refused, not passed over for a session."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        """The member the token stands for, in the company of the address; without one there, in their own.

        Raises TokenUnknown, TokenNotForThis, NothingThere, and TokenReadsOnly for a change by a token that reads.
        """
        by = actor_of_token(key=token, company=_company(request), at=timezone.now(), language=_language(request))
        if by.read_only and request.method not in _READING:
            raise TokenReadsOnly(action=say("api.change_anything", by.language))
        return by


class SignedInBrowser(APIKeyCookie):
    """The session of somebody signed in; a change must carry the mark of our own pages."""

    param_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> Any:
        """The actor; None where nobody is signed in, or a token came too. Raises NotFromOurPages, NothingThere."""
        if by_token(request) or not request.user.is_authenticated:
            return None
        if request.method not in _READING and check_csrf(request) is not None:
            raise NotFromOurPages()
        return self.authenticate(request, None)

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor:
        """The member in the company of the address; without one there, a guest with an account."""
        assert request.user.is_authenticated
        user, company, at, language = request.user, _company(request), timezone.now(), _language(request)
        if not company:
            return guest_of(user=user, at=at, language=language, through="api")
        return actor_of(user=user, company=company, at=at, language=language, through="api")


def by_token(request: HttpRequest) -> bool:
    """True where a program asks, with a token."""
    return "Authorization" in request.headers


def require_session(request: HttpRequest) -> None:
    """Raises SessionNeeded where a program asks: this is done by a person who is signed in."""
    if by_token(request):
        raise SessionNeeded()


def _company(request: HttpRequest) -> str:
    """The company of the address; empty where the address names none. Raises NothingThere for what is no name."""
    assert request.resolver_match is not None
    company = request.resolver_match.kwargs.get("company")
    if company is not None and not _COMPANY.fullmatch(company):
        raise NothingThere()
    return company or ""


def _language(request: HttpRequest) -> Language:
    return cast(Language, getattr(request, "language", "en"))
