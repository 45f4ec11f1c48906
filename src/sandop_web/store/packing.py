"""How a piece of content is kept: named by a hash over what it says, compressed by how it says it.

The hash is taken before compression, so a better way to compress never renames anything: the first byte of what is
kept says how it was packed.
"""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass

import numpy as np
import zstandard

_PLAIN, _WORDS = 0, 1  # as it is; or the first bytes of all eight-byte words, then their second bytes …
_WORD = 8  # bytes of a number
_LEVEL = 3
_here = threading.local()  # a compressor serves one thread at a time


class ContentIsDamaged(ValueError):
    """What is kept does not say what its name says."""


@dataclass(frozen=True)
class Packed:
    """A piece of content ready to be kept: its name and its packed bytes."""

    hash: str
    content: bytes


def pack(content: bytes, *, words: bool = False) -> Packed:
    """The content under the SHA-256 of what it says. `words` where it is numbers of eight bytes, which compress
    better byte by byte; its length is then a multiple of eight."""
    bare = _by_byte(content) if words else content
    how = _WORDS if words else _PLAIN
    return Packed(hashlib.sha256(content).hexdigest(), bytes([how]) + _compressor().compress(bare))


def unpack(packed: Packed) -> bytes:
    """The content again. Raises ContentIsDamaged where it does not hash to its name."""
    try:
        bare = _decompressor().decompress(packed.content[1:])
    except zstandard.ZstdError as damage:
        raise ContentIsDamaged(f"{packed.hash} cannot be opened") from damage
    content = _by_word(bare) if packed.content[0] == _WORDS else bare
    if hashlib.sha256(content).hexdigest() != packed.hash:
        raise ContentIsDamaged(f"{packed.hash} holds something else")
    return content


def _by_byte(content: bytes) -> bytes:
    return np.frombuffer(content, dtype=np.uint8).reshape(-1, _WORD).T.tobytes()


def _by_word(bare: bytes) -> bytes:
    return np.frombuffer(bare, dtype=np.uint8).reshape(_WORD, -1).T.tobytes()


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
