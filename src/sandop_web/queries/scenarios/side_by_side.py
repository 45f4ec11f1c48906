"""Tables and charts that set versions side by side: key figures, months, loads, families."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from sandop.pack.figures import known, months, number, rows
from sandop.pack.page import Cell, Chart, Column, Form, Row, Series, Table, Value
from sandop.pack.pages.capacity import loads
from sandop.pack.reader import Reader, scale_of, signed
from sandop.scenario import Month
from sandop_web.queries.plans import VersionLine
from sandop_web.queries.scenarios.bridging import LINES
from sandop_web.queries.scenarios.figures import FIGURES, KeyFigures, seen_from, tone_of
from sandop_web.queries.scenarios.places import PlaceBetween, PlaceIn, figure_place
from sandop_web.wording import say

ROLES = ("compare", "first-try", "second-try", "third-try")  # colours of the versions, in their order
_LEAST = 0.01  # of the largest effect: smaller ones are left out


@dataclass(frozen=True, eq=False)
class Side:
    """A version that has results, with what is compared of it."""

    line: VersionLine
    month: Month
    reader: Reader
    figures: KeyFigures

    @property
    def title(self) -> str:
        """What the version is called; a plan after its month."""
        return self.reader.month(self.line.title) if self.line.purpose == "plan" else self.line.title


def figures_table(sides: Sequence[Side]) -> Table:
    """The key figures, the first version's before all; the others with their difference; the best one named."""
    reader = sides[0].reader
    columns = [Column(said(reader, "head.figure")), Column(sides[0].title, "million")]
    for side in sides[1:]:
        columns += [Column(side.title, "million"), Column(said(reader, "head.difference"), "million+")]
    columns.append(Column(said(reader, "head.best")))
    lines = [_figure_row(sides, figure) for figure in FIGURES]
    return Table(tuple(columns), tuple(row for row in lines if row is not None))


def _figure_row(sides: Sequence[Side], figure: str) -> Row | None:
    reader = sides[0].reader
    form: Form = "share" if FIGURES[figure][1] == "share" else "million"
    difference_form = signed(form)
    values = [side.figures[figure] for side in sides]
    if not any(known(value) for value in values):
        return None
    best = best_of(figure, values)
    unit = "" if form == "share" else reader.money_unit("million")
    title = said(reader, f"figure.{figure}", year=sides[0].figures.year)
    stands = [figure_place(figure, side.figures.year, side.line.version) for side in sides]
    cells: list[Cell | Value] = [f"{title} ({unit})" if unit else title, Cell(values[0], form, place=stands[0])]
    for place, value in enumerate(values[1:], start=1):
        difference, apart = value - values[0], between_place(figure, sides[0], sides[place])
        cells += [
            Cell(value, form, "strong" if place == best else None, place=stands[place]),
            Cell(difference, difference_form, tone_of(figure, difference), place=apart),
        ]
    cells.append("" if best is None else f"✓ {sides[best].title}")
    return Row(tuple(cells))


def between_place(line: str, base: Side, other: Side, period: str = "") -> PlaceBetween | None:
    """Where the difference of two versions' revenue or margin is bridged; None for other figures."""
    if line not in LINES or not known(other.figures[line] - base.figures[line]):
        return None
    return PlaceBetween(line, (), period, base.line.version, other.line.version)


def best_of(figure: str, values: Sequence[float]) -> int | None:
    """Place of the best value; None where they do not differ by what a reader would see."""
    seen = [(FIGURES[figure][0] * value, place) for place, value in enumerate(values) if known(value)]
    if len(seen) < 2 or max(seen)[0] - min(seen)[0] < seen_from(figure):
        return None
    return max(seen, key=lambda one: (one[0], -one[1]))[1]


def month_chart(sides: Sequence[Side]) -> Chart:
    """What each version's margin gains on the first one's month by month."""
    reader, labels = sides[0].reader, months(sides[0].month)
    before = _margins(sides[0].month, labels)
    gains = [tuple(now - then for now, then in zip(_margins(side.month, labels), before)) for side in sides[1:]]
    scale = scale_of(abs(value) for gain in gains for value in gain if known(value))
    return Chart(
        title=said(reader, "chart.margin"),
        categories=tuple(map(reader.month, labels)),
        series=tuple(
            replace(
                _series(side, role, gain),
                places=tuple(between_place("margin", sides[0], side, label) for label in labels),
            )
            for side, role, gain in zip(sides[1:], ROLES[1:], gains)
        ),
        form=signed(scale),
        unit=reader.money_unit(scale),
        periods=labels,
    )


def load_chart(sides: Sequence[Side]) -> Chart | None:
    """How full the resource is whose load differs most; None where no load is known."""
    reader, labels = sides[0].reader, months(sides[0].month)
    resource = _most_apart(sides)
    if not resource:
        return None
    return Chart(
        title=said(reader, "chart.load", resource=reader.name("resources", resource)),
        categories=tuple(map(reader.month, labels)),
        series=tuple(
            replace(
                _series(side, role, loads(side.month).get(resource, ()), "line"),
                place=PlaceIn("load", (("resource", resource),), "", side.line.version),
            )
            for side, role in (*zip(sides[1:], ROLES[1:]), (sides[0], ROLES[0]))  # the dashed one on top
        ),
        form="percent",
        unit=said(reader, "chart.load_unit"),
        periods=labels,
    )


def margin_by_family(sides: Sequence[Side]) -> Chart | None:
    """What the families add to the margin of the year in each version; None where they add nothing."""
    before = _family_margins(sides[0].month, sides[0].figures.year)
    gains = [_gains(before, _family_margins(side.month, side.figures.year)) for side in sides[1:]]
    size = {family: max(abs(gain.get(family, 0.0)) for gain in gains) for gain in gains for family in gain}
    largest = max(size.values(), default=0.0)
    shown = [family for family in sorted(size, key=lambda one: -size[one]) if size[family] >= _LEAST * largest]
    return _columns(sides, gains, shown) if largest >= 1.0 else None


def _gains(before: Mapping[str, float], after: Mapping[str, float]) -> dict[str, float]:
    return {family: after.get(family, 0.0) - before.get(family, 0.0) for family in {**before, **after}}


def _columns(sides: Sequence[Side], gains: Sequence[Mapping[str, float]], shown: Sequence[str]) -> Chart:
    reader = sides[0].reader
    scale = scale_of(abs(value) for gain in gains for value in gain.values())
    return Chart(
        title=said(reader, "bridge.several", year=sides[0].figures.year),
        categories=tuple(map(reader.family, shown)),
        series=tuple(
            _series(side, role, [gain.get(family, 0.0) for family in shown])
            for side, role, gain in zip(sides[1:], ROLES[1:], gains)
        ),
        form=signed(scale),
        unit=reader.money_unit(scale),
    )


def _family_margins(month: Month, year: str) -> dict[str, float]:
    found = rows(month, "money_by_family", line="margin", scope="year", period=year)
    amounts = {str(row["family"]): number(row.get("plan")) for row in found}
    return {family: amount for family, amount in amounts.items() if known(amount)}


def _margins(month: Month, labels: Sequence[str]) -> tuple[float, ...]:
    found = rows(month, "money", line="margin", scope="month")
    by_month = {str(row["period"]): number(row.get("plan")) for row in found}
    return tuple(by_month.get(label, float("nan")) for label in labels)


def _most_apart(sides: Sequence[Side]) -> str:
    """The resource whose load sets the versions most apart; where none does, the fullest of the first one."""
    apart: dict[str, float] = {}
    first = loads(sides[0].month)
    for side in sides[1:]:
        for name, share in loads(side.month).items():
            if name in first and len(first[name]) == len(share):
                away = np.nan_to_num(np.abs(share - first[name])).max(initial=0.0)
                apart[name] = max(apart.get(name, 0.0), float(away))
    most = max(apart, key=lambda name: apart[name], default="")
    return most if most and apart[most] > 0.005 else sides[0].figures.bottleneck


def _series(side: Side, role: str, values: Iterable[float], shape: Literal["column", "line"] = "column") -> Series:
    return Series(side.title, tuple(float(value) if known(value) else None for value in values), role, shape)


def said(reader: Reader, message: str, **values: object) -> str:
    """A sentence or word of these pages in the reader's language."""
    return say(f"scenarios.{message}", reader.language, **values)
