"""The weeks ahead: load against the hours there are, stock that would run out, what may still be promised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from sandop.pack.figures import ReportRow, distinct, known, number, rows, text
from sandop.pack.page import Cell, Chart, Column, Place, Row, Series, Table, Tone, placed
from sandop.pack.places import row_place
from sandop.plan import Sheet
from sandop_web.queries.steps.content import Reading, Section
from sandop_web.queries.steps.words import Words

WEEKS = 8  # weeks that the page looks ahead
SHORT_OF_ZERO = -0.0005
MOST_ITEMS = 60  # of the projected balances; all of them stand in the measure


def next_weeks(reading: Reading) -> tuple[str, ...]:
    """The next weeks of the schedule, as it names them; those that a month end cuts come in two parts."""
    found = reading.month.sheets.get("mps")
    return found.periods.labels[:WEEKS] if found is not None else ()


def overloaded_weeks(reading: Reading) -> int:
    """Weeks in which some resource is loaded beyond all its hours."""
    found = [row for row in _rough_cut_rows(reading) if number(row["over"]) > 0.05]
    return len({text(row["period"]) for row in found})


def running_out(reading: Reading) -> list[int]:
    """Places of the item-sites whose projected balance falls below zero in the next weeks."""
    balance = reading.month.sheets.get("pab")
    if balance is None or not len(balance.rows):
        return []
    lowest = np.nan_to_num(balance.values[:, :WEEKS]).min(axis=1)
    return [int(place) for place in np.flatnonzero(lowest < SHORT_OF_ZERO)]


def _rough_cut_rows(reading: Reading) -> list[ReportRow]:
    weeks = next_weeks(reading)
    return [row for row in rows(reading.month, "rccp") if text(row["period"]) in weeks]


def _week_columns(reading: Reading, form: str) -> tuple[Column, ...]:
    """A column a week: its name, and under it its first day."""
    schedule = reading.month.sheets["mps"]
    days = dict(zip(schedule.periods.labels, schedule.periods.starts, strict=True))
    return tuple(Column(f"{label[5:]}\n{days[label]:%m-%d}", form) for label in next_weeks(reading))  # type: ignore[arg-type]


def rough_cut(reading: Reading, words: Words) -> Section:
    """Load of each resource by week, share of its regular hours; beyond all hours it is marked."""
    reader, weeks, found = reading.reader, next_weeks(reading), _rough_cut_rows(reading)
    lines = []
    for resource in distinct(found, "resource"):
        of_week = {text(row["period"]): row for row in found if row["resource"] == resource}
        if not any(number(row["load"]) > 0 for row in of_week.values()):
            continue
        over = sum(max(number(row["over"]), 0.0) for row in of_week.values() if number(row["over"]) > 0)
        beyond = Cell(over, tone="bad" if over > 0.05 else None)
        shares = [
            Cell(_loaded(row), place=row_place("rccp", row, "load_share") if row else None)
            for row in (of_week.get(label, {}) for label in weeks)
        ]
        lines.append(Row((reader.name("resources", resource), *shares, beyond)))
    title, scope = words.say("rough_cut.title"), words.say("rough_cut.scope")
    if not lines:
        return Section("rough-cut", title, "", scope, ())
    heads = (Column(reader.say("head.resource")), *_week_columns(reading, "percent"))
    columns = (*heads, Column(words.say("head.hours_over"), "whole"))
    table = Table(columns, tuple(lines), words.say("rough_cut.table"), heat=True)
    chart, over_weeks = load_chart(reading, words), overloaded_weeks(reading)
    conclusion = words.counted("rough_cut.over", over_weeks) if over_weeks else words.say("rough_cut.fits")
    tone: Tone = "bad" if over_weeks else "plain"
    return Section("rough-cut", title, conclusion, scope, (table, *chart), "rccp", tone)


def _loaded(row: ReportRow) -> float | None:
    load, regular = number(row.get("load")), number(row.get("regular"))
    return load / regular if regular > 0 else None


def load_chart(reading: Reading, words: Words) -> tuple[Chart, ...]:
    """Hours of the lots that start each week on the resource loaded most, against its regular and all its hours."""
    found, weeks = _rough_cut_rows(reading), next_weeks(reading)
    peaks = {
        resource: max((_loaded(row) or 0.0 for row in found if row["resource"] == resource), default=0.0)
        for resource in distinct(found, "resource")
    }
    if not peaks:
        return ()
    worst = max(peaks, key=lambda resource: peaks[resource])
    of_week = {text(row["period"]): row for row in found if row["resource"] == worst}
    in_order = [of_week.get(label, {}) for label in weeks]
    named = reading.reader.name("resources", worst)

    def stand(column: str) -> tuple[Place | None, ...]:
        return tuple(row_place("rccp", row, column) if row else None for row in in_order)

    series = (
        Series(words.say("exec.load"), _column(in_order, ("load",)), "plan", "column", places=stand("load")),
        Series(
            words.say("exec.regular"), _column(in_order, ("regular",)), "compare", "line", places=stand("regular")
        ),
        Series(
            words.say("exec.all_hours"), _column(in_order, ("regular", "overtime", "outsourced")), "limit", "line"
        ),
    )
    title, unit = words.say("exec.load_chart", resource=named), reading.reader.word("unit_of", "hour")
    return (Chart(title, tuple(label[5:] for label in weeks), series, "whole", unit),)


def _column(in_order: Sequence[ReportRow], names: tuple[str, ...]) -> tuple[float | None, ...]:
    """The sum of the named columns of each row; a blank where none of them is known."""
    sums = []
    for row in in_order:
        values = [number(row.get(name)) for name in names]
        said = [value for value in values if known(value)]
        sums.append(sum(said) or None)  # a week without working days has no hours to draw
    return tuple(sums)


def below_zero_chart(reading: Reading, words: Words) -> tuple[Chart, ...]:
    """How many items would be below zero at the end of each week; none where no item would."""
    balance, weeks = reading.month.sheets.get("pab"), next_weeks(reading)
    if balance is None or not weeks:
        return ()
    below = (np.nan_to_num(balance.values[:, : len(weeks)]) < SHORT_OF_ZERO).sum(axis=0)
    if not below.any():
        return ()
    series = Series(words.say("exec.below_zero"), tuple(float(count) for count in below), "limit", "column")
    title, unit = words.say("exec.below_zero_chart"), words.say("exec.items")
    return (Chart(title, tuple(label[5:] for label in weeks), (series,), "whole", unit),)


def availability(reading: Reading, words: Words) -> Section:
    """Projected balance and what may be promised by week; what runs out stands first."""
    balance, free = reading.month.sheets.get("pab"), reading.month.sheets.get("atp")
    title, scope = words.say("availability.title"), words.say("availability.scope")
    if balance is None or free is None or not len(balance.rows):
        return Section("availability", title, "", scope, ())
    lowest = np.nan_to_num(balance.values[:, :WEEKS]).min(axis=1)
    order = [int(place) for place in np.argsort(lowest, kind="stable")[:MOST_ITEMS]]
    lines = [line for place in order for line in _balance(reading, words, balance, free, place)]
    reader, out = reading.reader, len(running_out(reading))
    columns = (
        Column(words.say("exec.item")),
        Column(reader.say("head.site")),
        Column(reader.say("head.figure")),
        *_week_columns(reading, "whole"),
    )
    conclusion = words.counted("availability.runs_out", out) if out else words.say("availability.enough")
    table = Table(columns, tuple(lines), words.say("availability.table"))
    tone: Tone = "bad" if out else "plain"
    return Section("availability", title, conclusion, scope, (table,), "", tone)


def _balance(reading: Reading, words: Words, balance: Sheet, free: Sheet, place: int) -> list[Row]:
    """The balance of an item at a site by week, what is below zero marked, and what may be promised of it."""
    reader = reading.reader
    item, site = balance.rows.keys[place]
    named = (reader.name("items", item), reader.name("sites", site))
    at, weeks = (("item", item), ("site", site)), balance.periods.labels[:WEEKS]
    left = [
        replace(_marked(value), place=Place("pab", at, label))
        for value, label in zip(balance.values[place, :WEEKS], weeks, strict=True)
    ]
    lines = [Row((*named, words.say("availability.pab"), *left))]
    may = free.values[place, :WEEKS].tolist()
    if any(value > -SHORT_OF_ZERO for value in may):  # where nothing may be promised, the balance says it all
        lines.append(Row(("", "", words.say("availability.atp"), *placed(may, Place("atp", at), weeks)), "quiet"))
    return lines


def _marked(value: float) -> Cell:
    """A balance below zero carries its minus sign and a colour."""
    return Cell(float(value), tone="bad" if value < SHORT_OF_ZERO else None)
