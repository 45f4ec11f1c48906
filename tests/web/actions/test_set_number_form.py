"""Choosing how large amounts are said: in millions, or in Chinese in 万 and 亿."""

import pytest
from django.test import Client
from stage import NOW, Act, Browser

from sandop_web.access import NotUnderstood, TokenReadsOnly, actor_of, guest_of
from sandop_web.actions.account import set_number_form
from sandop_web.queries.steps import content_of_step, page_of_step
from sandop_web.store.models import User


@pytest.mark.parametrize("person", ["eve", "vic", "sally"])
def test_everybody_chooses_for_themselves(act: Act, person: str) -> None:
    set_number_form(by=act(person), large_numbers="wan")
    assert act(person).large_numbers == "wan"
    assert not User.objects.exclude(username=person).exclude(large_numbers="").exists()
    set_number_form(by=act(person), large_numbers="million")
    assert act(person).large_numbers == "million"


def test_somebody_without_a_company_chooses_too(client_of: Browser) -> None:
    olga = User.objects.get(username="olga")
    set_number_form(by=guest_of(user=olga, at=NOW), large_numbers="wan")
    olga.refresh_from_db()
    assert olga.large_numbers == "wan"


def test_another_form_is_refused(act: Act) -> None:
    with pytest.raises(NotUnderstood):
        set_number_form(by=act("eve"), large_numbers="lakh")
    with pytest.raises(TokenReadsOnly):
        set_number_form(by=act("eve", read_only=True), large_numbers="wan")


@pytest.mark.usefixtures("version")
def test_in_chinese_pages_speak_of_wan_and_in_english_of_millions(company, client_of: Browser) -> None:
    eve = User.objects.get(username="eve")
    before = actor_of(user=eve, company="small", at=NOW, language="zh")
    User.objects.filter(pk=eve.pk).update(large_numbers="wan")
    eve.refresh_from_db()
    after = actor_of(user=eve, company="small", at=NOW, language="zh")
    names = [content_of_step(by=by, step="business_review") for by in (before, after)]
    assert len(set(names)) == 2
    said = [repr(page_of_step(by=by, step="business_review")) for by in (before, after)]
    assert "万元" not in said[0]
    assert "万元" in said[1]
    english = repr(page_of_step(by=actor_of(user=eve, company="small", at=NOW), step="business_review"))
    assert "万" not in english


def test_it_is_chosen_under_ones_name_and_goes_with_them(client_of: Browser) -> None:
    client = client_of("dana")
    answer = client.post("/number-form/", {"large_numbers": "wan", "next": "/c/small/people/"})
    assert answer["Location"] == "/c/small/people/"
    assert User.objects.get(username="dana").large_numbers == "wan"
    assert client.post("/number-form/", {"large_numbers": "lakh"}).status_code == 400


@pytest.mark.django_db
def test_it_is_a_choice_of_somebody_signed_in_and_no_page() -> None:
    assert Client().get("/number-form/").status_code == 405
    answer = Client().post("/number-form/", {"large_numbers": "wan"})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/")
