"""The geometry of a waterfall: where each bar stands, also below zero, and where the axis begins."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from sandop.pack.page import Step


@dataclass(frozen=True)
class Bars:
    """Stacked pieces of each bar, (step,). The base is not drawn; `below` pieces hang under zero.

    tops  where the label of each bar stands
    """

    base: tuple[float | None, ...]
    pieces: dict[str, tuple[float | None, ...]]
    tops: tuple[float, ...]
    axis_from: float | None


def bars(steps: Sequence[Step]) -> Bars:
    """The bars of the steps: totals from zero, changes from where the last bar ended."""
    base: list[float | None] = []
    pieces: dict[str, list[float | None]] = {
        f"{role}{side}": [] for side in ("", "_below") for role in ("total", "up", "down", "missing")
    }
    tops: list[float] = []
    level = 0.0
    for step in steps:
        start, end = (0.0, step.amount) if step.total else (level, level + step.amount)
        role = _role(step)
        low, high = min(start, end), max(start, end)
        base.append(low if low > 0 else high if high < 0 else None)
        for name in pieces:
            pieces[name].append(None)
        if high > 0:
            pieces[role][-1] = high - max(low, 0.0)
        if low < 0:
            pieces[f"{role}_below"][-1] = low - min(high, 0.0)
        tops.append(high)
        level = end
    drawn = {name: tuple(piece) for name, piece in pieces.items() if any(part is not None for part in piece)}
    return Bars(tuple(base), drawn, tuple(tops), axis_start(steps))


def _role(step: Step) -> str:
    if step.total or step.missing:
        return "total" if step.total else "missing"
    return "up" if step.amount >= 0 else "down"


def axis_start(steps: Sequence[Step]) -> float | None:
    """Where the axis begins: None for zero; higher where the changes would be too small to see beside the totals."""
    levels = _levels(steps)
    if not levels or min(levels) <= 0:
        return None
    low, high = min(levels), max(levels)
    if low < 0.6 * high or high == low:
        return None
    unit = 10.0 ** math.floor(math.log10(high - low))
    start = math.floor((low - 0.8 * (high - low)) / unit) * unit
    return start if start > 0 else None


def _levels(steps: Sequence[Step]) -> list[float]:
    levels: list[float] = []
    for step in steps:
        levels.append(step.amount if step.total else (levels[-1] if levels else 0.0) + step.amount)
    return levels
