"""Parts of a page as the templates draw them: sentences, tables, charts with their figures, tiles, columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from sandop.pack.page import Beside, Cell, Chart, Column, Part, Row, Sentence, Series, Step, Table, Waterfall
from sandop.pack.reader import signed
from sandop.wording import Language
from sandop_web.queries.steps import Tile
from sandop_web.screens.drawing.charts import Option, chart_option, waterfall_option
from sandop_web.screens.drawing.spark import spark_line
from sandop_web.screens.drawing.tables import ShownTable, Why, shown_table, written
from sandop_web.wording import say

More = Callable[[str], str]  # the address that tells more, by the id of a section


@dataclass(frozen=True)
class ShownSentence:
    """A line of text."""

    text: str
    look: str
    kind: str = "sentence"


@dataclass(frozen=True)
class ShownChart:
    """A chart: the options that the browser paints, and the same figures as a table."""

    title: str
    option: Option
    figures: ShownTable
    kind: str = "chart"


@dataclass(frozen=True)
class ShownBeside:
    """Two columns of parts."""

    columns: tuple[tuple[ShownPart, ...], ...]
    kind: str = "beside"


@dataclass(frozen=True)
class ShownTile:
    """A figure shown first; `line` are the points of its trend, `link` is the address that tells more, `why` the one
    that explains the number."""

    title: str
    text: str
    unit: str
    note: str
    tone: str
    line: str
    link: str
    why: str


ShownPart: TypeAlias = ShownTable | ShownSentence | ShownChart | ShownBeside


def shown_parts(
    parts: Iterable[Part], language: Language, caption: str = "", why: Why | None = None
) -> tuple[ShownPart, ...]:
    """The parts as the page draws them. Tables without a title of their own take `caption`; `why` gives the address
    where a number is explained."""
    found = (_part(part, language, caption, why) for part in parts)
    return tuple(part for part in found if part is not None)


def shown_tiles(
    tiles: Iterable[Tile], language: Language, why: Why | None = None, more: More | None = None
) -> tuple[ShownTile, ...]:
    """The tiles as the page draws them; `more` gives the address of a tile's section."""
    return tuple(
        ShownTile(
            title=tile.title,
            text=written(tile.figure.value, tile.figure.form or "whole", language),
            unit=tile.unit,
            note=tile.note,
            tone=tile.tone,
            line=spark_line(tile.trend),
            link=more(tile.section) if more and tile.section else "",
            why=why(tile.figure.place) if why and tile.figure.place else "",
        )
        for tile in tiles
    )


def _part(part: Part, language: Language, caption: str, why: Why | None) -> ShownPart | None:
    if isinstance(part, Sentence):
        return ShownSentence(part.text, part.tone)
    if isinstance(part, Table):
        return shown_table(part, language, caption, why)
    if isinstance(part, Chart):
        figures = shown_table(_figures(part), language, part.title or caption, why)
        return ShownChart(part.title or caption, chart_option(part, why), figures)
    if isinstance(part, Waterfall):
        figures = shown_table(_as_table(part, language), language, caption, why)
        return ShownChart(part.title or caption, waterfall_option(part, why), figures)
    if isinstance(part, Beside):
        columns = (shown_parts(side, language, caption, why) for side in (part.left, part.right))
        drawn = tuple(column for column in columns if column)
        return ShownBeside(drawn) if drawn else None
    return None  # a page break is for paper


def _figures(chart: Chart) -> Table:
    """The figures of a chart: a row each category, a column each series. Where a point of the chart opens so does its
    figure here, for those who use the keyboard."""
    ends = [
        (f"{band.name} {sign}", values) for band in chart.bands for sign, values in zip("↓↑", (band.low, band.high))
    ]
    names = (*(series.name for series in chart.series), *(name for name, _ in ends))
    columns = (Column(chart.unit), *(Column(name, chart.form) for name in names))
    periods = chart.periods or ("",) * len(chart.categories)
    rows = (
        Row(
            (name, *(_point(series, at, periods[at]) for series in chart.series), *(values[at] for _, values in ends))
        )
        for at, name in enumerate(chart.categories)
    )
    return Table(columns, tuple(rows), chart.title)


def _point(series: Series, at: int, period: str) -> Cell:
    return Cell(series.values[at], place=series.stands(at, period))


def _as_table(chart: Waterfall, language: Language) -> Table:
    """The bars of a waterfall as rows: totals stand, changes carry their sign."""
    columns = (
        Column(say("steps.page.step", language)),
        Column(say("steps.page.amount", language, unit=chart.unit), chart.form),
    )
    return Table(columns, tuple(_bar(step, chart) for step in chart.steps), chart.title)


def _bar(step: Step, chart: Waterfall) -> Row:
    if step.total:
        return Row((step.name, Cell(step.amount, place=step.place)), "strong")
    form = chart.form if step.missing else signed(chart.form)
    return Row((step.name, Cell(step.amount, form, place=step.place)))
