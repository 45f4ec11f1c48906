"""Markdown as HTML, its links led to the pages of the reader's company.

`[the grid](page:grid)` is a page by its URL name, `[pre-S&OP](step:pre_sop)` a step, `[grid](help:grid)` another page
of the help. Where there is no such page, only the words stay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

Leads = Callable[[str, str], str]  # (kind, name) → address; empty for none

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


def as_html(text: str, leads: Leads, title: str = "") -> SafeString:
    """The text as HTML; `title` stands above it. Raises ValueError for a link of a kind that is not known here."""
    tokens = _MARKDOWN.parse(text)
    for token in tokens:
        if token.children:
            token.children = _led(token.children, leads)
        if token.type == "th_open":
            token.attrSet("scope", "col")
        if token.type == "table_open":
            token.attrSet("class", "grid")
    html: str = _MARKDOWN.renderer.render(list(_captioned(tokens, title)), _MARKDOWN.options, {})
    return mark_safe(html)  # no HTML is let through


def _captioned(tokens: Sequence[Token], heading: str) -> Iterator[Token]:
    """The tokens; a table is called as the heading above it, for those who hear the page."""
    for place, token in enumerate(tokens):
        yield token
        if token.type == "heading_open":
            heading = tokens[place + 1].content
        if token.type == "table_open":
            yield Token("html_block", "", 0, content=f'<caption class="unseen">{escape(heading)}</caption>')


def _led(tokens: Sequence[Token], leads: Leads) -> list[Token]:
    """The tokens of a line with every link led where it leads, or left out."""
    kept, dead = [], False
    for token in tokens:
        if token.type == "link_open":
            address = _address(str(token.attrs["href"]), leads)
            token.attrs["href"], dead = address, not address
        if not (dead and token.type in ("link_open", "link_close")):
            kept.append(token)
    return kept


def _address(href: str, leads: Leads) -> str:
    kind, colon, name = href.partition(":")
    if not colon or kind not in ("page", "step", "help"):
        raise ValueError(f"{href!r} names no page, step or help page")
    return leads(kind, name)
