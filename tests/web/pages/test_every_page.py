"""Every page that can be reached by clicking is whole, named, and in the reader's language."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator
from urllib.parse import urldefrag, urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, resolve
from html_reading import ReadPage, troubles_of

Browser = Callable[[str], Client]
MOST_OF_A_KIND = 3  # pages of one address pattern that are opened: the others are made by the same view
EXPECTED = {
    "eve": {"work", "cycle", "step", "plans", "plan", "sheet", "report", "decisions", "actions", "notices", "jobs"},
    "vic": {"work", "cycle", "step", "plans", "plan", "report", "decisions", "actions", "notices"},
    "sally": {"work", "cycle", "step", "plans", "plan", "sheet", "report", "decisions", "actions", "notices"},
}


def walked(client: Client, start: str) -> Iterator[tuple[str, str, str]]:
    """Address, URL name and HTML of every page that clicking leads to from `start`; files are not opened."""
    waiting, seen, opened = deque([start]), {start}, Counter[str]()
    while waiting:
        address = waiting.popleft()
        name = name_of(address)
        if name is None or opened[name] >= MOST_OF_A_KIND:
            continue
        opened[name] += 1
        response = client.get(address)
        assert response.status_code in (200, 302, 303), f"{address} answers {response.status_code}"
        if response.status_code != 200 or not response.headers["Content-Type"].startswith("text/html"):
            continue
        html = response.content.decode()
        yield address, name, html
        for link in ReadPage(html).links:
            found = inside(address, link)
            if found and found not in seen:
                seen.add(found)
                waiting.append(found)


def inside(address: str, link: str) -> str:
    """The address that a link of a page leads to; empty outside this workbench."""
    target = urldefrag(link).url
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or not target:
        return ""
    return target if target.startswith("/") else urlsplit(address).path + target


def name_of(address: str) -> str | None:
    """The URL name of an address, with the step for steps: each step is a page of its own. None for what is no
    page."""
    try:
        match = resolve(urlsplit(address).path)
    except Resolver404:
        return None
    return f"{match.url_name} {match.kwargs['step']}" if match.url_name == "step" else match.url_name


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("person", ["eve", "sally", "vic"])
@pytest.mark.usefixtures("cycle")
def test_every_page_one_can_click_to_is_without_fault(client_of: Browser, person: str, language: str) -> None:
    client = client_of(person)
    client.cookies["sandop_language"] = language
    faults: dict[str, list[str]] = {}
    visited: set[str] = set()
    for address, name, html in walked(client, "/c/small/"):
        visited.add(name.split(" ")[0])
        if found := troubles_of(html, language):
            faults[address] = found
    assert faults == {}
    assert EXPECTED[person] <= visited


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/sign-in/", "/invitation/x/y/"])
def test_pages_before_signing_in_are_without_fault(address: str, language: str) -> None:
    client = Client()
    client.cookies["sandop_language"] = language
    response = client.get(address)
    assert troubles_of(response.content.decode(), language) == []


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.usefixtures("company")
def test_the_companies_one_belongs_to(client_of: Browser, language: str) -> None:
    client = client_of("olga")
    client.cookies["sandop_language"] = language
    assert troubles_of(client.get("/").content.decode(), language) == []
