"""Numbers handed in after their step was signed."""

import pytest
from meeting import at_the_doors
from month import in_february, signed
from stage import Act, Browser

from sandop_web.access import NotUnderstood, NotYourRole, OutsideYourScope, WhyMissing
from sandop_web.access.editing import ResultsAreComputed
from sandop_web.actions.late import Edit, OneStepAtATime, StepStillTakesNumbers, hand_in_late
from sandop_web.actions.rules import change_rule
from sandop_web.store.models import Change, LateInput, Notice, Version
from sandop_web.store.plans import read_sheet

pytestmark = pytest.mark.usefixtures("cycle")
EAST = ("A", "DC", "E")


def _cell(after: float, *, row: tuple[str, ...] = EAST, period: str = "2026-04") -> Edit:
    return Edit("sales_forecast", row, period, None, after)


def _planned(version: Version, period: str = "2026-04") -> tuple[float, float]:
    """Demand of A in the East, and of the whole family, in a month."""
    sheet = read_sheet(version, "result", "demand")
    assert sheet is not None
    return sheet.at(EAST, period), float(sheet.values[:, sheet.periods.position[period]].sum())


def test_a_small_change_waits_for_the_next_cycle(act: Act, version: Version) -> None:
    signed(act, "demand_review")
    held, total = _planned(version)
    hand_in_late(by=act("sally"), cells=[_cell(held + 0.04 * total)], why="an order by phone")
    late = LateInput.objects.get()
    assert late.state == "waiting" and late.share == pytest.approx(0.04)
    assert not Change.objects.filter(version=version).exists()


def test_a_change_from_the_threshold_on_goes_before_the_sop_manager(act: Act, version: Version) -> None:
    signed(act, "demand_review")
    held, total = _planned(version)
    hand_in_late(by=act("sally"), cells=[_cell(held - 0.06 * total)], why="a lost tender")
    assert LateInput.objects.get().state == "weighty"
    told = Notice.objects.get(message="cycle.told_late_weighty")
    assert told.member.person == "max" and told.values["share"] == "6.0%"


def test_the_threshold_is_the_companys(act: Act, version: Version) -> None:
    signed(act, "demand_review")
    change_rule(by=act("max"), name="late_threshold", value=0.02, why="we are short")
    held, total = _planned(version)
    hand_in_late(by=act("sally"), cells=[_cell(held + 0.04 * total)], why="an order by phone")
    assert LateInput.objects.get().state == "weighty"


def test_hours_weigh_against_the_hours_of_their_line(act: Act) -> None:
    signed(act, "supply_review")
    hours = Edit("capacity_regular", ("LINE",), "2026-03", 560.0, 504.0)
    hand_in_late(by=act("sam"), cells=[hours], why="a repair")
    assert LateInput.objects.get().share == pytest.approx(0.1)


def test_several_months_weigh_against_the_months_they_touch(act: Act) -> None:
    signed(act, "supply_review")
    hours = [
        Edit("capacity_regular", ("LINE",), f"2026-0{month}", 560.0, after) for month, after in ((3, 504), (4, 560))
    ]
    hand_in_late(by=act("sam"), cells=hours, why="a repair")
    assert LateInput.objects.get().share == pytest.approx(0.05)


def test_numbers_of_an_open_step_are_not_late(act: Act) -> None:
    with pytest.raises(StepStillTakesNumbers) as refused:
        hand_in_late(by=act("sally"), cells=[_cell(300.0)], why="early bird")
    assert "Change the numbers in the plan" in refused.value.remedy("en")


def test_it_is_for_those_who_may_change_the_numbers_in_their_scope(act: Act) -> None:
    signed(act, "supply_review")
    with pytest.raises(OutsideYourScope):
        hand_in_late(by=act("sally"), cells=[_cell(1.0, row=("A", "DC", "W"))], why="for Wes")
    with pytest.raises(NotYourRole):
        hand_in_late(by=act("sam"), cells=[_cell(1.0)], why="for sales")
    with pytest.raises(NotYourRole):
        hand_in_late(by=act("vic"), cells=[_cell(1.0)], why="a view")
    with pytest.raises(ResultsAreComputed):
        hand_in_late(by=act("dana"), cells=[Edit("demand", EAST, "2026-04", 1.0, 2.0)], why="simply")


def test_what_cannot_be_meant_is_refused(act: Act) -> None:
    signed(act, "supply_review")
    with pytest.raises(NotUnderstood):
        hand_in_late(by=act("sally"), cells=[], why="nothing")
    with pytest.raises(NotUnderstood):
        hand_in_late(by=act("sally"), cells=[Edit("moon", EAST, "2026-04", 1.0, 2.0)], why="howl")
    with pytest.raises(OneStepAtATime):
        both = [_cell(1.0), Edit("capacity_regular", ("LINE",), "2026-03", 560.0, 504.0)]
        hand_in_late(by=act("max"), cells=both, why="both")
    with pytest.raises(WhyMissing):
        hand_in_late(by=act("sally"), cells=[_cell(1.0)], why="")


def test_the_next_cycle_takes_it_up_under_the_name_of_who_handed_it_in(act: Act, version: Version) -> None:
    signed(act, "demand_review")
    held, _ = _planned(version)
    hand_in_late(by=act("sally"), cells=[_cell(held + 1.0)], why="an order by phone")
    new = in_february(act)
    change = Change.objects.get(version=new)
    assert (change.person, change.after, change.why) == (
        "sally",
        pytest.approx(held + 1.0, abs=1e-3),
        "an order by phone",
    )
    assert LateInput.objects.get().state == "taken_up"
    assert Notice.objects.filter(member__person="sally", message="cycle.told_late.taken_up").exists()


def test_where_the_numbers_have_moved_it_is_set_aside_and_its_owner_told(act: Act) -> None:
    signed(act, "supply_review")
    hours = Edit("capacity_regular", ("LINE",), "2026-03", 555.0, 550.0)
    hand_in_late(by=act("sam"), cells=[hours], why="a repair")
    new = in_february(act)
    assert LateInput.objects.get().state == "outdated" and not Change.objects.filter(version=new).exists()
    assert Notice.objects.filter(member__person="sam", message="cycle.told_late.outdated").exists()


def test_months_that_are_over_are_left_out(act: Act) -> None:
    signed(act, "supply_review")
    hours = Edit("capacity_regular", ("LINE",), "2026-01", 560.0, 559.0)
    hand_in_late(by=act("sam"), cells=[hours], why="a repair")
    in_february(act)
    assert LateInput.objects.get().state == "outdated"


def test_rows_that_the_new_plan_does_not_know_are_left_out_and_the_cycle_opens(act: Act) -> None:
    signed(act, "demand_review")
    hand_in_late(by=act("dana"), cells=[_cell(1.0, row=("GHOST", "DC", "E"))], why="a slip of the pen")
    new = in_february(act)
    assert LateInput.objects.get().state == "outdated" and not Change.objects.filter(version=new).exists()


def test_the_doors(act: Act, client_of: Browser) -> None:
    signed(act, "demand_review")
    form = {"cells": "sales_forecast, A|DC|E, 2026-04, , 1\n", "why": "an order by phone"}
    at_the_doors(client_of, "cycle/late/hand-in/", who="sally", form=form, not_for=("sam", "wes", "vic"))
    assert LateInput.objects.get().cells == [
        {"measure": "sales_forecast", "row": ["A", "DC", "E"], "period": "2026-04", "before": None, "after": 1.0}
    ]


@pytest.mark.parametrize(
    "line", ["sales_forecast", "a,b,c,d,e,f", "sales_forecast, A|DC|E, April, , 1", "x,y,2026-04,,nan"]
)
def test_a_line_that_cannot_be_read_is_shown(client_of: Browser, line: str) -> None:
    answer = client_of("sally").post("/c/small/cycle/late/hand-in/", {"cells": line, "why": "so"})
    assert answer.status_code == 400
