"""Step 3: demand, supply and money side by side in one plan; the gap, what closes it, what must be decided."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sandop.pack.figures import Numbers, by_family, months, number, rows, share, sheet, total
from sandop.pack.page import Cell, Column, Form, Part, Row, Sentence, Table
from sandop.pack.pages import decide, families, kpis, money, shortages
from sandop.pack.reader import Reader, scale_of
from sandop.plan import roll_up
from sandop.scenario import Month
from sandop_web.queries.steps.content import (
    Needs,
    Reading,
    Section,
    StepContent,
    Told,
    filled,
    named_blocks,
    section_of,
)
from sandop_web.queries.steps.substitutes import substitutes
from sandop_web.queries.steps.words import Words

IN_FULL = 0.9995  # share of demand served from which a family counts as served in full


def tell(reading: Reading) -> Told:
    """Side by side, money by month and year, gap and levers, cuts to accept or escalate, decisions, key figures."""
    month, reader, words = reading.month, reading.reader, Words(reading.reader)
    sections = (
        _side_by_side(reading, words),
        *substitutes(reading, words),
        _gap(reading, words),
        decisions(reading, words),
        _cuts(reading, words),
        *section_of(money.page(month, reader), report="money"),
        *section_of(kpis.page(month, reader), report="kpis"),
        *_family_sheets(reading),
    )
    return Told(decide.headline(month, reader), filled(sections))


def _side_by_side(reading: Reading, words: Words) -> Section:
    """One row a family: asked for, delivered, late and lost, revenue, margin, stock at the end."""
    month, reader = reading.month, reading.reader
    labels = months(month)
    quantities = (by_family(month, name, labels) for name in ("demand", "deliveries", "backlog", "lost"))
    asked, given, late, lost = quantities
    earned, kept, held = (_money(month, name) for name in ("revenue", "margin", "stock_value"))
    scale = scale_of(total(values) for values in earned.values())
    lines, cut = [], 0
    for family, wanted in asked.items():
        served = share(total(given.get(family, wanted * np.nan)), total(wanted))
        cut += served < IN_FULL
        lines.append(
            Row(
                (
                    reader.family(family),
                    reader.word("unit_of", reader.plan_unit(family)),
                    total(wanted),
                    total(given[family]) if family in given else None,
                    Cell(served, "share", "bad" if served < IN_FULL else None),
                    _last(late.get(family)),
                    total(lost[family]) if family in lost else None,
                    total(earned[family]) if family in earned else None,
                    total(kept[family]) if family in kept else None,
                    _last(held.get(family)),
                )
            )
        )
    parts = (
        (Table(_columns(reader, words, scale), tuple(lines), words.counted("side_by_side.table", len(labels))),)
        if lines
        else ()
    )
    conclusion = words.counted("side_by_side.cut", cut, total=len(lines)) if cut else words.say("side_by_side.all")
    return Section("side-by-side", words.say("side_by_side.title"), conclusion, "", parts)


def _columns(reader: Reader, words: Words, scale: Form) -> tuple[Column, ...]:
    """Columns of `_side_by_side`; money in the unit of `scale`."""
    unit = reader.money_unit(scale)
    return (
        Column(reader.say("head.family")),
        Column(reader.say("head.unit")),
        Column(words.say("head.asked"), "whole"),
        Column(words.say("head.delivered"), "whole"),
        Column(words.say("head.served"), "share"),
        Column(words.say("head.late_at_end"), "whole"),
        Column(words.say("head.lost"), "whole"),
        Column(words.say("head.revenue", unit=unit), scale),
        Column(words.say("head.margin", unit=unit), scale),
        Column(words.say("head.stock_at_end", unit=unit), scale),
    )


def _money(month: Month, name: str) -> dict[str, Numbers]:
    """Family → money of a measure by planned month, (month,)."""
    found = sheet(month, name)
    if found is None or not len(found.rows):
        return {}
    at = roll_up(found, month.plan.network, by=["family"])
    return {key[0]: values for key, values in zip(at.rows.keys, at.values)}


def _last(values: Numbers | None) -> float | None:
    return None if values is None else float(values[-1])


def _gap(reading: Reading, words: Words) -> Section:
    """Budget, plan, what each recommended decision adds, what stays open."""
    month, reader = reading.month, reading.reader
    chart = decide.gap_chart(month, reader)
    parts: tuple[Part, ...] = (chart,) if chart else (Sentence(reader.say("decide.no_gap"), "quiet"),)
    closed = decide.closed_share(month)
    conclusion = ""
    if chart:
        conclusion = words.say("gap.closed", share=f"{closed:.0%}") if closed else words.say("gap.not_closed")
        if not any(step.missing or step.amount < 0 for step in chart.steps):
            conclusion = words.say("gap.none")
    return Section("gap", words.say("gap.title"), conclusion, "", parts, "gap")


def decisions(reading: Reading, words: Words) -> Section:
    """Every decision with its alternatives, as the plan proposes them."""
    month, reader = reading.month, reading.reader
    groups = list(decide.decision_groups(month).values())
    parts: tuple[Part, ...] = (decide.decision_table(month, reader, groups),) if groups else ()
    conclusion = words.counted("decisions.count", len(groups))
    scope = reader.say("decisions.scope")
    return Section("decisions", reader.say("tab.decisions"), conclusion, scope, parts, "decisions")


def _family_sheets(reading: Reading) -> tuple[Section, ...]:
    """The classical S&OP sheet of each family."""
    found = section_of(families.page(reading.month, reading.reader), report="family_sheet")
    return tuple(replace(section, parts=named_blocks(section.parts, reading.reader)) for section in found)


def _cuts(reading: Reading, words: Words) -> Section:
    """Demand that the plan does not serve on time: sales accepts each cut or escalates it."""
    month, reader = reading.month, reading.reader
    found = rows(month, "unserved")
    penalty = sum(number(row["penalty"]) for row in found)
    conclusion = words.counted("cuts.count", len(found), money=reader.money(penalty))
    parts = shortages.unserved(month, reader)
    return Section("cuts", words.say("cuts.title"), conclusion, words.say("cuts.scope"), parts, "unserved")


CONTENT = StepContent(
    Needs(
        sheets=("demand", "deliveries", "backlog", "lost", "revenue", "margin", "stock_value"),
        reports=(
            "money",
            "gap",
            "decisions",
            "levers",
            "kpis",
            "family_sheet",
            "identities",
            "unserved",
            "certificate",
            "shortages",
        ),
    ),
    made_by="review",
    tell=tell,
)
