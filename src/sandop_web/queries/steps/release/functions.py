"""One plan for each function: what purchasing orders, logistics moves, sales may count on, finance expects."""

from __future__ import annotations

import numpy as np

from sandop.finance.ledger import Side
from sandop.pack.figures import Numbers, ReportRow, distinct, known, months, number, rows, share, sheet, text
from sandop.pack.page import Cell, Column, Form, Place, Row, Table, Tone, placed
from sandop.pack.pages.demand import IN_FULL
from sandop.pack.places import made_place, money_place, span
from sandop.pack.reader import scale_of
from sandop_web.queries.steps.content import Reading, Section
from sandop_web.queries.steps.words import Words

MONTHS = 3  # months that a function's plan looks ahead
MONEY_MONTHS = 6
MONEY = ("revenue", "margin", "stock_value", "working_capital", "receivables", "payables")
Key = tuple[str, ...]


def _ahead(reading: Reading, name: str) -> tuple[list[Key], Numbers, tuple[str, ...]]:
    """Keys of a measure, its values in the next months, (row, month), and these months."""
    labels, found = months(reading.month)[:MONTHS], sheet(reading.month, name)
    if found is None or not len(found.rows):
        return [], np.zeros((0, len(labels))), labels
    columns = [found.periods.position[label] for label in labels]
    return list(found.rows.keys), np.nan_to_num(found.values[:, columns]), labels


def _worth(reading: Reading, keys: list[Key]) -> Numbers:
    """Standard cost of the item that each key begins with, (row,)."""
    items = reading.month.plan.network.items
    worth: Numbers = items.value[[items.position[key[0]] for key in keys]]
    return worth


def purchasing(reading: Reading, words: Words) -> Section:
    """What is to be ordered of whom in the next months, the dearest first."""
    reader = reading.reader
    keys, values, labels = _ahead(reading, "purchases")
    money = values.sum(axis=1) * _worth(reading, keys)
    order = [place for place in np.argsort(-money, kind="stable") if money[place] >= 0.5]
    scale = scale_of(money)
    columns = (
        Column(words.say("supply.suppliers.head.supplier")),
        Column(words.say("exec.item")),
        Column(reader.say("head.site")),
        *reader.months(labels),
        Column(words.say("exec.at_cost", unit=reader.money_unit(scale)), scale),
    )
    lines = []
    for place in order:
        item, site, supplier = keys[place]
        at = (("item", item), ("site", site), ("supplier", supplier))
        ordered = placed(values[place].tolist(), Place("purchases", at), labels)
        named = (reader.name("items", item), reader.name("sites", site))
        whole = made_place("at_cost", "purchases", at=at, period=span(labels[0], labels[-1]))
        lines.append(
            Row((reader.name("suppliers", supplier), *named, *ordered, Cell(float(money[place]), place=whole)))
        )
    parts = (Table(columns, tuple(lines), words.say("exec.purchasing.table")),) if lines else ()
    said = words.say("exec.purchasing.said", money=reader.money(float(money.sum())), count=len(labels))
    return Section("purchasing", words.say("exec.purchasing.title"), said, words.say("exec.purchasing.scope"), parts)


def logistics(reading: Reading, words: Words) -> Section:
    """What is to be moved on each lane in the next months, by family, plan units."""
    reader, items = reading.reader, reading.month.plan.network.items
    keys, values, labels = _ahead(reading, "transfers")
    moved: dict[Key, Numbers] = {}
    for (item, origin, destination), units in zip(keys, values, strict=True):
        place = items.position[item]
        lane = (origin, destination, str(items.family[place]))
        moved[lane] = moved.get(lane, np.zeros(len(labels))) + units * float(items.plan_factor[place])
    columns = (
        Column(words.say("exec.logistics.from")),
        Column(words.say("exec.logistics.to")),
        Column(reader.say("head.family")),
        Column(reader.say("head.unit")),
        *reader.months(labels),
        Column(reader.say("head.total"), "whole"),
    )
    lines = tuple(
        _lane(reading, lane, units) for lane, units in sorted(moved.items(), key=_by_lane) if units.sum() >= 0.5
    )
    parts = (Table(columns, lines, words.say("exec.logistics.table")),) if lines else ()
    lanes = len({lane[:2] for lane, units in moved.items() if units.sum() >= 0.5})
    said = words.counted("exec.logistics.said", lanes)
    return Section("logistics", words.say("exec.logistics.title"), said, words.say("exec.logistics.scope"), parts)


def _by_lane(pair: tuple[Key, Numbers]) -> tuple[str, str, float]:
    (origin, destination, _), units = pair
    return origin, destination, -float(units.sum())


def _lane(reading: Reading, lane: Key, units: Numbers) -> Row:
    reader = reading.reader
    origin, destination, family = lane
    unit = reader.word("unit_of", reader.plan_unit(family))
    sites = (reader.name("sites", origin), reader.name("sites", destination))
    return Row((*sites, reader.family(family), unit, *units.tolist(), float(units.sum())))


def sales(reading: Reading, words: Words) -> Section:
    """What each customer may count on in the next months: revenue on the plan, and the share of demand served."""
    reader = reading.reader
    keys, income, labels = _ahead(reading, "revenue")
    served = _served(reading)
    revenue = {one: income[np.array([key[2] == one for key in keys], dtype=bool)].sum(axis=0) for one in served}
    scale = scale_of(float(values.max(initial=0.0)) for values in revenue.values())
    columns = (
        Column(reader.say("head.customer")),
        *reader.months(labels, scale),
        Column(reader.say("head.total"), scale),
        Column(words.say("exec.sales.served"), "share"),
    )
    lines = []
    for customer in sorted(served, key=lambda one: served[one]):
        values, part = revenue[customer], served[customer]
        money = placed(values.tolist(), Place("revenue", (("customer", customer),)), labels)
        cell = Cell(part, tone="bad" if known(part) and part < 0.95 else None)
        whole = Place("revenue", (("customer", customer),), span(labels[0], labels[-1]))
        sold = Cell(float(values.sum()), place=whole)
        lines.append(Row((reader.name("customers", customer), *money, sold, cell)))
    unit = reader.money_unit(scale)
    parts = (Table(columns, tuple(lines), words.say("exec.sales.table", unit=unit)),) if lines else ()
    short = sum(1 for part in served.values() if known(part) and part < IN_FULL)
    said = words.counted("exec.sales.said", short) if short else words.say("exec.sales.all")
    tone: Tone = "watch" if short else "plain"
    return Section("sales", words.say("exec.sales.title"), said, words.say("exec.sales.scope"), parts, "", tone)


def _served(reading: Reading) -> dict[str, float]:
    """Customer → delivered / asked for in the next months, units weighed with standard cost; who asks for nothing is
    left out."""
    wanted: dict[str, float] = {}
    given: dict[str, float] = {}
    for name, sums in (("demand", wanted), ("deliveries", given)):
        keys, values, _ = _ahead(reading, name)
        for key, amount in zip(keys, values.sum(axis=1) * _worth(reading, keys), strict=True):
            sums[key[2]] = sums.get(key[2], 0.0) + float(amount)
    return {one: share(given.get(one, 0.0), whole) for one, whole in wanted.items() if whole > 0}


def finance(reading: Reading, words: Words) -> Section:
    """What finance may expect month by month: the lines of the plan in money, beside their budget."""
    reader = reading.reader
    found = [row for row in rows(reading.month, "money", scope="month") if text(row.get("line")) in MONEY]
    labels = distinct(found, "period")[:MONEY_MONTHS]
    scale = scale_of(number(row.get("plan")) for row in found)
    at = {(text(row.get("line")), text(row.get("period"))): row for row in found}
    lines = []
    for line in (name for name in MONEY if name in distinct(found, "line")):
        lines += _money_line(reading, words, line, [at.get((line, label), {}) for label in labels], scale)
    columns = (Column(reader.say("head.line")), Column(reader.say("head.figure")), *reader.months(labels, scale))
    title = words.say("exec.finance.table", unit=reader.money_unit(scale))
    parts = (Table(columns, tuple(lines), title),) if lines else ()
    income = [number(at.get(("revenue", label), {}).get("plan")) for label in labels]
    said = words.say("exec.finance.said", money=reader.money(float(np.nansum(income))), count=len(labels))
    return Section("finance", words.say("exec.finance.title"), said, "", parts, "money")


def _money_line(reading: Reading, words: Words, line: str, found: list[ReportRow], scale: Form) -> list[Row]:
    """Plan and budget of a line; the budget only where there is one."""
    shown: list[Row] = []
    sides: tuple[Side, ...] = ("plan", "budget")
    for column in sides:
        values = [number(row.get(column)) for row in found]
        if any(map(known, values)):
            first = reading.reader.word("line", line) if not shown else ""
            tone: Tone = "strong" if column == "plan" else "quiet"
            cells = (
                Cell(value, scale, place=money_place(row, column) if row else None)
                for value, row in zip(values, found, strict=True)
            )
            shown.append(Row((first, words.say(f"exec.finance.{column}"), *cells), tone))
    return shown
