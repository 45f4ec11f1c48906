"""Tables of figures as the templates draw them: every number already written, every mark a class and a sign."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape

from babel.dates import format_date
from django.utils.safestring import SafeString, mark_safe

from sandop.pack.page import Cell, Column, Form, Place, Row, Table, Value
from sandop.pack.style import NUMERIC, load_tone, shown
from sandop.wording import Language
from sandop_web.screens.written import BLANK, LOCALES

Why = Callable[[Place], str]  # the address where a number is explained

MOST_ROWS = 200
_FIGURES = NUMERIC - {"date"}  # forms that are written as numbers
_TIGHT = 9  # signs up to which a heading stays on its line
_LONG = 34  # signs from which a text may go on in the next line


@dataclass(frozen=True)
class ShownCell:
    """A cell as it is written; `look` are its classes, `why` the address where its number is explained, `link` where
    its name leads."""

    text: str
    look: str
    why: str = ""
    link: str = ""


@dataclass(frozen=True)
class ShownRow:
    """A row: its cells, the first of which names it."""

    look: str
    cells: tuple[ShownCell, ...]


@dataclass(frozen=True)
class ShownTable:
    """A table. `heads` are cells too; `left_out` counts the rows that are not shown."""

    caption: str
    heads: tuple[ShownCell, ...]
    rows: tuple[ShownRow, ...]
    left_out: int
    kind: str = "table"

    @property
    def body(self) -> SafeString:
        """The rows as HTML, written in one go: a page has thousands of cells, and a template walks a dozen nodes for
        each of them."""
        return mark_safe("".join(map(_row_html, self.rows)))


def _row_html(row: ShownRow) -> str:
    first, *others = row.cells
    cells = "".join(f"<td{_class(cell.look)}>{_text_html(cell)}</td>" for cell in others)
    return f"\n<tr{_class(row.look)}>{_first_html(first)}{cells}</tr>"


def _text_html(cell: ShownCell) -> str:
    """The text; a number that can be explained leads there, beside the page where the browser can do that."""
    text = escape(cell.text)
    if cell.why:
        return f'<a class="why" href="{escape(cell.why)}" data-beside>{text}</a>'
    return f'<a href="{escape(cell.link)}">{text}</a>' if cell.link else text


def _first_html(cell: ShownCell) -> str:
    """The cell that names the row; where it only repeats the name above it is for those who do not see the table."""
    if not cell.text:
        return f"<td{_class(cell.look)}></td>"
    text = _text_html(cell)
    shown = f'<span class="unseen">{text}</span>' if cell.look == "again" else text
    return f'<th scope="row"{_class(cell.look)}>{shown}</th>'


def _class(look: str) -> str:
    return f' class="{escape(look)}"' if look else ""


def shown_table(table: Table, language: Language, caption: str = "", why: Why | None = None) -> ShownTable:
    """A table with its first `MOST_ROWS` rows; columns that say nothing are left out, the first one too where it
    only lends its heading to the caption."""
    places = [
        place for place, column in enumerate(table.columns) if _filled(table, place) or (place and column.title)
    ]
    columns = [table.columns[place] for place in places]
    rows = table.rows[:MOST_ROWS]
    return ShownTable(
        caption=table.title or caption,
        heads=tuple(ShownCell(column.title, _head_look(column)) for column in columns),
        rows=_named_rows(
            ShownRow(row.tone if row.tone != "plain" else "", _cells(row, columns, places, table.heat, language, why))
            for row in rows
        ),
        left_out=len(table.rows) - len(rows),
    )


def _named_rows(rows: Iterable[ShownRow]) -> tuple[ShownRow, ...]:
    """Rows that go on without a name take that of the row above, for those who do not see the table."""
    named: list[ShownRow] = []
    for row in rows:
        first = row.cells[0]
        if not first.text and named:
            first = ShownCell(named[-1].cells[0].text, "again")
        named.append(ShownRow(row.look, (first, *row.cells[1:])))
    return tuple(named)


def _filled(table: Table, place: int) -> bool:
    values = (row.cells[place] for row in table.rows)
    return any((value.value if isinstance(value, Cell) else value) not in (None, "") for value in values)


def _head_look(column: Column) -> str:
    looks = ["number"] if column.form in _FIGURES else []
    if max(len(line) for line in column.title.split("\n")) <= _TIGHT:
        looks.append("tight")
    return " ".join(looks)


def _cells(
    row: Row, columns: list[Column], places: list[int], heat: bool, language: Language, why: Why | None
) -> tuple[ShownCell, ...]:
    quiet = row.tone == "section"  # a heading inside the table has nothing to say in most columns
    return tuple(
        _cell(row.cells[place], column, heat, language, quiet_blanks=quiet, why=why)
        for place, column in zip(places, columns)
    )


def _cell(
    given: Cell | Value, column: Column, heat: bool, language: Language, *, quiet_blanks: bool, why: Why | None
) -> ShownCell:
    cell = given if isinstance(given, Cell) else Cell(given)
    form = cell.form or column.form
    blank = "" if quiet_blanks else BLANK
    text = written(cell.value, form, language, blank)
    tone = cell.tone
    if heat and form == "percent" and _is_number(cell.value):
        tone = load_tone(float(cell.value))  # type: ignore[arg-type]
        text = f"▲ {text}" if tone == "bad" else text  # never by colour alone
    looks = [
        "number" if form in _FIGURES else "day" if form == "date" else "",
        "long" if len(text) > _LONG or (column.wrap and _width(text) > _LONG) else "",
        tone if tone and tone != "plain" else "",
    ]
    address = why(cell.place) if why and cell.place and text != BLANK else ""
    link = cell.link if cell.link.startswith("?") else ""  # the id of a page of the pack leads nowhere here
    return ShownCell(text, " ".join(look for look in looks if look), address, link)


def _width(text: str) -> int:
    """Room that a text takes, in Latin signs: a Chinese one takes two."""
    return sum(2 if sign > "\u2e80" else 1 for sign in text)


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def written(value: Value, form: Form, language: Language, blank: str = BLANK) -> str:
    """A value as the reader sees it; a blank number is a dash, never zero."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return blank if form in _FIGURES else ""
    if isinstance(value, dt.date):
        return str(format_date(value, "medium", locale=LOCALES[language]))
    if isinstance(value, str):
        return value
    return shown(float(value), form if form in NUMERIC else "decimal")
