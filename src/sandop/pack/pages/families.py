"""The S&OP sheet of each family: old plan, new plan, actual, difference, cumulative; its identities checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from sandop.pack.figures import distinct, flag, known, number, rows, text
from sandop.pack.page import Cell, Chart, Column, Page, PageBreak, Part, Row, Series, Table, Value
from sandop.pack.reader import Reader
from sandop.scenario.month import Month
from sandop.wording import messages, say

LINES = ("bookings", "shipments", "backlog", "production", "stock", "adjustments")
VERSIONS = ("old", "new", "actual", "difference", "cumulative")

Figures: TypeAlias = Mapping[tuple[str, str, str], float]


def page(month: Month, reader: Reader) -> Page | None:
    """One block a family, each on its own printed page. None without family sheets."""
    found = rows(month, "family_sheet")
    if not found:
        return None
    labels = sorted(distinct(found, "period"))
    parts: list[Part] = []
    for place, family in enumerate(distinct(found, "family")):
        if place:
            parts.append(PageBreak())
        figures = {
            (text(row.get("line")), text(row.get("version")), text(row.get("period"))): number(row.get("value"))
            for row in found
            if row.get("family") == family
        }
        parts.append(_block(month, reader, family, labels, figures))
        chart = _chart(month, reader, family, labels, figures)
        parts += [chart] if chart.series else []
    return Page(
        "families",
        reader.say("tab.families"),
        _title(month, reader),
        reader.say("families.scope"),
        tuple(parts),
        (),
        2,
    )


def _title(month: Month, reader: Reader) -> str:
    checks = rows(month, "identities")
    broken = [row for row in checks if not flag(row.get("holds"))]
    count = len(distinct(rows(month, "family_sheet"), "family"))
    if not checks:
        return reader.say("families.title_unchecked", count=count)
    if not broken:
        return reader.say("families.title", count=count, checks=len(checks))
    names = [reader.family(family) for family in distinct(broken, "family")]
    return reader.say("families.title_broken", broken=len(broken), checks=len(checks), families=reader.joined(names))


def _block(month: Month, reader: Reader, family: str, labels: Sequence[str], figures: Figures) -> Table:
    boundary = month.plan.calendar.history.labels
    unit = reader.word("unit_of", reader.plan_unit(family))
    columns = (
        Column(reader.family(family), width=16),
        Column(unit),
        *(Column(reader.short_month(label), "whole") for label in labels),
    )
    lines: list[Row] = [_boundary_row(reader, labels, boundary)]
    for line in LINES:
        lines += _versions(reader, line, labels, figures)
    lines += _identities(month, reader, family, labels)
    return Table(columns, tuple(lines))


def _boundary_row(reader: Reader, labels: Sequence[str], closed: Sequence[str]) -> Row:
    """Which months are closed and which are planned."""
    past = set(closed)
    words = [
        Cell(reader.say("families.closed" if label in past else "families.planned"), "symbol") for label in labels
    ]
    return Row(("", "", *words), "quiet")


def _versions(reader: Reader, line: str, labels: Sequence[str], figures: Figures) -> list[Row]:
    lines: list[Row] = []
    for version in VERSIONS:
        values = [figures.get((line, version, label), float("nan")) for label in labels]
        if not any(known(value) for value in values):
            continue
        form = "whole+" if version in ("difference", "cumulative") else "whole"
        first = reader.say(f"family_line.{line}") if not lines else ""
        shown: list[Cell | Value] = [Cell(value, form) for value in values]  # type: ignore[arg-type]
        tone = {"new": "strong", "actual": "plain"}.get(version, "quiet")
        head = Cell(first, tone="section" if first else "plain")
        lines.append(Row((head, reader.say(f"version.{version}"), *shown), tone))  # type: ignore[arg-type]
    return lines


def _identities(month: Month, reader: Reader, family: str, labels: Sequence[str]) -> list[Row]:
    checks = rows(month, "identities", family=family)
    lines: list[Row] = []
    for identity in distinct(checks, "identity"):
        holds = {text(row.get("period")): flag(row.get("holds")) for row in checks if row.get("identity") == identity}
        marks = [_mark(holds, label) for label in labels]
        first = "" if lines else reader.say("families.identities")
        lines.append(
            Row((Cell(first, tone="section" if first else "plain"), identity_name(reader, identity), *marks))
        )
    return lines


def _mark(holds: Mapping[str, bool], label: str) -> Cell:
    if label not in holds:
        return Cell("", "symbol")
    return Cell("✓", "symbol", "good") if holds[label] else Cell("✗", "symbol", "bad")


def identity_name(reader: Reader, identity: str) -> str:
    """The identity in few words, else as its own message says it."""
    short = identity.removeprefix("identity.")
    named = reader.word("identity", short)
    return say(identity, reader.language) if named == short and identity in messages() else named


def _chart(month: Month, reader: Reader, family: str, labels: Sequence[str], figures: Figures) -> Chart:
    """Production in columns, bookings and stock as lines: actual while closed, the new plan after."""
    closed = set(month.plan.calendar.history.labels)

    def of(line: str) -> tuple[float | None, ...]:
        values = [
            figures.get((line, "actual" if label in closed else "new", label), float("nan")) for label in labels
        ]
        return tuple(value if known(value) else None for value in values)

    looks = (("production", "third", "column"), ("bookings", "plan", "line"), ("stock", "past", "line"))
    series = tuple(
        Series(reader.say(f"family_line.{line}"), of(line), role, shape)  # type: ignore[arg-type]
        for line, role, shape in looks
        if any(value is not None for value in of(line))
    )
    title = reader.say("families.chart", family=reader.family(family))
    unit = reader.word("unit_of", reader.plan_unit(family))
    return Chart(title, tuple(reader.short_month(label) for label in labels), series, "whole", unit, 14)
