"""From the text cells of one column to values, with a finding for every cell that cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sandop.findings import Severity, Where
from sandop.io.days import read_day, read_period
from sandop.io.grid import Grid
from sandop.io.ledger import Ledger
from sandop.io.naming import cleaned, cleaned_all, folded, nearest
from sandop.io.numbers import NumbersRead, read_numbers
from sandop.tables import Column

_FLAGS: Mapping[str, bool] = {
    **dict.fromkeys(("yes", "y", "true", "1", "是", "对", "√"), True),
    **dict.fromkeys(("no", "n", "false", "0", "否", "不", "×"), False),
}


@dataclass(frozen=True)
class CellReader:
    """Reads the columns of one grid.

    order   how days such as 03/04/2026 are read; empty: they are findings
    """

    grid: Grid
    ledger: Ledger
    order: str = ""

    def read(self, column: Column, cells: Sequence[str], heading: str) -> NDArray[Any]:
        """The column's values, (row,); faulty cells take the default so that reading can go on."""
        texts = cleaned_all(cells)
        if column.key or column.references:
            self._spaces(cells, texts, heading)
        if column.required:
            blank = [place for place, text in enumerate(texts) if not text]
            self._each(Severity.ERROR, "io.blank_required", blank, heading, texts)
        readers: dict[str, Callable[[Column, Sequence[str], str], NDArray[Any]]] = {
            "text": self._texts,
            "number": self._numbers,
            "flag": self._flags,
            "date": self._dates,
            "month": self._months,
        }
        return readers[column.kind](column, texts, heading)

    def _each(
        self,
        severity: Severity,
        message: str,
        places: Sequence[int],
        heading: str,
        texts: Sequence[str],
        **values: object,
    ) -> None:
        rows = self.grid.rows
        self.ledger.each(
            severity,
            message,
            self.grid.file,
            places,
            lambda i: (rows[i], heading, {"cell": texts[i], "column": heading, **values}),
        )

    def _spaces(self, cells: Sequence[str], texts: Sequence[str], heading: str) -> None:
        count = sum(cell != text for cell, text in zip(cells, texts) if text)
        if count:
            self.ledger.note("io.spaces_around", Where(self.grid.file, 0, heading), count=count)

    def _texts(self, column: Column, texts: Sequence[str], heading: str) -> NDArray[Any]:
        values = np.empty(len(texts), dtype=object)
        values[:] = [text or column.default for text in texts]
        if not column.choices:
            return values
        choices = {folded(choice): choice for choice in column.choices}
        wrong = [i for i, text in enumerate(texts) if text and folded(text) not in choices]
        self._each(Severity.ERROR, "io.not_a_choice", wrong, heading, texts, choices=", ".join(column.choices))
        values[:] = [choices.get(folded(text), column.default) if text else column.default for text in texts]
        return values

    def _numbers(self, column: Column, texts: Sequence[str], heading: str) -> NDArray[Any]:
        read = read_numbers(texts, share=column.unit.startswith("share"))
        self.faults(read, texts, lambda i: (self.grid.rows[i], heading), column.unit)
        values = read.values
        if column.minimum is not None:
            self._limit(column, values < column.minimum, heading, texts)
        if column.maximum is not None:
            self._limit(column, values > column.maximum, heading, texts)
        return np.where(np.isnan(values), column.default, values)

    def _limit(self, column: Column, outside: NDArray[np.bool_], heading: str, texts: Sequence[str]) -> None:
        low = "" if column.minimum is None else f"{column.minimum:g}"
        high = "" if column.maximum is None else f"{column.maximum:g}"
        negative_stock = (self.grid.name, column.name) == ("opening_stock", "quantity")
        message = "io.negative_stock" if negative_stock else "io.outside_limits"
        places = np.flatnonzero(outside).tolist()
        self._each(Severity.ERROR, message, places, heading, texts, low=low or "-∞", high=high or "∞")

    def faults(
        self, read: NumbersRead, texts: Sequence[str], at: Callable[[int], tuple[int, str]], unit: str
    ) -> None:
        """Findings for unreadable numbers, and one note for those that were written unusually."""
        for message, places in read.faults.items():
            self.ledger.each(
                Severity.ERROR,
                message,
                self.grid.file,
                places,
                lambda i: (*at(i), {"cell": texts[i], "column": at(i)[1], "unit": unit}),
            )
        if read.unusual:
            cell, value = min(read.unusual.items())
            self.ledger.note(
                "io.unusual_numbers", Where(self.grid.file), count=len(read.unusual), cell=cell, value=f"{value:.12g}"
            )

    def _flags(self, _: Column, texts: Sequence[str], heading: str) -> NDArray[Any]:
        wrong = [i for i, text in enumerate(texts) if text and text.casefold() not in _FLAGS]
        self._each(Severity.ERROR, "io.not_a_flag", wrong, heading, texts)
        return np.array([_FLAGS.get(text.casefold(), False) for text in texts], dtype=bool)

    def _dates(self, _: Column, texts: Sequence[str], heading: str) -> NDArray[Any]:
        read = {text: read_day(text, self.order) for text in set(texts) if text}
        serial = sum(day.serial for day in read.values())
        if serial:
            self.ledger.note("io.excel_serial", Where(self.grid.file, 0, heading), count=serial)
        self._fault_texts({text: day.fault for text, day in read.items()}, texts, heading)
        days = [read[text].day if text else None for text in texts]
        return np.array([day or "NaT" for day in days], dtype="datetime64[D]")

    def _months(self, _: Column, texts: Sequence[str], heading: str) -> NDArray[Any]:
        read = {text: read_period(text, self.order) for text in set(texts) if text}
        weeks = {text: "io.week_for_month" if "W" in period.label else period.fault for text, period in read.items()}
        self._fault_texts(weeks, texts, heading)
        values = np.empty(len(texts), dtype=object)
        values[:] = [read[text].label if text and not weeks[text] else "" for text in texts]
        return values

    def _fault_texts(self, faults: Mapping[str, str], texts: Sequence[str], heading: str) -> None:
        for message in sorted(set(faults.values()) - {""}):
            places = [i for i, text in enumerate(texts) if text and faults[text] == message]
            self._each(Severity.ERROR, message, places, heading, texts)


def heading_of(name: str, headings: Sequence[str]) -> str:
    """The heading that means the column: its name, or its name in other case or with blanks; else empty."""
    if name in headings:
        return name
    return next((heading for heading in headings if folded(heading) == folded(name)), "")


def unknown_headings(grid: Grid, used: Sequence[str], known: Sequence[str], ledger: Ledger) -> None:
    """A warning for each heading that means nothing here, with the nearest one that does."""
    for heading in grid.columns:
        if heading in used:
            continue
        close = nearest(heading, [name for name in known if name not in used])
        message = "io.unknown_column_near" if close else "io.unknown_column"
        ledger.warning(message, Where(grid.file, 1, heading), column=cleaned(heading), nearest=close)
