"""Write a plan as one Excel workbook: a sheet that explains, the settings, one sheet per table and measure."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from sandop.io.cell_texts import sheet_cells, table_cells
from sandop.io.changes import changes_as_rows
from sandop.io.folder import CHANGES
from sandop.io.folder_writer import settings_rows
from sandop.io.reference import column_meaning, setting_meaning, table_meaning
from sandop.io.workbook import EXPLANATIONS, PLAN
from sandop.measures import Measure, measure
from sandop.plan import Plan, Sheet
from sandop.tables import Table
from sandop.wording import Language, say

_CREATED = dt.datetime(2000, 1, 1)  # a fixed time: the same plan gives the same bytes
_UNLOCKED_COLUMNS = 200
_ALLOWED = dict.fromkeys(
    ("insert_rows", "delete_rows", "sort", "autofilter", "format_cells", "format_columns", "format_rows"), True
)


def write_workbook(plan: Plan, path: Path, *, language: Language = "en", to_fill: Collection[str] = ()) -> None:
    """Write the plan to one .xlsx; reading it gives a plan of the same input hash. Complete or not at all.

    Headings are locked, all else can be edited; a note on each heading gives meaning and unit in `language`. A table
    or measure that holds nothing is left out, unless it is named in `to_fill`: that one has its headings alone.
    Raises ValueError where a table holds a blank that reads back as something else.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".writing-", suffix=".xlsx")
    os.close(handle)
    new = Path(name)
    try:
        with xlsxwriter.Workbook(name, {"strings_to_formulas": False, "strings_to_urls": False}) as workbook:
            workbook.set_properties({"title": plan.settings.company.name, "created": _CREATED})
            _Pages(workbook, language, frozenset(to_fill)).write(plan)
        new.chmod(0o644)
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


class _Pages:
    """The worksheets of one workbook."""

    def __init__(self, workbook: Workbook, language: Language, to_fill: frozenset[str]) -> None:
        self.workbook, self.language, self.to_fill = workbook, language, to_fill
        self.heading = workbook.add_format({"bold": True, "bg_color": "#DDE6EE", "bottom": 1, "locked": True})
        self.needed = workbook.add_format({"bold": True, "bg_color": "#BCD3E2", "bottom": 1, "locked": True})
        self.title = workbook.add_format({"bold": True, "font_size": 14})
        self.link = workbook.add_format({"font_color": "#1B5E7A", "underline": 1, "valign": "top"})
        self.wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
        self.text = workbook.add_format({"num_format": "@", "locked": False})
        self.number = workbook.add_format({"num_format": "#,##0.######", "locked": False})
        self.date = workbook.add_format({"num_format": "yyyy-mm-dd", "locked": False})
        self.decimals = {
            places: workbook.add_format(
                {"num_format": "#,##0" + ("." + "#" * places if places else ""), "locked": False}
            )
            for places in range(7)
        }

    def write(self, plan: Plan) -> None:
        self._explain(plan)
        self._settings(plan)
        for table in self._tables(plan):
            self._table(table)
        for name, sheet in self._sheets(plan).items():
            self._sheet(name, sheet)
        for month, sheet in plan.vintages.items():
            self._sheet(f"vintage {month}", sheet)
        for name, sheet in plan.previous.items():
            if len(sheet.rows):
                self._sheet(f"previous {name}", sheet)
        if plan.changes:
            headings, rows = changes_as_rows(plan.changes)
            page = self._page(CHANGES, headings, {})
            self._rows(page, [self.text] * len(headings), rows)

    def _tables(self, plan: Plan) -> list[Table]:
        return [table for name, table in plan.network.tables().items() if len(table) or name in self.to_fill]

    def _sheets(self, plan: Plan) -> dict[str, Sheet]:
        return {name: sheet for name, sheet in plan.sheets.items() if len(sheet.rows) or name in self.to_fill}

    def _explain(self, plan: Plan) -> None:
        page = self.workbook.add_worksheet(EXPLANATIONS[self.language == "zh"])
        page.set_column(0, 0, 24)
        page.set_column(1, 1, 90, self.wrapped)
        name = plan.settings.company.name_zh if self.language == "zh" else ""
        page.write_string(0, 0, name or plan.settings.company.name, self.title)
        lines = [("", say("io.template_explained" if self.to_fill else "io.workbook_explained", self.language))]
        lines += [(PLAN, say("io.sheet_plan", self.language))]
        lines += [(table.file, table_meaning(type(table), self.language)) for table in self._tables(plan)]
        lines += [(name, _described(measure(name), self.language)) for name in self._sheets(plan)]
        lines += [
            (f"vintage {month}", say("io.sheet_vintage", self.language, month=month)) for month in plan.vintages
        ]
        lines += [
            (
                f"previous {name}",
                f"{say('io.sheet_previous', self.language)} {_described(measure(name), self.language)}",
            )
            for name, sheet in plan.previous.items()
            if len(sheet.rows)
        ]
        for row, (sheet, meaning) in enumerate(lines, 2):
            if sheet:
                page.write_url(row, 0, f"internal:'{sheet}'!A1", self.link, sheet)
            page.write_string(row, 1, meaning, self.wrapped)

    def _settings(self, plan: Plan) -> None:
        page = self._page(PLAN, ("section", "key", "value", "meaning"), {})
        page.set_column(3, 3, 80, self.text)
        rows = [
            (section, key, value, setting_meaning(section, key, self.language))
            for section, key, value, _ in settings_rows(plan.settings)
        ]
        self._rows(page, [self.text] * 4, rows)

    def _table(self, table: Table) -> None:
        columns = table.columns()
        notes = {}
        for place, column in enumerate(columns):
            unit = f" [{column.unit}]" if column.unit else ""
            needed = f" ({say('io.column_needed', self.language)})" if column.required else ""
            notes[place] = f"{column_meaning(column, self.language)}{unit}{needed}"
        needs = [place for place, column in enumerate(columns) if column.required]
        page = self._page(table.file, [column.name for column in columns], notes, needs=needs)
        formats = {"number": self.number, "date": self.date}
        self._rows(page, [formats.get(column.kind, self.text) for column in columns], table_cells(table))

    def _sheet(self, name: str, sheet: Sheet) -> None:
        known, keys = measure(sheet.name), len(sheet.rows.grain)
        note = {keys: _described(known, self.language)} if len(sheet.periods) else {}
        headings = [*sheet.rows.grain, *sheet.periods.labels]
        page = self._page(name, headings, note, needs=range(keys), frozen=keys)
        number = self.decimals[known.decimals]
        page.set_column(keys, keys + max(len(sheet.periods), 1) - 1, 11, number)
        for row, (key, values) in enumerate(zip(sheet.rows.keys, sheet_cells(sheet)), 1):
            for place, part in enumerate(key):
                page.write_string(row, place, part, self.text)
            for place, value in enumerate(values, keys):
                if value == value:
                    page.write_number(row, place, value, number)

    def _page(
        self,
        name: str,
        headings: Sequence[str],
        notes: Mapping[int, str],
        *,
        needs: Collection[int] = (),
        frozen: int = 1,
    ) -> Worksheet:
        page = self.workbook.add_worksheet(name)
        page.set_column(0, _UNLOCKED_COLUMNS, 14, self.text)
        for place, heading in enumerate(headings):
            page.write_string(0, place, heading, self.needed if place in needs else self.heading)
        for place, text in notes.items():
            page.write_comment(0, place, text, {"author": "Sandop", "x_scale": 2})
        page.freeze_panes(1, frozen)
        page.protect("", _ALLOWED)
        return page

    def _rows(self, page: Worksheet, formats: Sequence[Any], rows: Sequence[Sequence[Any]]) -> None:
        for row, cells in enumerate(rows, 1):
            for place, cell in enumerate(cells):
                self._cell(page, row, place, cell, formats[place])

    def _cell(self, page: Worksheet, row: int, place: int, cell: Any, cell_format: Any) -> None:
        if cell is None or cell == "":
            return
        if isinstance(cell, bool):
            page.write_string(row, place, "yes" if cell else "no", cell_format)
        elif isinstance(cell, float):
            page.write_number(row, place, cell, cell_format)
        elif isinstance(cell, dt.date):
            page.write_datetime(row, place, dt.datetime.combine(cell, dt.time()), cell_format)
        else:
            page.write_string(row, place, str(cell), cell_format)


def _described(known: Measure, language: Language) -> str:
    return f"{known.title(language)}: {known.meaning(language)} [{known.unit}]"
