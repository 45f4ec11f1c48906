"""Whatever goes wrong, a page says what happened and what to do, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import SuspiciousOperation
from django.test import Client, RequestFactory
from html_reading import ReadPage, troubles_of

from sandop_web.screens import trouble

Browser = Callable[[str], Client]
SAID = {
    400: {"en": "cannot be understood", "zh": "无法识别"},
    403: {"en": "no longer valid", "zh": "已失效"},
    404: {"en": "There is nothing here for you", "zh": "没有您可查看的内容"},
    405: {"en": "does not answer to that kind of request", "zh": "不支持此类请求"},
    500: {"en": "Something went wrong on our side", "zh": "系统出现故障"},
}


def page(content: bytes, language: str) -> ReadPage:
    html = content.decode()
    assert troubles_of(html, language) == []
    return ReadPage(html)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_address_that_leads_nowhere(client_of: Browser, language: str) -> None:
    client = client_of("eve")
    client.cookies["sandop_language"] = language
    response = client.get("/nowhere/at/all/")
    assert response.status_code == 404
    assert SAID[404][language] in page(response.content, language).first("h1").text


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.usefixtures("version")
def test_a_deed_asked_of_a_page_that_only_reads(client_of: Browser, language: str) -> None:
    client = client_of("eve")
    client.cookies["sandop_language"] = language
    response = client.post("/c/small/step/demand_review/")
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
    assert SAID[405][language] in page(response.content, language).first("h1").text


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.usefixtures("company")
def test_a_form_without_its_key_changes_nothing(language: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies["sandop_language"] = language
    response = client.post("/sign-in/", {"username": "eve", "password": "whatever"})
    assert response.status_code == 403
    assert SAID[403][language] in page(response.content, language).first("h1").text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_request_that_cannot_be_meant(rf: RequestFactory, language: str) -> None:
    request = rf.get("/")
    request.language = language  # type: ignore[attr-defined]
    response = trouble.bad_request(request, SuspiciousOperation("odd"))
    assert response.status_code == 400
    assert SAID[400][language] in page(response.content, language).first("h1").text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_our_own_fault_is_told_without_asking_the_database(rf: RequestFactory, language: str) -> None:
    """Without the fixture of a database, any read of it would fail here."""
    request = rf.get("/")
    request.language = language  # type: ignore[attr-defined]
    response = trouble.server_error(request)
    assert response.status_code == 500
    assert SAID[500][language] in page(response.content, language).first("h1").text


@pytest.mark.usefixtures("version")
def test_a_refusal_names_the_rule_and_leads_back(client_of: Browser) -> None:
    response = client_of("eve").get("/c/small/step/lunch/", headers={"referer": "http://testserver/c/small/"})
    assert response.status_code == 404
    assert "http://testserver/c/small/" in page(response.content, "en").links


@pytest.mark.usefixtures("version")
def test_a_refusal_never_leads_to_another_site(client_of: Browser) -> None:
    response = client_of("eve").get("/c/small/step/lunch/", headers={"referer": "https://evil.example/"})
    assert "evil.example" not in response.content.decode()


def test_whose_session_ended_signs_in_and_is_back_where_the_form_stood(client_of: Browser) -> None:
    """The deed itself answers to forms alone: leading there would end in another refusal."""
    came_from = "http://testserver/c/small/plan/1/sheet/price/?page=2"
    answer = client_of("").post("/c/small/plan/1/sheet/price/edit/", {}, headers={"referer": came_from})
    assert answer["Location"] == "/sign-in/?next=/c/small/plan/1/sheet/price/%3Fpage%3D2"
    assert client_of("").post("/c/small/plan/1/sheet/price/edit/", {})["Location"] == "/sign-in/?next=/"
