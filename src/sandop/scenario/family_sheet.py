"""The classical S&OP sheet of each family: what was promised before, what is promised now, what came of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sandop.calendar import Periods
from sandop.plan import Plan, Values, by_month
from sandop.scenario.family_lines import LINES, FamilyLines, actual_lines, planned_lines, sold_families
from sandop.scenario.month import Month
from sandop.tables import Cell, Report, ReportRows

CLOSED_MONTHS = 6  # closed months shown before the plan
_FLOWS = ("bookings", "shipments", "production", "adjustments")


def family_sheet(*, month: Month, closed_months: int = CLOSED_MONTHS) -> tuple[Report, Report]:
    """The reports `family_sheet` and `identities`, in plan units, for the last closed months and the horizon.

    versions: `old` the version approved last (bookings of closed months it does not cover: the demand forecast made
    in that very month), `new` this plan, `actual` the closed months, `difference` actual - old and new - old,
    `cumulative` the running sum of the differences of flows. Rows stand only where somebody has said something.

    identities, checked month by month within rounding:

        identity.backlog          backlog = backlog before + bookings - shipments - lost
        identity.stock            stock = stock before + production - shipments + adjustments
        identity.opening_stock    the stock the plan starts with = the stock at the end of the last closed month
        identity.known_backlog    the backlog rebuilt for a closed month is not negative (else orders were cancelled
                                  or shipments never ordered)
    """
    plan = month.plan
    families = sold_families(plan, month.sheets)
    new = planned_lines(plan, month.sheets, families)
    if new is None:
        return [], []
    old = planned_lines(plan, plan.previous, families)
    actual = actual_lines(plan, families)
    closed = plan.calendar.history.labels[-closed_months:] if closed_months else ()
    rows: ReportRows = []
    for family in families:
        for line in LINES:
            rows += _versions(plan, family, line, new, old, actual, closed)
    checks = [*_checked_past(actual, closed), *_checked_start(plan, new, actual), *_checked_plan(plan, new)]
    return rows, checks


def _versions(
    plan: Plan,
    family: str,
    line: str,
    new: FamilyLines,
    old: FamilyLines | None,
    actual: FamilyLines,
    closed: Sequence[str],
) -> ReportRows:
    rows: ReportRows = []
    total = 0.0
    for label in (*closed, *new.months.labels):
        known = "actual" if label in closed else "new"
        now = (actual if label in closed else new).of(line, family, label)
        before = _old(plan, old, line, family, label)
        difference = now - before
        said = {"old": before, known: now, "difference": difference}
        if line in _FLOWS and not np.isnan(difference):
            total += difference
            said["cumulative"] = total
        rows += [
            {"family": family, "line": line, "version": version, "period": label, "value": round(value, 3) + 0.0}
            for version, value in said.items()
            if not np.isnan(value)
        ]
    return rows


def _old(plan: Plan, old: FamilyLines | None, line: str, family: str, label: str) -> float:
    """What was said before: by the version approved last, else by the forecast made in that month."""
    value = float("nan") if old is None else old.of(line, family, label)
    if np.isnan(value) and line == "bookings" and label in plan.vintages:
        value = _vintage(plan, label, family)
    return value


def _vintage(plan: Plan, label: str, family: str) -> float:
    """Demand of a month as it was forecast in it, plan units; NaN where that forecast leaves the month out."""
    vintage, items = by_month(plan.vintages[label]), plan.network.items
    if label not in vintage.periods.position:
        return float("nan")
    place = items.places(vintage.rows.column("item"))
    mine = items.family[place] == family
    column = vintage.values[mine, vintage.periods.position[label]] * items.plan_factor[place[mine]]
    known = column[~np.isnan(column)]
    return float(known.sum()) if len(known) else float("nan")


def _checked_plan(plan: Plan, lines: FamilyLines) -> ReportRows:
    """Backlog and stock of every planned month, against what the other lines say."""
    of = lines.lines
    owed = _before(of["backlog"], _opening_backlog(plan, lines.families))
    stock = _before(of["stock"], _opening_stock(plan, lines.families))
    backlog = owed + of["bookings"] - of["shipments"] - of["lost"]
    expected = stock + of["production"] - of["shipments"] + of["adjustments"]
    slack = _slack(plan, lines.families)
    return [
        *_compared("identity.backlog", lines.families, lines.months, of["backlog"], backlog, slack),
        *_compared("identity.stock", lines.families, lines.months, of["stock"], expected, slack),
    ]


def _checked_start(plan: Plan, new: FamilyLines, actual: FamilyLines) -> ReportRows:
    if not len(actual.months):
        return []
    first = new.months.slice(0, 1)
    counted = actual.lines["stock"][:, -1:]
    opening = _opening_stock(plan, new.families)[:, None]
    return _compared("identity.opening_stock", new.families, first, opening, counted, _slack(plan, new.families))


def _checked_past(actual: FamilyLines, closed: Sequence[str]) -> ReportRows:
    rows: ReportRows = []
    for family in actual.families:
        for label in closed:
            owed = actual.of("backlog", family, label)
            if not np.isnan(owed):
                rows.append(_row("identity.known_backlog", family, label, owed, max(owed, 0.0), 0.01))
    return rows


def _compared(
    identity: str, families: Sequence[str], months: Periods, left: Values, right: Values, slack: Values
) -> ReportRows:
    return [
        _row(identity, family, label, float(left[i, j]), float(right[i, j]), float(slack[i]))
        for i, family in enumerate(families)
        for j, label in enumerate(months.labels)
        if not (np.isnan(left[i, j]) or np.isnan(right[i, j]))
    ]


def _row(identity: str, family: str, period: str, left: float, right: float, slack: float) -> dict[str, Cell]:
    return {
        "family": family,
        "identity": identity,
        "period": period,
        "left": round(left, 3) + 0.0,
        "right": round(right, 3) + 0.0,
        "holds": bool(abs(left - right) <= slack + 1e-9 * abs(left)),
    }


def _before(values: Values, opening: Values) -> Values:
    return np.concatenate([opening[:, None], values[:, :-1]], axis=1)


def _slack(plan: Plan, families: Sequence[str]) -> Values:
    """What rounding to three decimals can add up to in a family, plan units, (family,): a hundredth for every item
    and site."""
    items = plan.network.items
    factor = [items.plan_factor[items.family == family] for family in families]
    sites = max(len(plan.network.sites), 1)
    return np.array([0.01 + 0.01 * sites * float(np.abs(one).sum()) for one in factor])


def _opening_stock(plan: Plan, families: Sequence[str]) -> Values:
    stock, items = plan.network.opening_stock, plan.network.items
    place = items.places(stock.item)
    units = stock.quantity * items.plan_factor[place]
    return np.array([float(units[items.family[place] == family].sum()) for family in families])


def _opening_backlog(plan: Plan, families: Sequence[str]) -> Values:
    orders, items = plan.network.open_orders, plan.network.items
    start = np.datetime64(plan.calendar.horizon.starts[0])
    overdue = orders.take(np.flatnonzero((orders.kind == "customer") & (orders.due < start)))
    place = items.places(overdue.item)
    units = overdue.quantity * items.plan_factor[place]
    return np.array([float(units[items.family[place] == family].sum()) for family in families])
