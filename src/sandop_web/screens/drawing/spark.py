"""A line without axes: how a figure went, small enough to stand beside it."""

from __future__ import annotations

from collections.abc import Sequence

WIDTH, HEIGHT = 96, 24  # of the drawing, in its own units


def spark_line(values: Sequence[float | None]) -> str:
    """Points of an SVG polyline through the values that are there; empty for fewer than two of them."""
    known = [(place, value) for place, value in enumerate(values) if value is not None and value == value]
    if len(known) < 2:
        return ""
    low, high = min(value for _, value in known), max(value for _, value in known)
    across, up = WIDTH / (len(values) - 1), (HEIGHT - 4) / ((high - low) or 1.0)
    return " ".join(f"{place * across:.1f},{HEIGHT - 2 - (value - low) * up:.1f}" for place, value in known)
