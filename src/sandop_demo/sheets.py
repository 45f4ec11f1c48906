"""Small steps that both companies take with sheets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from sandop.calendar import Periods
from sandop.plan import Sheet

Name = TypeVar("Name", bound=tuple[str, ...])


def sheet_of(name: str, periods: Periods, series: Mapping[Name, Iterable[float]]) -> Sheet:
    """A sheet of these series (key → values in each period), rounded as it is stored."""
    return Sheet.of(
        name, periods, {key: [float(value) for value in values] for key, values in series.items()}
    ).rounded()


def spoken(sheet: Sheet) -> Sheet:
    """The rows on which anybody has said anything."""
    known: NDArray[np.bool_] = np.any(~np.isnan(sheet.values), axis=1)
    return sheet.take(known)


def not_nothing(sheet: Sheet) -> Sheet:
    """The rows that hold anything but blanks and zeros."""
    held: NDArray[np.bool_] = np.any(np.nan_to_num(sheet.values) != 0, axis=1)
    return sheet.take(held)
