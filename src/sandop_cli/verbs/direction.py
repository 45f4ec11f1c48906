"""The month in words a director would use: what it earns against budget, what is short, what to decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from sandop.network import Resources, Suppliers
from sandop.scenario import Month, cover_of
from sandop_cli.desk import Desk
from sandop_cli.screen import Screen

_SHORT_SHOWN = 4


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
    """Revenue and margin of the current fiscal year, against budget where there is one."""
    year = month.plan.calendar.fiscal_year(month.plan.settings.time.start)
    rows = {
        row["line"]: row
        for row in month.reports.get("money", ())
        if row["scope"] == "year" and str(row["period"]) == str(year)
    }
    if "revenue" not in rows or not rows["revenue"]["plan"]:
        return
    revenue: Any = rows["revenue"]["plan"]
    margin: Any = rows["margin"]["plan"] or 0.0
    currency = month.plan.settings.company.currency
    screen.say("finance.done", year=year, revenue=revenue, currency=currency, margin=margin, share=margin / revenue)
    screen.answer(year=year, revenue=revenue, margin=margin)
    budget: Any = rows["revenue"]["budget"]
    if budget:
        screen.say("finance.budget", gap=revenue / budget - 1, budget=budget)
        gap = month.reports.get("gap", ())
        if cover_of(gap) < 1.0 or any(row["line"] == "covered" for row in gap):
            screen.say("director.cover", share=cover_of(gap))


def _show_short(month: Month, screen: Screen) -> None:
    """The limits that cost most, one line each, in the order of their worth."""
    groups: dict[tuple[Any, Any], list[Mapping[str, Any]]] = {}
    for row in month.reports.get("shortages", ()):
        groups.setdefault((row["kind"], row["limit"]), []).append(row)
    if not groups:
        screen.say("director.nothing_short")
        return
    for (kind, limit), rows in list(groups.items())[:_SHORT_SHOWN]:
        periods = sorted(row["period"] for row in rows)
        screen.say(
            f"director.short.{kind}" if kind in ("capacity", "supplier") else "director.short.other",
            limit=_name(month, kind, limit, screen),
            first=periods[0],
            last=periods[-1],
            count=len(periods),
        )


def _name(month: Month, kind: str, limit: str, screen: Screen) -> str:
    network = month.plan.network
    table = {"capacity": network.resources, "supplier": network.suppliers}.get(kind)
    if not isinstance(table, Resources | Suppliers) or limit not in table.position:
        return limit
    place = table.position[limit]
    return str((table.name_zh if screen.language == "zh" else table.name)[place] or limit)


def _show_decisions(month: Month, screen: Screen) -> None:
    """Each decision with what is recommended, what it brings and until when."""
    rows: Sequence[Mapping[str, Any]] = month.reports.get("decisions", ())
    if not rows:
        return
    screen.say("director.decide")
    for number, alternatives in groupby(rows, key=lambda row: row["number"]):
        chosen = next((row for row in alternatives if row["recommended"]), None)
        if chosen is None:
            continue
        text = chosen["text_zh" if screen.language == "zh" else "text_en"]
        message = "director.decision.gain" if chosen["money"] else "director.decision"
        screen.say(message, number=number, text=text, gain=chosen["money"], until=chosen["last_responsible"])
    screen.answer(decisions=[dict(row) for row in rows])
