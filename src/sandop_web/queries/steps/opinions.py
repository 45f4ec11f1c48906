"""What people say that statistics cannot know: overrides with their reasons; activities, launches, risks."""

from __future__ import annotations

from collections.abc import Iterable

from sandop.pack.figures import NAN, ReportRow, by_family, day, known, months, number, rows, share, text
from sandop.pack.page import Column, Part, Row, Table
from sandop.pack.pages import assumptions
from sandop.pack.pages.shortages import limit_name
from sandop.pack.places import reported
from sandop.pack.reader import Reader
from sandop_web.queries.steps.content import Reading, Section
from sandop_web.queries.steps.ways_on import to_grid
from sandop_web.queries.steps.words import Words, in_units


def overrides(reading: Reading, words: Words) -> Section:
    """Every override: whose number, where, from and to what, when and why; the largest first."""
    month, reader = reading.month, reading.reader
    found = rows(month, "overrides")
    lines = sorted(((_moved(row), _override(reader, row)) for row in found), key=lambda line: -abs(line[0]))
    columns = (
        Column(reader.say("head.scope")),
        Column(reader.say("head.month")),
        Column(words.say("head.before"), "whole"),
        Column(words.say("head.after"), "whole"),
        Column(reader.say("head.change"), "whole+"),
        Column(reader.say("head.percent"), "share+"),
        Column(reader.say("head.who")),
        Column(reader.say("head.when"), "date"),
        Column(reader.say("head.why"), wrap=True),
    )
    effect = in_units(month, by_family(month, "override_effect", months(month)))
    shown = {unit: amount for unit, amount in effect.items() if abs(amount) >= 0.5}
    conclusion = words.counted("opinions.count", len(found))
    if shown:
        conclusion += words.say("opinions.effect", quantities=words.quantities(shown))
    parts = (Table(columns, tuple(row for _, row in lines), words.say("overrides.table")),) if lines else ()
    onward = (to_grid(words, "demand"),)
    return Section(
        "overrides", words.say("overrides.title"), conclusion, words.say("overrides.scope"), parts, onward=onward
    )


def _moved(row: ReportRow) -> float:
    change = number(row["after"]) - number(row["before"])
    return change if known(change) else 0.0


def _override(reader: Reader, given: ReportRow) -> Row:
    before, after = number(given["before"]), number(given["after"])
    where = " · ".join(_name(reader, part.strip()) for part in text(given["scope"]).split("|"))
    return Row(
        (
            where or reader.say("everything"),
            reader.month(text(given["period"])),
            reported("overrides", given, "before"),
            reported("overrides", given, "after", tone="strong"),
            after - before,
            share(after - before, before),
            reader.name("people", text(given["who"])),
            day(given["when"]),
            text(given["why"]),
        )
    )


def _name(reader: Reader, part: str) -> str:
    """The name of a family, item, customer or region; limits know most of them."""
    named = limit_name(reader, part)
    return reader.word("region", part) if named == part else named


def assumed(reading: Reading, words: Words) -> Section:
    """Activities and launches ahead, and what is not in the plan but may come."""
    month, reader = reading.month, reading.reader
    ahead = assumptions.activities_ahead(month)
    parts: tuple[Part, ...] = (
        *(assumptions.activities(reader, ahead) if len(ahead) else ()),
        *assumptions.launches(month, reader),
        *assumptions.risks(month, reader),
    )
    found = rows(month, "risks_opportunities")
    chance, danger = (
        _at_cost([row for row in found if (number(row["value_at_cost"]) > 0) is positive])
        for positive in (True, False)
    )
    said = words.say("assumed.count", activities=len(ahead), launches=len(month.plan.network.launches))
    if known(chance) or known(danger):
        said += words.say(
            "assumed.outside",
            chance=reader.money(chance if known(chance) else 0.0),
            danger=reader.money(abs(danger) if known(danger) else 0.0),
        )
    return Section(
        "assumptions", words.say("assumed.title"), said, words.say("assumed.scope"), parts, "risks_opportunities"
    )


def _at_cost(found: Iterable[ReportRow]) -> float:
    values = [number(row["value_at_cost"]) for row in found]
    said = [value for value in values if known(value)]
    return sum(said) if said else NAN
