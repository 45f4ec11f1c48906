"""What may still change, what was changed inside the fences, and how far the plan has moved from the last signed."""

from __future__ import annotations

from collections.abc import Mapping

from sandop.execution import first_changeable
from sandop.pack.figures import ReportRow, distinct, known, months, number, rows, share, text
from sandop.pack.page import Cell, Column, Row, Table, Tone
from sandop.pack.places import report_place, reported
from sandop_web.queries.steps.content import Reading, Section
from sandop_web.queries.steps.supply.parameters import first_reached
from sandop_web.queries.steps.words import Words

MONTHS = 3  # months in which a deviation is told
LINES = ("production", "shipments", "stock")
FAR = 0.1  # share of the old plan from which a deviation is marked


def changeable(reading: Reading, words: Words) -> Section:
    """By family: the fence, and the first month that making and buying decided today still reach."""
    reader = reading.reader
    columns = (
        Column(reader.say("head.family")),
        Column(words.say("supply.rules.head.frozen"), "whole"),
        Column(words.say("exec.changeable.free")),
        Column(words.say("supply.rules.head.make_days"), "tenth"),
        Column(words.say("supply.rules.head.first_made")),
        Column(words.say("supply.rules.head.buy_days"), "tenth"),
        Column(words.say("supply.rules.head.first_bought")),
    )
    found = first_changeable(plan=reading.month.plan, decided=reading.by.today)
    lines = tuple(_changeable(reading, words, row) for row in found)
    table = Table(columns, lines, words.say("exec.changeable.table"))
    frozen = max((int(number(row["frozen"])) for row in found), default=0)
    said = words.counted("exec.changeable.said", frozen)
    scope = words.say("exec.changeable.scope")
    return Section("changeable", words.say("exec.changeable.title"), said, scope, (table,) if lines else ())


def _changeable(reading: Reading, words: Words, row: ReportRow) -> Row:
    def month(name: str) -> str:
        return first_reached(reading, words, text(row.get(name)))

    return Row(
        (
            reading.reader.family(text(row["family"])),
            number(row["frozen"]),
            month("free_from"),
            number(row["make_days"]),
            Cell(month("first_made"), tone="strong"),
            number(row["buy_days"]),
            Cell(month("first_bought"), tone="strong"),
        )
    )


def deviations(reading: Reading, words: Words) -> Section:
    """Production, shipments and stock of the next months against the plan signed last, by family; the furthest away
    first."""
    labels = months(reading.month)[:MONTHS]
    found = [row for row in rows(reading.month, "family_sheet") if text(row.get("period")) in labels]
    values = {_key(row): number(row.get("value")) for row in found}
    away = {family: _away(values, family, labels) for family in distinct(found, "family")}
    away = {family: one for family, one in away.items() if known(one)}
    order = sorted(away, key=lambda family: -abs(away[family]))
    lines = tuple(line for family in order for line in _deviation(reading, values, family, labels))
    reader = reading.reader
    columns = (
        Column(reader.say("head.family")),
        Column(reader.say("head.figure")),
        *(column for label in labels for column in _month_columns(reading, words, label)),
    )
    title, scope = words.say("exec.deviations.title"), words.say("exec.deviations.scope")
    if not lines:
        return Section("deviations", title, "", scope, ())
    worst = order[0]
    said = words.say("exec.deviations.said", family=reader.family(worst), share=f"{away[worst]:+.1%}", count=MONTHS)
    tone: Tone = "watch" if abs(away[worst]) >= FAR else "plain"
    table = Table(columns, lines, words.say("exec.deviations.table"))
    return Section("deviations", title, said, scope, (table,), "family_sheet", tone)


def _key(row: ReportRow) -> tuple[str, str, str, str]:
    return text(row["family"]), text(row["line"]), text(row["version"]), text(row["period"])


def _month_columns(reading: Reading, words: Words, label: str) -> tuple[Column, ...]:
    named = reading.reader.short_month(label)
    return (
        Column(words.say("exec.deviations.signed", month=named), "whole"),
        Column(words.say("exec.deviations.now", month=named), "whole"),
        Column(words.say("exec.deviations.off"), "share+"),
    )


def _away(values: Mapping[tuple[str, str, str, str], float], family: str, labels: tuple[str, ...]) -> float:
    """How far production is from the plan signed last, share of that plan over the months."""
    old = sum(values.get((family, "production", "old", label), float("nan")) for label in labels)
    new = sum(values.get((family, "production", "new", label), float("nan")) for label in labels)
    return share(new - old, old)


def _deviation(
    reading: Reading, values: Mapping[tuple[str, str, str, str], float], family: str, labels: tuple[str, ...]
) -> list[Row]:
    lines = []
    for line in LINES:
        cells: list[Cell] = []
        for label in labels:
            old = values.get((family, line, "old", label), float("nan"))
            new = values.get((family, line, "new", label), float("nan"))
            off = share(new - old, old)
            far = known(off) and abs(off) >= FAR and line != "stock"
            at = {"family": family, "line": line, "period": label}
            signed, now = (report_place("family_sheet", "value", version=version, **at) for version in ("old", "new"))
            cells += [Cell(old, place=signed), Cell(new, place=now), Cell(off, tone="watch" if far else None)]
        first = reading.reader.family(family) if line == LINES[0] else ""
        lines.append(Row((first, reading.reader.say(f"family_line.{line}"), *cells)))
    return lines


def fence_breaks(reading: Reading, words: Words) -> Section:
    """Lots that were moved inside a time fence, the dearest first."""
    reader = reading.reader
    found = sorted(rows(reading.month, "fence_breaks"), key=lambda row: -abs(number(row["value"])))
    columns = (
        Column(words.say("exec.item")),
        Column(reader.say("head.month")),
        Column(words.say("head.zone")),
        Column(words.say("head.before"), "whole"),
        Column(words.say("head.after"), "whole"),
        Column(reader.say("head.difference"), "whole+"),
        Column(words.say("head.moved_value", currency=reading.month.plan.settings.company.currency), "whole+"),
    )
    lines = tuple(_break(reading, words, row) for row in found)
    parts = (Table(columns, lines, words.say("fences.table")),) if lines else ()
    conclusion = words.counted("fences.broken", len(found))
    tone: Tone = "watch" if found else "plain"
    return Section("fences", words.say("fences.title"), conclusion, "", parts, "fence_breaks", tone)


def _break(reading: Reading, words: Words, row: ReportRow) -> Row:
    before, after = number(row["before"]), number(row["after"])
    return Row(
        (
            reading.reader.name("items", text(row["item"])),
            reading.reader.month(text(row["period"])),
            words.say(f"zone.{text(row['zone'])}"),
            reported("fence_breaks", row, "before"),
            reported("fence_breaks", row, "after"),
            after - before,
            reported("fence_breaks", row, "value"),
        )
    )
