"""The business review by family, region, customer and item: the furthest from budget first."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from sandop.pack.figures import ReportRow, distinct, known, number, rows, share, text
from sandop.pack.page import Cell, Column, Form, Part, Row, Table, Tone
from sandop.pack.reader import Reader, scale_of
from sandop_web.queries.steps.content import Reading, Section
from sandop_web.queries.steps.narrowing import narrowed
from sandop_web.queries.steps.performance import Against, Performance
from sandop_web.queries.steps.words import Words

SHORT = 0.05  # more than a twentieth short of the base is marked; of stock, more than a twentieth over
MOST_NODES = 20
SHOWN: tuple[tuple[str, str], ...] = (
    ("revenue", "budget"),
    ("revenue", "last_year"),
    ("margin", "budget"),
    ("volume", "budget"),
    ("stock_value", "budget"),
)


def tone_of(line: str, away: float) -> Tone | None:
    """How far a line is from its base is marked where it is too far."""
    return "bad" if known(away) and (away if line != "stock_value" else -away) < -SHORT else None


def by_level(reading: Reading, words: Words, by: Literal["family", "region"]) -> Section:
    """One row a family or region: the year to date beside budget and last year, the furthest below budget first."""
    reader = reading.reader
    found = rows(reading.month, "business_review", level=by, span="ytd")
    at = {(text(row["node"]), text(row["line"])): row for row in found}
    nodes = [node for node in distinct(found, "node") if node and (node, "revenue") in at]
    nodes.sort(key=lambda node: _gap(at[node, "revenue"]))
    scale = scale_of(number(at[node, "revenue"].get("actual")) for node in nodes)
    columns = (
        Column(words.say(f"level.{by}")),
        Column(words.say("head.revenue", unit=reader.money_unit(scale)), scale),
        *(
            Column(
                words.say("head.line_to", line=words.say(f"line.{line}"), base=words.say(f"base.{base}")), "share+"
            )
            for line, base in SHOWN
        ),
        Column(words.say("line.service_short"), "share"),
        Column(words.say("head.service_moved"), "share+"),
    )
    lines = tuple(_node(reading, words, by, node, at) for node in nodes)
    parts: tuple[Part, ...] = (Table(columns, lines, words.say(f"review.{by}_table")),) if lines else ()
    worst = at[nodes[0], "revenue"] if nodes else {}
    behind = bool(nodes) and _gap(worst) < 0
    return Section(
        f"actual-{by}",
        words.say(f"review.by_{by}"),
        _furthest(reading, words, _name(reader, by, nodes[0]), worst)
        if behind
        else words.say("review.none_behind")
        if nodes
        else "",
        words.say("review.scope"),
        parts,
        "business_review",
        "watch" if behind and share(_gap(worst), number(worst.get("budget"))) < -SHORT else "plain",
    )


def _gap(row: ReportRow) -> float:
    gap = number(row.get("actual")) - number(row.get("budget"))
    return gap if known(gap) else 0.0


def _furthest(reading: Reading, words: Words, name: str, row: ReportRow) -> str:
    gap = _gap(row)
    away = share(gap, number(row.get("budget")))
    said = {"money": reading.reader.money(abs(gap)), "share": reading.reader.share(abs(away))}
    return words.say("review.furthest", name=name, **said)


def _name(reader: Reader, by: str, node: str) -> str:
    return reader.family(node) if by == "family" else reader.word("region", node)


def _node(
    reading: Reading, words: Words, by: Literal["family", "region"], node: str, at: dict[tuple[str, str], ReportRow]
) -> Row:
    link = narrowed(reading, family=node) if by == "family" else narrowed(reading, region=node)
    service = at.get((node, "service"), {})
    moved = number(service.get("actual")) - number(service.get("last_year"))
    return Row(
        (
            Cell(_name(reading.reader, by, node), link=link),
            Cell(number(at[node, "revenue"].get("actual")), tone="strong"),
            *(_away(line, base, at.get((node, line), {})) for line, base in SHOWN),
            number(service.get("actual")),
            Cell(moved, tone=tone_of("service", moved)),
        )
    )


def _away(line: str, base: str, row: ReportRow) -> Cell:
    against = number(row.get(base))
    away = share(number(row.get("actual")) - against, abs(against))
    return Cell(away, tone=tone_of(line, away))


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
        Column(words.say("head.gap_money", unit=unit), _plus(scale)),
        Column(words.say("head.to_base", base=words.say("base.budget")), "share+"),
        Column(words.say("head.to_base", base=words.say("base.last_year")), "share+"),
    )
    lines = tuple(_part_row(reader.name(names, one.node), one) for one in shown)
    cut = words.say("review.both_ends", count=len(found)) if len(shown) < len(found) else ""
    parts = (Table(columns, lines, words.say(f"review.{part}_table")),) if lines else ()
    worst = found[0] if found and found[0].gap < 0 else None
    conclusion = ""
    if worst is not None:
        base = worst.budget if known(worst.budget) else worst.last_year
        said = {"money": reader.money(abs(worst.gap)), "share": reader.share(abs(share(worst.gap, base)))}
        conclusion = words.say("review.furthest", name=reader.name(names, worst.node), **said)
    return Section(f"actual-{part}", words.say(f"review.by_{part}"), conclusion, cut, parts)


def _plus(scale: Form) -> Form:
    plus: dict[Form, Form] = {"million": "million+", "thousand": "thousand+"}
    return plus.get(scale, "whole+")


def _part_row(name: str, one: Against) -> Row:
    to_budget = share(one.actual - one.budget, abs(one.budget))
    return Row(
        (
            name,
            Cell(one.actual, tone="strong"),
            one.budget,
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
