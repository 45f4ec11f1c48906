"""The bridge: why revenue differs from budget and from last year, computed at the leaf, exact at every level."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sandop.calendar import Periods
from sandop.finance.earnings import actual_earnings, planned_earnings
from sandop.finance.effects import EFFECTS, Book, Cents, Effects, effects
from sandop.finance.ledger import shifted
from sandop.finance.months import brought, in_months
from sandop.finance.prices import customer_currencies, rates
from sandop.finance.projection import whole_years
from sandop.findings import Finding, note
from sandop.plan import Plan, Rows, Sheet, Values
from sandop.tables import ReportRows


@dataclass(frozen=True, eq=False)
class Bridge:
    """Rows `compare, period, level, node, effect, amount` (plan currency), and what could not be compared."""

    rows: ReportRows
    findings: tuple[Finding, ...]


def bridge(*, plan: Plan, deliveries: Sheet) -> Bridge:
    """Revenue against budget and last year for the last closed month and for each whole fiscal year from the one
    of that month on (actual to date, then the plan).

    deliveries  units delivered, (item, site, customer) x period

    For each comparison: rows `from`, the six effects, `to`, at company, family and leaf level ("item|customer");
    leaves show only what is not zero. Amounts are whole cents added as integers, so that from + effects = to
    exactly at every level (verified; ArithmeticError where it is not). A month or year whose base is wholly or
    partly blank is left out with a finding.
    """
    journal = _journal(plan, in_months(deliveries))
    rows: ReportRows = []
    findings: list[Finding] = []
    for compare, base in (("budget", journal.budget), ("last_year", journal.last_year)):
        for label, months in _spans(plan, journal.months):
            if not _spoken(base, months):
                findings.append(note(f"bridge_without_{compare}", period=label))
            elif _spoken(journal.actual, months):
                before, after = base.book(months), journal.actual.book(months)
                findings += _unrated(journal, before, after, label)
                rows += _rows(journal, effects(base=before, book=after, family=journal.family), compare, label)
    if journal.unbudgeted:
        findings.append(note("bridge_without_budget_rate", currencies=", ".join(journal.unbudgeted)))
    return Bridge(rows, tuple(findings))


@dataclass(frozen=True, eq=False)
class _Side:
    """Sales by leaf and month, each (leaf, month): plan units, plan currency, rate of the customer's currency."""

    quantity: Values
    revenue: Values
    rate: Values

    def book(self, months: NDArray[np.bool_]) -> Book:
        """The sum of some months. A leaf without a rate in a month it sold has no foreign revenue."""
        quantity, revenue, rate = self.quantity[:, months], self.revenue[:, months], self.rate[:, months]
        known = ~np.isnan(revenue) & (revenue != 0)
        foreign = np.where(known, revenue / np.where(known & (rate > 0), rate, np.nan), 0.0).sum(axis=1)
        return Book(np.nan_to_num(quantity).sum(axis=1), np.nan_to_num(revenue).sum(axis=1), foreign)

    def earlier(self, months: int) -> _Side:
        return _Side(*(shifted(values, months) for values in (self.quantity, self.revenue, self.rate)))


@dataclass(frozen=True, eq=False)
class _Journal:
    """Everything the bridge compares, on the same leaves (item, customer) and months."""

    leaves: Rows
    months: Periods
    family: NDArray[np.int64]
    families: tuple[str, ...]
    actual: _Side
    budget: _Side
    currencies: tuple[str, ...]
    unbudgeted: tuple[str, ...]

    @property
    def last_year(self) -> _Side:
        return self.actual.earlier(12)


def _journal(plan: Plan, deliveries: Sheet) -> _Journal:
    months = plan.calendar.all_months
    sides = [actual_earnings(plan=plan), planned_earnings(plan=plan, deliveries=deliveries)]
    earned = [side for side in sides if side is not None]
    volume, revenue = brought(plan, "budget_volume"), brought(plan, "budget_revenue")
    known = [earnings.quantity for earnings in earned] + [s for s in (volume, revenue) if s is not None]
    leaves = Rows.of(("item", "customer"), (key[::2] for sheet in known for key in sheet.rows.keys))
    item = plan.network.items.places(leaves.column("item"))
    families, family = np.unique(plan.network.items.family[item].astype(str), return_inverse=True)
    factor = plan.network.items.plan_factor[item][:, None]
    currencies = customer_currencies(plan, leaves)
    rate = rates(plan=plan, currencies=currencies, months=months)
    budget_rate = rates(plan=plan, currencies=currencies, months=months, measure="budget_rate")
    foreign = {currency for currency, row in zip(currencies, budget_rate) if np.isnan(row).all()}
    return _Journal(
        leaves=leaves,
        months=months,
        family=family.astype(np.int64),
        families=tuple(str(name) for name in families),
        actual=_side(leaves, months, [e.quantity for e in earned], [e.revenue for e in earned], factor, rate),
        budget=_side(leaves, months, [volume], [revenue], factor, np.where(np.isnan(budget_rate), rate, budget_rate)),
        currencies=tuple(currencies),
        unbudgeted=tuple(sorted(foreign)) if revenue is not None else (),
    )


def _side(
    leaves: Rows,
    months: Periods,
    quantity: list[Sheet] | list[Sheet | None],
    revenue: list[Sheet] | list[Sheet | None],
    factor: Values,
    rate: Values,
) -> _Side:
    return _Side(_gathered(leaves, months, quantity) * factor, _gathered(leaves, months, revenue), rate)


def _gathered(leaves: Rows, months: Periods, sheets: list[Sheet] | list[Sheet | None]) -> Values:
    """Sheets by (item, site, customer) added up over sites, (leaf, month); blank where nobody has said."""
    values, known = np.zeros((len(leaves), len(months))), np.zeros((len(leaves), len(months)), dtype=bool)
    for sheet in sheets:
        if sheet is not None and len(sheet.rows):
            place = leaves.places(key[::2] for key in sheet.rows.keys)
            on = sheet.on(sheet.rows, months).values
            np.add.at(values, place, np.nan_to_num(on))
            np.logical_or.at(known, place, ~np.isnan(on))
    return np.where(known, values, np.nan)


def _spans(plan: Plan, months: Periods) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    closed = len(plan.calendar.history)
    years = np.array([plan.calendar.fiscal_year(label) for label in months.labels])
    if closed:
        yield months.labels[closed - 1], np.arange(len(months)) == closed - 1
    for year in whole_years(years, max(closed - 1, 0)):
        yield str(year), years == year


def _spoken(side: _Side, months: NDArray[np.bool_]) -> bool:
    """True where somebody has given revenue in every one of the months."""
    return bool((~np.isnan(side.revenue[:, months])).any(axis=0).all())


def _rows(journal: _Journal, found: Effects, compare: str, label: str) -> ReportRows:
    items, customers = journal.leaves.column("item"), journal.leaves.column("customer")
    leaf = np.arange(len(journal.leaves))
    levels = (
        ("company", ("",), np.zeros(len(leaf), dtype=np.int64)),
        ("family", journal.families, journal.family),
        ("leaf", tuple(f"{item}|{customer}" for item, customer in zip(items, customers)), leaf),
    )
    rows: ReportRows = []
    for level, names, node in levels:
        steps = ("from", *EFFECTS, "to")
        totals = np.stack([_total(cents, node, len(names)) for cents in (found.start, *found.effects, found.end)])
        _require_exact(totals, compare, label)
        wanted = totals.any(axis=0) if level == "leaf" else np.ones(len(names), dtype=bool)
        for place in np.flatnonzero(wanted):
            rows += [
                {
                    "compare": compare,
                    "period": label,
                    "level": level,
                    "node": names[place],
                    "effect": step,
                    "amount": int(amount) / 100.0,
                }
                for step, amount in zip(steps, totals[:, place])
                if level != "leaf" or amount or step in ("from", "to")
            ]
    return rows


def _unrated(journal: _Journal, before: Book, after: Book, label: str) -> list[Finding]:
    """A note for the currencies whose rate is not known in one of the books."""
    unknown = np.isnan(before.foreign) | np.isnan(after.foreign)
    currencies = sorted({journal.currencies[leaf] for leaf in np.flatnonzero(unknown)})
    return [note("bridge_without_rate", period=label, currency=name) for name in currencies]


def _total(cents: Cents, node: NDArray[np.int64], count: int) -> Cents:
    total = np.zeros(count, dtype=np.int64)
    np.add.at(total, node, cents)
    return total


def _require_exact(totals: Cents, compare: str, label: str) -> None:
    if (totals[:-1].sum(axis=0) != totals[-1]).any():
        raise ArithmeticError(f"the bridge against {compare} of {label} does not add up")
