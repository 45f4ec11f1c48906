"""Every number opens to what made it: sources, portions, history, changes, reasons."""

from __future__ import annotations

import math

import cast
import pytest
from django.test import Client
from stage import Act, Browser

from sandop_web.access import NothingThere, NotUnderstood
from sandop_web.actions.editing import Edit, edit_cells_of_plan
from sandop_web.queries.why import number_explained
from sandop_web.store.models import Version

PERIOD = "2026-03"


def test_a_total_is_the_sum_of_the_portions_below_it(act: Act, version: Version) -> None:
    number = number_explained(by=act("dana"), version=version.pk, measure="demand", at={}, period=PERIOD)
    assert number.value is not None and number.portions
    together = sum(portion.value for portion in number.portions) + (number.rest or 0.0)
    assert math.isclose(together, number.value, rel_tol=1e-9)
    assert math.isclose(sum(portion.share or 0.0 for portion in number.portions), 1.0, rel_tol=1e-9)


def test_a_portion_asked_for_alone_says_the_same_number(act: Act, version: Version) -> None:
    whole = number_explained(by=act("dana"), version=version.pk, measure="demand", at={}, period=PERIOD)
    portion = whole.portions[0]
    alone = number_explained(
        by=act("dana"), version=version.pk, measure="demand", at={portion.level: portion.part.id}, period=PERIOD
    )
    assert alone.value == pytest.approx(portion.value)
    assert alone.at[0][1].id == portion.part.id


def test_without_a_period_a_flow_is_summed_over_the_whole_horizon(act: Act, version: Version) -> None:
    whole = number_explained(by=act("dana"), version=version.pk, measure="demand", at={}, period="")
    plan = next(course for course in whole.courses if course.what == "plan")
    assert whole.value == pytest.approx(sum(value or 0.0 for value in plan.values))


def test_it_names_what_it_is_made_of_at_the_same_place(act: Act, version: Version) -> None:
    number = number_explained(by=act("dana"), version=version.pk, measure="demand", at={}, period=PERIOD)
    pieces = {piece.measure: piece.value for piece in number.made_of}
    assert {"statistical", "consensus"} <= set(pieces)


def test_who_changed_a_cell_under_it_and_why_is_told(act: Act, version: Version) -> None:
    key = cast.company_month().sheets["demand"].rows.keys[0]
    edit = Edit("sales_forecast", key, PERIOD, None, 777.0)
    edit_cells_of_plan(by=act("dana"), version=version.pk, edits=[edit], why="Tender won")
    number = number_explained(by=act("eve"), version=version.pk, measure="demand", at={}, period=PERIOD)
    assert [(change.after, change.why, change.person.id) for change in number.changes] == [
        (777.0, "Tender won", "dana")
    ]
    other = number_explained(by=act("eve"), version=version.pk, measure="demand", at={}, period="2026-04")
    assert other.changes == ()


def test_a_rate_over_several_rows_has_no_total(act: Act, version: Version) -> None:
    number = number_explained(by=act("dana"), version=version.pk, measure="price", at={}, period=PERIOD)
    assert number.rows > 1 and number.value is None and number.portions == ()


def test_what_does_not_exist_is_said(act: Act, version: Version) -> None:
    with pytest.raises(NotUnderstood):
        number_explained(by=act("dana"), version=version.pk, measure="nonsense", at={}, period="")
    with pytest.raises(NotUnderstood):
        number_explained(by=act("dana"), version=version.pk, measure="demand", at={}, period="1999-01")
    with pytest.raises(NothingThere):
        number_explained(by=act("dana"), version=version.pk + 1_000, measure="demand", at={}, period="")


def page_of(browser: Client, version: Version, **headers: str) -> str:
    address = f"/c/small/plan/{version.pk}/why/?measure=demand&period={PERIOD}"
    answer = browser.get(address, headers=headers)
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_stands_alone_or_beside(client_of: Browser, version: Version, language: str) -> None:
    browser = client_of("dana")
    browser.cookies["sandop_language"] = language
    alone, beside = page_of(browser, version), page_of(browser, version, x_beside="1")
    assert "<html" in alone and "<html" not in beside
    assert {"en": "What it is made of", "zh": "由哪些数字构成"}[language] in beside
