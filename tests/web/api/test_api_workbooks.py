"""Programs take the grid out as a workbook, bring it back, look at what differs, and accept it."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from exchange_stage import WHY, edited_offline
from planning import EAST, WEST, held
from programs import ProgramOf
from stage import Act, Browser

from exchange_workbooks import Workbook
from sandop_web.store.models import Exchange, Version

pytestmark = pytest.mark.django_db


def test_from_the_workbook_to_the_plan(program_of: ProgramOf, client_of: Browser, act: Act, version: Version) -> None:
    dana = program_of("dana")
    content = edited_offline(act, version).content
    browser, path = client_of("dana"), f"/api/v1/companies/small/versions/{version.pk}/workbooks"
    sent = browser.post(path, {"file": SimpleUploadedFile("march.xlsx", content)})
    assert sent.status_code == 201, sent.content
    number = sent.json()["number"]
    assert [line["number"] for line in dana.get(f"/versions/{version.pk}/workbooks")] == [number]
    review = dana.get(f"/workbooks/{number}?state=changed")
    assert review["tally"]["changed"] == review["count"] == 3
    west = next(cell["cell"] for cell in review["cells"] if cell["mine"] == 120.0)
    dana.call("POST", f"/workbooks/{number}/choices", {"choices": [{"cell": west, "side": "theirs", "seen": 100.0}]})
    accepted = dana.call("POST", f"/workbooks/{number}/accept", {"why": WHY}).json()
    assert (accepted["taken"], accepted["left"], accepted["still_open"]) == (2, 1, 0)
    assert [held(version, "sales_forecast", row) for row in (EAST, WEST)] == [330.0, 100.0]


def test_a_view_is_taken_out_as_it_is_asked_for(client_of: Browser, act: Act, version: Version) -> None:
    edited_offline(act, version)
    path = f"/api/v1/companies/small/versions/{version.pk}/grid/workbook"
    answer = client_of("dana").get(f"{path}?measures=sales_forecast&first=2026-03&periods=3&customer=E")
    book = Workbook(answer.content)
    assert book.holds(book.at("DOM", "A", "E")) == "300"
    assert client_of("dana").get(f"{path}?view=weather").status_code == 400


def test_a_workbook_is_put_aside(program_of: ProgramOf, client_of: Browser, act: Act, version: Version) -> None:
    upload = SimpleUploadedFile("march.xlsx", edited_offline(act, version).content)
    client_of("dana").post(f"/api/v1/companies/small/versions/{version.pk}/workbooks", {"file": upload})
    number = Exchange.objects.get().pk
    program_of("dana").call("POST", f"/workbooks/{number}/discard", {})
    assert Exchange.objects.get().state == "discarded"


def test_a_workbook_is_had_again_as_it_came_by_whoever_brought_it(
    program_of: ProgramOf, client_of: Browser, act: Act, version: Version
) -> None:
    content = edited_offline(act, version).content
    upload = SimpleUploadedFile("march.xlsx", content)
    client_of("dana").post(f"/api/v1/companies/small/versions/{version.pk}/workbooks", {"file": upload})
    number = Exchange.objects.get().pk
    assert program_of("dana").call("GET", f"/workbooks/{number}/file").content == content
    assert program_of("max").call("GET", f"/workbooks/{number}/file").status_code == 404
