"""Key figures of the month: each beside its target, marked by its status alike on every page."""

from __future__ import annotations

from dataclasses import dataclass

from sandop.pack.figures import ReportRow, known, number, rows, text
from sandop.pack.page import Cell, Form, Place, Tone
from sandop.pack.pages.kpis import STATUS, form_of
from sandop.pack.places import report_place
from sandop.pack.reader import Reader, signed
from sandop_web.queries.steps.content import Reading, Tile
from sandop_web.queries.steps.words import Words

_TO_BOTH_SIDES = ("forecast_bias",)  # figures whose sign says something


@dataclass(frozen=True)
class KeyFigure:
    """A key figure of the plan; a number that nobody has said is NaN.

    form    how it is written; `unit` says the rest in words, empty for a share
    before  its value in the plan approved last
    status  green, amber, red; none where it cannot be judged
    """

    kpi: str
    title: str
    value: float
    target: float
    before: float
    form: Form
    unit: str
    status: str

    @property
    def sign(self) -> str:
        """The sign of its status, for those who do not see the colour."""
        return STATUS[self.status][0]

    @property
    def place(self) -> Place:
        """Where its value is explained."""
        return report_place("kpis", "value", kpi=self.kpi)

    @property
    def tone(self) -> Tone:
        """The colour of its status."""
        return STATUS[self.status][1]

    def written(self, value: float) -> str:
        """A number of its kind, such as its target, in a sentence."""
        return f"{value:.1%}" if self.form.startswith("share") else f"{value:,.1f}"


def key_figures(reading: Reading) -> list[KeyFigure]:
    """The key figures of the plan, in the order of the scorecard."""
    return [_figure(reading.reader, row) for row in rows(reading.month, "kpis")]


def key_figure(reading: Reading, kpi: str) -> KeyFigure | None:
    """A key figure; None where it has no value."""
    found = (figure for figure in key_figures(reading) if figure.kpi == kpi and known(figure.value))
    return next(found, None)


def figure_tile(
    reading: Reading,
    words: Words,
    kpi: str,
    *,
    section: str,
    title: str = "",
    trend: tuple[float | None, ...] = (),
) -> Tile | None:
    """A key figure beside its target, under its own name or `title`; None where it has no value."""
    figure = key_figure(reading, kpi)
    if figure is None:
        return None
    note = words.say("tile.target", target=figure.written(figure.target)) if known(figure.target) else ""
    cell = Cell(figure.value, figure.form, place=figure.place)
    return Tile(title or figure.title, cell, figure.unit, note, figure.tone, trend, section)


def _figure(reader: Reader, row: ReportRow) -> KeyFigure:
    kpi, form, status = text(row.get("kpi")), form_of(row), text(row.get("status"))
    return KeyFigure(
        kpi=kpi,
        title=reader.word("kpi", kpi),
        value=number(row.get("value")),
        target=number(row.get("target")),
        before=number(row.get("previous")),
        form=signed(form) if kpi in _TO_BOTH_SIDES else form,
        unit="" if form == "share" else reader.word("unit_of", text(row.get("unit"))),
        status=status if status in STATUS else "none",
    )
