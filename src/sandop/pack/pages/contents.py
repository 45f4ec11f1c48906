"""The contents: the conclusion of every page, one below the other, is the story of the month."""

from __future__ import annotations

from collections.abc import Sequence

from sandop.pack.page import Cell, Column, Page, Row, Table
from sandop.pack.reader import Reader


def page(reader: Reader, pages: Sequence[Page]) -> Page:
    """A link and a conclusion for each page."""
    columns = (
        Column(reader.say("head.page"), "symbol", width=8),
        Column(reader.say("head.sheet"), width=26),
        Column(reader.say("head.conclusion"), width=110, wrap=True),
    )
    lines = tuple(
        Row((str(place), Cell(shown.tab, link=shown.id), shown.title)) for place, shown in enumerate(pages, start=1)
    )
    return Page(
        "contents",
        reader.say("tab.contents"),
        reader.say("contents.title"),
        reader.say("contents.scope"),
        (Table(columns, lines),),
    )
