"""The board of the cycle: what each step rests on, what keeps it, whom it waits for, which days are special."""

from __future__ import annotations

import datetime as dt

import pytest
from month import complete, opened, signed
from stage import NOW, Act, Browser

from sandop_web.queries.calendar import days_off_in_cycle
from sandop_web.queries.cycle import StepLine, open_cycle_of
from sandop_web.store.models import Company, DayEdit

pytestmark = pytest.mark.usefixtures("cycle")


def _lines(act: Act) -> dict[str, StepLine]:
    view = open_cycle_of(by=act("max"))
    assert view is not None
    return {line.step: line for line in view.steps}


def test_a_step_waits_for_the_one_before_then_for_its_inputs_then_for_nothing(act: Act) -> None:
    assert _lines(act)["business_review"].gate == "before"
    signed(act, "data_close")
    assert _lines(act)["business_review"].gate == "inputs"
    complete(act, "business_review")
    assert _lines(act)["business_review"].gate == "nothing"
    opened(act, "business_review")
    assert _lines(act)["business_review"].gate == ""


def test_a_step_counts_the_inputs_that_are_there_and_names_who_owes_the_rest_once(act: Act) -> None:
    line = _lines(act)["data_close"]
    assert line.there + len(line.missing) == line.inputs
    assert len(set(line.owing)) == len(line.owing)
    assert set(line.owing) == {one.owner_name for one in line.missing}
    complete(act, "data_close")
    line = _lines(act)["data_close"]
    assert line.there == line.inputs and line.owing == ()


def test_days_of_a_site_are_shown_where_they_fall_into_the_cycle(act: Act) -> None:
    company = Company.objects.get(slug="small")
    inside, outside = dt.date(2026, 1, 14), dt.date(2026, 3, 11)
    for day in (inside, outside):
        DayEdit.objects.create(
            company=company, day=day, site="DC", worked=False, person="max", at=NOW, why="stock count"
        )
    assert [(one.day, one.site, one.worked) for one in days_off_in_cycle(by=act("max"))] == [(inside, "DC", False)]


def test_the_pages_of_the_cycle_lead_to_each_other(client_of: Browser) -> None:
    for page in ("", "data/", "late/", "days/", "rules/"):
        text = client_of("max").get(f"/c/small/cycle/{page}").content.decode()
        assert all(f'href="/c/small/cycle/{other}"' in text for other in ("", "data/", "late/", "days/", "rules/"))
