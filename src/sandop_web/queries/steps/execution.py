"""Execution: the schedule in weeks, a plan for each function, what may be promised, what was moved, what is done."""

from __future__ import annotations

from sandop.pack.figures import number, rows, text
from sandop.pack.page import Beside, Cell, Part, Tone
from sandop.pack.pages import schedule
from sandop_web.queries.steps.content import Needs, Reading, StepContent, Tile, Told, filled, section_of
from sandop_web.queries.steps.key_figures import figure_tile
from sandop_web.queries.steps.promises import actions
from sandop_web.queries.steps.release.control import changeable, deviations, fence_breaks
from sandop_web.queries.steps.release.functions import finance, logistics, purchasing, sales
from sandop_web.queries.steps.release.weeks import (
    availability,
    below_zero_chart,
    load_chart,
    next_weeks,
    overloaded_weeks,
    rough_cut,
    running_out,
)
from sandop_web.queries.steps.words import Words


def tell(reading: Reading) -> Told:
    """What does not fit and what runs out, then a plan for each function, then what was moved and promised."""
    month, reader, words = reading.month, reading.reader, Words(reading.reader)
    sections = (
        rough_cut(reading, words),
        availability(reading, words),
        *section_of(schedule.page(month, reader), report="schedule"),
        purchasing(reading, words),
        logistics(reading, words),
        sales(reading, words),
        finance(reading, words),
        deviations(reading, words),
        fence_breaks(reading, words),
        changeable(reading, words),
        *section_of(schedule.carry_page(month, reader), report="schedule_carry"),
        actions(reading, words),
    )
    return Told(headline(reading, words), filled(sections), (), _tiles(reading, words), _lead(reading, words))


def headline(reading: Reading, words: Words) -> str:
    """Lots to start in the next weeks, weeks overloaded, items that would run out: as far as the reader sees them."""
    month, weeks, clauses = reading.month, next_weeks(reading), []
    if rows(month, "schedule"):
        lots = reading.reader.quantity(_lots(reading))
        clauses.append(words.say("execution.lots", lots=lots, count=len(weeks)))
    if rows(month, "rccp"):
        over = overloaded_weeks(reading)
        clauses.append(words.counted("execution.overloaded", over) if over else words.say("execution.fits"))
    out = len(running_out(reading))
    clauses.append(words.counted("execution.runs_out", out) if out else words.say("execution.nothing_runs_out"))
    return words.clauses(clauses)


def _lots(reading: Reading) -> float:
    """Lots that start in the next weeks."""
    weeks = next_weeks(reading)
    return sum(number(row["lots"]) for row in rows(reading.month, "schedule") if text(row["week"]) in weeks)


def _lead(reading: Reading, words: Words) -> tuple[Part, ...]:
    load, below = load_chart(reading, words), below_zero_chart(reading, words)
    return (Beside(load, below),) if load and below else (*load, *below)


def _tiles(reading: Reading, words: Words) -> tuple[Tile, ...]:
    month, ahead = reading.month, words.say("exec.tile.weeks", count=len(next_weeks(reading)))
    tiles = []
    if rows(month, "schedule"):
        lots, unit = Cell(_lots(reading)), words.say("exec.tile.lots_unit")
        tiles.append(Tile(words.say("exec.tile.lots"), lots, unit, ahead, "quiet", section="schedule"))
    if rows(month, "rccp"):
        tiles.append(_counted(words, "over", overloaded_weeks(reading), ahead, "bad", "rough-cut"))
    tiles.append(_counted(words, "out", len(running_out(reading)), ahead, "bad", "availability"))
    attained = figure_tile(reading, words, "schedule_attainment", section="", title=words.say("exec.tile.attained"))
    tiles += [attained] if attained else []
    broken, note = len(rows(month, "fence_breaks")), words.say("exec.tile.fences_note")
    return (*tiles, _counted(words, "fences", broken, note, "watch", "fences"))


def _counted(words: Words, name: str, count: int, note: str, tone: Tone, section: str) -> Tile:
    """A tile that counts what is wrong: nothing is good."""
    title = words.say(f"exec.tile.{name}")
    return Tile(title, Cell(float(count)), "", note, tone if count else "good", section=section)


CONTENT = StepContent(
    Needs(
        sheets=("mps", "pab", "atp", "purchases", "transfers", "revenue", "demand", "deliveries"),
        reports=("schedule", "schedule_carry", "rccp", "fence_breaks", "money", "family_sheet", "kpis"),
    ),
    made_by="schedule",
    tell=tell,
    live=True,
)
