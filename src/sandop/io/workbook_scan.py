"""Look into a workbook before it is opened: is it what it says, is it small enough, what is hidden in it.

Plain Python over the zip and its XML as bytes; nothing is parsed, nothing is unpacked whole.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sandop.findings import Where
from sandop.io.ledger import Ledger


@dataclass(frozen=True)
class Limits:
    """What a workbook may hold: bytes, entries, rows and columns of a sheet, cells of a sheet's rectangle."""

    file_bytes: int = 200_000_000
    entries: int = 2_000
    unpacked_bytes: int = 1_000_000_000
    ratio: int = 300  # unpacked to packed, of an entry above ten megabytes
    rows: int = 300_000
    columns: int = 2_000
    cells: int = 30_000_000


LIMITS = Limits()
_CHUNK = 4_000_000
_TAIL = 400_000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_REFERENCE = re.compile(rb"""<(?:\w+:)?c\b[^<>]*?\br\s*=\s*["']([^"'<>]{1,40})["']""")
_ROW = re.compile(rb"""<(?:\w+:)?row\b[^<>]*?\br\s*=\s*["'](\d{1,12})["']""")
_PLAIN_REFERENCE = re.compile(rb"([A-Z]{1,3})(\d{1,7})", re.IGNORECASE)
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\b([^<>]*)>\s*<(?:\w+:)?f\b(?:[^<>]*/>|[^<>]*>[^<]*</(?:\w+:)?f>)"
    rb"\s*(?:<(?:\w+:)?v\b[^<>/]*>([^<]+)</(?:\w+:)?v>)?"
)
_ERROR_CELL = re.compile(rb"""<(?:\w+:)?c\b([^<>]*\bt\s*=\s*["']e["'][^<>]*)>""")
_AT = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,3}\d{1,7})["']""")


def scan_workbook(path: Path, ledger: Ledger, *, limits: Limits = LIMITS) -> bool:
    """Whether the workbook may be opened; every reason against it is an error in the ledger."""
    where = Where(path.name)
    if not path.is_file():
        ledger.error("io.no_workbook", where)
        return False
    if path.stat().st_size > limits.file_bytes:
        ledger.error("io.workbook_too_big", where, size=path.stat().st_size, most=limits.file_bytes)
        return False
    if not _begins_as_zip(path, ledger):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return _entries(archive, path, ledger, limits) and _parts(archive, path, ledger, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError):
        ledger.error("io.workbook_damaged", where)
        return False


def _begins_as_zip(path: Path, ledger: Ledger) -> bool:
    with path.open("rb") as file:
        start = file.read(1_000_000)
    if start.startswith(b"PK"):
        return True
    if start.startswith(_OLE):
        encrypted = "EncryptedPackage".encode("utf-16-le") in start
        ledger.error("io.workbook_encrypted" if encrypted else "io.workbook_old", Where(path.name))
    elif not start:
        ledger.error("io.empty_file", Where(path.name))
    else:
        ledger.error("io.not_a_workbook", Where(path.name))
    return False


def _entries(archive: zipfile.ZipFile, path: Path, ledger: Ledger, limits: Limits) -> bool:
    """The directory of the zip: names, number, sizes as declared."""
    entries, where = archive.infolist(), Where(path.name)
    before = sum(ledger.counts().values())
    names = [entry.filename for entry in entries]
    if len(entries) > limits.entries:
        ledger.error("io.zip_entries", where, count=len(entries), most=limits.entries)
    if len(set(names)) < len(names):
        ledger.error("io.zip_names", where, name=next(name for name in names if names.count(name) > 1))
    for name in names:
        if escapes_folder(name):
            ledger.error("io.zip_names", where, name=name)
    if any(entry.flag_bits & 1 for entry in entries):
        ledger.error("io.workbook_encrypted", where)
    unpacked = sum(entry.file_size for entry in entries)
    steep = [e for e in entries if e.file_size > 10_000_000 and e.file_size > limits.ratio * max(e.compress_size, 1)]
    if unpacked > limits.unpacked_bytes or steep or sum(e.compress_size for e in entries) > path.stat().st_size:
        ledger.error("io.zip_bomb", where, size=unpacked)
    lower = [name.lower() for name in names]
    if not any(_SHEET.fullmatch(name) for name in lower) or "xl/workbook.xml" not in lower:
        ledger.error("io.not_a_workbook", where)
    if any(name.endswith(("vbaproject.bin", "macrosheets/")) or "/macrosheets/" in name for name in lower):
        ledger.error("io.macros", where)
    refused = sum(ledger.counts().values()) > before
    if any("externallinks/" in name for name in lower):
        ledger.warning("io.external_links", where)
    return not refused


def escapes_folder(name: str) -> bool:
    """True for the name of a part that would land outside the folder it is unpacked into."""
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or name.startswith(("/", "\\")) or ":" in name or "\0" in name


def _parts(archive: zipfile.ZipFile, path: Path, ledger: Ledger, limits: Limits) -> bool:
    """Every XML part, as it really unpacks."""
    good, left = True, limits.unpacked_bytes
    for entry in archive.infolist():
        scan = _Scan()
        for chunk in _chunks(archive, entry):
            left -= len(chunk)
            if left < 0:
                ledger.error("io.zip_bomb", Where(path.name), size=limits.unpacked_bytes)
                return False
            if entry.filename.lower().endswith((".xml", ".rels", ".vml")):
                scan.look(chunk, sheet=bool(_SHEET.fullmatch(entry.filename.lower())))
        good &= _judged(scan, entry.filename, path, ledger, limits)
    return good


def _chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(entry) as part:
        while chunk := part.read(_CHUNK):
            yield chunk


class _Scan:
    """What one XML part holds, seen chunk by chunk; a cell that lies across two chunks is seen whole."""

    def __init__(self) -> None:
        self.row = self.column = 0
        self.strange = self.entities = False
        self.cached: list[str] = []
        self.uncached: list[str] = []
        self.errors: list[str] = []
        self._tail = b""
        self._first = True

    def look(self, chunk: bytes, *, sheet: bool) -> None:
        if self._first and chunk[:2] in (b"\xff\xfe", b"\xfe\xff", b"\0<", b"<\0"):
            self.entities = True  # XML in UTF-16 would hide what is searched for below
        self._first = False
        text = self._tail + chunk
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
            self.entities = True
        cut = (
            max(text.rfind(b"</c>"), text.rfind(b":c>"), text.rfind(b"<row"), len(text) - _TAIL)
            if sheet
            else len(text) - 16
        )
        whole, self._tail = text[: max(cut, 0)], text[max(cut, 0) :]
        if sheet:
            self._cells(whole)

    def finish(self, *, sheet: bool) -> None:
        if sheet:
            self._cells(self._tail)
        self._tail = b""

    def _cells(self, text: bytes) -> None:
        references = set(_REFERENCE.findall(text))
        for reference in references:
            plain = _PLAIN_REFERENCE.fullmatch(reference)
            if plain is None:
                self.strange = True
                continue
            self.row = max(self.row, int(plain[2]))
            self.column = max(self.column, _column_number(plain[1]))
        self.row = max([self.row, *map(int, _ROW.findall(text))])
        if b"<f" in text or b":f" in text:
            for cell, value in _FORMULA.findall(text):
                (self.cached if value.strip() else self.uncached).append(_reference(cell))
        if b"t=" in text:
            self.errors += [_reference(cell) for cell in _ERROR_CELL.findall(text)]


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _reference(attributes: bytes) -> str:
    found = _AT.search(attributes)
    return found[1].decode("ascii") if found else "?"


def _judged(scan: _Scan, part: str, path: Path, ledger: Ledger, limits: Limits) -> bool:
    sheet = bool(_SHEET.fullmatch(part.lower()))
    scan.finish(sheet=sheet)
    where = Where(path.name, 0, part.rsplit("/", 1)[-1])
    if scan.entities:
        ledger.error("io.xml_tricks", where)
        return False
    if scan.strange or _too_wide(scan, limits):
        ledger.error("io.far_cell", where, row=scan.row, column=scan.column, rows=limits.rows, columns=limits.columns)
        return False
    if scan.errors:
        ledger.error("io.error_cells", where, cells=", ".join(scan.errors[:5]), count=len(scan.errors))
    if scan.uncached:
        ledger.error("io.formula_without_value", where, cells=", ".join(scan.uncached[:5]), count=len(scan.uncached))
    if scan.cached:
        ledger.note("io.formula", where, cells=", ".join(scan.cached[:5]), count=len(scan.cached))
    return not (scan.errors or scan.uncached)


def _too_wide(scan: _Scan, limits: Limits) -> bool:
    return scan.row > limits.rows or scan.column > limits.columns or scan.row * scan.column > limits.cells
