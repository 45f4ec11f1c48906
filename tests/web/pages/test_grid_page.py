"""The planning grid's doors: the page, the numbers, and what is sent to change them."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from html_reading import troubles_of
from stage import Browser

from sandop_web.store.models import Version

FORECAST = "view=demand&measures=sales_forecast&levels=family,item"


def at(version: Version, door: str = "", query: str = FORECAST) -> str:
    return f"/c/small/plan/{version.pk}/grid/{door}?{query}"


def numbers(client: Client, version: Version, query: str = FORECAST) -> dict[str, Any]:
    told: dict[str, Any] = client.get(at(version, "columns/", query)).json()
    return told


def send(client: Client, version: Version, door: str, wish: object) -> HttpResponse:
    response: HttpResponse = client.post(at(version, f"{door}/"), json.dumps(wish), content_type="application/json")
    return response


def a_change(told: dict[str, Any]) -> dict[str, Any]:
    """A change of the first row of the lowest level in the first month, whether it holds a number or a blank."""
    lowest = len(told["levels"])
    node = next(place for place, level in enumerate(told["nodes"]["level"]) if level == lowest)
    label, over = told["nodes"]["label"], told["nodes"]["parent"][node]
    before = told["values"]["sales_forecast"][0][node]
    return {
        "measure": "sales_forecast",
        "at": {"family": label[over], "item": label[node]},
        "period": told["periods"][0]["label"],
        "before": before,
        "after": (before or 40) + 10,
    }


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.usefixtures("cycle")
def test_the_page_is_whole_in_both_languages(client_of: Browser, version: Version, language: str) -> None:
    client = client_of("dana")
    client.cookies["sandop_language"] = language
    response = client.get(at(version))
    assert response.status_code == 200
    html = response.content.decode()
    assert troubles_of(html, language) == []
    assert "<noscript>" in html
    assert f"/c/small/plan/{version.pk}/sheet/sales_forecast/" in html


def test_the_page_lets_in_the_grids_own_styles_by_its_nonce_alone(client_of: Browser, version: Version) -> None:
    response = client_of("dana").get(at(version))
    nonce = response.headers["Content-Security-Policy"].split("'nonce-")[1].split("'")[0]
    assert f'<meta name="csp-nonce" content="{nonce}">' in response.content.decode()
    assert "unsafe" not in response.headers["Content-Security-Policy"]


def test_numbers_come_column_by_column_and_add_up(client_of: Browser, version: Version) -> None:
    told = numbers(client_of("dana"), version)
    nodes, columns = told["nodes"], told["values"]["sales_forecast"]
    count = len(nodes["level"])
    assert nodes["level"][0] == 0 and nodes["end"][0] == count
    assert len(columns) == len(told["periods"]) and all(len(column) == count for column in columns)
    for place, level in enumerate(nodes["level"]):
        below = [child for child in range(place + 1, nodes["end"][place]) if nodes["parent"][child] == place]
        known = [columns[0][child] for child in below if columns[0][child] is not None]
        if level == 1 and known:
            assert columns[0][place] == pytest.approx(sum(known))
    assert told["measures"][0]["over_time"] == "sum"


def test_numbers_are_compressed_for_those_who_take_that(client_of: Browser, version: Version) -> None:
    client = client_of("eve")
    query = "view=demand"
    response = client.get(at(version, "columns/", query), headers={"Accept-Encoding": "gzip"})
    plain = client.get(at(version, "columns/", query))
    assert len(plain.content) > 2_000
    assert response.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(response.content) == plain.content


@pytest.mark.parametrize("query", ["view=nothing", "unit=tons", "periods=0", "periods=many", "measures=nothing"])
def test_what_cannot_be_meant_is_answered_with_a_remedy(client_of: Browser, version: Version, query: str) -> None:
    response = client_of("dana").get(at(version, "columns/", query))
    assert response.status_code == 400
    assert response.json()["refusal"]


@pytest.mark.usefixtures("cycle")
def test_a_change_is_saved_taken_back_and_made_again(client_of: Browser, version: Version) -> None:
    dana = client_of("dana")
    wish = a_change(numbers(dana, version))
    saved = send(dana, version, "edit", {"edits": [wish], "why": "Tender"})
    assert saved.status_code == 200, saved.content
    said = json.loads(saved.content)
    assert said["cells"] >= 1 and said["undo"]["can"] and said["marks"][0]["why"] == "Tender"
    assert any(wish["after"] in patch["values"] for patch in said["patch"])
    back = json.loads(send(dana, version, "undo", {}).content)
    assert any(wish["before"] in patch["values"] for patch in back["patch"]) and back["redo"]["can"]
    again = json.loads(send(dana, version, "redo", {}).content)
    assert any(wish["after"] in patch["values"] for patch in again["patch"])


@pytest.mark.usefixtures("cycle")
def test_a_cell_that_has_moved_is_told_with_both_numbers(client_of: Browser, version: Version) -> None:
    dana = client_of("dana")
    wish = a_change(numbers(dana, version))
    assert send(dana, version, "edit", {"edits": [wish], "why": "First"}).status_code == 200
    second = send(dana, version, "edit", {"edits": [{**wish, "after": wish["after"] + 99}], "why": "Second"})
    assert second.status_code == 409
    [moved] = json.loads(second.content)["moved"]
    assert (moved["expected"], moved["found"]) == (wish["before"], wish["after"])


@pytest.mark.usefixtures("cycle")
def test_a_comment_is_kept_and_settled(client_of: Browser, version: Version) -> None:
    dana = client_of("dana")
    place = a_change(numbers(dana, version))
    words = {key: place[key] for key in ("measure", "at", "period")} | {"text": "Is the tender in?"}
    said = json.loads(send(dana, version, "comment", words).content)["comment"]
    assert said["text"] == "Is the tender in?" and not said["resolved"]
    assert [one["id"] for one in numbers(dana, version)["comments"]] == [said["id"]]
    assert json.loads(send(dana, version, "resolve", {"id": said["id"]}).content)["comment"]["resolved"]


EDIT = {"measure": "sales_forecast", "at": {}, "period": "2026-01", "before": 1, "after": 2}


@pytest.mark.parametrize(
    ("door", "wish"),
    [
        ("edit", "no object"),
        ("edit", {}),
        ("edit", {"edits": [], "why": "x"}),
        ("edit", {"edits": [{**EDIT, "after": "2"}], "why": "x"}),
        ("edit", {"edits": [{**EDIT, "after": 1e300}], "why": "x"}),
        ("edit", {"edits": [{**EDIT, "at": [["family", "DOM"]]}], "why": "x"}),
        ("edit", {"edits": [{**EDIT, "more": 1}], "why": "x"}),
        ("edit", {"edits": [EDIT], "why": None}),
        ("undo", []),
        ("comment", {"measure": "sales_forecast", "at": {}, "period": "2026-01"}),
        ("resolve", {"id": "7"}),
    ],
)
def test_a_wish_of_another_shape_is_not_understood(
    client_of: Browser, version: Version, door: str, wish: object
) -> None:
    response = send(client_of("dana"), version, door, wish)
    assert response.status_code == 400
    assert json.loads(response.content)["remedy"]


@pytest.mark.parametrize("door", ["edit", "undo", "redo", "comment", "resolve"])
def test_nothing_is_changed_by_looking(client_of: Browser, version: Version, door: str) -> None:
    assert client_of("dana").get(at(version, f"{door}/")).status_code == 405


@pytest.mark.parametrize("door", ["", "columns/"])
def test_an_outsider_finds_no_grid(client_of: Browser, version: Version, door: str) -> None:
    assert client_of("olga").get(at(version, door)).status_code == 404


@pytest.mark.usefixtures("cycle")
def test_who_may_only_look_is_refused_in_words(client_of: Browser, version: Version) -> None:
    wish = a_change(numbers(client_of("vic"), version))
    response = send(client_of("vic"), version, "edit", {"edits": [wish], "why": "Tender"})
    assert response.status_code == 403
    assert "Viewer" in json.loads(response.content)["refusal"]
