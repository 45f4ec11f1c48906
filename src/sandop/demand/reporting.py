"""What the demand review's flat tables are made of."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sandop.findings import Finding, note

MOST_LISTED = 20  # findings of one kind that a planner reads; the rest are counted


def figure(value: float, decimals: int = 6) -> float | None:
    """A number of a report; a blank is None."""
    return None if not np.isfinite(value) else round(float(value), decimals) + 0.0


def series_name(key: Sequence[str]) -> str:
    """Name of a series or node in reports and findings: its ids with bars between."""
    return " | ".join(key)


def worst_first(findings: Sequence[Finding], more_message: str) -> list[Finding]:
    """The first `MOST_LISTED` findings, and, as `more_message`, how many more there are."""
    more = len(findings) - MOST_LISTED
    listed = list(findings[:MOST_LISTED])
    return [*listed, note(more_message, count=more)] if more > 0 else listed
