"""The month in words a director would use: what it earns against budget, what is short, what to decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from sandop.scenario import Month, cover_of
from sandop.scenario.words import limit_name, span_of
from sandop_cli.desk import Desk
from sandop_cli.screen import Screen

_SHORT_SHOWN = 4
_LEVERS = ("extra_shift", "expedite")  # decisions whose worth is mostly lateness avoided: margin is shown beside it


def show_direction(desk: Desk, screen: Screen, version: str) -> None:
    """Print the month's outcome: money, shortages, decisions, where the pack lies, who signed."""
    month, company = desk.month, desk.plan.settings.company
    name = company.name_zh if screen.language == "zh" and company.name_zh else company.name
    screen.line("")
    screen.line(screen.words("director.title", company=name, month=desk.plan.settings.time.start), "bold")
    if company.invented:
        screen.say("demo.invented")
    _show_year(month, screen)
    _show_short(month, screen)
    _show_decisions(month, screen)
    if version:
        screen.say("director.signed", version=version[:12])
    screen.say("director.pack", path=screen.said.get("pack", ""))


def _show_year(month: Month, screen: Screen) -> None:
    """Revenue and margin of the current fiscal year, against budget where there is one; of the planned months where
    actuals and plan do not make up a whole year."""
    year: Any = month.plan.calendar.fiscal_year(month.plan.settings.time.start)
    rows = _money_of(month, "year", str(year))
    if "revenue" not in rows or rows["revenue"]["plan"] is None:
        _show_months(month, screen)
        return
    revenue: Any = rows["revenue"]["plan"]
    _show_money(month, screen, str(year), "finance.done", revenue, rows["margin"]["plan"] or 0.0)
    screen.answer(year=year)
    budget: Any = rows["revenue"]["budget"]
    if budget:
        side, currency = "below" if revenue < budget else "above", month.plan.settings.company.currency
        screen.say(f"finance.{side}_budget", gap=abs(revenue / budget - 1), budget=budget, currency=currency)
        gap = month.reports.get("gap", ())
        if side == "below" and any(row["line"] == "covered" for row in gap):
            screen.say("director.cover", share=cover_of(gap))


def _money_of(month: Month, scope: str, period: str) -> dict[str, Mapping[str, Any]]:
    """Line → its row of the money report."""
    found = (row for row in month.reports.get("money", ()) if (row["scope"], str(row["period"])) == (scope, period))
    return {str(row["line"]): row for row in found}


def _show_months(month: Month, screen: Screen) -> None:
    """Revenue and margin of the planned months; nothing where there is no price."""
    labels = month.plan.calendar.horizon.month_labels
    rows = [row for row in (_money_of(month, "month", label) for label in labels) if "revenue" in row]
    sums = [sum(row[line]["plan"] or 0.0 for row in rows) for line in ("revenue", "margin")]
    if any(row["revenue"]["plan"] is not None for row in rows):
        span = labels[0] if len(labels) == 1 else f"{labels[0]} – {labels[-1]}"
        _show_money(month, screen, span, "finance.months", *sums)


def _show_money(month: Month, screen: Screen, span: str, message: str, revenue: float, margin: float) -> None:
    """A sentence on revenue and margin; without revenue a margin has no share."""
    currency = month.plan.settings.company.currency
    if revenue:
        share = margin / revenue
        screen.say(message, year=span, revenue=revenue, currency=currency, margin=margin, share=share)
    else:
        screen.say("finance.nothing", year=span, currency=currency)
    screen.answer(revenue=revenue, margin=margin)


def _show_short(month: Month, screen: Screen) -> None:
    """The limits that cost most, one line each, in the order of their worth."""
    groups: dict[tuple[Any, Any], list[Mapping[str, Any]]] = {}
    for row in month.reports.get("shortages", ()):
        groups.setdefault((row["kind"], row["limit"]), []).append(row)
    if not groups:
        unserved = len(month.reports.get("unserved", ()))
        screen.say("director.unserved" if unserved else "director.nothing_short", series=unserved)
        return
    for (kind, limit), rows in list(groups.items())[:_SHORT_SHOWN]:
        periods = sorted({str(row["period"]) for row in rows})
        name = limit_name(month.plan.network, kind, limit, screen.language)
        message = "director.short.bought" if kind in ("supplier", "purchase") else "director.short.own"
        screen.say(message, limit=name, span=span_of(periods, screen.language))


def _show_decisions(month: Month, screen: Screen) -> None:
    """Each decision with what is recommended, what it brings and until when."""
    rows: Sequence[Mapping[str, Any]] = month.reports.get("decisions", ())
    if not rows:
        return
    screen.say("director.decide")
    currency = month.plan.settings.company.currency
    for number, group in groupby(rows, key=lambda row: row["number"]):
        alternatives = list(group)
        chosen = next((row for row in alternatives if row["recommended"]), alternatives[0])
        shown = chosen if chosen["kind"] not in _LEVERS or chosen["cost"] else _dearest(alternatives)
        screen.say(
            _decision_message(chosen, shown),
            number=number,
            text=shown["text_zh" if screen.language == "zh" else "text_en"],
            money=shown["money"],
            loss=-shown["money"],
            worth=shown["worth"],
            until=shown["last_responsible"],
            currency=currency,
        )
    screen.answer(decisions=[dict(row) for row in rows])


def _dearest(alternatives: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The alternative that is worth most with penalties counted."""
    return max(alternatives, key=lambda row: row["worth"])


def _decision_message(chosen: Mapping[str, Any], shown: Mapping[str, Any]) -> str:
    """How a decision is told: recommended with its money, or advised against although it is worth something."""
    if shown is not chosen:
        return "director.decision.not"
    if chosen["kind"] in _LEVERS:
        return "director.decision.lever"
    return "director.decision.money" if chosen["money"] else "director.decision"
