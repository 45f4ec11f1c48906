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
    """Lots to start in the next weeks, weeks overloaded, items that would run out."""
    lots, weeks = _lots(reading), next_weeks(reading)
    said = words.say("execution.lots", lots=reading.reader.quantity(lots), count=len(weeks))
    over = overloaded_weeks(reading)
    said += words.counted("execution.overloaded", over) if over else words.say("execution.fits")
    out = len(running_out(reading))
    return said + (words.counted("execution.runs_out", out) if out else words.say("execution.nothing_runs_out"))


def _lots(reading: Reading) -> float:
    """Lots that start in the next weeks."""
    weeks = next_weeks(reading)
    return sum(number(row["lots"]) for row in rows(reading.month, "schedule") if text(row["week"]) in weeks)


def _lead(reading: Reading, words: Words) -> tuple[Part, ...]:
    load, below = load_chart(reading, words), below_zero_chart(reading, words)
    return (Beside(load, below),) if load and below else (*load, *below)


def _tiles(reading: Reading, words: Words) -> tuple[Tile, ...]:
    over, out, broken = overloaded_weeks(reading), len(running_out(reading)), len(rows(reading.month, "fence_breaks"))
    weeks = len(next_weeks(reading))
    ahead = words.say("exec.tile.weeks", count=weeks)
    attained = figure_tile(reading, words, "schedule_attainment", section="", title=words.say("exec.tile.attained"))
    return (
        Tile(
            words.say("exec.tile.lots"),
            Cell(_lots(reading)),
            words.say("exec.tile.lots_unit"),
            ahead,
            "quiet",
            (),
            "schedule",
        ),
        _counted(words, "over", over, ahead, "rough-cut"),
        _counted(words, "out", out, ahead, "availability"),
        *((attained,) if attained else ()),
        Tile(
            words.say("exec.tile.fences"),
            Cell(float(broken)),
            "",
            words.say("exec.tile.fences_note"),
            _tone(broken),
            (),
            "fences" if broken else "",
        ),
    )


def _counted(words: Words, name: str, count: int, ahead: str, section: str) -> Tile:
    """A tile that counts what is wrong: nothing is good."""
    tone: Tone = "bad" if count else "good"
    return Tile(words.say(f"exec.tile.{name}"), Cell(float(count)), "", ahead, tone, (), section)


def _tone(count: int) -> Tone:
    return "watch" if count else "good"


CONTENT = StepContent(
    Needs(
        sheets=("mps", "pab", "atp", "purchases", "transfers", "revenue", "demand", "deliveries"),
        reports=("schedule", "schedule_carry", "rccp", "fence_breaks", "money", "family_sheet", "kpis"),
    ),
    made_by="schedule",
    tell=tell,
    live=True,
)
