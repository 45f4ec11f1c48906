"""Demand, supply and the money view of each family in one table, with the differences between the streams."""

from __future__ import annotations

from sandop.pack.figures import known, months, share
from sandop.pack.page import Cell, Column, Form, Place, Row, Table, Value
from sandop.pack.pages.demand import IN_FULL
from sandop.pack.places import made_place
from sandop.pack.reader import Reader, scale_of, signed
from sandop_web.queries.steps.content import Reading, Section
from sandop_web.queries.steps.family_streams import FamilyStreams, family_streams
from sandop_web.queries.steps.words import Words
from sandop_web.wording import say

_FAR = 0.05  # share of the budget from which a difference is marked


def side_by_side(reading: Reading, words: Words) -> Section:
    """One row a family, the one furthest from its budget first: asked for, delivered, short; revenue against budget
    and latest estimate."""
    reader, found = reading.reader, family_streams(reading)
    scale = scale_of(one.revenue for one in found)
    lines = tuple(_line(reader, one) for one in found)
    table = Table(
        _columns(reader, words, scale), lines, words.counted("side_by_side.table", len(months(reading.month)))
    )
    scope = say("meeting.streams.scope", reader.language)
    cut = sum(_served(one) < IN_FULL for one in found)
    return Section(
        "side-by-side",
        words.say("side_by_side.title"),
        _conclusion(reader, words, found, cut),
        scope,
        (table,) if lines else (),
        tone="watch" if cut else "plain",
    )


def _conclusion(reader: Reader, words: Words, found: list[FamilyStreams], cut: int) -> str:
    """How many families are short, and which is furthest below its budget."""
    said = words.counted("side_by_side.cut", cut, total=len(found)) if cut else words.say("side_by_side.all")
    below = [one for one in found if known(one.to_budget) and one.to_budget < 0]
    if not below:
        return said
    worst = min(below, key=lambda one: one.to_budget)
    values = {"family": reader.family(worst.family), "money": reader.money(-worst.to_budget)}
    return said + say("meeting.streams.furthest", reader.language, **values)


def _served(one: FamilyStreams) -> float:
    return share(one.supply, one.demand)


def _columns(reader: Reader, words: Words, scale: Form) -> tuple[Column, ...]:
    unit = reader.money_unit(scale)
    told = (("to_budget", signed(scale)), ("to_budget_share", "share+"), ("to_le", signed(scale)))
    return (
        Column(reader.say("head.family")),
        Column(reader.say("head.unit")),
        Column(say("meeting.head.demand", reader.language), "whole"),
        Column(say("meeting.head.supply", reader.language), "whole"),
        Column(say("meeting.head.short", reader.language), "whole"),
        Column(words.say("head.served"), "share"),
        Column(say("meeting.head.to_budget_volume", reader.language), "share+"),
        Column(words.say("head.revenue", unit=unit), scale),
        *(Column(say(f"meeting.head.{name}", reader.language, unit=unit), form) for name, form in told),  # type: ignore[arg-type]
        Column(words.say("head.margin", unit=unit), scale),
        Column(words.say("head.stock_at_end", unit=unit), scale),
    )


def _line(reader: Reader, one: FamilyStreams) -> Row:
    at = (("family", one.family),)
    short = one.short if known(one.short) and one.short > 0.5 else 0.0
    far = share(one.to_budget, abs(one.budget))
    volume = share(one.demand_budgeted - one.budget_volume, one.budget_volume)
    cells: tuple[Cell | Value, ...] = (
        reader.family(one.family),
        reader.word("unit_of", reader.plan_unit(one.family)),
        Cell(one.demand, place=Place("demand", at)),
        Cell(one.supply, place=Place("deliveries", at)),
        Cell(short or None, tone="bad" if short else None, place=made_place("less", "demand", "deliveries", at=at)),
        Cell(_served(one), tone="bad" if _served(one) < IN_FULL else None),
        Cell(volume),
        Cell(one.revenue, place=Place("revenue", at)),
        Cell(one.to_budget, tone="bad" if known(far) and far < -_FAR else None),
        Cell(far),
        Cell(one.to_le),
        Cell(one.margin, place=Place("margin", at)),
        Cell(one.stock, place=Place("stock_value", at, reader.plan.calendar.horizon.month_labels[-1])),
    )
    return Row(cells)
