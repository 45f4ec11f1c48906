"""Tokens of the company's people, without their keys: nobody has these."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sandop_web.access import Actor, query
from sandop_web.access.roles import may
from sandop_web.store.models import Token


@dataclass(frozen=True)
class TokenRow:
    """A token. `state` is live, expired or revoked."""

    token: int
    person: str
    name: str
    scope: str
    state: str
    mine: bool
    made_at: dt.datetime
    expires_at: dt.datetime | None
    last_used_at: dt.datetime | None


@query
def tokens_of(*, by: Actor) -> tuple[TokenRow, ...]:
    """The reader's own tokens, newest first; for those who may close a place everybody's, their own first."""
    tokens = Token.objects.filter(member__company_id=by.company_id).select_related("member")
    if not may(by.role, "change_member"):
        tokens = tokens.filter(member_id=by.member_id)
    rows = (_row(by, token) for token in tokens.order_by("-made_at", "-pk"))
    return tuple(sorted(rows, key=lambda row: (not row.mine, row.state != "live")))


def _row(by: Actor, token: Token) -> TokenRow:
    return TokenRow(
        token=token.pk,
        person=token.member.person,
        name=token.name,
        scope=token.scope,
        state=_state(token, by.at),
        mine=token.member_id == by.member_id,
        made_at=token.made_at,
        expires_at=token.expires_at,
        last_used_at=token.last_used_at,
    )


def _state(token: Token, at: dt.datetime) -> str:
    if token.revoked_at is not None:
        return "revoked"
    return "expired" if token.expires_at is not None and token.expires_at <= at else "live"
