"""Reading a page as a careful reader would: is it whole, is everything named, is it all in their language?"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.test import Client

_VOID = {"meta", "link", "input", "br", "hr", "img", "col", "source", "wbr"}
_SILENT_INPUTS = {"hidden", "submit", "button"}
_SPOKEN = ("h1", "h2", "h3", "button", "label", "legend", "caption")  # what is ours and not the company's
_MESSAGE_ID = re.compile(
    r"\b(?:access|api|cycle|decisions|drill|exchange|family|grid|gridrules|help|home|jobs|meeting|pack|people|plans|scenarios"
    r"|shell|steps|store|why)\.[a-z_]+(?:\.[a-z_]+)*\b"
)
_CHINESE = re.compile(r"[㐀-鿿]")
_SLIPS = ("None", "nan", "{{", "{%", "undefined")
_ENGLISH = re.compile(r"[A-Za-z]*[a-z]{3,}")


@dataclass
class Element:
    """An element with all the text inside it."""

    tag: str
    attributes: dict[str, str]
    inside: tuple[str, ...]  # tags around it
    text: str = ""


@dataclass
class ReadPage(HTMLParser):
    """A page taken apart. `elements` in the order in which they begin."""

    elements: list[Element] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements, self.troubles, self._open = [], [], []
        self.feed(html)
        self.close()
        if self._open:
            self.troubles.append(f"not closed: {[element.tag for element in self._open]}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        around = tuple(element.tag for element in self._open)
        element = Element(tag, {name: value or "" for name, value in attrs}, around)
        self.elements.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1].tag != tag:
            around = [element.tag for element in self._open]
            self.troubles.append(f"</{tag}> inside {around}")
            return
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def all(self, *tags: str) -> list[Element]:
        return [element for element in self.elements if element.tag in tags]

    def first(self, tag: str) -> Element:
        return self.all(tag)[0]

    @property
    def links(self) -> list[str]:
        return [element.attributes["href"] for element in self.all("a") if "href" in element.attributes]


def troubles_of(html: str, language: str) -> list[str]:
    """What a careful reader would complain of; nothing where the page is as it should be."""
    page = ReadPage(html)
    return [*page.troubles, *_structure(page, language), *_names(page), *_tables(page), *_words(page, language)]


def read(client: Client, address: str, language: str = "en") -> ReadPage:
    """The page of this address in a language; it must be there and without fault."""
    client.cookies["sandop_language"] = language
    response = client.get(address)
    assert response.status_code == 200
    html = response.content.decode()
    assert troubles_of(html, language) == []
    return ReadPage(html)


def _structure(page: ReadPage, language: str) -> list[str]:
    found = []
    if not html_lang(page).startswith(language):
        found.append(f"the page says it is in {html_lang(page)!r}")
    if len(page.all("h1")) != 1:
        found.append(f"{len(page.all('h1'))} headings of the first order")
    if len(page.all("main")) != 1:
        found.append(f"{len(page.all('main'))} main parts")
    ids = [element.attributes["id"] for element in page.elements if "id" in element.attributes]
    found += [f"two elements are called {name}" for name in sorted({name for name in ids if ids.count(name) > 1})]
    for element in page.elements:
        inline = [name for name in element.attributes if name == "style" or name.startswith("on")]
        if inline:
            found.append(f"<{element.tag}> carries {inline}")
    found += ["a style element" for _ in page.all("style")]
    found += [
        "a script without a file" for script in page.all("script") if _runs(script) and "src" not in script.attributes
    ]
    return found


def _runs(script: Element) -> bool:
    """A script of JSON is what a chart is painted from, and never runs."""
    return script.attributes.get("type") != "application/json"


def html_lang(page: ReadPage) -> str:
    return page.first("html").attributes.get("lang", "")


def _names(page: ReadPage) -> list[str]:
    """Every field, button and link has a name."""
    labels = {element.attributes.get("for", "") for element in page.all("label")}
    ids = {element.attributes.get("id") for element in page.elements}
    found = [f"a label for {name}, which is not there" for name in labels - {""} if name not in ids]
    for element in page.all("input", "select", "textarea"):
        silent = element.attributes.get("type") in _SILENT_INPUTS
        named = "label" in element.inside or {"aria-label", "aria-labelledby"} & element.attributes.keys()
        if not (silent or named or element.attributes.get("id", "-") in labels):
            found.append(f"a field without a label: {element.attributes}")
    silent_elements = [element for element in page.all("button", "a") if not element.text.strip()]
    return found + [f"<{element.tag}> without a word: {element.attributes}" for element in silent_elements]


def _tables(page: ReadPage) -> list[str]:
    captions = sum(1 for caption in page.all("caption") if caption.text.strip())
    found = [f"{len(page.all('table'))} tables, {captions} captions"] if captions != len(page.all("table")) else []
    found += ["a heading of a table without scope" for head in page.all("th") if "scope" not in head.attributes]
    found += ["an empty heading in a table" for head in page.all("th") if not head.text.strip()]
    return found


def _words(page: ReadPage, language: str) -> list[str]:
    text = page.first("body").text
    found = [f"a message id: {name}" for name in sorted(set(_MESSAGE_ID.findall(text)))]
    found += [
        f"{word!r} in the text" for word in ("None", "nan", "{{", "{%") if re.search(rf"(?<!\w){word}(?!\w)", text)
    ]
    for element in page.all(*_SPOKEN):
        said = element.text.strip()
        if (
            language == "zh"
            and _ENGLISH.search(said)
            and not _CHINESE.search(said)
            and not _english_on_purpose(element)
        ):
            found.append(f"not in Chinese: <{element.tag}> {said!r}")
        if language == "en" and _CHINESE.search(said) and not _chinese_on_purpose(element):
            found.append(f"not in English: <{element.tag}> {said!r}")
    return found


def _english_on_purpose(element: Element) -> bool:
    return element.attributes.get("lang", "") == "en"


def _chinese_on_purpose(element: Element) -> bool:
    return element.attributes.get("lang", "").startswith("zh")
