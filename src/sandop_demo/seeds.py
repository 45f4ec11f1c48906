"""Random numbers that stay where they are: every part draws from a stream of its own name."""

from __future__ import annotations

import hashlib

import numpy as np


def stream(seed: int, *names: str) -> np.random.Generator:
    """The stream of this name. Another item or month has another stream, so adding one changes no other."""
    digest = hashlib.sha256("/".join(names).encode("utf-8")).digest()
    return np.random.default_rng([seed, int.from_bytes(digest[:8], "big")])
