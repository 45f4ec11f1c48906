"""Signing in and out."""

import cast
import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from stage import Browser

from sandop_web.store.models import Company, Member, User

pytestmark = pytest.mark.usefixtures("company")
DANA = {"username": "dana", "password": cast.PASSWORD}


def test_a_visitor_is_asked_to_sign_in_and_then_taken_where_they_wanted_to_go() -> None:
    browser = Client()
    asked = browser.get("/c/small/people/")
    assert asked["Location"] == "/sign-in/?next=/c/small/people/"
    shown = browser.get(asked["Location"])
    assert 'name="next" value="/c/small/people/"' in shown.text
    answer = browser.post("/sign-in/", {**DANA, "next": "/c/small/people/"})
    assert answer["Location"] == "/c/small/people/"
    assert browser.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize("address", ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:x"])
def test_signing_in_leads_nowhere_but_here(address: str) -> None:
    assert Client().post("/sign-in/", {**DANA, "next": address})["Location"] == "/"
    signed_in = Client()
    signed_in.post("/sign-in/", DANA)
    assert signed_in.get("/sign-in/", {"next": address})["Location"] == "/"


def test_a_wrong_password_is_refused_without_saying_who_is_known() -> None:
    for username in ("dana", "nobody"):
        answer = Client().post(
            "/sign-in/", {"username": username, "password": "x"}, headers={"accept-language": "en"}
        )
        assert answer.status_code == 200 and "The user name or the password is wrong" in answer.text


def test_a_closed_account_does_not_come_in() -> None:
    User.objects.filter(username="dana").update(is_active=False)
    assert Client().post("/sign-in/", DANA).status_code == 200


def test_the_session_gets_a_new_key_when_somebody_signs_in() -> None:
    """Whoever planted a session before learns nothing."""
    browser = Client()
    session = browser.session
    session["before"] = True
    session.save()
    planted = session.session_key
    browser.cookies["sessionid"] = planted
    browser.post("/sign-in/", DANA)
    assert browser.session.session_key != planted
    assert not Session.objects.filter(session_key=planted).exists()


def test_signing_out_ends_the_session_and_wants_a_post() -> None:
    browser = Client()
    browser.post("/sign-in/", DANA)
    assert browser.get("/sign-out/").status_code == 405
    key = browser.session.session_key
    assert browser.post("/sign-out/")["Location"] == "/sign-in/"
    assert not Session.objects.filter(session_key=key).exists()
    assert browser.get("/c/small/people/").status_code == 302


@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "Too many failed attempts"), ("zh-CN", "登录失败次数过多")]
)
def test_after_ten_wrong_passwords_signing_in_rests_even_with_the_right_one(language: str, sentence: str) -> None:
    browser = Client(headers={"accept-language": language})
    for _ in range(9):
        assert browser.post("/sign-in/", {**DANA, "password": "guess"}).status_code == 200
    assert browser.post("/sign-in/", {**DANA, "password": "guess"}).status_code == 429
    answer = browser.post("/sign-in/", DANA)
    assert answer.status_code == 429 and sentence in answer.text and "15" in answer.text


def test_a_lock_is_for_one_name_from_one_place() -> None:
    guesser = Client(REMOTE_ADDR="192.0.2.7")
    for _ in range(10):
        guesser.post("/sign-in/", {**DANA, "password": "guess"})
    assert Client(REMOTE_ADDR="192.0.2.8").post("/sign-in/", DANA).status_code == 302
    assert guesser.post("/sign-in/", {**DANA, "username": "sam"}).status_code == 302


def test_behind_a_proxy_the_place_is_what_the_proxy_saw(settings) -> None:  # type: ignore[no-untyped-def]
    settings.BEHIND_PROXY = True
    for guess in range(10):
        made_up = f"203.0.113.{guess}, 192.0.2.7"
        Client(headers={"x-forwarded-for": made_up}).post("/sign-in/", {**DANA, "password": "guess"})
    assert Client(headers={"x-forwarded-for": "192.0.2.7"}).post("/sign-in/", DANA).status_code == 429
    assert Client(headers={"x-forwarded-for": "192.0.2.8"}).post("/sign-in/", DANA).status_code == 302
    assert Client(headers={"x-forwarded-for": "nowhere"}).post("/sign-in/", DANA).status_code == 302


def test_who_has_one_company_goes_straight_to_it(client_of: Browser) -> None:
    assert client_of("dana").get("/")["Location"] == "/c/small/"


def test_who_has_two_chooses(client_of: Browser, company: Company) -> None:
    second = Company.objects.create(slug="second", name="Second", currency="CNY", made_at=company.made_at)
    Member.objects.create(
        company=second, user=User.objects.get(username="dana"), person="dana", name="Dana", role="viewer"
    )
    shown = client_of("dana").get("/").text
    assert 'href="/c/small/"' in shown and 'href="/c/second/"' in shown
    Member.objects.filter(company=second).update(active=False)
    assert client_of("dana").get("/")["Location"] == "/c/small/"


def test_who_has_none_is_told_whom_to_ask(client_of: Browser) -> None:
    shown = client_of("olga").get("/", headers={"accept-language": "en"})
    assert shown.status_code == 200 and "your user name is olga" in shown.text


def test_a_founder_may_open_a_company(client_of: Browser) -> None:
    User.objects.filter(username="olga").update(is_staff=True)
    assert "/new-company/" in client_of("olga").get("/").text
