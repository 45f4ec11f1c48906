"""What is short: the limits that hold the plan back, the demand that waits behind them, and what is left over."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sandop.pack.figures import ReportRow, distinct, known, number, rows, text
from sandop.pack.page import Cell, Column, Part, Place, Row, Table, Tone
from sandop.pack.pages import shortages
from sandop.pack.places import report_place, reported, row_place
from sandop.pack.reader import scale_of
from sandop_web.queries.steps.content import Reading, Section
from sandop_web.queries.steps.words import Words

MOST_MONTHS = 15  # rows of the list by month; all of them stand in the report


def shortage_list(reading: Reading, words: Words) -> Section:
    """The limits that bind, the dearest first, then the months in which they do. Money at stake: the penalties of the
    demand that waits or is lost at the limit."""
    month, reader = reading.month, reading.reader
    groups = shortages.by_limit(month)
    title = words.say("supply.short.title")
    if not groups:
        said = reader.say("shortages.none").rstrip(".。")
        left = shortages.violations(month, reader)
        return Section("shortages", title, said, "", left or (_nothing(words),), "shortages")
    worst = reader.say("shortages.binds", **_span(reading, groups[0]))
    best = max((shortages.worth(row) for group in groups for row in group), default=0.0)
    conclusion = shortages.limit_sentence(reader, groups[0]) if best > 0 else worst
    if len(groups) > 1:
        conclusion += words.say("supply.short.others", count=len(groups) - 1)
    parts = (_limits(reading, words, groups), _months(reading, words, groups), *shortages.violations(month, reader))
    scope = words.say("supply.short.scope", currency=reader.currency.strip())
    return Section("shortages", title, conclusion, scope, parts, "shortages", "bad")


def at_stake(found: Sequence[ReportRow]) -> float:
    """Penalties of demand that waits or is lost, plan currency."""
    amounts = [number(row.get("penalty")) for row in found]
    return float(np.nansum(amounts)) if amounts else 0.0


def _nothing(words: Words) -> Table:
    return Table((Column(words.say("supply.short.head.limit")),), (Row((words.say("supply.short.nothing"),)),))


def _span(reading: Reading, group: Sequence[ReportRow]) -> dict[str, str]:
    reader = reading.reader
    labels = [text(row.get("period")) for row in group]
    return {"limit": shortages.limit_name(reader, text(group[0].get("limit"))), "months": reader.span(labels)}


def _limits(reading: Reading, words: Words, groups: Sequence[Sequence[ReportRow]]) -> Table:
    reader, waiting = reading.reader, rows(reading.month, "unserved")
    stakes = [at_stake(_behind(waiting, text(group[0].get("limit")))) for group in groups]
    saves = [_total(group, "saves_10") for group in groups]
    scale = scale_of([*stakes, *saves])
    unit = reader.money_unit(scale)
    columns = (
        Column(reader.say("head.limit")),
        Column(reader.say("head.kind")),
        Column(words.say("supply.short.head.months")),
        Column(words.say("supply.short.head.missing"), "whole"),
        Column(reader.say("head.unit")),
        Column(words.say("supply.short.head.worth", currency=reader.currency.strip()), "decimal"),
        Column(words.say("supply.short.head.saves", unit=unit), scale),
        Column(words.say("supply.short.head.stake", unit=unit), scale),
        Column(words.say("supply.short.head.delays"), wrap=True),
    )
    lines = tuple(
        _limit(reading, words, group, stake, saved) for group, stake, saved in zip(groups, stakes, saves, strict=True)
    )
    return Table(columns, lines, words.say("supply.short.limits"))


def _limit(reading: Reading, words: Words, group: Sequence[ReportRow], stake: float, saved: float) -> Row:
    reader, first = reading.reader, group[0]
    missing = _total(group, "short")
    said = _span(reading, group)
    value = max((shortages.worth(row) for row in group if known(shortages.worth(row))), default=float("nan"))
    return Row(
        (
            Cell(said["limit"], tone="strong"),
            reader.word("limit_kind", text(first.get("kind"))),
            said["months"],
            Cell(missing, tone="bad" if missing > 0.5 else None, place=_summed(first, "short", len(group))),
            reader.word("unit_of", text(first.get("unit"))),
            Cell(value, form="whole" if abs(value) >= 1000 else "decimal"),
            Cell(saved, place=_summed(first, "saves_10", len(group))),
            stake,
            _delays(reading, words, group),
        )
    )


def _summed(first: ReportRow, column: str, count: int) -> Place | None:
    """Where a number of the limit in all its months stands."""
    if count == 1:
        return row_place("shortages", first, column)
    return report_place("shortages", column, kind=text(first.get("kind")), limit=text(first.get("limit")))


def _delays(reading: Reading, words: Words, group: Sequence[ReportRow]) -> str:
    """How many items of which customers the limit touches."""
    items = {key for row in group for key in _ids(row, "items")}
    customers = list(dict.fromkeys(key for row in group for key in _ids(row, "customers")))
    named = shortages.listed(reading.reader, "customers", ", ".join(customers), 2)
    return words.say("supply.short.delays", items=len(items), customers=named) if named else ""


def _ids(row: ReportRow, column: str) -> list[str]:
    return [key for key in text(row.get(column)).split(", ") if key]


def _behind(waiting: Sequence[ReportRow], limit: str) -> list[ReportRow]:
    """The demand that draws on the limit."""
    return [row for row in waiting if limit in text(row.get("limits")).split(", ")]


def _total(group: Sequence[ReportRow], column: str) -> float:
    values = [number(row.get(column)) for row in group]
    return float(np.nansum(values)) if any(known(value) for value in values) else float("nan")


def _months(reading: Reading, words: Words, groups: Sequence[Sequence[ReportRow]]) -> Table:
    """The months in which limits are short, the dearest first: what is missing times what one more is worth."""
    reader = reading.reader
    found = sorted((row for group in groups for row in group), key=_price, reverse=True)
    columns = (
        Column(reader.say("head.limit")),
        Column(reader.say("head.month")),
        *(Column(reader.say(f"head.{name}"), "whole") for name in ("required", "available", "short")),
        Column(reader.say("head.unit")),
        Column(words.say("supply.short.head.worth", currency=reader.currency.strip()), "decimal"),
        Column(reader.say("head.items_hit"), wrap=True),
    )
    lines = tuple(_month(reading, row) for row in found[:MOST_MONTHS])
    return Table(columns, lines, words.say("supply.short.months", count=len(lines)))


def _price(row: ReportRow) -> float:
    value = shortages.worth(row) * max(number(row.get("short")), 0.0)
    return value if known(value) else 0.0


def _month(reading: Reading, row: ReportRow) -> Row:
    reader, value = reading.reader, shortages.worth(row)
    period = text(row.get("period"))
    return Row(
        (
            Cell(shortages.limit_name(reader, text(row.get("limit"))), tone="strong"),
            reader.month(period),
            reported("shortages", row, "used"),
            reported("shortages", row, "available"),
            reported("shortages", row, "short", tone="bad" if number(row.get("short")) > 0.5 else None),
            reader.word("unit_of", text(row.get("unit"))),
            Cell(
                value,
                form="whole" if abs(value) >= 1000 else "decimal",
                place=row_place("shortages", row, _worth_in(row)),
            ),
            shortages.listed(reader, "items", text(row.get("items")), 1),
        )
    )


def _worth_in(row: ReportRow) -> str:
    """The column from which the worth of one more is taken, see `shortages.worth`."""
    return "worth" if known(number(row.get("worth"))) else "unit_value"


def waiting(reading: Reading, words: Words) -> Section:
    """Demand that waits or is lost, and why; the dearest first."""
    month, reader = reading.month, reading.reader
    found = rows(month, "unserved")
    conclusion = words.counted("cuts.count", len(found), money=reader.money(at_stake(found)))
    parts: tuple[Part, ...] = shortages.unserved(month, reader)
    tone: Tone = "bad" if any(number(row.get("lost")) > 0.5 for row in found) else "watch"
    return Section(
        "not-served", words.say("supply.unserved.title"), conclusion, words.say("cuts.scope"), parts, "unserved", tone
    )


def left_over(reading: Reading, words: Words) -> Section:
    """Idle capacity, stock over target and supply that nobody uses, the dearest first."""
    month, reader = reading.month, reading.reader
    found = rows(month, "surpluses")
    kinds = reader.joined(reader.word("surplus_kind", kind) for kind in distinct(found, "kind"))
    worth = float(np.nansum([number(row.get("value")) for row in found])) if found else 0.0
    conclusion = words.say("supply.left.said", kinds=kinds, money=reader.money(worth))
    return Section(
        "left-over", words.say("supply.left.title"), conclusion, "", shortages.surpluses(month, reader), "surpluses"
    )
