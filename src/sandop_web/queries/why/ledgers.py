"""The ledger opened: revenue, cost, margin, volume and stock value of a month, a span or a fiscal year on one side
(plan, budget, latest estimate, last year), with the numbers it is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sandop.calendar import month_label, month_number
from sandop.finance.earnings import Earnings, actual_earnings
from sandop.finance.ledger import Ledger, Side, ledger, stock_value
from sandop.finance.months import brought, in_months
from sandop.pack.page import Place
from sandop.pack.places import ends, span
from sandop.plan import Plan, Sheet
from sandop_web.access import Actor, NotUnderstood
from sandop_web.access.sheet_rows import levels_of
from sandop_web.queries.steps.content import Needs, Reading
from sandop_web.queries.steps.performance import INPUTS, SIDES
from sandop_web.queries.steps.reading import read_step
from sandop_web.queries.why.summing import UNIT, rows_asked
from sandop_web.store.models import Version
from sandop_web.wording import say

LINES = ("revenue", "cogs", "margin", "volume", "stock_value")
NEEDS = Needs(sheets=("deliveries", "revenue", "cogs", "margin", "closing_stock", "stock_value"), inputs=INPUTS)


@dataclass(frozen=True, eq=False)
class Book:
    """The ledger of the rows asked for, and the sheets it is made of.

    reading  the version as its reader may see it
    plan     its plan with the rows asked for
    line     line and `side` of the ledger that are asked for
    at       level → label, which chose the rows
    planned  results of the plan with the rows asked for
    """

    reading: Reading
    plan: Plan
    line: str
    side: Side
    at: Mapping[str, str]
    planned: Mapping[str, Sheet]

    @cached_property
    def actual(self) -> Earnings | None:
        """What the closed months earned."""
        return actual_earnings(plan=self.plan) if len(self.plan.calendar.history) else None

    @cached_property
    def ahead(self) -> Earnings | None:
        """What the planned months earn, as it stands in the plan."""
        names = ("deliveries", "revenue", "cogs", "margin")
        if any(name not in self.planned for name in names):
            return None
        return Earnings(*(in_months(self.planned[name]) for name in names))

    @cached_property
    def stated(self) -> Ledger:
        """The ledger with the latest estimate as it was brought."""
        stock = self.planned.get("closing_stock")
        return ledger(
            plan=self.plan,
            by="company",
            actual=self.actual,
            planned=self.ahead,
            closing_stock=None if stock is None else in_months(stock),
        )

    @cached_property
    def ledger(self) -> Ledger:
        """The ledger whose latest estimate of a closed month is its actual where nobody estimated it."""
        return self.stated.with_actual_in_estimate()

    @property
    def labels(self) -> tuple[str, ...]:
        """The months of the ledger."""
        return self.plan.calendar.all_months.labels

    def over(self, line: str, side: Side, months: NDArray[np.bool_]) -> float:
        """A line over these months, plan currency (volume: plan units)."""
        return float(self.ledger.over(line, side, months)[0]) if months.any() else float("nan")

    def closed(self, months: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Of these months the closed ones."""
        return months & (np.arange(len(months)) < self.ledger.closed)

    def leaves(self) -> list[Sheet]:
        """The sheets, closed and planned, that the line on the plan's side adds up."""
        if self.line == "stock_value":
            found = (brought(self.plan, "stock_actual"), self.planned.get("closing_stock"))
            return [stock_value(self.plan, in_months(sheet)) for sheet in found if sheet is not None]
        sides = [earnings for earnings in (self.actual, self.ahead) if earnings is not None]
        return [getattr(each, self.line) for each in sides] if self.line != "volume" else []


def open_book(*, by: Actor, version: Version, line: str, side: str, at: Mapping[str, str]) -> Book:
    """The ledger of the rows asked for in the reader's scope. Raises NotUnderstood for a line or side that is not."""
    if line not in LINES or side not in SIDES:
        title = say("drill.figure", by.language)
        raise NotUnderstood(field=title, value=f"{line}.{side}"[:80], wanted=", ".join((*LINES, *SIDES)))
    reading = read_step(by=by, version=version, needs=NEEDS)
    plan = replace(reading.month.plan, sheets=_asked(reading, reading.month.plan.sheets, at))
    return Book(reading, plan, line, side, at, _asked(reading, reading.month.sheets, at))


def _asked(reading: Reading, sheets: Mapping[str, Sheet], at: Mapping[str, str]) -> dict[str, Sheet]:
    """The rows asked for of the sheets that know all the levels: nobody's stock is a customer's."""
    network = reading.month.plan.network
    kept = {}
    for name, sheet in sheets.items():
        if set(at) - {UNIT} <= set(levels_of(sheet.rows.grain)):
            kept[name] = sheet.take(rows_asked(rows=sheet.rows, network=network, at=at))
    return kept


def months_of(*, book: Book, period: str) -> NDArray[np.bool_]:
    """True for the months of a month, span or fiscal year, (month,) of the ledger. Raises NotUnderstood."""
    labels = book.labels
    if len(period) == 4 and period.isdigit():
        years = book.plan.calendar.fiscal_years(book.plan.calendar.all_months)
        found: NDArray[np.bool_] = years == int(period)
    else:
        first, last = ends(period)
        found = np.array([first <= label <= last for label in labels])
        found &= first in labels and last in labels
    if not found.any():
        title = say("drill.period", book.reading.by.language)
        raise NotUnderstood(field=title, value=period[:80], wanted=f"{labels[0]} – {labels[-1]}")
    return found


def year_earlier(period: str) -> str:
    """The same months twelve before."""
    if len(period) == 4:
        return str(int(period) - 1)
    first, last = (month_label(month_number(label) - 12) for label in ends(period))
    return span(first, last)


def measure_place(name: str, labels: tuple[str, ...], at: Mapping[str, str]) -> Place:
    """Where a measure stands over these months."""
    return Place(name, tuple(at.items()), span(labels[0], labels[-1]))
