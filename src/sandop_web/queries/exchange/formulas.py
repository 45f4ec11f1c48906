"""Which cells of a worksheet are still the live totals that an export wrote: the reader of values cannot tell a
computed number from a typed one, so the XML is looked through, as bytes and piece by piece."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

_OURS = re.compile(rb"\s*(?:of:)?=?\s*IF\(\s*COUNT(?:IFS)?\(", re.IGNORECASE)
_FORMULA = re.compile(rb"""<(?:\w+:)?c\b([^<>]*)>\s*<(?:\w+:)?f\b([^<>]*?)(?:/>|>([^<]*)</(?:\w+:)?f>)""")
_AT = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,3}\d{1,7})["']""")
_SHARED = re.compile(rb"""\bsi\s*=\s*["'](\d{1,9})["']""")
_CHUNK = 4_000_000
_LINKS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def live_totals(path: Path, sheet: str) -> frozenset[str]:
    """References ("F12") of the cells on this worksheet that still hold a total's formula. The workbook has been
    looked through before (`scan_workbook`): its parts are small and hold no tricks. Empty where the sheet is not
    found."""
    with zipfile.ZipFile(path) as archive:
        part = _part_of(archive, sheet)
        return frozenset(_found(archive, part)) if part else frozenset()


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """Name of the part that holds the worksheet of this title."""
    names = {name.lower(): name for name in archive.namelist()}
    book = ElementTree.fromstring(archive.read(names["xl/workbook.xml"]))
    wanted = next(
        (one.get(_ID) for one in book.iter() if one.tag.endswith("}sheet") and one.get("name") == sheet), ""
    )
    links = ElementTree.fromstring(archive.read(names["xl/_rels/workbook.xml.rels"]))
    target = next((one.get("Target", "") for one in links.iter(_LINKS) if one.get("Id") == wanted), "")
    part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    return names.get(part.lower(), "")


def _found(archive: zipfile.ZipFile, part: str) -> Iterator[str]:
    """The cells whose formula begins as ours do; of a shared formula only the first cell spells it out."""
    shared: dict[bytes, bool] = {}
    for text in _pieces(archive, part):
        for cell, attributes, formula in _FORMULA.findall(text):
            group = _SHARED.search(attributes)
            ours = bool(_OURS.match(formula))
            if group and formula:
                shared[group[1]] = ours
            elif group:
                ours = shared.get(group[1], False)
            at = _AT.search(cell)
            if ours and at:
                yield at[1].decode("ascii").upper()


def _pieces(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The part in pieces, none of which cuts a cell in two."""
    rest = b""
    with archive.open(part) as opened:
        while chunk := opened.read(_CHUNK):
            text = rest + chunk
            cut = max(text.rfind(b"</c>"), text.rfind(b":c>"), 0)
            yield text[:cut]
            rest = text[cut:]
    yield rest
