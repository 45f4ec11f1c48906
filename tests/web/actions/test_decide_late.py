"""The S&OP manager decides on late numbers."""

import pytest
from meeting import at_the_doors
from month import signed, state_of
from stage import Act, Browser

from sandop_web.access import NothingThere, NotYourRole, WhyMissing
from sandop_web.actions.editing import edit_cells_of_plan
from sandop_web.actions.gates import reopen_step
from sandop_web.actions.late import Edit, LateInputIsDecided, decide_late, hand_in_late
from sandop_web.queries.late import late_inputs_of
from sandop_web.store.models import Change, LateInput, Notice, Version
from sandop_web.store.refusals import CellHasMoved

pytestmark = pytest.mark.usefixtures("cycle")
CELL = Edit("sales_forecast", ("A", "DC", "E"), "2026-04", None, 900.0)


@pytest.fixture
def late(act: Act, cycle: str) -> int:
    """Sally's numbers, handed in after the demand review was signed; the supply review is open."""
    signed(act, "demand_review")
    return hand_in_late(by=act("sally"), cells=[CELL], why="a tender was won")


def test_admitted_they_reopen_their_step_and_are_in_the_plan(act: Act, late: int, version: Version) -> None:
    decide_late(by=act("max"), late=late, admit=True, why="it is worth it")
    assert state_of("demand_review") == "open"
    change = Change.objects.get(version=version)
    assert (change.person, change.after, change.why) == ("sally", 900.0, "a tender was won")
    assert LateInput.objects.get().state == "admitted"


def test_refused_nothing_changes_and_its_owner_hears_why(act: Act, late: int, version: Version) -> None:
    decide_late(by=act("max"), late=late, admit=False, why="next month")
    assert state_of("demand_review") == "signed" and not Change.objects.exists()
    told = Notice.objects.get(member__person="sally", message="cycle.told_late.refused")
    assert told.values["why"] == "next month"


def test_it_is_decided_once(act: Act, late: int) -> None:
    decide_late(by=act("max"), late=late, admit=False, why="next month")
    with pytest.raises(LateInputIsDecided, match="refused"):
        decide_late(by=act("max"), late=late, admit=True, why="after all")


def test_where_the_numbers_have_moved_nothing_is_admitted(act: Act, late: int, version: Version) -> None:
    reopen_step(by=act("hana"), step="demand_review", why="another thing")
    moved = Edit("sales_forecast", ("A", "DC", "E"), "2026-04", None, 500.0)
    edit_cells_of_plan(by=act("dana"), version=version.pk, edits=[moved], why="seen")
    with pytest.raises(CellHasMoved):
        decide_late(by=act("max"), late=late, admit=True, why="it is worth it")
    assert LateInput.objects.get().state == "weighty"


def test_the_list_shows_whose_numbers_wait(act: Act, late: int) -> None:
    (one,) = late_inputs_of(by=act("max")).late
    assert (one.name, one.state, one.may_decide, one.cells[0].after) == ("Sally", "weighty", True, 900.0)
    assert not late_inputs_of(by=act("dana")).late[0].may_decide
    assert late_inputs_of(by=act("wes")).late == () and len(late_inputs_of(by=act("sally")).late) == 1


def test_only_the_sop_manager_and_the_general_manager_decide_and_say_why(act: Act, late: int) -> None:
    with pytest.raises(NotYourRole):
        decide_late(by=act("hana"), late=late, admit=True, why="mine")
    with pytest.raises(WhyMissing):
        decide_late(by=act("max"), late=late, admit=True, why="")
    with pytest.raises(NothingThere):
        decide_late(by=act("max"), late=late + 1, admit=True, why="which")


def test_the_doors(act: Act, late: int, client_of: Browser) -> None:
    form = {"admit": "no", "why": "next month"}
    at_the_doors(client_of, f"cycle/late/{late}/", who="max", form=form, not_for=("sally", "hana", "vic"))
    assert LateInput.objects.get().state == "refused"
