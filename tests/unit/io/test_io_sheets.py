"""Dirt in the sheets of measures: periods, gaps, blanks, returns, ids."""

from pathlib import Path

import numpy as np

from io_cases import FILES, folder, found, messages, read
from sandop.findings import Severity
from sandop.io import Loaded, read_folder
from sandop.plan import Sheet, input_hash

MONTHS = ("2025-07", "2025-08", "2025-09", "2025-10", "2025-11", "2025-12")
HEAD = "item,site,customer,"


def orders_of(loaded: Loaded) -> Sheet:
    assert loaded.plan is not None, messages(loaded)
    return loaded.plan.sheets["orders"]


def test_periods_are_read_in_every_usual_form(tmp_path: Path) -> None:
    header = "Jul-25,2025-8,2025年9月,202510,2025/11/1,46000"  # 46000 is 2025-12-09 in Excel
    sheet = orders_of(read(tmp_path, orders=f"{HEAD}{header}\nTEA-1,DC,SHOP,1,2,3,4,5,6\n"))
    assert sheet.periods.labels == MONTHS
    assert sheet.values.tolist() == [[1, 2, 3, 4, 5, 6]]


def test_wide_and_long_are_the_same_plan(tmp_path: Path) -> None:
    (tmp_path / "wide").mkdir()
    (tmp_path / "long").mkdir()
    rows = zip(MONTHS, (10, 12, 11, 9, 14, 10), (1, 2, 3, 4, 5, 6))
    lines = "".join(f"TEA-1,DC,SHOP,{m},{a}\nTEA-1,DC,KEY,{m},{b}\n" for m, a, b in rows)
    wide, long = read(tmp_path / "wide"), read(tmp_path / "long", orders=HEAD + "period,value\n" + lines)
    assert wide.plan is not None
    assert long.plan is not None
    assert input_hash(wide.plan) == input_hash(long.plan)


def test_a_silent_month_inside_a_long_history_is_zero_unless_a_row_says_blank(tmp_path: Path) -> None:
    """| month | 07 | 08 | 09    | 10 | 11   | 12 |
    | rows  |    | 5  | blank |    | 7    |    |
    | means | -  | 5  | -     | 0  | 7    | -  |
    """
    text = HEAD + "period,value\nTEA-1,DC,SHOP,2025-08,5\nTEA-1,DC,SHOP,2025-09,\nTEA-1,DC,SHOP,2025-11,7\n"
    loaded = read(tmp_path, orders=text)
    np.testing.assert_array_equal(orders_of(loaded).values[0], [np.nan, 5, np.nan, 0, 7, np.nan])
    assert found(loaded, "filled_with_zero").values == {"count": 1, "series": 1}
    assert found(loaded, "blank_in_history").values["count"] == 1


def test_silence_in_the_future_is_not_zero(tmp_path: Path) -> None:
    text = "item,customer,period,value\nTEA-1,SHOP,2026-01,20\nTEA-1,SHOP,2026-06,20\nTEA-1,KEY,2026-01,20\n"
    loaded = read(tmp_path, price=text)
    assert loaded.plan is not None
    assert np.isnan(loaded.plan.sheets["price"].at(("TEA-1", "SHOP"), "2026-03"))
    assert found(loaded, "blank_inside").values["measure"] == "price"


def test_an_empty_cell_of_a_wide_history_is_unknown_and_said_to_be(tmp_path: Path) -> None:
    loaded = read(tmp_path, orders=FILES["orders.csv"].replace("12,11,9", "12,,9"))
    assert np.isnan(orders_of(loaded).at(("TEA-1", "DC", "SHOP"), "2025-09"))
    finding = found(loaded, "blank_in_history")
    assert (finding.where.row, finding.where.column) == (2, "2025-09")
    assert finding.severity is Severity.WARNING


def test_a_month_missing_from_the_headings_is_an_error(tmp_path: Path) -> None:
    text = HEAD + "2025-07,2025-08,2025-11,2025-12\nTEA-1,DC,SHOP,1,2,3,4\n"
    assert found(read(tmp_path, orders=text), "missing_periods").values["periods"] == "2025-09, 2025-10"


def test_months_outside_of_history_are_said_and_not_read(tmp_path: Path) -> None:
    text = HEAD + ",".join(("2025-05", "2025-06", *MONTHS, "2026-01")) + "\nTEA-1,DC,SHOP,1,1,1,1,1,1,1,1,99\n"
    loaded = read(tmp_path, orders=text)
    finding = found(loaded, "outside_time")
    assert (finding.values["periods"], finding.values["first"]) == ("2025-05, 2025-06, 2026-01", "2025-07")
    assert orders_of(loaded).values.sum() == 6


def test_prices_from_last_month_lose_their_first_column_with_a_word(tmp_path: Path) -> None:
    loaded = read(tmp_path, price="item,customer,2025-12,2026-01\nTEA-1,SHOP,9,20\nTEA-1,KEY,9,20\n")
    assert found(loaded, "before_plan").values["first"] == "2026-01"
    assert found(loaded, "ends_early").values == {"measure": "price", "last": "2026-01", "count": 5}


def test_a_period_twice_or_in_doubt_is_an_error(tmp_path: Path) -> None:
    text = FILES["orders.csv"].replace("2025-08", "Jul-25")
    finding = found(read(tmp_path, orders=text), "period_twice")
    assert (finding.values["one"], finding.values["other"]) == ("2025-07", "Jul-25")
    assert "ambiguous_period" in messages(read(tmp_path, orders=FILES["orders.csv"].replace("2025-10", "2025.1")))


def test_months_and_weeks_do_not_mix(tmp_path: Path) -> None:
    price = "item,customer,2026-01,2026-W06\nTEA-1,SHOP,1,2\n"
    assert "mixed_periods" in messages(read(tmp_path, price=price))
    price = "item,customer,period,value\nTEA-1,SHOP,2026-01,1\nTEA-1,SHOP,2026-W06,1\n"
    assert "mixed_periods" in messages(read(tmp_path, price=price))
    assert "wrong_bucket" in messages(read(tmp_path, price="item,customer,2026-W06\nTEA-1,SHOP,1\n"))


def test_a_plan_in_weeks_takes_capacity_by_week_and_prices_by_month(tmp_path: Path) -> None:
    toml = FILES["plan.toml"].replace("months = 6", 'months = 1\nbucket = "week"')
    weeks = "resource,2026-W01b,2026-W02,2026-W03,2026-W04,2026-W05a\nKILN,20,40,40,40,40\n"
    price = "item,customer,2026-01\nTEA-1,SHOP,20\nTEA-1,KEY,20\n"
    loaded = read(tmp_path, plan_toml=toml, capacity_regular=weeks, price=price)
    assert loaded.plan is not None, messages(loaded)
    assert loaded.plan.sheets["capacity_regular"].periods.labels == loaded.plan.calendar.horizon.labels
    assert loaded.plan.sheets["price"].periods.labels == ("2026-01",)
    assert input_hash(loaded.plan)


def test_a_sheet_without_periods_or_without_its_keys_is_an_error(tmp_path: Path) -> None:
    assert "no_periods" in messages(read(tmp_path, orders=HEAD + "total\nTEA-1,DC,SHOP,1\n"))
    assert (
        found(read(tmp_path, orders="item,site,2025-07\nTEA-1,DC,1\n"), "missing_column").where.column == "customer"
    )


def test_doubled_rows_are_named_wide_and_long(tmp_path: Path) -> None:
    text = FILES["orders.csv"] + "TEA-1,DC,SHOP,1,1,1,1,1,1\n"
    assert found(read(tmp_path, orders=text), "duplicate").values["first"] == 2
    text = HEAD + "period,value\nTEA-1,DC,SHOP,2025-07,5\nTEA-1,DC,SHOP,Jul-25,6\nTEA-1,DC,SHOP,2025-08,6\n"
    assert found(read(tmp_path, orders=text), "duplicate").where.row == 3


def test_capacity_of_no_resource_is_an_error(tmp_path: Path) -> None:
    text = FILES["capacity_regular.csv"] + "KILM,1,1,1,1,1,1\n"
    finding = found(read(tmp_path, capacity_regular=text), "unknown_id")
    assert (finding.values["id"], finding.values["nearest"], finding.values["target"]) == (
        "KILM",
        "KILN",
        "resources",
    )


def test_returns_stay_in_the_history_and_their_total_is_named(tmp_path: Path) -> None:
    """Real order lines hold returns; here two of them, 3 and 5."""
    loaded = read(tmp_path, orders=FILES["orders.csv"].replace("12,11,9", "-3,11,(5)"))
    finding = found(loaded, "negative_history")
    assert (finding.values["count"], finding.values["total"]) == (2, "-8")
    assert finding.severity is Severity.WARNING
    assert orders_of(loaded).values.min() == -5


def test_values_that_cannot_be_are_errors(tmp_path: Path) -> None:
    one = "2026-01,2026-02,2026-03,2026-04,2026-05,2026-06"
    assert "negative" in messages(read(tmp_path, price=FILES["price.csv"].replace("20,20", "-20,20", 1)))
    share = HEAD + "2025-07\nTEA-1,DC,SHOP,40\n"
    assert found(read(tmp_path, stocked_out=share), "share_over_one").values["value"] == "40"
    rate = f"currency,{one}\nUSD,0,7,7,7,7,7\n"
    assert found(read(tmp_path, rate=rate), "rate_of_zero").values["key"] == "USD"
    assert "not_a_number" in messages(read(tmp_path, price=FILES["price.csv"].replace("20,20", "twenty,20", 1)))


def test_a_blank_in_a_given_demand_without_history_is_an_error(tmp_path: Path) -> None:
    head = HEAD + "2026-01,2026-02,2026-03,2026-04,2026-05,2026-06\n"
    loaded = read(tmp_path, orders=None, demand_given=head + "TEA-1,DC,SHOP,5,5,,5,5,5\n")
    finding = found(loaded, "blank_demand")
    assert (finding.where.row, finding.values["period"]) == (2, "2026-03")
    with_history = read(tmp_path, orders=FILES["orders.csv"], demand_given=head + "TEA-1,DC,SHOP,5,5,,5,5,5\n")
    assert "blank_demand" not in messages(with_history)
    assert with_history.plan is not None


def test_unknown_columns_beside_long_values_are_named(tmp_path: Path) -> None:
    loaded = read(tmp_path, orders=HEAD + "period,value,remark\nTEA-1,DC,SHOP,2025-07,5,x\n")
    assert found(loaded, "unknown_column").where.column == "remark"


def test_blank_ids_and_bad_periods_in_a_long_sheet_are_named(tmp_path: Path) -> None:
    loaded = read(tmp_path, orders=HEAD + "period,value\n,DC,SHOP,2025-07,5\nTEA-1,DC,SHOP,last year,5\n")
    assert found(loaded, "blank_required").where.row == 2
    assert found(loaded, "not_a_period").where.row == 3


def test_past_forecasts_are_read_with_ids_that_are_gone_left_out(tmp_path: Path) -> None:
    folder(tmp_path)
    (tmp_path / "vintages").mkdir()
    text = HEAD + "2025-10,2025-11,2025-12,2026-01\nTEA-1,DC,SHOP,1,2,3,4\nOLD,DC,SHOP,9,9,9,9\n"
    (tmp_path / "vintages" / "2025-11.csv").write_text(text)
    loaded = read_folder(tmp_path)
    assert loaded.plan is not None
    vintage = loaded.plan.vintages["2025-11"]
    assert vintage.name == "demand"
    assert vintage.periods.labels == ("2025-11", "2025-12", "2026-01")
    assert vintage.values.tolist() == [[2, 3, 4]]
    assert found(loaded, "vintage_early").values == {"first": "2025-10", "month": "2025-11"}
    assert found(loaded, "unknown_id").severity is Severity.WARNING


def test_a_past_forecast_says_its_month_once(tmp_path: Path) -> None:
    folder(tmp_path)
    (tmp_path / "vintages").mkdir()
    for name in ("2025-11", "202511", "latest"):
        (tmp_path / "vintages" / f"{name}.csv").write_text(HEAD + "2025-11\nTEA-1,DC,SHOP,1\n")
    loaded = read_folder(tmp_path)
    assert found(loaded, "vintage_twice").where.file == "vintages/202511.csv"
    assert found(loaded, "vintage_name").values["name"] == "latest"


def test_order_lines_as_a_company_exports_them(tmp_path: Path) -> None:
    """In the spirit of real files: a line per order, returns as negatives or in brackets, days for months, the same
    item and month more than once."""
    text = (
        HEAD
        + "period,value\nTEA-1,DC,SHOP,2025/7/27,100\nTEA-1,DC,SHOP,2025/7/28,500\nTEA-1,DC,SHOP,2025/9/1,(20)\n"
        + "TEA-1,DC,SHOP,2025/12/31, 2000 \nTEA-1,DC,KEY,2025/10/9,1\n"
    )
    loaded = read(tmp_path, orders=text)
    assert found(loaded, "duplicate").values == {"key": "TEA-1 · DC · SHOP · 2025-07", "first": 2}
    assert found(loaded, "negative_history").values["total"] == "-20"
    assert loaded.plan is None
