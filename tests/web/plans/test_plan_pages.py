"""Every page of plans opens in both languages for everybody in the company, and for nobody else."""

import re

import pytest
from planning import EAST, address, forecast, hours, say_forecast
from stage import Act, Browser

from sandop_web.actions.editing import edit_cells_of_plan
from sandop_web.actions.masters import CellOfRow, edit_master_row, edit_settings_of_plan
from sandop_web.actions.scenarios import branch_scenario
from sandop_web.queries.masters import tables_of
from sandop_web.queries.plans import plan_measures, version_facts
from sandop_web.store.models import User, Version

HAN = re.compile(r"[一-鿿]")
LEFT_OVER = re.compile(r"\bNone\b|\bnan\b|plans\.[a-z]|\{\w+\}")


@pytest.fixture
def scenario(act: Act, version: Version) -> Version:
    """A scenario that differs from its plan in a cell, a master cell and a setting."""
    made = branch_scenario(by=act("max"), version=version.pk, title="Third shift", why="what if")
    edit_cells_of_plan(by=act("max"), version=made, edits=[hours(700.0)], why="a third shift")
    cost = [CellOfRow("overtime_cost", 12.0, 15.0)]
    edit_master_row(
        by=act("max"), version=made, table="resources", key=("LINE",), cells=cost, effective="", why="dearer"
    )
    edit_settings_of_plan(
        by=act("max"), version=made, section="supply", key="holding_rate", before=0.015, value=0.02, why="interest"
    )
    return Version.objects.get(pk=made)


def _pages(act: Act, version: Version, scenario: Version) -> list[str]:
    by = act("max")
    measures = [
        line.measure.name
        for step in plan_measures(by=by, version=version.pk)
        for line in (*step.inputs, *step.results)
    ]
    pages = ["", "masters/", "settings/", *(f"sheet/{name}/" for name in measures)]
    pages += [f"report/{name}/" for name in (*version_facts(by=by, version=version.pk).reports, "no_such_report")]
    pages += [f"masters/{line.table}/" for line in tables_of(by=by, version=version.pk)]
    pages += ["masters/items/row/?key=A", "masters/items/row/?key=MOON"]
    pages += [
        f"sheet/{name}/cell/?{row}&period=2026-03"
        for name, row in (
            ("sales_forecast", "row=A&row=DC&row=E"),
            ("demand", "row=A&row=DC&row=E"),
            ("load", "row=LINE"),
            ("working_capital", "row=small"),
            ("production", "row=A%40P"),
        )
    ]
    return [
        "/c/small/plan/",
        "/c/small/plan/compare/",
        f"/c/small/plan/compare/?a={version.pk}&b={scenario.pk}",
        f"/c/small/plan/compare/?a={version.pk}&b={scenario.pk}&measure=capacity_regular",
        f"/c/small/plan/compare/?a={version.pk}&b={version.pk}",
        address(scenario, ""),
        address(scenario, "merge/"),
        address(scenario, "masters/resources/row/?key=LINE"),
        *(address(version, page) for page in pages),
    ]


@pytest.mark.parametrize(("person", "language"), [("max", "en"), ("max", "zh"), ("sally", "zh"), ("vic", "en")])
def test_every_page_opens_in_both_languages(
    act: Act, client_of: Browser, version: Version, scenario: Version, person: str, language: str
) -> None:
    say_forecast(act("sally"), version, forecast(EAST, 300.0))
    User.objects.filter(username=person).update(language=language)
    browser = client_of(person)
    for page in _pages(act, version, scenario):
        answer = browser.get(page)
        assert answer.status_code == 200, page
        text = answer.content.decode()
        main = text[text.index("<main") : text.index("</main>")]
        assert main.count("<h1") == 1, page
        assert not LEFT_OVER.search(re.sub(r"<[^>]*>", " ", main)), (page, LEFT_OVER.search(main))
        assert bool(HAN.search(main)) or language == "en", page
        labelled = set(re.findall(r'<label for="([^"]+)"', main))
        assert labelled == labelled & set(re.findall(r' id="([^"]+)"', main)), page


def test_an_outsider_finds_nothing_and_who_is_signed_out_signs_in(
    act: Act, client_of: Browser, version: Version, scenario: Version
) -> None:
    for page in _pages(act, version, scenario)[:12]:
        assert client_of("olga").get(page).status_code == 404, page
        assert "sign-in" in client_of("").get(page).headers["Location"], page


@pytest.mark.parametrize(
    ("page", "status"),
    [
        ("sheet/weather/", 400),
        ("sheet/demand/?first=2050-01", 400),
        ("sheet/demand/cell/?row=A&period=2026-03", 400),
        ("masters/weather/", 400),
        ("sheet/demand/?page=999999999&text=%00", 200),
    ],
)
def test_what_is_not_there_is_said_in_words(client_of: Browser, version: Version, page: str, status: int) -> None:
    assert client_of("max").get(address(version, page)).status_code == status


def test_a_version_of_nobody_is_not_there(client_of: Browser, version: Version) -> None:
    for number in (version.pk + 1000, 10**30):
        assert client_of("max").get(f"/c/small/plan/{number}/").status_code == 404


def test_only_who_may_change_a_sheet_gets_fields_to_type_into(client_of: Browser, version: Version) -> None:
    def fields(person: str, page: str) -> int:
        return client_of(person).get(address(version, page)).content.decode().count('name="now|')

    assert fields("sam", "sheet/capacity_regular/") == 12
    assert fields("vic", "sheet/capacity_regular/") == 0
    assert fields("sam", "sheet/hours_regular/") == 0
    assert fields("sally", "sheet/sales_forecast/") == 2 * 12  # A and B of customer E


def test_sally_sees_nothing_of_the_west(client_of: Browser, version: Version) -> None:
    for page in ("sheet/demand/", "sheet/orders/", "sheet/price/", "report/forecast_report/", "masters/customers/"):
        text = client_of("sally").get(address(version, page)).content.decode()
        main = text[text.index("<main") :]
        assert "West" not in main and '"W"' not in main, page
        assert "East" in main or ">E<" in main, page
    assert (
        client_of("sally").get(address(version, "sheet/demand/cell/?row=A&row=DC&row=W&period=2026-03")).status_code
        == 403
    )
