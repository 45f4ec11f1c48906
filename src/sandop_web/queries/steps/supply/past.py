"""How supply has kept its word: made against planned, stock against planned, in the month closed last."""

from __future__ import annotations

from collections.abc import Mapping

from sandop.pack.figures import ReportRow, distinct, known, number, rows, share, text
from sandop.pack.page import Cell, Column, Part, Row, Sentence, Table, Tone
from sandop.pack.places import report_place
from sandop.pack.reader import Reader
from sandop_web.queries.steps.content import Reading, Section
from sandop_web.queries.steps.key_figures import KeyFigure, key_figure
from sandop_web.queries.steps.words import Words

FIGURES = ("schedule_attainment", "fill_rate", "backlog_share", "utilisation_peak", "stock_days")


def performance(reading: Reading, words: Words) -> Section:
    """Key figures of supply against their goals; by family what was made and what is in stock against the plan."""
    parts: tuple[Part, ...] = (*_goals(reading, words), *_families(reading, words))
    if parts:
        parts = (*parts, Sentence(words.say("supply.past.suppliers"), "quiet"))
    scope = words.say("supply.past.scope")
    conclusion, tone = _conclusion(reading, words)
    return Section("past", words.say("supply.past.title"), conclusion, scope, parts, "family_sheet", tone)


def _conclusion(reading: Reading, words: Words) -> tuple[str, Tone]:
    made = key_figure(reading, "schedule_attainment")
    if made is None:
        return words.say("supply.past.unknown"), "plain"
    said = {"share": made.written(made.value)}
    if not known(made.target):
        return words.say("supply.past.made", **said), "plain"
    tone: Tone = "watch" if made.status in ("red", "amber") else "plain"
    return words.say("supply.past.made_goal", **said, goal=made.written(made.target)), tone


def _goals(reading: Reading, words: Words) -> tuple[Table, ...]:
    reader = reading.reader
    columns = (
        Column(words.say("supply.past.head.figure")),
        Column(words.say("supply.past.head.value"), "share"),
        Column(reader.say("head.target"), "share"),
        Column(words.say("supply.past.head.last"), "share"),
        Column(words.say("supply.past.head.status")),
    )
    figures = (key_figure(reading, kpi) for kpi in FIGURES)
    lines = tuple(_goal(reader, figure) for figure in figures if figure is not None)
    return (Table(columns, lines, words.say("supply.past.goals")),) if lines else ()


def _goal(reader: Reader, figure: KeyFigure) -> Row:
    amounts = {"value": figure.value, "target": figure.target, "previous": figure.before}
    numbers = (
        Cell(value, figure.form, place=report_place("kpis", column, kpi=figure.kpi))
        for column, value in amounts.items()
    )
    light = Cell(f"{figure.sign} {reader.word('status', figure.status)}", tone=figure.tone)
    return Row((figure.title, *numbers, light))


def _families(reading: Reading, words: Words) -> tuple[Table, ...]:
    """A row each family: planned before and actual of the month closed last, production and stock, plan units."""
    reader, closed = reading.reader, reading.month.plan.calendar.history.labels
    if not closed:
        return ()
    found = rows(reading.month, "family_sheet", period=closed[-1])
    values = {_key(row): number(row["value"]) for row in found}
    columns = (
        Column(reader.say("head.family")),
        Column(reader.say("head.unit")),
        *(Column(words.say(f"supply.past.head.{name}"), "whole") for name in ("planned", "produced")),
        Column(words.say("supply.past.head.attained"), "share"),
        *(Column(words.say(f"supply.past.head.{name}"), "whole") for name in ("stock_planned", "stock_actual")),
        Column(words.say("supply.past.head.stock_off"), "whole+"),
    )
    lines = [line for family in distinct(found, "family") if (line := _family(reading, family, values)) is not None]
    title = words.say("supply.past.families", month=words.month(closed[-1]))
    return (Table(columns, tuple(lines), title),) if lines else ()


def _key(row: ReportRow) -> tuple[str, str, str]:
    return text(row["family"]), text(row["line"]), text(row["version"])


def _family(reading: Reading, family: str, values: Mapping[tuple[str, str, str], float]) -> Row | None:
    def of(line: str, version: str) -> float:
        return values.get((family, line, version), float("nan"))

    wanted, made = of("production", "old"), of("production", "actual")
    kept, there = of("stock", "old"), of("stock", "actual")
    if not known(wanted) and not known(kept):
        return None
    attained = share(made, wanted)
    off = there - kept
    unit = reading.reader.word("unit_of", reading.reader.plan_unit(family))
    done = Cell(attained, tone="bad" if known(attained) and attained < 0.9 else None)
    closed = reading.month.plan.calendar.history.labels[-1]

    def cell(value: float, line: str, version: str) -> Cell:
        key = {"family": family, "line": line, "version": version, "period": closed}
        return Cell(value, place=report_place("family_sheet", "value", **key))

    production = cell(wanted, "production", "old"), cell(made, "production", "actual")
    stock = cell(kept, "stock", "old"), cell(there, "stock", "actual")
    return Row((reading.reader.family(family), unit, *production, done, *stock, off))
