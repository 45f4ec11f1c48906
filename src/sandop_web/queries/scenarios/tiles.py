"""The figures of a scenario beside its plan's, the money first."""

from __future__ import annotations

from sandop.pack.figures import known
from sandop.pack.page import Cell, Form, Tone
from sandop.pack.reader import Reader, in_large_numbers
from sandop_web.queries.scenarios.figures import FIGURES, KeyFigures
from sandop_web.queries.scenarios.places import figure_place
from sandop_web.queries.steps.content import Tile
from sandop_web.wording import say

_SHOWN = ("margin", "revenue", "service", "stock", "peak")


def tiles_of(figures: KeyFigures, beside: KeyFigures | None, reader: Reader, version: int) -> tuple[Tile, ...]:
    """A tile for each figure that is known; its note says what it is beside the plan."""
    return tuple(_tile(name, figures, beside, reader, version) for name in _SHOWN if known(figures[name]))


def money_form(reader: Reader) -> Form:
    """Millions; 万 for who wants them so."""
    return in_large_numbers("million") if reader.in_wan else "million"


def _tile(name: str, figures: KeyFigures, beside: KeyFigures | None, reader: Reader, version: int) -> Tile:
    share = FIGURES[name][1] == "share"
    form: Form = "share" if share else money_form(reader)
    note, tone = _note(name, figures, beside, reader)
    return Tile(
        title=say(f"scenarios.figure.{name}", reader.language, year=figures.year),
        figure=Cell(figures[name], form, place=figure_place(name, figures.year, version)),
        unit="" if share else reader.money_unit("million"),
        note=note,
        tone=tone,
    )


def _note(name: str, figures: KeyFigures, beside: KeyFigures | None, reader: Reader) -> tuple[str, Tone]:
    if beside is None or not known(beside[name]):
        return say("scenarios.tile.alone", reader.language), "quiet"
    sign, form = FIGURES[name]
    away = figures[name] - beside[name]
    if abs(away) < (0.0005 if form == "share" else 500.0):
        return say("scenarios.tile.alike", reader.language), "quiet"
    mark = "+" if away > 0 else "−"
    amount = (
        say("scenarios.points", reader.language, points=f"{mark}{abs(away) * 100:.1f}")
        if form == "share"
        else mark + reader.money(abs(away))
    )
    tone: Tone = "good" if sign * away > 0 else "bad"
    return say("scenarios.tile.beside", reader.language, amount=amount), tone
