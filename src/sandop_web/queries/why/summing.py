"""Numbers of a measure at a level: over the rows that a question chooses, in one unit, period by period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sandop.measures import measure
from sandop.network import Network
from sandop.plan import Sheet, by_month, in_plan_units, level
from sandop_web.access.sheet_rows import Part, chosen

_WEEK = "W"  # in the label of a week, never in that of a month


@dataclass(frozen=True)
class Asked:
    """Which number: a measure over the rows of all the labels (level → label; empty is all), in a period (empty is
    the whole span)."""

    measure: str
    at: Mapping[str, str]
    period: str = ""


@dataclass(frozen=True)
class Piece:
    """A number from which another is made, at the same place. `rows` are how many it sums."""

    measure: str
    direction: str
    value: float | None
    decimals: int
    rows: int


@dataclass(frozen=True)
class Portion:
    """What one label at the next level below contributes."""

    level: str
    part: Part
    value: float
    share: float | None


@dataclass(frozen=True)
class Course:
    """How a number went, period by period. `what` says which number: plan, last_plan, actual."""

    what: str
    measure: str
    periods: tuple[str, ...]
    values: tuple[float | None, ...]


def asked_of(*, sheet: Sheet, network: Network, asked: Asked) -> Sheet:
    """The rows of the sheet that the question chooses, as months where it names none of the sheet's weeks."""
    rows = sheet.take(chosen(rows=sheet.rows, network=network, wanted=asked.at))
    in_weeks = rows.periods.bucket == "week"
    return by_month(rows) if in_weeks and _WEEK not in asked.period and len(rows.rows) else rows


def along(*, sheet: Sheet, network: Network, own_unit: bool = True) -> NDArray[np.float64] | None:
    """The rows' total in each period, (period,): in plan units where several items meet, in the measure's own unit
    for one row (`own_unit`; else in plan units too, beside others). None where they do not add up: a rate over
    several rows, or families of different plan units."""
    if not len(sheet.rows):
        return None
    if len(sheet.rows) == 1 and (own_unit or measure(sheet.name).over_rows != "sum"):
        alone: NDArray[np.float64] = sheet.values[0]
        return alone
    if measure(sheet.name).over_rows != "sum":
        return None
    at = level(sheet.rows, network, ())
    try:
        total: NDArray[np.float64] = at.total(in_plan_units(sheet, network, at))[0]
    except ValueError:  # families of different plan units have no total
        return None
    return total


def in_period(*, name: str, values: NDArray[np.float64], labels: tuple[str, ...], period: str) -> float | None:
    """The number of a period among `values`, (period,), which `labels` name; over the whole span flows are summed,
    levels take the last. None for a blank, and where the measure has no number over time."""
    if period:
        found = values[labels.index(period)] if period in labels else np.nan
    elif not np.isfinite(values).any() or measure(name).over_time not in ("sum", "last"):
        return None
    else:
        found = np.nansum(values) if measure(name).over_time == "sum" else values[-1]
    return float(found) if np.isfinite(found) else None
