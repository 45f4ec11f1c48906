"""The ledger: each line of money by node and month, as it is (actual, then plan), as budgeted, as last estimated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sandop.calendar import Periods
from sandop.finance.earnings import Earnings, standard_cost
from sandop.finance.months import brought
from sandop.plan import Level, Plan, Rows, Sheet, Values, level

Side = Literal["plan", "budget", "le", "last_year"]

SIDES: tuple[Side, ...] = ("plan", "budget", "le", "last_year")
FLOWS = ("revenue", "cogs", "margin", "volume")
LEVELS = ("stock_value", "receivables", "payables", "working_capital")


@dataclass(frozen=True, eq=False)
class Ledger:
    """Lines by node (a family, a region, or the company: one node with an empty name).

    months  closed and planned months; the first `closed` of them are actual
    lines   line → side → values, currency (volume: plan units), (node, month); NaN where nobody has said
    """

    nodes: tuple[str, ...]
    months: Periods
    closed: int
    lines: Mapping[str, Mapping[Side, Values]]

    def side(self, line: str, side: Side) -> Values:
        """One line, (node, month); wholly blank where the ledger has no such side. `last_year` is the plan side
        twelve months before."""
        if side == "last_year":
            return shifted(self.side(line, "plan"), 12)
        blank = np.full((len(self.nodes), len(self.months)), np.nan)
        return self.lines.get(line, {}).get(side, blank)

    def over(self, line: str, side: Side, months: NDArray[np.bool_]) -> Values:
        """The line over these months, (node,): flows are summed over the known months, levels take the last.

        A side that leaves out one of the months for every node is blank: a part of a year is never set beside a
        whole one.
        """
        values = self.side(line, side)[:, months]
        if line in LEVELS:
            last: Values = values[:, -1]
            return last
        known = ~np.isnan(values)
        whole = known.any(axis=1) & bool(known.any(axis=0).all())
        total: Values = np.where(whole, np.where(known, values, 0.0).sum(axis=1), np.nan)
        return np.round(total, 2)

    def with_actual_in_estimate(self) -> Ledger:
        """The ledger whose latest estimate of a closed month is its actual, where the open months are estimated."""
        actual = np.arange(len(self.months))[None, :] < self.closed
        lines = {line: dict(sides) for line, sides in self.lines.items()}
        for sides in lines.values():
            if "le" in sides and (~np.isnan(sides["le"][:, self.closed :])).any():
                sides["le"] = np.where(actual & np.isnan(sides["le"]), sides["plan"], sides["le"])
        return replace(self, lines=lines)


def shifted(values: Values, months: int) -> Values:
    """`values` (node, month) moved: each month shows what stood `months` earlier, blank before the first."""
    earlier = np.full_like(values, np.nan)
    if values.shape[1] > months:
        earlier[:, months:] = values[:, :-months]
    return earlier


def ledger(
    *,
    plan: Plan,
    by: Literal["company", "family", "region"],
    actual: Earnings | None,
    planned: Earnings | None,
    closing_stock: Sheet | None,
) -> Ledger:
    """Revenue, cost, margin, volume and stock value by node.

    actual, planned     earnings of the closed and of the planned months
    closing_stock       planned stock by month, units
    """
    months = plan.calendar.all_months
    sold = [earnings.quantity.rows for earnings in (actual, planned) if earnings is not None]
    stocks = [sheet for sheet in (brought(plan, "stock_actual"), closing_stock) if sheet is not None]
    spoken = [brought(plan, name) for name in ("budget_volume", "budget_revenue", "le_revenue")]
    everyone = [*sold, *(s.rows for s in stocks), *(s.rows for s in spoken if s is not None)]
    nodes = tuple(sorted({str(node) for rows in everyone for node in labels(plan, rows, by)} - {""}))
    nodes = ("",) if by == "company" else nodes
    book = _Book(plan, by, nodes, months)
    return Ledger(nodes, months, len(plan.calendar.history), _lines(book, actual, planned, stocks))


@dataclass(frozen=True, eq=False)
class _Book:
    plan: Plan
    by: Literal["company", "family", "region"]
    nodes: tuple[str, ...]
    months: Periods

    def total(self, *sheets: Sheet | None) -> Values:
        """Sheets of different months put together by node, (node, month)."""
        values = np.full((len(self.nodes), len(self.months)), np.nan)
        for sheet in sheets:
            if sheet is None or not len(sheet.rows):
                continue
            at = self._level(sheet.rows)
            keep = [place for place, key in enumerate(at.rows.keys) if key[0] in self.nodes]
            row = [self.nodes.index(at.rows.keys[place][0]) for place in keep]
            source = [i for i, label in enumerate(sheet.periods.labels) if label in self.months.position]
            column = [self.months.position[sheet.periods.labels[i]] for i in source]
            values[np.ix_(row, column)] = at.total(_counted(self.plan, sheet, at))[np.ix_(keep, source)]
        return values

    def brought(self, name: str) -> Values:
        return self.total(brought(self.plan, name))

    def _level(self, rows: Rows) -> Level:
        if rows.grain == ("item", "site") and self.by == "region":
            keys = [(str(label),) for label in labels(self.plan, rows, "region")]
            nodes = Rows.of(("region",), keys)
            return Level(nodes, nodes.places(keys))
        if rows.grain == ("family",):
            families = [(str(label),) for label in labels(self.plan, rows, self.by)]
            nodes = Rows.of((self.by,), families)
            return Level(nodes, nodes.places(families))
        return level(rows, self.plan.network, () if self.by == "company" else (self.by,))


def _lines(
    book: _Book, actual: Earnings | None, planned: Earnings | None, stocks: Sequence[Sheet]
) -> dict[str, dict[Side, Values]]:
    sides = [earnings for earnings in (actual, planned) if earnings is not None]
    revenue, margin = book.brought("budget_revenue"), book.brought("budget_margin")
    estimate, kept = book.brought("le_revenue"), book.brought("le_margin")
    blank = np.full_like(revenue, np.nan)
    return {
        "revenue": {"plan": book.total(*(e.revenue for e in sides)), "budget": revenue, "le": estimate},
        "cogs": {"plan": book.total(*(e.cogs for e in sides)), "budget": revenue - margin, "le": estimate - kept},
        "margin": {"plan": book.total(*(e.margin for e in sides)), "budget": margin, "le": kept},
        "volume": {"plan": book.total(*(e.quantity for e in sides)), "budget": book.brought("budget_volume")},
        "stock_value": {
            "plan": book.total(*(stock_value(book.plan, sheet) for sheet in stocks)),
            "budget": blank if book.by == "region" else book.brought("budget_stock"),
        },
    }


def stock_value(plan: Plan, stock: Sheet) -> Sheet:
    """Stock x standard cost, plan currency, by item, site and month."""
    return stock.with_values(stock.values * standard_cost(plan, stock.rows)[:, None], "stock_value").rounded()


def labels(plan: Plan, rows: Rows, by: str) -> NDArray[np.object_]:
    """The node of each row, (row,): "" for the company and where the row has none. The region of a stock is its
    site's, that of a sale its customer's."""
    network = plan.network
    if by == "company":
        return np.full(len(rows), "", dtype=object)
    if "family" in rows.grain:
        return rows.column("family")
    if by == "family":
        family: NDArray[np.object_] = network.items.family[network.items.places(rows.column("item"))]
        return family
    table, key = (network.customers, "customer") if "customer" in rows.grain else (network.sites, "site")
    region: NDArray[np.object_] = table.region[table.places(rows.column(key))]
    return region


def _counted(plan: Plan, sheet: Sheet, at: Level) -> Values:
    """Money as it is; units in plan units, blank at a node that joins families of different plan units."""
    if sheet.unit != "unit":
        return sheet.values
    items, families = plan.network.items, plan.network.families
    place = items.places(sheet.rows.column("item"))
    mixed = at.joins_several(families.unit[families.places(items.family[place])])
    counted: Values = np.where(mixed[at.node][:, None], np.nan, sheet.values * items.plan_factor[place][:, None])
    return counted


def cell(value: float, decimals: int = 2) -> float | None:
    """A number of a report: None where nobody has said."""
    return None if np.isnan(value) else round(float(value), decimals) + 0.0
