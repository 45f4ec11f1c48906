"""Business review and demand review: furthest from budget first, at every level; demand with its past and range."""

from __future__ import annotations

import cast
import numpy as np
import pytest
from html_reading import ReadPage, troubles_of
from stage import Act, Browser

from sandop.pack.page import Beside, Cell, Chart, Table, Waterfall
from sandop_web.queries.steps import Section, StepPage, page_of_step

pytestmark = pytest.mark.usefixtures("version")


def step(act: Act, person: str, name: str) -> StepPage:
    page = page_of_step(by=act(person), step=name)
    assert page.made
    return page


def section(page: StepPage, name: str) -> Section:
    return next(one for one in page.sections if one.id == name)


def charts(page: StepPage) -> list[Chart | Waterfall]:
    found = [part for one in page.lead if isinstance(one, Beside) for part in (*one.left, *one.right)]
    return [part for part in (*found, *page.lead) if isinstance(part, Chart | Waterfall)]


def test_the_review_begins_with_figures_and_a_chart_of_revenue_by_month(act: Act) -> None:
    page = step(act, "eve", "business_review")
    assert page.tiles and page.tiles[0].title.startswith("Revenue")
    revenue = next(chart for chart in charts(page) if isinstance(chart, Chart))
    assert len(revenue.categories) <= 12


def test_customers_stand_in_the_order_of_what_they_are_short(act: Act) -> None:
    [table] = section(step(act, "eve", "business_review"), "actual-customer").parts
    assert isinstance(table, Table)
    gaps = [float(row.cells[3] or 0.0) for row in table.rows]  # type: ignore[arg-type]
    assert gaps == sorted(gaps)


def test_sally_reads_her_own_region_and_not_the_companys(act: Act) -> None:
    whole, east = (step(act, person, "business_review") for person in ("eve", "sally"))
    assert east.tiles[0].figure.value < whole.tiles[0].figure.value  # type: ignore[operator]
    [table] = section(east, "actual-region").parts
    assert isinstance(table, Table) and len(table.rows) == 1
    west = step(act, "wes", "business_review")
    both = east.tiles[0].figure.value + west.tiles[0].figure.value  # type: ignore[operator]
    assert both == pytest.approx(whole.tiles[0].figure.value, abs=0.02)


def test_a_region_opens_from_its_row(client_of: Browser) -> None:
    answer = client_of("eve").get("/c/small/step/business_review/actual-region/")
    assert "?region=East" in answer.content.decode()
    narrowed = client_of("eve").get("/c/small/step/business_review/actual-customer/?region=East").content.decode()
    assert troubles_of(narrowed, "en") == []
    names = [head.text for head in ReadPage(narrowed).all("th")]
    assert not any("West" in name for name in names)


def test_the_outlook_joins_two_years_of_orders_and_the_plan(act: Act) -> None:
    outlook = next(chart for chart in charts(step(act, "eve", "demand_review")) if isinstance(chart, Chart))
    plan = cast.company_month().plan
    assert outlook.periods[-len(plan.calendar.horizon) :] == plan.calendar.horizon.labels
    orders, demand = outlook.series[0], outlook.series[-1]
    assert all((one is None) != (other is None) for one, other in zip(orders.values, demand.values))


def test_what_demand_is_made_of_adds_up(act: Act) -> None:
    streams = next(chart for chart in charts(step(act, "eve", "demand_review")) if isinstance(chart, Waterfall))
    *parts, whole = streams.steps
    assert sum(part.amount for part in parts) == pytest.approx(whole.amount)
    assert whole.amount == pytest.approx(float(np.nansum(cast.company_month().sheets["demand"].values)))


def test_every_number_of_a_family_leads_to_why_it_is_so(act: Act) -> None:
    page = step(act, "eve", "demand_review")
    [table] = [part for part in section(page, "demand").parts if isinstance(part, Table)]
    found = [cell.place for row in table.rows for cell in row.cells if isinstance(cell, Cell)]
    places = [place for place in found if place is not None]
    judged = {"report.accuracy.wmape", "report.accuracy.bias"}
    assert {place.measure for place in places} == {"orders", "demand", *judged}
    plain = [place for place in places if place.measure not in judged]
    assert all([level for level, _ in place.at] == ["family"] for place in plain)


def test_sections_lead_on_to_the_grid(act: Act) -> None:
    [onward] = section(step(act, "eve", "demand_review"), "demand").onward
    assert onward.page == "grid" and ("view", "demand") in onward.asked


def test_one_family_opens_to_its_months_and_items(client_of: Browser) -> None:
    family = cast.company_plan().network.families.keys[0]
    html = client_of("eve").get(f"/c/small/step/demand_review/demand/?family={family}").content.decode()
    assert troubles_of(html, "en") == []
    captions = [caption.text for caption in ReadPage(html).all("caption")]
    assert any("Items" in caption for caption in captions)


@pytest.mark.parametrize("name", ["data_close", "business_review", "demand_review"])
def test_every_question_has_an_answer_in_a_sentence(act: Act, name: str) -> None:
    page = step(act, "eve", name)
    assert page.sections
    assert [one.id for one in page.sections if not one.conclusion] == []
