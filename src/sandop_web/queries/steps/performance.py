"""What the closed months earned, by month and by node, beside budget, estimate and last year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sandop.calendar import year_before
from sandop.finance.earnings import Earnings, actual_earnings
from sandop.finance.ledger import Ledger, Side, ledger
from sandop.pack.figures import NAN, Numbers, known
from sandop.pack.places import span
from sandop.plan import Plan, Sheet, level

INPUTS = (
    "shipments",
    "revenue_actual",
    "stock_actual",
    "budget_volume",
    "budget_revenue",
    "budget_margin",
    "budget_stock",
    "le_revenue",
    "le_margin",
)
SIDES: tuple[Side, ...] = ("plan", "budget", "le", "last_year")
YEAR = 12


@dataclass(frozen=True)
class Against:
    """Revenue of a node in the year to date, plan currency: actual, budget, last year; a blank is NaN."""

    node: str
    actual: float
    budget: float
    last_year: float

    @property
    def base(self) -> float:
        """What it is held against: budget; last year where there is none."""
        return self.budget if known(self.budget) else self.last_year

    @property
    def gap(self) -> float:
        """Actual less base."""
        return self.actual - self.base


@dataclass(frozen=True, eq=False)
class Performance:
    """The closed months of a plan that holds only what its reader may see."""

    plan: Plan

    @property
    def closed(self) -> tuple[str, ...]:
        """The closed months."""
        return self.plan.calendar.history.labels

    @cached_property
    def to_date(self) -> NDArray[np.bool_]:
        """True in the closed months of the fiscal year of the last one, (month,) of the ledger."""
        history = self.plan.calendar.history
        years = self.plan.calendar.fiscal_years(history)
        found = np.zeros(len(self.plan.calendar.all_months), dtype=bool)
        found[: len(history)] = years == years[-1]
        return found

    @property
    def months_to_date(self) -> tuple[str, ...]:
        """The months of the year to date."""
        return tuple(np.array(self.plan.calendar.all_months.labels)[self.to_date])

    @property
    def span(self) -> str:
        """The year to date as the period of a place."""
        return span(self.months_to_date[0], self.months_to_date[-1])

    @cached_property
    def earnings(self) -> Earnings | None:
        """What the closed months earned; None where nothing was brought."""
        return actual_earnings(plan=self.plan)

    def book(self, by: Literal["company", "family", "region"]) -> Ledger:
        """The ledger of the closed months."""
        return ledger(plan=self.plan, by=by, actual=self.earnings, planned=None, closing_stock=None)

    @cached_property
    def whole(self) -> Ledger:
        """The ledger of everything in scope together."""
        return self.book("company")

    def year(self, line: str, side: Side) -> float:
        """A line of everything in scope over the year to date."""
        return float(self.whole.over(line, side, self.to_date)[0])

    def by_month(self, line: str, side: Side, count: int) -> Numbers:
        """A line of everything in scope in the last `count` closed months, (month,)."""
        closed = self.whole.side(line, side)[0, : len(self.closed)]
        return np.asarray(closed[-count:])

    def volumes(self, families: tuple[str, ...], side: Side) -> float:
        """Volume of families that are counted in one unit over the year to date, plan units; blank where one is."""
        book = self.book("family")
        found = dict(zip(book.nodes, book.over("volume", side, self.to_date)))
        return float(sum(found.get(family, NAN) for family in families)) if families else NAN

    def at(self, part: Literal["item", "customer"]) -> tuple[Against, ...]:
        """Revenue of the year to date by item or by customer, the furthest below budget first."""
        if self.earnings is None:
            return ()
        months = self.months_to_date
        actual = self._sums(self.earnings.revenue, part, months)
        budget = self._sums(self.plan.sheets.get("budget_revenue"), part, months)
        before = self._sums(self.earnings.revenue, part, year_before(months))
        nodes = sorted({*actual, *budget})
        found = [
            Against(node, actual.get(node, NAN), budget.get(node, NAN), before.get(node, NAN))
            for node in nodes
            if known(actual.get(node, NAN))
        ]
        return tuple(sorted(found, key=lambda one: one.gap if known(one.gap) else 0.0))

    def _sums(self, sheet: Sheet | None, part: str, months: tuple[str, ...]) -> Mapping[str, float]:
        if sheet is None or not len(sheet.rows):
            return {}
        columns = [sheet.periods.position[label] for label in months if label in sheet.periods.position]
        if len(columns) < len(months):
            return {}
        at = level(sheet.rows, self.plan.network, [part])
        sums = np.nansum(at.total(sheet.values[:, columns]), axis=1)
        return {key[0]: float(value) for key, value in zip(at.rows.keys, sums)}
