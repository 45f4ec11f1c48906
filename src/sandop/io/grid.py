"""A grid: one file or worksheet as text, column by column, with the row numbers a spreadsheet shows."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sandop.findings import Severity, Where
from sandop.io.encodings import decoded
from sandop.io.ledger import Ledger
from sandop.io.naming import cleaned

Cells = tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """Text of one table.

    name      table, measure, or "vintage 2026-01"
    file      what a person opens: file or worksheet
    columns   heading → cells, (row,)
    rows      row number of each line as a spreadsheet counts, (row,)
    """

    name: str
    file: str
    columns: Mapping[str, Cells]
    rows: tuple[int, ...]


def grid_of_csv(name: str, file: str, content: bytes, ledger: Ledger) -> Grid | None:
    """The grid of a CSV file; None where nothing can be read. Commas, semicolons and tabs are told apart."""
    if not content.strip():
        ledger.error("io.empty_file", Where(file))
        return None
    text = decoded(content)
    if text.bad_row:
        ledger.error("io.unreadable_encoding", Where(file, text.bad_row))
        return None
    if text.encoding != "utf-8":
        ledger.note("io.encoding", Where(file), encoding=text.encoding.upper())
    return grid_of_rows(name, file, _records(file, text.text, ledger), ledger)


def _records(file: str, text: str, ledger: Ledger) -> list[Sequence[str]]:
    if "\0" in text:
        row = text.count("\n", 0, text.index("\0")) + 1
        ledger.error("io.nul", Where(file, row), count=text.count("\0"))
        text = text.replace("\0", "")
    delimiter = _delimiter(text)
    if delimiter != ",":
        ledger.note("io.delimiter", Where(file), delimiter={";": ";", "\t": "TAB"}[delimiter])
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records: list[Sequence[str]] = []
    try:
        records.extend(reader)
    except csv.Error:
        ledger.error("io.quote", Where(file, len(records) + 1))
    if records and records[0] and records[0][0].startswith("sep="):
        records[0] = []
    return records


def _delimiter(text: str) -> str:
    """By the first line that is not blank; a line `sep=;` says it outright."""
    for line in io.StringIO(text):
        if line.startswith("sep=") and len(line.strip()) == 5:
            return line[4] if line[4] in ",;\t" else ","
        if line.strip():
            present = [mark for mark in ",;\t" if mark in line]
            return present[0] if present else ","
    return ","


def grid_of_rows(name: str, file: str, records: Sequence[Sequence[str]], ledger: Ledger) -> Grid | None:
    """The grid of rows of text, the first that is not blank being the headings; None where there is none.

    Blank rows are passed over. A row with other cells than headings is a finding and is left out.
    """
    start = next((i for i, record in enumerate(records) if any(map(str.strip, record))), None)
    if start is None:
        ledger.error("io.empty_file", Where(file))
        return None
    headings = [cleaned(unicodedata.normalize("NFKC", cell)) for cell in records[start]]
    while headings and not headings[-1]:
        headings.pop()
    body, rows = _even_rows(file, records, start, len(headings), ledger)
    if not body:
        ledger.note("io.header_only", Where(file, start + 1))
    columns: list[Cells] = list(zip(*body)) if body else [()] * len(headings)
    return Grid(name, file, _headed(file, start + 1, headings, columns, ledger), tuple(rows))


def _even_rows(
    file: str, records: Sequence[Sequence[str]], start: int, width: int, ledger: Ledger
) -> tuple[list[Sequence[str]], list[int]]:
    body: list[Sequence[str]] = []
    rows: list[int] = []
    ragged: list[int] = []
    for place in range(start + 1, len(records)):
        record = records[place]
        if not any(map(str.strip, record)):
            continue
        if len(record) > width and not any(map(str.strip, record[width:])):
            record = record[:width]
        if len(record) != width:
            ragged.append(place)
            continue
        body.append(record)
        rows.append(place + 1)
    ledger.each(
        Severity.ERROR,
        "io.ragged",
        file,
        ragged,
        lambda place: (place + 1, "", {"cells": len(records[place]), "headings": width}),
    )
    return body, rows


def _headed(
    file: str, row: int, headings: Sequence[str], columns: Sequence[Cells], ledger: Ledger
) -> dict[str, Cells]:
    headed: dict[str, Cells] = {}
    for place, (heading, cells) in enumerate(zip(headings, columns), 1):
        if not heading:
            if any(map(str.strip, cells)):
                ledger.error("io.blank_heading", Where(file, row), place=place)
        elif heading in headed:
            ledger.error("io.column_twice", Where(file, row, heading))
        else:
            headed[heading] = cells
    return headed
