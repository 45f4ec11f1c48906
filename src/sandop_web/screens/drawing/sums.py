"""A waterfall's bars: where each begins and ends, on the ground or hanging where the last one ended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sandop.pack.page import Step


@dataclass(frozen=True)
class Bar:
    """One bar: `base` is where it begins above the ground, `height` how tall it is, `amount` what it says."""

    name: str
    base: float
    height: float
    amount: float
    role: str


def bars_of(steps: Iterable[Step]) -> tuple[Bar, ...]:
    """The bars of a waterfall, from left to right."""
    bars, level = [], 0.0
    for step in steps:
        if step.total:
            level = step.amount
            bars.append(Bar(step.name, 0.0, step.amount, step.amount, "total"))
            continue
        after = level + step.amount
        role = "missing" if step.missing else "up" if step.amount >= 0 else "down"
        bars.append(Bar(step.name, min(level, after), abs(step.amount), step.amount, role))
        level = after
    return tuple(bars)
