"""What could be done about it: the options of the month, each priced by planning again with it."""

from __future__ import annotations

from collections.abc import Sequence

from sandop.pack.figures import ReportRow, day, flag, number, text
from sandop.pack.page import Cell, Column, Row, Table
from sandop.pack.pages import decide
from sandop.pack.places import reported
from sandop.pack.reader import scale_of, signed
from sandop_web.queries.steps.content import Reading, Section
from sandop_web.queries.steps.words import Words

_NO_LEVERS = ("cuts",)  # a cut is what remains where no lever helps
Group = Sequence[ReportRow]


def options(reading: Reading, words: Words) -> Section:
    """Every lever of supply with what it earns, what it costs, until when; the one that earns most first."""
    reader, groups = reading.reader, _levers(reading)
    ways = [_best(group) for group in groups]
    scale = scale_of(number(way.get(name)) for way in ways for name in ("money", "worth", "cost"))
    unit = reader.money_unit(scale)
    columns = (
        Column(words.say("supply.options.head.option")),
        Column(words.say("supply.options.head.what"), wrap=True),
        Column(words.say("supply.options.head.earns", unit=unit), signed(scale)),
        Column(words.say("supply.options.head.worth", unit=unit), signed(scale)),
        Column(words.say("supply.options.head.cost", unit=unit), scale),
        Column(words.say("supply.options.head.advice")),
        Column(reader.say("head.decide_by"), "date"),
        Column(reader.say("head.owner")),
    )
    lines = tuple(_line(reading, words, group) for group in groups)
    parts = (Table(columns, lines, words.say("supply.options.table")),) if lines else ()
    conclusion = _conclusion(reading, words, groups) if groups else ""
    return Section(
        "options",
        words.say("supply.options.title"),
        conclusion,
        words.say("supply.options.scope"),
        parts,
        "decisions",
    )


def _levers(reading: Reading) -> list[Group]:
    found = decide.decision_groups(reading.month).values()
    groups = [group for group in found if text(group[0].get("kind")) not in _NO_LEVERS]
    return sorted(groups, key=lambda group: number(_best(group).get("money")), reverse=True)


def _best(group: Group) -> ReportRow:
    """The way that is recommended; where that is to change nothing, the way that earns most of the others."""
    wanted = [row for row in group if flag(row.get("recommended")) and number(row.get("cost")) > 0]
    others = [row for row in group if text(row.get("alternative")) != "a"] or list(group)
    return wanted[0] if wanted else max(others, key=lambda row: number(row.get("money")))


def _name(reading: Reading, group: Group) -> str:
    reader = reading.reader
    kind = reader.word("decision_kind", text(group[0].get("kind")))
    subject = decide.subject_name(reader, text(group[0].get("subject")))
    return reader.say("decide.about", kind=kind, subject=subject)


def _line(reading: Reading, words: Words, group: Group) -> Row:
    reader, way = reading.reader, _best(group)
    chosen = flag(way.get("recommended"))
    return Row(
        (
            Cell(_name(reading, group), tone="strong"),
            text(way.get(f"text_{reader.language}")),
            *(reported("decisions", way, column) for column in ("money", "worth", "cost")),
            Cell(words.say("supply.options.take"), tone="good")
            if chosen
            else Cell(words.say("supply.options.leave"), tone="quiet"),
            day(group[0].get("last_responsible")),
            reader.name("people", text(group[0].get("owner"))),
        )
    )


def _conclusion(reading: Reading, words: Words, groups: Sequence[Group]) -> str:
    """How many of the options pay, and the best of them."""
    reader, best = reading.reader, groups[0]
    paying = sum(1 for group in groups if flag(_best(group).get("recommended")))
    if not paying:
        return words.say("supply.options.none_pays", total=len(groups))
    return words.say(
        "supply.options.best",
        count=paying,
        total=len(groups),
        option=_name(reading, best),
        money=reader.money(number(_best(best).get("money"))),
    )
