"""The S&OP sheet of a family: its lines, its checks, its neighbours, in both languages, to everybody in their scope.

The small company has one family, P; its checks hold. A check is broken by hand where a test is about that:

family   identity         2026-03: left   right   holds
P        identity.stock            120    100     no
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace

import cast
import pytest
from django.test import Client
from html_reading import ReadPage, read
from stage import NOW

from sandop_web.store.models import Company, Version
from sandop_web.store.plans import write_version

Browser = Callable[[str], Client]
FAMILY = str(cast.company_month().reports["family_sheet"][0]["family"])


def page_of(client: Client, address: str, language: str = "en") -> ReadPage:
    """The page, which must be without fault."""
    return read(client, f"/c/small/family-sheet/{address}", language)


@pytest.fixture
def broken_in_march(company: Company) -> Version:
    """The company's plan, in which the stock of March does not follow from the lines above it."""
    month = cast.company_month()
    checks = [
        {**row, "left": 120.0, "right": 100.0, "holds": False}
        if (row["identity"], row["period"]) == ("identity.stock", "2026-03")
        else row
        for row in month.reports["identities"]
    ]
    told = replace(month, reports={**month.reports, "identities": checks})
    return write_version(
        company=company,
        title="2026-01",
        purpose="plan",
        plan=cast.company_plan(),
        month=told,
        made_by=None,
        at=NOW,
    )


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.usefixtures("version")
def test_the_list_says_whether_every_family_agrees_with_itself(client_of: Browser, language: str) -> None:
    checks = len(cast.company_month().reports["identities"])
    page = page_of(client_of("eve"), "", language)
    assert str(checks) in page.first("h1").text
    assert "✓" in page.first("table").text


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.usefixtures("version")
def test_a_sheet_shows_every_line_and_every_identity_in_words(client_of: Browser, language: str) -> None:
    page = page_of(client_of("eve"), f"{FAMILY}/", language)
    lines = {
        "en": ("Bookings", "Shipments", "Backlog", "Production", "Stock", "Adjustments"),
        "zh": ("接单", "发货", "未交订单", "生产", "库存", "调整"),
    }[language]
    sheet = page.all("table")[0].text
    assert all(line in sheet for line in lines)
    formula = {"en": "Stock = stock before + production", "zh": "库存＝上期库存＋生产"}[language]
    assert formula in page.first("main").text


@pytest.mark.usefixtures("version")
def test_the_numbers_of_the_sheet_are_those_of_the_plan(client_of: Browser) -> None:
    asked = {
        str(row["period"]): row["value"]
        for row in cast.company_month().reports["family_sheet"]
        if (row["family"], row["line"], row["version"]) == (FAMILY, "bookings", "new")
    }
    answer = client_of("eve").get(f"/c/small/family-sheet/{FAMILY}/?csv=1&months=all")
    told = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    bookings = next(row for row in told if (row["line"], row["version"]) == ("bookings", "now"))
    assert {label: float(bookings[label]) for label in asked} == pytest.approx(asked)


@pytest.mark.usefixtures("broken_in_march")
def test_a_check_that_fails_is_named_with_its_first_month_and_what_is_left_between_both_sides(
    client_of: Browser,
) -> None:
    assert "1 of " in page_of(client_of("eve"), "").first("h1").text
    page = page_of(client_of("eve"), f"{FAMILY}/")
    assert "1 check does not hold" in page.first("h1").text
    assert "fails in 1 month, first in Mar 2026" in page.first("main").text
    first = [cell for cell in page.all("td") if "first" in cell.attributes.get("class", "").split()]
    assert {cell.text for cell in first} == {"✗", "20.00"}


@pytest.mark.usefixtures("broken_in_march")
def test_what_fails_is_open_and_what_holds_is_folded_away(client_of: Browser) -> None:
    page = page_of(client_of("eve"), f"{FAMILY}/")
    told = [fold for fold in page.all("details") if "summary" not in fold.inside and "figure" not in fold.inside]
    opened = [fold.text for fold in told if "open" in fold.attributes]
    assert len(opened) == 1
    assert "Stock = stock before" in opened[0]


@pytest.mark.usefixtures("version")
def test_a_number_that_one_measure_says_leads_to_why_it_is_so(client_of: Browser) -> None:
    page = page_of(client_of("eve"), f"{FAMILY}/")
    links = [link.attributes["href"] for link in page.all("a") if "why" in link.attributes.get("class", "").split()]
    assert any("measure=demand" in link and f"family={FAMILY}" in link for link in links)
    assert any("measure=closing_stock" in link for link in links)


@pytest.mark.usefixtures("version")
def test_a_family_nobody_knows_has_no_sheet(client_of: Browser) -> None:
    assert client_of("eve").get("/c/small/family-sheet/LUNCH/").status_code == 404


@pytest.mark.usefixtures("company")
@pytest.mark.parametrize("language", ["en", "zh"])
def test_without_a_plan_there_are_no_sheets(client_of: Browser, language: str) -> None:
    wanted = {"en": "There is no plan yet", "zh": "尚无计划"}[language]
    assert page_of(client_of("eve"), "", language).first("h1").text == wanted
    assert client_of("eve").get(f"/c/small/family-sheet/{FAMILY}/").status_code == 404


@pytest.mark.usefixtures("version")
def test_who_answers_for_another_family_sees_no_sheet_of_this_one(client_of: Browser, company: Company) -> None:
    company.members.filter(person="sally").update(region="", family="ANOTHER")
    assert FAMILY not in page_of(client_of("sally"), "").first("main").text
    assert client_of("sally").get(f"/c/small/family-sheet/{FAMILY}/").status_code == 404


@pytest.mark.usefixtures("version")
def test_an_outsider_finds_nothing(client_of: Browser) -> None:
    assert client_of("olga").get("/c/small/family-sheet/").status_code == 404
