"""The year in money as tiles: revenue, margin, the gap and what covers it."""

from __future__ import annotations

from sandop.pack.figures import cells, known, number, rows
from sandop.pack.page import Cell, Tone
from sandop.pack.pages import decide
from sandop.pack.places import ledger_place, report_place
from sandop.pack.reader import scale_of
from sandop_web.queries.steps.content import Reading, Tile
from sandop_web.queries.steps.words import Words
from sandop_web.wording import say

BASES = ("budget", "le")


def year_tiles(reading: Reading, *, section: str) -> tuple[Tile, ...]:
    """Revenue and margin of the year the meeting speaks of, each against its budget and the latest estimate."""
    return tuple(tile for line in ("revenue", "margin") for tile in _tile(reading, line, section))


def _tile(reading: Reading, line: str, section: str) -> tuple[Tile, ...]:
    month, reader, words = reading.month, reading.reader, Words(reading.reader)
    year = decide.focus_year(month)
    row = decide.year_row(month, line, year)
    plan = number(row.get("plan"))
    if not known(plan):
        return ()
    scale = scale_of([plan])
    title = say("meeting.tile.year", reader.language, line=reader.word("line", line), year=reader.year(year))
    notes = [note for base in BASES if (note := words.against(plan, number(row.get(base)), base))]
    short = known(number(row.get("budget"))) and plan < number(row.get("budget"))
    trend = cells([number(one.get("plan")) for one in rows(month, "money", line=line, scope="month")])
    return (
        Tile(
            title,
            Cell(plan, scale, place=ledger_place(line, "plan", year)),
            reader.money_unit(scale),
            reader.joined(notes),
            "bad" if short else "good" if notes else "plain",
            trend,
            section,
        ),
    )


def gap_tile(reading: Reading, *, section: str) -> tuple[Tile, ...]:
    """The gap to budget and how much of it the recommended decisions cover; none without a gap."""
    month, reader = reading.month, reading.reader
    found = rows(month, "gap", line="gap")
    gap = number(found[0].get("amount")) if found else float("nan")
    if not known(gap) or gap >= 0:
        return ()
    covered, scale = decide.closed_share(month), scale_of([gap])
    note = say("meeting.tile.covered", reader.language, share=f"{covered:.0%}")
    tone: Tone = "good" if covered >= 0.9995 else "watch" if covered >= 0.5 else "bad"
    title = say("meeting.tile.gap", reader.language, year=reader.year(decide.focus_year(month)))
    return (
        Tile(
            title,
            Cell(gap, scale, place=report_place("gap", "amount", line="gap")),
            reader.money_unit(scale),
            note,
            tone,
            section=section,
        ),
    )


def count_tile(reading: Reading, name: str, count: int, note: str, *, section: str, tone: Tone = "watch") -> Tile:
    """How many of something wait; calm where nothing does."""
    title = say(f"meeting.tile.{name}", reading.reader.language)
    return Tile(title, Cell(float(count), "whole"), "", note, tone if count else "good", section=section)
