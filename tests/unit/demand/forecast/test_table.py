"""The plain long table: what comes in, what goes out, and what is said about a bad one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from sandop.demand.forecast import (
    TableRefused,
    check_table,
    forecast_series,
    forecast_table,
    read_history,
    read_long,
    write_long,
)
from sandop.demand.forecast.settings import ForecastSettings

MONTHS = [f"{2020 + i // 12}-{i % 12 + 1:02d}" for i in range(30)]
FIRSTS = [dt.date(2020 + i // 12, i % 12 + 1, 1) for i in range(30)]
ENDS = [day - dt.timedelta(days=1) for day in FIRSTS]
DAYS = [dt.date(2024, 1, 1) + dt.timedelta(days=i) for i in range(56)]


def table(ds: list[object], ids: list[object] | None = None, y: list[object] | None = None) -> pl.DataFrame:
    """A long table of one series "a" with y = 10, 11, 12, … unless told otherwise."""
    return pl.DataFrame(
        {
            "unique_id": ids or ["a"] * len(ds),
            "ds": ds,
            "y": y or [10.0 + i % 12 for i in range(len(ds))],
        },
        strict=False,
    )


def messages(bad: pl.DataFrame) -> list[tuple[str, int, str]]:
    return [(f.message.removeprefix("forecast.table."), f.where.row, f.where.column) for f in check_table(table=bad)]


@pytest.mark.parametrize(
    ("ds", "following", "season"),
    [
        (MONTHS, ["2022-07", "2022-08"], 12),
        ([f"{m}-01" for m in MONTHS], ["2022-07-01", "2022-08-01"], 12),
        ([f"{m}-15" for m in MONTHS], ["2022-07-15", "2022-08-15"], 12),
        (FIRSTS, [dt.date(2022, 7, 1), dt.date(2022, 8, 1)], 12),
        (ENDS, [dt.date(2022, 6, 30), dt.date(2022, 7, 31)], 12),
        ([d.replace(day=min(30, 28 if d.month == 2 else 30)) for d in FIRSTS][:25],
         [dt.date(2022, 2, 28), dt.date(2022, 3, 30)], 12),
        ([dt.datetime(d.year, d.month, 1) for d in FIRSTS], [dt.datetime(2022, 7, 1), dt.datetime(2022, 8, 1)], 12),
        (list(range(1, 31)), [31, 32], 12),
        ([d.year * 100 + d.month for d in FIRSTS], [202207, 202208], 12),
        ([dt.date(2024, 1, 1) + dt.timedelta(days=7 * i) for i in range(60)],
         [dt.date(2025, 2, 24), dt.date(2025, 3, 3)], 52),
        (DAYS, [dt.date(2024, 2, 26), dt.date(2024, 2, 27)], 7),
        ([d for d in DAYS if d.weekday() < 5], [dt.date(2024, 2, 26), dt.date(2024, 2, 27)], 5),
        ([d for d in DAYS if d.weekday() < 5][:-1], [dt.date(2024, 2, 23), dt.date(2024, 2, 26)], 5),
        ([dt.date(2015 + i // 4, i % 4 * 3 + 1, 1) for i in range(30)],
         [dt.date(2022, 7, 1), dt.date(2022, 10, 1)], 4),
        ([dt.date(1990 + i, 12, 31) for i in range(20)], [dt.date(2010, 12, 31), dt.date(2011, 12, 31)], 1),
        ([dt.datetime(2024, 1, 1) + dt.timedelta(hours=i) for i in range(60)],
         [dt.datetime(2024, 1, 3, 12), dt.datetime(2024, 1, 3, 13)], 24),
        ([10, 20, 30, 40, 60], [70, 80], 1),
        (["2024-05"], ["2024-06", "2024-07"], 12),
        ([7], [8, 9], 12),
        (["2024-01-31", "2024-02-28", "2024-03-30", "2024-04-30"], ["2024-05-30", "2024-06-30"], 12),
    ],
)  # fmt: skip
def test_time_goes_on_in_kind(ds: list[object], following: list[object], season: int) -> None:
    shuffled = table(ds).sample(fraction=1, shuffle=True, seed=1)
    out = forecast_table(table=shuffled, horizon=2)
    assert out["ds"].to_list() == following
    assert out["ds"].dtype == shuffled["ds"].dtype
    history, findings = read_history(table=shuffled)
    assert history is not None and history.stamps.steps.season == season
    assert all(finding.severity == "note" for finding in findings)


@pytest.mark.parametrize("form", ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S"])
def test_moments_written_as_text_go_on_in_the_same_writing(form: str) -> None:
    starts = [dt.datetime(day.year, day.month, 1) for day in FIRSTS]
    monthly = forecast_table(table=table([start.strftime(form) for start in starts]), horizon=2)
    assert monthly["ds"].to_list() == [dt.datetime(2022, month, 1).strftime(form) for month in (7, 8)]
    hours = [dt.datetime(2024, 1, 1) + dt.timedelta(hours=i) for i in range(60)]
    hourly = forecast_table(table=table([hour.strftime(form) for hour in hours]), horizon=1)
    assert hourly["ds"].to_list() == [dt.datetime(2024, 1, 3, 12).strftime(form)]


def test_months_among_days_are_said() -> None:
    """A series by month beside one by day would be read as days, with zeros in between."""
    mixed = pl.concat([table(list(FIRSTS), ["m"] * 30), table(list(DAYS), ["d"] * 56)])
    _, findings = read_history(table=mixed)
    said = next(finding for finding in findings if finding.message == "forecast.table.coarser")
    assert said.values == {"series": "m", "count": 1, "apart": 28}
    _, alone = read_history(table=table(list(FIRSTS)))
    some = [MONTHS[i] for i in (0, 2, 9, 11, 20, 29)]
    _, sparse = read_history(table=pl.concat([table(MONTHS), table(some, ["s"] * 6)]))
    assert not any(finding.message == "forecast.table.coarser" for finding in [*alone, *sparse])


def test_the_numbers_are_those_of_the_engine() -> None:
    long = table(MONTHS)
    out = forecast_table(table=long, horizon=12)
    same = forecast_series(history=long["y"].to_numpy()[None, :], horizon=12, settings=ForecastSettings())
    assert out.columns == ["unique_id", "ds", "forecast", "p10", "p50", "p90"]
    assert out["forecast"].to_numpy() == pytest.approx(same.point[0])
    assert out["p90"].to_numpy() == pytest.approx(same.p90[0])


def test_each_series_continues_from_its_own_last_row_in_any_order_of_rows() -> None:
    long = table(
        ["2024-05", "2023-02", "2024-06", "2023-03", "2023-01"], ["x", "y", "x", "y", "y"], [5.0, 7.0, 5.0, 7.0, 7.0]
    )
    out = forecast_table(table=long, horizon=2)
    assert out["unique_id"].to_list() == ["x", "x", "y", "y"]
    assert out["ds"].to_list() == ["2024-07", "2024-08", "2023-04", "2023-05"]
    assert out["forecast"].to_list() == pytest.approx([5, 5, 7, 7])


def test_a_missing_row_is_a_month_without_demand_and_a_blank_y_is_unknown() -> None:
    history, findings = read_history(table=table([1, 2, 4, 5], y=[3.0, None, 5.0, 6.0]))
    assert history is not None
    np.testing.assert_array_equal(history.history, [[3.0, np.nan, 0.0, 5.0, 6.0]])
    assert [finding.message for finding in findings] == ["forecast.table.gaps"]
    assert findings[0].values["count"] == 1


def test_ids_keep_their_kind() -> None:
    out = forecast_table(table=table([1, 2, 1, 2], [7, 7, 3, 3]), horizon=1)
    assert out["unique_id"].to_list() == [7, 3] and out["unique_id"].dtype == pl.Int64


def test_very_long_histories_are_cut_not_refused() -> None:
    history, _ = read_history(table=table(list(range(3000))))
    assert history is not None and history.history.shape == (1, 240)


@pytest.mark.parametrize(
    ("bad", "expected"),
    [
        (pl.DataFrame({"unique_id": ["a"], "ds": [1]}), [("column", 1, "y")]),
        (pl.DataFrame({"when": [1]}), [("column", 1, "unique_id"), ("column", 1, "ds"), ("column", 1, "y")]),
        (table([]).clear(), [("empty", 0, "")]),
        (table(["2024-01", "24-2"], y=["1", "1,000"]), [("stamp", 3, "ds"), ("number", 3, "y")]),
        (table(["2024-01-01", "2024-02-30"]), [("stamp", 3, "ds")]),
        (table([1, 2], ["a", None]), [("blank", 3, "unique_id")]),
        (table(["2024-01", " "]), [("blank", 3, "ds")]),
        (table([1.5]), [("stamp_type", 0, "ds")]),
        (pl.DataFrame({"unique_id": ["a"], "ds": [1], "y": [True]}), [("number_type", 0, "y")]),
        (pl.DataFrame({"unique_id": ["a"], "ds": [1], "y": [None]}), [("no_numbers", 0, "y")]),
        (table([1], y=[float("nan")]), [("no_numbers", 0, "y")]),
        (table([1, 2], y=[1.0, float("inf")]), [("number", 3, "y")]),
    ],
)
def test_everything_wrong_is_said_at_once(bad: pl.DataFrame, expected: list[tuple[str, int, str]]) -> None:
    assert messages(bad) == expected
    with pytest.raises(TableRefused) as refusal:
        forecast_table(table=bad, horizon=3)
    assert len(refusal.value.findings) == len(expected)
    for finding in refusal.value.findings:
        assert finding.text("en") != finding.text("zh") and finding.remedy("en") and finding.remedy("zh")


def test_a_period_given_twice_is_refused_with_its_row() -> None:
    _, findings = read_history(table=table([1, 2, 2, 3]), file="orders.csv")
    assert [(f.message, str(f.where)) for f in findings] == [("forecast.table.repeated", "orders.csv, row 4, ds")]
    assert "2" in findings[0].text() and "a" in findings[0].text()


def test_two_days_of_one_month_are_one_month_twice() -> None:
    days = ["2024-01-10", "2024-02-10", "2024-03-12", "2024-03-12", "2024-04-10", "2024-05-10"]
    _, findings = read_history(table=table(days))
    assert findings[0].message == "forecast.table.repeated"


def test_of_many_bad_cells_the_first_are_named_and_the_rest_counted() -> None:
    findings = check_table(table=table(list(range(50)), y=["?"] * 50))
    assert len(findings) == 21
    counted = [f for f in findings if f.message == "forecast.table.more"]
    assert counted[0].values["count"] == 30


def test_numbers_written_as_text_are_numbers() -> None:
    out = forecast_table(table=table([1, 2, 3], y=["5", " 5.0", ""]), horizon=1)
    assert out["forecast"][0] == pytest.approx(5.0)


@pytest.mark.parametrize("name", ["out.csv", "out.parquet"])
def test_a_table_written_is_the_table_read(tmp_path: Path, name: str) -> None:
    out = forecast_table(table=table(MONTHS), horizon=3)
    write_long(table=out, path=tmp_path / name)
    again, findings = read_long(path=tmp_path / name)
    assert again is not None and not findings
    assert again["ds"].to_list() == out["ds"].to_list()
    assert again["p10"].cast(pl.Float64).to_list() == pytest.approx(out["p10"].to_list())


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_comes_in_the_codings_of_the_field(tmp_path: Path, coding: str) -> None:
    path = tmp_path / "in.csv"
    path.write_text("unique_id; ds;y\n007泵;1;5\n007泵;2;6\n", encoding=coding)
    found, findings = read_long(path=path)
    assert found is not None and not findings
    assert found["unique_id"].to_list() == ["007泵", "007泵"] and found["ds"].to_list() == [1, 2]
    assert forecast_table(table=found, horizon=1)["ds"].to_list() == [3]


def test_parquet_dates_return_as_dates(tmp_path: Path) -> None:
    path = tmp_path / "in.parquet"
    table(FIRSTS).write_parquet(path)
    found, _ = read_long(path=path)
    assert found is not None
    assert forecast_table(table=found, horizon=1)["ds"].to_list() == [dt.date(2022, 7, 1)]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("no.csv", None, "forecast.file.absent"),
        ("book.xlsx", b"PK", "forecast.file.kind"),
        ("broken.parquet", b"PAR1 this is none", "forecast.file.broken"),
        ("empty.csv", b"", "forecast.table.empty"),
        ("binary.csv", b"unique_id,ds,y\n\xff\xff\xff\xfe\x81", "forecast.file.broken"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_finding(
    tmp_path: Path, name: str, content: bytes | None, message: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    found, findings = read_long(path=path)
    assert found is None and [finding.message for finding in findings] == [message]
    assert findings[0].text("zh") and findings[0].remedy("en")
