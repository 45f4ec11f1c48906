"""Where figures stand that no single measure says: lines of the ledger, cells of reports, measures set against each
other.

Their names carry a dot, which no measure's does: `ledger.revenue.plan`, `report.kpis.value`,
`made.share.load.hours_available`.
"""

from __future__ import annotations

from collections.abc import Mapping

from sandop.finance.ledger import Side
from sandop.pack.figures import number
from sandop.pack.page import Cell, Form, Place, Tone

At = tuple[tuple[str, str], ...]

LEDGER, REPORT, MADE = "ledger", "report", "made"
CAPITAL = ("receivables", "payables", "working_capital")  # lines of the company alone, which the plan only states
# Report → the columns that name a row of it.
REPORT_KEYS: Mapping[str, tuple[str, ...]] = {
    "accuracy": ("stream", "level", "node", "lag"),
    "availability": ("item", "site", "period"),
    "bridge": ("compare", "period", "level", "node", "effect"),
    "business_review": ("line", "level", "node", "span"),
    "certificate": ("status",),
    "costs": ("kind",),
    "decisions": ("number", "alternative"),
    "family_sheet": ("family", "line", "version", "period"),
    "fence_breaks": ("process", "item", "period"),
    "forecast_report": ("item", "site", "customer"),
    "gap": ("line", "number"),
    "identities": ("family", "identity", "period"),
    "kpis": ("kpi",),
    "levers": ("number", "period"),
    "money": ("line", "scope", "period"),
    "money_by_family": ("family", "line", "scope", "period"),
    "overrides": ("override", "period"),
    "rccp": ("resource", "period"),
    "risks_opportunities": ("kind", "id"),
    "schedule": ("process", "item", "site", "week"),
    "schedule_carry": ("process", "item", "period"),
    "segmentation": ("item",),
    "shortages": ("kind", "limit", "period"),
    "surpluses": ("kind", "id"),
    "unserved": ("item", "site", "customer", "period"),
    "value_added": ("step", "reference", "level", "node"),
    "violations": ("kind", "id", "period"),
    "waterfall": ("family", "cause"),
}
WHEN = ("period", "week")  # columns of a report that say when
BETWEEN = ".."  # the first and last month of a span


def span(first: str, last: str) -> str:
    """A span of months as the period of a place; one month is itself."""
    return first if first == last else f"{first}{BETWEEN}{last}"


def ends(period: str) -> tuple[str, str]:
    """The first and the last period that a place's period names."""
    first, _, last = period.partition(BETWEEN)
    return first, last or first


def ledger_place(line: str, side: Side, period: str, at: At = ()) -> Place:
    """Where a line of money (or the volume sold) stands on one side, in a month, a span or a fiscal year ("2026")."""
    return Place(f"{LEDGER}.{line}.{side}", at, period)


def money_place(row: Mapping[str, object], side: Side, at: At = ()) -> Place:
    """Where a cell of the money report stands. What the report alone knows is explained by its row."""
    line, period = str(row["line"]), str(row["period"])
    if line in CAPITAL:
        return report_place("money", side, line=line, scope=str(row["scope"]), period=period)
    return ledger_place(line, side, period, at)


def made_place(kind: str, *measures: str, at: At = (), period: str = "") -> Place:
    """Where a figure made of one or two measures stands: `kind` is share (the first over the second), less (the first
    without the second), at_cost (at standard cost), less_at_cost."""
    return Place(".".join((MADE, kind, *measures)), at, period)


def report_place(report: str, column: str, **key: str) -> Place:
    """Where a cell of a report stands: its column, and what names its row."""
    period = key.pop("period", "")
    return Place(f"{REPORT}.{report}.{column}", tuple(key.items()), period)


def row_place(report: str, row: Mapping[str, object], column: str) -> Place | None:
    """Where a number of a report's row stands; None in a report whose rows have no names, and for what only names
    the row."""
    names = REPORT_KEYS.get(report)
    if names is None or column in (*names, *WHEN):
        return None
    key = {name: str(row[name]) for name in names if row.get(name) not in (None, "")}
    return report_place(report, column, **{("period" if name in WHEN else name): key[name] for name in key})


def reported(
    report: str, row: Mapping[str, object], column: str, form: Form | None = None, tone: Tone | None = None
) -> Cell:
    """A number of a report's row as a cell that opens."""
    return Cell(number(row.get(column)), form, tone, place=row_place(report, row, column))
