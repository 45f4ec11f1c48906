"""What a sale earns: price in the customer's currency x exchange rate x (1 - rebate)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sandop.calendar import Periods
from sandop.finance.months import brought
from sandop.findings import Finding, note, warning
from sandop.plan import Plan, Rows, Sheet, Values


@dataclass(frozen=True, eq=False)
class Prices:
    """What one unit earns.

    price   net price without VAT in the customer's currency, currency/unit, (row, month)
    rate    plan currency for one unit of that currency, (row, month); 1 in the plan currency
    kept    what the rebate leaves of the price, share, (row,)
    """

    price: Values
    rate: Values
    kept: Values

    @property
    def net(self) -> Values:
        """Net revenue of one unit in plan currency, currency/unit, (row, month): price x rate x (1 - rebate)."""
        net: Values = self.price * self.rate * self.kept[:, None]
        return net


def prices(*, plan: Plan, rows: Rows, months: Periods) -> Prices:
    """Prices, rates and rebates for rows with an item and a customer; what nobody has said is blank (NaN)."""
    pairs = list(zip(rows.column("item"), rows.column("customer")))
    sheet = brought(plan, "price")
    wanted = Rows.of(("item", "customer"), pairs)
    known = Sheet.blank("price", wanted, months) if sheet is None else sheet.on(wanted, months)
    return Prices(
        price=known.values[wanted.places(pairs)],
        rate=rates(plan=plan, currencies=customer_currencies(plan, rows), months=months),
        kept=1.0 - customer_column(plan, rows, "rebate"),
    )


def customer_column(plan: Plan, rows: Rows, column: str) -> Values:
    """A column of the customers for each row with a customer, (row,)."""
    place = plan.network.customers.places(rows.column("customer"))
    values: Values = getattr(plan.network.customers, column)[place]
    return values


def customer_currencies(plan: Plan, rows: Rows) -> list[str]:
    """Currency in which each row is paid, (row,)."""
    own = plan.settings.company.currency
    return [str(currency) or own for currency in customer_column(plan, rows, "currency")]


def rates(*, plan: Plan, currencies: Sequence[str], months: Periods, measure: str = "rate") -> Values:
    """Plan currency for one unit of each currency, (row, month): 1 for the plan currency, blank where nobody has
    given a rate. `measure` is "rate" or "budget_rate"."""
    sheet = brought(plan, measure)
    names = Rows.of(("currency",), [(currency,) for currency in currencies])
    known = Sheet.blank(measure, names, months) if sheet is None else sheet.on(names, months)
    values = known.values.copy()
    own = (plan.settings.company.currency,)
    if own in names.position:
        values[names.position[own]] = 1.0
    return values[names.places((currency,) for currency in currencies)]


def missing_prices(*, plan: Plan, deliveries: Sheet) -> list[Finding]:
    """Deliveries (by month) that earn an unknown amount: a finding for each item and customer without a price in
    some month, and one for each currency without a rate; a single note where nobody brought prices at all."""
    rows, months = deliveries.rows, deliveries.periods
    if "price" not in plan.sheets:
        return [note("prices_absent")]
    sold = np.nan_to_num(deliveries.values) != 0
    at = prices(plan=plan, rows=rows, months=months)
    unpriced, unrated = sold & np.isnan(at.price), sold & np.isnan(at.rate)
    return [*_unpriced(rows, months, unpriced, deliveries.values), *_unrated(plan, rows, months, unrated)]


def _unpriced(rows: Rows, months: Periods, unpriced: Values, quantity: Values) -> list[Finding]:
    found: dict[tuple[str, str], list[float]] = {}
    items, customers = rows.column("item"), rows.column("customer")
    for i in np.flatnonzero(unpriced.any(axis=1)):
        places = np.flatnonzero(unpriced[i])
        entry = found.setdefault((items[i], customers[i]), [places[0], 0.0])
        entry[0] = min(entry[0], places[0])
        entry[1] += float(quantity[i, places].sum())
    return [
        warning("price_missing", item=item, customer=customer, month=months.labels[int(first)], quantity=units)
        for (item, customer), (first, units) in found.items()
    ]


def _unrated(plan: Plan, rows: Rows, months: Periods, unrated: Values) -> list[Finding]:
    currencies = np.array(customer_currencies(plan, rows), dtype=object)
    findings = []
    for currency in sorted(set(currencies[unrated.any(axis=1)])):
        first = int(np.flatnonzero(unrated[currencies == currency].any(axis=0))[0])
        findings.append(warning("rate_missing", currency=currency, month=months.labels[first]))
    return findings
