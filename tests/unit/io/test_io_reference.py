"""The reference names everything that can be brought, in both languages."""

import csv
import string
from pathlib import Path

import pytest

import sandop.io
from sandop.io import plan_folder_reference, reference
from sandop.io.reference import setting_meaning
from sandop.measures import measures
from sandop.network import TABLES
from sandop.wording import Language


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_table_column_measure_and_setting_stands_in_the_reference(language: Language) -> None:
    page = plan_folder_reference(language)
    for table in TABLES:
        assert f"### {table.file}.csv" in page
        for column in table.columns():
            assert f"| `{column.name}` |" in page
    for known in measures().values():
        assert (f"| `{known.name}.csv` |" in page) == (known.direction == "input")
    for key in ("history_start", "sales_includes", "holding_rate", "seed"):
        assert f"| `{key}` |" in page


def test_the_reference_gives_unit_default_example_and_limits() -> None:
    entries = {(entry.file, entry.column): entry for entry in reference()}
    rebate = entries["customers", "rebate"]
    assert (rebate.unit, rebate.default, rebate.allowed, rebate.example) == ("share", "0", "≥ 0 ≤ 1", "0.03")
    assert entries["items", "family"].allowed == "→ families"
    assert entries["items", "family"].required
    assert entries["items", "strategy"].allowed == "MTS, MTO, ATO, ETO"
    assert entries["resources", "most_workers"].default == "∞"
    assert entries["time", "bucket"].allowed == "month, week"
    assert entries["demand", "sales_includes"].kind == "list"
    assert entries["company", "currency"].required
    assert entries["orders", "item, site, customer"].unit == "unit"


def test_every_declared_meaning_has_been_translated() -> None:
    english = {(entry.part, entry.file, entry.column): entry.meaning for entry in reference("en")}
    chinese = {(entry.part, entry.file, entry.column): entry.meaning for entry in reference("zh")}
    same = [key for key, meaning in english.items() if chinese[key] == meaning]
    assert not same, "add them to meanings.csv"
    assert setting_meaning("time", "nothing") == ""


def test_both_languages_of_a_message_name_the_same_places() -> None:
    file = Path(sandop.io.__file__).with_name("messages.csv")
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            for one, other in (("en", "zh"), ("remedy_en", "remedy_zh")):
                assert _places(row[one]) == _places(row[other]), row["id"]
                assert bool(row[one]) == bool(row[other]), row["id"]


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}
