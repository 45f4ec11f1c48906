"""Programs read and change the plan: sheets in columns, edits that meet, scenarios, comparing, masters."""

from __future__ import annotations

import csv
import io
import math
from typing import Any

import cast
import numpy as np
import polars as pl
import pytest
from programs import Program, ProgramOf

from sandop_web.store.models import Version

pytestmark = pytest.mark.django_db
DEMAND = cast.company_plan().sheets["orders"]


ROWS = {key[2]: list(key) for key in DEMAND.rows.keys}  # a row of each customer
MONTH = "2026-01"


def edit(value: object, *, expected: float | None = None, customer: str = "E") -> dict[str, Any]:
    """An edit of the customer's sales forecast, which nobody has given so far."""
    cell = {"measure": "sales_forecast", "row": ROWS[customer], "period": MONTH, "expected": expected, "value": value}
    return {"cells": [cell], "why": "a large order"}


def forecast(program: Program, version: Version | int) -> float | None:
    """What the customer's sales forecast holds."""
    number = version if isinstance(version, int) else version.pk
    row = "&".join(f"row={part}" for part in ROWS["E"])
    value = program.get(f"/versions/{number}/sheets/sales_forecast/cell?{row}&period={MONTH}")["value"]
    return None if value is None else float(value)


def test_a_sheet_in_columns_is_a_data_frame(program_of: ProgramOf, version: Version) -> None:
    columns = program_of("dana").get(f"/versions/{version.pk}/sheets/orders")
    frame = pl.DataFrame({**columns["keys"], **columns["values"]})
    assert frame.shape == (len(DEMAND.rows), len(DEMAND.rows.grain) + len(DEMAND.periods))
    read = frame.select(columns["periods"]).to_numpy().astype(float)
    np.testing.assert_allclose(read, DEMAND.rounded().values)
    assert columns["unit"] == "unit"


def test_a_blank_is_null_never_zero(program_of: ProgramOf, version: Version) -> None:
    dana = program_of("dana")
    dana.call("PATCH", f"/versions/{version.pk}/cells", edit(0.0))
    columns = dana.get(f"/versions/{version.pk}/sheets/sales_forecast")
    assert {period: values[0] for period, values in columns["values"].items() if values[0] is not None} == {
        MONTH: 0.0
    }


def test_the_same_sheet_as_csv(program_of: ProgramOf, version: Version) -> None:
    dana = program_of("dana")
    by_word = dana.call("GET", f"/versions/{version.pk}/sheets/orders?format=csv")
    by_header = dana.call("GET", f"/versions/{version.pk}/sheets/orders", Accept="text/csv")
    assert by_word.content == by_header.content
    assert by_word["Content-Type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(by_word.content.decode())))
    assert rows[0] == [*DEMAND.rows.grain, *DEMAND.periods.labels]
    assert len(rows) == len(DEMAND.rows) + 1


def test_rows_and_periods_can_be_chosen(program_of: ProgramOf, version: Version) -> None:
    last = DEMAND.periods.labels[-1]
    columns = program_of("dana").get(f"/versions/{version.pk}/sheets/orders?customer=E&first={last}&limit=1")
    assert columns["periods"] == [last]
    assert columns["keys"]["customer"] == ["E"]
    assert columns["total"] == int(DEMAND.rows.where(customer="E").sum())


def test_a_period_the_sheet_does_not_have_is_refused(program_of: ProgramOf, version: Version) -> None:
    response = program_of("dana").call("GET", f"/versions/{version.pk}/sheets/orders?first=1999-01")
    assert (response.status_code, response.json()["message"]) == (400, "access.not_understood")


def test_sally_of_the_east_sees_the_east_only(program_of: ProgramOf, version: Version) -> None:
    columns = program_of("sally").get(f"/versions/{version.pk}/sheets/orders")
    assert set(columns["keys"]["customer"]) == {"E"}


def test_sally_changes_nothing_in_the_west(program_of: ProgramOf, version: Version) -> None:
    sally, path = program_of("sally"), f"/versions/{version.pk}/cells"
    assert sally.call("PATCH", path, edit(500.0, customer="E")).status_code == 200
    response = sally.call("PATCH", path, edit(500.0, customer="W"))
    assert (response.status_code, response.json()["message"]) == (403, "access.outside_your_scope")


def test_a_cell_is_changed_and_taken_back(program_of: ProgramOf, version: Version) -> None:
    dana = program_of("dana")
    changed = dana.call("PATCH", f"/versions/{version.pk}/cells", edit(500.0))
    assert changed.status_code == 200, changed.content
    assert forecast(dana, version) == 500.0
    batch = changed.json()["batch"]
    back = dana.call("POST", f"/versions/{version.pk}/batches/{batch}/undo", {"why": "the order was cancelled"})
    assert back.status_code == 200, back.content
    assert forecast(dana, version) is None


def test_an_edit_of_what_has_moved_lists_both_values(program_of: ProgramOf, version: Version) -> None:
    dana = program_of("dana")
    dana.call("PATCH", f"/versions/{version.pk}/cells", edit(500.0))
    response = dana.call("PATCH", f"/versions/{version.pk}/cells", edit(700.0, expected=400.0))
    assert response.status_code == 409
    (conflict,) = response.json()["conflicts"]
    assert (conflict["row"], conflict["period"]) == (ROWS["E"], MONTH)
    assert (conflict["expected"], conflict["found"], conflict["wanted"]) == (400.0, 500.0, 700.0)
    assert conflict["person"] == "dana"
    assert forecast(dana, version) == 500.0


def test_a_cell_tells_who_changed_it_and_why(program_of: ProgramOf, version: Version) -> None:
    dana = program_of("dana")
    dana.call("PATCH", f"/versions/{version.pk}/cells", edit(500.0))
    row = "&".join(f"row={part}" for part in ROWS["E"])
    history = dana.get(f"/versions/{version.pk}/sheets/sales_forecast/cell?{row}&period={MONTH}")
    (change,) = history["changes"]
    assert (change["person"], change["before"], change["after"]) == ("dana", None, 500.0)
    assert change["why"] == "a large order"


def test_nobody_changes_a_number_without_a_reason(program_of: ProgramOf, version: Version) -> None:
    response = program_of("dana").call("PATCH", f"/versions/{version.pk}/cells", {**edit(500.0), "why": " "})
    assert (response.status_code, response.json()["message"]) == (400, "access.why_missing")


def test_a_token_that_reads_does_not_change_the_plan(program_of: ProgramOf, version: Version) -> None:
    reader = program_of("dana", scope="read")
    response = reader.call("PATCH", f"/versions/{version.pk}/cells", edit(500.0))
    assert (response.status_code, response.json()["message"]) == (403, "access.token_reads_only")
    assert forecast(reader, version) is None


def test_a_viewer_does_not_change_the_plan(program_of: ProgramOf, version: Version) -> None:
    response = program_of("vic").call("PATCH", f"/versions/{version.pk}/cells", edit(500.0))
    assert (response.status_code, response.json()["message"]) == (403, "access.not_your_role")


def test_a_scenario_is_branched_changed_compared_and_merged(program_of: ProgramOf, version: Version) -> None:
    dana = program_of("dana")
    made = dana.call("POST", f"/versions/{version.pk}/scenarios", {"title": "Large order", "why": "what if"})
    assert made.status_code == 201, made.content
    scenario = made.json()["version"]
    dana.call("PATCH", f"/versions/{scenario}/cells", edit(500.0))
    compared = dana.get(f"/versions/{version.pk}/compared-with/{scenario}")
    assert [(line["measure"], line["cells"]) for line in compared["measures"]] == [("sales_forecast", 1)]
    cells = dana.get(f"/versions/{version.pk}/compared-with/{scenario}/sales_forecast")["cells"]
    assert [cell["after"] for cell in cells] == [500.0]
    merged = dana.call("POST", f"/versions/{scenario}/merge", {"choices": [], "why": "it was ordered"})
    assert merged.json() == {"merged": True, "conflicts": []}
    assert forecast(dana, version) == 500.0


def test_a_merge_that_meets_other_numbers_writes_nothing_until_they_are_decided(
    program_of: ProgramOf, version: Version
) -> None:
    dana = program_of("dana")
    scenario = dana.call("POST", f"/versions/{version.pk}/scenarios", {"title": "Order", "why": "what if"}).json()[
        "version"
    ]
    dana.call("PATCH", f"/versions/{scenario}/cells", edit(500.0))
    dana.call("PATCH", f"/versions/{version.pk}/cells", edit(300.0))
    met = dana.call("POST", f"/versions/{scenario}/merge", {"why": "it was ordered"}).json()
    assert met["merged"] is False
    (conflict,) = met["conflicts"]
    assert (conflict["base"], conflict["ours"], conflict["theirs"]) == (None, 300.0, 500.0)
    choice = {name: conflict[name] for name in ("name", "row", "part")} | {"side": "theirs"}
    merged = dana.call("POST", f"/versions/{scenario}/merge", {"choices": [choice], "why": "it was ordered"})
    assert merged.json()["merged"] is True
    assert forecast(dana, version) == 500.0


def test_a_report_comes_in_rows_and_as_csv(program_of: ProgramOf, version: Version) -> None:
    dana = program_of("dana")
    page = dana.get(f"/versions/{version.pk}/reports/kpis?limit=3")
    assert len(page["rows"]) == 3 < page["total"]
    assert {"kpi", "value"} <= page["rows"][0].keys()
    text = dana.call("GET", f"/versions/{version.pk}/reports/kpis?format=csv").content.decode()
    assert len(text.splitlines()) == page["total"] + 1


def test_facts_of_a_version_say_whether_its_results_are_fresh(program_of: ProgramOf, version: Version) -> None:
    dana = program_of("dana")
    assert dana.get("/versions/current") == {"version": version.pk}
    assert dana.get(f"/versions/{version.pk}")["behind"] == 0
    dana.call("PATCH", f"/versions/{version.pk}/cells", edit(500.0))
    assert dana.get(f"/versions/{version.pk}")["behind"] == 1


def test_a_sheet_of_a_published_version_is_sent_once(program_of: ProgramOf, version: Version) -> None:
    from sandop_web.store.publishing import publish_version

    dana, path = program_of("dana"), f"/versions/{version.pk}/sheets/orders"
    assert "ETag" not in dana.call("GET", path)
    publish_version(version=version, at=version.made_at)
    first = dana.call("GET", path)
    again = dana.call("GET", path, **{"If-None-Match": first["ETag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    other_form = dana.call("GET", path + "?format=csv", **{"If-None-Match": first["ETag"]})
    assert other_form.status_code == 200
    sally = program_of("sally").call("GET", path, **{"If-None-Match": first["ETag"]})
    assert sally.status_code == 200


def test_master_rows_are_read_with_their_units_and_ended(program_of: ProgramOf, version: Version) -> None:
    tom = program_of("tom")
    items = tom.get(f"/versions/{version.pk}/tables/items")
    assert {"name", "unit", "kind"} <= items["columns"][0].keys()
    key = items["rows"][0]["key"]
    row = tom.get(f"/versions/{version.pk}/tables/items/row?key={key[0]}")
    assert row["now"]["item"] == key[0]
    cell = {"column": "name", "expected": row["now"]["name"], "value": "Pump, large"}
    changed = tom.call(
        "PATCH", f"/versions/{version.pk}/tables/items/row", {"key": key, "cells": [cell], "why": "its new name"}
    )
    assert changed.status_code == 204, changed.content
    assert tom.get(f"/versions/{version.pk}/tables/items/row?key={key[0]}")["now"]["name"] == "Pump, large"


@pytest.mark.parametrize("value", [math.inf, "a", True, 1e300])
def test_a_cell_takes_numbers_and_blanks_only(program_of: ProgramOf, version: Version, value: object) -> None:
    response = program_of("dana").call("PATCH", f"/versions/{version.pk}/cells", edit(value))
    assert response.status_code in (400, 422)
