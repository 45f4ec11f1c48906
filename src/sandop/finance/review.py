"""The business review: how the last closed month and the year to date did against budget, estimate, last year."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sandop.finance.earnings import actual_earnings
from sandop.finance.ledger import Ledger, Side, cell, labels, ledger
from sandop.finance.service import served_on_time
from sandop.plan import Plan, Sheet, Values
from sandop.tables import ReportRows

_LINES = ("revenue", "margin", "volume", "stock_value")
_SIDES: tuple[tuple[str, Side], ...] = (
    ("actual", "plan"),
    ("budget", "budget"),
    ("le", "le"),
    ("last_year", "last_year"),
)
_BY: tuple[Literal["company", "family", "region"], ...] = ("company", "family", "region")


def business_review(*, plan: Plan) -> ReportRows:
    """Rows `line, level, node, span, actual, budget, le, last_year`; empty where no month is closed.

    line    revenue, margin (plan currency), volume (plan units of the family; None where a node joins families of
            different units), stock_value (plan currency at standard cost), service (share)
    span    month: the last closed month; ytd: the fiscal year up to and with it

    Service is the fill rate on the requested month (tolerant rung: any day of the month asked for; old orders are
    served first), `served_on_time`, units weighed with standard cost. Budget of stock is by family. The latest
    estimate of the past is what was estimated for it, blank where nobody did. Regions: a sale has its customer's, a
    stock its site's.
    """
    closed = len(plan.calendar.history)
    if not closed:
        return []
    actual, asked_and_served = actual_earnings(plan=plan), served_on_time(plan=plan)
    rows: ReportRows = []
    for by in _BY:
        book = ledger(plan=plan, by=by, actual=actual, planned=None, closing_stock=None)
        for span, months in _spans(plan, len(book.months)):
            for line in _LINES:
                rows += _rows(book, line, by, span, months)
            if asked_and_served is not None:
                rows += _service(plan, asked_and_served, by, span, months[:closed], book.nodes)
    return rows


def _spans(plan: Plan, count: int) -> tuple[tuple[str, NDArray[np.bool_]], ...]:
    history = plan.calendar.history
    years = plan.calendar.fiscal_years(history)
    month, to_date = np.zeros(count, dtype=bool), np.zeros(count, dtype=bool)
    month[len(history) - 1] = True
    to_date[: len(history)] = years == years[-1]
    return ("month", month), ("ytd", to_date)


def _rows(book: Ledger, line: str, by: str, span: str, months: NDArray[np.bool_]) -> ReportRows:
    values = {column: book.over(line, side, months) for column, side in _SIDES}
    spoken = [place for place in range(len(book.nodes)) if any(not np.isnan(v[place]) for v in values.values())]
    return [
        {"line": line, "level": by, "node": book.nodes[place], "span": span}
        | {column: cell(values[column][place]) for column, _ in _SIDES}
        for place in spoken
    ]


def _service(
    plan: Plan,
    asked_and_served: tuple[Sheet, Sheet],
    by: str,
    span: str,
    months: NDArray[np.bool_],
    nodes: tuple[str, ...],
) -> ReportRows:
    """Fill rate by node in the span and in the same months a year before."""
    orders, served = asked_and_served
    value = plan.network.items.value[plan.network.items.places(orders.rows.column("item"))][:, None]
    node = labels(plan, orders.rows, by)
    place = np.array([nodes.index(name) if name in nodes else len(nodes) for name in node], dtype=np.int64)
    now = _share(orders.values * value, served.values * value, place, months, len(nodes))
    before = _share(orders.values * value, served.values * value, place, _year_before(months), len(nodes))
    return [
        {
            "line": "service",
            "level": by,
            "node": name,
            "span": span,
            "actual": cell(now[i], 6),
            "budget": None,
            "le": None,
            "last_year": cell(before[i], 6),
        }
        for i, name in enumerate(nodes)
        if not (np.isnan(now[i]) and np.isnan(before[i]))
    ]


def _year_before(months: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The same months twelve earlier; none where history does not reach back to all of them."""
    if months[:12].any():
        return np.zeros_like(months)
    return np.append(months[12:], np.zeros(12, dtype=bool))


def _share(asked: Values, got: Values, place: NDArray[np.int64], months: NDArray[np.bool_], count: int) -> Values:
    whole = [
        np.bincount(place, np.nansum(values[:, months], axis=1), minlength=count + 1)[:count]
        for values in (got, asked)
    ]
    with np.errstate(divide="ignore", invalid="ignore"):
        share: Values = np.where(whole[1] > 0, np.round(whole[0] / whole[1], 6), np.nan)
    return share
