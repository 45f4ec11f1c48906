"""Data close: what has happened, as it was brought, and what it looks like beside the months before."""

from __future__ import annotations

import numpy as np

from sandop.pack.figures import by_family, cells, total
from sandop.pack.page import Column, Row, Sentence, Table
from sandop_web.queries.steps.content import Needs, Reading, Section, StepContent, Told, filled
from sandop_web.queries.steps.words import Words

MONTHS = 13  # the last closed month and the twelve before it
FACTS = ("orders", "shipments", "production_actual", "stock_actual")
MOST_FINDINGS = 50


def tell(reading: Reading) -> Told:
    """The closed months by family, and what was noticed in the data."""
    words = Words(reading.reader)
    closed = reading.month.plan.calendar.history.labels
    if not closed:
        return Told(words.say("close.nothing"), ())
    month, start = words.month(closed[-1]), words.month(reading.month.plan.settings.time.start)
    headline = words.say("close.headline", month=month, start=start, count=len(closed))
    return Told(headline, filled((_facts(reading, words), _findings(reading, words))))


def _facts(reading: Reading, words: Words) -> Section:
    """Orders, shipments, production and stock of each family in the last closed months, plan units."""
    month, reader = reading.month, reading.reader
    labels = month.plan.calendar.history.labels[-MONTHS:]
    found = {name: by_family(month, name, labels) for name in FACTS}
    families = list(dict.fromkeys(family for values in found.values() for family in values))
    lines = []
    for family in families:
        first = reader.family(family)
        unit = reader.word("unit_of", reader.plan_unit(family))
        for name in FACTS:
            values = found[name].get(family)
            if values is not None and total(np.abs(values)) > 0:
                lines.append(Row((first, words.say(f"close.{name}"), unit, *cells(values))))
    columns = (
        Column(reader.say("head.family")),
        Column(reader.say("head.figure")),
        Column(reader.say("head.unit")),
        *reader.months(labels),
    )
    parts = (Table(columns, tuple(lines), words.say("close.table")),) if lines else ()
    return Section("facts", words.say("close.title"), "", words.say("close.scope"), parts)


def _findings(reading: Reading, words: Words) -> Section:
    """What the steps noticed: the worst first. It names rows of everybody, so only those with a company-wide scope
    see it."""
    reader, language = reading.reader, reading.reader.language
    title = words.say("close.findings_title")
    found = reading.month.findings if reading.by.everywhere else ()
    order = {"error": 0, "warning": 1, "note": 2}
    listed = sorted(found, key=lambda finding: order[str(finding.severity)])
    columns = (
        Column(reader.say("head.severity")),
        Column(reader.say("head.what"), wrap=True),
        Column(reader.say("head.remedy"), wrap=True),
    )
    lines = tuple(
        Row(
            (reader.word("severity", str(finding.severity)), finding.text(language), finding.remedy(language)),
            "watch" if str(finding.severity) == "warning" else "bad" if str(finding.severity) == "error" else "plain",
        )
        for finding in listed[:MOST_FINDINGS]
    )
    parts: tuple[Table | Sentence, ...] = (Table(columns, lines, title),) if lines else ()
    if len(listed) > MOST_FINDINGS:
        parts = (*parts, Sentence(words.say("close.more_findings", count=len(listed) - MOST_FINDINGS), "quiet"))
    return Section("findings", title, words.counted("close.findings", len(found)), "", parts)


CONTENT = StepContent(Needs(inputs=FACTS, findings=True), made_by="", tell=tell)
