"""How a piece of content is kept: named by a hash over what it says, compressed by how it says it.

The hash is taken before compression, so a better way to compress never renames anything: the first byte of what is
kept says how it was packed. Numbers are kept as whole numbers of their last decimal, byte by byte: a third of what
they take as they are, because the digits behind the last decimal are noise to a compressor.
"""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass
from typing import Any

import numpy as np
import zstandard
from numpy.typing import NDArray

from sandop.plan import Values

_PLAIN, _WORDS, _WHOLE = 0, 1, 2  # as it is; numbers by byte; whole numbers of the last decimal, by byte
_HEADER = 16  # bytes before the numbers
_BLANK = {4: np.iinfo(np.int32).min, 8: np.iinfo(np.int64).min}  # stands for NaN among whole numbers
_EXACT = 2.0**53  # up to here a whole number and its float are the same
_LEVEL = 1
_here = threading.local()  # a compressor serves one thread at a time


class ContentIsDamaged(ValueError):
    """What is kept does not say what its name says."""


@dataclass(frozen=True)
class Packed:
    """A piece of content ready to be kept: its name and its packed bytes."""

    hash: str
    content: bytes


def pack(content: bytes) -> Packed:
    """The content under the SHA-256 of what it says."""
    return Packed(hashlib.sha256(content).hexdigest(), bytes([_PLAIN]) + _compressor().compress(content))


def pack_numbers(header: bytes, values: Values, decimals: int) -> Packed:
    """A header of sixteen bytes and `values`, (row, period), under the SHA-256 of both; `decimals` is how many the
    values have. Values that have more are kept as they are."""
    numbers = np.ascontiguousarray(values, dtype="<f8")
    name = hashlib.sha256(header + numbers.tobytes()).hexdigest()
    whole = _whole(numbers, decimals)
    if whole is None:
        return Packed(name, bytes([_WORDS]) + _compressor().compress(header + _by_byte(numbers)))
    how = bytes([_WHOLE, decimals, whole.itemsize])
    return Packed(name, how + _compressor().compress(header + _by_byte(whole)))


def unpack(packed: Packed) -> bytes:
    """The content again. Raises ContentIsDamaged where it does not hash to its name."""
    try:
        content = _unpacked(packed.content)
    except (zstandard.ZstdError, ValueError, IndexError) as damage:
        raise ContentIsDamaged(f"{packed.hash} cannot be opened") from damage
    if hashlib.sha256(content).hexdigest() != packed.hash:
        raise ContentIsDamaged(f"{packed.hash} holds something else")
    return content


def _unpacked(kept: bytes) -> bytes:
    how = kept[0]
    bare = _decompressor().decompress(memoryview(kept)[3 if how == _WHOLE else 1 :])
    if how == _PLAIN:
        return bare
    if how == _WORDS:
        return bare[:_HEADER] + _by_word(bare, 8).tobytes()
    decimals, width = kept[1], kept[2]
    whole = _by_word(bare, width).view(f"<i{width}").ravel()
    numbers = whole / 10.0**decimals
    numbers[whole == _BLANK[width]] = np.nan
    return bare[:_HEADER] + numbers.tobytes()


def _whole(numbers: Values, decimals: int) -> NDArray[np.int32] | NDArray[np.int64] | None:
    """The numbers counted in their last decimal, blanks as the smallest number there is; None where that would not
    give them back to the last bit."""
    blank = np.isnan(numbers)
    counted = np.rint(np.where(blank, 0.0, numbers) * 10.0**decimals)
    largest = float(np.abs(counted).max(initial=0.0))
    if not largest < _EXACT or not np.array_equal(counted / 10.0**decimals, np.where(blank, 0.0, numbers)):
        return None
    width = 4 if largest < np.iinfo(np.int32).max else 8
    whole = counted.astype(f"<i{width}")
    whole[blank] = _BLANK[width]
    return whole


def _by_byte(numbers: NDArray[Any]) -> bytes:
    """First the first bytes of all numbers, then their second bytes …"""
    return numbers.view(np.uint8).reshape(-1, numbers.itemsize).T.tobytes()


def _by_word(bare: bytes, width: int) -> NDArray[np.uint8]:
    """The bytes that `_by_byte` sorted, number by number, (number, byte)."""
    return np.ascontiguousarray(np.frombuffer(bare, dtype=np.uint8, offset=_HEADER).reshape(width, -1).T)


def _compressor() -> zstandard.ZstdCompressor:
    if not hasattr(_here, "compressor"):
        _here.compressor = zstandard.ZstdCompressor(level=_LEVEL)
    made: zstandard.ZstdCompressor = _here.compressor
    return made


def _decompressor() -> zstandard.ZstdDecompressor:
    if not hasattr(_here, "decompressor"):
        _here.decompressor = zstandard.ZstdDecompressor()
    made: zstandard.ZstdDecompressor = _here.decompressor
    return made
