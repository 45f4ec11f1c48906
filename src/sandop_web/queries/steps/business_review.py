"""Start: how the last closed month and the year went, why, and what is new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sandop.finance.ledger import Side
from sandop.pack.figures import ReportRow, cells, known, number, rows, share, text
from sandop.pack.page import (
    Beside,
    Cell,
    Chart,
    Column,
    Form,
    Part,
    Place,
    Row,
    Series,
    Step,
    Table,
    Value,
    Waterfall,
)
from sandop.pack.pages import assumptions, bridge, kpis, money
from sandop.pack.places import ledger_place, report_place, reported, row_place
from sandop.pack.reader import Reader, scale_of
from sandop_web.queries.steps.by_node import by_level, by_part, together, tone_of
from sandop_web.queries.steps.content import Needs, Reading, Section, StepContent, Tile, Told, filled, section_of
from sandop_web.queries.steps.outlook import counted_together
from sandop_web.queries.steps.performance import INPUTS, Performance
from sandop_web.queries.steps.words import Words

LINES = ("revenue", "margin", "volume", "service", "stock_value")
SPANS = ("month", "ytd")
BASES: tuple[Side, ...] = ("budget", "le", "last_year")
DRAWN: tuple[tuple[Side, str], ...] = (("budget", "compare"), ("last_year", "past"))
DRAWN_MONTHS = 12
TREND_MONTHS = 24


def tell(reading: Reading) -> Told:
    """Actual against budget, estimate and last year, at every level; goals, key figures, bridges, what is new."""
    month, reader, words = reading.month, reading.reader, Words(reading.reader)
    performance = Performance(month.plan)
    if not performance.closed:
        return Told(words.say("review.nothing_closed"), filled((*_scorecard(reading), _news(reading, words))))
    sections = (
        by_level(reading, words, performance, "family"),
        *_scorecard(reading),
        _full_year(reading),
        *section_of(bridge.page(month, reader), report="bridge"),
        by_level(reading, words, performance, "region"),
        by_part(reading, words, performance, "customer"),
        by_part(reading, words, performance, "item"),
        _whole(reading, words),
        _news(reading, words),
    )
    tiles, lead = _tiles(reading, words, performance), _lead(reading, words, performance)
    return Told(_headline(reading, words, performance), filled(sections), tiles=tiles, lead=lead)


def _headline(reading: Reading, words: Words, performance: Performance) -> str:
    """Revenue of the last closed month and of the year to date, each against the first base that is known."""
    last = performance.by_month("revenue", "plan", 1)
    actual = float(last[0]) if len(last) else float("nan")
    if not known(actual):
        return words.say("review.nothing_closed")
    said = words.say("review.month", month=words.month(performance.closed[-1]), revenue=reading.reader.money(actual))
    bases = {base: float(performance.by_month("revenue", base, 1)[0]) for base in BASES}
    said += _against(words, actual, bases)
    to_date = performance.year("revenue", "plan")
    if known(to_date):
        bases = {base: performance.year("revenue", base) for base in BASES}
        said += words.say("review.to_date", revenue=reading.reader.money(to_date)) + _against(words, to_date, bases)
    return said


def _against(words: Words, actual: float, bases: Mapping[Side, float]) -> str:
    clauses = (words.versus(actual, value, base) for base, value in bases.items())
    return next((clause for clause in clauses if clause), "")


def _tiles(reading: Reading, words: Words, performance: Performance) -> tuple[Tile, ...]:
    """The year to date in five figures, each beside its budget."""
    found = (
        _money_tile(reading, words, performance, "revenue"),
        _money_tile(reading, words, performance, "margin"),
        _volume_tile(reading, words, performance),
        _service_tile(reading, words),
        _money_tile(reading, words, performance, "stock_value"),
    )
    return tuple(tile for tile in found if tile is not None)


def _money_tile(reading: Reading, words: Words, performance: Performance, line: str) -> Tile | None:
    actual = performance.year(line, "plan")
    if not known(actual) or (line == "stock_value" and not actual):
        return None  # what is only made to order has no stock to speak of
    scale = scale_of([actual])
    base = next((name for name, _ in DRAWN if known(performance.year(line, name))), None)
    note, tone = "", None
    if base:
        against = performance.year(line, base)
        note = words.against(actual, against, base)
        tone = tone_of(line, share(actual - against, abs(against)))
    title = words.say(f"tile.{line}", span=_span(reading, performance))
    trend = cells(performance.by_month(line, "plan", TREND_MONTHS))
    unit = reading.reader.money_unit(scale)
    place = ledger_place(line, "plan", performance.span)
    return Tile(title, Cell(actual, scale, place=place), unit, note, tone or "quiet", trend, "actual-family")


def _volume_tile(reading: Reading, words: Words, performance: Performance) -> Tile | None:
    group = counted_together(reading.month)
    actual, budget = (performance.volumes(group.families, side) for side in ("plan", "budget"))
    if not known(actual):
        return None
    note = words.against(actual, budget, "budget")
    tone = tone_of("volume", share(actual - budget, abs(budget))) or "quiet"
    title = words.say("tile.volume", span=_span(reading, performance))
    unit = reading.reader.word("unit_of", group.unit)
    place = None if group.at is None else ledger_place("volume", "plan", performance.span, group.at)
    return Tile(title, Cell(actual, "whole", place=place), unit, note, tone, section="actual-family")


def _service_tile(reading: Reading, words: Words) -> Tile | None:
    by = reading.by
    if by.family and by.region:
        return None
    level, node = ("family", by.family) if by.family else ("region", by.region) if by.region else ("company", "")
    found = rows(reading.month, "business_review", level=level, node=node, line="service", span="ytd")
    actual = number(found[0].get("actual")) if found else float("nan")
    if not known(actual):
        return None
    moved = actual - number(found[0].get("last_year"))
    note = words.say("tile.points", points=f"{moved * 100:+.1f}") if known(moved) else ""
    return Tile(
        words.say("line.service"),
        Cell(actual, "share", place=row_place("business_review", found[0], "actual")),
        "",
        note,
        tone_of("service", moved) or "quiet",
        section="actual-family",
    )


def _span(reading: Reading, performance: Performance) -> str:
    return reading.reader.span(performance.months_to_date)


def _lead(reading: Reading, words: Words, performance: Performance) -> tuple[Part, ...]:
    """Revenue by month beside its bases, and why the year to date is not as budgeted."""
    chart, causes = _by_month(reading, words, performance), _causes(reading, words, performance)
    return (Beside(chart, causes),) if chart and causes else (*chart, *causes)


def _by_month(reading: Reading, words: Words, performance: Performance) -> tuple[Chart, ...]:
    reader = reading.reader
    labels = performance.closed[-DRAWN_MONTHS:]
    actual = performance.by_month("revenue", "plan", len(labels))
    scale = scale_of(actual)
    series = [Series(words.say("head.actual"), cells(actual), "plan", places=_stand("plan", labels))]
    for base, role in DRAWN:
        values = cells(performance.by_month("revenue", base, len(labels)))
        if any(value is not None for value in values):
            series.append(Series(reader.say(f"head.{base}"), values, role, "line", places=_stand(base, labels)))
    names = tuple(reader.short_month(label) for label in labels)
    return (Chart(words.say("review.by_month"), names, tuple(series), scale, reader.money_unit(scale)),)


def _stand(side: Side, labels: Iterable[str]) -> tuple[Place, ...]:
    return tuple(ledger_place("revenue", side, label) for label in labels)


def _causes(reading: Reading, words: Words, performance: Performance) -> tuple[Waterfall, ...]:
    """From budget to actual over the year of the last closed month; in a narrowed scope the leaves are added up."""
    reader, calendar = reading.reader, reading.month.plan.calendar
    year = str(calendar.fiscal_year(performance.closed[-1]))
    level = "company" if reading.by.everywhere else "leaf"
    found = rows(reading.month, "bridge", compare="budget", period=year, level=level)
    amounts = together(found)
    if "from" not in amounts or "to" not in amounts:
        return ()
    scale = scale_of([amounts["from"], amounts["to"]])

    def stands(effect: str) -> Place | None:
        """Where an effect of the company stands; a narrowed scope adds up leaves, which no row states."""
        key = {"compare": "budget", "period": year, "level": "company", "effect": effect}
        return report_place("bridge", "amount", **key) if level == "company" else None

    steps = [Step(reader.say("head.budget"), amounts["from"], total=True, place=stands("from"))]
    steps += [
        Step(reader.word("effect", name), amounts[name], place=stands(name))
        for name in bridge.EFFECTS
        if amounts.get(name)
    ]
    whole = len(performance.months_to_date) == DRAWN_MONTHS
    steps.append(
        Step(words.say("head.actual" if whole else "review.expected"), amounts["to"], total=True, place=stands("to"))
    )
    title = words.say("review.causes", year=reader.year(year))
    return (Waterfall(title, tuple(steps), scale, reader.money_unit(scale), reader.say("axis_cut")),)


def _scorecard(reading: Reading) -> tuple[Section, ...]:
    """The goals and where the company stands; red ones ask to be seen."""
    red = any(text(row.get("status")) == "red" for row in rows(reading.month, "kpis"))
    found = section_of(kpis.page(reading.month, reading.reader), report="kpis")
    return tuple(replace(section, tone="watch" if red else "plain") for section in found)


def _full_year(reading: Reading) -> Section:
    """Where each fiscal year is going: plan beside budget, latest estimate and last year."""
    words = Words(reading.reader)
    page = money.page(reading.month, reading.reader)
    parts = tuple(part for part in page.parts if not _by_months(part)) if page else ()
    conclusion, scope = (page.title, page.scope) if page else ("", "")
    return Section("full-year", words.say("review.full_year"), conclusion, scope, parts, "money")


def _by_months(part: Part) -> bool:
    """The table of every line in every month belongs to the money page of Pre-S&OP."""
    return isinstance(part, Table) and len(part.columns) > DRAWN_MONTHS


def _whole(reading: Reading, words: Words) -> Section:
    """The company line by line: the last closed month and the year to date."""
    reader = reading.reader
    found = rows(reading.month, "business_review", level="company")
    scale = scale_of(number(row.get("actual")) for row in found if row.get("line") in ("revenue", "stock_value"))
    ordered = [
        row for line in LINES for span in SPANS for row in found if (row.get("line"), row.get("span")) == (line, span)
    ]
    columns = (
        Column(reader.say("head.line")),
        Column(words.say("head.span")),
        Column(words.say("head.actual"), scale),
        *(column for base in BASES for column in _pair(reader, words, base, scale)),
    )
    lines = tuple(_actual(words, row, scale) for row in ordered)
    table = Table(columns, lines, words.say("review.table", unit=reader.money_unit(scale)))
    title = words.say("review.by_company")
    short = sum(_short_of(row) for row in ordered if row.get("span") == "ytd")
    conclusion = words.say("review.short_lines", count=short, total=len(ordered) // len(SPANS))
    parts = (table,) if lines else ()
    return Section("actual-company", title, conclusion, words.say("review.scope"), parts, "business_review")


def _short_of(row: ReportRow) -> bool:
    """The line is worse than its budget, or than last year where it has none."""
    base = number(row.get("budget")) if known(number(row.get("budget"))) else number(row.get("last_year"))
    away = number(row.get("actual")) - base
    return known(away) and (away if row.get("line") != "stock_value" else -away) < 0


def _pair(reader: Reader, words: Words, base: str, scale: Form) -> tuple[Column, Column]:
    away = words.say("head.to_base", base=words.say(f"base.{base}"))
    return Column(reader.say(f"head.{base}"), scale), Column(away, "share+")


def _actual(words: Words, row: ReportRow, scale: Form) -> Row:
    line = text(row.get("line"))
    form: Form = {"volume": "whole", "service": "share"}.get(line, scale)  # type: ignore[assignment]
    actual = number(row.get("actual"))
    shown: list[Cell | Value] = [reported("business_review", row, "actual", form, "strong")]
    for base in BASES:
        value = number(row.get(base))
        away = actual - value if line == "service" else share(actual - value, abs(value))
        shown += [reported("business_review", row, base, form), Cell(away, "share+", tone_of(line, away))]
    return Row((words.say(f"line.{line}"), words.say(f"span.{text(row.get('span'))}"), *shown))


def _news(reading: Reading, words: Words) -> Section:
    """Activities and launches ahead: what is new since the last cycle."""
    month, reader = reading.month, reading.reader
    ahead = assumptions.activities_ahead(month)
    parts = (*assumptions.activities(reader, ahead), *assumptions.launches(month, reader))
    count = len(month.plan.network.launches)
    conclusion = words.say("review.news", activities=len(ahead), launches=count)
    return Section("news", words.say("review.news_title"), conclusion, "", parts)


CONTENT = StepContent(
    Needs(sheets=("demand",), inputs=INPUTS, reports=("business_review", "bridge", "kpis", "money")),
    made_by="finance",
    tell=tell,
)
