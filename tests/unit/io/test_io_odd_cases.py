"""Rare trouble: files that cannot be opened, endless numbers, impossible years, disks that fill up."""

from pathlib import Path

import pytest

from io_cases import FILES, PLAN_TOML, folder, found, messages, read
from sandop.io import publish, read_folder, read_version, write_results
from sandop.io.cell_texts import write_whole


def test_a_file_that_cannot_be_opened_is_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder(tmp_path)
    (tmp_path / "vintages").mkdir()
    (tmp_path / "vintages" / "2025-12.csv").write_text("item,site,customer,2025-12\n")
    opened = Path.read_bytes

    def refused(self: Path) -> bytes:
        if self.name in ("items.csv", "2025-12.csv", "plan.toml"):
            raise PermissionError
        return opened(self)

    monkeypatch.setattr(Path, "read_bytes", refused)
    loaded = read_folder(tmp_path)
    closed = {f.where.file for f in loaded.findings if f.message == "io.unreadable_file"}
    assert closed == {"items.csv", "vintages/2025-12.csv", "plan.toml"}


@pytest.mark.parametrize(
    ("old", "new", "setting"),
    [
        ('"2026-01"', '"9999-12"', "time.start"),
        ('"2025-07"', '"0000-01"', "time.history_start"),
        ("seed = 7\n", "seed = 7\nfinance = {payable_days = inf}\n", "finance.payable_days"),
    ],
)
def test_settings_no_calendar_or_purse_can_hold_are_refused(tmp_path: Path, old: str, new: str, setting: str) -> None:
    loaded = read(tmp_path, plan_toml=PLAN_TOML.replace(old, new))
    assert found(loaded, "setting_wrong").where.column == setting


def test_a_past_forecast_is_in_months(tmp_path: Path) -> None:
    folder(tmp_path)
    (tmp_path / "vintages").mkdir()
    for name, text in (("2025-11", "item,site,customer,2025-W48\nTEA-1,DC,SHOP,1\n"), ("2025-12", "item\nTEA-1\n")):
        (tmp_path / "vintages" / f"{name}.csv").write_text(text)
    loaded = read_folder(tmp_path)
    assert found(loaded, "wrong_bucket").where.file == "vintages/2025-11.csv"
    assert messages(loaded).count("missing_column") == 2


def test_weeks_with_a_gap_cannot_be_placed_without_settings(tmp_path: Path) -> None:
    text = "resource,2026-W02,2026-W04\nKILN,1,2\n"
    loaded = read(tmp_path, plan_toml="", capacity_regular=text)
    assert found(loaded, "missing_periods").values["periods"] == "2026-W02 – 2026-W04"


def test_blanks_around_ids_of_a_sheet_are_dropped_with_a_word(tmp_path: Path) -> None:
    loaded = read(tmp_path, orders=FILES["orders.csv"].replace("DC,KEY", " DC,KEY"))
    assert found(loaded, "spaces_around").values == {"count": 1}
    assert loaded.plan is not None


def test_a_disk_that_fills_up_leaves_the_old_results_and_versions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_results(path=tmp_path / "results", sheets={}, reports={"a": [{"x": 1}]})
    name = publish(tmp_path, sheets={}, reports={}, input_hash="a", start="2026-01", who="w", when="t")
    write_bytes = Path.write_bytes

    def full(self: Path, content: bytes) -> int:
        if self.name == "month.json":
            raise OSError("disk full")
        return write_bytes(self, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="disk full"):
        write_results(path=tmp_path / "results", sheets={}, reports={})
    with pytest.raises(OSError, match="disk full"):
        publish(tmp_path, sheets={}, reports={}, input_hash="b", start="2026-01", who="w", when="t")
    monkeypatch.undo()
    assert sorted(file.name for file in (tmp_path / "results").iterdir()) == ["a.csv", "month.json"]
    assert read_version(tmp_path).hash == name
    assert not list(tmp_path.rglob(".writing-*"))


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(self: Path, _: Path) -> Path:
        raise OSError("no room for " + self.name)

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(OSError, match="no room"):
        write_whole(tmp_path / "a.txt", b"x")
    assert list(tmp_path.iterdir()) == []
