"""Results as files, and approved versions that cannot be changed."""

import dataclasses
import datetime as dt
import json
import stat
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from io_cases import folder, found, read
from sandop.calendar import Periods
from sandop.io import (
    NoSuchVersion,
    NothingApproved,
    SeveralVersions,
    VersionDamaged,
    last_approved,
    publish,
    read_folder,
    read_results,
    read_version,
    version_in_force,
    version_names,
    write_folder,
    write_results,
)
from sandop.plan import Sheet, sheets_hash

JAN = Periods.months("2026-01", 3)
NAN = float("nan")
DELIVERIES = Sheet.of(
    "deliveries", JAN, {("TEA-1", "DC", "SHOP"): (1.5, NAN, 0.0), ("TEA-1", "DC", "KEY"): (NAN,) * 3}
)
HOURS = Sheet.of("hours_regular", Periods.weeks("2026-01", 1), {("KILN",): (1, 2, 3, 4, 5)})
SHEETS = {"deliveries": DELIVERIES, "hours_regular": HOURS}
REPORT: list[dict[str, Any]] = [
    {"kind": "capacity", "limit": "KILN", "used": 1.5, "whole": 3, "hard": True, "text": "", "none": None, "any": 1},
    {
        "kind": "",
        "limit": None,
        "used": None,
        "whole": None,
        "hard": None,
        "text": 'a,"b"\nc',
        "none": None,
        "any": "1",
    },
]
REPORTS = {"shortages": REPORT, "surpluses": []}


def signed(path: Path, **changed: Any) -> str:
    values: dict[str, Any] = {
        "sheets": SHEETS,
        "reports": REPORTS,
        "input_hash": "aa",
        "start": "2026-01",
        "who": "zhou",
        "when": "2026-01-15T10:00",
        "conditions": ["overtime agreed by 1 February"],
    }
    return publish(path, **{**values, **changed})


def test_results_come_back_as_they_were(tmp_path: Path) -> None:
    result_hash = write_results(path=tmp_path / "results", sheets=SHEETS, reports=REPORTS, input_hash="aa")
    back = read_results(tmp_path / "results")
    assert back.findings == ()
    assert result_hash == sheets_hash(SHEETS) == sheets_hash(back.sheets)
    assert back.reports == REPORTS
    assert back.index["input_hash"] == "aa"
    assert back.sheets["hours_regular"].periods.starts == HOURS.periods.starts
    np.testing.assert_array_equal(back.sheets["deliveries"].values, DELIVERIES.values)


def test_every_kind_of_cell_in_a_report_comes_back_as_itself(tmp_path: Path) -> None:
    report = [
        {"number": np.float64(2.0), "whole": np.int64(2), "day": dt.date(2026, 1, 5), "mixed": "a\rb", "gone": 1.0},
        {"number": 0.1 + 0.2, "whole": 3, "day": None, "mixed": "", "gone": NAN},
    ]
    write_results(path=tmp_path / "r", sheets={}, reports={"x": report})
    back = read_results(tmp_path / "r").reports["x"]
    assert back[0] == report[0]
    assert back[1]["number"] == 0.1 + 0.2
    assert back[1]["day"] is None
    assert back[1]["gone"] != back[1]["gone"]
    assert [type(cell) for cell in back[0].values()] == [float, int, dt.date, str, float]


def test_a_report_whose_rows_differ_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="differ"):
        write_results(path=tmp_path / "r", sheets={}, reports={"x": [{"a": 1}, {"b": 1}]})
    assert not list(tmp_path.iterdir())


def test_writing_again_replaces_results_and_keeps_other_files(tmp_path: Path) -> None:
    path = tmp_path / "r"
    write_results(path=path, sheets=SHEETS, reports=REPORTS, others={"certificate.json": b"{}"})
    (path / "notes.txt").write_text("mine")
    write_results(path=path, sheets={"deliveries": DELIVERIES}, reports={})
    names = {file.name for file in path.iterdir()}
    assert names == {"deliveries.csv", "month.json", "certificate.json", "notes.txt"}
    assert [file.name for file in tmp_path.iterdir()] == ["r"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("deliveries.csv", "item,site,customer,2026-01,2026-02,2026-03\nTEA-1,DC,SHOP,2,,0\n", "result_changed"),
        ("deliveries.csv", "item,site,customer,2026-01,2026-02,2026-03\nTEA-1,DC,SHOP,x,,0\n", "result_changed"),
        ("deliveries.csv", "item,2026-01\nTEA-1,1\n", "result_changed"),
        ("deliveries.csv", None, "result_missing"),
        ("shortages.csv", "kind\n", "result_changed"),
        ("shortages.csv", None, "result_missing"),
        ("certificate.json", "{ }", "result_changed"),
        ("month.json", "{", "no_results"),
        ("month.json", None, "no_results"),
        ("month.json", '{"result_hash": "", "sheets": {}}', "no_results"),
        ("month.json", '{"result_hash": "", "sheets": {"../x": {}}, "reports": {}}', "no_results"),
        ("month.json", '{"result_hash": "", "sheets": {"nothing": {}}, "reports": {}}', "result_changed"),
    ],
)
def test_changed_results_are_findings(tmp_path: Path, name: str, content: str | None, message: str) -> None:
    write_results(path=tmp_path, sheets=SHEETS, reports=REPORTS, others={"certificate.json": b"{}"})
    if content is None:
        (tmp_path / name).unlink()
    else:
        (tmp_path / name).write_text(content)
    assert [finding.message for finding in read_results(tmp_path).findings] == [f"io.{message}"]


def test_an_approved_version_is_found_again_by_its_hash(tmp_path: Path) -> None:
    name = signed(tmp_path)
    version = read_version(tmp_path, name[:6])
    assert version.hash == read_version(tmp_path).hash
    assert (version.hash, version.who, version.when) == (name, "zhou", "2026-01-15T10:00")
    assert version.conditions == ("overtime agreed by 1 February",)
    assert version.result_hash == sheets_hash(SHEETS)
    assert version.reports == REPORTS
    assert version_in_force(tmp_path) == name
    assert version_names(tmp_path) == (name,)


def test_its_files_are_read_only_and_its_name_says_what_is_in_it(tmp_path: Path) -> None:
    name = signed(tmp_path)
    for file in (tmp_path / "versions" / name).iterdir():
        assert not file.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)
    assert signed(tmp_path, who="chen") == name
    assert read_version(tmp_path).who == "zhou"
    assert signed(tmp_path, input_hash="bb") != name


@pytest.mark.parametrize("file", ["deliveries.csv", "shortages.csv", "month.json", "version.json"])
def test_a_changed_version_is_refused(tmp_path: Path, file: str) -> None:
    name = signed(tmp_path)
    path = tmp_path / "versions" / name / file
    path.chmod(0o644)
    path.write_text(path.read_text().replace("SHOP", "KEY2").replace("aa", "ab").replace("capacity", "c"))
    with pytest.raises(VersionDamaged, match=name[:12]):
        read_version(tmp_path)
    with pytest.raises(VersionDamaged):
        signed(tmp_path)
    path.unlink()
    with pytest.raises(VersionDamaged):
        read_version(tmp_path, name[:8])


def test_a_signature_cannot_be_rewritten(tmp_path: Path) -> None:
    name = signed(tmp_path)
    path = tmp_path / "versions" / name / "version.json"
    record = json.loads(path.read_text())
    path.chmod(0o644)
    path.write_text(json.dumps({**record, "who": "somebody"}))
    with pytest.raises(VersionDamaged):
        read_version(tmp_path)
    path.write_text("[]")
    with pytest.raises(VersionDamaged):
        read_version(tmp_path)


def test_a_version_under_another_name_is_refused(tmp_path: Path) -> None:
    name = signed(tmp_path)
    other = name[::-1]
    (tmp_path / "versions" / name).rename(tmp_path / "versions" / other)
    (tmp_path / "versions" / "current.txt").write_text(other)
    with pytest.raises(VersionDamaged):
        read_version(tmp_path)


def test_refusals_say_what_is_the_matter(tmp_path: Path) -> None:
    with pytest.raises(NothingApproved) as nothing:
        read_version(tmp_path)
    assert nothing.value.text("zh") == "这里还没有批准过任何版本。"
    names = [signed(tmp_path, input_hash=str(i)) for i in range(40)]
    with pytest.raises(NoSuchVersion):
        read_version(tmp_path, "xyz")
    shared = next(name[0] for name in names if sum(other[0] == name[0] for other in names) > 1)
    with pytest.raises(SeveralVersions):
        read_version(tmp_path, shared)
    for content in (b"latest", b"\xff\xfe"):
        (tmp_path / "versions" / "current.txt").write_bytes(content)
        with pytest.raises(VersionDamaged):
            read_version(tmp_path)


def test_the_last_plan_is_the_one_approved_before_this_month(tmp_path: Path) -> None:
    """Approved: December's plan, then January's, then January's once more. January is planned from December's."""
    december = signed(tmp_path, start="2025-12", input_hash="dec")
    assert read_version(tmp_path).parent == ""
    signed(tmp_path, start="2026-01", input_hash="jan")
    again = signed(tmp_path, start="2026-01", input_hash="jan again")
    last = last_approved(tmp_path, before="2026-01")
    assert last is not None
    assert last.hash == december
    newest = last_approved(tmp_path, before="2026-02")
    assert newest is not None
    assert newest.hash == again
    assert last_approved(tmp_path, before="2025-12") is None


def test_a_last_plan_that_nobody_signed_here_is_never_in_force(tmp_path: Path) -> None:
    plan = read(tmp_path).plan
    assert plan is not None
    write_folder(dataclasses.replace(plan, previous=SHEETS), tmp_path / "new")
    again = read_folder(tmp_path / "new").plan
    assert again is not None
    assert set(again.previous) == set(SHEETS)
    with pytest.raises(NothingApproved):
        read_version(tmp_path / "new")


def test_a_plan_folder_brings_its_last_plan(tmp_path: Path) -> None:
    signed(tmp_path, start="2025-12")
    plan = read(tmp_path).plan
    assert plan is not None
    assert set(plan.previous) == {"deliveries", "hours_regular"}
    assert plan.previous["hours_regular"].periods.labels == HOURS.periods.labels


def test_a_damaged_last_plan_is_a_finding(tmp_path: Path) -> None:
    name = signed(folder(tmp_path), start="2025-12")
    path = tmp_path / "versions" / name / "deliveries.csv"
    path.chmod(0o644)
    path.write_text("")
    loaded = read_folder(tmp_path)
    assert loaded.plan is None
    assert found(loaded, "version_damaged").values["file"] == "deliveries.csv"
