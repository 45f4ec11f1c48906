"""Start: how the last closed month and the year went, why, and what is new."""

from __future__ import annotations

from sandop.pack.figures import ReportRow, distinct, known, number, rows, share, text
from sandop.pack.page import Cell, Column, Form, Row, Table, Tone, Value
from sandop.pack.pages import assumptions, bridge, kpis
from sandop.pack.reader import Reader, scale_of
from sandop_web.queries.steps.content import Needs, Reading, Section, StepContent, Told, filled, section_of
from sandop_web.queries.steps.words import Words

LINES = ("revenue", "margin", "volume", "service", "stock_value")
SPANS = ("month", "ytd")
BASES = ("budget", "le", "last_year")


def tell(reading: Reading) -> Told:
    """Actual against budget, estimate and last year; key figures; bridges; activities and launches."""
    month, reader, words = reading.month, reading.reader, Words(reading.reader)
    sections = (
        *section_of(kpis.page(month, reader), report="kpis"),
        *(_actuals(reading, words, level) for level in ("company", "family", "region")),
        *section_of(bridge.page(month, reader), report="bridge"),
        _news(reading, words),
    )
    return Told(_headline(reading, words), filled(sections))


def _headline(reading: Reading, words: Words) -> str:
    """Revenue of the last closed month and of the year to date, each against the first base that is known."""
    closed = reading.month.plan.calendar.history.labels
    found = {span: _line(reading, "revenue", span) for span in SPANS}
    actual = {span: number(row.get("actual")) for span, row in found.items()}
    if not closed or not known(actual["month"]):
        return words.say("review.nothing_closed")
    label = words.month(closed[-1])
    said = words.say("review.month", month=label, revenue=reading.reader.money(actual["month"]))
    said += _against(words, found["month"])
    if known(actual["ytd"]):
        said += words.say("review.to_date", revenue=reading.reader.money(actual["ytd"])) + _against(
            words, found["ytd"]
        )
    return said


def _line(reading: Reading, line: str, span: str) -> ReportRow:
    found = rows(reading.month, "business_review", level="company", line=line, span=span)
    return found[0] if found else {}


def _against(words: Words, row: ReportRow) -> str:
    clauses = (words.versus(number(row.get("actual")), number(row.get(base)), base) for base in BASES)
    return next((clause for clause in clauses if clause), "")


def _actuals(reading: Reading, words: Words, level: str) -> Section:
    """One row a node, line and span: actual, and how far it is from budget, estimate and last year."""
    reader = reading.reader
    found = rows(reading.month, "business_review", level=level)
    scale = scale_of(number(row.get("actual")) for row in found if row.get("line") in ("revenue", "stock_value"))
    unit = reader.money_unit(scale)
    ordered = [
        row
        for node in distinct(found, "node")
        for line in LINES
        for span in SPANS
        for row in found
        if (row.get("node"), row.get("line"), row.get("span")) == (node, line, span)
    ]
    columns = (
        Column(words.say(f"level.{level}")),
        Column(reader.say("head.line")),
        Column(words.say("head.span")),
        Column(words.say("head.actual"), scale),
        *(column for base in BASES for column in _pair(reader, words, base, scale)),
    )
    lines = tuple(_actual(reading, words, row, level, scale) for row in ordered)
    table = Table(columns, lines, words.say("review.table", unit=unit))
    title = words.say(f"review.by_{level}")
    return Section(
        f"actual-{level}", title, "", words.say("review.scope"), (table,) if lines else (), "business_review"
    )


def _pair(reader: Reader, words: Words, base: str, scale: Form) -> tuple[Column, Column]:
    away = words.say("head.to_base", base=words.say(f"base.{base}"))
    return Column(reader.say(f"head.{base}"), scale), Column(away, "share+")


def _actual(reading: Reading, words: Words, row: ReportRow, level: str, scale: Form) -> Row:
    reader, line = reading.reader, text(row.get("line"))
    form: Form = {"volume": "whole", "service": "share"}.get(line, scale)  # type: ignore[assignment]
    actual = number(row.get("actual"))
    shown: list[Cell | Value] = [Cell(actual, form, "strong")]
    for base in BASES:
        value = number(row.get(base))
        away = actual - value if line == "service" else share(actual - value, abs(value))
        shown += [Cell(value, form), Cell(away, "share+", _tone(line, away))]
    node = _node(reader, words, level, text(row.get("node")))
    return Row((node, words.say(f"line.{line}"), words.say(f"span.{text(row.get('span'))}"), *shown))


def _node(reader: Reader, words: Words, level: str, node: str) -> str:
    if level == "family":
        return reader.family(node)
    return reader.word("region", node) if node else words.say("level.company")


def _tone(line: str, away: float) -> Tone | None:
    """More than a twentieth short of it is marked; of stock, more than a twentieth over."""
    if known(away) and (away if line != "stock_value" else -away) < -0.05:
        return "bad"
    return None


def _news(reading: Reading, words: Words) -> Section:
    """Activities and launches ahead: what is new since the last cycle."""
    month, reader = reading.month, reading.reader
    ahead = assumptions.activities_ahead(month)
    parts = (*assumptions.activities(reader, ahead), *assumptions.launches(month, reader))
    count = len(month.plan.network.launches)
    conclusion = words.say("review.news", activities=len(ahead), launches=count)
    return Section("news", words.say("review.news_title"), conclusion, "", parts)


CONTENT = StepContent(Needs(reports=("business_review", "bridge", "kpis", "money")), made_by="finance", tell=tell)
