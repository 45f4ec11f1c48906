"""The supply review and execution as pages: what is short first, a plan for each function, numbers that lead on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import cast
import numpy as np
import pytest
from django.test import Client
from html_reading import ReadPage, read
from stage import NOW, Act

from sandop.plan import Sheet
from sandop_web.queries.steps import page_of_step
from sandop_web.store.models import Company, Version
from sandop_web.store.plans import write_version

Browser = Callable[[str], Client]
FUNCTIONS = ("schedule", "availability", "logistics", "sales", "finance", "changeable")


def page_of(client: Client, address: str, language: str = "en") -> ReadPage:
    """A page of a step, which must be without fault."""
    return read(client, f"/c/small/step/{address}", language)


@pytest.mark.usefixtures("version")
def test_the_supply_review_begins_with_what_is_short(client_of: Browser) -> None:
    first = page_of(client_of("eve"), "supply_review/").all("ul")
    lines = next(one.text for one in first if one.attributes.get("class") == "answers")
    assert lines.strip().startswith("Resource shortages")


@pytest.mark.usefixtures("version")
def test_the_tiles_say_service_load_stakes_cost_and_stock(act: Act) -> None:
    told = page_of_step(by=act("eve"), step="supply_review").tiles
    assert [tile.title for tile in told] == [
        "Served on time",
        "Highest required load",
        "At stake in shortages",
        "Cost of the plan",
        "Stock at the end",
    ]
    paid = sum(
        row["amount"]
        for row in cast.company_month().reports["costs"]
        if row["kind"] not in ("late", "lost", "stock_missing", "violations")
    )
    assert told[3].figure.value == pytest.approx(paid)


@pytest.mark.usefixtures("version")
def test_the_load_of_a_month_leads_to_why_it_is_so(client_of: Browser) -> None:
    page = page_of(client_of("eve"), "supply_review/capacity/")
    links = [link.attributes["href"] for link in page.all("a") if link.attributes.get("class") == "why"]
    assert any("measure=load" in link and "resource=" in link for link in links)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.usefixtures("version")
def test_limits_stand_by_their_names_and_not_by_their_ids(client_of: Browser, language: str) -> None:
    limits = {str(row["limit"]) for row in cast.company_month().reports["shortages"]}
    page = page_of(client_of("eve"), "supply_review/shortages/", language)
    named = {head.text for head in page.all("th") if head.attributes.get("scope") == "row"}
    assert limits and not limits & named


@pytest.mark.usefixtures("version")
def test_the_certificate_is_one_page_away_with_its_numbers(client_of: Browser) -> None:
    row = cast.company_month().reports["certificate"][0]
    page = page_of(client_of("eve"), "supply_review/proof/")
    assert f"{row['primal']:,.2f}" in page.first("table").text


def test_nothing_short_is_said_in_a_sentence(company: Company, client_of: Browser) -> None:
    month = cast.company_month()
    empty = {name: [] for name in ("shortages", "unserved", "violations")}
    told = replace(month, reports={**month.reports, **empty})
    write_version(
        company=company, title="calm", purpose="plan", plan=cast.company_plan(), month=told, made_by=None, at=NOW
    )
    page = page_of(client_of("eve"), "supply_review/shortages/")
    assert "Nothing is short" in page.first("h1").text
    assert "Nothing waits" in page_of(client_of("eve"), "supply_review/").first("main").text


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("section", FUNCTIONS)
@pytest.mark.usefixtures("version")
def test_every_function_has_a_plan_of_its_own(client_of: Browser, section: str, language: str) -> None:
    page = page_of(client_of("eve"), f"execution/{section}/", language)
    assert page.first("h1").text.strip()
    assert page.all("table")


@pytest.fixture
def running_out(company: Company) -> Version:
    """The first item-site falls 5 below zero in the first week and is there again in the second."""
    month = cast.company_month()
    balance = month.sheets["pab"]
    values = np.maximum(np.nan_to_num(balance.values), 10.0)
    values[0, 0] = -5.0
    sheets = {**month.sheets, "pab": Sheet("pab", balance.rows, balance.periods, values)}
    return write_version(
        company=company,
        title="short",
        purpose="plan",
        plan=cast.company_plan(),
        month=replace(month, sheets=sheets),
        made_by=None,
        at=NOW,
    )


@pytest.mark.usefixtures("running_out")
def test_what_runs_out_stands_first_and_carries_its_sign(client_of: Browser) -> None:
    page = page_of(client_of("eve"), "execution/availability/")
    assert page.first("h1").text == "One item would run out in the next weeks"
    marked = [cell.text for cell in page.all("td") if "bad" in cell.attributes.get("class", "").split()]
    assert marked == ["-5"]


@pytest.mark.usefixtures("version")
def test_the_work_in_a_step_is_one_line_above_its_figures(client_of: Browser, cycle: str) -> None:
    page = page_of(client_of("sam"), "supply_review/")
    leads = [link.text for link in page.all("a") if link.attributes.get("href", "").endswith("/work/")]
    assert any("missing" in text for text in leads)
    assert any(text.startswith("checklist 0 of") for text in leads)


@pytest.mark.usefixtures("version")
def test_no_tile_leads_to_a_question_that_the_reader_does_not_see(act: Act) -> None:
    for person in ("eve", "sally"):
        told = page_of_step(by=act(person), step="execution")
        assert {tile.section for tile in told.tiles if tile.section} <= {section.id for section in told.sections}


def test_who_sees_no_schedule_is_not_told_that_nothing_starts(company: Company, act: Act) -> None:
    month = cast.company_month()
    told = replace(month, reports={**month.reports, "schedule": (), "rccp": ()})
    write_version(
        company=company, title="apart", purpose="plan", plan=cast.company_plan(), month=told, made_by=None, at=NOW
    )
    page = page_of_step(by=act("eve"), step="execution")
    assert "lot" not in page.headline and "hours" not in page.headline
    assert not {"Lots to start", "Weeks overloaded"} & {tile.title for tile in page.tiles}
