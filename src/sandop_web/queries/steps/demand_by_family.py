"""Demand by family beside last year, the last plan and past accuracy; one family opened to its months and items."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sandop.calendar import year_before
from sandop.pack.figures import NAN, Numbers, by_family, known, months, number, rows, share, sheet, text, total
from sandop.pack.page import Cell, Column, Part, Place, Row, Table, Tone
from sandop.pack.pages import demand
from sandop.pack.places import row_place, span
from sandop.plan import Sheet, roll_up
from sandop.scenario import Month
from sandop_web.queries.steps.content import Reading, Section, named_blocks
from sandop_web.queries.steps.outlook import last_plan, outlook
from sandop_web.queries.steps.ways_on import narrowed, to_grid
from sandop_web.queries.steps.words import Words

YEAR = 12
FAR_FROM_LAST_YEAR = 0.15  # a family that moves more than this deserves a question
MOST_ITEMS = 30


def families(reading: Reading, words: Words) -> Section:
    """One row a family, the largest change first; where the reader looks at one family, its months and items too."""
    month, reader = reading.month, reading.reader
    page = demand.page(month, reader, with_accuracy=False)
    if page is None:
        return Section("demand", words.say("demand.title"), "", "", ())
    parts: tuple[Part, ...] = (_summary(reading, words),)
    if reading.by.family:
        blocks = [part for part in page.parts if isinstance(part, Table)]
        parts = (*outlook(reading, words), *named_blocks(blocks, reader), _items(reading, words))
    return Section(
        page.id,
        words.say("demand.title"),
        _one_family(reading, words) if reading.by.family else page.title,
        words.say("by_family.scope"),
        parts,
        onward=(to_grid(words, "demand", family=reading.by.family),),
    )


def _one_family(reading: Reading, words: Words) -> str:
    """The year ahead of the family that the reader looks at, against the year before."""
    month, reader, family = reading.month, reading.reader, reading.by.family
    values, past = by_family(month, "demand", months(month)).get(family, np.full(1, NAN)), last_year_of(month, family)
    said = {"family": reader.family(family), "unit": reader.word("unit_of", reader.plan_unit(family))}
    ahead = total(values[:YEAR])
    against = words.versus(_within(values, past), total(past), "last_year")
    return words.say("by_family.one", quantity=reader.quantity(ahead) if known(ahead) else "–", **said) + against


def _summary(reading: Reading, words: Words) -> Table:
    month, reader = reading.month, reading.reader
    ahead = months(month)
    wanted = by_family(month, "demand", ahead)
    accuracy = {
        text(row["node"]): row for row in rows(month, "accuracy", level="family", lag=1, stream=judged_as(month))
    }
    lines = []
    for family, values in wanted.items():
        if not total(np.abs(values)) > 0:
            continue
        past, signed = last_year_of(month, family), last_plan(month, (family,), ahead)
        change = share(_within(values, past) - total(past), total(past))
        moved = share(_within(values, signed) - total(signed), total(signed))
        judged = accuracy.get(family, {})
        at = (("family", family),)
        before, beside = year_before(ahead[:YEAR]), _beside(past, ahead)
        lines.append(
            Row(
                (
                    Cell(reader.family(family), link=narrowed(reading, family=family)),
                    reader.word("unit_of", reader.plan_unit(family)),
                    Cell(total(past), place=Place("orders", at, span(before[0], before[-1]))),
                    Cell(_within(values, past), tone="strong", place=Place("demand", at, beside) if beside else None),
                    Cell(change, tone="watch" if known(change) and abs(change) > FAR_FROM_LAST_YEAR else None),
                    moved,
                    Cell(total(values), place=Place("demand", at)),
                    Cell(number(judged.get("wmape")), place=row_place("accuracy", judged, "wmape")),
                    Cell(
                        number(judged.get("bias")),
                        tone=_leans(number(judged.get("tracking_signal"))),
                        place=row_place("accuracy", judged, "bias"),
                    ),
                )
            )
        )
    lines.sort(key=lambda row: -abs(_value(row.cells[4])))
    return Table(_columns(reading, words), tuple(lines), words.say("by_family.table"))


def _columns(reading: Reading, words: Words) -> tuple[Column, ...]:
    reader, ahead = reading.reader, len(months(reading.month))
    return (
        Column(reader.say("head.family")),
        Column(reader.say("head.unit")),
        Column(words.say("head.last_year_12"), "whole"),
        Column(words.say("head.next_12"), "whole"),
        Column(words.say("head.to_base", base=words.say("base.last_year")), "share+"),
        Column(words.say("head.to_last_plan"), "share+"),
        Column(words.say("head.horizon", count=ahead), "whole"),
        Column(reader.say("head.wmape"), "share"),
        Column(words.say("head.bias"), "share+"),
    )


def judged_as(month: Month) -> str:
    """The stream that is judged as the company's own forecast: demand, else statistics alone."""
    streams = {text(row["stream"]) for row in rows(month, "accuracy", level="total")}
    return "demand" if "demand" in streams else "statistical"


def last_year_of(month: Month, family: str) -> Numbers:
    """Orders of the family in the months one year before the first twelve planned ones, plan units, (month,); blank
    where they are not closed."""
    return by_family(month, "orders", year_before(months(month)[:YEAR])).get(family, np.full(YEAR, NAN))


def _within(values: Numbers, beside: Numbers) -> float:
    """Sum of `values` over the months in which `beside` is known, both from the first planned month on."""
    count = min(len(values), len(beside))
    return total(np.where(np.isnan(beside[:count]), NAN, values[:count])) if count else NAN


def _beside(beside: Numbers, ahead: tuple[str, ...]) -> str:
    """The span of the planned months that have one beside them; empty where they do not follow one another."""
    known_there = [label for label, value in zip(ahead, beside) if known(value)]
    unbroken = known_there and tuple(known_there) == ahead[: len(known_there)]
    return span(known_there[0], known_there[-1]) if unbroken else ""


def _leans(signal: float) -> Tone | None:
    return "watch" if known(signal) and abs(signal) > 4 else None


def _value(cell: object) -> float:
    value = cell.value if isinstance(cell, Cell) else cell
    return value if isinstance(value, float) and known(value) else 0.0


def _items(reading: Reading, words: Words) -> Table:
    """The items of the families in scope: a year ahead beside the year before, the largest change first."""
    month, reader = reading.month, reading.reader
    now, before = item_years(month)
    ordered = sorted(now, key=lambda item: -abs(now[item] - before.get(item, 0.0)))
    ahead = months(month)[:YEAR]
    past = year_before(ahead)
    lines = tuple(
        Row(
            (
                f"{reader.name('items', item)} · {item}",
                Cell(before.get(item), place=Place("orders", (("item", item),), span(past[0], past[-1]))),
                Cell(now[item], tone="strong", place=Place("demand", (("item", item),), span(ahead[0], ahead[-1]))),
                share(now[item] - before.get(item, NAN), before.get(item, NAN)),
            )
        )
        for item in ordered[:MOST_ITEMS]
    )
    columns = (
        Column(words.say("level.item")),
        Column(words.say("head.last_year_12"), "whole"),
        Column(words.say("head.next_12"), "whole"),
        Column(words.say("head.to_base", base=words.say("base.last_year")), "share+"),
    )
    return Table(columns, lines, words.say("by_family.items"))


def item_years(month: Month) -> tuple[Mapping[str, float], Mapping[str, float]]:
    """Item → demand of the first twelve planned months, and → orders of the same months a year before, units."""
    labels = months(month)[:YEAR]
    return _of_items(month, sheet(month, "demand"), labels), _of_items(
        month, sheet(month, "orders"), year_before(labels)
    )


def _of_items(month: Month, found: Sheet | None, labels: tuple[str, ...]) -> dict[str, float]:
    if found is None or not len(found.rows):
        return {}
    at = roll_up(found, month.plan.network, by=["item"])
    columns = [at.periods.position[label] for label in labels if label in at.periods.position]
    sums = {key[0]: total(values[columns]) for key, values in zip(at.rows.keys, at.values)}
    return {item: value for item, value in sums.items() if known(value)}
