"""Tokens: making one for a program of one's own, and revoking it."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from sandop_web.access import Actor, NothingThere, NotUnderstood, WebRefusal, action
from sandop_web.access.roles import may
from sandop_web.access.tokens import SCOPES, digest_of, new_key
from sandop_web.store.models import Token
from sandop_web.wording import say

MAY_REVOKE_FOR_OTHERS = "change_member"  # whoever may close a place may revoke its keys
LONGEST = 366  # days
_AT_ONCE = 20  # live tokens a member may have


class TokenNameTaken(WebRefusal):
    """The member has a live token of this name."""

    message = "people.token_name_taken"


class TooManyTokens(WebRefusal):
    """The member has as many live tokens as anybody may."""

    message = "people.too_many_tokens"


@action
def make_token(*, by: Actor, name: str, scope: str, days: int) -> str:
    """A key with which a program acts for `by`, shown this one time.

    scope   read, write, or calendar (the feed of the cycle's days and nothing else)
    days    until it runs out

    Raises NotUnderstood, TokenNameTaken, TooManyTokens.
    """
    name = _understood(by, name, scope, days)
    live = Token.objects.filter(Q(expires_at__gt=by.at), member_id=by.member_id, revoked_at=None)
    if live.filter(name=name).exists():
        raise TokenNameTaken(name=name)
    if live.count() >= _AT_ONCE:
        raise TooManyTokens(most=_AT_ONCE)
    key = new_key()
    Token.objects.create(
        member_id=by.member_id,
        name=name,
        digest=digest_of(key),
        scope=scope,
        made_at=by.at,
        expires_at=by.at + dt.timedelta(days=days),
    )
    return key


@action
def revoke_token(*, by: Actor, token: int) -> None:
    """The key opens nothing from now on. One's own; the S&OP manager and the general manager may revoke anybody's.
    Raises NothingThere."""
    tokens = Token.objects.filter(pk=token, member__company_id=by.company_id)
    if not may(by.role, MAY_REVOKE_FOR_OTHERS):
        tokens = tokens.filter(member_id=by.member_id)
    if not tokens.exists():
        raise NothingThere()
    tokens.filter(revoked_at=None).update(revoked_at=by.at)


def _understood(by: Actor, name: str, scope: str, days: int) -> str:
    kept = name.strip()
    if not kept or len(kept) > 100 or not kept.isprintable():
        raise NotUnderstood(
            field=say("people.token_name", by.language), value=name, wanted=say("people.a_name", by.language)
        )
    if scope not in SCOPES:
        raise NotUnderstood(field=say("people.token_scope", by.language), value=scope, wanted=" / ".join(SCOPES))
    if not 1 <= days <= LONGEST:
        wanted = say("people.days_from_to", by.language, longest=LONGEST)
        raise NotUnderstood(field=say("people.token_days", by.language), value=days, wanted=wanted)
    return kept
