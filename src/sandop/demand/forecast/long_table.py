"""The plain long table: unique_id, ds, y in; unique_id, ds, forecast, p10, p50, p90 out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from sandop.demand.forecast.engine import forecast_series
from sandop.demand.forecast.settings import ForecastSettings
from sandop.demand.forecast.stamps import Stamps, following, kind_of, moments, read_stamps
from sandop.findings import Finding, Refusal, Where, error, has_errors, note, warning

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

COLUMNS = ("unique_id", "ds", "y")
# Findings of one kind named one by one; beyond, they are counted.
NAMED = 20
# So many gaps, the widest no wider than this times the narrowest, are a step of their own (28 to 31 days).
LEAST_EVEN, EVENNESS = 4, 1.2
FIRST_ROW = 2  # a header stands in row 1


class TableRefused(Refusal):
    """The table holds errors; `findings` says which."""

    message = "forecast.table.refused"

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(count=sum(finding.severity == "error" for finding in findings))


@dataclass(frozen=True, kw_only=True)
class LongHistory:
    """`names` (series,) in order of appearance; `history` (series, period) with the last row of each series in
    the last column, NaN before it begins and where y is blank, zero where a row is missing in between;
    `stamps` of the rows and `last` (series,) place of each series' last row."""

    names: pl.Series
    history: Floats
    stamps: Stamps
    last: Ints


def forecast_table(
    *, table: pl.DataFrame, horizon: int, seed: int = 0, settings: ForecastSettings | None = None
) -> pl.DataFrame:
    """Forecast every series of a plain long table.

    table     unique_id, ds, y in any order of rows; ds a date, a datetime, text "YYYY-MM" or "YYYY-MM-DD", or
              a whole number
    horizon   steps to forecast after each series' own last row
    settings  default: season by the table's step (12 for months and whole numbers)

    Returns unique_id, ds, forecast, p10, p50, p90; ds in kind, series in order of appearance. Raises
    TableRefused where the table holds errors (all of them are named), ValueError for a horizon below 1.
    """
    history, findings = read_history(table=table, settings=settings)
    if history is None:
        raise TableRefused(findings)
    return forecast_history(history=history, horizon=horizon, seed=seed, settings=settings)


def forecast_history(
    *, history: LongHistory, horizon: int, seed: int = 0, settings: ForecastSettings | None = None
) -> pl.DataFrame:
    """The same for a table that `read_history` has read."""
    chosen = settings or ForecastSettings(season=history.stamps.steps.season)
    forecast = forecast_series(history=history.history, horizon=horizon, seed=seed, settings=chosen)
    return pl.DataFrame(
        {
            "unique_id": history.names.gather(np.repeat(np.arange(len(history.names)), horizon)),
            "ds": following(stamps=history.stamps, last=history.last, horizon=horizon),
            "forecast": forecast.point.ravel(),
            "p10": forecast.p10.ravel(),
            "p50": forecast.p50.ravel(),
            "p90": forecast.p90.ravel(),
        }
    )


def read_history(
    *, table: pl.DataFrame, settings: ForecastSettings | None = None, file: str = ""
) -> tuple[LongHistory | None, list[Finding]]:
    """The table as an array, and everything doubtful in it; None where it holds errors. `file` names it in the
    findings.
    """
    findings = check_table(table=table, file=file)
    if has_errors(findings):
        return None, findings
    table = table.select(COLUMNS)
    ids = table["unique_id"]
    names = ids.unique(maintain_order=True)
    codes = pl.DataFrame({"id": names, "code": np.arange(len(names))})
    series = table.join(codes, left_on="unique_id", right_on="id", how="left", maintain_order="left")[
        "code"
    ].to_numpy()
    stamps = read_stamps(column=table["ds"], series=series)
    last_number = np.full(len(names), np.iinfo(np.int64).min)
    np.maximum.at(last_number, series, stamps.number)
    behind = (last_number[series] - stamps.number) // stamps.steps.step
    findings += _repeated(table, series, behind, file)
    if has_errors(findings):
        return None, findings
    findings += _coarser(names, series, behind, file)
    most = (settings or ForecastSettings(season=stamps.steps.season)).most_periods
    history, gaps = _placed(_numbers(table["y"]), series, behind, len(names), most)
    if gaps:
        findings.append(note("forecast.table.gaps", Where(file, 0, "ds"), count=gaps))
    last = np.zeros(len(names), dtype=np.int64)
    last[series[behind == 0]] = np.flatnonzero(behind == 0)
    return LongHistory(names=names, history=history, stamps=stamps, last=last), findings


def check_table(*, table: pl.DataFrame, file: str = "") -> list[Finding]:
    """Everything wrong with the columns and cells of a plain long table, all at once."""
    missing = [name for name in COLUMNS if name not in table.columns]
    if missing:
        found = ", ".join(table.columns) or "-"
        return [error("forecast.table.column", Where(file, 1, name), column=name, found=found) for name in missing]
    if not table.height:
        return [error("forecast.table.empty", Where(file))]
    findings = _blank_cells(table, file)
    if not findings and not kind_of(table["ds"]):
        findings += _bad_stamps(table["ds"], file)
    return findings + _bad_numbers(table["y"], file)


def _blank_cells(table: pl.DataFrame, file: str) -> list[Finding]:
    findings = []
    for name in ("unique_id", "ds"):
        column = table[name]
        blank = column.is_null() | (column.str.strip_chars() == "" if column.dtype == pl.String else column.is_null())
        findings += _named("forecast.table.blank", np.flatnonzero(blank.to_numpy()), file, name)
    return findings


def _bad_stamps(column: pl.Series, file: str) -> list[Finding]:
    """Rows whose stamp is not written as the first one that is known."""
    if column.dtype != pl.String:
        return [error("forecast.table.stamp_type", Where(file, 0, "ds"), kind=str(column.dtype))]
    known = (
        column.str.contains(r"^\d{4}-(0[1-9]|1[0-2])$"),
        column.str.to_date("%Y-%m-%d", strict=False).is_not_null(),
        moments(column).is_not_null(),
    )
    good = max(known, key=lambda form: int(form.sum()))
    bad = np.flatnonzero(~good.to_numpy())
    return _named("forecast.table.stamp", bad, file, "ds", column)


def _numbers(column: pl.Series) -> Floats:
    """y as numbers; blank is NaN."""
    if column.dtype == pl.String:
        text = column.str.strip_chars()
        column = text.set(text == "", None).cast(pl.Float64, strict=False)
    return np.asarray(column.cast(pl.Float64).fill_null(np.nan).to_numpy(), dtype=np.float64)


def _bad_numbers(column: pl.Series, file: str) -> list[Finding]:
    if column.dtype == pl.Null:
        return [error("forecast.table.no_numbers", Where(file, 0, "y"))]
    if not (column.dtype.is_numeric() or column.dtype == pl.String):
        return [error("forecast.table.number_type", Where(file, 0, "y"), kind=str(column.dtype))]
    number = _numbers(column)
    bad = np.isinf(number)
    if column.dtype == pl.String:
        text = column.str.strip_chars()
        said = (text.is_not_null() & ~text.str.to_lowercase().is_in(["", "nan"])).to_numpy()
        bad |= said & np.isnan(number)
    findings = _named("forecast.table.number", np.flatnonzero(bad), file, "y", column)
    if not findings and np.isnan(number).all():
        findings.append(error("forecast.table.no_numbers", Where(file, 0, "y")))
    return findings


def _repeated(table: pl.DataFrame, series: Ints, behind: Ints, file: str) -> list[Finding]:
    """Rows that give the same period of the same series again."""
    order = np.lexsort((np.arange(len(series)), behind, series))
    again = (np.diff(series[order]) == 0) & (np.diff(behind[order]) == 0)
    rows = np.sort(order[1:][again])
    return _named("forecast.table.repeated", rows, file, "ds", table["ds"], table["unique_id"])


def _coarser(names: pl.Series, series: Ints, behind: Ints, file: str) -> list[Finding]:
    """A warning where a series speaks in longer periods than the table: always (nearly) the same number of its
    periods apart, as months among days. Series that only leave out their zeros are not so even."""
    order = np.lexsort((-behind, series))
    same = np.diff(series[order]) == 0
    gap, of = -np.diff(behind[order])[same], series[order][1:][same]
    count, widest = np.bincount(of, minlength=len(names)), np.zeros(len(names), dtype=np.int64)
    least = np.full(len(names), np.iinfo(np.int64).max)
    np.maximum.at(widest, of, gap)
    np.minimum.at(least, of, gap)
    even = np.flatnonzero((count >= LEAST_EVEN) & (least > 1) & (widest <= least * EVENNESS))
    if not len(even):
        return []
    values = {"series": names[int(even[0])], "count": len(even), "apart": int(least[even[0]])}
    return [warning("forecast.table.coarser", Where(file, 0, "ds"), **values)]


def _named(
    message: str, rows: Ints, file: str, column: str, values: pl.Series | None = None, ids: pl.Series | None = None
) -> list[Finding]:
    """One finding a row for the first ones, and the number of all others."""
    findings = []
    for row in rows[:NAMED].tolist():
        named = {} if values is None else {"value": values[row]}
        named |= {} if ids is None else {"series": ids[row]}
        findings.append(error(message, Where(file, row + FIRST_ROW, column), **named))
    if len(rows) > NAMED:
        findings.append(error("forecast.table.more", Where(file, 0, column), count=len(rows) - NAMED))
    return findings


def _placed(y: Floats, series: Ints, behind: Ints, count: int, most: int) -> tuple[Floats, int]:
    """The rows on a grid that ends with each series' last row, and how many rows were missing in between."""
    width = int(min(behind.max() + 1, most))
    first = np.zeros(count, dtype=np.int64)
    np.maximum.at(first, series, behind)
    column = np.arange(width)[None, :]
    begun = column >= width - 1 - first[:, None]
    near = behind < width
    given = np.zeros((count, width), dtype=bool)
    given[series[near], width - 1 - behind[near]] = True
    history = np.where(begun, 0.0, np.nan)
    history[series[near], width - 1 - behind[near]] = y[near]
    return history, int((begun & ~given).sum())
