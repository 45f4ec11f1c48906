"""Where the streams of the demand plan disagree: the baseline against what sales says."""

from __future__ import annotations

import numpy as np

from sandop.pack.figures import Numbers, sheet
from sandop.pack.page import Cell, Column, Row, Table
from sandop.plan import Sheet
from sandop.scenario import Month
from sandop_web.queries.steps.content import Reading, Section
from sandop_web.queries.steps.words import Words

MOST_DIFFERENCES = 20


def silent_customers(month: Month) -> int:
    """Customers with demand about whom sales has not said a number in any planned month."""
    asked, opinion = sheet(month, "demand"), sheet(month, "sales_forecast")
    if asked is None:
        return 0
    wanted = set(asked.rows.column("customer")[np.nansum(asked.values, axis=1) > 0])
    spoken = set()
    if opinion is not None:
        spoken = set(opinion.rows.column("customer")[~np.isnan(opinion.values).all(axis=1)])
    return len(wanted - spoken)


def stream_differences(reading: Reading, words: Words) -> Section:
    """The series in which sales and baseline are furthest apart, in the months in which sales spoke; the dearest
    at standard cost first."""
    month, reader = reading.month, reading.reader
    baseline, opinion = sheet(month, "baseline"), sheet(month, "sales_forecast")
    lines: list[Row] = []
    title, scope = words.say("streams.title"), words.say("streams.scope")
    if baseline is None or opinion is None or not len(baseline.rows):
        return Section("streams", title, "", scope, ())
    computed, spoken = _where_spoken(baseline, opinion)
    cost = month.plan.network.items.value[month.plan.network.items.places(baseline.rows.column("item"))]
    away = (spoken - computed) * cost
    for place in np.argsort(-np.abs(away), kind="stable")[:MOST_DIFFERENCES]:
        if away[place] == 0:
            break
        item, _, customer = baseline.rows.keys[place]
        lines.append(
            Row(
                (
                    item,
                    reader.name("items", item),
                    reader.name("customers", customer),
                    computed[place],
                    spoken[place],
                    Cell(spoken[place] - computed[place], "whole+", "strong"),
                    (spoken[place] - computed[place]) / computed[place] if computed[place] else None,
                    away[place],
                )
            )
        )
    parts = (Table(_columns(reading, words), tuple(lines), words.say("streams.table")),) if lines else ()
    conclusion = _conclusion(reading, words, away)
    return Section("streams", title, conclusion, scope, parts)


def _columns(reading: Reading, words: Words) -> tuple[Column, ...]:
    reader = reading.reader
    return (
        Column(reader.say("head.item")),
        Column(reader.say("head.name")),
        Column(reader.say("head.customer")),
        Column(words.say("head.baseline"), "whole"),
        Column(words.say("head.sales"), "whole"),
        Column(reader.say("head.difference"), "whole+"),
        Column(reader.say("head.percent"), "share+"),
        Column(words.say("head.at_cost", currency=reading.month.plan.settings.company.currency), "whole+"),
    )


def _where_spoken(baseline: Sheet, opinion: Sheet) -> tuple[Numbers, Numbers]:
    """Baseline and sales forecast over the months in which sales spoke, units, (row,) of the baseline."""
    said = opinion.on(baseline.rows, baseline.periods).values
    heard = ~np.isnan(said)
    return np.where(heard, baseline.values, 0.0).sum(axis=1), np.where(heard, said, 0.0).sum(axis=1)


def _conclusion(reading: Reading, words: Words, away: Numbers) -> str:
    net = float(away.sum())
    if not np.abs(away).any():
        return words.say("streams.agree")
    side = "above" if net > 0 else "below"
    return words.say(f"streams.{side}", money=reading.reader.money(abs(net)))
