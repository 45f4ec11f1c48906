"""A step's page as values: sentences, tables and charts in the reader's language, numbers still numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from sandop.pack.page import Cell, Page, Part, Table, Tone
from sandop.pack.reader import Reader
from sandop.scenario import Month
from sandop_web.access import Actor
from sandop_web.store.models import Version
from sandop_web.wording import say

KPI = "kpi/"  # what the section of a tile begins with that leads to the causes of a key figure


@dataclass(frozen=True)
class Tile:
    """A figure that a step shows first.

    figure  the number, with its form; its `place` is where it stands
    unit    of the figure, in words
    note    against what it is to be read: "5.1% below budget"
    tone    of the note
    trend   the figure over time, for a line without axes; a blank is None
    section where the step tells more of it; `KPI` and a key figure: the page of its causes
    """

    title: str
    figure: Cell
    unit: str = ""
    note: str = ""
    tone: Tone = "plain"
    trend: tuple[float | None, ...] = ()
    section: str = ""


@dataclass(frozen=True)
class Onward:
    """A way on from a section: `page` is the name of an address of the version, `asked` what is asked of it."""

    text: str
    page: str
    asked: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Section:
    """A part of the step that answers one question, on a page of its own.

    conclusion  the answer, a sentence; empty where the table needs none
    scope       unit and meaning of the figures
    report      the report in which all rows stand; empty for none
    tone        of the conclusion: "bad" for what the reader must see first
    onward      where to go on working
    """

    id: str
    title: str
    conclusion: str
    scope: str
    parts: tuple[Part, ...]
    report: str = ""
    tone: Tone = "plain"
    onward: tuple[Onward, ...] = ()


@dataclass(frozen=True)
class StepPage:
    """What a step shows.

    version     id of the version it speaks of; None where the company has no plan
    made        what the step rests on has been computed
    content     name of what the page shows: where the name is the same, so is the page; empty where the page also
                shows what people do from minute to minute
    headline    the conclusion of the step; empty where nothing has been computed
    remarks     what the reader must know before they read: their scope, numbers that stand in for others
    tiles       the figures shown first
    lead        what the step shows under them: a chart or two
    """

    step: str
    version: int | None
    made: bool
    content: str = ""
    headline: str = ""
    remarks: tuple[str, ...] = ()
    tiles: tuple[Tile, ...] = ()
    lead: tuple[Part, ...] = ()
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True)
class Needs:
    """What a step reads of a version, and nothing else.

    sheets      result measures
    inputs      input measures
    previous    measures of the version approved last
    reports     reports
    findings    what the steps noticed
    """

    sheets: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    previous: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    findings: bool = False


@dataclass(frozen=True, eq=False)
class Reading:
    """A step's part of a month, in the scope and language of its reader. `content` names what was read of the
    version."""

    by: Actor
    version: Version
    month: Month
    reader: Reader
    content: str


@dataclass(frozen=True)
class Told:
    """What a step says: see `StepPage`."""

    headline: str
    sections: tuple[Section, ...]
    remarks: tuple[str, ...] = ()
    tiles: tuple[Tile, ...] = ()
    lead: tuple[Part, ...] = ()


@dataclass(frozen=True)
class StepContent:
    """How a step's page is made.

    made_by     step of the chain whose results it needs; empty where the inputs are enough
    live        it also shows what people do: decisions, actions. Whatever reads the database beside `needs` and the
                substitutes is live
    """

    needs: Needs
    made_by: str
    tell: Callable[[Reading], Told]
    live: bool = False


def section_of(page: Page | None, *, report: str = "") -> tuple[Section, ...]:
    """A page of the meeting pack as a section; none where there is no such page."""
    if page is None:
        return ()
    return (Section(page.id, page.tab, page.title, page.scope, page.parts, report),)


def first_table(page: Page | None) -> Page | None:
    """A page of the meeting pack with its first table alone: of the money page the years, for the months belong to
    pre-S&OP."""
    if page is None:
        return None
    return replace(page, parts=tuple(part for part in page.parts if isinstance(part, Table))[:1])


def named_blocks(parts: Iterable[Part], reader: Reader) -> tuple[Part, ...]:
    """Tables that carry their name and unit in the first two headings get them as a title."""
    return tuple(
        replace(part, title=_name_and_unit(part, reader)) if isinstance(part, Table) and not part.title else part
        for part in parts
    )


def _name_and_unit(table: Table, reader: Reader) -> str:
    return say("steps.block", reader.language, name=table.columns[0].title, unit=table.columns[1].title)


def filled(sections: Iterable[Section]) -> tuple[Section, ...]:
    """The sections that have something to show."""
    return tuple(section for section in sections if section.parts)
