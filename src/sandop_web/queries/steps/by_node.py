"""The business review by family, region, customer and item: the furthest from budget first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from sandop.finance.ledger import Side
from sandop.pack.figures import ReportRow, known, number, rows, share, text
from sandop.pack.page import Cell, Column, Part, Row, Table, Tone
from sandop.pack.places import ledger_place, report_place
from sandop.pack.reader import Reader, scale_of, signed
from sandop_web.queries.steps.content import Reading, Section
from sandop_web.queries.steps.performance import SIDES, Against, Performance
from sandop_web.queries.steps.ways_on import narrowed
from sandop_web.queries.steps.words import Words

SHORT = 0.05  # more than a twentieth short of the base is marked; of stock, more than a twentieth over
MOST_NODES = 20
SHOWN: tuple[tuple[str, Side], ...] = (
    ("revenue", "budget"),
    ("revenue", "last_year"),
    ("margin", "budget"),
    ("volume", "budget"),
    ("stock_value", "budget"),
)


def tone_of(line: str, away: float) -> Tone | None:
    """How far a line is from its base is marked where it is too far."""
    return "bad" if known(away) and (away if line != "stock_value" else -away) < -SHORT else None


@dataclass(frozen=True)
class Standing:
    """A family or region over the year to date: line → side → amount, and service with its change to last year."""

    node: str
    lines: Mapping[str, Mapping[Side, float]]
    service: float
    moved: float

    def away(self, line: str, base: Side) -> float:
        """How far a line is from its base, as a share of it."""
        sides = self.lines[line]
        return share(sides["plan"] - sides[base], abs(sides[base]))

    @property
    def gap(self) -> float:
        """Revenue less budget; zero where one is blank."""
        gap = self.lines["revenue"]["plan"] - self.lines["revenue"]["budget"]
        return gap if known(gap) else 0.0


def by_level(reading: Reading, words: Words, performance: Performance, by: Literal["family", "region"]) -> Section:
    """One row a family or region: the year to date beside budget and last year, the furthest below budget first."""
    reader = reading.reader
    found = sorted(_standings(reading, performance, by), key=lambda one: one.gap)
    scale = scale_of(one.lines["revenue"]["plan"] for one in found)
    columns = (
        Column(words.say(f"level.{by}")),
        Column(words.say("head.revenue", unit=reader.money_unit(scale)), scale),
        *(_away_column(words, line, base) for line, base in SHOWN),
        Column(words.say("line.service_short"), "share"),
        Column(words.say("head.service_moved"), "share+"),
    )
    lines = tuple(_node(reading, by, one, performance.span) for one in found)
    parts: tuple[Part, ...] = (Table(columns, lines, words.say(f"review.{by}_table")),) if lines else ()
    worst = found[0] if found and found[0].gap < 0 else None
    conclusion = words.say("review.none_behind") if found else ""
    if worst is not None:
        said = {"money": reader.money(abs(worst.gap)), "share": reader.share(abs(worst.away("revenue", "budget")))}
        conclusion = words.say("review.furthest", name=_name(reader, by, worst.node), **said)
    return Section(
        f"actual-{by}",
        words.say(f"review.by_{by}"),
        conclusion,
        words.say("review.scope"),
        parts,
        "business_review",
        "watch" if worst is not None and worst.away("revenue", "budget") < -SHORT else "plain",
    )


def _standings(reading: Reading, performance: Performance, by: Literal["family", "region"]) -> Iterator[Standing]:
    """Every node that sold something, in the reader's scope. Service is known where the scope does not cut a node."""
    book = performance.book(by)
    amounts = {
        (line, side): dict(zip(book.nodes, book.over(line, side, performance.to_date)))
        for line in ("revenue", "margin", "volume", "stock_value")
        for side in SIDES
    }
    cut = reading.by.region if by == "family" else reading.by.family
    report = () if cut else rows(reading.month, "business_review", level=by, line="service", span="ytd")
    service = {text(row["node"]): row for row in report}
    for node in book.nodes:
        if not known(amounts["revenue", "plan"][node]):
            continue
        lines = {
            line: {side: float(amounts[line, side][node]) for side in SIDES}
            for line in ("revenue", "margin", "volume", "stock_value")
        }
        now, before = (number(service.get(node, {}).get(column)) for column in ("actual", "last_year"))
        yield Standing(node, lines, now, now - before)


def _away_column(words: Words, line: str, base: str) -> Column:
    title = words.say("head.line_to", line=words.say(f"line.{line}"), base=words.say(f"base.{base}"))
    return Column(title, "share+")


def _name(reader: Reader, by: str, node: str) -> str:
    return reader.family(node) if by == "family" else reader.word("region", node)


def _node(reading: Reading, by: Literal["family", "region"], one: Standing, to_date: str) -> Row:
    link = narrowed(reading, family=one.node) if by == "family" else narrowed(reading, region=one.node)
    away = [(line, one.away(line, base)) for line, base in SHOWN]
    at, cut = ((by, one.node),), reading.by.region if by == "family" else reading.by.family
    service = report_place("business_review", "actual", line="service", level=by, node=one.node, span="ytd")
    return Row(
        (
            Cell(_name(reading.reader, by, one.node), link=link),
            Cell(one.lines["revenue"]["plan"], tone="strong", place=ledger_place("revenue", "plan", to_date, at)),
            *(Cell(value, tone=tone_of(line, value)) for line, value in away),
            Cell(one.service, place=None if cut else service),
            Cell(one.moved, tone=tone_of("service", one.moved)),
        )
    )


def by_part(reading: Reading, words: Words, performance: Performance, part: Literal["item", "customer"]) -> Section:
    """Items or customers in scope: revenue of the year to date beside budget and last year; the furthest below first,
    and those that made up for it last."""
    reader = reading.reader
    found = performance.at(part)
    shown = found if len(found) <= MOST_NODES else (*found[: MOST_NODES // 2], *found[-MOST_NODES // 2 :])
    scale = scale_of(one.actual for one in found)
    unit = reader.money_unit(scale)
    names = "items" if part == "item" else "customers"
    columns = (
        Column(words.say(f"level.{part}")),
        Column(words.say("head.revenue", unit=unit), scale),
        Column(reader.say("head.budget"), scale),
        Column(words.say("head.gap_money", unit=unit), signed(scale)),
        Column(words.say("head.to_base", base=words.say("base.budget")), "share+"),
        Column(words.say("head.to_base", base=words.say("base.last_year")), "share+"),
    )
    lines = tuple(_part_row(reader.name(names, one.node), one, part, performance.span) for one in shown)
    cut = words.say("review.both_ends", count=len(found)) if len(shown) < len(found) else ""
    parts = (Table(columns, lines, words.say(f"review.{part}_table")),) if lines else ()
    worst = found[0] if found and found[0].gap < 0 else None
    conclusion = words.say("review.none_behind")
    if worst is not None:
        said = {"money": reader.money(abs(worst.gap)), "share": reader.share(abs(share(worst.gap, worst.base)))}
        conclusion = words.say("review.furthest", name=reader.name(names, worst.node), **said)
    return Section(f"actual-{part}", words.say(f"review.by_{part}"), conclusion, cut, parts)


def _part_row(name: str, one: Against, part: str, to_date: str) -> Row:
    at = ((part, one.node),)
    to_budget = share(one.actual - one.budget, abs(one.budget))
    return Row(
        (
            name,
            Cell(one.actual, tone="strong", place=ledger_place("revenue", "plan", to_date, at)),
            Cell(one.budget, place=ledger_place("revenue", "budget", to_date, at)),
            one.gap,
            Cell(to_budget, tone=tone_of("revenue", to_budget)),
            share(one.actual - one.last_year, abs(one.last_year)),
        )
    )


def together(found: Iterable[ReportRow]) -> dict[str, float]:
    """Effect → amount of the rows added up: leaves make up every node above them, exactly."""
    sums: dict[str, float] = {}
    for row in found:
        if known(number(row["amount"])):
            effect = text(row["effect"])
            sums[effect] = sums.get(effect, 0.0) + number(row["amount"])
    return sums
