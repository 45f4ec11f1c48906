"""What a line of the ledger is made of, side by side of the closed and the planned months; the parts give it to the
cent."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sandop.finance.ledger import LEVELS, Side
from sandop.finance.months import brought
from sandop.pack.page import Form, Place
from sandop.pack.places import ledger_place
from sandop_web.queries.why.computed import Line, pairs, told
from sandop_web.queries.why.ledgers import Book, measure_place
from sandop_web.wording import say

Months = NDArray[np.bool_]

# Line → measure that states it for a side, where one measure does.
STATED: dict[tuple[str, Side], str] = {
    ("revenue", "budget"): "budget_revenue",
    ("margin", "budget"): "budget_margin",
    ("volume", "budget"): "budget_volume",
    ("stock_value", "budget"): "budget_stock",
    ("revenue", "le"): "le_revenue",
    ("margin", "le"): "le_margin",
}
_PLANNED = {"volume": "deliveries"}  # line → measure of the planned months, where it has another name
_COUNTED = {"volume": "shipments"}  # line → measure of the closed months, where it is one


def form_of(line: str) -> Form:
    """Money and units alike are said to the unit where they are opened."""
    return "whole" if line == "volume" else "decimal"


def lines_of(*, book: Book, months: Months) -> tuple[Line, ...]:
    """The parts of the line over these months; a level has only its last month."""
    if book.line in LEVELS:
        months = np.arange(len(months)) == np.flatnonzero(months)[-1]
    if book.side == "plan":
        return _plan(book, months)
    stated = STATED.get((book.line, book.side))
    if stated:
        return _stated(book, months, stated)
    return _difference(book, months, "revenue", "margin")


def _named(book: Book, months: Months) -> tuple[str, ...]:
    return tuple(np.array(book.labels)[months])


def _line(book: Book, message: str, amount: float, place: Place | None = None, sign: str = "") -> Line:
    title = say(f"drill.line.{message}", book.reading.by.language)
    return Line(title, told(amount, form_of(book.line), place), sign)


def _plan(book: Book, months: Months) -> tuple[Line, ...]:
    """The closed months as they were, then the planned ones."""
    if book.line == "margin":
        return _difference(book, months, "revenue", "cogs")
    past = book.closed(months)
    ahead = months & ~past
    lines = _past(book, past) if past.any() else []
    if ahead.any():
        name = _PLANNED.get(book.line, book.line)
        place = measure_place(name, _named(book, ahead), book.at)
        lines.append(
            _line(book, f"planned.{book.line}", book.over(book.line, "plan", ahead), place, "+" * bool(lines))
        )
    return tuple(lines)


def _past(book: Book, past: Months) -> list[Line]:
    labels, amount = _named(book, past), book.over(book.line, "plan", past)
    if book.line == "revenue":
        invoiced = _sum(book, "revenue_actual", past)
        first = _line(book, "invoiced", invoiced, measure_place("revenue_actual", labels, book.at))
        rebates = _line(book, "rebates", round(invoiced - amount, 2), None, "−")
        return [first, rebates] if rebates.amount.value else [first]
    if book.line in _COUNTED:
        return [_line(book, "shipped", amount, measure_place(_COUNTED[book.line], labels, book.at))]
    return [_line(book, f"at_cost.{book.line}", amount)]


def _stated(book: Book, months: Months, name: str) -> tuple[Line, ...]:
    """What was brought; closed months that nobody estimated are as they were."""
    values = book.stated.side(book.line, book.side)[0]
    brought_there = months & ~np.isnan(values)
    filled = months & ~brought_there & ~np.isnan(book.ledger.side(book.line, book.side)[0])
    lines = []
    if filled.any():
        labels = _named(book, filled)
        place = ledger_place(book.line, "plan", f"{labels[0]}..{labels[-1]}", pairs(book.at))
        lines.append(_line(book, "actual", book.over(book.line, "plan", filled), place))
    if brought_there.any():
        place = measure_place(name, _named(book, brought_there), book.at)
        amount = round(float(np.nansum(values[brought_there])), 2)
        lines.append(_line(book, f"stated.{book.side}", amount, place, "+" * bool(lines)))
    return tuple(lines)


def _difference(book: Book, months: Months, first: str, second: str) -> tuple[Line, ...]:
    """One line of the ledger less another."""
    language, labels = book.reading.by.language, _named(book, months)
    lines = []
    for name, sign in ((first, ""), (second, "−")):
        place = ledger_place(name, book.side, f"{labels[0]}..{labels[-1]}", pairs(book.at))
        amount = told(book.over(name, book.side, months), form_of(name), place)
        lines.append(Line(say(f"pack.line.{name}", language), amount, sign))
    return tuple(lines)


def _sum(book: Book, name: str, months: Months) -> float:
    sheet = brought(book.plan, name)
    if sheet is None:
        return float("nan")
    inside = [sheet.periods.position[label] for label in _named(book, months) if label in sheet.periods.position]
    return round(float(np.nansum(sheet.values[:, inside])), 2)
