"""The planning grid for programs: read in columns, changed at any level, taken back, talked about."""

from __future__ import annotations

from typing import Any

from programs import ProgramOf

from sandop_web.store.models import Version

A_EAST = {"family": "DOM", "item": "A", "customer": "E"}


def _edit(before: float | None, after: float | None) -> dict[str, Any]:
    cell = {"measure": "sales_forecast", "at": A_EAST, "period": "2026-03", "before": before, "after": after}
    return {"edits": [cell], "why": "talked to the customer"}


def test_a_program_reads_the_grid_in_columns(program_of: ProgramOf, version: Version) -> None:
    grid = program_of("dana").get(f"/versions/{version.pk}/grid?measures=demand&measures=sales_forecast&periods=3")
    assert grid["nodes"]["label"] == ["", "DOM", "A", "E", "W", "B", "E"]
    assert list(grid["values"]) == ["demand", "sales_forecast"]
    assert len(grid["values"]["demand"]) == 3 and grid["values"]["sales_forecast"][0] == [None] * 7


def test_a_program_changes_a_cell_and_takes_it_back(program_of: ProgramOf, version: Version) -> None:
    dana, path = program_of("dana"), f"/versions/{version.pk}/grid"
    saved = dana.call("POST", f"{path}/edits", _edit(None, 300.0)).json()
    assert saved["cells"] == 1 and saved["patch"][0]["values"] == [300.0] * 4
    assert dana.call("POST", f"{path}/undo", {}).json()["redo"]["can"] is True
    assert dana.call("POST", f"{path}/redo", {}).json()["after_total"] is None
    assert dana.get(f"{path}?measures=sales_forecast")["values"]["sales_forecast"][2][3] == 300.0


def test_a_cell_that_has_moved_is_a_conflict_with_both_values(program_of: ProgramOf, version: Version) -> None:
    dana, path = program_of("dana"), f"/versions/{version.pk}/grid/edits"
    dana.call("POST", path, _edit(None, 300.0))
    response = dana.call("POST", path, _edit(None, 400.0))
    (conflict,) = response.json()["conflicts"]
    assert response.status_code == 409
    assert (conflict["row"], conflict["expected"], conflict["found"]) == (["DOM", "A", "E"], None, 300.0)


def test_a_program_says_something_of_a_cell_and_settles_it(program_of: ProgramOf, version: Version) -> None:
    dana, path = program_of("dana"), f"/versions/{version.pk}/grid/comments"
    said = {"measure": "demand", "at": A_EAST, "period": "2026-03", "text": "Really?"}
    comment = dana.call("POST", path, said).json()
    assert [one["text"] for one in dana.get(path)] == ["Really?"]
    settled = program_of("sam").call("POST", f"/comments/{comment['id']}/resolution")
    assert settled.json()["resolved_by"] == "Sam"


def test_a_cell_outside_the_scope_is_none_of_theirs(program_of: ProgramOf, version: Version) -> None:
    response = program_of("wes").call("POST", f"/versions/{version.pk}/grid/edits", _edit(None, 300.0))
    assert response.status_code == 400 and response.json()["message"] == "gridrules.no_such_cell"
