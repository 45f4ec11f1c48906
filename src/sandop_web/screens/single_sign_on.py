"""Single sign-on by OpenID Connect: only people already known here come in.

A person is known by the account they came with before, else by their verified e-mail address. Nobody signs up.
"""

from __future__ import annotations

import secrets
from typing import Any

import requests
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthError, AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from sandop_web.access import known_person
from sandop_web.screens.entrance.language import own_address
from sandop_web.screens.language import language_of
from sandop_web.wording import say

PROVIDER = "company"  # the one provider, as settings.py names it
_NO_ANSWER = (requests.RequestException, OAuth2Error, KeyError, TypeError, ValueError, AttributeError)
_FORBIDDEN, _BAD_GATEWAY = 403, 502


def provider_name() -> str:
    """What people call the provider; empty where none is set up."""
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return str(apps[0]["name"]) if apps else ""


@require_POST
@never_cache
def to_provider(request: HttpRequest) -> HttpResponse:
    """Send the visitor to the provider, by a page of ours: a form may lead nowhere but here (Content Security
    Policy), and a provider may lead on to others that nobody here knows."""
    _require_provider()
    nonce = secrets.token_urlsafe(24)
    try:
        answer = (
            get_adapter(request)
            .get_provider(request, PROVIDER)
            .redirect(
                request,
                AuthProcess.LOGIN,
                next_url=own_address(request, request.POST.get("next", "")),
                auth_params={"nonce": nonce},
                nonce=nonce,
            )
        )
    except _NO_ANSWER:
        return _refused(request, "people.sso_failed", _BAD_GATEWAY)
    return render(request, "entrance/sso_going.html", {"provider": provider_name(), "address": answer["Location"]})


@require_safe
@never_cache
def from_provider(request: HttpRequest, provider_id: str) -> HttpResponse:
    """The visitor comes back from the provider, with a code or without."""
    _require_provider()
    try:
        view = OAuth2CallbackView.adapter_view(_Checked(request, provider_id))
        answer: HttpResponse = view(request)
    except _NO_ANSWER:
        return _refused(request, "people.sso_failed", _BAD_GATEWAY)
    return answer


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up by themselves, and nothing is said or sent in words that are not ours."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def add_message(self, *args: Any, **more: Any) -> None:
        """Nothing is said."""

    def send_mail(self, *args: Any, **more: Any) -> None:
        """Nothing is sent."""


class KnownPeopleOnly(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """A person known here comes in; a stranger does not."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """The provider has said who it is: look whom we know. Answers with a refusal where it is nobody."""
        claims = sociallogin.account.extra_data
        _require_same_attempt(request, sociallogin.state, claims)
        if not sociallogin.is_existing:
            _connect(request, sociallogin, _verified_email(request, claims))
        if not sociallogin.user.is_active:
            raise ImmediateHttpResponse(_stranger(request, sociallogin.user.email))

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: str | None = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Every failure between here and the provider becomes our page."""
        message = "people.sso_cancelled" if error == AuthError.CANCELLED else "people.sso_failed"
        raise ImmediateHttpResponse(_refused(request, message, _FORBIDDEN))


class _Checked(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """OpenID Connect, with the ID token's signature checked although it comes from the provider itself."""

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **more: Any) -> SocialLogin:
        if "id_token" not in more["response"]:
            raise OAuth2Error("the provider gave no ID token")
        self.did_fetch_access_token = False
        return super().complete_login(request, app, token, **more)


def _require_same_attempt(request: HttpRequest, state: dict[str, Any], claims: dict[str, Any]) -> None:
    """The answer is to the question that this browser asked, and its two halves speak of one person."""
    told, person = claims["id_token"], claims.get("userinfo") or claims["id_token"]
    if told.get("nonce") != state.get("nonce") or told.get("sub") != person.get("sub"):
        raise ImmediateHttpResponse(_refused(request, "people.sso_failed", _FORBIDDEN))


def _verified_email(request: HttpRequest, claims: dict[str, Any]) -> str:
    """The e-mail address that the provider vouches for."""
    person = claims.get("userinfo") or claims["id_token"]
    if str(person.get("email_verified")).lower() != "true" or not person.get("email"):
        raise ImmediateHttpResponse(_refused(request, "people.sso_unverified", _FORBIDDEN))
    return str(person["email"])


def _connect(request: HttpRequest, sociallogin: SocialLogin, email: str) -> None:
    """From now on this account of the provider is the person's, and no other one is."""
    user = known_person(email)
    if user is None:
        raise ImmediateHttpResponse(_stranger(request, email))
    SocialAccount.objects.filter(user=user, provider=sociallogin.account.provider).delete()
    sociallogin.connect(request, user)


def _stranger(request: HttpRequest, email: str) -> HttpResponse:
    return _refused(request, "people.sso_stranger", _FORBIDDEN, email=email)


def _refused(request: HttpRequest, message: str, status: int, **values: object) -> HttpResponse:
    told = say(message, language_of(request), name=provider_name(), **values)
    return render(request, "entrance/sso_refused.html", {"told": told}, status=status)


def _require_provider() -> None:
    if not provider_name():
        raise Http404
