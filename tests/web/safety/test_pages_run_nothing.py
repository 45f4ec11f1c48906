"""No page brings a script or a style of its own, and every page tells the browser to run nobody else's.

The planning grid's library writes styles: they pass by a nonce, a word that changes with every answer, on its page
alone.
"""

from __future__ import annotations

import re

import pytest
from django.http import HttpResponse
from django.test import Client
from stage import Browser
from walking import COMPANY, Page, doors, is_page, walk

from sandop_web.store.models import Version

POLICY = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}


def every_page(eve: Client, language: str) -> dict[str, HttpResponse]:
    """All pages that Eve and a visitor can reach, and the pages that say no."""
    starts = [door.address for door in doors() if "<" not in door.route.replace("<slug:company>", "")]
    visitor = Client(headers={"accept-language": language})
    eve.cookies["sandop_language"] = language[:2]
    return {
        **walk(eve, *starts, f"/c/{COMPANY}/people/0/", "/c/nowhere/", "/nowhere/"),
        "visitor": visitor.get("/sign-in/"),
        "invitation": visitor.get("/invitation/x/y/"),
        "wrong": visitor.post("/sign-in/", {"username": "x"}),
        "refused": eve.post(f"/c/{COMPANY}/people/add/"),
        "token": eve.post(f"/c/{COMPANY}/tokens/make/", {"name": language, "scope": "read", "days": "1"}),
    }


def policy_of(answer: HttpResponse) -> dict[str, str]:
    """What the page lets in: directive → sources; the grid's nonce is checked and left out."""
    parts = (part.partition(" ") for part in answer["Content-Security-Policy"].split("; "))
    policy = {name: sources for name, _, sources in parts}
    if "/grid/" in answer.request["PATH_INFO"]:
        own, _, nonce = policy["style-src"].partition(" ")
        assert re.fullmatch(r"'nonce-[\w+/=-]{16,}'", nonce), policy["style-src"]
        policy["style-src"] = own
    return policy


@pytest.mark.usefixtures("cycle")
def test_the_grids_nonce_is_another_one_each_time(client_of: Browser, version: Version) -> None:
    eve = client_of("eve")
    first, second = (eve.get(f"/c/{COMPANY}/plan/{version.pk}/grid/")["Content-Security-Policy"] for _ in range(2))
    assert "nonce-" in first and first != second


@pytest.mark.usefixtures("cycle")
@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_every_page_is_plain_and_says_so(client_of: Browser, language: str) -> None:
    pages = every_page(client_of("eve"), language)
    shown = {address: answer for address, answer in pages.items() if is_page(answer)}
    assert len(shown) > 15
    for address, answer in shown.items():
        assert policy_of(answer) == POLICY, address
        assert answer.headers.get("X-Frame-Options") == "DENY", address
        assert answer["X-Content-Type-Options"] == "nosniff", address
        assert answer["Referrer-Policy"] == "same-origin", address
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin", address
        page = Page(address, answer.text)
        assert page.unsafe == [], address
        bare = [form.action for form in page.forms if form.method == "post" and not form.has_token]
        assert bare == [], address


@pytest.mark.usefixtures("cycle")
def test_no_link_leads_to_nothing(client_of: Browser) -> None:
    dead = [
        address
        for address, answer in walk(client_of("eve"), f"/c/{COMPANY}/").items()
        if answer.status_code not in (200, 302)
    ]
    assert dead == []


def test_what_a_stranger_writes_is_shown_as_text(client_of: Browser) -> None:
    evil = "<script>alert(1)</script>"
    for address, form in (
        ("/sign-in/", {"username": evil, "next": f"/{evil}"}),
        ("/language/", {"language": evil}),
    ):
        assert evil not in client_of("").post(address, form).text
    assert evil not in client_of("eve").get(f"/c/{COMPANY}/deeds/", {"person": evil, "action": evil}).text
    assert evil not in client_of("eve").get(f"/c/{evil}/").text
