"""A sheet: one measure, one row per planned series, one column per period. A blank is NaN: nobody has said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from sandop.calendar import Periods
from sandop.measures import measure

Key: TypeAlias = tuple[str, ...]
Values: TypeAlias = NDArray[np.float64]


class MisalignedSheets(ValueError):
    """Two sheets with different rows or periods were combined."""


@dataclass(frozen=True, eq=False)
class Rows:
    """Names of the planned series, sorted and without repetition.

    grain   what a name is made of, e.g. ("item", "site", "customer")
    keys    one tuple of ids per row
    """

    grain: tuple[str, ...]
    keys: tuple[Key, ...]

    @staticmethod
    def of(grain: Sequence[str], keys: Iterable[Key]) -> Rows:
        """Sorted rows of these keys; repeated ones count once."""
        return Rows(tuple(grain), tuple(sorted(set(keys))))

    def __post_init__(self) -> None:
        if any(a >= b for a, b in zip(self.keys, self.keys[1:])):
            raise ValueError("rows must be sorted and unique; use Rows.of")
        if self.keys and len(self.keys[0]) != len(self.grain):
            raise ValueError(f"keys of {len(self.keys[0])} parts for grain {self.grain}")

    def __len__(self) -> int:
        return len(self.keys)

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Rows) and self.grain == other.grain and self.keys == other.keys)

    def __hash__(self) -> int:
        return hash((self.grain, self.keys))

    @cached_property
    def position(self) -> dict[Key, int]:
        """Key → place."""
        return {key: i for i, key in enumerate(self.keys)}

    def column(self, part: str) -> NDArray[np.object_]:
        """One part of the keys, e.g. the item of every row, (row,)."""
        place = self.grain.index(part)
        column = np.empty(len(self.keys), dtype=object)
        column[:] = [key[place] for key in self.keys]
        return column

    def places(self, keys: Iterable[Key]) -> NDArray[np.int64]:
        """Places of the keys, (key,); -1 where a key is not among the rows."""
        position = self.position
        return np.array([position.get(key, -1) for key in keys], dtype=np.int64)

    def where(self, **parts: str) -> NDArray[np.bool_]:
        """True for the rows whose parts have these ids, (row,). `where(item="A", site="P1")`."""
        mask = np.ones(len(self.keys), dtype=bool)
        for part, wanted in parts.items():
            mask &= self.column(part) == wanted
        return mask


@dataclass(frozen=True, eq=False)
class Sheet:
    """Values of one measure.

    name     the measure, a row of `measures.csv`
    rows     names of the series
    periods  the columns
    values   (row, period), in the measure's unit, read-only; NaN is a blank
    """

    name: str
    rows: Rows
    periods: Periods
    values: Values

    def __post_init__(self) -> None:
        values = np.asarray(self.values, dtype=np.float64)
        if values.shape != (len(self.rows), len(self.periods)):
            raise ValueError(f"{self.name}: values {values.shape} for {(len(self.rows), len(self.periods))}")
        if values is self.values and values.flags.writeable:
            values = values.copy()
        values.setflags(write=False)
        object.__setattr__(self, "values", values)

    @staticmethod
    def blank(name: str, rows: Rows, periods: Periods) -> Sheet:
        """A sheet on which nobody has said anything yet."""
        return Sheet(name, rows, periods, np.full((len(rows), len(periods)), np.nan))

    @staticmethod
    def of(name: str, periods: Periods, series: Mapping[Key, Sequence[float]]) -> Sheet:
        """A sheet of these series (key → values in each period); the grain comes from the measure."""
        rows = Rows.of(measure(name).grain, series)
        values = np.array([series[key] for key in rows.keys], dtype=np.float64)
        return Sheet(name, rows, periods, values.reshape(len(rows), len(periods)))

    @property
    def unit(self) -> str:
        return measure(self.name).unit

    def named(self, name: str) -> Sheet:
        """The same numbers under another measure."""
        return replace(self, name=name)

    def with_values(self, values: Values, name: str | None = None) -> Sheet:
        """Other numbers on the same rows and periods."""
        return Sheet(name or self.name, self.rows, self.periods, values)

    def filled(self, value: float = 0.0) -> Sheet:
        """Blanks replaced by `value`: only where the field's rule says what a blank means."""
        return self.with_values(np.where(np.isnan(self.values), value, self.values))

    def rounded(self) -> Sheet:
        """Values as they are stored."""
        return self.with_values(measure(self.name).rounded(self.values))

    def on(self, rows: Rows, periods: Periods | None = None) -> Sheet:
        """The sheet on other rows and periods of the same grain; what it does not know is blank.

        Raises MisalignedSheets where the grain differs.
        """
        if rows.grain != self.rows.grain:
            raise MisalignedSheets(f"{self.name}: grain {self.rows.grain} is not {rows.grain}")
        periods = periods or self.periods
        values = np.full((len(rows), len(periods)), np.nan)
        source_rows = self.rows.places(rows.keys)
        source_columns = np.array([self.periods.position.get(label, -1) for label in periods.labels], dtype=int)
        row, column = np.flatnonzero(source_rows >= 0), np.flatnonzero(source_columns >= 0)
        values[np.ix_(row, column)] = self.values[np.ix_(source_rows[row], source_columns[column])]
        return Sheet(self.name, rows, periods, values)

    def take(self, mask: NDArray[np.bool_]) -> Sheet:
        """The rows where `mask` (row,) is true."""
        keys = tuple(key for key, keep in zip(self.rows.keys, mask) if keep)
        return Sheet(self.name, Rows(self.rows.grain, keys), self.periods, self.values[mask])

    def combine(self, other: Sheet, operation: Callable[[Values, Values], Values], name: str) -> Sheet:
        """`operation` cell by cell. Raises MisalignedSheets where rows or periods differ."""
        require_aligned(self, other)
        return self.with_values(operation(self.values, other.values), name)

    def at(self, key: Key, period: str) -> float:
        """One cell. Raises KeyError for an unknown row or period."""
        return float(self.values[self.rows.position[key], self.periods.position[period]])


def require_aligned(*sheets: Sheet) -> None:
    """Raises MisalignedSheets unless all sheets have the same rows and periods."""
    first = sheets[0]
    for sheet in sheets[1:]:
        if sheet.rows != first.rows or sheet.periods.labels != first.periods.labels:
            raise MisalignedSheets(
                f"{first.name} {len(first.rows)} x {first.periods.labels[:1]}.. and {sheet.name} "
                f"{len(sheet.rows)} x {sheet.periods.labels[:1]}.. have different rows or periods"
            )
