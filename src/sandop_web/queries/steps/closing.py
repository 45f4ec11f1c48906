"""Data close: what has happened, as it was brought, how good it is, and how it looks beside the months before."""

from __future__ import annotations

import numpy as np

from sandop.calendar import year_before
from sandop.pack.figures import by_family, cells, known, total
from sandop.pack.page import Beside, Cell, Chart, Column, Part, Place, Row, Sentence, Series, Table, Tone, placed
from sandop_web.access.cycles import open_cycle_in
from sandop_web.queries.closing import QualityLine, data_close_of
from sandop_web.queries.steps.content import Needs, Reading, Section, StepContent, Tile, Told, filled
from sandop_web.queries.steps.outlook import PAST_MONTHS, Together, of_all, together
from sandop_web.queries.steps.words import Words

MONTHS = 13  # the last closed month and the twelve before it
FACTS = ("orders", "shipments", "production_actual", "stock_actual")
MOST_FINDINGS = 50
GOOD = 0.95  # quality score below which a table is marked bad


def tell(reading: Reading) -> Told:
    """The closed months by family, how good the data are, and what was noticed in them."""
    words = Words(reading.reader)
    closed = reading.month.plan.calendar.history.labels
    if not closed:
        return Told(words.say("close.nothing"), ())
    month, start = words.month(closed[-1]), words.month(reading.month.plan.settings.time.start)
    headline = words.say("close.headline", month=month, start=start, count=len(closed))
    group, qualities = _counted_together(reading), _qualities(reading)
    sections = (_quality(reading, words, qualities), _findings(reading, words), _facts(reading, words))
    tiles = (*_fact_tiles(reading, words, group), *_quality_tiles(words, qualities))
    return Told(headline, filled(sections), tiles=tiles, lead=_lead(reading, words, group))


def _counted_together(reading: Reading) -> Together:
    """The families with the plan unit in which most was ordered in the last year, at standard cost. Nothing need
    have been computed."""
    items = reading.month.plan.network.items
    labels = reading.month.plan.calendar.history.labels[-12:]
    cost = dict(zip(items.family, items.value / items.plan_factor))
    ordered = {family: total(values) for family, values in by_family(reading.month, "orders", labels).items()}
    return together(reading.month, {family: amount * float(cost[family]) for family, amount in ordered.items()})


def _fact_tiles(reading: Reading, words: Words, group: Together) -> tuple[Tile, ...]:
    """Each fact of the last closed month beside the same month of last year."""
    month = reading.month
    labels = month.plan.calendar.history.labels
    unit = reading.reader.word("unit_of", group.unit)
    tiles = []
    for name in FACTS:
        trend = of_all(month, name, group.families, labels[-PAST_MONTHS:])
        now, before = float(trend[-1]), float(of_all(month, name, group.families, year_before(labels[-1:]))[0])
        if not known(now) or not total(np.abs(trend)) > 0:
            continue
        note = words.against(now, before, "last_year")
        title = words.say("tile.fact", fact=words.say(f"close.{name}"), month=words.month(labels[-1]))
        figure = Cell(now, "whole", place=group.place(name, labels[-1]))
        tiles.append(Tile(title, figure, unit, note, "quiet", cells(trend), "facts"))
    return tuple(tiles)


def _lead(reading: Reading, words: Words, group: Together) -> tuple[Part, ...]:
    """What was asked for beside what left the house, and stock, over two years."""
    month, reader = reading.month, reading.reader
    labels = month.plan.calendar.history.labels[-PAST_MONTHS:]
    unit, names = reader.word("unit_of", group.unit), tuple(reader.short_month(label) for label in labels)
    found = {name: of_all(month, name, group.families, labels) for name in FACTS}
    roles = {"orders": "compare", "shipments": "plan", "production_actual": "past", "stock_actual": "plan"}

    def drawn(chosen: tuple[str, ...]) -> tuple[Chart, ...]:
        series = tuple(
            Series(
                words.say(f"close.{name}"),
                cells(found[name]),
                roles[name],
                "column" if name == "stock_actual" else "line",
                group.place(name),
            )
            for name in chosen
            if known(total(found[name]))
        )
        title = words.say("close.flow" if len(chosen) > 1 else "close.stock_chart", unit=unit)
        return (Chart(title, names, series, "whole", unit, periods=labels),) if series else ()

    flow, stock = drawn(("shipments", "orders", "production_actual")), drawn(("stock_actual",))
    return (Beside(flow, stock),) if flow and stock else (*flow, *stock)


def _qualities(reading: Reading) -> tuple[QualityLine, ...]:
    """How good the tables of the open cycle are; none where the reader looks at the plan of another."""
    cycle = open_cycle_in(reading.by.company_id)
    if cycle is None or cycle.version_id != reading.version.pk:
        return ()
    return data_close_of(by=reading.by).qualities


def _quality_tiles(words: Words, qualities: tuple[QualityLine, ...]) -> tuple[Tile, ...]:
    if not qualities:
        return ()
    worst = min(qualities, key=lambda one: one.score)
    tone: Tone = "good" if worst.score >= 1.0 else "watch" if worst.score >= GOOD else "bad"
    note = words.say("tile.quality_clean") if worst.score >= 1.0 else worst.title
    return (Tile(words.say("tile.quality"), Cell(worst.score, "share"), "", note, tone, section="quality"),)


def _quality(reading: Reading, words: Words, qualities: tuple[QualityLine, ...]) -> Section:
    """Each table with its owner, its score and what is wrong with it; the worst first."""
    reader = reading.reader
    columns = (
        Column(words.say("head.table")),
        Column(words.say("head.score"), "share"),
        Column(words.say("head.rows"), "whole"),
        Column(words.say("head.faults"), wrap=True),
        Column(reader.say("head.owner")),
    )
    lines = tuple(
        Row(
            (
                one.title,
                Cell(one.score, tone="bad" if one.score < GOOD else "watch" if one.score < 1.0 else "good"),
                float(one.rows),
                reader.joined(words.say("close.fault", count=fault.count, text=fault.text) for fault in one.faults),
                one.owner_name,
            )
        )
        for one in sorted(qualities, key=lambda one: one.score)
    )
    faulty = sum(one.score < 1.0 for one in qualities)
    conclusion = words.counted("close.faulty", faulty, total=len(qualities)) if faulty else words.say("close.clean")
    parts = (Table(columns, lines, words.say("close.quality_table")),) if lines else ()
    tone: Tone = "watch" if faulty else "plain"
    return Section(
        "quality", words.say("close.quality_title"), conclusion, words.say("close.quality_scope"), parts, tone=tone
    )


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
                at = (("family", family),)
                shown = placed(cells(values), Place(name, at), labels)
                lines.append(Row((first, words.say(f"close.{name}"), unit, *shown)))
                first = ""
    columns = (
        Column(reader.say("head.family")),
        Column(reader.say("head.figure")),
        Column(reader.say("head.unit")),
        *reader.months(labels),
    )
    parts = (Table(columns, tuple(lines), words.say("close.table")),) if lines else ()
    said = words.counted("close.families", len(families), month=words.month(labels[-1]))
    return Section("facts", words.say("close.title"), said, words.say("close.scope"), parts)


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
            (
                Cell(reader.word("severity", str(finding.severity)), tone=_TONES.get(str(finding.severity))),
                finding.text(language),
                finding.remedy(language),
            )
        )
        for finding in map(reader.naming, listed[:MOST_FINDINGS])
    )
    parts: tuple[Table | Sentence, ...] = (Table(columns, lines, title),) if lines else ()
    if len(listed) > MOST_FINDINGS:
        parts = (*parts, Sentence(words.say("close.more_findings", count=len(listed) - MOST_FINDINGS), "quiet"))
    worst = {str(finding.severity) for finding in listed}
    tone: Tone = "bad" if "error" in worst else "watch" if "warning" in worst else "plain"
    return Section("findings", title, words.counted("close.findings", len(found)), "", parts, tone=tone)


_TONES: dict[str, Tone] = {"warning": "watch", "error": "bad"}

CONTENT = StepContent(Needs(inputs=FACTS, findings=True), made_by="", tell=tell, live=True)
