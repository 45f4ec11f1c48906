"""Making a token for a program."""

import datetime as dt
import hashlib
import re

import pytest
from stage import NOW, Act, Browser

from sandop_web.access import NothingThere, NotUnderstood, TokenReadsOnly
from sandop_web.actions.tokens import TokenNameTaken, TooManyTokens, make_token
from sandop_web.store.models import Deed, Token


def test_the_key_is_given_once_and_only_its_digest_is_kept(act: Act) -> None:
    key = make_token(by=act("dana"), name="notebook", scope="read", days=30)
    token = Token.objects.get()
    assert key.startswith("sop_") and len(key) >= 44
    assert token.digest == hashlib.sha256(key.encode()).hexdigest()
    assert (token.member.person, token.scope, token.expires_at) == ("dana", "read", NOW + dt.timedelta(days=30))
    assert key not in str(Deed.objects.get(action="make_token").arguments)


def test_two_keys_are_never_alike(act: Act) -> None:
    keys = {make_token(by=act("dana"), name=name, scope="read", days=1) for name in ("one", "two", "three")}
    assert len(keys) == 3


def test_even_a_viewer_may_have_a_calendar_feed(act: Act) -> None:
    assert make_token(by=act("vic"), name="phone", scope="calendar", days=366)


def test_an_outsider_makes_none(act: Act) -> None:
    with pytest.raises(NothingThere):
        make_token(by=act("olga"), name="notebook", scope="read", days=1)


def test_a_token_that_reads_makes_no_token(act: Act) -> None:
    with pytest.raises(TokenReadsOnly):
        make_token(by=act("dana", read_only=True), name="notebook", scope="write", days=1)


@pytest.mark.parametrize(
    "wrong", [{"name": " "}, {"name": "n" * 101}, {"scope": "everything"}, {"days": 0}, {"days": 367}, {"days": -1}]
)
def test_what_cannot_be_meant_is_refused(act: Act, wrong: dict[str, object]) -> None:
    with pytest.raises(NotUnderstood):
        make_token(by=act("dana"), **{"name": "notebook", "scope": "read", "days": 30, **wrong})


def test_a_live_token_keeps_its_name_to_itself(act: Act) -> None:
    make_token(by=act("dana"), name="notebook", scope="read", days=1)
    with pytest.raises(TokenNameTaken):
        make_token(by=act("dana"), name="notebook", scope="write", days=1)
    make_token(by=act("sam"), name="notebook", scope="read", days=1)
    make_token(by=act("dana", at=NOW + dt.timedelta(days=2)), name="notebook", scope="read", days=1)


def test_there_is_an_end_to_them(act: Act) -> None:
    for number in range(20):
        make_token(by=act("dana"), name=f"program {number}", scope="read", days=1)
    with pytest.raises(TooManyTokens):
        make_token(by=act("dana"), name="one more", scope="read", days=1)


def test_the_page_shows_the_key_once_and_keeps_others_out(client_of: Browser) -> None:
    address, form = "/c/small/tokens/make/", {"name": "notebook", "scope": "read", "days": "90"}
    assert client_of("").post(address, form).status_code == 302
    assert client_of("olga").post(address, form).status_code == 404
    assert client_of("dana").get(address).status_code == 405
    assert client_of("dana").post(address, {**form, "days": "many"}).status_code == 400
    browser = client_of("dana")
    made = browser.post(address, form)
    (key,) = re.findall(r'value="(sop_[\w-]{43})"', made.text)
    assert "no-store" in made["Cache-Control"]
    listed = browser.get("/c/small/tokens/")
    assert "notebook" in listed.text and key not in listed.text
