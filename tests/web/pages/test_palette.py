"""Going anywhere by name: found in both languages, by id, in the reader's scope."""

from __future__ import annotations

import pytest
from html_reading import ReadPage
from stage import Act, Browser

from sandop_web.queries.places import how_well, places_named


def found(act: Act, person: str, text: str) -> set[tuple[str, str]]:
    return {(place.kind, place.id) for place in places_named(by=act(person), text=text).places}


@pytest.mark.usefixtures("version")
@pytest.mark.parametrize("text", ["Domestic pumps", "domestic", "家用泵", "DOM", "dom"])
def test_a_family_is_found_by_name_and_id_in_both_languages(act: Act, text: str) -> None:
    assert ("family", "DOM") in found(act, "vic", text)


@pytest.mark.usefixtures("version")
def test_nothing_is_found_for_no_letters(act: Act) -> None:
    assert found(act, "vic", "  ") == set()


@pytest.mark.usefixtures("version")
def test_customers_of_another_region_are_not_found(act: Act) -> None:
    assert ("customer", "W") in found(act, "eve", "W")
    assert ("customer", "W") not in found(act, "sally", "W")
    assert ("customer", "E") in found(act, "sally", "E")


@pytest.mark.usefixtures("version")
def test_measures_and_versions_are_found(act: Act) -> None:
    assert ("measure", "sales_forecast") in found(act, "vic", "sales forecast")
    assert "version" in {kind for kind, _ in found(act, "vic", "2026-01")}


def test_the_name_itself_comes_before_its_parts() -> None:
    names = ["Pump A", "pump", "Garden pump", "Impumpable"]
    assert sorted(names, key=lambda name: how_well("pump", name)) == ["pump", "Pump A", "Garden pump", "Impumpable"]
    assert how_well("valve", *names) is None


@pytest.mark.usefixtures("version")
@pytest.mark.parametrize(
    ("language", "text"), [("en", "Supply review"), ("en", "供应评审"), ("zh", "supply rev"), ("zh", "供应评审")]
)
def test_pages_are_found_by_either_name(client_of: Browser, language: str, text: str) -> None:
    client = client_of("vic")
    client.cookies["sandop_language"] = language
    links = ReadPage(client.get("/c/small/palette/", {"q": text}).text).links
    assert links.count("/c/small/step/supply_review/") == 2  # in the menu, and found


@pytest.mark.usefixtures("version")
def test_everything_found_leads_to_a_page(client_of: Browser) -> None:
    client = client_of("eve")
    led = set()
    for text in ("a", "1", "e", "泵", "forecast", "grid"):
        page = ReadPage(client.get("/c/small/palette/", {"q": text}, headers={"X-Palette": "1"}).text)
        assert page.all("html") == []
        led |= set(page.links)
    assert len(led) > 20
    assert {link: client.get(link).status_code for link in led} == dict.fromkeys(led, 200)


@pytest.mark.usefixtures("version")
def test_what_nothing_bears_is_said_so(client_of: Browser) -> None:
    page = ReadPage(client_of("vic").get("/c/small/palette/", {"q": "<moon>"}).text)
    assert page.first("h1").text == "Nothing bears the name “<moon>”"


@pytest.mark.usefixtures("version")
def test_an_outsider_searches_in_vain(client_of: Browser) -> None:
    assert client_of("olga").get("/c/small/palette/", {"q": "pump"}).status_code == 404
