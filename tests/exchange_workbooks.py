"""An exported workbook in somebody's hands: cells changed in its XML, as a spreadsheet program would save them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from xlsxwriter.utility import xl_rowcol_to_cell

from sandop.io.ledger import Ledger
from sandop.io.workbook import worksheets
from sandop_web.access import Actor
from sandop_web.access.exchange.brought import Brought
from sandop_web.access.grid.asked import GridAsked
from sandop_web.queries.exchange.bringing import read_exchange
from sandop_web.queries.exchange.exporting import export_grid
from sandop_web.queries.exchange.keys import MARK, PLACES

FORECAST = GridAsked(measures=("sales_forecast", "statistical"), levels=("family", "item", "customer"))
SHEET, ABOUT, KEYS = (f"xl/worksheets/sheet{number}.xml" for number in (1, 2, 3))


@dataclass
class Workbook:
    """An .xlsx that was exported."""

    content: bytes

    def sheets(self) -> dict[str, list[list[str]]]:
        """Worksheet → rows of text."""
        with TemporaryDirectory() as made:
            path = Path(made) / "seen.xlsx"
            path.write_bytes(self.content)
            found = worksheets(path, Ledger())
        assert found is not None
        return found

    def plan(self) -> list[list[str]]:
        """Rows of the sheet that people see."""
        return next(rows for rows in self.sheets().values() if any(PLACES in row for row in rows))

    def hidden(self) -> list[str]:
        """The hidden column."""
        return next([row[0] for row in rows] for rows in self.sheets().values() if rows[0][0] == MARK)

    def at(self, *path: str, measure: str = "Sales forecast", period: str = "2026-03") -> str:
        """The cell of a row, by the names in its columns of levels, and a month."""
        rows = self.plan()
        column = next(row for row in rows if PLACES in row).index(period)
        levels = len(FORECAST.levels)
        for row, cells in enumerate(rows):
            names = [name.split(" · ")[-1] for name in cells[2 : 2 + levels] if name]
            if tuple(names) == path and cells[2 + levels].startswith(measure):
                return str(xl_rowcol_to_cell(row, column))
        raise AssertionError((path, measure))

    def holds(self, cell: str) -> str:
        """The text of a cell of the sheet that people see."""
        match = re.fullmatch(r"([A-Z]+)(\d+)", cell)
        assert match
        column = 0
        for letter in match[1]:
            column = column * 26 + ord(letter) - 64
        return self.plan()[int(match[2]) - 1][column - 1]

    def typed(self, cell: str, value: float | None) -> Workbook:
        """A number typed into a cell, over whatever stood there; None deletes it."""
        return self._cell(cell, "" if value is None else f"<v>{value!r}</v>")

    def text(self, cell: str, text: str) -> Workbook:
        """Text typed into a cell."""
        return self._cell(cell, f"<is><t>{text}</t></is>", ' t="inlineStr"')

    def formula(self, cell: str, formula: str, value: float | None) -> Workbook:
        """A formula typed into a cell, computed to that value; None is one that no program has computed."""
        return self._cell(cell, f"<f>{formula}</f>" + ("" if value is None else f"<v>{value!r}</v>"))

    def changed(self, part: str, change: Callable[[bytes], bytes]) -> Workbook:
        """A part of the file as another program left it."""
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(self.content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                new.writestr(name, change(old.read(name)) if name == part else old.read(name))
        return Workbook(out.getvalue())

    def _cell(self, cell: str, inside: str, kind: str = "") -> Workbook:
        found = re.compile(rf'<c r="{cell}"( s="\d+")?[^>]*?(/>|>.*?</c>)'.encode())

        def replaced(xml: bytes) -> bytes:
            assert found.search(xml), cell
            made = rf'<c r="{cell}"\1{kind}>{inside}</c>' if inside else rf'<c r="{cell}"\1/>'
            return found.sub(made.encode(), xml, count=1)

        return self.changed(SHEET, replaced)


def taken_out(by: Actor, version: int, asked: GridAsked = FORECAST) -> Workbook:
    """A view as it is exported."""
    return Workbook(export_grid(by=by, version=version, asked=asked).content)


def brought_back(by: Actor, version: int, workbook: Workbook, name: str = "march.xlsx") -> Brought:
    """The workbook read again."""
    return read_exchange(by=by, version=version, name=name, content=workbook.content)
