"""Money by month and by fiscal year: plan, budget, latest estimate, last year."""

from __future__ import annotations

from sandop.finance.ledger import Side
from sandop.pack.figures import ReportRow, distinct, known, less, number, rows, share, text
from sandop.pack.page import Beside, Cell, Chart, Column, Form, Page, Part, Row, Series, Table
from sandop.pack.pages.decide import focus_year, year_row
from sandop.pack.places import money_place
from sandop.pack.reader import Reader, scale_of, signed
from sandop.scenario.month import Month

VERSIONS: tuple[Side, ...] = ("plan", "budget", "le", "last_year")


def page(month: Month, reader: Reader) -> Page | None:
    """Table by year, charts of revenue and stock, table by month. None without a money report."""
    found = rows(month, "money")
    if not found:
        return None
    amounts = [number(row.get(name)) for row in found if row.get("line") != "volume" for name in VERSIONS]
    scale = scale_of(amounts)
    unit = reader.money_unit(scale)
    yearly = rows(month, "money", scope="year")
    parts: list[Part] = [_by_year(reader, yearly, scale)] if yearly else []
    monthly = rows(month, "money", scope="month")
    if monthly:
        charts = [_chart(reader, monthly, line, scale, unit) for line in ("revenue", "margin")]
        charts.append(_chart(reader, monthly, "working_capital", scale, unit))
        drawn = [chart for chart in charts if chart is not None]
        parts += _charts_beside(drawn[:2])
        parts.append(_by_month(reader, monthly, scale))
    return Page(
        "money",
        reader.say("tab.money"),
        _title(month, reader),
        reader.say("money.scope", unit=unit),
        tuple(parts),
        (),
        2,
    )


def _title(month: Month, reader: Reader) -> str:
    year = focus_year(month)
    revenue, margin = (year_row(month, line, year) for line in ("revenue", "margin"))
    earned, kept = number(revenue.get("plan")), number(margin.get("plan"))
    if not (known(earned) and known(kept)):
        return reader.say("money.title_short")
    difference = less(kept, number(margin.get("budget")))
    said = {
        "year": reader.year(year),
        "revenue": reader.money(earned),
        "margin": reader.money(kept),
        "share": reader.share(share(kept, earned)),
    }
    if not known(difference):
        return reader.say("money.title", **said)
    side = "below" if difference < 0 else "above"
    return reader.say(f"money.title_{side}", **said, difference=reader.money(abs(difference)))


def _by_year(reader: Reader, found: list[ReportRow], scale: Form) -> Table:
    columns = (
        Column(reader.say("head.line")),
        Column(reader.say("head.year")),
        Column(reader.say("head.plan"), scale),
        Column(reader.say("head.budget"), scale),
        Column(reader.say("head.to_budget"), signed(scale)),
        Column(reader.say("head.percent"), "share+"),
        Column(reader.say("head.le"), scale),
        Column(reader.say("head.to_le"), signed(scale)),
        Column(reader.say("head.last_year"), scale),
        Column(reader.say("head.to_last_year"), signed(scale)),
        Column(reader.say("head.percent"), "share+"),
    )
    lines = [row for line in distinct(found, "line") if line != "volume" for row in found if row.get("line") == line]
    return Table(columns, tuple(_year(reader, row) for row in lines), reader.say("money.by_year"))


def _year(reader: Reader, row: ReportRow) -> Row:
    plan, budget, estimate, last = (number(row.get(name)) for name in VERSIONS)

    def shown(value: float, side: Side) -> Cell:
        return Cell(value, place=money_place(row, side))

    return Row(
        (
            reader.word("line", text(row.get("line"))),
            reader.year(text(row.get("period"))),
            shown(plan, "plan"),
            shown(budget, "budget"),
            plan - budget,
            share(plan - budget, abs(budget)),
            shown(estimate, "le"),
            plan - estimate,
            shown(last, "last_year"),
            plan - last,
            share(plan - last, abs(last)),
        )
    )


def _chart(reader: Reader, monthly: list[ReportRow], line: str, scale: Form, unit: str) -> Chart | None:
    found = [row for row in monthly if row.get("line") == line]
    if not found:
        return None
    looks: dict[Side, tuple[str, str]] = {
        "plan": ("plan", "column"),
        "budget": ("compare", "line"),
        "last_year": ("past", "line"),
    }
    series = []
    for version, (role, shape) in looks.items():
        values = tuple(_said(row.get(version)) for row in found)
        if any(value is not None for value in values):
            places = tuple(money_place(row, version) for row in found)
            series.append(Series(reader.say(f"head.{version}"), values, role, shape, places=places))  # type: ignore[arg-type]
    if not series:
        return None
    labels = tuple(reader.short_month(text(row.get("period"))) for row in found)
    return Chart(reader.say("money.chart", line=reader.word("line", line)), labels, tuple(series), scale, unit, 14)


def _said(value: object) -> float | None:
    amount = number(value)
    return amount if known(amount) else None


def _cell(row: ReportRow, side: Side) -> Cell:
    value = _said(row.get(side))
    return Cell(value, place=money_place(row, side) if value is not None else None)


def _charts_beside(charts: list[Chart]) -> list[Part]:
    if len(charts) < 2:
        return list(charts)
    return [Beside((charts[0],), (charts[1],))]


def _by_month(reader: Reader, monthly: list[ReportRow], scale: Form) -> Table:
    """Rows: each line in each version that says something; columns: months."""
    labels = sorted(distinct(monthly, "period"))
    columns = (Column(reader.say("head.line")), Column(reader.say("head.version")), *reader.months(labels, scale))
    lines = []
    for line in distinct(monthly, "line"):
        if line == "volume":
            continue
        cells = {text(row.get("period")): row for row in monthly if row.get("line") == line}
        for version in VERSIONS:
            values = [_cell(cells.get(label, {}), version) for label in labels]
            if any(value.value is not None for value in values):
                name = reader.word("line", line) if version == "plan" else ""
                tone = "strong" if version == "plan" else "quiet"
                lines.append(Row((name, reader.say(f"head.{version}"), *values), tone))  # type: ignore[arg-type]
    return Table(columns, tuple(lines), reader.say("money.by_month"))
