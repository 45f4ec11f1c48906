"""Tables that are longer than anybody reads: searched, leafed through, chosen from by a part of a name."""

from __future__ import annotations

from dataclasses import replace

import pytest
from planning import address, hours
from stage import Act, Browser

from sandop_web.actions.editing import edit_cells_of_plan
from sandop_web.queries import sheets
from sandop_web.screens.plans import reports
from sandop_web.store.models import Version
from sandop_web.store.plans import read_month, write_results
from sandop_web.store.sealing import hash_to_be_signed, sealable


@pytest.fixture
def short(version: Version, monkeypatch: pytest.MonkeyPatch) -> Version:
    """A version with a report of eight rows, of which a page shows one."""
    month = read_month(version)
    rows = [{"item": item, "note": f"note {place}"} for place, item in enumerate("AABBBBBB")]
    write_results(version, replace(month, reports={**month.reports, "segmentation": rows}), changes=0)
    monkeypatch.setattr(reports, "ROWS_SHOWN", 1)
    return version


@pytest.mark.parametrize(("text", "found"), [("note", 8), ("note 3", 1), ("NOTE", 8)])
def test_a_report_is_searched_whatever_the_letters_are(
    client_of: Browser, short: Version, text: str, found: int
) -> None:
    page = client_of("max").get(address(short, f"report/segmentation/?text={text}")).text
    assert f"{found} {'rows' if found > 1 else 'row'}, page 1 of {found}" in page


def test_a_report_is_searched_by_what_things_are_called(client_of: Browser, short: Version) -> None:
    name = read_month(short).plan.network.items.name[0]
    page = client_of("max").get(address(short, f"report/segmentation/?text={name}")).text
    assert "2 rows, page 1 of 2" in page


def test_leafing_through_what_was_found_stays_within_it(client_of: Browser, short: Version) -> None:
    page = client_of("max").get(address(short, "report/segmentation/?text=note&page=2")).text
    assert "?text=note&amp;page=3" in page
    assert '<input type="hidden" name="text" value="note">' in page


def test_where_nothing_is_found_the_page_says_so(client_of: Browser, short: Version) -> None:
    page = client_of("max").get(address(short, "report/segmentation/?text=moon")).text
    assert "No row speaks of “moon”" in page


def test_too_many_labels_are_not_offered_but_what_is_chosen_stays_chosen(
    client_of: Browser, version: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "MOST_CHOICES", 1)
    free = client_of("max").get(address(version, "sheet/sales_forecast/")).text
    assert 'id="level-item"' not in free
    chosen = client_of("max").get(address(version, "sheet/sales_forecast/?item=A")).text
    assert '<option value="A" selected>' in chosen


def test_the_hash_that_is_remembered_is_the_one_that_would_be_signed(act: Act, version: Version) -> None:
    before = hash_to_be_signed(version)
    assert before == hash_to_be_signed(version) == sealable(version).root_hash
    edit_cells_of_plan(by=act("max"), version=version.pk, edits=[hours(700.0)], why="a third shift")
    assert hash_to_be_signed(version) == sealable(version).root_hash != before
