"""Choosing a password: by an invitation, or in place of the old one."""

import cast
import pytest
from stage import NOW, Act, Browser

from sandop_web.access import TokenReadsOnly, guest_of
from sandop_web.actions.account import PasswordTooWeak, choose_password
from sandop_web.store.models import Deed, User

GOOD = "fresh-casting-sand-7"


def test_everybody_chooses_their_own(act: Act) -> None:
    choose_password(by=act("vic"), password=GOOD)
    assert User.objects.get(username="vic").check_password(GOOD)
    assert User.objects.get(username="dana").check_password(cast.PASSWORD)


def test_the_record_says_that_it_was_done_and_never_what_was_chosen(act: Act) -> None:
    choose_password(by=guest_of(user=User.objects.get(username="olga"), at=NOW), password=GOOD)
    deed = Deed.objects.get(action="choose_password")
    assert (deed.person, deed.role, deed.arguments) == ("olga", "guest", {})


@pytest.mark.parametrize("weak", ["short", "1234567890", "password123", "dana@small.example"])
def test_what_is_easily_guessed_is_refused(act: Act, weak: str) -> None:
    with pytest.raises(PasswordTooWeak) as refused:
        choose_password(by=act("dana"), password=weak)
    assert weak not in str(refused.value)


def test_a_token_that_reads_changes_none(act: Act) -> None:
    with pytest.raises(TokenReadsOnly):
        choose_password(by=act("dana", read_only=True), password=GOOD)


def test_the_page_wants_the_old_one_and_ends_the_other_sessions(client_of: Browser) -> None:
    here, elsewhere = client_of("dana"), client_of("dana")
    form = {"old_password": "wrong", "new_password1": GOOD, "new_password2": GOOD}
    refused = here.post("/password/", form, headers={"accept-language": "en"})
    assert refused.status_code == 200 and "The current password is not right" in refused.text
    assert here.post("/password/", {**form, "old_password": cast.PASSWORD}).status_code == 302
    assert here.get("/c/small/people/").status_code == 200
    assert elsewhere.get("/c/small/people/").status_code == 302


def test_the_page_says_what_is_wrong_in_the_readers_language(client_of: Browser) -> None:
    browser = client_of("dana")
    form = {"old_password": cast.PASSWORD, "new_password1": "12345", "new_password2": "54321"}
    assert "两次输入的密码不一致" in browser.post("/password/", form, headers={"accept-language": "zh-CN"}).text
    form["new_password2"] = "12345"
    told = browser.post("/password/", form, headers={"accept-language": "zh-CN"}).text
    assert "密码至少十个字符" in told and "密码不能全为数字" in told


def test_a_visitor_has_none_to_change(client_of: Browser) -> None:
    assert client_of("").get("/password/")["Location"].startswith("/sign-in/")
    assert client_of("").post("/password/", {}).status_code == 302
