"""A step forward in the grid: what was taken back last is made again, until a new edit ends that."""

from __future__ import annotations

import pytest
from gridding import A_EAST, A_WEST, DEMAND, ITEM_A, cell, closed, opened, shows, typed
from planning import EAST, address, held
from stage import Act, Browser

from sandop_web.access import NothingThere
from sandop_web.actions.grid import redo_in_grid, undo_in_grid
from sandop_web.actions.grid.stepping import NothingForward
from sandop_web.store.models import Change, Version
from sandop_web.store.plans import read_network


def _back(act: Act, version: Version) -> None:
    undo_in_grid(by=act("dana"), version=version.pk, asked=DEMAND, why="")


def _forward(act: Act, version: Version, person: str = "dana") -> tuple[int, bool, bool]:
    saved = redo_in_grid(by=act(person), version=version.pk, asked=DEMAND, why="")
    return saved.cells, saved.undo.can, saved.redo.can


def test_what_was_taken_back_is_made_again_and_can_be_taken_back_again(act: Act, version: Version) -> None:
    typed(act("dana"), version, cell(A_EAST, None, 310.0))
    _back(act, version)
    assert _forward(act, version) == (1, True, False)
    assert held(version, "sales_forecast", EAST) == 310.0
    assert Change.objects.latest("pk").why == "↷ agreed"
    _back(act, version)
    assert held(version, "sales_forecast", EAST) is None


def test_two_steps_back_are_two_steps_forward_in_their_order(act: Act, version: Version) -> None:
    typed(act("dana"), version, cell(A_EAST, None, 310.0))
    typed(act("dana"), version, cell(A_EAST, 310.0, 320.0))
    _back(act, version)
    _back(act, version)
    assert _forward(act, version) == (1, True, True)
    assert held(version, "sales_forecast", EAST) == 310.0
    assert _forward(act, version) == (1, True, False)
    assert held(version, "sales_forecast", EAST) == 320.0


def test_a_new_edit_ends_what_could_be_made_again(act: Act, version: Version) -> None:
    typed(act("dana"), version, cell(A_EAST, None, 310.0))
    _back(act, version)
    typed(act("dana"), version, cell(A_WEST, None, 5.0))
    with pytest.raises(NothingForward):
        _forward(act, version)


def test_an_override_is_made_again(act: Act, version: Version) -> None:
    before = shows(opened(act("dana"), version), "demand", "DOM", "A")
    typed(act("dana"), version, cell(ITEM_A, before, 500.0, measure="demand"), why="tender won")
    _back(act, version)
    _forward(act, version)
    (row,) = read_network(version).overrides.rows()
    assert (row["quantity"], row["why"]) == (500.0, "tender won")


def test_nobody_makes_again_what_was_not_theirs(act: Act, version: Version) -> None:
    typed(act("dana"), version, cell(A_EAST, None, 310.0))
    _back(act, version)
    with pytest.raises(NothingForward):
        _forward(act, version, "sally")
    with pytest.raises(NothingThere):
        _forward(act, version, "olga")


def test_the_page_takes_a_step_forward_and_its_doors(act: Act, client_of: Browser, version: Version) -> None:
    typed(act("dana"), version, cell(A_EAST, None, 310.0))
    _back(act, version)
    path = address(version, "grid/redo/")
    closed(client_of, path, {})
    assert client_of("dana").post(path, {}, content_type="application/json").json()["cells"] == 1
