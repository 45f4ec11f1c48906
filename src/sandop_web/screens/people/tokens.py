"""Tokens: the reader's own, making one, revoking one."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from sandop_web.access.tokens import SCOPES
from sandop_web.actions.tokens import LONGEST, make_token, revoke_token
from sandop_web.queries.tokens import tokens_of
from sandop_web.screens.addresses import to_page
from sandop_web.screens.door import SignedIn, member_deed, member_page
from sandop_web.screens.typed import whole_number


@member_page
def tokens(request: SignedIn) -> HttpResponse:
    """The tokens and a form to make one."""
    rows = tokens_of(by=request.by)
    live = sum(row.mine and row.state == "live" for row in rows)
    told = {
        "rows": [(row, f"people.token_scope.{row.scope}", f"people.token_state.{row.state}") for row in rows],
        "live": live,
        "scopes": [(scope, f"people.token_scope.{scope}") for scope in SCOPES],
        "longest": LONGEST,
    }
    return render(request, "people/tokens.html", told)


@never_cache
@member_deed
def make(request: SignedIn) -> HttpResponse:
    """Make a token. The answer shows its key, this one time: after a redirect the key would have to be kept."""
    name = request.POST.get("name", "")
    key = make_token(
        by=request.by,
        name=name,
        scope=request.POST.get("scope", ""),
        days=whole_number(request.POST.get("days", ""), field="people.token_days", language=request.by.language),
    )
    return render(request, "people/token_made.html", {"name": name.strip(), "key": key})


@member_deed
def revoke(request: SignedIn, token: int) -> HttpResponse:
    """Revoke a token."""
    revoke_token(by=request.by, token=token)
    return to_page(request, "tokens")
