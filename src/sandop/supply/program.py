"""A linear program as arrays, drawn up block by block: a block is one kind of quantity or rule for every row of a
grain in every period, so that each column and row keeps its business name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csc_array

from sandop.plan import Key

Numbers = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Block:
    """Columns or rows of one kind.

    name    what they are, in planners' words ("production", "capacity")
    keys    the business key of each series
    index   place of each series in each period in the program, (series, period)
    """

    name: str
    keys: tuple[Key, ...]
    index: Places


@dataclass(frozen=True, eq=False)
class Program:
    """Least `cost @ x + constant` over lower <= x <= upper, row_lower <= A x <= row_upper.

    cost, lower, upper      (column,)
    row_lower, row_upper    (row,)
    starts, rows, values    A by columns: column j holds values[starts[j]:starts[j + 1]] in those rows
    whole                   True where a column must be a whole number, (column,)
    columns, rules          blocks of columns and of rows by name
    """

    cost: Numbers
    lower: Numbers
    upper: Numbers
    row_lower: Numbers
    row_upper: Numbers
    starts: Places
    rows: Places
    values: Numbers
    whole: NDArray[np.bool_]
    constant: float
    columns: dict[str, Block]
    rules: dict[str, Block]

    def times(self, x: Numbers) -> Numbers:
        """A x, (row,)."""
        total: Numbers = np.bincount(
            self.rows, weights=self.values * np.repeat(x, np.diff(self.starts)), minlength=len(self.row_lower)
        ).astype(np.float64)
        return total

    def transposed_times(self, y: Numbers) -> Numbers:
        """A'y, (column,)."""
        column = self._column_of_value()
        return np.bincount(column, weights=self.values * y[self.rows], minlength=len(self.cost)).astype(np.float64)

    def objective(self, x: Numbers) -> float:
        return float(self.cost @ x) + self.constant

    def _column_of_value(self) -> Places:
        return np.repeat(np.arange(len(self.cost)), np.diff(self.starts))


@dataclass(eq=False)
class Draft:
    """A program being drawn up over `periods` periods."""

    periods: int
    columns: dict[str, Block] = field(default_factory=dict)
    rules: dict[str, Block] = field(default_factory=dict)
    constant: float = 0.0
    _column_parts: list[tuple[Numbers, Numbers, Numbers, NDArray[np.bool_]]] = field(default_factory=list)
    _row_parts: list[tuple[Numbers, Numbers]] = field(default_factory=list)
    _entries: list[tuple[Places, Places, Numbers]] = field(default_factory=list)
    _column_count: int = 0
    _row_count: int = 0

    def add_columns(
        self, name: str, keys: Sequence[Key], *, cost: ArrayLike, upper: ArrayLike = np.inf, whole: ArrayLike = False
    ) -> Places:
        """A block of quantities from 0 to `upper`, each (series, period) or one that broadcasts to it.

        Returns their places, (series, period).
        """
        index = self._index(len(keys), self._column_count)
        self._column_count += index.size
        self._column_parts.append(
            (
                self._flat(cost, index),
                np.zeros(index.size),
                self._flat(upper, index),
                np.broadcast_to(np.asarray(whole, dtype=bool), index.shape).ravel(),
            )
        )
        self.columns[name] = Block(name, tuple(keys), index)
        return index

    def add_rows(self, name: str, keys: Sequence[Key], *, lower: ArrayLike, upper: ArrayLike) -> Places:
        """A block of rules; returns their places, (series, period)."""
        index = self._index(len(keys), self._row_count)
        self._row_count += index.size
        self._row_parts.append((self._flat(lower, index), self._flat(upper, index)))
        self.rules[name] = Block(name, tuple(keys), index)
        return index

    def put(self, rows: Places, columns: Places, values: ArrayLike) -> None:
        """Coefficients of columns in rows; all three broadcast to the shape of `columns`."""
        shape = np.broadcast_shapes(rows.shape, columns.shape)
        for_rows, for_columns = np.broadcast_to(rows, shape), np.broadcast_to(columns, shape)
        numbers = np.broadcast_to(np.asarray(values, dtype=np.float64), shape)
        self._entries.append((for_rows.ravel(), for_columns.ravel(), numbers.ravel()))

    def finish(self) -> Program:
        """The program, its coefficients gathered by columns, in the order of rows, equal places added up."""
        cost, lower, upper, whole = (
            np.concatenate(part) if part else np.zeros(0)
            for part in ([list(column) for column in zip(*self._column_parts)] or [[], [], [], []])
        )
        row_lower, row_upper = (
            np.concatenate(part) for part in ([list(row) for row in zip(*self._row_parts)] or [[np.zeros(0)]] * 2)
        )
        starts, rows, values = _by_columns(self._entries, self._column_count, self._row_count)
        return Program(
            cost,
            lower,
            upper,
            row_lower,
            row_upper,
            starts,
            rows,
            values,
            whole.astype(bool),
            self.constant,
            dict(self.columns),
            dict(self.rules),
        )

    def _index(self, series: int, start: int) -> Places:
        return start + np.arange(series * self.periods, dtype=np.int64).reshape(series, self.periods)

    def _flat(self, values: ArrayLike, index: Places) -> Numbers:
        return np.broadcast_to(np.asarray(values, dtype=np.float64), index.shape).ravel()


def _by_columns(
    entries: list[tuple[Places, Places, Numbers]], columns: int, rows: int
) -> tuple[Places, Places, Numbers]:
    if not entries:
        return np.zeros(columns + 1, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0)
    row, column, value = (np.concatenate(part) for part in zip(*entries))
    matrix = csc_array((value, (row, column)), shape=(rows, columns))  # adds up equal places
    matrix.eliminate_zeros()
    matrix.sort_indices()
    return matrix.indptr.astype(np.int64), matrix.indices.astype(np.int64), matrix.data
