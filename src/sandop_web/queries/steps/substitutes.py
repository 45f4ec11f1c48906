"""What stands in for numbers that nobody gave: marked wherever it flows."""

from __future__ import annotations

from sandop.cycle.inputs import input_of
from sandop.pack.figures import day, text
from sandop.pack.page import Cell, Column, Row, Table
from sandop_web.access import report_in_scope
from sandop_web.queries.steps.content import Reading, Section
from sandop_web.queries.steps.words import Words
from sandop_web.store.steps import SUBSTITUTES, substitutes_report


def substitutes(reading: Reading, words: Words) -> tuple[Section, ...]:
    """The substitutes in the numbers of the version, in the reader's scope; none where every input was given."""
    reader = reading.reader
    found = report_in_scope(
        by=reading.by, report=substitutes_report(reading.version), network=reading.month.plan.network
    )
    if not found:
        return ()
    columns = (
        Column(words.say("head.input")),
        Column(words.say("head.instead_of")),
        Column(words.say("head.substitute")),
        Column(reader.say("head.customer")),
        Column(words.say("head.recorded_by")),
        Column(reader.say("head.when"), "date"),
        Column(reader.say("head.why"), wrap=True),
    )
    lines = tuple(
        Row(
            (
                input_of(text(row["input"])).title(reader.language),
                reader.name("people", text(row["owner"])),
                Cell(words.say(f"substitute.{text(row['substitute'])}"), tone="watch"),
                reader.name("customers", text(row["customer"])) if row["customer"] else reader.say("everything"),
                reader.name("people", text(row["by"])),
                day(row["on"]),
                text(row["why"]),
            )
        )
        for row in found
    )
    conclusion = words.counted("substitutes.count", len({(row["input"], row["owner"]) for row in found}))
    table = Table(columns, lines, words.say("substitutes.table"))
    return (Section(SUBSTITUTES, words.say("substitutes.title"), conclusion, "", (table,), SUBSTITUTES),)
