"""Links that narrow the page they stand on to a family or a region, and keep what the reader looks at."""

from __future__ import annotations

from urllib.parse import urlencode

from sandop_web.queries.steps.content import Reading


def narrowed(reading: Reading, *, family: str = "", region: str = "") -> str:
    """What stands behind the address of the same page for this family or region."""
    kept = {
        "version": reading.by.looking_at or "",
        "family": family or reading.by.family,
        "region": region or reading.by.region,
    }
    return "?" + urlencode({name: value for name, value in kept.items() if value})
