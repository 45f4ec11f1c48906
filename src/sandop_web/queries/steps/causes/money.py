"""Revenue to budget and gross margin share: the fiscal year by family and by customer."""

from __future__ import annotations

from collections.abc import Sequence

from sandop.finance.earnings import actual_earnings
from sandop.pack.figures import rows, text
from sandop.plan import Sheet
from sandop_web.queries.steps.causes.ratio import Ratio, ratio_at
from sandop_web.queries.steps.content import Needs, Reading

NEEDS = Needs(
    sheets=("revenue", "margin"),
    inputs=("budget_revenue", "shipments", "revenue_actual"),
    reports=("kpis", "money"),
)
LEVELS = ("family", "customer")


def revenue_to_budget(reading: Reading) -> Sequence[Ratio]:
    """Revenue over budget, both of the months of the fiscal year."""
    budget = [reading.month.plan.sheet("budget_revenue")] if "budget_revenue" in reading.month.plan.sheets else []
    year = _months_of_year(reading)
    return [ratio_at(reading.month, by, _of(reading, "revenue"), budget, counted=year) for by in LEVELS]


def margin_share(reading: Reading) -> Sequence[Ratio]:
    """Gross margin over revenue of the fiscal year; of the planned months where the plan holds no whole year."""
    year = _months_of_year(reading) or reading.month.plan.calendar.planned_months.labels
    margin, revenue = _of(reading, "margin"), _of(reading, "revenue")
    return [ratio_at(reading.month, by, margin, revenue, counted=year) for by in LEVELS]


def _of(reading: Reading, line: str) -> list[Sheet]:
    """A line of the closed months and of the planned ones."""
    actual = actual_earnings(plan=reading.month.plan)
    closed = [] if actual is None else [actual.revenue if line == "revenue" else actual.margin]
    return [*closed, *([reading.month.sheets[line]] if line in reading.month.sheets else [])]


def _months_of_year(reading: Reading) -> tuple[str, ...]:
    """The months of the fiscal year that the scorecard speaks of: the first of the money report."""
    years = [text(row.get("period")) for row in rows(reading.month, "money", line="revenue", scope="year")]
    calendar = reading.month.plan.calendar
    every = calendar.all_months
    return tuple(
        label for label, year in zip(every.labels, calendar.fiscal_years(every)) if years and str(year) == years[0]
    )
