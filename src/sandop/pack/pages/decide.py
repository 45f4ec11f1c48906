"""Page 1: what the meeting decides. Money first, the proof last."""

from __future__ import annotations

from collections.abc import Sequence

from sandop.pack.figures import (
    ReportRow,
    day,
    fiscal_years,
    flag,
    known,
    less,
    months,
    number,
    rows,
    share,
    text,
)
from sandop.pack.page import Beside, Cell, Column, Page, Part, Row, Sentence, Step, Table, Waterfall
from sandop.pack.pages.shortages import limit_name, worst_limits
from sandop.pack.places import reported, row_place
from sandop.pack.reader import Reader, scale_of, signed
from sandop.scenario.month import Month

GRID = (7.4,) * 24
HALF = 14
ON_PAGE_ONE = 5
LINES = ("revenue", "margin", "stock_value", "working_capital")


def page(month: Month, reader: Reader) -> Page:
    """Headline, gap and its cover, where the year stands, what is short, the decisions, the proof in one line."""
    parts: tuple[Part, ...] = (_top(month, reader), *_decisions(month, reader), *_foot(month, reader))
    return Page(
        "decide", reader.say("tab.decide"), headline(month, reader), _scope(month, reader), parts, GRID, 0, True
    )


def focus_year(month: Month) -> str:
    """The fiscal year the meeting speaks of: the first with at least three planned months."""
    years = fiscal_years(month)
    told = {text(row.get("period")) for row in rows(month, "money", scope="year")}
    years = [year for year in years if year in told] or years
    calendar = month.plan.calendar
    planned = [str(calendar.fiscal_year(label)) for label in months(month)]
    return next((year for year in years if planned.count(year) >= 3), years[0])


def year_row(month: Month, line: str, year: str) -> ReportRow:
    """The row of the money report for a line and fiscal year; empty where there is none."""
    found = [row for row in rows(month, "money", line=line, scope="year") if text(row.get("period")) == year]
    return found[0] if found else {}


def headline(month: Month, reader: Reader) -> str:
    """The plan in one sentence: revenue of the full year against budget, and what the decisions close."""
    year = focus_year(month)
    row = year_row(month, "revenue", year)
    plan, budget, last = (number(row.get(name)) for name in ("plan", "budget", "last_year"))
    if not known(plan):
        return reader.say("decide.no_money", count=len(decision_groups(month)))
    values = {"year": reader.year(year), "plan": reader.money(plan)}
    against, base = ("budget", budget) if known(budget) else ("last_year", last)
    if not known(share(plan - base, base)):
        first = reader.say("decide.revenue_only", **values)
    else:
        side = "below" if plan < base else "above"
        difference = reader.share(abs(share(plan - base, base)))
        first = reader.say(f"decide.{side}_{against}", **values, share=difference)
    return first + _cover_clause(month, reader)


def _cover_clause(month: Month, reader: Reader) -> str:
    count = len(decision_groups(month))
    closed = closed_share(month)
    if closed >= 0.005:
        count = sum(1 for row, _ in levers(month) if row)
        return reader.say("decide.closes.one" if count == 1 else "decide.closes", count=count, share=f"{closed:.0%}")
    if not count:
        return reader.say("decide.nothing_to_decide")
    return reader.say("decide.to_take.one" if count == 1 else "decide.to_take", count=count)


def closed_share(month: Month) -> float:
    """Share of the budget gap that the recommended decisions close, 0 to 1; 0 where there is no gap."""
    gap = _gap_amount(month, "gap")
    gained = sum(amount for _, amount in levers(month))
    return min(max(gained / -gap, 0.0), 1.0) if known(gap) and gap < 0 else 0.0


def levers(month: Month) -> list[tuple[ReportRow, float]]:
    """What each recommended decision adds this year to those before it."""
    found = [(row, number(row.get("amount"))) for row in rows(month, "gap", line="lever")]
    return [(row, amount) for row, amount in found if known(amount)]


def _gap_amount(month: Month, line: str) -> float:
    found = rows(month, "gap", line=line)
    return number(found[0].get("amount")) if found else float("nan")


def _scope(month: Month, reader: Reader) -> str:
    labels = months(month)
    span = reader.span([labels[0], labels[-1]] if len(labels) < 2 else labels)
    return reader.say("decide.scope", span=span, currency=month.plan.settings.company.currency)


def _top(month: Month, reader: Reader) -> Beside:
    chart = gap_chart(month, reader)
    left: tuple[Part, ...] = (chart,) if chart else (Sentence(reader.say("decide.no_gap"), "quiet"),)
    right = (*_standing(month, reader), *_short(month, reader))
    return Beside(left, right, HALF)


def gap_chart(month: Month, reader: Reader) -> Waterfall | None:
    """Budget, gap, plan, each lever, what the decisions reach, what stays open. None without a budget."""
    budget, plan = _gap_amount(month, "budget"), _gap_amount(month, "plan")
    if not (known(budget) and known(plan)):
        return None
    gains = [(row, reader.say("gap.decision", number=row["number"]), amount) for row, amount in levers(month)]
    reached = plan + sum(amount for _, _, amount in gains)
    places = {text(row.get("line")): row_place("gap", row, "amount") for row in rows(month, "gap")}
    steps = [
        Step(reader.say("gap.budget"), budget, total=True, place=places.get("budget")),
        Step(reader.say("gap.gap" if plan < budget else "gap.lead"), plan - budget, place=places.get("gap")),
        Step(reader.say("gap.plan"), plan, total=True, place=places.get("plan")),
        *(Step(name, amount, place=row_place("gap", row, "amount")) for row, name, amount in gains),
    ]
    if gains:
        steps.append(Step(reader.say("gap.reached"), reached, total=True))
    if gains and reached < budget:
        steps.append(Step(reader.say("gap.open"), budget - reached, missing=True, place=places.get("uncovered")))
    scale = scale_of([budget, plan])
    title = reader.say("gap.title", year=reader.year(focus_year(month)))
    return Waterfall(title, tuple(steps), scale, reader.money_unit(scale), reader.say("axis_cut"), rows=14)


def _label(row: ReportRow, reader: Reader) -> str:
    """What the row says, with names in place of ids."""
    subject = text(row.get("subject"))
    said = text(row.get(f"text_{reader.language}"))
    return (
        said.replace(subject, subject_name(reader, subject)) if said and subject else said or reader.any_name(subject)
    )


def subject_name(reader: Reader, subject: str) -> str:
    """What a decision is about: the names of the ids it lists."""
    return reader.joined(limit_name(reader, part.strip()) for part in subject.split(", "))


def _standing(month: Month, reader: Reader) -> tuple[Part, ...]:
    year = focus_year(month)
    found = {line: year_row(month, line, year) for line in LINES}
    found = {line: row for line, row in found.items() if row}
    if not found:
        return (Sentence(reader.say("decide.no_money_table"), "quiet"),)
    scale = scale_of(number(row.get("plan")) for row in found.values())
    heads = [Column(reader.say(f"head.{name}"), scale, span=2) for name in ("plan", "budget")]
    columns = (
        Column(reader.say("head.full_year", year=reader.year(year), unit=reader.money_unit(scale)), span=4),
        *heads,
        Column(reader.say("head.difference"), signed(scale), span=2),
    )
    lines = tuple(Row((reader.word("line", line), *(_three(row)))) for line, row in found.items())
    return (Table(columns, lines),)


def _three(row: ReportRow) -> tuple[float, float, float]:
    plan, budget = number(row.get("plan")), number(row.get("budget"))
    return plan, budget, less(plan, budget)


def _short(month: Month, reader: Reader) -> tuple[Part, ...]:
    heading = Sentence(reader.say("decide.short"), "strong")
    worst = worst_limits(month, reader)[:3]
    sentences = tuple(Sentence("▲ " + line) for line in worst) or (Sentence(reader.say("shortages.none")),)
    return (heading, *sentences, *_service(month, reader))


def _service(month: Month, reader: Reader) -> tuple[Part, ...]:
    found = rows(month, "kpis", kpi="fill_rate")
    value = number(found[0].get("value")) if found else float("nan")
    if not known(value):
        return ()
    target = number(found[0].get("target"))
    said = {"value": reader.share(value)}
    if not known(target):
        return (Sentence(reader.say("decide.service_no_target", **said)),)
    return (Sentence(reader.say("decide.service", **said, target=reader.share(target))),)


def decision_groups(month: Month) -> dict[str, list[ReportRow]]:
    """Decisions by their number, alternatives in order."""
    groups: dict[str, list[ReportRow]] = {}
    for row in rows(month, "decisions"):
        groups.setdefault(text(row.get("number")), []).append(row)
    return groups


def _decisions(month: Month, reader: Reader) -> tuple[Part, ...]:
    groups = list(decision_groups(month).values())
    if not groups:
        return (Sentence(reader.say("decide.no_decisions"), "strong"),)
    parts: list[Part] = [decision_table(month, reader, groups[:ON_PAGE_ONE])]
    if len(groups) > ON_PAGE_ONE:
        parts.append(Sentence(reader.say("decide.more", count=len(groups) - ON_PAGE_ONE), "link", "decisions"))
    return tuple(parts)


def decision_table(month: Month, reader: Reader, groups: Sequence[Sequence[ReportRow]]) -> Table:
    """One row for each alternative: what, what it earns, its worth with penalties, its effect on revenue, which is
    recommended, who, until when."""
    horizon = len(months(month))
    amounts = [number(row.get(name)) for group in groups for row in group for name in ("money", "worth", "revenue")]
    scale = signed(scale_of(amounts))
    unit = reader.money_unit("million" if scale == "million+" else "thousand" if scale == "thousand+" else "whole")
    columns = (
        Column(reader.say("head.number"), "symbol"),
        Column(reader.say("head.decision"), span=10, wrap=True),
        Column(reader.say("head.gain", unit=unit, months=horizon), scale, span=2),
        Column(reader.say("head.worth_penalties", unit=unit), scale, span=2),
        Column(reader.say("head.revenue_effect", unit=unit), scale, span=2),
        Column(reader.say("head.recommended"), span=2),
        Column(reader.say("head.owner"), span=3),
        Column(reader.say("head.decide_by"), "date", span=2),
    )
    lines = [line for group in groups for line in _alternatives(reader, group)]
    return Table(columns, tuple(lines), reader.say("decide.decisions"))


def _alternatives(reader: Reader, group: Sequence[ReportRow]) -> list[Row]:
    """What the decision is about, then its alternatives."""
    first = group[0]
    about = reader.say(
        "decide.about",
        kind=reader.word("decision_kind", text(first.get("kind"))),
        subject=subject_name(reader, text(first.get("subject"))),
    )
    owner = reader.name("people", text(first.get("owner")))
    head = (text(first.get("number")), about, None, None, None, "", owner, day(first.get("last_responsible")))
    return [Row(head, "section"), *(_alternative(reader, row) for row in group)]


def _alternative(reader: Reader, row: ReportRow) -> Row:
    chosen = flag(row.get("recommended"))
    letter = text(row.get("alternative"))
    cells = (
        "",
        (f"{letter}) " if letter else "") + _label(row, reader),
        *(reported("decisions", row, column) for column in ("money", "worth", "revenue")),
        Cell(reader.say("recommended"), tone="good") if chosen else "",
        "",
        None,
    )
    return Row(cells, "strong" if chosen else "plain")


def decisions_page(month: Month, reader: Reader) -> Page | None:
    """All decisions, where page 1 cannot hold them."""
    groups = list(decision_groups(month).values())
    if len(groups) <= ON_PAGE_ONE:
        return None
    title = reader.say("decisions.title", count=len(groups))
    table = decision_table(month, reader, groups)
    return Page("decisions", reader.say("tab.decisions"), title, reader.say("decisions.scope"), (table,), GRID, 0)


def _foot(month: Month, reader: Reader) -> tuple[Part, ...]:
    return (Sentence(proof(month, reader), "quiet"),)


def proof(month: Month, reader: Reader) -> str:
    """What the certificate says, in words a director would use."""
    found = rows(month, "certificate")
    gap = number(found[0].get("gap")) if found else float("nan")
    if not known(gap):
        return reader.say("proof.none")
    if abs(gap) < 5e-6:
        return reader.say("proof.optimal")
    return reader.say("proof.gap", gap=f"{abs(gap):.2%}")
