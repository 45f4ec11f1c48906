"""What the pages of the cycle are told."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from month import complete, opened, signed, submitted
from stage import NOW, Act

from sandop_web.access import NothingThere
from sandop_web.actions.closing import close_cycle
from sandop_web.queries.calendar import preview_days
from sandop_web.queries.closing import first_month_of
from sandop_web.queries.cycle import StepView, open_cycle_of, step_view
from sandop_web.queries.rules import prerequisites
from sandop_web.store.models import Member, StepInput

pytestmark = pytest.mark.usefixtures("cycle")


def _may(view: StepView) -> set[str]:
    flags = ("open", "submit", "sign", "reopen", "tick", "hand_in_late")
    return {name for name in flags if getattr(view, f"may_{name}")}


def _next(act: Act) -> tuple[str, str]:
    view = open_cycle_of(by=act("vic"))
    assert view is not None
    return view.next.what, view.next.step


def test_what_comes_next_is_said_as_the_month_goes_on(act: Act) -> None:
    assert _next(act) == ("deliver", "data_close")
    complete(act, "data_close")
    assert _next(act) == ("submit", "data_close")
    submitted(act, "data_close")
    assert _next(act) == ("sign", "data_close")
    signed(act, "data_close")
    assert _next(act) == ("deliver", "business_review")
    complete(act, "business_review")
    assert _next(act) == ("open", "business_review")


def test_the_row_of_the_month_names_chairs_and_what_is_missing_from_whom(act: Act) -> None:
    view = open_cycle_of(by=act("vic"))
    assert view is not None
    review = view.steps[2]
    assert (review.step, review.chairs) == ("demand_review", ("Hana",))
    assert [(one.title, one.owner_name) for one in review.missing] == [
        ("Sales forecast by salesperson and customer", "Sally"),
        ("Sales forecast by salesperson and customer", "Wes"),
        ("Activities, launches, price changes", "Marc"),
    ]


def test_a_step_whose_day_has_passed_is_overdue(act: Act) -> None:
    assert not step_view(by=act("vic"), step="data_close").overdue
    late = NOW + dt.timedelta(days=2)
    assert step_view(by=act("vic", at=late), step="data_close").overdue
    assert not step_view(by=act("vic", at=late), step="demand_review").overdue


def test_the_page_offers_what_the_reader_may_do_and_nothing_else(act: Act) -> None:
    opened(act, "demand_review")
    assert _may(step_view(by=act("dana"), step="demand_review")) == {"submit", "tick"}
    assert _may(step_view(by=act("vic"), step="demand_review")) == set()
    assert _may(step_view(by=act("max", read_only=True), step="demand_review")) == set()
    signed(act, "demand_review")
    assert _may(step_view(by=act("hana"), step="demand_review")) == {"reopen", "hand_in_late"}
    assert _may(step_view(by=act("max"), step="supply_review")) == {"open"}


def test_an_input_says_what_it_lacks_and_who_may_do_what(act: Act) -> None:
    by_title = {
        one.input: one for one in step_view(by=act("sally"), step="demand_review").inputs if one.owner != "wes"
    }
    forecast = by_title["sales_forecast"]
    assert forecast.lacking == ("no numbers of Sales forecast",) and forecast.customers == ("E",)
    assert not forecast.may_deliver and forecast.substitutes == ()
    assert by_title["statistical_forecast"].itself and by_title["statistical_forecast"].lacking == ()
    seen = {one.input: one for one in step_view(by=act("max"), step="demand_review").inputs}
    assert seen["sales_forecast"].substitutes == ("last_agreed", "statistical")
    assert seen["statistical_forecast"].substitutes == ()
    assert {one.input: one for one in step_view(by=act("marc"), step="demand_review").inputs}[
        "activities"
    ].may_deliver


def test_a_chinese_reader_reads_chinese(act: Act) -> None:
    view = step_view(by=replace(act("sally"), language="zh"), step="demand_review")
    assert view.purpose.endswith("。") and "没有" not in view.purpose
    assert view.inputs[1].title == "按销售人员和客户的销售预测" and view.inputs[1].lacking == ("缺少销售预测数据",)
    assert view.inputs[1].owner_name == "Sally（中）"


def test_without_a_cycle_a_step_shows_what_it_is_for(act: Act) -> None:
    close_cycle(by=act("max"), why="no agreement")
    view = step_view(by=act("max"), step="demand_review")
    assert (view.state, view.inputs, _may(view)) == ("none", (), set()) and len(view.checklist) == 4
    with pytest.raises(NothingThere):
        step_view(by=act("max"), step="lunch")


def test_what_a_cycle_rests_on_is_checked(act: Act) -> None:
    held = {one.name: one for one in prerequisites(by=act("vic"))}
    assert held["sponsor"].holds and held["sop_manager"].holds and held["families"].holds and held["inputs"].holds
    assert not held["data_ready"].holds and held["data_ready"].who == "data_owner"
    assert held["chairs"].holds and not held["pilot"].holds
    Member.objects.filter(person__in=("hana", "eve")).update(active=False)
    signed(act, "data_close")
    held = {one.name: one for one in prerequisites(by=act("vic"))}
    assert held["data_ready"].holds and held["sponsor"].lacking == ("General manager",)
    assert held["chairs"].lacking == ("Demand review: Head of sales", "S&OP meeting: General manager")


def test_the_first_month_a_decision_can_still_change_counts_from_the_meeting(act: Act) -> None:
    (row,) = first_month_of(by=act("vic"))
    assert (row["family"], row["free_from"], row["first_made"]) == ("DOM", "2026-02", "2026-02")


def test_the_days_can_be_looked_at_before_the_cycle_is_opened(act: Act) -> None:
    days = dict(preview_days(by=act("max"), meeting=dt.date(2026, 2, 26), country="CN"))
    assert days["supply_review"] == dt.date(2026, 2, 13)


def test_a_meeting_pack_that_came_too_late_is_said(act: Act) -> None:
    """The meeting is on Wednesday the 21st: Monday is 48 hours ahead, Tuesday 24."""
    for day, said in (
        (19, ()),
        (20, ("The meeting pack was out 24 hours ahead of the S&OP meeting; 48 hours are agreed.",)),
    ):
        StepInput.objects.filter(input="meeting_pack").update(state="delivered", at=NOW.replace(day=day))
        assert step_view(by=act("eve"), step="sop_meeting").warnings == said
