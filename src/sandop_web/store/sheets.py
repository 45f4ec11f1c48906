"""A sheet in pieces: a head that names its rows and periods, and blocks of 256 rows by all periods.

Rows keep the order in which they came, so that a new row touches the head and the last block only; they are sorted
when the sheet is read. The head does not name the measure: measures on the same rows share it.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sandop.calendar import Periods
from sandop.io.days import periods_of
from sandop.measures import measure
from sandop.plan import Key, Rows, Sheet, Values
from sandop_web.store.models.plan import HEAD
from sandop_web.store.packing import Packed, pack, pack_numbers

BLOCK_ROWS = 256
_BLOCK = struct.Struct("<8sII")  # tag, rows, periods: sixteen bytes
_BLOCK_TAG = b"block\0\0\0"
_HEAD_TAG = b"head\0"
_ROW, _PART = "\x1e", "\x1f"  # between keys, and between the ids of a key


@dataclass(frozen=True, eq=False)
class Head:
    """Rows and periods of a sheet as it is kept.

    keys    names of the rows in the order they are kept, not sorted
    """

    grain: tuple[str, ...]
    keys: tuple[Key, ...]
    periods: Periods

    @cached_property
    def position(self) -> dict[Key, int]:
        """Key → place in the order kept."""
        return {key: place for place, key in enumerate(self.keys)}

    @cached_property
    def order(self) -> NDArray[np.int64] | None:
        """Place kept of each sorted row, (row,); None where they are kept sorted."""
        if all(a < b for a, b in zip(self.keys, self.keys[1:])):
            return None
        return np.array(sorted(range(len(self.keys)), key=lambda place: self.keys[place]), dtype=np.int64)

    @cached_property
    def rows(self) -> Rows:
        """The rows, sorted."""
        return Rows(self.grain, self.keys if self.order is None else tuple(self.keys[i] for i in self.order))


def pieces(sheet: Sheet) -> Iterator[tuple[int, Packed]]:
    """Block number → content: the head first, then the blocks, values as stored."""
    yield HEAD, pack_head(Head(sheet.rows.grain, sheet.rows.keys, sheet.periods))
    values = as_stored(sheet.name, sheet.values)
    for number in range(-(-len(sheet.rows) // BLOCK_ROWS)):
        yield number, pack_block(sheet.name, values[number * BLOCK_ROWS : (number + 1) * BLOCK_ROWS])


def as_stored(name: str, values: Values) -> Values:
    """`values` of a measure, of any shape such as (row, period), rounded to its decimals; one bit pattern for every
    blank."""
    rounded = measure(name).rounded(values)
    return np.where(np.isnan(rounded), np.nan, rounded)


def pack_head(head: Head) -> Packed:
    """The head as content: what it is in one line of JSON, then the keys, which are opened most often. Raises
    ValueError for an id that holds a separator."""
    said = [head.grain, len(head.keys), head.periods.labels]
    line = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    keys = _ROW.join(_PART.join(key) for key in head.keys)
    if keys.count(_ROW) != max(len(head.keys) - 1, 0) or keys.count(_PART) != len(head.keys) * (len(head.grain) - 1):
        raise ValueError("an id holds a separator of ids")
    return pack(_HEAD_TAG + f"{line}\n{keys}".encode())


def open_head(content: bytes) -> Head:
    """The head that `pack_head` packed."""
    line, _, keys = content[len(_HEAD_TAG) :].decode("utf-8").partition("\n")
    grain, count, labels = json.loads(line)
    rows = keys.split(_ROW) if count else []
    return Head(tuple(grain), tuple(tuple(row.split(_PART)) for row in rows), periods_of(labels))


def pack_block(name: str, values: Values) -> Packed:
    """`values` of a measure as stored, (row, period), as content."""
    return pack_numbers(_BLOCK.pack(_BLOCK_TAG, *values.shape), values, measure(name).decimals)


def open_block(content: bytes) -> Values:
    """The values that `pack_block` packed, (row, period), read-only."""
    _, rows, periods = _BLOCK.unpack_from(content)
    values: Values = np.frombuffer(content, dtype="<f8", offset=_BLOCK.size).reshape(rows, periods)
    return values


def joined(name: str, head: Head, blocks: Sequence[Values]) -> Sheet:
    """The sheet of a head and its `blocks` in their order, each (row, period)."""
    values = np.concatenate(blocks) if blocks else np.empty((0, len(head.periods)))
    values = values if head.order is None else values[head.order]
    values.setflags(write=False)
    return Sheet(name, head.rows, head.periods, values)
