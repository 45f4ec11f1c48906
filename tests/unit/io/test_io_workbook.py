"""A plan in one workbook; workbooks that are broken, too big or made to harm."""

import datetime as dt
import io
import json
import os
import struct
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from io_cases import FILES, found, messages, read
from sandop.findings import Severity
from sandop.io import Ledger, Limits, check, read_workbook, scan_workbook, write_workbook
from sandop.io import workbook_reader as reader
from sandop.plan import input_hash

TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
RELS = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
BASE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SITE = '<c r="A1" t="inlineStr"><is><t>site</t></is></c>'


def handmade(path: Path, rows: str, name: str = "sites", more: Mapping[str, str | bytes] = {}) -> Path:
    """A workbook of one sheet whose XML is written by the test."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELS.format(f'<Relationship Id="r1" Type="{BASE}/officeDocument" Target="xl/workbook.xml"/>'),
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{BASE}"><sheets><sheet name="{name}" sheetId="1" r:id="r1"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": RELS.format(
            f'<Relationship Id="r1" Type="{BASE}/worksheet" Target="worksheets/sheet1.xml"/>'
        ),
        "xl/worksheets/sheet1.xml": f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>",
        **more,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return path


def rows_of(*cells: str) -> str:
    return "".join(f'<row r="{i}">{cell}</row>' for i, cell in enumerate(cells, 1))


def typed(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> Path:
    """A workbook as a person types it."""
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for row, cells in enumerate(rows):
                page.write_row(row, 0, cells)
    return path


def small() -> dict[str, list[list[object]]]:
    """The small company as sheets."""
    sheets: dict[str, list[list[object]]] = {
        name.removesuffix(".csv"): [list(line.split(",")) for line in text.splitlines()]
        for name, text in FILES.items()
        if name != "plan.toml"
    }
    sheets["plan"] = [
        ["section", "key", "value"],
        ["company", "name", "Teapot Works"],
        ["company", "name_zh", "茶壶厂"],
        ["company", "currency", "CNY"],
        ["time", "start", "2026-01"],
        ["time", "months", 6],
        ["time", "history_start", "2025/7"],
    ]
    return sheets


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_folder_and_its_workbook_are_the_same_plan(tmp_path: Path, language: str) -> None:
    plan = read(tmp_path).plan
    assert plan is not None
    write_workbook(plan, tmp_path / "plan.xlsx", language=language)  # type: ignore[arg-type]
    loaded = check(tmp_path / "plan.xlsx")
    assert loaded.findings == ()
    assert loaded.plan is not None
    assert input_hash(loaded.plan) == input_hash(plan)
    names = CalamineWorkbook.from_path(tmp_path / "plan.xlsx").sheet_names
    assert names[:3] == ["说明" if language == "zh" else "read me", "plan", "families"]


def test_a_workbook_that_a_person_typed_is_the_same_plan_too(tmp_path: Path) -> None:
    plan = read(tmp_path).plan
    assert plan is not None
    loaded = read_workbook(typed(tmp_path / "typed.xlsx", small()))
    assert loaded.plan is not None, messages(loaded)
    assert input_hash(loaded.plan) == input_hash(plan)


def test_writing_the_same_plan_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    plan = read(tmp_path).plan
    assert plan is not None
    for name in ("a.xlsx", "b.xlsx"):
        write_workbook(plan, tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert not list(tmp_path.glob(".writing-*"))


def test_headings_are_locked_and_explained_and_cells_are_free(tmp_path: Path) -> None:
    plan = read(tmp_path).plan
    assert plan is not None
    write_workbook(plan, tmp_path / "a.xlsx", language="zh")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet4.xml").decode()
        notes = "".join(archive.read(name).decode() for name in archive.namelist() if "comments" in name)
    assert "<sheetProtection" in sheet
    assert 'state="frozen"' in sheet
    assert "标准成本（计划币种），库存按此计价 [currency/unit]" in notes


def test_dirt_in_a_workbook_is_named_by_sheet_and_row(tmp_path: Path) -> None:
    sheets = small()
    sheets["items"][1][5] = "ten"
    sheets["item"] = [["x"], [1]]
    sheets["revenue"] = [["x"], [1]]
    sheets["vintage soon"] = [["x"], [1]]
    sheets["plan"] += [
        ["time", "start", "2026-02"],
        ["times", "x", "1"],
        ["", "sed", "1"],
        ["demand", "learned", "x"],
    ]
    loaded = read_workbook(typed(tmp_path / "typed.xlsx", sheets))
    assert found(loaded, "not_a_number").where.file == "items"
    assert found(loaded, "not_a_number").where.row == 2
    assert found(loaded, "unknown_file_near").values["nearest"] == "items"
    assert found(loaded, "result_as_input").where.file == "revenue"
    assert found(loaded, "vintage_name").values["name"] == "soon"
    assert found(loaded, "duplicate").where.row == 8
    wrong = [f.where.column for f in loaded.findings if f.message == "io.setting_unknown"]
    assert sorted(wrong) == ["sed", "times"]
    assert found(loaded, "setting_wrong").where.row == 11


def test_a_workbook_without_settings_is_told_so(tmp_path: Path) -> None:
    loaded = read_workbook(typed(tmp_path / "a.xlsx", {"sites": [["site"], ["P1"]]}))
    assert found(loaded, "no_settings").where.file == "plan"
    loaded = read_workbook(typed(tmp_path / "b.xlsx", {"plan": [["key", "value"], ["name", "P1"]]}))
    assert "section" in [f.where.column for f in loaded.findings if f.message == "io.missing_column"]


def test_lists_among_the_settings_may_be_empty(tmp_path: Path) -> None:
    sheets = small()
    sheets["plan"].append(["demand", "sales_includes", "-"])
    loaded = read_workbook(typed(tmp_path / "a.xlsx", sheets))
    assert loaded.plan is not None
    assert loaded.plan.settings.demand.sales_includes == ()


def test_past_forecasts_may_stand_in_one_sheet(tmp_path: Path) -> None:
    sheets = small()
    sheets["vintages"] = [
        ["vintage", "item", "site", "customer", "2025-11", "2025-12", "2026-01"],
        ["2025-11", "TEA-1", "DC", "SHOP", 1, 2, 3],
        ["Dec-25", "TEA-1", "DC", "SHOP", None, 5, 6],
    ]
    loaded = read_workbook(typed(tmp_path / "a.xlsx", sheets))
    assert loaded.plan is not None, messages(loaded)
    assert loaded.plan.vintages["2025-11"].values.tolist() == [[1, 2, 3]]
    assert loaded.plan.vintages["2025-12"].values.tolist() == [[5, 6]]
    assert loaded.plan.vintages["2025-12"].periods.labels == ("2025-12", "2026-01")
    sheets["vintages"].append(["once", "TEA-1", "DC", "SHOP", None, 5, 6])
    sheets["vintage 2025-12"] = [["item", "site", "customer", "2025-12"], ["TEA-1", "DC", "SHOP", 1]]
    sheets["vintage 202512"] = sheets["vintage 2025-12"]
    loaded = read_workbook(typed(tmp_path / "b.xlsx", sheets))
    assert found(loaded, "vintage_name").where.row == 4
    assert found(loaded, "vintage_twice").values["month"] == "2025-12"
    sheets["vintages"][0][0] = "made"
    assert "missing_column" in messages(read_workbook(typed(tmp_path / "c.xlsx", sheets)))


def test_the_last_plan_in_a_workbook_needs_a_known_measure_and_its_ids(tmp_path: Path) -> None:
    sheets = small()
    sheets["previous delivery"] = [["x"], [1]]
    sheets["previous deliveries"] = [["item", "2026-01"], ["TEA-1", 1]]
    loaded = read_workbook(typed(tmp_path / "a.xlsx", sheets))
    assert found(loaded, "unknown_file_near").values["nearest"] == "deliveries"
    assert found(loaded, "missing_column").where.file == "previous deliveries"


def test_hidden_and_merged_sheets_are_said(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        book.add_worksheet("plan").write_row(0, 0, ["section", "key", "value"])
        page = book.add_worksheet("sites")
        page.write_row(0, 0, ["site", "region"])
        page.merge_range(1, 0, 2, 0, "P1")
        page.hide()
    loaded = read_workbook(tmp_path / "a.xlsx")
    assert found(loaded, "hidden_sheet").where.file == "sites"
    assert found(loaded, "merged_cells").severity is Severity.WARNING


def test_formulas_with_a_value_are_taken_and_those_without_are_findings(tmp_path: Path) -> None:
    computed = '<c r="A2" t="str"><f>"P"&amp;1</f><v>P1</v></c><c r="B2"><f t="shared" si="0"/><v>7</v></c>'
    head = SITE + '<c r="B1" t="inlineStr"><is><t>review_days</t></is></c>'
    loaded = read_workbook(handmade(tmp_path / "a.xlsx", rows_of(head, computed)))
    assert found(loaded, "formula").values == {"count": 2, "cells": "A2, B2"}
    assert "formula_without_value" not in messages(loaded)
    for bare in (
        '<c r="A2"><f>1+1</f></c>',
        '<c r="A2"><f>1+1</f><v></v></c>',
        '<c r="A2"><f t="shared" si="0"/></c>',
    ):
        loaded = read_workbook(handmade(tmp_path / "b.xlsx", rows_of(SITE, bare)))
        assert messages(loaded) == ["formula_without_value"]
        assert loaded.findings[0].values["cells"] == "A2"


def test_error_values_are_findings(tmp_path: Path) -> None:
    loaded = read_workbook(handmade(tmp_path / "a.xlsx", rows_of(SITE, '<c r="A2" t="e"><v>#REF!</v></c>')))
    assert messages(loaded) == ["error_cells"]


def test_a_cell_at_the_far_corner_is_found_before_anything_opens_it(tmp_path: Path) -> None:
    corner = '<c r="XFD1048576"><v>1</v></c>'
    finding = found(read_workbook(handmade(tmp_path / "a.xlsx", rows_of(SITE, corner))), "far_cell")
    assert (finding.values["row"], finding.values["column"]) == (1048576, 16384)


@pytest.mark.parametrize(
    "cells",
    [
        "<c s=\"1\" r = 'XFD9'/>",
        '<x:c r="A1048576"><x:v>1</x:v></x:c>',
        '<c r="&#88;FD9"/>',
        '<c r="A99999999999"/>',
        '<c r="ZZZZ1"/>',
    ],
)
def test_far_cells_are_found_however_they_are_written(tmp_path: Path, cells: str) -> None:
    assert messages(read_workbook(handmade(tmp_path / "a.xlsx", f'<row r="1">{cells}</row>'))) == ["far_cell"]


def test_a_row_far_down_counts_although_its_cell_does_not_say_so(tmp_path: Path) -> None:
    loaded = read_workbook(handmade(tmp_path / "a.xlsx", '<row r="1048576"><c><v>1</v></c></row>'))
    assert messages(loaded) == ["far_cell"]


def test_the_reader_itself_survives_what_the_scan_did_not_see(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The corner cell again, the scan switched off: the process that opens it fails alone."""
    monkeypatch.setattr("sandop.io.workbook.scan_workbook", lambda *_: True)
    path = handmade(tmp_path / "a.xlsx", rows_of(SITE, '<c r="XFD1048576"><v>1</v></c>'))
    assert messages(read_workbook(path, memory_bytes=600_000_000)) == ["workbook_too_heavy"]
    (tmp_path / "b.xlsx").write_text("no zip at all")
    assert messages(read_workbook(tmp_path / "b.xlsx")) == ["workbook_damaged"]


def test_a_reader_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    path = handmade(tmp_path / "a.xlsx", rows_of(SITE, '<c r="A2" t="inlineStr"><is><t>P1</t></is></c>'))
    assert messages(read_workbook(path, seconds=0.001)) == ["workbook_too_slow"]


def test_a_zip_bomb_is_found_by_what_it_says(tmp_path: Path) -> None:
    path = handmade(tmp_path / "a.xlsx", rows_of(SITE), more={"xl/media/image.bin": b"\0" * 30_000_000})
    assert messages(read_workbook(path)) == ["zip_bomb"]


def test_a_zip_bomb_that_understates_itself_is_found_by_what_it_does(tmp_path: Path) -> None:
    path = handmade(tmp_path / "a.xlsx", rows_of(SITE), more={"xl/media/image.bin": os.urandom(1000) * 900})
    ledger = Ledger()
    assert not scan_workbook(path, ledger, limits=Limits(unpacked_bytes=500_000))
    assert [f.message for f in ledger.findings()] == ["io.zip_bomb"]
    content = path.read_bytes().replace(struct.pack("<I", 900_000), struct.pack("<I", 900))
    path.write_bytes(content)
    assert messages(read_workbook(path)) == ["workbook_damaged"]


def test_limits_of_size_and_number_hold(tmp_path: Path) -> None:
    path = handmade(tmp_path / "a.xlsx", rows_of(SITE, '<c r="C9"/>'))
    for limits, message in (
        (Limits(file_bytes=100), "workbook_too_big"),
        (Limits(entries=3), "zip_entries"),
        (Limits(rows=5), "far_cell"),
        (Limits(columns=2), "far_cell"),
        (Limits(cells=20), "far_cell"),
    ):
        ledger = Ledger()
        assert not scan_workbook(path, ledger, limits=limits)
        assert [f.message for f in ledger.findings()] == [f"io.{message}"]


def test_bytes_unpacked_beyond_the_limit_end_the_scan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The directory is not believed: what really comes out is counted."""
    monkeypatch.setattr("sandop.io.workbook_scan._entries", lambda *_: True)
    path = handmade(tmp_path / "a.xlsx", rows_of(SITE), more={"xl/media/image.bin": b"\0" * 5_000_000})
    ledger = Ledger()
    assert not scan_workbook(path, ledger, limits=Limits(unpacked_bytes=1_000_000))
    assert [f.message for f in ledger.findings()] == ["io.zip_bomb"]


@pytest.mark.parametrize(
    ("part", "content", "message"),
    [
        ("../../etc/cron", "x", "zip_names"),
        ("/etc/cron", "x", "zip_names"),
        ("C:\\autoexec", "x", "zip_names"),
        ("xl/vbaProject.bin", "x", "macros"),
        ("xl/macrosheets/sheet1.xml", "<a/>", "macros"),
        ("xl/sharedStrings.xml", '<!DOCTYPE s [<!ENTITY a "b">]><sst/>', "xml_tricks"),
        ("xl/sharedStrings.xml", "<!DOCTYPE s>".encode("utf-16"), "xml_tricks"),
    ],
)
def test_what_no_honest_workbook_holds_is_refused(
    tmp_path: Path, part: str, content: str | bytes, message: str
) -> None:
    path = handmade(tmp_path / "a.xlsx", rows_of(SITE), more={part: content})
    assert messages(read_workbook(path)) == [message]


def test_a_part_that_stands_twice_is_refused(tmp_path: Path) -> None:
    path = handmade(tmp_path / "a.xlsx", rows_of(SITE))
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert messages(read_workbook(path)) == ["zip_names"]


def test_links_to_other_files_are_a_warning(tmp_path: Path) -> None:
    link = {"xl/externalLinks/externalLink1.xml": "<externalLink/>"}
    loaded = read_workbook(handmade(tmp_path / "a.xlsx", rows_of(SITE), more=link))
    assert found(loaded, "external_links").severity is Severity.WARNING


def test_files_that_are_no_workbooks_are_told_apart(tmp_path: Path) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    plain_zip = io.BytesIO()
    with zipfile.ZipFile(plain_zip, "w") as archive:
        archive.writestr("a.txt", "x")
    whole = handmade(tmp_path / "whole.xlsx", rows_of(SITE)).read_bytes()
    cases: dict[str, tuple[bytes, str]] = {
        "csv.xlsx": (b"site\nP1\n", "not_a_workbook"),
        "old.xls": (ole, "workbook_old"),
        "locked.xlsx": (ole + "EncryptedPackage".encode("utf-16-le"), "workbook_encrypted"),
        "empty.xlsx": (b"", "empty_file"),
        "zip.xlsx": (plain_zip.getvalue(), "not_a_workbook"),
        "cut.xlsx": (whole[: len(whole) // 2], "workbook_damaged"),
        "bent.xlsx": (whole[:200] + b"\xff" * 40 + whole[240:], "workbook_damaged"),
    }
    for name, (content, message) in cases.items():
        (tmp_path / name).write_bytes(content)
        assert messages(read_workbook(tmp_path / name)) == [message], name
    assert messages(read_workbook(tmp_path / "none.xlsx")) == ["no_workbook"]


def test_an_entry_with_a_password_is_told_so(tmp_path: Path) -> None:
    path = handmade(tmp_path / "a.xlsx", rows_of(SITE))
    content = bytearray(path.read_bytes())
    place = content.index(b"PK\x01\x02")
    content[place + 8] |= 1
    path.write_bytes(bytes(content))
    assert messages(read_workbook(path)) == ["workbook_encrypted"]


def test_xml_that_only_looks_like_a_sheet_is_a_finding(tmp_path: Path) -> None:
    path = handmade(tmp_path / "a.xlsx", "<row r='1'><c r='A1'><v>1</c></row>")
    assert messages(read_workbook(path)) == ["workbook_damaged"]


def test_cells_become_the_text_they_would_be_in_a_file(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx", {"default_date_format": "yyyy-mm-dd"}) as book:
        page = book.add_worksheet("a")
        page.write_row(0, 0, ["x", 1.5, 7, True, False])
        page.write_datetime(1, 0, dt.datetime(2026, 1, 5))
        page.write_datetime(1, 1, dt.datetime(2026, 1, 5, 13, 45))
        book.add_chartsheet("chart").set_chart(_chart(book))
    found_cells = reader.sheets_of(str(tmp_path / "a.xlsx"))
    assert found_cells["sheets"] == {
        "a": [["x", "1.5", "7", "yes", "no"], ["2026-01-05", "2026-01-05 13:45:00", "", "", ""]]
    }
    assert reader.cell_text(dt.timedelta(hours=1)) == "1:00:00"
    assert reader.cell_text(dt.time(1, 2)) == "01:02:00"


def _chart(book: xlsxwriter.Workbook) -> object:
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=a!$B$1:$C$1"})
    return chart


def test_the_reader_answers_with_a_code_and_never_with_a_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    limits: list[int] = []
    monkeypatch.setattr(reader, "limit_memory", limits.append)
    (tmp_path / "b.xlsx").write_text("no zip")
    assert reader.main([str(tmp_path / "b.xlsx"), "1000"]) == 4
    typed(tmp_path / "a.xlsx", {"sites": [["site"], ["P1"]]})
    assert reader.main([str(tmp_path / "a.xlsx"), "1000"]) == 0
    assert json.loads(capsys.readouterr().out)["sheets"] == {"sites": [["site"], ["P1"]]}

    def greedy(_: str) -> None:
        raise MemoryError

    monkeypatch.setattr(reader, "sheets_of", greedy)
    assert reader.main([str(tmp_path / "a.xlsx"), "1000"]) == 3
    assert limits == [1000, 1000, 1000]
