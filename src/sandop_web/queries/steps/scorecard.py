"""The scorecard: every key figure against its target, those furthest from it first."""

from __future__ import annotations

from collections.abc import Mapping

from sandop.pack.figures import known, number, rows, said, text
from sandop.pack.page import Cell, Chart, Series
from sandop.pack.reader import Reader
from sandop.scenario.kpis import KEY_FIGURES
from sandop_web.queries.steps.causes.trends import NEEDS as TREND_NEEDS
from sandop_web.queries.steps.causes.trends import Trend, trends_of
from sandop_web.queries.steps.content import KPI, Reading, Tile
from sandop_web.queries.steps.key_figures import KeyFigure, key_figures
from sandop_web.queries.steps.reading import name_of_reading, read_step
from sandop_web.remembering import Remembered
from sandop_web.wording import say

_ORDER = ("red", "amber", "green", "none")
_BETTER = {figure.kpi: figure.better for figure in KEY_FIGURES}
_FURTHEST = 3.0  # tolerances beyond which a bar grows no more
_ROOM = 1024 * 1024
_trends = Remembered(_ROOM)


def score_tiles(reading: Reading) -> tuple[Tile, ...]:
    """The scorecard as tiles: figure, target and light, its way through the closed and planned months; each leads to
    its causes."""
    trends = _trends_of(reading)
    return tuple(
        Tile(
            figure.title,
            Cell(said(figure.value), figure.form, place=figure.place),
            figure.unit,
            _note(figure, reading.reader),
            figure.tone,
            trends.get(figure.kpi, ()),
            KPI + figure.kpi,
        )
        for figure in worst_first(reading)
    )


def worst_first(reading: Reading) -> list[KeyFigure]:
    """The key figures, those off target first."""
    return sorted(key_figures(reading), key=lambda one: _ORDER.index(one.status))


def distance_chart(reading: Reading) -> Chart | None:
    """How far each key figure is from its target, in tolerances of its own: above zero is on target, below -1 off it.
    None where nothing is judged."""
    tolerance = {text(row.get("kpi")): number(row.get("tolerance")) for row in rows(reading.month, "kpis")}
    found = [(one, _distance(one, tolerance[one.kpi])) for one in worst_first(reading)]
    judged = [(one, distance) for one, distance in found if known(distance)]
    if not judged:
        return None
    language = reading.reader.language
    series = tuple(
        Series(
            say(f"causes.distance.{name}", language),
            tuple(distance if one.status == name else None for one, distance in judged),
            role,
            "stack",
        )
        for name, role in (("red", "limit"), ("amber", "second"), ("green", "plan"))
        if any(one.status == name for one, _ in judged)
    )
    names = tuple(one.title for one, _ in judged)
    return Chart(say("causes.distance", language), names, series, "tenth+", say("causes.distance.unit", language))


def _distance(figure: KeyFigure, tolerance: float) -> float:
    """Tolerances by which the figure is better than its target; blank where it cannot be judged."""
    if not known(figure.value) or not known(figure.target) or not tolerance > 0:
        return float("nan")
    off = {
        "high": figure.value - figure.target,
        "low": figure.target - figure.value,
        "near": abs(figure.target) - abs(figure.value),
    }[_BETTER[figure.kpi]]
    return max(-_FURTHEST, min(_FURTHEST, off / tolerance))


def _trends_of(reading: Reading) -> Mapping[str, Trend]:
    """The trends of this content, computed once for everybody who may see it. None for a part of the company: the
    figures beside them are the company's."""
    by = reading.by
    if not by.everywhere:
        return {}
    content = name_of_reading(version=reading.version, needs=TREND_NEEDS)
    name = f"{by.company_id} {content}"
    kept: Mapping[str, Trend] | None = _trends.get(name)
    if kept is not None:
        return kept
    found = trends_of(read_step(by=by, version=reading.version, needs=TREND_NEEDS))
    _trends.keep(name, found, 16 * sum(len(line) for line in found.values()) + len(name))
    return found


def _note(figure: KeyFigure, reader: Reader) -> str:
    """The light in a word, the target, and the value before: "off target · target 95.0%"."""
    light = say(f"meeting.light.{figure.status}", reader.language)
    if not known(figure.target):
        return light
    told = say("meeting.light_and_target", reader.language, light=light, target=figure.written(figure.target))
    if not known(figure.before):
        return told
    return say("meeting.light_and_before", reader.language, light=told, before=figure.written(figure.before))
