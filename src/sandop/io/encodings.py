"""From the bytes of a file to its text: UTF-8, UTF-16 and the Chinese GB18030 (with GBK) are told apart."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


@dataclass(frozen=True)
class Decoded:
    """Text of a file and how it was read; `bad_row` is the first line that no encoding explains, else 0."""

    text: str
    encoding: str
    bad_row: int = 0


def decoded(content: bytes) -> Decoded:
    """The text, by byte-order mark, else by what the bytes can be: UTF-16, UTF-8, GB18030, in this order."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(content[len(mark) :], encoding)
    encoding = _unmarked_utf16(content[:4096])
    if encoding:
        return _strictly(content, encoding)
    try:
        return Decoded(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as unreadable:
        row = content.count(b"\n", 0, unreadable.start) + 1
    try:
        return Decoded(content.decode("gb18030"), "gb18030")
    except UnicodeDecodeError:
        return Decoded("", "", row)


def _strictly(content: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(content.decode(encoding), encoding)
    except UnicodeDecodeError as unreadable:
        return Decoded("", "", content.count(b"\n", 0, unreadable.start) + 1)


def _unmarked_utf16(start: bytes) -> str:
    """Every other byte of Western text in UTF-16 is zero."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if max(even, odd) * 3 < len(start) // 2 or min(even, odd) * 8 > max(even, odd):
        return ""
    if max(even, odd) < 4:
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"
