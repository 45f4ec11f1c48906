"""Somebody of the cast at their browser: reads pages, fills in the forms that stand on them, and is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.test import Client

COMPANY = "/c/small/"


@dataclass
class Form:
    """A form as it stands on a page. fields: name → what it holds; buttons: what pressing each adds."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[dict[str, str]] = field(default_factory=list)

    def filled(self, typed: Mapping[str, Any], button: str) -> dict[str, Any]:
        """What the browser sends after this was typed and the button of that value pressed; the first one unless
        named. Nobody can type into a field that is not there, nor choose what is not offered."""
        for name, value in typed.items():
            assert name in self.fields, (self.action, name, sorted(self.fields))
            assert name not in self.choices or value in self.choices[name], (name, value, self.choices[name])
        pressed = [one for one in self.buttons if not button or button in one.values()]
        assert pressed, (self.action, button, self.buttons)
        return {**self.fields, **typed, **pressed[0]}


class _Forms(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self._inside, self._select, self._area = False, "", ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = True
            self.forms.append(Form(given.get("action", "")))
        elif self._inside:
            self._part(self.forms[-1], tag, given)

    def _part(self, form: Form, tag: str, given: dict[str, str]) -> None:
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "input" and given.get("type") in ("radio", "checkbox"):
            form.choices.setdefault(name, []).append(value)
            form.fields.setdefault(name, "")
        elif tag in ("input", "textarea") and name:
            form.fields[name] = value
            self._area = name if tag == "textarea" else ""
        elif tag == "select":
            self._select, form.choices[name] = name, []
        elif tag == "option" and self._select:
            form.choices[self._select].append(value)
            if "selected" in given or self._select not in form.fields:
                form.fields[self._select] = value
        elif tag == "button":
            form.buttons.append({name: value} if name else {})

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[-1].fields[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""


def words_of(answer: HttpResponse) -> str:
    """All words of a page, one space apart."""
    html = answer.content.decode()
    return " ".join(re.sub(r"<[^>]*>", " ", html[html.index("<main") :]).split())


@dataclass
class AtTheBrowser:
    """Somebody signed in. Pages are named by their address below the company's."""

    client: Client

    def reads(self, page: str) -> str:
        """The words of a page."""
        answer = self.client.get(self._address(page))
        assert answer.status_code == 200, (page, answer.status_code, words_of(answer)[:300])
        return words_of(answer)

    def forms(self, page: str, deed: str, **holding: str) -> list[Form]:
        """The forms of a page whose action ends like this and that hold these values."""
        answer = self.client.get(self._address(page))
        assert answer.status_code == 200, (page, answer.status_code)
        found = [form for form in _Forms(answer.content.decode()).forms if form.action.endswith(deed)]
        return [form for form in found if holding.items() <= form.fields.items()]

    def does(self, page: str, deed: str, button: str = "", on: Mapping[str, str] | None = None, **typed: Any) -> str:
        """Fills in the form of the page and sends it; the words of the page that follows. `on` chooses among several
        forms of the same action by what they hold."""
        answer = self._sent(page, deed, button, on, typed)
        assert answer.status_code in (302, 303), (deed, answer.status_code, words_of(answer)[:400])
        return self.reads(answer["Location"])

    def is_refused(self, page: str, deed: str, on: Mapping[str, str] | None = None, **typed: Any) -> str:
        """Sends the form and is told why that cannot be; the words of that page."""
        answer = self._sent(page, deed, "", on, typed)
        assert answer.status_code in (400, 403, 409), (deed, answer.status_code)
        return words_of(answer)

    def tries(self, page: str, deed: str, on: Mapping[str, str]) -> bool:
        """Sends the form as it stands; False where it was refused."""
        return self._sent(page, deed, "", on, {}).status_code in (302, 303)

    def _sent(
        self, page: str, deed: str, button: str, on: Mapping[str, str] | None, typed: Mapping[str, Any]
    ) -> HttpResponse:
        found = self.forms(page, deed, **(on or {}))
        assert found, f"no form {deed} on {page}"
        answer: HttpResponse = self.client.post(found[0].action, found[0].filled(typed, button))
        return answer

    def _address(self, page: str) -> str:
        return page if page.startswith("/") else COMPANY + page
