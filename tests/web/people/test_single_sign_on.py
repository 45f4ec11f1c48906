"""Single sign-on: the whole way to a provider and back, by the authorization code with PKCE and nonce."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import AbstractUser
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from provider import CLIENT, SECRET, Provider, running

from sandop_web.store.models import Company, User

DANA = {"sub": "d-1", "email": "Dana@small.example", "email_verified": True, "name": "Dana"}


@pytest.fixture(scope="module")
def server() -> Iterator[Provider]:
    """One provider for all tests."""
    with running() as provider:
        yield provider


@pytest.fixture
def provider(server: Provider, settings, company: Company) -> Provider:  # type: ignore[no-untyped-def]
    """The provider, set up here as settings.py does from the environment."""
    server.person, server.spoil = dict(DANA), ""
    server.asked.clear()
    app = {
        "provider_id": "company",
        "name": "Small ID",
        "client_id": CLIENT,
        "secret": SECRET,
        "settings": {"server_url": server.address, "oauth_pkce_enabled": True},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    return server


def to_provider(browser: Client, wanted: str = "") -> str:
    """From the sign-in page to the provider: its address, as the page in between gives it."""
    page = browser.post("/sso/login/", {"next": wanted})
    assert page.status_code == 200
    (address,) = re.findall(r'http-equiv="refresh" content="0;url=([^"]+)"', page.text)
    return html.unescape(address)


def back(browser: Client, address: str) -> HttpResponse:
    """From the provider back to us."""
    answer = requests.get(address, allow_redirects=False, timeout=10)
    there = urlsplit(answer.headers["Location"])
    assert (there.netloc, there.path) == ("testserver", "/sso/callback/")
    return browser.get(f"{there.path}?{there.query}")


def sign_in(browser: Client, wanted: str = "") -> HttpResponse:
    """The whole way."""
    return back(browser, to_provider(browser, wanted))


def signed_in(browser: Client) -> AbstractUser | None:
    """Who is signed in in this browser."""
    key = browser.session.get("_auth_user_id")
    return User.objects.get(pk=key) if key else None


@pytest.mark.usefixtures("company")
def test_the_button_is_there_only_where_a_provider_is_set_up(settings) -> None:  # type: ignore[no-untyped-def]
    assert "/sso/login/" not in Client().get("/sign-in/").text
    assert Client().post("/sso/login/").status_code == 404
    assert Client().get("/sso/callback/").status_code == 404
    app = {"provider_id": "company", "name": "Small ID", "client_id": "x", "settings": {"server_url": "http://x"}}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    assert "Sign in with Small ID" in Client(headers={"accept-language": "en"}).get("/sign-in/").text


def test_somebody_known_by_a_verified_address_comes_in(provider: Provider) -> None:
    browser = Client()
    answer = sign_in(browser, "/c/small/people/")
    assert answer.status_code == 302 and answer["Location"] == "/c/small/people/"
    assert signed_in(browser) == User.objects.get(username="dana")
    assert browser.get("/c/small/people/").status_code == 200
    (asked,) = provider.asked
    assert asked["redirect_uri"] == "http://testserver/sso/callback/"
    assert len(asked["nonce"]) >= 32 and len(asked["state"]) >= 16 and len(asked["code_challenge"]) == 43
    assert not mail.outbox


def test_it_leaves_the_password_as_it_was(provider: Provider) -> None:
    before = User.objects.get(username="dana").password
    sign_in(Client())
    assert User.objects.get(username="dana").password == before


def test_the_session_gets_a_new_key(provider: Provider) -> None:
    browser = Client()
    address = to_provider(browser)
    before = browser.session.session_key
    back(browser, address)
    assert browser.session.session_key != before


def test_it_must_be_asked_for_by_a_form_of_ours(provider: Provider) -> None:
    assert Client().get("/sso/login/").status_code == 405
    assert Client(enforce_csrf_checks=True).post("/sso/login/").status_code == 403


@pytest.mark.parametrize("wanted", ["//evil.example/", "https://evil.example/", "/\\evil.example"])
def test_it_leads_nowhere_but_here(provider: Provider, wanted: str) -> None:
    assert sign_in(Client(), wanted)["Location"] == "/"


def test_a_stranger_is_refused_in_words_and_no_account_is_made(provider: Provider) -> None:
    provider.person = {"sub": "s-1", "email": "stranger@elsewhere.example", "email_verified": True}
    before = User.objects.count()
    browser = Client(headers={"accept-language": "en"})
    answer = sign_in(browser)
    assert answer.status_code == 403 and "stranger@elsewhere.example" in answer.text
    assert signed_in(browser) is None
    assert User.objects.count() == before and not SocialAccount.objects.exists()


@pytest.mark.parametrize("verified", [False, "false", None, "", 0, "no"])
def test_an_address_nobody_vouches_for_opens_nothing(provider: Provider, verified: object) -> None:
    provider.person["email_verified"] = verified
    browser = Client(headers={"accept-language": "zh-CN"})
    answer = sign_in(browser)
    assert answer.status_code == 403 and "未确认您的邮箱已通过验证" in answer.text
    assert signed_in(browser) is None


def test_a_provider_that_says_true_in_letters_is_understood(provider: Provider) -> None:
    provider.person["email_verified"] = "true"
    assert sign_in(Client()).status_code == 302


def test_no_address_opens_nothing(provider: Provider) -> None:
    User.objects.filter(username="dana").update(email="")
    provider.person["email"] = ""
    assert sign_in(Client()).status_code == 403


def test_a_closed_account_stays_closed(provider: Provider) -> None:
    browser = Client()
    sign_in(browser)
    User.objects.filter(username="dana").update(is_active=False)
    again = Client()
    assert sign_in(again).status_code == 403
    assert signed_in(again) is None


def test_whoever_came_before_comes_in_with_a_new_address_too(provider: Provider) -> None:
    """The provider's own number of the person stays when the address changes: on marriage, on a new domain."""
    sign_in(Client())
    provider.person["email"] = "dana.new@small.example"
    browser = Client()
    assert sign_in(browser).status_code == 302
    assert signed_in(browser) == User.objects.get(username="dana")


def test_a_new_account_at_the_provider_with_the_same_address_takes_the_place_of_the_old(provider: Provider) -> None:
    sign_in(Client())
    provider.person["sub"] = "d-2"
    assert sign_in(Client()).status_code == 302
    assert [account.uid for account in SocialAccount.objects.all()] == ["d-2"]
    provider.person.update(sub="d-1", email="gone@small.example")
    assert sign_in(Client()).status_code == 403


def test_nobody_is_taken_for_somebody_else_who_is_signed_in(provider: Provider, client_of) -> None:  # type: ignore[no-untyped-def]
    browser = client_of("sam")
    assert sign_in(browser).status_code == 302
    assert signed_in(browser) == User.objects.get(username="dana")


def test_who_turns_back_at_the_provider_finds_a_page_that_says_so(provider: Provider) -> None:
    provider.spoil = "denied"
    answer = sign_in(Client(headers={"accept-language": "en"}))
    assert answer.status_code == 403 and "You turned back at Small ID" in answer.text


@pytest.mark.parametrize("spoil", ["nonce", "signature", "audience", "other person", "no id token", "broken"])
def test_an_answer_that_does_not_hold_opens_nothing(provider: Provider, spoil: str) -> None:
    provider.spoil = spoil
    browser = Client(headers={"accept-language": "en"})
    answer = sign_in(browser)
    assert answer.status_code in (403, 502) and "did not confirm who you are" in answer.text
    assert signed_in(browser) is None and not SocialAccount.objects.exists()


def test_an_answer_is_good_once_and_in_one_browser(provider: Provider) -> None:
    browser, other = Client(), Client()
    address = to_provider(browser)
    answer = requests.get(address, allow_redirects=False, timeout=10)
    query = urlsplit(answer.headers["Location"]).query
    assert other.get(f"/sso/callback/?{query}").status_code == 403
    assert browser.get(f"/sso/callback/?{query}").status_code == 302
    assert browser.get(f"/sso/callback/?{query}").status_code == 403


def test_a_made_up_answer_opens_nothing(provider: Provider) -> None:
    for query in ("", "code=x", "code=x&state=y", "error=server_error&state=y", "state=%00"):
        assert Client().get(f"/sso/callback/?{query}").status_code == 403


def test_a_provider_out_of_reach_is_said_in_words(provider: Provider, settings) -> None:  # type: ignore[no-untyped-def]
    (app,) = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    app["settings"]["server_url"] = "http://127.0.0.1:9"
    answer = Client(headers={"accept-language": "zh-CN"}).post("/sso/login/")
    assert answer.status_code == 502 and "未能确认您的身份" in answer.text


@pytest.mark.usefixtures("provider")
@pytest.mark.parametrize(
    "address", ["signup", "login/cancelled", "login/error", "connections", "company/login", "password/reset", "email"]
)
def test_no_other_page_of_the_library_can_be_reached(address: str) -> None:
    for root in ("/sso/", "/accounts/", "/accounts/social/", "/"):
        assert Client().get(f"{root}{address}/").status_code == 404
