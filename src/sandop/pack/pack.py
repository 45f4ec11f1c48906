"""The meeting pack of a month: which pages, in which order, and the one door that writes them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from sandop.pack.page import Pack, Page
from sandop.pack.pages import (
    assumptions,
    bridge,
    capacity,
    contents,
    decide,
    demand,
    families,
    kpis,
    money,
    schedule,
    shortages,
    stock,
)
from sandop.pack.reader import Reader
from sandop.pack.xlsx import write_xlsx
from sandop.plan import input_hash
from sandop.scenario.month import Month
from sandop.wording import Language

_PAGES = (
    decide.page,
    decide.decisions_page,
    kpis.page,
    money.page,
    bridge.page,
    demand.page,
    families.page,
    capacity.page,
    shortages.page,
    stock.page,
    schedule.page,
    schedule.carry_page,
    assumptions.page,
)


def make_pack(*, month: Month, language: Language) -> Pack:
    """The pages of the month in the reader's language; a page without figures is left out."""
    reader = Reader(month.plan, language)
    made: list[Page] = [page for make in _PAGES if (page := make(month, reader)) is not None]
    company = month.plan.settings.company
    return Pack(
        company=reader.company,
        period=reader.say("period", month=reader.month(month.plan.settings.time.start)),
        remark=reader.say("invented") if company.invented else "",
        version=version_line(month, reader),
        contents=reader.say("tab.contents"),
        page_of=reader.say("page_of"),
        pages=(made[0], contents.page(reader, made), *made[1:]),
    )


def version_line(month: Month, reader: Reader) -> str:
    """The plan by the first twelve signs of its hashes: what was brought, what came out."""
    inputs = input_hash(month.plan)[:12]
    if not month.sheets:
        return reader.say("version_inputs", inputs=inputs)
    return reader.say("version", inputs=inputs, results=month.result_hash[:12])


def write_pack(*, month: Month, path: Path, language: Language, created: dt.date | None = None) -> Path:
    """Writes the XLSX pack of the month to `path` and returns it.

    `created` is the date the file states; without one it is the first planned day, so that the same month
    always makes the same bytes. Raises OSError where the file cannot be written.
    """
    pack = make_pack(month=month, language=language)
    first = month.plan.calendar.horizon.starts[0]
    return write_xlsx(pack=pack, path=Path(path), language=language, created=created or first)
