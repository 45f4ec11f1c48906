"""Why money differs from budget and from last year: price, volume, mix, new, lost, currency; it adds up exactly."""

from __future__ import annotations

import math

from sandop.pack.figures import ReportRow, distinct, known, number, rows, share, text
from sandop.pack.page import Beside, Cell, Column, Form, Page, Part, Place, Row, Sentence, Step, Table, Waterfall
from sandop.pack.pages.decide import focus_year
from sandop.pack.places import row_place
from sandop.pack.reader import Reader, scale_of, signed
from sandop.scenario.month import Month

EFFECTS = ("price", "volume", "mix", "new", "lost", "currency")
COMPARES = ("budget", "last_year")


def page(month: Month, reader: Reader) -> Page | None:
    """Two waterfalls and two tables by family. None without a bridge."""
    found = rows(month, "bridge")
    if not found:
        return None
    bridges = [compare for compare in COMPARES if _amounts(_company(month, compare))]
    if not bridges:
        return None
    scale = scale_of(number(row.get("amount")) for compare in bridges for row in _company(month, compare))
    unit = reader.money_unit(scale)
    charts = [_waterfall(month, reader, compare, scale, unit) for compare in bridges]
    parts: list[Part] = [Beside((charts[0],), (charts[1],)) if len(charts) > 1 else charts[0]]
    parts += [_by_family(month, reader, compare, scale) for compare in bridges]
    parts.append(Sentence(reader.say("bridge.note"), "quiet"))
    scope = reader.say("bridge.scope", unit=unit, year=reader.year(focus_year(month)))
    return Page("bridge", reader.say("tab.bridge"), _title(month, reader, bridges[0]), scope, tuple(parts))


def _of_year(month: Month, compare: str) -> list[ReportRow]:
    found = rows(month, "bridge", compare=compare)
    periods = distinct(found, "period")
    year = focus_year(month)
    period = year if year in periods else next((label for label in periods if "-" not in label), "")
    return [row for row in found if text(row.get("period")) == period]


def _company(month: Month, compare: str) -> list[ReportRow]:
    return [row for row in _of_year(month, compare) if row.get("level") == "company"]


def _amounts(found: list[ReportRow]) -> dict[str, float]:
    return {text(row.get("effect")): number(row.get("amount")) for row in found}


def _title(month: Month, reader: Reader, compare: str) -> str:
    amounts = _amounts(_company(month, compare))
    effects = {name: amounts[name] for name in EFFECTS if known(amounts.get(name, math.nan))}
    change = amounts.get("to", math.nan) - amounts.get("from", math.nan)
    if not effects or not known(change):
        return reader.say("bridge.title_short")
    sign = -1.0 if change < 0 else 1.0
    cause = max(effects, key=lambda name: sign * effects[name])
    return reader.say(
        f"bridge.title_{'below' if change < 0 else 'above'}",
        compare=reader.word("base", compare),
        change=reader.money(abs(change)),
        share=reader.share(abs(share(change, amounts["from"]))),
        cause=reader.word("cause", cause),
        amount=reader.money(effects[cause]),
    )


def _waterfall(month: Month, reader: Reader, compare: str, scale: Form, unit: str) -> Waterfall:
    amounts = _amounts(_company(month, compare))
    places = _places(_company(month, compare))
    steps = [Step(reader.word("compare", compare), amounts.get("from", 0.0), total=True, place=places.get("from"))]
    steps += [
        Step(reader.word("effect", effect), amounts[effect], place=places.get(effect))
        for effect in EFFECTS
        if known(amounts.get(effect, math.nan)) and amounts[effect] != 0
    ]
    steps.append(Step(reader.say("head.plan"), amounts.get("to", 0.0), total=True, place=places.get("to")))
    title = reader.say("bridge.chart", compare=reader.word("base", compare))
    return Waterfall(title, tuple(steps), scale, unit, reader.say("axis_cut"), rows=16)


def _by_family(month: Month, reader: Reader, compare: str, scale: Form) -> Table:
    found = _of_year(month, compare)
    families = [row for row in found if row.get("level") == "family"]
    columns = (
        Column(reader.say("head.family")),
        Column(reader.word("compare", compare), scale, width=13),
        *(Column(reader.word("effect", effect), signed(scale), width=13) for effect in EFFECTS),
        Column(reader.say("head.plan"), scale, width=13),
        Column(reader.say("head.difference"), signed(scale), width=13),
        Column(reader.say("head.adds_up"), width=14),
    )
    lines = []
    for node in distinct(families, "node"):
        own = [row for row in families if row.get("node") == node]
        lines.append(Row((reader.family(node), *_line(reader, _amounts(own), _places(own)))))
    lines.sort(key=lambda row: _size(row))
    company = _company(month, compare)
    lines.append(Row((reader.say("head.company"), *_line(reader, _amounts(company), _places(company))), "total"))
    return Table(columns, tuple(lines), reader.say("bridge.table", compare=reader.word("base", compare)))


def _size(row: Row) -> float:
    """Families in the order of what they lose."""
    difference = row.cells[-2]
    return difference if isinstance(difference, float) and known(difference) else 0.0


def _places(found: list[ReportRow]) -> dict[str, Place | None]:
    """Effect → where its amount stands."""
    return {text(row.get("effect")): row_place("bridge", row, "amount") for row in found}


def _line(
    reader: Reader, amounts: dict[str, float], places: dict[str, Place | None]
) -> tuple[Cell | float | None, ...]:
    start, end = amounts.get("from", math.nan), amounts.get("to", math.nan)
    effects = [amounts.get(effect, math.nan) for effect in EFFECTS]
    rest = end - start - sum(effect for effect in effects if known(effect))
    holds = abs(rest) <= 0.005 * max(1, len(amounts))
    check = Cell(reader.say("holds"), tone="good") if holds else Cell(reader.say("fails"), tone="bad")
    shown = zip(("from", *EFFECTS, "to"), (start, *effects, end))
    return (*(Cell(value, place=places.get(name)) for name, value in shown), end - start, check)
