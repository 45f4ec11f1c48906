"""Every sentence of my packages can be said in both languages with the values its findings carry."""

import csv
import string
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[3] / "src" / "sandop"
ROWS = [
    row
    for package in ("finance", "execution", "cycle")
    for row in csv.DictReader((SOURCE / package / "messages.csv").open(encoding="utf-8", newline=""))
]


def places(text: str) -> set[tuple[str, str]]:
    """Places and their forms; a choice between one and several, which Chinese makes none of, is left out."""
    found = {(name, form or "") for _, name, form, _ in string.Formatter().parse(text) if name}
    return {(name, form) for name, form in found if not form.startswith("|")}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_both_languages_name_the_same_places(row: dict[str, str]) -> None:
    assert places(row["en"]) == places(row["zh"])
    assert row["remedy_en"] and row["remedy_zh"], "it says what to do"
    assert None not in row, "a comma is not quoted"
