"""The time column of a plain table: what it is, which step it takes, and how it goes on in kind.

Every stamp becomes a whole number: months since year 0, days since 1970, microseconds since 1970, or itself.
The step is the distance that all rows of a series share, where it is also the usual one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import polars as pl

Ints = npt.NDArray[np.int64]
Scale = Literal["number", "month", "workday", "day", "moment"]
Kind = Literal["", "integer", "month integer", "date", "datetime", "month text", "date text", "moment text"]

MONTH_TEXT = r"^\d{4}-(0[1-9]|1[0-2])$"
DAY_TEXT = r"^\d{4}-\d{2}-\d{2}$"
MOMENT_TEXT = r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(\.0+)?$"
# Whole numbers such as 202601 are months, not places in a row.
FIRST_MONTH, LAST_MONTH = 190_001, 219_912
HOUR = 3_600_000_000
# Fewer distances than these say nothing about the step.
LEAST_GAPS = 3


@dataclass(frozen=True, kw_only=True)
class Steps:
    """`scale` what the numbers count, `step` how many of them from row to row, `season` steps in a season."""

    scale: Scale
    step: int
    season: int


@dataclass(frozen=True, kw_only=True)
class Stamps:
    """`number` (row,) each stamp on its scale; `days` (row,) day of the month, `month_end` (row,) whether it
    is the last one, both for dates on the month scale; `kind` how stamps are written; `steps` how they go on;
    `form` how moments are written as text."""

    number: Ints
    days: Ints
    month_end: npt.NDArray[np.bool_]
    kind: Kind
    dtype: pl.DataType
    steps: Steps
    form: str = ""


def kind_of(column: pl.Series) -> Kind:
    """How the stamps are written; empty where they are nothing that is known."""
    if column.dtype.is_integer():
        months = column.is_between(FIRST_MONTH, LAST_MONTH) & (column % 100).is_between(1, 12)
        return "month integer" if months.all() else "integer"
    if column.dtype == pl.Date:
        return "date"
    if isinstance(column.dtype, pl.Datetime):
        return "datetime"
    if column.dtype == pl.String:
        if column.str.contains(MONTH_TEXT).all():
            return "month text"
        if column.str.contains(DAY_TEXT).all() and column.str.to_date("%Y-%m-%d", strict=False).is_not_null().all():
            return "date text"
        if column.str.contains(MOMENT_TEXT).all() and moments(column).is_not_null().all():
            return "moment text"
    return ""


def moments(column: pl.Series) -> pl.Series:
    """Text such as 2026-01-31T00:00:00 as moments; what is none is null."""
    return column.str.slice(0, 19).str.replace("T", " ").str.to_datetime("%Y-%m-%d %H:%M:%S", strict=False)


def read_stamps(*, column: pl.Series, series: Ints) -> Stamps:
    """The stamps of every row, on the scale that all series share.

    `column` (row,) without blanks, of a kind that `kind_of` knows; `series` (row,) code of each row's series.
    """
    kind = kind_of(column)
    if kind in ("integer", "month integer", "month text"):
        number = _whole(column, kind)
        scale: Scale = "number" if kind == "integer" else "month"
        nothing = np.zeros(len(number), dtype=np.int64)
        step = _usual_step(number, series)
        season = 12 if kind == "integer" and step == 1 else _season(scale, step)
        steps = Steps(scale=scale, step=step, season=season)
        return Stamps(
            number=number, days=nothing, month_end=nothing.astype(bool), kind=kind, dtype=column.dtype, steps=steps
        )
    return _dated(column, series, kind)


def _whole(column: pl.Series, kind: Kind) -> Ints:
    if kind == "integer":
        return np.asarray(column.to_numpy(), dtype=np.int64)
    if kind == "month integer":
        plain = np.asarray(column.to_numpy(), dtype=np.int64)
        return plain // 100 * 12 + plain % 100 - 1
    year = column.str.slice(0, 4).cast(pl.Int64).to_numpy()
    return np.asarray(year * 12 + column.str.slice(5, 2).cast(pl.Int64).to_numpy() - 1, dtype=np.int64)


def _dated(column: pl.Series, series: Ints, kind: Kind) -> Stamps:
    dates = {"date text": lambda: column.str.to_date("%Y-%m-%d"), "moment text": lambda: moments(column)}.get(
        kind, lambda: column
    )()
    day = np.asarray(dates.cast(pl.Date).cast(pl.Int32).to_numpy(), dtype=np.int64)
    months = np.asarray((dates.dt.year().cast(pl.Int64) * 12 + dates.dt.month().cast(pl.Int64) - 1).to_numpy())
    in_month = np.asarray(dates.dt.day().to_numpy(), dtype=np.int64)
    month_end = np.asarray((dates.cast(pl.Date).dt.month_end() == dates.cast(pl.Date)).to_numpy(), dtype=bool)
    moment = None
    if kind in ("datetime", "moment text"):
        moment = np.asarray(dates.dt.cast_time_unit("us").dt.timestamp("us").to_numpy(), dtype=np.int64)
    steps, number = _date_steps(day, months, in_month, month_end, moment, series)
    form = "%Y-%m-%d %H:%M:%S" if kind == "moment text" and column[0][10] == " " else "%Y-%m-%dT%H:%M:%S"
    return Stamps(
        number=number, days=in_month, month_end=month_end, kind=kind, dtype=column.dtype, steps=steps, form=form
    )


def _date_steps(
    day: Ints, months: Ints, in_month: Ints, month_end: npt.NDArray[np.bool_], moment: Ints | None, series: Ints
) -> tuple[Steps, Ints]:
    """The coarsest scale that keeps every row of a series apart as far as the days do."""
    if moment is not None:
        gaps = _distances(moment, series)
        fine = int(np.gcd.reduce(gaps)) if len(gaps) else 24 * HOUR
        if fine % (24 * HOUR):
            return Steps(scale="moment", step=fine, season=24 if fine == HOUR else 1), moment
    usual = _usual_distance(day, series)
    steady = month_end.all() or (in_month == in_month[0]).all()
    if usual is None or (usual >= 28 and (steady or 28 <= usual <= 31 or usual >= 89)):
        step = _usual_step(months, series)
        return Steps(scale="month", step=step, season=_season("month", step)), months
    step = _usual_step(day, series)
    weekday = (day + 3) % 7
    if step == 1 and len(day) >= 10 and not (weekday >= 5).any():
        return Steps(scale="workday", step=1, season=5), day // 7 * 5 + _workdays_into_week(day)
    return Steps(scale="day", step=step, season=_season("day", step)), day


def _workdays_into_week(day: Ints) -> Ints:
    """Workdays since the Thursday that 1970 began with, within the week that starts on Thursday."""
    into = day % 7  # 0 Thursday, 1 Friday, 4 Monday, 5 Tuesday, 6 Wednesday
    return np.asarray(np.where(into >= 4, into - 2, into), dtype=np.int64)


def _season(scale: Scale, step: int) -> int:
    if scale == "month":
        return 12 // step if 12 % step == 0 else 1
    if scale == "day":
        return {1: 7, 7: 52, 14: 26}.get(step, 1)
    return 1


def _distances(number: Ints, series: Ints) -> Ints:
    """Distances between following rows of the same series, sorted in time; none where each series has one row."""
    order = np.lexsort((number, series))
    gaps = np.diff(number[order])
    return np.asarray(gaps[(np.diff(series[order]) == 0) & (gaps > 0)], dtype=np.int64)


def _usual_step(number: Ints, series: Ints) -> int:
    """The distance all rows share where it is also the usual one; else 1: rows are missing, not the step longer."""
    gaps = _distances(number, series)
    if not len(gaps):
        return 1
    step = int(np.gcd.reduce(gaps))
    return step if len(gaps) >= LEAST_GAPS and np.median(gaps) == step else 1


def _usual_distance(day: Ints, series: Ints) -> float | None:
    gaps = _distances(day, series)
    return float(np.median(gaps)) if len(gaps) else None


def following(*, stamps: Stamps, last: Ints, horizon: int) -> pl.Series:
    """The stamps that follow, series after series, (series x horizon,), written in kind.

    `last` (series,) place of each series' last row.
    """
    ahead = np.arange(1, horizon + 1) * stamps.steps.step
    number = (stamps.number[last][:, None] + ahead[None, :]).ravel()
    if stamps.kind == "integer":
        return pl.Series("ds", number).cast(stamps.dtype)
    if stamps.kind == "month integer":
        return pl.Series("ds", number // 12 * 100 + number % 12 + 1).cast(stamps.dtype)
    if stamps.kind == "month text":
        return _written(pl.Series("ds", _month_days(number, np.ones_like(number))), "%Y-%m")
    if stamps.steps.scale == "moment":
        return _in_kind(pl.Series("ds", number).cast(pl.Datetime("us")), stamps)
    if stamps.steps.scale == "month":
        # A month end stays a month end; the 30th becomes the last of February and the 30th again.
        whole = bool(stamps.month_end.all())
        wanted = np.repeat(np.full(len(last), 31) if whole else stamps.days[last], horizon)
        days = _month_days(number, wanted)
    elif stamps.steps.scale == "workday":
        within = number % 5
        days = number // 5 * 7 + np.where(within >= 2, within + 2, within)
    else:
        days = number
    dates = pl.Series("ds", days.astype(np.int32)).cast(pl.Date)
    return _written(dates, "%Y-%m-%d") if stamps.kind == "date text" else _in_kind(dates, stamps)


def _in_kind(dates: pl.Series, stamps: Stamps) -> pl.Series:
    """Days or moments in the column's own type, or as text."""
    if stamps.kind == "moment text":
        return dates.cast(pl.Datetime("us")).dt.strftime(stamps.form)
    return dates.cast(stamps.dtype)


def _month_days(months: Ints, wanted: Ints) -> Ints:
    """Days since 1970 of the wanted day in each month, or of its last day where the month is shorter."""
    first = (months - 1970 * 12).astype("datetime64[M]")
    start = first.astype("datetime64[D]").astype(np.int64)
    length = (first + 1).astype("datetime64[D]").astype(np.int64) - start
    return np.asarray(start + np.minimum(wanted, length) - 1, dtype=np.int64)


def _written(column: pl.Series, form: str) -> pl.Series:
    dates = column if column.dtype == pl.Date else column.cast(pl.Int32).cast(pl.Date)
    return dates.dt.strftime(form)
