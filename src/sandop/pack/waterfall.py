"""The geometry of a waterfall: where each bar stands, also below zero, and its axis."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sandop.pack.page import Step, Waterfall
from sandop.pack.style import least_shown

_NICE = (1.0, 2.0, 2.5, 5.0)  # steps of an axis that are easily read, times a power of ten
_FEWEST, _MOST = 4, 5  # intervals of an axis
_GROUND = 0.8  # of the amounts' range: what is shown below the lowest
_ROOM = 0.1  # of the axis: what the label above the highest bar takes


@dataclass(frozen=True)
class Bars:
    """Stacked pieces of each bar, (step,). The base is not drawn; `below` pieces hang under zero.

    tops  where the label of each bar stands
    """

    base: tuple[float | None, ...]
    pieces: dict[str, tuple[float | None, ...]]
    tops: tuple[float, ...]


@dataclass(frozen=True)
class Axis:
    """An axis that does not begin at zero, in the unit of the amounts: `start` and `end` are whole intervals."""

    start: float
    end: float
    interval: float


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
    return Bars(tuple(base), drawn, tuple(tops))


def _role(step: Step) -> str:
    if step.total or step.missing:
        return "total" if step.total else "missing"
    return "up" if step.amount >= 0 else "down"


def cut_axis(chart: Waterfall) -> Axis | None:
    """The axis of a waterfall whose changes would be too small to see beside its totals: four or five intervals that
    its form can write, with room for a label above the highest bar. None where the axis begins at zero."""
    levels = _levels(chart.steps)
    if not levels or min(levels) <= 0:
        return None
    low, high = min(levels), max(levels)
    if low < 0.6 * high or high == low:
        return None
    axis = _nice_axis(low - _GROUND * (high - low), high, least_shown(chart.form))
    return axis if axis.start > 0 else None


def _nice_axis(bottom: float, top: float, least: float) -> Axis:
    """From the bottom or a little below to above the top, in the smallest step that takes no more than `_MOST`."""
    for step in _nice_steps(bottom, top, least):
        first = math.floor(bottom / step)
        last = math.ceil((top + _ROOM * max(top - first * step, _FEWEST * step)) / step)
        if last - first <= _MOST:
            break
    first = min(first, last - _FEWEST)
    return Axis(*(round(place * step, 9) for place in (first, last, 1)))


def _nice_steps(bottom: float, top: float, least: float) -> Iterator[float]:
    """Steps from too small to too large for the range, each a whole number of the least that can be written."""
    power = math.floor(math.log10((top - bottom) / _MOST))
    for exponent in itertools.count(power):
        for nice in _NICE:
            step = nice * 10.0**exponent
            if math.isclose(step / least, max(round(step / least), 1)):
                yield step


def _levels(steps: Sequence[Step]) -> list[float]:
    levels: list[float] = []
    for step in steps:
        levels.append(step.amount if step.total else (levels[-1] if levels else 0.0) + step.amount)
    return levels
