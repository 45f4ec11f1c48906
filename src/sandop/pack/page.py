"""What the meeting reads, as values: pages of sentences, tables and charts.

Nothing here knows Excel. A writer (XLSX today) turns pages into a file; the words are already in the reader's
language, the numbers are still numbers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

# How a number is shown. A trailing + shows the sign of a difference.
Form = Literal[
    "text",
    "symbol",
    "whole",
    "whole+",
    "thousand",
    "thousand+",
    "million",
    "million+",
    "wan",
    "wan+",
    "wan_tenth",
    "wan_tenth+",
    "tenth",
    "tenth+",
    "decimal",
    "decimal+",
    "percent",
    "share",
    "share+",
    "date",
]
# Why a cell looks different: never the only carrier of a meaning.
Tone = Literal["plain", "quiet", "strong", "total", "section", "good", "watch", "bad", "link"]
Value: TypeAlias = str | float | int | dt.date | None


@dataclass(frozen=True)
class Place:
    """Where a number stands in the plan, so that a reader can ask why it is so.

    measure the measure it is; or the name of a figure computed from several, see `pack.places`
    at      (level, label) pairs that choose the rows it sums, such as (("family", "DOM"),); empty is all of them
    period  month or week, or the first and last month of a span ("2026-01..2026-12"); empty is the whole horizon
    """

    measure: str
    at: tuple[tuple[str, str], ...] = ()
    period: str = ""


@dataclass(frozen=True)
class Cell:
    """One cell; `form` and `tone` replace those of its column and row. `link` is the id of another page or,
    with a question mark before it, what narrows this one; `place` is where its number stands."""

    value: Value
    form: Form | None = None
    tone: Tone | None = None
    link: str = ""
    place: Place | None = None


def placed(values: Iterable[Value], place: Place | None, periods: Iterable[str]) -> list[Cell]:
    """A number each period as cells that can be asked for: each stands at `place` in its period, nowhere without."""
    return [
        Cell(value, place=replace(place, period=period) if place else None)
        for value, period in zip(values, periods, strict=True)
    ]


@dataclass(frozen=True)
class Column:
    """A column of a table.

    width   characters (a Chinese character counts two); None fits the contents
    span    columns of the page's grid it covers
    wrap    long text goes on in the next line of the cell
    """

    title: str
    form: Form = "text"
    width: float | None = None
    span: int = 1
    wrap: bool = False


@dataclass(frozen=True)
class Row:
    """A row; a blank is None or NaN: nobody has said."""

    cells: tuple[Cell | Value, ...]
    tone: Tone = "plain"


@dataclass(frozen=True)
class Table:
    """A table. `heat` colours its shares: over 1 light red, over 0.9 amber (the figure itself says how much)."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    title: str = ""
    heat: bool = False


@dataclass(frozen=True)
class Sentence:
    """A line of text over the width of the page."""

    text: str
    tone: Tone = "plain"
    link: str = ""


@dataclass(frozen=True)
class Series:
    """Numbers to draw; `role` gives the colour (see `style.SERIES`), `shape` how they are drawn. `place` is where
    they stand, the chart's `periods` complete it; `places` is where each of them stands, for those that have no
    period or stand apart."""

    name: str
    values: tuple[float | None, ...]
    role: str = "plan"
    shape: Literal["column", "stack", "line"] = "column"
    place: Place | None = None
    places: tuple[Place | None, ...] = ()

    def stands(self, position: int, period: str = "") -> Place | None:
        """Where its number at this position stands."""
        if self.places:
            return self.places[position]
        return replace(self.place, period=period) if self.place and period else None


@dataclass(frozen=True)
class Band:
    """A range drawn as a surface behind the lines, such as that in which eight of ten outcomes are expected; a blank
    of either side leaves a hole. A writer that cannot draw it leaves it out."""

    name: str
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]


@dataclass(frozen=True)
class Chart:
    """Columns, stacked columns and lines over common categories. `periods` are the months or weeks that the
    categories name; empty where they name something else."""

    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    form: Form = "whole"
    unit: str = ""
    rows: int = 15
    periods: tuple[str, ...] = ()
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True)
class Step:
    """One bar of a waterfall: a total stands on the ground, a change hangs where the last one ended; `missing` is
    what would still be needed, drawn pale. `place` is where its amount stands."""

    name: str
    amount: float
    total: bool = False
    missing: bool = False
    place: Place | None = None


@dataclass(frozen=True)
class Waterfall:
    """From one total to another by its changes. `remark` is said where the axis does not start at zero."""

    title: str
    steps: tuple[Step, ...]
    form: Form = "million"
    unit: str = ""
    remark: str = ""
    rows: int = 15


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new printed page."""


@dataclass(frozen=True)
class Beside:
    """Two columns of parts; the right one begins at the grid column `at`, or in the middle where it is 0."""

    left: tuple[Part, ...]
    right: tuple[Part, ...]
    at: int = 0


Part: TypeAlias = Sentence | Table | Chart | Waterfall | Beside | PageBreak


@dataclass(frozen=True)
class Page:
    """One page of the pack.

    tab     short name
    title   the conclusion, as a sentence
    scope   unit and scope of the figures
    grid    widths of the grid columns in characters; empty fits them to the tables
    labels  columns that stay in sight when scrolling
    single  print on one sheet of paper
    """

    id: str
    tab: str
    title: str
    scope: str
    parts: tuple[Part, ...]
    grid: tuple[float, ...] = ()
    labels: int = 1
    single: bool = False


@dataclass(frozen=True)
class Pack:
    """All pages of one meeting, and what stands on every one of them."""

    company: str
    period: str
    remark: str
    version: str
    contents: str
    page_of: str
    pages: tuple[Page, ...]
