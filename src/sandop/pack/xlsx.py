"""Pages to an Excel workbook: one worksheet a page, native charts, ready to print. Same pages, same bytes."""

from __future__ import annotations

import datetime as dt
import math
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter

from sandop.io.cell_texts import write_whole
from sandop.pack import style
from sandop.pack.grid import fitted_widths, halfway, pixels
from sandop.pack.page import (
    Beside,
    Cell,
    Chart,
    Pack,
    Page,
    PageBreak,
    Part,
    Row,
    Sentence,
    Table,
    Value,
    Waterfall,
)
from sandop.pack.paper import HEAD_ROWS, ROW_POINTS, Paper
from sandop.pack.xlsx_chart import ChartShop
from sandop.pack.xlsx_format import Formats
from sandop.wording import Language


def write_xlsx(*, pack: Pack, path: Path, language: Language, created: dt.date) -> Path:
    """Writes the pages to `path` and returns it; the file appears whole or not at all.

    `created` is the date that the file states: it is given, so that the same pages make the same bytes.
    """
    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    book.set_properties(
        {
            "title": f"{pack.company} · {pack.period}",
            "subject": "S&OP",
            "author": "Sandop",
            "comments": pack.version,
            "created": dt.datetime.combine(created, dt.time()),
        }
    )
    Writer(book, pack, language).write()
    book.close()
    write_whole(path, content.getvalue())
    return path


class Writer:
    """Writes one pack into one workbook."""

    def __init__(self, book: Any, pack: Pack, language: Language) -> None:
        self.book, self.pack, self.language = book, pack, language
        self.formats = Formats(book, language)
        self.sheets = {page.id: book.add_worksheet(page.tab) for page in pack.pages}
        self.tabs = {page.id: page.tab for page in pack.pages}
        self.charts = ChartShop(book, language)

    def write(self) -> None:
        for page in self.pack.pages:
            PageWriter(self, page).write()
        self.charts.close()


class PageWriter:
    """Writes one page: keeps the widths of the grid and the height of each row."""

    def __init__(self, writer: Writer, page: Page) -> None:
        self.writer, self.page, self.formats = writer, page, writer.formats
        self.sheet = writer.sheets[page.id]
        self.widths = page.grid or fitted_widths(page)
        self.heights: dict[int, float] = {}
        self.breaks: list[int] = []
        self.blocks: list[tuple[int, int]] = []
        self.charts: list[tuple[Chart | Waterfall, int, int, int]] = []

    @property
    def last(self) -> int:
        return len(self.widths) - 1

    def write(self) -> None:
        for place, width in enumerate(self.widths):
            self.sheet.set_column(place, place, width)
        self.sheet.set_default_row(ROW_POINTS)
        self._head()
        row = HEAD_ROWS
        for part in self.page.parts:
            after = self._flow((part,), row, 0, self.last)
            self.blocks.append((row, after))
            row = after
        for row, height in self.heights.items():
            self.sheet.set_row(row, height)
        self._place_charts()
        self._print_setup()

    def _head(self) -> None:
        pack, page = self.writer.pack, self.page
        line = "  ·  ".join(part for part in (pack.company, pack.period, pack.remark) if part)
        quiet = self.formats.of(font_color=style.QUIET, font_size=9)
        self._across(0, 0, self.last, line, quiet)
        if "contents" in self.writer.tabs and page.id != "contents":
            back = self.formats.of(font_size=9, align="left", **style.TONES["link"])
            self.sheet.write_url(0, self.last + 1, self._target("contents"), back, pack.contents)
        title = self.formats.of(bold=True, font_size=15, font_color=style.ACCENT, text_wrap=True, valign="vcenter")
        lines = self._lines(page.title, 0, self.last, size=15)
        self._across(1, 0, self.last, page.title, title)
        self.heights[1] = 24.0 * lines + 4
        scope = self.formats.of(font_color=style.QUIET, font_size=9, text_wrap=True, valign="top")
        self._across(2, 0, self.last, page.scope, scope)
        self.heights[2] = 15.0 * self._lines(page.scope, 0, self.last, size=9) + 3

    def _across(self, row: int, first: int, last: int, value: Value, look: Any) -> None:
        if last > first:
            self.sheet.merge_range(row, first, row, last, "", look)
        self._put(row, first, value, look)

    def _put(self, row: int, column: int, value: Value, look: Any) -> None:
        if value is None or (isinstance(value, float) and not math.isfinite(value)):
            self.sheet.write_blank(row, column, None, look)
        elif isinstance(value, str):
            self.sheet.write_string(row, column, value, look)
        elif isinstance(value, dt.date):
            self.sheet.write_datetime(row, column, dt.datetime.combine(value, dt.time()), look)
        else:
            self.sheet.write_number(row, column, float(value), look)

    def _target(self, page: str) -> str:
        return f"internal:'{self.writer.tabs[page]}'!A1"

    def _flow(self, parts: tuple[Part, ...], row: int, first: int, last: int) -> int:
        """Parts under one another in the grid columns first..last; the row after them."""
        for part in parts:
            if isinstance(part, Sentence):
                row = self._sentence(part, row, first, last)
            elif isinstance(part, Table):
                row = self._table(part, row, first) + 1
            elif isinstance(part, PageBreak):
                self.breaks.append(row)
            elif isinstance(part, Beside):
                at = part.at or halfway(self.widths)
                left = self._flow(part.left, row, first, at - 1)
                row = max(left, self._flow(part.right, row, at, last))
            else:
                row = self._chart(part, row, first, last)
        return row

    def _sentence(self, part: Sentence, row: int, first: int, last: int) -> int:
        look = self.formats.of(text_wrap=True, valign="top", **style.TONES["link" if part.link else part.tone])
        self._across(row, first, last, part.text, look)
        if part.link:
            self.sheet.write_url(row, first, self._target(part.link), look, part.text)
        lines = self._lines(part.text, first, last)
        self._taller(row, 14.5 * lines + 3)
        return row + 1

    def _lines(self, text: str, first: int, last: int, *, size: float = style.SIZE, bold: bool = False) -> int:
        """Lines the text takes across the grid columns first..last, an indent taken off."""
        room = style.ROOM[self.writer.language] * style.SIZE / size * (0.94 if bold else 1.0)
        return style.lines_needed(text, (sum(self.widths[first : last + 1]) - 1.5) * room)

    def _taller(self, row: int, points: float) -> None:
        if points > self.heights.get(row, ROW_POINTS):
            self.heights[row] = points

    def _chart(self, part: Chart | Waterfall, row: int, first: int, last: int) -> int:
        self.charts.append((part, row, first, last))
        return row + part.rows

    def _place_charts(self) -> None:
        """Charts come last: each fills its rows, whose heights are known by then."""
        for part, row, first, last in self.charts:
            width = sum(pixels(width) for width in self.widths[first : last + 1]) - 10
            points = sum(self.heights.get(line, ROW_POINTS) for line in range(row, row + part.rows))
            chart = self.writer.charts.make(part)
            chart.set_size({"width": width, "height": int(points * 4 / 3) - 8})
            self.sheet.insert_chart(row, first, chart, {"x_offset": 3, "y_offset": 3, "object_position": 2})

    def _table(self, table: Table, row: int, first: int) -> int:
        if table.title:
            span = sum(column.span for column in table.columns)
            look = self.formats.of(bold=True, font_size=11, font_color=style.ACCENT)
            self._across(row, first, first + span - 1, table.title, look)
            row += 1
        self._header(table, row, first)
        for place, line in enumerate(table.rows):
            self._line(table, line, row + 1 + place, first)
        if table.heat and table.rows:
            self._heat(table, row + 1, row + len(table.rows), first)
        return row + 1 + len(table.rows)

    def _header(self, table: Table, row: int, first: int) -> None:
        at = first
        for column in table.columns:
            look = self.formats.header(column.form, first=at == first)
            self._across(row, at, at + column.span - 1, column.title, look)
            lines = self._lines(column.title, at, at + column.span - 1, bold=True)
            self._taller(row, 14.0 * lines + 3)
            at += column.span

    def _line(self, table: Table, line: Row, row: int, first: int) -> None:
        at = first
        for column, given in zip(table.columns, line.cells, strict=True):
            cell = given if isinstance(given, Cell) else Cell(given)
            form = cell.form or (
                column.form if not isinstance(cell.value, str) or column.form == "symbol" else "text"
            )
            tone = cell.tone or ("link" if cell.link else line.tone)
            look = self.formats.cell(form, tone, wrap=column.wrap, first=at == first)
            value = style.settled(cell.value, form) if isinstance(cell.value, float) else cell.value
            self._across(row, at, at + column.span - 1, value, look)
            if cell.link:
                self.sheet.write_url(row, at, self._target(cell.link), look, str(cell.value))
            if column.wrap and isinstance(cell.value, str):
                bold = (cell.tone or line.tone) in ("strong", "total", "section")
                lines = self._lines(cell.value, at, at + column.span - 1, bold=bold)
                self._taller(row, 14.5 * lines + 3)
            at += column.span

    def _heat(self, table: Table, top: int, bottom: int, first: int) -> None:
        at = first
        over = self.writer.book.add_format(
            {"bg_color": style.RED_LIGHT, "font_color": style.RED, "num_format": '"▲"0%'}
        )
        near = self.writer.book.add_format({"bg_color": style.AMBER_LIGHT, "font_color": style.AMBER})
        for column in table.columns:
            if column.form == "percent":
                area = (top, at, bottom, at)
                self.sheet.conditional_format(*area, {"type": "blanks", "stop_if_true": True, "format": None})
                self.sheet.conditional_format(
                    *area, {"type": "cell", "criteria": ">=", "value": style.OVERLOADED, "format": over}
                )
                between = {"criteria": "between", "minimum": style.NEARLY_FULL, "maximum": style.OVERLOADED}
                self.sheet.conditional_format(*area, {"type": "cell", **between, "format": near})
            at += column.span

    def _print_setup(self) -> None:
        sheet, pack, page = self.sheet, self.writer.pack, self.page
        sheet.hide_gridlines(2)
        sheet.set_zoom(90)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        paper = Paper(self.widths, self.heights, self.blocks, self.breaks, self._frozen_rows())
        if paper.breaks and not page.single:
            sheet.set_print_scale(paper.scale)  # a page fitted to the paper would ignore the breaks
            sheet.set_h_pagebreaks(paper.breaks)
        else:
            sheet.fit_to_pages(1, 1 if page.single or paper.one_sheet else 0)
        font = f'&"{style.FONTS[self.writer.language]},Regular"&8'
        sheet.set_header(f"&L{font}{_plain(pack.company)}&R{font}{_plain(pack.version)}")
        sheet.set_footer(f"&L{font}{_plain(page.tab)} · {_plain(pack.period)}&R{font}{pack.page_of}")
        rows = self._frozen_rows()
        sheet.freeze_panes(rows, page.labels)
        if not page.single:
            sheet.repeat_rows(0, rows - 1)
        sheet.print_area(0, 0, self._bottom, self.last)

    @property
    def _bottom(self) -> int:
        """The last row of the page, charts included."""
        charts = [row + part.rows - 1 for part, row, _, _ in self.charts]
        return int(max(self.sheet.dim_rowmax or 0, HEAD_ROWS, *charts, HEAD_ROWS))

    def _frozen_rows(self) -> int:
        """Title lines, and the header of the table where it is the only one."""
        tables = [part for part in self.page.parts if not isinstance(part, Sentence)]
        if len(tables) != 1 or not isinstance(self.page.parts[0], Table) or self.page.single:
            return HEAD_ROWS
        return HEAD_ROWS + 1 + bool(self.page.parts[0].title)


def _plain(text: str) -> str:
    """Text in a page header, where & begins a code."""
    return text.replace("&", "&&")
