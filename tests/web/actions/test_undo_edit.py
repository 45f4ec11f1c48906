"""A change is taken back as a whole, by whom it is from or by the S&OP manager, unless a cell has moved since."""

import pytest
from planning import B_EAST, EAST, address, closed_doors, forecast, held, say_forecast, signed
from stage import Act, Browser

from sandop_web.access import NothingThere, WhyMissing
from sandop_web.actions.editing import CellHasMoved, NotYourEdit, undo_edit
from sandop_web.store.models import Change, Version
from sandop_web.store.steps import StepIsClosed


@pytest.fixture
def batch(act: Act, version: Version) -> str:
    """Sally's word for two rows."""
    return say_forecast(act("sally"), version, forecast(EAST, 300.0), forecast(B_EAST, 150.0))


@pytest.mark.parametrize("person", ["sally", "max"])
def test_the_cells_hold_again_what_they_held_before(act: Act, version: Version, batch: str, person: str) -> None:
    undo_edit(by=act(person), version=version.pk, batch=batch, why="the tender is off")
    assert held(version, "sales_forecast", EAST) is None
    assert held(version, "sales_forecast", B_EAST) is None
    assert Change.objects.count() == 4  # nothing is forgotten


def test_somebody_else_may_not_take_it_back(act: Act, version: Version, batch: str) -> None:
    with pytest.raises(NotYourEdit) as refused:
        undo_edit(by=act("dana"), version=version.pk, batch=batch, why="I disagree")
    assert "sally" in refused.value.remedy("en")
    assert held(version, "sales_forecast", EAST) == 300.0


def test_a_cell_changed_since_stays_and_so_do_the_others(act: Act, version: Version, batch: str) -> None:
    say_forecast(act("dana"), version, forecast(EAST, 310.0, before=300.0))
    with pytest.raises(CellHasMoved):
        undo_edit(by=act("sally"), version=version.pk, batch=batch, why="the tender is off")
    assert held(version, "sales_forecast", B_EAST) == 150.0


@pytest.mark.usefixtures("cycle")
def test_after_the_step_is_signed_nothing_is_taken_back(act: Act, version: Version, batch: str) -> None:
    signed(version, "demand_review")
    with pytest.raises(StepIsClosed):
        undo_edit(by=act("sally"), version=version.pk, batch=batch, why="the tender is off")


@pytest.mark.parametrize("wrong", ["", "nonsense", "5f0c3bd2-4dd6-4f86-a2f1-0d5a1f6a7c10"])
@pytest.mark.usefixtures("batch")
def test_a_change_that_is_not_there_cannot_be_taken_back(act: Act, version: Version, wrong: str) -> None:
    with pytest.raises(NothingThere):
        undo_edit(by=act("sally"), version=version.pk, batch=wrong, why="x")


def test_taking_back_needs_a_reason(act: Act, version: Version, batch: str) -> None:
    with pytest.raises(WhyMissing):
        undo_edit(by=act("sally"), version=version.pk, batch=batch, why="")


def test_the_page_takes_back_and_its_doors(client_of: Browser, version: Version, batch: str) -> None:
    path, sent = address(version, "undo/"), {"batch": batch, "why": "off"}
    closed_doors(client_of, path, sent)
    assert held(version, "sales_forecast", EAST) == 300.0
    assert client_of("sally").post(path, sent).status_code == 303
    assert held(version, "sales_forecast", EAST) is None
