"""The lines of the S&OP sheet by family and month, in plan units: planned (from result sheets) and actual."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sandop.calendar import Periods
from sandop.finance import opening_backlog, past_backlog
from sandop.plan import Plan, Rows, Sheet, Sheets, Values, by_month

LINES = ("bookings", "shipments", "backlog", "production", "stock", "adjustments")


@dataclass(frozen=True, eq=False)
class FamilyLines:
    """Lines of every family in its plan unit, each (family, month); NaN where nobody has said.

    lines   bookings, shipments, backlog, production, stock, adjustments, and lost
    """

    families: tuple[str, ...]
    months: Periods
    lines: Mapping[str, Values]

    def of(self, line: str, family: str, month: str) -> float:
        """One cell; NaN outside."""
        place = self.months.position.get(month)
        if place is None or line not in self.lines:
            return float("nan")
        return float(self.lines[line][self.families.index(family), place])


def sold_families(plan: Plan, sheets: Sheets) -> tuple[str, ...]:
    """Families with anything asked for, now or in the past."""
    asked = [sheets.get("demand"), plan.sheets.get("orders"), plan.sheets.get("shipments")]
    items = {str(item) for sheet in asked if sheet is not None for item in sheet.rows.column("item")}
    family = plan.network.parents["item"]["family"]
    return tuple(sorted({family[item] for item in items}))


def planned_lines(plan: Plan, sheets: Sheets, families: Sequence[str]) -> FamilyLines | None:
    """The lines of a supply plan, old or new; None where there is none.

    bookings    unconstrained demand           shipments   deliveries           backlog   owed at month end
    production  finished production + planned purchases + open orders that arrive, other than transfers
    stock       closing stock
    adjustments transfers received - sent + open transfers that arrive - units used as components + stock a fact
                needs that is nowhere ("uncovered")
    """
    if not {"demand", "deliveries", "closing_stock"} <= sheets.keys():
        return None
    book = _Book(plan, tuple(families), by_month(sheets["deliveries"]).periods, sheets)
    moving = _open_transfers(book, sheets["deliveries"].periods)
    arriving = book.sum("open_receipts") - moving
    lines = {
        "bookings": book.sum("demand"),
        "shipments": book.sum("deliveries"),
        "backlog": book.sum("backlog"),
        "lost": book.sum("lost"),
        "production": book.sum("production_finished") + book.sum("purchases_received") + arriving,
        "stock": book.sum("closing_stock"),
        "adjustments": book.sum("transfers_received")
        - book.sum("transfers")
        + moving
        - _used(book)
        + book.sum("uncovered"),
    }
    return FamilyLines(book.families, book.months, lines)


def actual_lines(plan: Plan, families: Sequence[str]) -> FamilyLines:
    """The lines of the closed months.

    Backlog is rebuilt backwards from the overdue customer orders the plan starts with (`past_backlog`), so that
    backlog = backlog before + bookings - shipments; adjustments are what stock changed beyond production and
    shipments: counts, scrap, transit, components used.
    """
    book = _Book(plan, tuple(families), plan.calendar.history, plan.sheets)
    bookings, shipments = book.known("orders"), book.known("shipments")
    production, stock = book.known("production_actual"), book.known("stock_actual")
    before = np.concatenate([np.full((len(stock), 1), np.nan), stock[:, :-1]], axis=1)
    lines = {
        "bookings": bookings,
        "shipments": shipments,
        "backlog": _past_backlog(book),
        "production": production,
        "stock": stock,
        "adjustments": stock - before - production + shipments,
    }
    return FamilyLines(book.families, book.months, lines)


@dataclass(frozen=True, eq=False)
class _Book:
    plan: Plan
    families: tuple[str, ...]
    months: Periods
    sheets: Sheets

    def sum(self, name: str) -> Values:
        """A sheet by family and month in plan units; zero where there is none."""
        return np.nan_to_num(self.known(name))

    def known(self, name: str) -> Values:
        """The same, blank where nobody has said."""
        if name not in self.sheets:
            return np.full((len(self.families), len(self.months)), np.nan)
        sheet = self.plan.sheet(name) if self.sheets is self.plan.sheets else self.sheets[name]
        sheet = by_month(sheet)
        values = sheet.on(sheet.rows, self.months).values
        return self.by_family(self._items(sheet), values)

    def by_family(self, items: NDArray[np.object_], values: Values) -> Values:
        """Units of items, (row, month), as plan units of families, (family, month); all blank stays blank."""
        table = self.plan.network.items
        item = table.places(items)
        place = {family: i for i, family in enumerate(self.families)}
        node = np.array([place.get(str(family), -1) for family in table.family[item]], dtype=np.int64)
        shown = node >= 0
        units = values[shown] * table.plan_factor[item[shown]][:, None]
        total = np.zeros((len(self.families), values.shape[1]))
        spoken = np.zeros_like(total, dtype=bool)
        np.add.at(total, node[shown], np.nan_to_num(units))
        np.logical_or.at(spoken, node[shown], ~np.isnan(units))
        result: Values = np.where(spoken, total, np.nan)
        return result

    def _items(self, sheet: Sheet) -> NDArray[np.object_]:
        if "item" in sheet.rows.grain:
            return sheet.rows.column("item")
        processes = self.plan.network.processes
        items: NDArray[np.object_] = processes.item[processes.places(sheet.rows.column("process"))]
        return items


def _used(book: _Book) -> Values:
    """Units used as components when lots start: good units started / yield x units a unit."""
    if "production" not in book.sheets:
        return np.zeros((len(book.families), len(book.months)))
    started = by_month(book.sheets["production"])
    started = started.on(started.rows, book.months)
    processes, bills = book.plan.network.processes, book.plan.network.bills
    line = started.rows.places((process,) for process in bills.process)
    used = np.flatnonzero(line >= 0)
    good = processes.good_share[processes.places(bills.process[used])]
    units = np.nan_to_num(started.values[line[used]]) * (bills.quantity[used] / good)[:, None]
    return np.nan_to_num(book.by_family(bills.component[used], units))


def _open_transfers(book: _Book, periods: Periods) -> Values:
    """Open transfers by month of arrival; overdue ones at once, those after the plan not at all."""
    if "open_receipts" not in book.sheets:
        return np.zeros((len(book.families), len(book.months)))
    orders = book.plan.network.open_orders
    orders = orders.take((orders.kind == "transfer") & (orders.due < np.datetime64(periods.end)))
    units = np.zeros((len(orders), len(book.months)))
    units[np.arange(len(orders)), periods.month_of[periods.holding_each(orders.due)]] = orders.quantity
    return np.nan_to_num(book.by_family(orders.item, units))


def _past_backlog(book: _Book) -> Values:
    """Backlog at the end of each closed month, by family."""
    plan = book.plan
    blank = np.full((len(book.families), len(book.months)), np.nan)
    if "orders" not in plan.sheets or "shipments" not in plan.sheets:
        return blank
    orders = plan.sheet("orders")
    rows = Rows.of(orders.rows.grain, {*orders.rows.keys, *plan.sheet("shipments").rows.keys})
    orders, shipments = orders.on(rows, book.months), plan.sheet("shipments").on(rows, book.months)
    closing = opening_backlog(plan=plan, rows=rows)
    before = past_backlog(orders=orders, shipments=shipments, closing=closing)
    after = np.concatenate([before[:, 1:], closing[:, None]], axis=1)
    return book.by_family(rows.column("item"), after)
