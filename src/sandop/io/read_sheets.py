"""From a grid to a sheet: wide (one column per period) or long (`period`, `value`), put on the plan's periods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from sandop.calendar import Calendar, Periods
from sandop.findings import Severity, Where
from sandop.io.cells import CellReader, heading_of, unknown_headings
from sandop.io.days import is_week, periods_of, place_of, read_period
from sandop.io.grid import Grid
from sandop.io.ledger import Ledger
from sandop.io.naming import cleaned_all
from sandop.io.numbers import read_numbers
from sandop.io.read_tables import references, repeated
from sandop.measures import Measure
from sandop.plan import Key, Rows, Sheet, Values

# Which master table knows the ids of a key column.
TARGETS = {
    "item": "items",
    "site": "sites",
    "customer": "customers",
    "process": "processes",
    "supplier": "suppliers",
    "origin": "sites",
    "destination": "sites",
    "resource": "resources",
    "family": "families",
}


@dataclass(frozen=True)
class SheetRead:
    """A sheet, its file, and the row number where each of its rows stands first, (row,)."""

    sheet: Sheet
    file: str
    rows: tuple[int, ...]


@dataclass(frozen=True)
class _Cells:
    """What a grid says before it is put on periods: `values` (row, label); `said` where a cell was written."""

    labels: tuple[str, ...]
    keys: tuple[Key, ...]
    rows: tuple[int, ...]
    values: Values
    said: NDArray[np.bool_]


@dataclass(frozen=True)
class SheetReader:
    """Reads the grids of measures.

    calendar    the plan's time; None where plan.toml could not be read
    known       table → ids
    order       how days such as 03/04/2026 are read
    """

    ledger: Ledger
    calendar: Calendar | None
    known: Mapping[str, frozenset[str]]
    order: str = ""

    def read(self, measure: Measure, grid: Grid) -> SheetRead | None:
        """The sheet on the periods of its measure's span; None where its headings cannot be understood."""
        cells = self._cells(measure, grid, Severity.ERROR)
        if cells is None:
            return None
        periods = self._span(measure, grid, cells.labels)
        if periods is None:
            return None
        if measure.step == "data_close" and measure.kind == "flow":
            cells = self._zeros_between(grid, cells)
        return _placed(measure, grid, cells, periods)

    def read_vintage(self, measure: Measure, grid: Grid, month: str) -> SheetRead | None:
        """A forecast made in `month`, on its own periods; rows of ids that are no longer known are left out."""
        cells = self._cells(measure, grid, Severity.WARNING)
        if cells is None:
            return None
        if any(is_week(label) for label in cells.labels):
            self.ledger.error("io.wrong_bucket", Where(grid.file, 1), period=cells.labels[0])
            return None
        early = [label for label in cells.labels if label < month]
        if early:
            self.ledger.warning("io.vintage_early", Where(grid.file), first=early[0], month=month)
        labels = [label for label in cells.labels if label >= month]
        return _placed(measure, grid, cells, periods_of(_run(labels)))

    def _cells(self, measure: Measure, grid: Grid, unknown: Severity) -> _Cells | None:
        headings = list(grid.columns)
        keys = [heading_of(part, headings) for part in measure.grain]
        for part, heading in zip(measure.grain, keys):
            if not heading:
                self.ledger.error("io.missing_column", Where(grid.file, 1, part), column=part)
        if not all(keys):
            return None
        names, dropped = self._names(measure, grid, keys, unknown)
        period, value = heading_of("period", headings), heading_of("value", headings)
        if period and value:
            unknown_headings(grid, [*keys, period, value], [*measure.grain, "period", "value"], self.ledger)
            cells = self._long(measure, grid, names, period, value)
        else:
            cells = self._wide(measure, grid, names, keys)
        return _without(cells, dropped) if cells and dropped else cells

    def _names(
        self, measure: Measure, grid: Grid, headings: Sequence[str], unknown: Severity
    ) -> tuple[list[Key], set[Key]]:
        """Key of each line; the keys that are to be left out because an id in them is not known any more."""
        columns = []
        places: set[int] = set()
        for part, heading in zip(measure.grain, headings):
            texts = cleaned_all(grid.columns[heading])
            spaces = sum(cell != text for cell, text in zip(grid.columns[heading], texts))
            if spaces:
                self.ledger.note("io.spaces_around", Where(grid.file, 0, heading), count=spaces)
            blank = [place for place, text in enumerate(texts) if not text]
            self._at(grid, Severity.ERROR, "io.blank_required", blank, heading, texts)
            if part in TARGETS:
                places.update(
                    references(
                        grid.file, grid.rows, heading, texts, TARGETS[part], self.known, self.ledger, severity=unknown
                    )
                )
            columns.append(texts)
        names: list[Key] = list(zip(*columns))
        return names, {names[place] for place in places} if unknown is not Severity.ERROR else set()

    def _at(
        self, grid: Grid, severity: Severity, message: str, places: Sequence[int], column: str, texts: Sequence[str]
    ) -> None:
        values = {"column": column}
        self.ledger.each(
            severity, message, grid.file, places, lambda i: (grid.rows[i], column, {**values, "cell": texts[i]})
        )

    def _wide(self, measure: Measure, grid: Grid, names: list[Key], keys: Sequence[str]) -> _Cells | None:
        read = {heading: read_period(heading, self.order) for heading in grid.columns if heading not in keys}
        for heading, period in read.items():
            if period.fault == "io.ambiguous_period":
                self.ledger.error(period.fault, Where(grid.file, 1, heading), cell=heading, column=heading)
        periods = {heading: period.label for heading, period in read.items() if period.label}
        faulty = [heading for heading, period in read.items() if period.fault == "io.ambiguous_period"]
        unknown_headings(grid, [*keys, *periods, *faulty], ["period", "value"], self.ledger)
        if not self._good_labels(grid, list(periods.values()), list(periods)):
            return None
        headings = sorted(periods, key=lambda heading: place_of(periods[heading]))
        texts = list(chain.from_iterable(grid.columns[heading] for heading in headings))
        values = self._values(measure, grid, texts, lambda i: (grid.rows[i % len(names)], headings[i // len(names)]))
        block = values.reshape(len(headings), len(names)).T
        repeated(grid.file, grid.rows, names, self.ledger, ", ".join(keys))
        labels = tuple(periods[heading] for heading in headings)
        self._gap(grid, labels)
        return _Cells(labels, tuple(names), grid.rows, block, np.ones(block.shape, dtype=bool))

    def _long(self, measure: Measure, grid: Grid, names: list[Key], period: str, value: str) -> _Cells | None:
        texts = cleaned_all(grid.columns[period])
        read = {text: read_period(text, self.order) for text in set(texts)}
        for fault in sorted({found.fault for found in read.values()} - {""}):
            places = [i for i, text in enumerate(texts) if read[text].fault == fault]
            self._at(grid, Severity.ERROR, fault, places, period, texts)
        labels = [read[text].label for text in texts]
        distinct = sorted({label for label in labels if label}, key=place_of) if not _mixed(labels) else []
        if _mixed(labels):
            self.ledger.error("io.mixed_periods", Where(grid.file, 0, period))
            return None
        numbers = self._values(measure, grid, grid.columns[value], lambda i: (grid.rows[i], value))
        repeated(
            grid.file,
            grid.rows,
            [(*name, label) for name, label in zip(names, labels)],
            self.ledger,
            ", ".join((*measure.grain, "period")),
        )
        return _pivoted(names, labels, grid.rows, numbers, tuple(_run(distinct)))

    def _values(self, measure: Measure, grid: Grid, texts: Sequence[str], at: object) -> NDArray[np.float64]:
        clean = cleaned_all(texts)
        read = read_numbers(clean, share=measure.unit.startswith("share"))
        CellReader(grid, self.ledger, self.order).faults(read, clean, at, measure.unit)  # type: ignore[arg-type]
        return read.values

    def _good_labels(self, grid: Grid, labels: Sequence[str], headings: Sequence[str]) -> bool:
        """One column per period, all months or all weeks."""
        if not labels:
            self.ledger.error("io.no_periods", Where(grid.file, 1))
            return False
        if _mixed(labels):
            self.ledger.error("io.mixed_periods", Where(grid.file, 1))
            return False
        first: dict[str, str] = {}
        for label, heading in zip(labels, headings):
            if first.setdefault(label, heading) != heading:
                self.ledger.error(
                    "io.period_twice", Where(grid.file, 1, heading), period=label, one=first[label], other=heading
                )
        return len(first) == len(labels)

    def _gap(self, grid: Grid, labels: Sequence[str]) -> None:
        missing = [label for label in _run(labels) if label not in set(labels)]
        if missing:
            self.ledger.error(
                "io.missing_periods", Where(grid.file, 1), periods=", ".join(missing[:6]), count=len(missing)
            )

    def _span(self, measure: Measure, grid: Grid, labels: Sequence[str]) -> Periods | None:
        """The periods the measure speaks of; what lies outside is said and not read."""
        weeks = bool(labels) and is_week(labels[0])
        if self.calendar is None:
            own = _own_periods(labels)
            if own is None:
                self.ledger.error(
                    "io.missing_periods", Where(grid.file, 1), periods=f"{labels[0]} – {labels[-1]}", count="?"
                )
            return own
        target = span_periods(measure, self.calendar, weeks=weeks)
        if target is None:
            self.ledger.error("io.wrong_bucket", Where(grid.file, 1), period=labels[0])
            return None
        outside = [label for label in labels if label not in target.position]
        if outside:
            known = measure.span != "history" and place_of(outside[0]) < place_of(target.labels[0])
            message = "io.before_plan" if known and measure.span == "horizon" else "io.outside_time"
            self.ledger.warning(
                message,
                Where(grid.file, 1),
                periods=", ".join(outside[:6]),
                count=len(outside),
                first=target.labels[0] if target.labels else "",
                last=target.labels[-1] if target.labels else "",
            )
        return target

    def _zeros_between(self, grid: Grid, cells: _Cells) -> _Cells:
        """In a long history a month without a line, between a series' first and last, had no orders: zero."""
        if not cells.said.size:
            return cells
        place = np.arange(cells.said.shape[1])
        first = np.argmax(cells.said, axis=1)[:, None]
        last = cells.said.shape[1] - 1 - np.argmax(cells.said[:, ::-1], axis=1)[:, None]
        silent = ~cells.said & (place >= first) & (place <= last)
        if silent.any():
            self.ledger.note(
                "io.filled_with_zero", Where(grid.file), count=int(silent.sum()), series=int(silent.any(axis=1).sum())
            )
        return _Cells(cells.labels, cells.keys, cells.rows, np.where(silent, 0.0, cells.values), cells.said | silent)


def span_periods(measure: Measure, calendar: Calendar, *, weeks: bool) -> Periods | None:
    """The periods of a measure in this plan; None where weeks are not planned or not meant."""
    if weeks:
        return calendar.horizon if calendar.horizon.bucket == "week" and measure.span == "horizon" else None
    if measure.span == "history":
        return calendar.history
    return calendar.all_months if measure.span == "both" else calendar.planned_months


def _own_periods(labels: Sequence[str]) -> Periods | None:
    try:
        return periods_of(_run(labels))
    except ValueError:
        return None


def _run(labels: Sequence[str]) -> list[str]:
    """All months from the first to the last label; weeks as they are."""
    if not labels or is_week(labels[0]):
        return list(labels)
    first, last = min(labels), max(labels)
    count = (int(last[:4]) - int(first[:4])) * 12 + int(last[5:]) - int(first[5:]) + 1
    return list(Periods.months(first, count).labels)


def _mixed(labels: Sequence[str]) -> bool:
    return len({is_week(label) for label in labels if label}) > 1


def _pivoted(
    names: Sequence[Key], labels: Sequence[str], rows: Sequence[int], numbers: Values, columns: tuple[str, ...]
) -> _Cells:
    first: dict[Key, int] = {}
    line = np.array([first.setdefault(name, len(first)) for name in names], dtype=np.int64)
    place = {label: i for i, label in enumerate(columns)}
    column = np.array([place.get(label, -1) for label in labels], dtype=np.int64)
    shape = (len(first), len(columns))
    values, said = np.full(shape, np.nan), np.zeros(shape, dtype=bool)
    good = column >= 0
    values[line[good], column[good]] = numbers[good]
    said[line[good], column[good]] = True
    _, start = np.unique(line, return_index=True)
    return _Cells(columns, tuple(first), tuple(rows[i] for i in start), values, said)


def _without(cells: _Cells, dropped: set[Key]) -> _Cells:
    keep = np.array([key not in dropped for key in cells.keys], dtype=bool)
    keys = tuple(key for key in cells.keys if key not in dropped)
    rows = tuple(row for row, kept in zip(cells.rows, keep) if kept)
    return _Cells(cells.labels, keys, rows, cells.values[keep], cells.said[keep])


def _placed(measure: Measure, grid: Grid, cells: _Cells, periods: Periods) -> SheetRead:
    rows = Rows.of(measure.grain, cells.keys)
    values = np.full((len(rows), len(periods)), np.nan)
    column = np.array([periods.position.get(label, -1) for label in cells.labels], dtype=np.int64)
    place = rows.places(cells.keys)
    known = np.flatnonzero(column >= 0)
    if len(place) and len(known):
        values[np.ix_(place, column[known])] = cells.values[:, known]
    numbers = np.zeros(len(rows), dtype=np.int64)
    numbers[place[::-1]] = np.array(cells.rows[::-1], dtype=np.int64) if len(place) else 0
    return SheetRead(Sheet(measure.name, rows, periods, values), grid.file, tuple(numbers.tolist()))
