"""The scorecard: every key figure against its target, those furthest from it first."""

from __future__ import annotations

from sandop.pack.figures import known, number, rows, said, share, text
from sandop.pack.page import Cell
from sandop.pack.reader import Reader
from sandop_web.queries.steps.content import Reading, Tile
from sandop_web.queries.steps.key_figures import KeyFigure, key_figures
from sandop_web.wording import say

_ORDER = ("red", "amber", "green", "none")
# Key figure → line and column of the money report, and those by which they are divided, that tell it by month.
_BY_MONTH = {
    "revenue_to_budget": (("revenue", "plan"), ("revenue", "budget")),
    "margin_share": (("margin", "plan"), ("revenue", "plan")),
}


def score_tiles(reading: Reading, *, section: str) -> tuple[Tile, ...]:
    """The scorecard as tiles: figure, target and light, its way through the months of the plan."""
    return tuple(
        Tile(
            figure.title,
            Cell(said(figure.value), figure.form),
            figure.unit,
            _note(figure, reading.reader),
            figure.tone,
            _trend(reading, figure.kpi),
            section,
        )
        for figure in sorted(key_figures(reading), key=lambda one: _ORDER.index(one.status))
    )


def _note(figure: KeyFigure, reader: Reader) -> str:
    """The light in a word, the target, and the value before: "off target · target 95.0%"."""
    light = say(f"meeting.light.{figure.status}", reader.language)
    if not known(figure.target):
        return light
    told = say("meeting.light_and_target", reader.language, light=light, target=figure.written(figure.target))
    if not known(figure.before):
        return told
    return say("meeting.light_and_before", reader.language, light=told, before=figure.written(figure.before))


def _trend(reading: Reading, kpi: str) -> tuple[float | None, ...]:
    """Through the months of the plan; nothing where the figure cannot be told by month."""
    if kpi not in _BY_MONTH:
        return ()
    part, whole = (_by_month(reading, *where) for where in _BY_MONTH[kpi])
    return tuple(said(share(value, whole.get(label, float("nan")))) for label, value in part.items())


def _by_month(reading: Reading, line: str, column: str) -> dict[str, float]:
    """Month → what the money report says there, plan currency."""
    found = rows(reading.month, "money", line=line, scope="month")
    return {text(row.get("period")): number(row.get(column)) for row in found}
