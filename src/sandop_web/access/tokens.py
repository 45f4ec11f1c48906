"""Tokens: a program acts for a member with a key of which only the digest is kept."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import Literal

from django.db.models import Q

from sandop.wording import Language
from sandop_web.access.actor import Actor
from sandop_web.access.entering import Door, actor_as
from sandop_web.access.refusals import NothingThere, TokenNotForThis, TokenUnknown
from sandop_web.store.models import Token

TokenScope = Literal["read", "write", "calendar"]
SCOPES: tuple[TokenScope, ...] = ("read", "write", "calendar")
_BEGINNING = "sop_"  # a key is known for what it is where it turns up
_NOTED_EVERY = dt.timedelta(minutes=1)
_OPENS: dict[str, tuple[str, ...]] = {"read": ("read", "write"), "calendar": ("calendar",)}


def new_key() -> str:
    """A fresh key, 256 bits drawn at random."""
    return _BEGINNING + secrets.token_urlsafe(32)


def digest_of(key: str) -> str:
    """SHA-256 of a key: all that is kept of it."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def actor_of_token(
    *,
    key: str,
    company: str = "",
    at: dt.datetime,
    scope: Literal["read", "calendar"] = "read",
    language: Language = "en",
    through: Door = "api",
) -> Actor:
    """The member for whom the key speaks, in the company of this slug; left out: in their own.

    scope   what is asked: "read" for the API (a token that may only read gives a read-only actor), "calendar" for
            the feed of a calendar, whose key stands in an address and opens nothing else

    Raises TokenUnknown for a key that does not hold (any more), NothingThere for another company, TokenNotForThis
    for a key of the wrong kind. Notes the use, at most once a minute.
    """
    token = (
        Token.objects.select_related("member__company", "member__user")
        .filter(Q(expires_at=None) | Q(expires_at__gt=at), digest=digest_of(key), revoked_at=None)
        .filter(member__active=True, member__user__is_active=True)
        .first()
    )
    if token is None:
        raise TokenUnknown()
    if company and token.member.company.slug != company:
        raise NothingThere()
    if token.scope not in _OPENS[scope]:
        raise TokenNotForThis()
    _note_use(token, at)
    return actor_as(member=token.member, at=at, language=language, through=through, read_only=token.scope != "write")


def _note_use(token: Token, at: dt.datetime) -> None:
    if token.last_used_at is None or token.last_used_at <= at - _NOTED_EVERY:
        Token.objects.filter(pk=token.pk).update(last_used_at=at)
