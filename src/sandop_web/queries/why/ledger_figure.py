"""A line of the ledger as a figure that explains itself."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sandop.finance.ledger import LEVELS, Side
from sandop.pack.figures import cells
from sandop.pack.page import Chart, Place, Series
from sandop.pack.places import ledger_place
from sandop.plan import Sheet
from sandop_web.access import Actor
from sandop_web.access.sheet_rows import LEVELS as PLAN_LEVELS
from sandop_web.access.sheet_rows import labels
from sandop_web.queries.steps.performance import SIDES
from sandop_web.queries.why.computed import Computed, Line, largest_first, pairs, summed, told
from sandop_web.queries.why.ledger_lines import STATED, Months, form_of, lines_of
from sandop_web.queries.why.ledgers import Book, months_of, open_book, year_earlier
from sandop_web.queries.why.portions import next_level
from sandop_web.queries.why.summing import name_at
from sandop_web.store.models import Version
from sandop_web.wording import say

_AROUND = 12  # months before and after a single month in the chart
_CENT = 0.006  # of an amount: what rounding to the cent may leave
_LEVELS = tuple(
    level for level in PLAN_LEVELS if level != "site"
)  # of which the ledger is made: nobody earns at a site
_ROLES: dict[Side, str] = {"plan": "plan", "budget": "compare", "le": "third", "last_year": "past"}
_INPUTS = {
    "revenue": ("revenue_actual", "deliveries", "price"),
    "cogs": ("shipments", "deliveries"),
    "margin": ("revenue_actual", "shipments", "deliveries", "price"),
    "volume": ("shipments", "deliveries"),
    "stock_value": ("stock_actual", "closing_stock"),
}


def ledger_figure(
    *, by: Actor, version: Version, line: str, side: str, at: Mapping[str, str], period: str
) -> Computed:
    """The line on this side over the period, in the reader's scope. Raises NotUnderstood."""
    if side == "last_year":
        return ledger_figure(by=by, version=version, line=line, side="plan", at=at, period=year_earlier(period))
    book = open_book(by=by, version=version, line=line, side=side, at=at)
    months = months_of(book=book, period=period)
    value = book.over(line, book.side, months)
    lines = lines_of(book=book, months=months)
    alone = len(lines) == 1 and lines[0].amount.place is not None
    reader = book.reading.reader
    return Computed(
        figure=f"ledger.{line}.{side}",
        title=_title(book, months),
        about=(*_named(book), reader.span(tuple(np.array(book.labels)[months]))),
        amount=told(value, form_of(line)),
        unit=_unit(book),
        how=say(f"drill.how.{line}.{side}", by.language),
        lines=lines,
        adds_up=abs(summed(lines) - value) < _CENT if lines else None,
        portions=_portions(book, months, value, period),
        beside=_beside(book, months, period),
        course=_course(book, months),
        inputs=_INPUTS[line] if side == "plan" else tuple(name for key, name in STATED.items() if key[1] == side),
        report="money" if not at and by.everywhere else "",
        same=lines[0].amount.place if alone else None,
    )


def _title(book: Book, months: Months) -> str:
    """What it is: "Revenue, plan"; of closed months "Revenue, actual"."""
    language = book.reading.by.language
    side = "actual" if book.side == "plan" and book.closed(months).sum() == months.sum() else book.side
    named = {"line": say(f"pack.line.{book.line}", language), "side": say(f"drill.side.{side}", language)}
    return say("drill.title", language, **named)


def _named(book: Book) -> tuple[str, ...]:
    return tuple(_name(book, level, label) for level, label in book.at.items())


def _name(book: Book, level: str, label: str) -> str:
    return name_at(network=book.plan.network, level=level, label=label, language=book.reading.by.language)


def _unit(book: Book) -> str:
    if book.line != "volume":
        return book.reading.reader.currency.strip()
    families = book.plan.network.families
    sold = {
        family for sheet in book.planned.values() if "item" in sheet.rows.grain for family in _families(book, sheet)
    }
    units = {unit for family, unit in zip(families.keys, families.unit) if family in sold}
    return book.reading.reader.word("unit_of", units.pop()) if len(units) == 1 else ""


def _families(book: Book, sheet: Sheet) -> set[str]:
    return set(labels(rows=sheet.rows, network=book.plan.network, level="family"))


def _beside(book: Book, months: Months, period: str) -> tuple[Line, ...]:
    """The other sides of the same line, each with how far the figure is from it."""
    language, own = book.reading.by.language, book.over(book.line, book.side, months)
    found = []
    for side in SIDES:
        amount = book.over(book.line, side, months)
        if side == book.side or amount != amount:
            continue
        place = ledger_place(book.line, side, period, pairs(book.at))
        away = (own - amount) / abs(amount) if amount else None
        found.append(Line(say(f"drill.side.{side}", language), told(amount, form_of(book.line), place), share=away))
    return tuple(found)


def _course(book: Book, months: Months) -> tuple[Chart, ...]:
    """The line by month on all sides; around a single month those before and after."""
    places = np.flatnonzero(months)
    first, last = int(places[0]), int(places[-1])
    if len(places) == 1:
        first, last = max(first - _AROUND, 0), min(last + _AROUND, len(book.labels) - 1)
    shown = tuple(book.labels[first : last + 1])
    series = []
    for side in SIDES:
        values = book.ledger.side(book.line, side)[0, first : last + 1]
        if np.isfinite(values).any():
            name = say(f"drill.side.{side}", book.reading.by.language)
            stands = tuple(ledger_place(book.line, side, label, pairs(book.at)) for label in shown)
            shape = "column" if side == "plan" else "line"
            series.append(Series(name, cells(values), _ROLES[side], shape, places=stands))  # type: ignore[arg-type]
    if len(shown) < 2 or not series:
        return ()
    reader = book.reading.reader
    title = say("why.course", reader.language)
    return (Chart(title, tuple(map(reader.month, shown)), tuple(series), "whole", _unit(book), periods=shown),)


def _portions(book: Book, months: Months, total: float, period: str) -> tuple[Line, ...]:
    """What the next level below contributes to the plan's side."""
    sheets = book.leaves() if book.side == "plan" else []
    level = next_level(sheets=sheets, network=book.plan.network, at=book.at, levels=_LEVELS)
    if not level or total != total:
        return ()

    def named(label: str) -> tuple[str, Place]:
        place = ledger_place(book.line, book.side, period, pairs(book.at, **{level: label}))
        return _name(book, level, label), place

    return largest_first(
        _sums(book, sheets, level, months).items(),
        total=total,
        named=named,
        written=lambda amount: told(amount, form_of(book.line)),
        language=book.reading.by.language,
    )


def _sums(book: Book, sheets: list[Sheet], level: str, months: Months) -> dict[str, float]:
    """Label → what its rows add up to over these months; of a level (stock) in the last of them."""
    wanted = np.array(book.labels)[months]
    wanted = wanted[-1:] if book.line in LEVELS else wanted
    sums: dict[str, float] = {}
    for sheet in sheets:
        inside = [sheet.periods.position[label] for label in wanted if label in sheet.periods.position]
        amounts = np.nansum(sheet.values[:, inside], axis=1)
        for label, amount in zip(labels(rows=sheet.rows, network=book.plan.network, level=level), amounts):
            sums[str(label)] = sums.get(str(label), 0.0) + float(amount)
    return sums
