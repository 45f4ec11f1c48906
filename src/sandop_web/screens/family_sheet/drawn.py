"""A family's S&OP sheet as its template draws it: every number written, every check with its mark."""

from __future__ import annotations

from dataclasses import dataclass

from sandop.pack.figures import known
from sandop.pack.page import Chart, Place, Series
from sandop.wording import Language, in_a_row
from sandop_web.queries.family_sheet import (
    COMPARED,
    Check,
    Deviation,
    FamilyLine,
    FamilySheet,
    FamilySheets,
    SheetLine,
)
from sandop_web.screens.drawing import Why
from sandop_web.screens.written import BLANK, grouped, month_of
from sandop_web.wording import say

_FAR = 0.1  # share of the old plan from which a difference is marked
_MARKS = {None: "", True: "✓", False: "✗"}


@dataclass(frozen=True)
class ShownNumber:
    """A number as written; `look` are its classes, `why` where it is explained."""

    text: str
    look: str = ""
    why: str = ""


@dataclass(frozen=True)
class ShownSheetRow:
    """A row of the sheet."""

    what: str
    title: str
    cells: tuple[ShownNumber, ...]


@dataclass(frozen=True)
class ShownSheetLine:
    """A line of the sheet with its rows."""

    line: str
    title: str
    rows: tuple[ShownSheetRow, ...]


@dataclass(frozen=True)
class ShownCheck:
    """An identity: its formula in words, what came of it, a mark a month, and both sides with what is between."""

    title: str
    formula: str
    said: str
    broken: int
    marks: tuple[ShownNumber, ...]
    rows: tuple[ShownSheetRow, ...]


@dataclass(frozen=True)
class ShownFamily:
    """A family in the list."""

    line: FamilyLine
    strategy: str
    failing: str
    deviation: str
    share: str
    far: bool


def list_headline(sheets: FamilySheets, language: Language) -> str:
    """Whether everything agrees; else which families do not."""
    checks, broken = sum(line.checks for line in sheets.lines), [line for line in sheets.lines if line.broken]
    if sheets.version is None:
        return say("steps.page.no_plan", language)
    if not sheets.lines:
        return say("family.not_made", language)
    if not broken:
        return say("family.all_agree", language, count=len(sheets.lines), checks=checks)
    names = in_a_row((line.name for line in broken), language)
    return say("family.broken", language, count=sum(line.broken for line in broken), checks=checks, families=names)


def headline(sheet: FamilySheet, language: Language) -> str:
    """Whether the family's lines agree, and where it is furthest from the old plan."""
    said = say("family.sheet_broken", language, family=sheet.name, count=sheet.broken)
    if not sheet.broken:
        said = say("family.sheet_agrees", language, family=sheet.name)
    if sheet.deviation is None:
        return said
    return said + say("family.furthest", language, deviation=_deviation(sheet.deviation, sheet.unit, language))


def _deviation(found: Deviation, unit: str, language: Language) -> str:
    """Production in Mar 26: +432 pumps."""
    values = {"line": say(f"pack.family_line.{found.line}", language), "month": month_of(found.period, language)}
    return say("family.deviation", language, **values, difference=f"{found.difference:+,.0f}", unit=unit)


def words_of(line: FamilyLine, language: Language) -> ShownFamily:
    """A family of the list in words."""
    found = line.deviation
    failing = ""
    if line.failing:
        named = say(f"pack.{line.failing}", language)
        failing = say("family.fails_in", language, check=named, month=month_of(line.failing_in, language))
    return ShownFamily(
        line=line,
        strategy=say(f"steps.supply.strategy.{line.strategy.lower()}", language),
        failing=failing,
        deviation=_deviation(found, line.unit, language) if found else BLANK,
        share=f"{found.share:+.1%}" if found and known(found.share) else BLANK,
        far=bool(found and abs(found.share) >= _FAR),
    )


def month_heads(sheet: FamilySheet, language: Language) -> list[tuple[str, bool]]:
    """The head of each month in two short lines, and whether the month is closed."""
    names = (month_of(label, language).replace(" ", "\n").replace("年", "年\n") for label in sheet.periods)
    return [(name, place < sheet.closed) for place, name in enumerate(names)]


def drawn_lines(sheet: FamilySheet, language: Language, why: Why | None) -> tuple[ShownSheetLine, ...]:
    """The lines of the sheet, every number written."""
    return tuple(
        ShownSheetLine(line.line, say(f"pack.family_line.{line.line}", language), _rows(line, sheet, language, why))
        for line in sheet.lines
    )


def _rows(line: SheetLine, sheet: FamilySheet, language: Language, why: Why | None) -> tuple[ShownSheetRow, ...]:
    old = next((row.values for row in line.rows if row.what == "old"), ())
    shown = []
    for row in line.rows:
        cells = tuple(
            ShownNumber(
                _written(value, row.what),
                _look(row.what, value, old[place] if old and line.line in COMPARED else None, place < sheet.closed),
                _address(row.places[place], why),
            )
            for place, value in enumerate(row.values)
        )
        shown.append(ShownSheetRow(row.what, say(f"family.row.{row.what}", language), cells))
    return tuple(shown)


def _written(value: float | None, what: str) -> str:
    if value is None:
        return ""
    if what not in ("difference", "cumulative") or abs(value) < 0.5:
        return grouped(abs(value) if abs(value) < 0.5 else value)
    return ("+" if value > 0 else "") + grouped(value)


def _look(what: str, value: float | None, old: float | None, past: bool) -> str:
    looks = ["number", "past" if past else ""]
    if what == "difference" and value is not None and old and abs(value) >= _FAR * abs(old) and abs(value) >= 0.5:
        looks.append("watch")
    return " ".join(filter(None, looks))


def _address(place: Place | None, why: Why | None) -> str:
    return why(place) if place and why else ""


def drawn_checks(sheet: FamilySheet, language: Language) -> tuple[ShownCheck, ...]:
    """The identities with both sides by month."""
    return tuple(_check(check, sheet, language) for check in sheet.checks)


def _check(check: Check, sheet: FamilySheet, language: Language) -> ShownCheck:
    said = say("family.holds", language, count=check.asked)
    if check.first:
        said = say("family.fails", language, count=check.broken, month=month_of(check.first, language))
    looks = [_check_look(holds, label, check.first) for holds, label in zip(check.holds, sheet.periods, strict=True)]
    sides = (("left", check.left), ("right", check.right), ("residual", check.residuals))
    rows = tuple(
        ShownSheetRow(what, say(f"family.check.{what}", language), _side(values, looks, what))
        for what, values in sides
    )
    marks = tuple(ShownNumber(_MARKS[holds], look) for holds, look in zip(check.holds, looks, strict=True))
    title, formula = say(f"pack.{check.identity}", language), say(check.identity, language)
    return ShownCheck(title, formula, said, check.broken, marks, rows)


def _check_look(holds: bool | None, label: str, first: str) -> str:
    if holds is None:
        return ""
    return "good" if holds else "bad first" if label == first else "bad"


def _side(values: tuple[float | None, ...], looks: list[str], what: str) -> tuple[ShownNumber, ...]:
    """One side of an identity by month; only what is left between them is marked."""
    return tuple(
        ShownNumber(
            "" if value is None else grouped(value, 0 if what != "residual" else 2),
            f"number {look}" if what == "residual" and "bad" in look else "number",
        )
        for value, look in zip(values, looks, strict=True)
    )


def chart_of(sheet: FamilySheet, language: Language) -> Chart:
    """Supply in columns, demand and stock as lines (backlog where the family is made to order): actual while closed,
    the new plan after."""
    last = "stock" if sheet.strategy == "MTS" else "backlog"
    looks = (("production", "third", "column"), ("bookings", "plan", "line"), (last, "past", "line"))
    series = tuple(
        Series(say(f"pack.family_line.{name}", language), _values(sheet, name), role, shape)  # type: ignore[arg-type]
        for name, role, shape in looks
    )
    names = tuple(month_of(label, language) for label in sheet.periods)
    title = say(f"family.chart.{last}", language, family=sheet.name)
    return Chart(title, names, series, "whole", sheet.unit)


def _values(sheet: FamilySheet, name: str) -> tuple[float | None, ...]:
    found = (row.values for line in sheet.lines if line.line == name for row in line.rows if row.what == "now")
    return next(found, (None,) * len(sheet.periods))
