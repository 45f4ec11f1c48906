"""A step is signed: its numbers are closed."""

import pytest
from meeting import at_the_doors
from month import signed, state_of, submitted, ticked
from stage import Act, Browser

from sandop_web.access import NotUnderstood, NotYourRole
from sandop_web.access.cycles import NotYourStep
from sandop_web.actions.editing import edit_cells_of_plan
from sandop_web.actions.gates import (
    DataAreNotClosed,
    LinesAreOpen,
    PlanIsNotSigned,
    ResultsAreStale,
    StepIsElsewhere,
    sign_step,
)
from sandop_web.actions.late import Edit
from sandop_web.actions.scenarios import branch_scenario
from sandop_web.queries.cycle import step_view
from sandop_web.store.models import CycleStep, Member, Notice, Version
from sandop_web.store.steps import NumbersAreFixed, StepIsClosed

pytestmark = pytest.mark.usefixtures("cycle")
LINE = ("LINE",)


def _forecast(act: Act, version: int, value: float = 300.0, before: float | None = None) -> None:
    edit = Edit("sales_forecast", ("A", "DC", "E"), "2026-02", before, value)
    edit_cells_of_plan(by=act("sally"), version=version, edits=[edit], why="my view")


def test_its_chair_signs_and_the_next_team_is_told(act: Act) -> None:
    signed(act, "business_review")
    assert state_of("business_review") == "signed"
    told = Notice.objects.filter(message="cycle.told_signed", link="step/business_review/")
    assert {"hana", "dana"} <= set(told.values_list("member__person", flat=True))


def test_lines_that_are_not_ticked_are_named(act: Act) -> None:
    submitted(act, "business_review")
    with pytest.raises(LinesAreOpen, match="The bridge to budget adds up; Each activity has effect") as refused:
        sign_step(by=act("max"), step="business_review")
    assert "行动项状态已更新" in refused.value.text("zh")


def test_a_line_may_stay_open_with_a_reason_which_is_kept(act: Act) -> None:
    submitted(act, "business_review")
    with pytest.raises(LinesAreOpen, match=r"explained: Open actions are updated$"):
        sign_step(by=act("max"), step="business_review", unticked={0: "no budget yet", 1: "later"})
    sign_step(by=act("max"), step="business_review", unticked={0: "no budget yet", 1: "later", 2: "tomorrow"})
    event = step_view(by=act("vic"), step="business_review").events[-1]
    assert event.what == "signed" and event.unticked[0] == ("The bridge to budget adds up", "no budget yet")


def test_the_meeting_does_not_end_without_a_signed_plan_unless_somebody_says_why(act: Act) -> None:
    submitted(act, "sop_meeting")
    assert any("not signed" in warning for warning in step_view(by=act("vic"), step="sop_meeting").warnings)
    ticked(act, "sop_meeting")
    with pytest.raises(PlanIsNotSigned, match="Jan 2026") as refused:
        sign_step(by=act("eve"), step="sop_meeting", why="  ")
    assert "备注" in refused.value.remedy("zh")
    sign_step(by=act("eve"), step="sop_meeting", why="the board wants another month")
    assert step_view(by=act("vic"), step="sop_meeting").warnings == ()


def test_a_line_there_is_not_cannot_be_explained(act: Act) -> None:
    submitted(act, "business_review")
    with pytest.raises(NotUnderstood):
        sign_step(by=act("max"), step="business_review", unticked={9: "what"})


def test_after_that_its_numbers_are_closed_but_a_scenario_stays_open(act: Act, version: Version) -> None:
    signed(act, "demand_review")
    with pytest.raises(StepIsClosed, match="Demand review of Jan 2026"):
        _forecast(act, version.pk)
    scenario = branch_scenario(by=act("sally"), version=version.pk, title="what if", why="to see")
    _forecast(act, scenario)


def test_once_pre_sop_is_signed_no_number_of_the_plan_moves(act: Act, version: Version) -> None:
    signed(act, "pre_sop")
    CycleStep.objects.filter(step="demand_review").update(state="open")
    with pytest.raises(NumbersAreFixed):
        _forecast(act, version.pk)


def test_results_older_than_the_numbers_are_not_signed(act: Act, version: Version) -> None:
    submitted(act, "demand_review")
    ticked(act, "demand_review")
    _forecast(act, version.pk)
    with pytest.raises(ResultsAreStale) as refused:
        sign_step(by=act("hana"), step="demand_review")
    assert "Run the month" in refused.value.remedy("en")


def test_data_that_changed_after_they_were_closed_are_not_signed(act: Act, version: Version) -> None:
    submitted(act, "data_close")
    ticked(act, "data_close")
    edit = Edit("orders", ("A", "DC", "E"), "2025-12", _held(version), 1.0)
    edit_cells_of_plan(by=act("tom"), version=version.pk, edits=[edit], why="a typing error")
    with pytest.raises(DataAreNotClosed):
        sign_step(by=act("max"), step="data_close")


def test_only_what_was_submitted_is_signed(act: Act) -> None:
    with pytest.raises(StepIsElsewhere):
        sign_step(by=act("max"), step="data_close")


def test_nobody_signs_for_the_chair(act: Act) -> None:
    submitted(act, "demand_review")
    ticked(act, "demand_review")
    for person in ("max", "olaf", "eve"):
        with pytest.raises(NotYourStep, match="Head of sales"):
            sign_step(by=act(person), step="demand_review")
    with pytest.raises(NotYourRole):
        sign_step(by=act("dana"), step="demand_review")


def test_where_the_company_has_no_chair_the_sop_manager_signs(act: Act) -> None:
    submitted(act, "demand_review")
    ticked(act, "demand_review")
    Member.objects.filter(person="hana").update(active=False)
    sign_step(by=act("max"), step="demand_review")


def test_the_doors(act: Act, client_of: Browser) -> None:
    submitted(act, "business_review")
    form = {"why-0": "a", "why-1": "b", "why-2": "c", "why": ""}
    at_the_doors(client_of, "cycle/step/business_review/sign/", who="max", form=form, not_for=("dana", "hana", "vic"))
    assert state_of("business_review") == "signed"


def _held(version: Version) -> float:
    from sandop_web.store.plans import read_sheet

    sheet = read_sheet(version, "input", "orders")
    assert sheet is not None
    return sheet.at(("A", "DC", "E"), "2025-12")
