"""A step back in the grid: one's own last edit, cells and overrides together; nobody else's change is overruled."""

from __future__ import annotations

import pytest
from gridding import A_EAST, CAPACITY, DEMAND, FAMILY, ITEM_A, LINE, cell, closed, opened, shows, typed
from planning import EAST, WEST, address, forecast, held, say_forecast, signed
from stage import Act, Browser

from sandop_web.access import NothingThere
from sandop_web.actions.grid import undo_in_grid
from sandop_web.actions.grid.stepping import NothingBack
from sandop_web.store.models import Change, Version
from sandop_web.store.plans import read_network
from sandop_web.store.refusals import CellHasMoved
from sandop_web.store.steps import StepIsClosed


@pytest.fixture
def said(act: Act, version: Version) -> None:
    say_forecast(act("dana"), version, forecast(EAST, 300.0), forecast(WEST, 100.0))


def _back(act: Act, person: str, version: Version, why: str = "") -> tuple[int, bool, bool]:
    saved = undo_in_grid(by=act(person), version=version.pk, asked=DEMAND, why=why)
    return saved.cells, saved.undo.can, saved.redo.can


@pytest.mark.usefixtures("said")
def test_the_last_edit_is_taken_back_with_all_its_cells(act: Act, version: Version) -> None:
    typed(act("dana"), version, cell(FAMILY, 400.0, 800.0))
    saved = undo_in_grid(by=act("dana"), version=version.pk, asked=DEMAND, why="")
    assert (held(version, "sales_forecast", EAST), held(version, "sales_forecast", WEST)) == (300.0, 100.0)
    assert dict(zip(saved.patch[0].nodes, saved.patch[0].values))[1] == 400.0
    assert (saved.cells, saved.undo.can, saved.redo.can) == (2, False, True)
    change = Change.objects.latest("pk")
    assert (change.person, change.why) == ("dana", "↶ agreed")


@pytest.mark.usefixtures("said")
def test_edits_are_taken_back_one_after_the_other_the_latest_first(act: Act, version: Version) -> None:
    typed(act("dana"), version, cell(A_EAST, 300.0, 310.0), why="first")
    typed(act("dana"), version, cell(A_EAST, 310.0, 320.0), why="second")
    assert "second" in opened(act("dana"), version).undo.text
    assert _back(act, "dana", version) == (1, True, True)
    assert held(version, "sales_forecast", EAST) == 310.0
    assert _back(act, "dana", version) == (1, False, True)
    assert held(version, "sales_forecast", EAST) == 300.0


def test_an_override_is_taken_back_too(act: Act, version: Version) -> None:
    before = shows(opened(act("dana"), version), "demand", "DOM", "A")
    typed(act("dana"), version, cell(ITEM_A, before, 500.0, measure="demand"))
    _back(act, "dana", version)
    assert not len(read_network(version).overrides)
    assert shows(opened(act("dana"), version), "demand", "DOM", "A") == before


def test_an_edit_of_cells_and_of_an_override_goes_back_as_one(act: Act, version: Version) -> None:
    before = shows(opened(act("dana"), version), "demand", "DOM", "A")
    typed(act("dana"), version, cell(A_EAST, None, 300.0), cell(ITEM_A, before, 500.0, measure="demand"))
    assert _back(act, "dana", version) == (2, False, True)
    assert held(version, "sales_forecast", EAST) is None and not len(read_network(version).overrides)


def test_an_edit_of_another_view_is_taken_back_without_anything_to_repaint(act: Act, version: Version) -> None:
    typed(act("max"), version, cell(LINE, 560.0, 600.0, measure="capacity_regular"), asked=CAPACITY)
    saved = undo_in_grid(by=act("max"), version=version.pk, asked=DEMAND, why="")
    assert saved.patch == () and held(version, "capacity_regular", ("LINE",)) == 560.0


@pytest.mark.usefixtures("said")
def test_nobody_takes_back_what_somebody_else_has_typed(act: Act, version: Version) -> None:
    typed(act("dana"), version, cell(A_EAST, 300.0, 310.0))
    with pytest.raises(NothingBack):
        _back(act, "sally", version)


@pytest.mark.usefixtures("said")
def test_who_changed_a_cell_since_is_not_overruled(act: Act, version: Version) -> None:
    typed(act("dana"), version, cell(FAMILY, 400.0, 800.0))
    typed(act("sally"), version, cell(A_EAST, 600.0, 610.0))
    with pytest.raises(CellHasMoved):
        _back(act, "dana", version)
    assert held(version, "sales_forecast", WEST) == 200.0


@pytest.mark.usefixtures("cycle", "said")
def test_after_the_step_is_signed_nothing_goes_back(act: Act, version: Version) -> None:
    typed(act("dana"), version, cell(A_EAST, 300.0, 310.0))
    signed(version, "demand_review")
    with pytest.raises(StepIsClosed):
        _back(act, "dana", version)


def test_a_stranger_finds_nothing(act: Act, version: Version) -> None:
    with pytest.raises(NothingThere):
        _back(act, "olga", version)


def test_the_page_takes_a_step_back_and_its_doors(act: Act, client_of: Browser, version: Version) -> None:
    typed(act("dana"), version, cell(A_EAST, None, 310.0))
    path = address(version, "grid/undo/")
    closed(client_of, path, {})
    assert client_of("dana").post(path, {}, content_type="application/json").json()["cells"] == 1
    assert client_of("dana").post(path, {}, content_type="application/json").status_code == 409
