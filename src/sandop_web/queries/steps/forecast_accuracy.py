"""How good the forecast was: by family and lag, the series that went worst and what is known of the cause, and what
each step of the forecast added."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sandop.pack.figures import NAN, ReportRow, distinct, known, number, rows, said, text
from sandop.pack.page import Beside, Cell, Chart, Column, Part, Place, Row, Series, Table, Tone
from sandop.pack.pages import demand
from sandop.pack.places import reported, row_place
from sandop.pack.reader import Reader
from sandop.scenario import Month
from sandop_web.queries.steps.content import Reading, Section
from sandop_web.queries.steps.demand_by_family import judged_as
from sandop_web.queries.steps.words import Words

SURE = 0.05  # chance that a difference is only chance, below which it is called sure
LEANING = 4.0  # tracking signal from which a forecast leans to one side
WORST = 12
ERRATIC = ("intermittent", "lumpy", "erratic")
SHOWN_AT = ("total", "family", "contributor")


def accuracy(reading: Reading, words: Words) -> Section:
    """WMAPE and bias of the frozen vintages: by family, by lag, and where most money went wrong."""
    month, reader = reading.month, reading.reader
    kpis = {text(row.get("kpi")): number(row.get("value")) for row in rows(month, "kpis")}
    wmape, bias = kpis.get("forecast_wmape", NAN), kpis.get("forecast_bias", NAN)
    conclusion = words.say("accuracy.unjudged")
    if known(wmape) and known(bias):
        side = "over" if bias > 0 else "under"
        conclusion = words.say(f"accuracy.{side}", wmape=reader.share(wmape), bias=reader.share(abs(bias)))
    charts = (*_by_family(reading, words), *_by_lag(reading, words))
    drawn: tuple[Part, ...] = (Beside(charts[:1], charts[1:]),) if len(charts) == 2 else charts
    parts = (*drawn, *_worst(reading, words), *demand.accuracy(month, reader))
    return Section(
        "accuracy", words.say("accuracy.title"), conclusion, words.say("accuracy.scope"), parts, "accuracy"
    )


def _by_family(reading: Reading, words: Words) -> tuple[Chart, ...]:
    """WMAPE and bias of each family, the worst first; none with one family or less."""
    month, reader = reading.month, reading.reader
    found = [
        row
        for row in rows(month, "accuracy", level="family", lag=1, stream=judged_as(month))
        if row["node"] and known(number(row["wmape"]))
    ]
    if len(found) < 2:
        return ()
    found.sort(key=lambda row: -number(row["wmape"]))
    series = (
        Series(
            reader.say("head.wmape"),
            tuple(number(row["wmape"]) for row in found),
            "plan",
            places=_places(found, "wmape"),
        ),
        Series(
            words.say("head.bias"), tuple(said(row["bias"]) for row in found), "past", places=_places(found, "bias")
        ),
    )
    names = tuple(reader.family(text(row["node"])) for row in found)
    return (Chart(words.say("accuracy.by_family"), names, series, "share", ""),)


def _by_lag(reading: Reading, words: Words) -> tuple[Chart, ...]:
    """WMAPE at family level by lag, a line a stream; none where only one lag was judged."""
    month, reader = reading.month, reading.reader
    found = rows(month, "accuracy", level="family", node=reading.by.family)
    lags = sorted({int(number(row["lag"])) for row in found})
    streams = [name for name in distinct(found, "stream") if name != "sales"]
    if len(lags) < 2:
        return ()
    at = {(text(row["stream"]), int(number(row["lag"]))): row for row in found}
    roles = dict(zip(streams, ("plan", "past", "second")))
    series = tuple(
        _line(reader.word("stream", name), [at.get((name, lag), {}) for lag in lags], roles[name])
        for name in streams
        if name in roles
    )
    return (Chart(words.say("accuracy.by_lag"), tuple(str(lag) for lag in lags), series, "share", ""),)


def _line(name: str, found: Sequence[ReportRow], role: str) -> Series:
    values = tuple(said(row.get("wmape")) for row in found)
    return Series(name, values, role, "line", places=_places(found, "wmape"))


def _places(found: Sequence[ReportRow], column: str) -> tuple[Place | None, ...]:
    return tuple(row_place("accuracy", row, column) if row else None for row in found)


def _worst(reading: Reading, words: Words) -> tuple[Table, ...]:
    """The series whose absolute error is dearest at standard cost, with what is known of the cause."""
    month, reader = reading.month, reading.reader
    cost = dict(zip(month.plan.network.items.keys, month.plan.network.items.value))
    seen: dict[tuple[str, ...], ReportRow] = {
        (text(row["item"]), text(row["site"]), text(row["customer"])): row for row in rows(month, "forecast_report")
    }
    found = []
    for row in rows(month, "accuracy", level="series", lag=1, stream=judged_as(month)):
        key = tuple(part.strip() for part in text(row["node"]).split("|"))
        off = number(row["wmape"]) * number(row["actual"])
        if len(key) == 3 and known(off):
            found.append((off * cost.get(key[0], NAN), key, row))
    found.sort(key=lambda one: -one[0])
    lines = tuple(
        _wrong(words, key, money, row, seen.get(key, {})) for money, key, row in found[:WORST] if known(money)
    )
    currency = month.plan.settings.company.currency
    columns = (
        Column(words.say("level.item")),
        Column(reader.say("head.customer")),
        Column(words.say("head.error_at_cost", currency=currency), "whole"),
        Column(reader.say("head.wmape"), "share"),
        Column(words.say("head.bias"), "share+"),
        Column(words.say("head.known_cause"), wrap=True),
    )
    return (Table(columns, lines, words.say("accuracy.worst")),) if lines else ()


def _wrong(words: Words, key: tuple[str, ...], money: float, row: ReportRow, seen: Mapping[str, object]) -> Row:
    """A series (item, site, customer) that went wrong by this much money."""
    return Row(
        (
            words.reader.name("items", key[0]),
            words.reader.name("customers", key[2]),
            Cell(money, tone="strong"),
            reported("accuracy", row, "wmape"),
            reported("accuracy", row, "bias"),
            _causes(words, row, seen),
        )
    )


def _causes(words: Words, row: ReportRow, seen: Mapping[str, object]) -> str:
    """What is known of a series that went wrong: it leans, was out of stock, is young, or comes in lumps."""
    signal, stock_outs = number(row["tracking_signal"]), number(seen.get("stock_outs"))
    found = []
    if known(signal) and abs(signal) > LEANING:
        found.append("cause_over" if signal > 0 else "cause_under")
    if number(row["censored"]) > 0 or stock_outs > 0:
        found.append("cause_stock_out")
    if number(seen.get("seen")) < 24:
        found.append("cause_young")
    if text(seen.get("pattern")) in ERRATIC:
        found.append("cause_lumpy")
    return words.reader.joined(words.say(f"accuracy.{cause}") for cause in found or ["cause_unknown"])


def value_added(reading: Reading, words: Words) -> Section:
    """What each step of the forecast won or lost against the one before, and whether that may be chance."""
    reader = reading.reader
    found = [row for row in rows(reading.month, "value_added") if row["level"] in SHOWN_AT]
    steps = distinct(found, "step")
    nodes = list(dict.fromkeys((text(row["level"]), text(row["node"])) for row in found))
    at = {(text(row["level"]), text(row["node"]), text(row["step"])): row for row in found}
    columns = (
        Column(words.say("head.node")),
        Column(reader.say("head.level")),
        *(column for step in steps for column in _step_columns(reader, words, step, found)),
    )
    lines = tuple(
        Row((_named(reader, words, *node), words.say(f"level.{node[0]}"), *_step_cells(words, steps, node, at)))
        for node in nodes
    )
    lines = tuple(replace(row, tone="total") if node[0] == "total" else row for row, node in zip(lines, nodes))
    table = Table(columns, lines, words.say("value_added.table"))
    parts: tuple[Part, ...] = (*_added_by_family(reading, words, steps, at), table)
    worse = any(row["level"] == "total" and number(row["added"]) < 0 for row in found)
    conclusion = words.clauses(
        _added(reader, words, number(row["added"]), text(row["step"])) for row in found if row["level"] == "total"
    )
    return Section(
        "value-added",
        words.say("value_added.title"),
        conclusion,
        words.say("value_added.scope"),
        parts if lines else (),
        "value_added",
        "watch" if worse else "plain",
    )


def _step_columns(reader: Reader, words: Words, step: str, found: Sequence[ReportRow]) -> tuple[Column, ...]:
    before = next(text(row["reference"]) for row in found if row["step"] == step)
    return (
        Column(words.say("head.wmape_of", stream=reader.word("stream", before)), "share"),
        Column(words.say("head.wmape_of", stream=reader.word("stream", step)), "share"),
        Column(words.say("head.added"), "share+"),
        Column(words.say("head.sure")),
    )


def _step_cells(
    words: Words, steps: Sequence[str], node: tuple[str, str], at: Mapping[tuple[str, str, str], ReportRow]
) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    for step in steps:
        row = at.get((*node, step), {})
        added, chance = number(row.get("added")), number(row.get("p_value"))
        cells += [
            reported("value_added", row, "before"),
            reported("value_added", row, "wmape"),
            reported("value_added", row, "added", tone=_sign_tone(added) if chance < SURE else None),
            Cell(words.say(_sureness(chance)) if row else ""),
        ]
    return tuple(cells)


def _added_by_family(
    reading: Reading, words: Words, steps: Sequence[str], at: Mapping[tuple[str, str, str], ReportRow]
) -> tuple[Chart, ...]:
    """Value added by family, a column a step; none with one family or less."""
    reader = reading.reader
    names = list(dict.fromkeys(node for level, node, _ in at if level == "family"))
    if len(names) < 2:
        return ()
    roles = dict(zip(steps, ("second", "plan", "third")))
    series = tuple(
        Series(
            reader.word("stream", step),
            tuple(said(at.get(("family", name, step), {}).get("added")) for name in names),
            roles.get(step, "past"),
            places=tuple(row_place("value_added", at.get(("family", name, step), {}), "added") for name in names),
        )
        for step in steps
    )
    return (Chart(words.say("value_added.chart"), tuple(map(reader.family, names)), series, "share+", ""),)


def _added(reader: Reader, words: Words, added: float, step: str) -> str:
    side = "won" if added > 0 else "lost"
    return words.say(f"value_added.{side}", step=reader.word("stream", step), share=reader.share(abs(added)))


def _named(reader: Reader, words: Words, level: str, node: str) -> str:
    table = {"family": "families", "contributor": "people"}.get(level)
    return reader.name(table, node) if table else node or words.say("level.company")


def _sureness(chance: float) -> str:
    if not known(chance):
        return "value_added.too_few"
    return "value_added.sure" if chance < SURE else "value_added.chance"


def _sign_tone(value: float) -> Tone | None:
    return None if not known(value) or value == 0 else "good" if value > 0 else "bad"


def error_trend(month: Month) -> tuple[float | None, ...]:
    """WMAPE at item level by lag, from the longest to lag 1: how the forecast sharpens as the month comes near."""
    found = rows(month, "accuracy", level="family", node="", stream=judged_as(month))
    return tuple(said(row["wmape"]) for row in sorted(found, key=lambda row: -number(row["lag"])))
