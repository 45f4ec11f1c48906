"""An empty workbook to fill: founders take it from the page on which they bring it back."""

from __future__ import annotations

from pathlib import Path

import pytest
from jobs_stage import anna
from stage import Browser

from sandop.findings import Severity
from sandop.io import read_workbook
from sandop.io.ledger import Ledger
from sandop.io.workbook import worksheets
from sandop_web.access import NotUnderstood
from sandop_web.queries.beginning import empty_workbook

pytestmark = pytest.mark.django_db

ASKED = {"name": "Mine", "currency": "EUR", "start": "2026-01", "years": 2}
PAGE = "/new-company/template/"


def test_the_workbook_has_every_sheet_of_a_first_plan_and_its_months(tmp_path: Path) -> None:
    path = tmp_path / "mine.xlsx"
    path.write_bytes(empty_workbook(by=anna(), whole=False, **ASKED))  # type: ignore[arg-type]
    sheets = worksheets(path, Ledger())
    assert sheets is not None
    assert {"plan", "items", "customers", "people", "orders", "price", "opening_stock"} <= set(sheets)
    assert "storage_limit" not in sheets
    assert sheets["orders"][0][3] == "2024-01" and sheets["orders"][0][-1] == "2025-12"
    path.write_bytes(empty_workbook(by=anna(), whole=True, **ASKED))  # type: ignore[arg-type]
    assert "storage_limit" in (worksheets(path, Ledger()) or {})


def test_brought_back_empty_it_lacks_nothing_but_what_is_to_be_filled(tmp_path: Path) -> None:
    path = tmp_path / "mine.xlsx"
    path.write_bytes(empty_workbook(by=anna(), whole=True, **ASKED))  # type: ignore[arg-type]
    errors = [one.message for one in read_workbook(path).findings if one.severity is Severity.ERROR]
    assert set(errors) == {"io.nothing_to_plan"}


@pytest.mark.parametrize("wrong", [{"name": ""}, {"currency": "Euro"}, {"years": 11}, {"years": -1}])
def test_settings_that_no_plan_can_have_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(NotUnderstood):
        empty_workbook(by=anna(), whole=False, **(ASKED | wrong))  # type: ignore[arg-type]


def test_the_page_is_for_founders_alone(client_of: Browser) -> None:
    asked = {key: str(value) for key, value in ASKED.items()}
    assert client_of("").get(PAGE, asked).status_code == 302
    assert client_of("eve").get(PAGE, asked).status_code == 403
    anna()
    given = client_of("anna").get(PAGE, asked)
    assert given.status_code == 200 and given["Content-Disposition"] == 'attachment; filename="Mine.xlsx"'
    assert client_of("anna").get(PAGE, asked | {"start": "soon"}).status_code == 400
    assert client_of("anna").get(PAGE, asked | {"years": "many"}).status_code == 400
    assert client_of("anna").post(PAGE, asked).status_code == 405
