"""The plain long table as a file: CSV (UTF-8, with or without byte-order mark, or GBK) or Parquet."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from sandop.findings import Finding, Where, error

SUFFIXES = (".csv", ".txt", ".tsv", ".parquet")


def read_long(*, path: Path) -> tuple[pl.DataFrame | None, list[Finding]]:
    """The table in a file, or None and why. Nothing is guessed from text: ids keep their leading zeros, y is
    checked later.

    A ds column of whole numbers is read as such; dates stay text and return as text. Parquet keeps its own types.
    """
    where = Where(path.name)
    if not path.is_file():
        return None, [error("forecast.file.absent", where, file=str(path))]
    if path.suffix.lower() not in SUFFIXES:
        return None, [error("forecast.file.kind", where, kind=path.suffix or "-")]
    try:
        table = pl.read_parquet(path) if path.suffix.lower() == ".parquet" else _read_text(path)
    except (pl.exceptions.PolarsError, OSError, UnicodeDecodeError) as trouble:
        empty = isinstance(trouble, pl.exceptions.NoDataError)
        reason = str(trouble).splitlines()[0] if str(trouble) else type(trouble).__name__
        return None, [
            error("forecast.table.empty", where) if empty else error("forecast.file.broken", where, reason=reason)
        ]
    return table, []


def _read_text(path: Path) -> pl.DataFrame:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("gb18030")
    head = text.partition("\n")[0]
    separator = max(",;\t", key=head.count)
    table = pl.read_csv(text.encode(), separator=separator, infer_schema=False)
    table = table.rename({name: name.strip() for name in table.columns})
    if "ds" in table.columns and table.height and table["ds"].str.contains(r"^-?\d{1,18}$").all():
        table = table.with_columns(pl.col("ds").cast(pl.Int64))
    return table


def write_long(*, table: pl.DataFrame, path: Path) -> None:
    """Write a table as Parquet where the name ends so, else as CSV (UTF-8) with nine significant digits. Raises
    OSError where it cannot be written.
    """
    if path.suffix.lower() == ".parquet":
        table.write_parquet(path)
    else:
        table.with_columns(pl.col(pl.Float64).round_sig_figs(9)).write_csv(path)
