"""The gap between the plan and the budget of the fiscal year, what the decisions cover of it, what stays open."""

from __future__ import annotations

from collections.abc import Mapping

from sandop.plan import Plan
from sandop.scenario.month import Month
from sandop.scenario.words import subject_name
from sandop.tables import Report
from sandop.wording import LANGUAGES, say

_LEAST = 1.0  # a lever that adds less than one unit of money to the year covers nothing


def budget_gap(*, month: Month) -> Report:
    """One row per line: budget, plan, gap (plan - budget), a row per lever that adds revenue in the fiscal year, with
    what it adds to the levers before it, covered (their sum), and what is not covered where the plan lies below
    budget.
    Empty without a budget.

    budget + gap = plan; gap + covered + uncovered = 0, and `uncovered` is negative where the levers do more than
    close the gap.
    """
    plan = month.plan
    year = plan.calendar.fiscal_year(plan.settings.time.start)
    revenue = _revenue_of(month, year)
    if revenue is None or not revenue["budget"] or revenue["plan"] is None:
        return []
    gap = float(str(revenue["plan"])) - float(str(revenue["budget"]))
    gains = {number: gain for number, gain in _gains(month, plan, year).items() if abs(gain) >= _LEAST}
    subjects = {int(str(row["number"])): str(row["subject"]) for row in month.reports.get("decisions", ())}
    rows = [
        _row("budget", "", float(str(revenue["budget"])), year=year),
        _row("plan", "", float(str(revenue["plan"])), year=year),
        _row("gap", "", gap),
        *(_lever(plan, n, subjects[n], gain) for n, gain in gains.items()),
    ]
    if gains:
        rows.append(_row("covered", "", sum(gains.values())))
    if gap < 0:
        rows.append(_row("uncovered", "", -gap - sum(gains.values())))
    return rows


def _revenue_of(month: Month, year: int) -> Mapping[str, object] | None:
    """The row of the money report with the revenue of the fiscal year."""
    wanted = ("revenue", "year", str(year))
    rows = (
        row for row in month.reports.get("money", ()) if (row["line"], row["scope"], str(row["period"])) == wanted
    )
    return next(rows, None)


def _gains(month: Month, plan: Plan, year: int) -> dict[int, float]:
    """Decision number → revenue it adds in the fiscal year."""
    gains: dict[int, float] = {}
    for row in month.reports.get("levers", ()):
        inside = plan.calendar.fiscal_year(str(row["period"])) == year
        number = int(str(row["number"]))
        gains[number] = gains.get(number, 0.0) + (float(str(row["revenue"])) if inside else 0.0)
    return gains


def _lever(plan: Plan, number: int, subject: str, gain: float) -> dict[str, str | float | None]:
    """What a decision adds, by the names of what it is about."""
    row = _row("lever", subject, gain, number=number)
    for language in LANGUAGES:
        named = subject_name(plan.network, subject, language)
        row[f"text_{language}"] = say("gap.lever", language, number=number, subject=named)
    return row


def _row(line: str, subject: str, amount: float, **values: object) -> dict[str, str | float | None]:
    words = {f"text_{language}": say(f"gap.{line}", language, subject=subject, **values) for language in LANGUAGES}
    decision = values.get("number")
    number = decision if isinstance(decision, int) else None
    return {"line": line, "number": number, "subject": subject, "amount": round(amount, 2) + 0.0, **words}


def cover_of(gap: Report) -> float:
    """Share of the gap that the decisions cover, 0 to 1; 1 where there is no gap."""
    amounts = {str(row["line"]): float(str(row["amount"])) for row in gap if row["line"] != "lever"}
    missing = -amounts.get("gap", 0.0)
    return 1.0 if missing <= 0 else min(max(amounts.get("covered", 0.0) / missing, 0.0), 1.0)
