"""What people may decide alone, as their table in a file says it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_LIMITS = ("authority", "authority_units")


def with_limits(row: Mapping[str, str]) -> dict[str, Any]:
    """A person's row with its limits in money and volume as numbers; a blank one is left to its default."""
    limits = {name: float(row[name]) if row[name] else None for name in _LIMITS}
    return {**row, **limits}
