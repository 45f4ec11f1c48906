"""The page of an exported workbook that says what it is and how it comes back."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from sandop.pack import style
from sandop.pack.xlsx_format import Formats
from sandop.wording import Language, in_a_row
from sandop_web.access.grid.views import level_title
from sandop_web.queries.exchange.keys import Provenance
from sandop_web.queries.exchange.layout import BLANK, width_of
from sandop_web.queries.grid import Grid
from sandop_web.wording import say

_STEPS = ("exchange.about.tinted", "exchange.about.totals", "exchange.about.blank", "exchange.about.order")
_LINE, _WIDTH = 15, 96  # points a line, characters of the text's column
_BACK = ("exchange.about.save", "exchange.about.bring", "exchange.about.review")


def write_about(*, book: Any, formats: Formats, grid: Grid, provenance: Provenance, language: Language) -> None:
    """Write the page: what this is, whose, what may be changed, and the way back."""
    page = book.add_worksheet(say("exchange.sheet.about", language))
    page.hide_gridlines(2)
    page.set_column(0, 0, 26)
    page.set_column(1, 1, _WIDTH)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    heading = formats.of(bold=True, font_size=14)
    strong, quiet = formats.of(bold=True, valign="top"), formats.of(font_color=style.QUIET, valign="top")
    text = formats.of(text_wrap=True, valign="top")
    page.write_string(0, 0, f"{provenance.title} · {grid.title}", heading)
    row = 2
    for title, lines in _parts(grid, provenance, language):
        page.write_string(row, 0, title, strong)
        row += 1
        for name, told in lines:
            page.set_row(row, _LINE * math.ceil(width_of(told) / _WIDTH))
            page.write_string(row, 0, name, quiet)
            page.write_string(row, 1, told, text)
            row += 1
        row += 1
    page.protect("")


def _parts(grid: Grid, provenance: Provenance, language: Language) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    yield say("exchange.about.what", language), _facts(grid, provenance, language)
    yield say("exchange.about.edit", language), _numbered(_STEPS, language)
    yield say("exchange.about.back", language), _numbered(_BACK, language)
    yield (
        say("exchange.about.measures", language),
        [(one.title, _state(one.state, one.why_locked, language)) for one in grid.measures],
    )


def _facts(grid: Grid, provenance: Provenance, language: Language) -> list[tuple[str, str]]:
    wanted = provenance.asked.wanted.items()
    narrowed = in_a_row((f"{level_title(level, language)} {label}" for level, label in wanted if label), language)
    version = f"{provenance.version_title} · v{provenance.number}"
    made = f"{provenance.made_by} · {provenance.made_at:%Y-%m-%d %H:%M} UTC"
    facts = [
        ("exchange.about.version", version),
        ("exchange.about.made", made),
        ("exchange.about.periods", f"{grid.periods[0].title} – {grid.periods[-1].title}" if grid.periods else BLANK),
        ("exchange.about.levels", " › ".join(level.title for level in grid.levels)),
        ("exchange.about.narrowed", narrowed or say("exchange.about.everything", language)),
    ]
    if grid.note:
        facts.append(("exchange.about.note", grid.note))
    return [(say(message, language), told) for message, told in facts]


def _numbered(messages: tuple[str, ...], language: Language) -> list[tuple[str, str]]:
    return [(f"{number}.", say(message, language)) for number, message in enumerate(messages, 1)]


def _state(state: str, why_locked: str, language: Language) -> str:
    said = say(f"exchange.about.state.{state}", language)
    return f"{said} {why_locked}".strip() if state != "editable" else said
