"""The workbook that people edit: the grid as an outline with live totals, a page that explains, and hidden keys."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import numpy as np
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from sandop.measures import measures
from sandop.pack import style
from sandop.pack.xlsx_format import Formats
from sandop.wording import Language
from sandop_web.queries.exchange import keys
from sandop_web.queries.exchange.about import write_about
from sandop_web.queries.exchange.keys import Provenance
from sandop_web.queries.exchange.layout import (
    BLANK,
    DEPTH,
    FIRST,
    HEAD,
    KEY,
    KEYS,
    LEVELS,
    QUARTERS,
    TITLE,
    Layout,
    Line,
    width_of,
)
from sandop_web.queries.exchange.spans import Sums, amount, formula
from sandop_web.queries.grid import Grid
from sandop_web.wording import say

LARGEST = 1e12  # what is larger was mistyped
_DEEPEST = 7  # levels of outline that a spreadsheet knows
_NARROW, _WIDE, _MONTH = 12, 34, 11  # widths in characters
_PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_ALLOWED = dict.fromkeys(("sort", "autofilter", "format_cells", "format_columns", "format_rows"), True)


def workbook_of(*, grid: Grid, provenance: Provenance, language: Language, sums: Sums = "months") -> bytes:
    """The .xlsx of a view. Cells that may be changed are tinted and unlocked, all else is locked; there is no
    password. `sums` says which sums stand beside the months. Text stays text, whatever it begins with."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"constant_memory": True, **_PLAIN}) as book:
        title = f"{provenance.title} · {grid.title} · {provenance.version_title}"
        book.set_properties({"title": title, "author": "Sandop", "created": provenance.made_at.replace(tzinfo=None)})
        formats, layout = Formats(book, language), Layout(grid, sums, language)
        lines = _Page(book, formats, layout, language).write(title)
        write_about(book=book, formats=formats, grid=grid, provenance=provenance, language=language)
        _write_keys(book, keys.lines_of(provenance, lines))
    return content.getvalue()


def _write_keys(book: Any, lines: Sequence[str]) -> None:
    page = book.add_worksheet(keys.SHEET)
    for row, line in enumerate(lines):
        page.write_string(row, 0, line)
    page.protect("", _ALLOWED)
    page.very_hidden()


class _Page:
    """The worksheet that people see."""

    def __init__(self, book: Any, formats: Formats, layout: Layout, language: Language) -> None:
        self.layout, self.grid, self.language, self.formats = layout, layout.grid, language, formats
        self.page: Worksheet = book.add_worksheet(say("exchange.sheet.plan", language))
        self.numbers = {one.id: _number_form(self.grid.values[one.id]) for one in self.grid.measures}
        self.counted = {one.id: [one.unit] if one.unit else list(self.grid.units) for one in self.grid.measures}
        self._shades: dict[tuple[Any, ...], Any] = {}

    def write(self, title: str) -> list[keys.KeyedRow]:
        """Write the whole sheet; the keys of its rows."""
        self._set_up()
        self._head(title)
        keyed = []
        for line in self.layout.lines():
            keyed.append(self.layout.keyed(line))
            self._line(line, keyed[-1])
        return keyed

    def _set_up(self) -> None:
        page, layout = self.page, self.layout
        page.hide_gridlines(2)
        page.freeze_panes(FIRST, layout.months)
        page.outline_settings(True, False, True, False)  # a total stands above what it adds up
        page.set_column(KEY, DEPTH, 4, None, {"hidden": True})
        for place, width in enumerate(self._widths(), LEVELS):
            page.set_column(place, place, width)
        page.set_column(layout.months, layout.last, _MONTH)
        last = FIRST + layout.count - 1
        page.autofilter(HEAD, LEVELS, last, layout.months - 1)
        page.data_validation(FIRST, layout.months, last, layout.last, self._numbers_only())
        page.protect("", _ALLOWED)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.repeat_rows(QUARTERS, HEAD)

    def _numbers_only(self) -> dict[str, Any]:
        return {
            "validate": "decimal",
            "criteria": "between",
            "minimum": -LARGEST,
            "maximum": LARGEST,
            "error_title": say("exchange.sheet.number_title", self.language),
            "error_message": say("exchange.sheet.number", self.language),
        }

    def _widths(self) -> list[float]:
        """Characters of each column of names and of the measures: Chinese signs count for two."""
        levels: list[list[str]] = [[one.title] for one in self.grid.levels]
        for level, name, label in zip(self.grid.nodes.level, self.grid.nodes.name, self.grid.nodes.label):
            if level:
                levels[level - 1].append(name if name == label else f"{name} · {label}")
        texts = [*levels, [_titled(one.title, unit) for one in self.grid.measures for unit in self.counted[one.id]]]
        return [min(max([_NARROW, *map(width_of, each)]) + 2, _WIDE) for each in texts]

    def _head(self, title: str) -> None:
        page, formats, layout, language = self.page, self.formats, self.layout, self.language
        page.set_row(TITLE, 24)
        page.write_string(TITLE, LEVELS, title, formats.of(bold=True, font_size=13))
        page.write_string(
            TITLE, layout.months, say("exchange.sheet.hint", language), formats.of(font_color=style.QUIET)
        )
        self._quarters()
        page.set_row(KEYS, None, None, {"hidden": True})
        page.write_string(KEYS, KEY, keys.PLACES)
        for column, period in zip(layout.columns, self.grid.periods):
            page.write_string(KEYS, column, period.label)
        named = formats.header("text", first=True)
        titles = [*(one.title for one in self.grid.levels), say("exchange.sheet.measure", language)]
        for column, text in enumerate(titles, LEVELS):
            page.write_string(HEAD, column, text, named)
        counted = formats.header("whole", first=False)
        for column, period in zip(layout.columns, self.grid.periods):
            page.write_string(HEAD, column, period.title, counted)
        for span in layout.spans:
            page.write_string(HEAD, span.column, span.title, counted)

    def _quarters(self) -> None:
        """The quarters above their months, each written once over a band."""
        band = self.formats.of(bold=True, font_color=style.QUIET, bg_color=style.BAND, left=1, left_color=style.RULE)
        rest = self.formats.of(bg_color=style.BAND)
        place = 0
        for quarter in self.grid.quarters:
            columns = self.layout.columns[place : place + quarter.periods]
            self.page.write_string(QUARTERS, columns[0], quarter.title, band)
            for column in columns[1:]:
                self.page.write_blank(QUARTERS, column, None, rest)
            place += quarter.periods

    def _line(self, line: Line, keyed: keys.KeyedRow) -> None:
        page, first_measure = self.page, line.measure is self.grid.measures[0]
        page.set_row(line.row, None, None, {"level": min(line.depth, _DEEPEST)})
        page.write_string(line.row, KEY, keyed.key)
        page.write_string(line.row, DEPTH, line.mark)
        self._names(line, first_measure)
        for column, period, value in zip(self.layout.columns, self.grid.periods, keyed.base):
            locked = period.past or not self._may_change(line)
            shade = self._shade(line, locked=locked, formula=line.adds_up and not locked)
            if line.adds_up:
                shown = BLANK if value is None else value
                page.write_formula(line.row, column, self.layout.formula(line, column), shade, shown)
            elif value is None:
                page.write_blank(line.row, column, None, shade)
            else:
                page.write_number(line.row, column, value, shade)
        self._sums(line, keyed.base)

    def _may_change(self, line: Line) -> bool:
        """Leaves, and totals that are one; where units differ or prices are averaged there is nothing to spread."""
        leaf = int(self.grid.nodes.end[line.node]) == line.node + 1
        return line.measure.state == "editable" and (leaf or line.adds_up)

    def _names(self, line: Line, first_measure: bool) -> None:
        names = line.path or (say("exchange.sheet.total", self.language),)
        quiet, own = self._shade_of_name(line, own=False), self._shade_of_name(line, own=first_measure)
        for place in range(len(self.grid.levels)):
            if place < len(names):
                last = place == len(names) - 1
                self.page.write_string(line.row, LEVELS + place, names[place], own if last else quiet)
            else:
                self.page.write_blank(line.row, LEVELS + place, None, quiet)
        unit = line.measure.unit or ([*self.grid.units, ""][int(self.grid.nodes.unit[line.node])])
        self.page.write_string(line.row, self.layout.months - 1, _titled(line.measure.title, unit), quiet)

    def _sums(self, line: Line, base: Sequence[float | None]) -> None:
        """What the months come to: a flow adds up, a level is its last month's; a rate has no sum."""
        known = measures().get(line.measure.id)
        shade = self._shade(line, locked=True, formula=False)
        for span in self.layout.spans:
            values = [base[place] for place in span.places]
            months = [self.layout.columns[place] for place in span.places]
            put = formula(known.over_time, line.row, months) if known else ""
            shown = amount(known.over_time, values) if known else None
            if put and shown is not None:
                self.page.write_formula(line.row, span.column, put, shade, shown)

    def _shade(self, line: Line, *, locked: bool, formula: bool) -> Any:
        """Format of a number: tinted where it may be changed, grey where it may not, strong at totals."""
        total = line.depth < len(self.grid.levels)
        wanted = (self.numbers[line.measure.id], locked, formula, total)
        if wanted not in self._shades:
            tint = {"bg_color": style.AMBER_LIGHT if not formula else "#FDF6E3"} if not locked else {}
            colour = style.QUIET if locked else style.INK
            self._shades[wanted] = self.formats.of(
                num_format=wanted[0],
                locked=locked,
                bold=total,
                font_color=colour,
                align="right",
                bottom=4,
                bottom_color=style.RULE,
                **tint,
            )
        return self._shades[wanted]

    def _shade_of_name(self, line: Line, *, own: bool) -> Any:
        total = line.depth < len(self.grid.levels)
        colour = style.INK if own else style.QUIET
        return self.formats.of(bold=total and own, font_color=colour, bottom=4, bottom_color=style.RULE)


def _titled(title: str, unit: str) -> str:
    """A measure with the unit it counts in: "Sales forecast (pumps)"."""
    return f"{title} ({unit})" if unit else title


def _number_form(values: Any) -> str:
    """Whole numbers from a thousand on and where all are whole; else two decimals. What is negative is red as well
    as signed."""
    sizes = np.abs(values[~np.isnan(values)])
    whole = not len(sizes) or bool(sizes.max() >= 1_000) or bool((sizes == np.round(sizes)).all())
    form = "#,##0" if whole else "#,##0.00"
    return f"{form};[Red]-{form}"
