"""Every wrong setting is a finding, with its line."""

from pathlib import Path

import pytest

from io_cases import FILES, PLAN_TOML, found, messages, read
from sandop.findings import Severity


def test_each_wrong_setting_is_named_with_its_line(tmp_path: Path) -> None:
    toml = """[company]
name = "x"
curency = "CNY"
fiscal_year_start = 13
[time]
start = "2026-01"
history_start = "soon"
months = "many"
bucket = "day"
[suply]
holding_rate = 1
[demand]
learned = "perhaps"
[finance]
payable_days = -1
"""
    loaded = read(tmp_path, plan_toml=toml)
    wrong = {f.where.column: f for f in loaded.findings if f.where.file == "plan.toml"}
    assert wrong["company.currency"].message == "io.setting_missing"
    assert wrong["company.currency"].where.row == 1
    assert wrong["company.curency"].values["nearest"] == "currency"
    assert wrong["company.curency"].where.row == 3
    assert wrong["company.fiscal_year_start"].values["expected"] == "≤ 12"
    assert wrong["time.history_start"].values["expected"] == "YYYY-MM"
    assert wrong["time.months"].where.row == 8
    assert wrong["time.bucket"].values["expected"] == "month, week"
    assert wrong["suply"].values["nearest"] == "supply"
    assert wrong["demand.learned"].values["expected"] == "true / false"
    assert wrong["finance.payable_days"].values["expected"] == "≥ 0"
    assert loaded.plan is None


def test_the_tables_are_checked_even_where_the_settings_are_wrong(tmp_path: Path) -> None:
    loaded = read(tmp_path, plan_toml="[company]\n", orders=FILES["orders.csv"].replace("12,11", "many,11"))
    assert {"setting_missing", "not_a_number"} <= set(messages(loaded))


def test_a_line_that_is_no_toml_is_named(tmp_path: Path) -> None:
    loaded = read(tmp_path, plan_toml=PLAN_TOML.replace('currency = "CNY"', "currency = CNY"))
    assert found(loaded, "toml").where.row == 5


@pytest.mark.parametrize("start", ['"2026/1"', '"2026年1月"', "2026-01-01", '"Jan-26"', "202601"])
def test_months_of_the_settings_are_read_in_every_form(tmp_path: Path, start: str) -> None:
    loaded = read(tmp_path, plan_toml=PLAN_TOML.replace('"2026-01"', start))
    assert loaded.plan is not None
    assert loaded.plan.settings.time.start == "2026-01"


def test_settings_may_be_gbk_but_not_rubbish(tmp_path: Path) -> None:
    loaded = read(tmp_path, plan_toml=PLAN_TOML.encode("gbk"))
    assert loaded.plan is not None
    assert loaded.plan.settings.company.name_zh == "茶壶厂"
    assert found(loaded, "encoding").severity is Severity.NOTE
    assert "unreadable_encoding" in messages(read(tmp_path, plan_toml=b"a = '\xff\xff'\n"))


def test_history_cannot_begin_after_the_plan(tmp_path: Path) -> None:
    loaded = read(tmp_path, plan_toml=PLAN_TOML.replace('"2025-07"', '"2026-07"'))
    assert found(loaded, "history_after_start").where.row == 9


def test_a_plan_without_history_can_be_read(tmp_path: Path) -> None:
    loaded = read(
        tmp_path,
        plan_toml=PLAN_TOML.replace('"2025-07"', '"2026-01"'),
        orders=None,
        demand_given="item,site,customer,2026-01,2026-02,2026-03,2026-04,2026-05,2026-06\nTEA-1,DC,KEY,1,1,1,1,1,1\n",
    )
    assert loaded.plan is not None, messages(loaded)
    assert len(loaded.plan.calendar.history) == 0
