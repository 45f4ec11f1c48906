"""Choosing the language of the pages."""

import pytest
from django.test import Client
from stage import NOW, Act, Browser

from sandop_web.access import NotUnderstood, TokenReadsOnly, guest_of
from sandop_web.actions.account import set_language
from sandop_web.store.models import User


@pytest.mark.parametrize("person", ["eve", "vic"])
def test_everybody_chooses_for_themselves(act: Act, person: str) -> None:
    set_language(by=act(person), language="zh")
    assert User.objects.get(username=person).language == "zh"
    assert not User.objects.exclude(username=person).exclude(language="").exists()


def test_somebody_without_a_company_chooses_too(client_of: Browser) -> None:
    olga = User.objects.get(username="olga")
    set_language(by=guest_of(user=olga, at=NOW), language="zh")
    assert "您尚未加入任何公司" in client_of("olga").get("/", headers={"accept-language": "en"}).text


def test_another_language_is_refused(act: Act) -> None:
    with pytest.raises(NotUnderstood):
        set_language(by=act("eve"), language="fr")
    with pytest.raises(TokenReadsOnly):
        set_language(by=act("eve", read_only=True), language="zh")


@pytest.mark.django_db
def test_a_visitors_choice_stays_in_the_browser() -> None:
    visitor = Client()
    assert "<h1>Sign in</h1>" in visitor.get("/sign-in/", headers={"accept-language": "en"}).text
    answer = visitor.post("/language/", {"language": "zh", "next": "/sign-in/"})
    assert answer["Location"] == "/sign-in/"
    cookie = answer.cookies["sandop_language"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
    assert "<h1>登录</h1>" in visitor.get("/sign-in/", headers={"accept-language": "en"}).text


def test_a_members_choice_goes_with_them(client_of: Browser) -> None:
    client_of("dana").post("/language/", {"language": "zh"})
    elsewhere = client_of("dana").get("/c/small/people/", headers={"accept-language": "en"})
    assert elsewhere["Content-Language"] == "zh"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_the_choice_leads_back_to_our_own_pages_only(address: str) -> None:
    answer = Client().post("/language/", {"language": "en", "next": address})
    assert answer["Location"] == "/"


@pytest.mark.django_db
def test_it_is_a_choice_and_no_page() -> None:
    assert Client().get("/language/").status_code == 405
    assert Client().post("/language/", {"language": "fr"}).status_code == 400


def test_it_can_be_chosen_on_a_page_that_answers_a_form(client_of: Browser) -> None:
    """Such a page cannot be asked for again: the choice leads to the first page instead."""
    answer = client_of("max").post("/c/small/people/add/", {"person": ""})
    assert answer.status_code == 400 and 'name="next" value="/"' in answer.text
