"""What a reader chooses to look at stands behind the question mark, stays while they walk, and never shows them more.

Small Pumps   families A, B …; customers E in the East (Sally's), W in the West (Wes's)
"""

from __future__ import annotations

import pytest
from django.test import Client
from html_reading import ReadPage
from stage import NOW, Act, Browser

from sandop_web.access import NothingThere, looking
from sandop_web.actions.scenarios import branch_scenario
from sandop_web.queries.plans import current_version, versions_of, working_version
from sandop_web.queries.steps import content_of_step, page_of_step
from sandop_web.store.models import Company, Version

STEP = "/c/small/step/demand_review/"


@pytest.fixture
def scenario(version: Version, act: Act) -> int:
    """A scenario of Dana's beside the plan."""
    return branch_scenario(by=act("dana"), version=version.pk, title="Dearer steel", why="What if steel costs more")


@pytest.fixture
def elsewhere(company: Company, version: Version) -> Version:
    """A version of another company."""
    other = Company.objects.create(slug="other", name="Other", currency="CNY", made_at=NOW)
    return Version.objects.create(
        company=other, number=1, title="Theirs", purpose=Version.Purpose.PLAN, start=version.start, made_at=NOW
    )


def page_at(client: Client, address: str) -> ReadPage:
    return ReadPage(client.get(address).content.decode())


def links_of(page: ReadPage) -> list[str]:
    return [link.attributes["href"] for link in page.all("a") if "href" in link.attributes]


def headline(client: Client, address: str) -> str:
    return page_at(client, address).first("h1").text


def choosers(page: ReadPage) -> dict[str, list[str]]:
    """Name of each chooser of the context bar → what it offers."""
    found: dict[str, list[str]] = {}
    for option in page.all("option"):
        found.setdefault(option.attributes.get("value", ""), []).append(option.text)
    return found


def test_a_page_shows_the_version_its_address_asks_for(version: Version, scenario: int, act: Act) -> None:
    seen = looking(by=act("vic"), version=scenario)
    assert current_version(by=seen) == scenario
    assert working_version(by=seen) == version.pk
    assert page_of_step(by=seen, step="demand_review").version == scenario
    assert [line.version for line in versions_of(by=seen) if line.current] == [version.pk]


def test_a_scenario_has_pages_of_its_own(scenario: int, act: Act) -> None:
    plain, looked = act("vic"), looking(by=act("vic"), version=scenario)
    names = [content_of_step(by=by, step="demand_review") for by in (plain, looked)]
    assert len(set(names)) == 2
    assert names[1] == page_of_step(by=looked, step="demand_review").content


def test_who_looks_at_a_scenario_is_told_so_and_finds_back(scenario: int, client_of: Browser) -> None:
    page = page_at(client_of("vic"), f"{STEP}?version={scenario}&family=DOM")
    bar = next(part for part in page.all("div") if part.attributes.get("class") == "context").text
    assert "scenario" in bar
    assert "Back to the plan" in bar
    assert f"{STEP}?family=DOM" in links_of(page)


def test_the_choice_stays_while_one_walks(scenario: int, client_of: Browser) -> None:
    page = page_at(client_of("vic"), f"{STEP}?version={scenario}&region=East")
    steps = [link for link in links_of(page) if link.startswith("/c/small/step/")]
    assert len(steps) > 10
    elsewhere = [link for link in steps if f"version={scenario}" not in link or "region=East" not in link]
    assert elsewhere == [f"{STEP}?region=East"]  # back to the plan


@pytest.mark.usefixtures("version")
def test_nothing_is_kept_where_nothing_was_chosen(client_of: Browser) -> None:
    assert not [link for link in links_of(page_at(client_of("vic"), STEP)) if "version=" in link or "region=" in link]


def test_the_version_people_work_on_needs_no_mention(version: Version, client_of: Browser) -> None:
    page = page_at(client_of("vic"), f"{STEP}?version={version.pk}")
    assert not [link for link in links_of(page) if "version=" in link]


def test_a_page_about_one_version_leads_to_the_same_page_of_another(
    version: Version, scenario: int, client_of: Browser
) -> None:
    there = client_of("vic").get(
        f"/c/small/plan/{version.pk}/report/supply_load/?to_version={scenario}&page=2&family="
    )
    assert there["Location"] == f"/c/small/plan/{scenario}/report/supply_load/?page=2"
    back = client_of("vic").get(f"/c/small/plan/{scenario}/?to_version=&version=77")
    assert back["Location"] == f"/c/small/plan/{version.pk}/"


@pytest.mark.usefixtures("version")
def test_narrowing_shows_what_somebody_of_that_region_sees(client_of: Browser) -> None:
    narrowed = headline(client_of("eve"), f"{STEP}?region=East")
    assert narrowed == headline(client_of("sally"), STEP)
    assert narrowed != headline(client_of("eve"), STEP)


@pytest.mark.usefixtures("version")
@pytest.mark.parametrize(
    "asked", ["region=West", "region=Nowhere", "family=Nowhere", "region=East%00", "family=DOM&region=West"]
)
def test_nobody_sees_more_than_their_scope(client_of: Browser, asked: str) -> None:
    assert client_of("sally").get(f"{STEP}?{asked}").status_code == 404


@pytest.mark.usefixtures("version")
def test_ones_own_scope_may_be_named(client_of: Browser) -> None:
    assert headline(client_of("sally"), f"{STEP}?region=East") == headline(client_of("sally"), STEP)


def test_choosers_offer_ones_own_scope_alone(version: Version, client_of: Browser) -> None:
    offered = {person: choosers(page_at(client_of(person), STEP)) for person in ("eve", "sally")}
    assert {"East", "West"} <= offered["eve"].keys()
    assert "East" in offered["sally"]
    assert "West" not in offered["sally"]
    assert any(f"{version.number} · Jan 2026" in titles for titles in offered["sally"].values())


def test_a_version_of_another_company_is_not_there(elsewhere: Version, client_of: Browser, act: Act) -> None:
    assert client_of("eve").get(f"{STEP}?version={elsewhere.pk}").status_code == 404
    with pytest.raises(NothingThere):
        looking(by=act("eve"), version=elsewhere.pk)


@pytest.mark.usefixtures("version")
@pytest.mark.parametrize("asked", ["x", "1.5", "-1", "9" * 30])
def test_what_names_no_version_is_refused(client_of: Browser, asked: str) -> None:
    assert client_of("eve").get(f"{STEP}?version={asked}").status_code == 400


@pytest.mark.usefixtures("version")
def test_an_outsider_learns_nothing_by_looking(client_of: Browser) -> None:
    assert client_of("olga").get(f"{STEP}?region=East").status_code == 404


def test_who_acts_acts_as_who_they_are(version: Version, scenario: int, client_of: Browser) -> None:
    """The address of a form narrows nothing and moves nothing: the deed is done where the form says."""
    answer = client_of("dana").post(
        f"/c/small/plan/{version.pk}/branch/?version={scenario}&region=Nowhere",
        {"title": "Cheaper steel", "why": "What if steel costs less"},
    )
    assert answer.status_code in (302, 303)
    assert Version.objects.get(title="Cheaper steel").parent_id == version.pk
