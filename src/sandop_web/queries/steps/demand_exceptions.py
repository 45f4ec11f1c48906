"""What deserves the planners' minutes: the items whose demand moves most money, with what is known about them."""

from __future__ import annotations

import math

from sandop.calendar import year_before
from sandop.pack.figures import NAN, known, months, number, rows, share, text
from sandop.pack.page import Cell, Column, Place, Row, Table
from sandop.pack.places import row_place, span
from sandop_web.queries.steps.content import Reading, Section
from sandop_web.queries.steps.demand_by_family import YEAR, item_years, judged_as
from sandop_web.queries.steps.ways_on import to_grid
from sandop_web.queries.steps.words import Words

MOST = 15
STRIKING = 0.25  # change against last year from which an item is an exception


def exceptions(reading: Reading, words: Words) -> Section:
    """The items whose year ahead is far from the year before, then those that move most money at standard cost."""
    month, reader = reading.month, reading.reader
    now, before = item_years(month)
    items = month.plan.network.items
    cost = dict(zip(items.keys, items.value))
    moved = {item: (now[item] - before[item]) * cost[item] for item in now if item in before}
    striking = {item for item in moved if abs(_change(now[item], before[item])) > STRIKING}
    ordered = sorted(
        (item for item in moved if known(moved[item])), key=lambda item: (item not in striking, -abs(moved[item]))
    )
    lines = tuple(_line(reading, item, now[item], before[item], moved[item]) for item in ordered[:MOST])
    currency = month.plan.settings.company.currency
    columns = (
        Column(words.say("level.item")),
        Column(reader.say("head.family")),
        Column("ABC · XYZ"),
        Column(words.say("head.last_year_12"), "whole"),
        Column(words.say("head.next_12"), "whole"),
        Column(words.say("head.to_base", base=words.say("base.last_year")), "share+"),
        Column(words.say("head.at_cost", currency=currency), "whole+"),
        Column(reader.say("head.wmape"), "share"),
        Column(words.say("head.bias"), "share+"),
    )
    parts = (Table(columns, lines, words.say("exceptions.table")),) if lines else ()
    return Section(
        "exceptions",
        words.say("exceptions.title"),
        _conclusion(reading, words, [item for item in ordered if item in striking], moved),
        words.say("exceptions.scope"),
        parts,
        "segmentation",
        "watch" if striking else "plain",
        (to_grid(words, "demand"),),
    )


def _change(now: float, before: float) -> float:
    change = share(now - before, before)
    return change if known(change) else math.inf if now else 0.0


def _conclusion(reading: Reading, words: Words, striking: list[str], moved: dict[str, float]) -> str:
    if not striking:
        return words.say("exceptions.none", share=f"{STRIKING:.0%}")
    first = striking[0]
    name, money = reading.reader.name("items", first), reading.reader.money(abs(moved[first]))
    side = "up" if moved[first] > 0 else "down"
    return words.counted(f"exceptions.{side}", len(striking), share=f"{STRIKING:.0%}", item=name, money=money)


def _line(reading: Reading, item: str, now: float, before: float, moved: float) -> Row:
    month, reader = reading.month, reading.reader
    found = rows(month, "segmentation", item=item)
    known_of = found[0] if found else {}
    judged = rows(month, "accuracy", level="item", node=item, lag=1, stream=judged_as(month))
    accuracy = judged[0] if judged else {}
    change = share(now - before, before)
    items = month.plan.network.items
    at, ahead = (("item", item),), months(month)[:YEAR]
    past = year_before(ahead)
    return Row(
        (
            reader.name("items", item),
            reader.family(str(items.family[items.position[item]])),
            " · ".join(filter(None, (text(known_of.get("abc")), text(known_of.get("xyz"))))),
            Cell(before, place=Place("orders", at, span(past[0], past[-1]))),
            Cell(now, tone="strong", place=Place("demand", at, span(ahead[0], ahead[-1]))),
            Cell(change, tone="watch" if abs(change if known(change) else NAN) > STRIKING else None),
            moved,
            Cell(number(accuracy.get("wmape")), place=row_place("accuracy", accuracy, "wmape")),
            Cell(number(accuracy.get("bias")), place=row_place("accuracy", accuracy, "bias")),
        )
    )
