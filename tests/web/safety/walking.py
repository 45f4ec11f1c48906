"""Every address of the workbench, found from its URL patterns; and a walk along the links of its pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, URLPattern, get_resolver, resolve

COMPANY = "small"
# Pages that somebody signed out may reach: each is here on purpose.
OPEN_TO_VISITORS = {
    "sign-in",
    "sign-out",
    "language",
    "invitation",
    "single-sign-on",
    "openid_connect_callback",
    "health",
}
_SAMPLES = {"step": "demand_review", "measure": "sales_forecast", "table": "items", "company": COMPANY}
_BY_CONVERTER = {
    "IntConverter": "1",
    "SlugConverter": "x",
    "StringConverter": "x",
    "PathConverter": "x",
    "UUIDConverter": "00000000-0000-4000-8000-000000000000",
}
_ALIKE = 3  # pages of one pattern that a walk looks at


@dataclass(frozen=True)
class Door:
    """One URL pattern, with an address that fits it."""

    name: str
    route: str
    address: str

    @property
    def in_company(self) -> bool:
        return self.route.startswith("c/")

    @property
    def for_visitors(self) -> bool:
        return self.name in OPEN_TO_VISITORS


def doors() -> tuple[Door, ...]:
    """Every page of the workbench; the API has its own list."""
    found = [_door(route, patterns) for route, patterns in _patterns(get_resolver(), "", ())]
    return tuple(door for door in found if not door.route.startswith(("api/", "static/")))


def _patterns(resolver: object, route: str, above: tuple[object, ...]) -> Iterator[tuple[str, tuple[object, ...]]]:
    for pattern in resolver.url_patterns:  # type: ignore[attr-defined]
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield here, (*above, pattern)
        else:
            yield from _patterns(pattern, here, (*above, pattern))


def _door(route: str, patterns: tuple[object, ...]) -> Door:
    address = "/" + route
    for pattern in patterns:
        for name, converter in pattern.pattern.converters.items():  # type: ignore[attr-defined]
            kind = type(converter).__name__
            sample = _SAMPLES.get(name, _BY_CONVERTER.get(kind, "1"))
            address = re.sub(rf"<(\w+:)?{name}>", sample, address)
    assert "<" not in address, f"{route}: say in walking.py what to put there"
    return Door(patterns[-1].name or "", route, address)  # type: ignore[attr-defined]


@dataclass
class Form:
    """A form of a page, with its fields as the page fills them; what must be filled and is not gets a guess."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    has_token: bool = False
    guessed: bool = False


class Page(HTMLParser):
    """What a test wants to know of a page: its links, forms, and whatever a strict policy would not run."""

    def __init__(self, address: str, text: str) -> None:
        super().__init__()
        self.address = address
        self.links: list[str] = []
        self.forms: list[Form] = []
        self.unsafe: list[str] = []
        self._form: Form | None = None
        self._select = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._look_for_trouble(tag, given)
        if tag == "a" and "href" in given:
            self.links.append(urljoin(self.address, given["href"]))
        elif tag == "form":
            action = urljoin(self.address, given.get("action", ""))
            self._form = Form(action, given.get("method", "get").lower())
            self.forms.append(self._form)
        elif self._form is not None:
            self._fill(tag, given, self._form)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""

    def _fill(self, tag: str, given: dict[str, str], form: Form) -> None:
        name = given.get("name", "")
        if name == "csrfmiddlewaretoken":
            form.has_token = True
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and (given.get("value") or "selected" in given):
            if "selected" in given or self._select not in form.fields:
                form.fields[self._select] = given.get("value", "")
        elif tag in ("input", "textarea", "button") and name:
            samples = {"number": "1", "date": "2026-01-21", "month": "2026-01", "url": "https://hook.example/"}
            guess = samples.get(given.get("type", ""), "x") if "required" in given else ""
            form.guessed |= bool(guess) and not given.get("value")
            form.fields.setdefault(name, given.get("value") or guess)

    def _look_for_trouble(self, tag: str, given: dict[str, str]) -> None:
        runs = tag == "script" and "src" not in given and given.get("type") != "application/json"
        if tag in ("style", "base", "iframe", "object", "embed") or runs:
            self.unsafe.append(f"<{tag}>")
        for name, value in given.items():
            if name == "style" or name.startswith("on") or value.strip().lower().startswith("javascript:"):
                self.unsafe.append(f"<{tag} {name}={value!r}>")
            elsewhere = urlsplit(value).netloc and tag in ("script", "link", "img", "form")
            if name in ("src", "href", "action") and elsewhere:
                self.unsafe.append(f"<{tag} {name}={value!r}>")


def walk(browser: Client, *starts: str) -> dict[str, HttpResponse]:
    """All pages that links lead to from `starts`, of each pattern a few."""
    seen: dict[str, HttpResponse] = {}
    alike: Counter[str] = Counter()
    waiting = list(starts)
    while waiting:
        address = waiting.pop(0)
        if address in seen:
            continue
        answer = seen[address] = browser.get(address)
        if answer.status_code in (301, 302, 303):
            waiting.append(urljoin(address, answer["Location"]))
        if not is_page(answer):
            continue
        for link in Page(address, answer.text).links:
            pattern = _pattern_of(link)
            if pattern and link not in seen and link not in waiting and alike[pattern] < _ALIKE:
                alike[pattern] += 1
                waiting.append(link)
    return seen


def is_page(answer: HttpResponse) -> bool:
    """True for a page of ours, False for a file or a redirect."""
    return answer.status_code != 302 and answer.headers.get("Content-Type", "").startswith("text/html")


def _pattern_of(link: str) -> str:
    """The pattern that answers a link; empty for a link elsewhere or within the page."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc or parts.fragment or parts.path.startswith("/static/"):
        return ""
    try:
        return resolve(parts.path).route
    except Resolver404:
        return "nothing there"
