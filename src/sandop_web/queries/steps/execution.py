"""Execution: the schedule in weeks, whether it fits, what may still be promised, what was moved inside the fences."""

from __future__ import annotations

import numpy as np

from sandop.pack.figures import ReportRow, distinct, number, rows, text
from sandop.pack.page import Cell, Column, Row, Table
from sandop.pack.pages import schedule
from sandop_web.queries.steps.content import Needs, Reading, Section, StepContent, Told, filled, section_of
from sandop_web.queries.steps.promises import actions
from sandop_web.queries.steps.words import Words

WEEKS = 8  # weeks that the page looks ahead
SHORT_OF_ZERO = -0.0005


def tell(reading: Reading) -> Told:
    """Lots by week, load by week, availability, carry, broken fences, actions."""
    month, reader, words = reading.month, reading.reader, Words(reading.reader)
    sections = (
        *section_of(schedule.page(month, reader), report="schedule"),
        _rough_cut(reading, words),
        _availability(reading, words),
        *section_of(schedule.carry_page(month, reader), report="schedule_carry"),
        _fence_breaks(reading, words),
        actions(reading, words),
    )
    return Told(headline(reading, words), filled(sections))


def headline(reading: Reading, words: Words) -> str:
    """Lots to start in the next weeks, weeks overloaded, items that would run out."""
    weeks = _weeks(reading)
    lots = sum(number(row["lots"]) for row in rows(reading.month, "schedule") if text(row["week"]) in weeks)
    said = words.say("execution.lots", lots=reading.reader.quantity(lots), count=len(weeks))
    over = _overloaded(reading)
    said += words.counted("execution.overloaded", over) if over else words.say("execution.fits")
    out = len(_running_out(reading))
    return said + (words.counted("execution.runs_out", out) if out else words.say("execution.nothing_runs_out"))


def _weeks(reading: Reading) -> tuple[str, ...]:
    """The next weeks of the schedule, as it names them; those that a month end cuts come in two parts."""
    found = reading.month.sheets.get("mps")
    return found.periods.labels[:WEEKS] if found is not None else ()


def _overloaded(reading: Reading) -> int:
    """Weeks in which some resource is loaded beyond all its hours."""
    weeks = _weeks(reading)
    found = rows(reading.month, "rccp")
    return len({text(row["period"]) for row in found if text(row["period"]) in weeks and number(row["over"]) > 0.05})


def _rough_cut(reading: Reading, words: Words) -> Section:
    """Load of each resource by week, share of its regular hours; beyond all hours it is marked."""
    reader, weeks = reading.reader, _weeks(reading)
    found = [row for row in rows(reading.month, "rccp") if text(row["period"]) in weeks]
    columns = (
        Column(reader.say("head.resource")),
        *(Column(label, "percent") for label in weeks),
        Column(words.say("head.hours_over"), "whole"),
    )
    lines = []
    for resource in distinct(found, "resource"):
        of_week = {text(row["period"]): row for row in found if row["resource"] == resource}
        if not any(number(row["load"]) > 0 for row in of_week.values()):
            continue
        shares = [_loaded(of_week.get(label, {})) for label in weeks]
        over = sum(max(number(row["over"]), 0.0) for row in of_week.values() if number(row["over"]) > 0)
        beyond = Cell(over, tone="bad" if over > 0.05 else None)
        lines.append(Row((reader.name("resources", resource), *shares, beyond)))
    parts = (Table(columns, tuple(lines), words.say("rough_cut.table"), heat=True),) if lines else ()
    over_weeks = _overloaded(reading)
    conclusion = words.counted("rough_cut.over", over_weeks) if over_weeks else words.say("rough_cut.fits")
    return Section("rough-cut", words.say("rough_cut.title"), conclusion, words.say("rough_cut.scope"), parts, "rccp")


def _loaded(row: ReportRow) -> float | None:
    load, regular = number(row.get("load")), number(row.get("regular"))
    return load / regular if regular > 0 else None


def _running_out(reading: Reading) -> list[int]:
    """Places of the item-sites whose projected balance falls below zero in the next weeks."""
    balance = reading.month.sheets.get("pab")
    if balance is None or not len(balance.rows):
        return []
    lowest = np.nan_to_num(balance.values[:, :WEEKS]).min(axis=1)
    return [int(place) for place in np.flatnonzero(lowest < SHORT_OF_ZERO)]


def _availability(reading: Reading, words: Words) -> Section:
    """Projected balance and what may be promised by week; what runs out stands first."""
    reader = reading.reader
    balance, free = reading.month.sheets.get("pab"), reading.month.sheets.get("atp")
    title, scope = words.say("availability.title"), words.say("availability.scope")
    if balance is None or free is None or not len(balance.rows):
        return Section("availability", title, "", scope, ())
    weeks = balance.periods.labels[:WEEKS]
    lowest = np.nan_to_num(balance.values[:, :WEEKS]).min(axis=1)
    lines = []
    for place in np.argsort(lowest, kind="stable"):
        item, site = balance.rows.keys[place]
        named = (item, reader.name("items", item), reader.name("sites", site))
        pab = [Cell(value, tone="bad" if value < SHORT_OF_ZERO else None) for value in balance.values[place, :WEEKS]]
        lines.append(Row((*named, words.say("availability.pab"), *pab)))
        if not np.isnan(free.values[place, :WEEKS]).all():
            lines.append(Row((*named, words.say("availability.atp"), *free.values[place, :WEEKS].tolist()), "quiet"))
    columns = (
        Column(reader.say("head.item")),
        Column(reader.say("head.name")),
        Column(reader.say("head.site")),
        Column(reader.say("head.figure")),
        *(Column(label, "whole") for label in weeks),
    )
    out = len(_running_out(reading))
    conclusion = words.counted("availability.runs_out", out) if out else words.say("availability.enough")
    table = Table(columns, tuple(lines), words.say("availability.table"))
    return Section("availability", title, conclusion, scope, (table,))


def _fence_breaks(reading: Reading, words: Words) -> Section:
    """Lots that were moved inside a time fence, the dearest first."""
    reader = reading.reader
    found = sorted(rows(reading.month, "fence_breaks"), key=lambda row: -abs(number(row["value"])))
    columns = (
        Column(reader.say("head.item")),
        Column(reader.say("head.name")),
        Column(reader.say("head.month")),
        Column(words.say("head.zone")),
        Column(words.say("head.before"), "whole"),
        Column(words.say("head.after"), "whole"),
        Column(words.say("head.moved_value", currency=reading.month.plan.settings.company.currency), "whole"),
    )
    lines = tuple(
        Row(
            (
                text(row["item"]),
                reader.name("items", text(row["item"])),
                reader.month(text(row["period"])),
                words.say(f"zone.{text(row['zone'])}"),
                number(row["before"]),
                number(row["after"]),
                number(row["value"]),
            )
        )
        for row in found
    )
    parts = (Table(columns, lines, words.say("fences.table")),) if lines else ()
    conclusion = words.counted("fences.broken", len(found))
    return Section("fences", words.say("fences.title"), conclusion, "", parts, "fence_breaks")


CONTENT = StepContent(
    Needs(
        sheets=("mps", "pab", "atp"),
        reports=("schedule", "schedule_carry", "rccp", "fence_breaks"),
    ),
    made_by="schedule",
    tell=tell,
    live=True,
)
