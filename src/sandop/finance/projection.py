"""The plan in money: revenue, cost, margin, stock value and working capital by month and fiscal year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sandop.finance.earnings import actual_earnings, lines, planned_earnings
from sandop.finance.ledger import FLOWS, LEVELS, SIDES, Ledger, Side, cell, ledger, stock_value
from sandop.finance.months import in_months
from sandop.finance.prices import missing_prices
from sandop.finance.working_capital import payables, receivables
from sandop.findings import Finding, note
from sandop.plan import Plan, Sheet, Values
from sandop.tables import Cell, ReportRows


@dataclass(frozen=True, eq=False)
class FinancialProjection:
    """The plan in money.

    sheets      revenue, cogs, margin (item, site, customer), stock_value (item, site), receivables, payables,
                working_capital (company), by planned month, plan currency
    reports     `money` at company level, `money_by_family`
    findings    prices, rates and past figures that are missing
    """

    sheets: Mapping[str, Sheet]
    reports: Mapping[str, ReportRows]
    findings: tuple[Finding, ...]


def project(
    *,
    plan: Plan,
    deliveries: Sheet,
    closing_stock: Sheet,
    purchases: Sheet | None = None,
    purchases_received: Sheet | None = None,
) -> FinancialProjection:
    """The supply plan in money, beside budget, latest estimate and last year.

    deliveries      units delivered, (item, site, customer) x period
    closing_stock   units at each period's end, (item, site) x period
    purchases       units ordered, (item, site, supplier) x period; None where nothing is bought
    purchases_received  the same by period of receipt; None: it follows from the lead times

    Weeks are put to months first. Formulas: `planned_earnings`, `stock_value`, `receivables`, `payables`;
    working capital = stock value + receivables - payables. A blank price or rate leaves its revenue blank and is a
    finding; totals skip it.
    """
    sold, stock = in_months(deliveries), in_months(closing_stock)
    actual, planned = actual_earnings(plan=plan), planned_earnings(plan=plan, deliveries=sold)
    bought, received = (None if sheet is None else in_months(sheet) for sheet in (purchases, purchases_received))
    owed_to_us = receivables(plan=plan, actual=None if actual is None else actual.revenue, planned=planned.revenue)
    owed_by_us = payables(plan=plan, purchases=bought, received=received)
    company = ledger(plan=plan, by="company", actual=actual, planned=planned, closing_stock=stock)
    company = _with_capital(company, owed_to_us.values, owed_by_us.values)
    family = ledger(plan=plan, by="family", actual=actual, planned=planned, closing_stock=stock)
    capital = owed_to_us.with_values(company.side("working_capital", "plan"), "working_capital")
    months = plan.calendar.planned_months
    sheets = {**lines(planned), "stock_value": stock_value(plan, stock)}
    sheets |= {sheet.name: sheet.on(sheet.rows, months) for sheet in (owed_to_us, owed_by_us, capital)}
    return FinancialProjection(
        sheets={name: sheet.rounded() for name, sheet in sheets.items()},
        reports={
            "money": [_without_family(row) for row in money(plan=plan, book=company)],
            "money_by_family": [row for row in money(plan=plan, book=family) if _spoken(row)],
        },
        findings=(*missing_prices(plan=plan, deliveries=sold), *_blank_capital(sheets)),
    )


def money(*, plan: Plan, book: Ledger) -> ReportRows:
    """Rows `family, line, scope, period, plan, budget, le, last_year` of a ledger.

    Months run from the first month of the fiscal year in which the plan starts (its closed months are actual), so
    that months add up to the year. A fiscal year is shown where all its months are closed or planned: actual to
    date + the plan's remainder (estimate for the full year); so is the latest estimate of the year. None where
    nobody has said.
    """
    years = np.array([plan.calendar.fiscal_year(label) for label in book.months.labels])
    first = min(book.closed, len(years) - 1)
    book = book.with_actual_in_estimate()
    rows: ReportRows = []
    for line in (*FLOWS, *LEVELS):
        if line in book.lines:
            for place in np.flatnonzero(years >= years[first]):
                only = np.arange(len(years)) == place
                rows += _money_rows(book, line, "month", book.months.labels[place], only)
            for year in whole_years(years, first):
                rows += _money_rows(book, line, "year", str(year), years == year)
    return rows


def whole_years(years: NDArray[np.int64], first: int) -> list[int]:
    """Fiscal years with all twelve months in `years` (month,), from the one that holds place `first` on."""
    return [int(year) for year in np.unique(years[first:]) if np.sum(years == year) == 12]


def _money_rows(book: Ledger, line: str, scope: str, period: str, months: NDArray[np.bool_]) -> ReportRows:
    sides: dict[Side, Values] = {side: book.over(line, side, months) for side in SIDES}
    return [
        {"family": node, "line": line, "scope": scope, "period": period}
        | {side: cell(values[place]) for side, values in sides.items()}
        for place, node in enumerate(book.nodes)
    ]


def _spoken(row: Mapping[str, Cell]) -> bool:
    return any(row[side] is not None for side in SIDES)


def _without_family(row: Mapping[str, Cell]) -> dict[str, Cell]:
    return {column: value for column, value in row.items() if column != "family"}


def _with_capital(book: Ledger, receivable: Values, payable: Values) -> Ledger:
    """The company's ledger with receivables, payables and working capital; they are nobody's budget."""
    capital = book.side("stock_value", "plan") + receivable - payable
    added: dict[str, dict[Side, Values]] = {
        "receivables": {"plan": receivable},
        "payables": {"plan": payable},
        "working_capital": {"plan": capital},
    }
    return Ledger(book.nodes, book.months, book.closed, {**book.lines, **added})


def _blank_capital(sheets: Mapping[str, Sheet]) -> list[Finding]:
    """Months for which receivables or payables cannot be known."""
    findings = []
    for name in ("receivables", "payables"):
        blank = np.isnan(sheets[name].values[0])
        if blank.any():
            labels = [label for label, empty in zip(sheets[name].periods.labels, blank) if empty]
            findings.append(note(f"{name}_unknown", first=labels[0], last=labels[-1], months=len(labels)))
    return findings
