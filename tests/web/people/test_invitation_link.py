"""The link of an invitation: good once, for three days, for whom it was made."""

import datetime as dt

import pytest
from django.test import Client
from django.utils.http import urlsafe_base64_encode
from stage import Act, Browser

from sandop_web.actions.inviting import invitation_tokens
from sandop_web.actions.people import add_member, change_member
from sandop_web.store.models import Member, User

GOOD = {"new_password1": "fresh-casting-sand-7", "new_password2": "fresh-casting-sand-7"}
GONE = 410


@pytest.fixture
def link(act: Act) -> str:
    """Nina's invitation."""
    return add_member(by=act("max"), person="nina", name="Nina", role="materials").path


def opened(browser: Client, link: str) -> str:
    """Where the link leads to: the token leaves the address at once."""
    answer = browser.get(link)
    assert answer.status_code == 302
    return str(answer["Location"])


def test_it_sets_the_password_and_lets_in(link: str) -> None:
    browser = Client()
    page = opened(browser, link)
    shown = browser.get(page, headers={"accept-language": "en"})
    assert "Welcome, nina" in shown.text and "no-store" in shown["Cache-Control"]
    assert browser.post(page, GOOD).status_code == 302
    assert browser.get("/c/small/people/").status_code == 200
    assert User.objects.get(username="nina").check_password(GOOD["new_password1"])


def test_the_token_is_not_in_the_address_of_the_form(link: str) -> None:
    token = link.rstrip("/").rpartition("/")[2]
    assert token not in opened(Client(), link)


def test_it_is_good_once(link: str) -> None:
    first, second = Client(), Client()
    early = opened(second, link)
    first.post(opened(first, link), GOOD)
    assert second.get(link).status_code == GONE
    assert second.post(early, {**GOOD, "new_password1": "other"}).status_code == GONE
    assert User.objects.get(username="nina").check_password(GOOD["new_password1"])


def test_it_is_good_for_three_days(link: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for after, status in ((dt.timedelta(days=2, hours=23), 302), (dt.timedelta(days=3, hours=1), GONE)):
        monkeypatch.setattr(invitation_tokens, "_now", lambda after=after: dt.datetime.now() + after)
        assert Client().get(link).status_code == status


def test_a_weak_password_is_refused_in_words(link: str) -> None:
    browser = Client()
    page = opened(browser, link)
    weak = {"new_password1": "12345", "new_password2": "12345"}
    told = browser.post(page, weak, headers={"accept-language": "en"})
    assert told.status_code == 200 and "Choose at least ten characters" in told.text
    assert not User.objects.get(username="nina").has_usable_password()


def test_it_lapses_when_the_place_is_closed(link: str, act: Act) -> None:
    nina = Member.objects.get(person="nina").pk
    change_member(by=act("max"), member=nina, name="Nina", role="materials", active=False, why="a mistake")
    assert Client().get(link).status_code == GONE


@pytest.mark.django_db
@pytest.mark.parametrize("uid", ["MQ", "x", "a", "%00", "é", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5"])
def test_a_made_up_link_is_no_good(uid: str) -> None:
    answer = Client().get(f"/invitation/{uid}/c0ffee-0123456789/", headers={"accept-language": "zh-CN"})
    assert answer.status_code == GONE and "邀请链接已失效" in answer.text


def test_a_link_of_nina_does_not_open_danas_account(link: str, client_of: Browser) -> None:
    token = link.rstrip("/").rpartition("/")[2]
    dana = urlsafe_base64_encode(str(User.objects.get(username="dana").pk).encode())
    assert Client().get(f"/invitation/{dana}/{token}/").status_code == GONE
