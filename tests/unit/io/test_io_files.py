"""Dirt of whole files: encodings, line ends, separators, torn rows, unknown names."""

from pathlib import Path

import pytest

from io_cases import FILES, found, messages, read
from sandop.findings import Severity
from sandop.io import check
from sandop.io.encodings import decoded
from sandop.plan import input_hash

ITEMS = FILES["items.csv"]


def test_a_clean_folder_is_read_without_a_word(tmp_path: Path) -> None:
    loaded = read(tmp_path)
    assert loaded.findings == ()
    assert loaded.plan is not None
    assert loaded.plan.network.items.name_zh.tolist() == ["陶土", "茶壶"]
    assert loaded.plan.sheets["orders"].at(("TEA-1", "DC", "SHOP"), "2025-09") == 11


@pytest.mark.parametrize(
    ("encoding", "said"), [("gbk", "GB18030"), ("utf-16", "UTF-16-LE"), ("utf-16-be", "UTF-16-BE")]
)
def test_chinese_names_survive_every_usual_encoding(tmp_path: Path, encoding: str, said: str) -> None:
    loaded = read(tmp_path, items=ITEMS.encode(encoding))
    assert found(loaded, "encoding").values == {"encoding": said}
    assert loaded.plan is not None
    assert loaded.plan.network.items.name_zh.tolist() == ["陶土", "茶壶"]


def test_a_byte_order_mark_is_no_part_of_the_first_heading(tmp_path: Path) -> None:
    assert read(tmp_path, items=ITEMS.encode("utf-8-sig")).findings == ()


def test_bytes_that_no_encoding_explains_are_found_with_their_row(tmp_path: Path) -> None:
    broken = ITEMS.encode("utf-8").replace("陶土".encode(), b"\xff\xff\xfe")
    finding = found(read(tmp_path, items=broken), "unreadable_encoding")
    assert (finding.where.file, finding.where.row) == ("items.csv", 3)


def test_half_a_character_of_utf16_is_found() -> None:
    assert decoded(b"\xff\xfea\0\x00").bad_row == 1
    assert decoded("plain text, long enough".encode("utf-16-le")).encoding == "utf-16-le"


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_lines_may_end_as_on_any_machine(tmp_path: Path, ends: str) -> None:
    assert read(tmp_path, items=ITEMS.replace("\n", ends)).findings == ()


def test_semicolons_and_tabs_part_columns_too(tmp_path: Path) -> None:
    loaded = read(
        tmp_path, items=ITEMS.replace(",", ";").replace(";10\n", ";10,5\n"), sites="site\tkind\nP1\t\nDC\t\n"
    )
    assert messages(loaded).count("delimiter") == 2
    assert loaded.plan is not None
    assert loaded.plan.network.items.value.tolist() == [1.0, 10.5]


def test_the_line_with_which_excel_names_its_separator_is_no_heading(tmp_path: Path) -> None:
    loaded = read(tmp_path, items="sep=;\n" + ITEMS.replace(",", ";"))
    assert messages(loaded) == ["delimiter"]


def test_an_embedded_nul_is_found(tmp_path: Path) -> None:
    finding = found(read(tmp_path, items=ITEMS.replace("陶土", "陶\0土")), "nul")
    assert (finding.where.row, finding.values["count"]) == (3, 1)


def test_a_torn_row_is_named_and_the_rest_still_checked(tmp_path: Path) -> None:
    """| item  | family | value |
    | TEA-1 | POT    | 1     | 200   |  <- 1,200 without quotation marks
    | CLAY  | POT    |               |  <- a cell short: "CLAY,POT"
    | X     | POT    | many  |        <- found all the same
    """
    loaded = read(tmp_path, items="item,family,value\nTEA-1,POT,1,200\nCLAY,POT\nX,POT,many\n")
    torn = [finding for finding in loaded.findings if finding.message == "io.ragged"]
    assert [(finding.where.row, finding.values["cells"]) for finding in torn] == [(2, 4), (3, 2)]
    assert found(loaded, "not_a_number").where.row == 4
    assert loaded.plan is None


def test_empty_cells_beyond_the_headings_and_blank_rows_do_no_harm(tmp_path: Path) -> None:
    assert read(tmp_path, sites="site,,\nP1,,\n,,\n\nDC\n").findings == ()


def test_cells_without_a_heading_are_found(tmp_path: Path) -> None:
    finding = found(read(tmp_path, sites="site,,kind\nP1,x,plant\nDC,,dc\n"), "blank_heading")
    assert finding.values == {"place": 2}


def test_a_quotation_mark_that_is_never_closed_is_found_with_its_row(tmp_path: Path) -> None:
    finding = found(read(tmp_path, sites='site,name\nP1,works\nDC,"big\n'), "quote")
    assert finding.where.row == 3


@pytest.mark.parametrize("content", ["", "\n\n", "\ufeff", " , ,\n"])
def test_an_empty_file_is_an_error(tmp_path: Path, content: str) -> None:
    assert found(read(tmp_path, opening_stock=content), "empty_file").severity is Severity.ERROR


def test_headings_without_rows_are_worth_a_note(tmp_path: Path) -> None:
    loaded = read(tmp_path, opening_stock="item,site,quantity\n")
    assert found(loaded, "header_only").severity is Severity.NOTE
    assert loaded.plan is not None


def test_an_unknown_file_is_named_with_the_nearest_known_one(tmp_path: Path) -> None:
    (tmp_path / "vintage").mkdir()
    (tmp_path / "archive").mkdir()
    (tmp_path / "README.md").write_text("notes")
    loaded = read(tmp_path, Items="a\n", deliveries="a\n", zzz="a\n")
    warned = {finding.where.file: finding for finding in loaded.findings}
    assert warned["Items.csv"].values["nearest"] == "items.csv"
    assert warned["vintage"].values["nearest"] == "vintages"
    assert warned["deliveries.csv"].message == "io.result_as_input"
    assert warned["zzz.csv"].message == "io.unknown_file"
    assert set(warned) == {"Items.csv", "vintage", "deliveries.csv", "zzz.csv"}


def test_an_unknown_column_is_named_with_the_nearest_known_one(tmp_path: Path) -> None:
    loaded = read(tmp_path, sites="site,regon,whatsoever\nP1,East,x\nDC,West,y\n")
    assert found(loaded, "unknown_column_near").values["nearest"] == "region"
    assert found(loaded, "unknown_column").where.column == "whatsoever"
    assert loaded.plan is not None


def test_headings_may_differ_by_case_and_blanks(tmp_path: Path) -> None:
    loaded = read(tmp_path, sites="Site,Review Days\nP1,7\nDC,7\n")
    assert loaded.findings == ()
    assert loaded.plan is not None
    assert loaded.plan.network.sites.review_days.tolist() == [7, 7]


def test_a_missing_or_doubled_column_is_an_error(tmp_path: Path) -> None:
    loaded = read(tmp_path, items="item,value,value\nTEA-1,1,2\nCLAY,1,2\n")
    assert found(loaded, "missing_column").where.column == "family"
    assert found(loaded, "column_twice").where.column == "value"


def test_no_folder_no_settings_no_items(tmp_path: Path) -> None:
    assert found(check(tmp_path / "nowhere"), "no_folder").where.file == "nowhere"
    (tmp_path / "plan.tml").write_text("")
    (tmp_path / "plans.toml").write_text("")
    loaded = check(tmp_path)
    assert found(loaded, "no_settings").values["nearest"] == "plans.toml"
    assert [finding.where.file for finding in loaded.findings if finding.message == "io.file_needed"] == [
        "items",
        "sites",
    ]


def test_a_table_that_others_name_but_nobody_brought_is_said_once(tmp_path: Path) -> None:
    finding = found(read(tmp_path, families=None), "missing_file")
    assert finding.where.file == "families"
    assert finding.values["named_in"] == "items.csv"


def test_of_many_equal_findings_twenty_are_shown_and_all_are_counted(tmp_path: Path) -> None:
    rows = "".join(f"NO-{i},DC,1\n" for i in range(4332))
    loaded = read(tmp_path, opening_stock="item,site,quantity\n" + rows)
    assert loaded.counts[Severity.ERROR] == 4332
    more = found(loaded, "more")
    assert (more.values["count"], more.values["total"]) == (4312, 4332)
    assert more.text() == "And 4,312 more of this kind in this file (4,332 in all)."
    assert messages(loaded).count("unknown_id") == 20


def test_every_problem_is_listed_at_once_and_nothing_is_half_loaded(tmp_path: Path) -> None:
    loaded = read(
        tmp_path,
        plan_toml="[company]\nname = 'x'\n",
        items="item,family,value\nTEA-1,POTS,ten\n",
        bills="process,component,quantity\nFIRE,SAND,1\n",
    )
    assert loaded.plan is None
    assert {"setting_missing", "unknown_id", "not_a_number"} <= set(messages(loaded))
    for finding in loaded.findings:
        for language in ("en", "zh"):
            row = finding.as_row(language)
            assert row["what"]
            assert row["remedy"]


def test_the_order_of_rows_and_columns_never_matters(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one = read(tmp_path / "a")
    other = read(
        tmp_path / "b",
        items="value,item,name_zh,unit,kind,family\n1,CLAY,陶土,kg,raw,POT\n10,TEA-1,茶壶,pot,,POT\n",
        orders="customer,2025-12,item,site,2025-07,2025-08,2025-09,2025-10,2025-11\n"
        "KEY,6,TEA-1,DC,1,2,3,4,5\nSHOP,10,TEA-1,DC,10,12,11,9,14\n",
    )
    assert one.plan is not None
    assert other.plan is not None
    assert input_hash(one.plan) == input_hash(other.plan)


def test_check_says_what_was_found_in_which_file(tmp_path: Path) -> None:
    loaded = read(tmp_path)
    assert check(tmp_path).plan is not None
    assert (len(loaded.contents), sum(part.rows for part in loaded.contents)) == (17, 22)
    orders = next(part for part in loaded.contents if part.name == "orders")
    assert (orders.rows, orders.first, orders.last) == (2, "2025-07", "2025-12")
