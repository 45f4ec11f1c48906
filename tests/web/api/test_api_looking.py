"""Programs look closer: scenarios and their levers, family sheets, why a number is so, what there is to look at."""

from __future__ import annotations

from urllib.parse import urlencode

import cast
import pytest
from programs import Program, ProgramOf

from sandop_web.store.models import Version

pytestmark = pytest.mark.django_db
DEMAND = cast.company_plan().sheets["orders"]


@pytest.fixture
def scenario(program_of: ProgramOf, version: Version) -> int:
    """A scenario of Dana's."""
    made = program_of("dana").call("POST", f"/versions/{version.pk}/scenarios", {"title": "More", "why": "what if"})
    return int(made.json()["version"])


def more_demand(program: Program, version: int, **other: object) -> dict[str, object]:
    """Ten percent more demand in the first month that the lever offers."""
    (month, *_) = program.get(f"/versions/{version}/levers/demand")["months"]
    tried = {"measure": "demand_given", "first": month, "last": month, "way": "percent", "amount": 10.0}
    return {**tried, "why": "a new customer", **other}


def test_demand_is_tried_out_in_a_scenario_and_taken_back(program_of: ProgramOf, scenario: int) -> None:
    dana = program_of("dana")
    assert "demand" in dana.get(f"/versions/{scenario}/levers")
    tried = dana.call("POST", f"/versions/{scenario}/levers", more_demand(dana, scenario))
    assert tried.status_code == 200, tried.content
    (change,) = dana.get(f"/versions/{scenario}/scenario")["scenario"]["changes"]
    assert (change["batch"], change["why"]) == (tried.json()["batch"], "a new customer")
    assert change["said"]["share"] == pytest.approx(0.1, abs=0.01)
    dana.call("POST", f"/versions/{scenario}/batches/{tried.json()['batch']}/undo", {"why": "they went elsewhere"})
    assert dana.get(f"/versions/{scenario}/scenario")["scenario"]["changes"] == []


@pytest.mark.parametrize("way", ["percent", "plus", "exactly"])
@pytest.mark.parametrize("amount", [-1e15, -0.0, 1e-300, 1e15])
def test_an_amount_at_every_limit_is_tried_or_refused(
    program_of: ProgramOf, scenario: int, way: str, amount: float
) -> None:
    dana = program_of("dana")
    body = more_demand(dana, scenario, way=way, amount=amount, wanted={"family": "nobody's", "colour": "red"})
    assert dana.call("POST", f"/versions/{scenario}/levers", body).status_code in (400, 404, 409)
    tried = dana.call("POST", f"/versions/{scenario}/levers", {**body, "wanted": {}})
    assert tried.status_code in (200, 400, 409), tried.content


def test_a_plan_is_not_tried_out_and_a_lever_nobody_has_is_not_there(program_of: ProgramOf, version: Version) -> None:
    dana = program_of("dana")
    refused = dana.call("POST", f"/versions/{version.pk}/levers", more_demand(dana, version.pk))
    assert (refused.status_code, refused.json()["message"]) == (409, "plans.not_a_scenario")
    assert dana.call("GET", f"/versions/{version.pk}/levers/weather").status_code == 404


def test_a_program_that_reads_tries_nothing_out(program_of: ProgramOf, scenario: int) -> None:
    reader = program_of("dana", scope="read")
    body = more_demand(program_of("dana"), scenario)
    assert reader.call("POST", f"/versions/{scenario}/levers", body).status_code == 403


def test_scenarios_are_listed_beside_the_plan(program_of: ProgramOf, version: Version, scenario: int) -> None:
    dana = program_of("dana")
    listed = dana.get("/scenarios")
    assert listed["plan"]["version"] == version.pk
    assert [line["line"]["version"] for line in listed["lines"]] == [scenario]
    compared = dana.get(f"/scenarios/compared?versions={version.pk}&versions={scenario}")
    assert [line["version"] for line in compared["compared"]] == [version.pk, scenario]
    assert dana.call("GET", f"/versions/{version.pk}/scenario").status_code == 404
    assert dana.get(f"/versions/{scenario}/merge/signed-steps") == []


def test_a_number_tells_what_it_is_made_of(program_of: ProgramOf, version: Version) -> None:
    dana, period = program_of("dana"), DEMAND.periods.labels[-1]
    where = urlencode({"period": period, "customer": "E"})
    told = dana.get(f"/versions/{version.pk}/sheets/orders/why?{where}")
    row = DEMAND.rows.where(customer="E")
    assert told["value"] == pytest.approx(DEMAND.rounded().take(row).values[:, -1].sum())
    assert [(level, part["id"]) for level, part in told["at"]] == [("customer", "E")]
    whole = dana.get(f"/versions/{version.pk}/sheets/orders/why?period={period}")
    assert sum(portion["value"] for portion in whole["portions"]) == pytest.approx(whole["value"])


def test_sally_of_the_east_is_told_of_the_east_only(program_of: ProgramOf, version: Version) -> None:
    path = f"/versions/{version.pk}/sheets/orders/why?period={DEMAND.periods.labels[-1]}"
    east = program_of("dana").get(path + "&customer=E")
    assert program_of("sally").get(path)["value"] == east["value"]


def test_the_sheet_of_a_family_is_read_month_by_month(program_of: ProgramOf, version: Version) -> None:
    dana = program_of("dana")
    listed = dana.get(f"/versions/{version.pk}/families")
    assert listed["version"] == version.pk
    family = listed["lines"][0]["family"]
    sheet = dana.get(f"/versions/{version.pk}/families/{family}?months=2")
    assert len(sheet["periods"]) == sheet["closed"] + 2
    assert all(len(row["values"]) == len(sheet["periods"]) for line in sheet["lines"] for row in line["rows"])
    assert dana.call("GET", f"/versions/{version.pk}/families/none").status_code == 404
    assert dana.call("GET", f"/versions/{version.pk + 999}/families").status_code == 404


def test_what_there_is_to_look_at_is_found_by_its_name(
    program_of: ProgramOf, version: Version, scenario: int
) -> None:
    dana = program_of("dana")
    choices = dana.get("/choices")
    assert choices["working"]["id"] == str(version.pk)
    assert [choice["id"] for choice in choices["scenarios"]] == [str(scenario)]
    found = dana.get("/search?text=More")
    assert ("scenario", str(scenario)) in [(place["kind"], place["id"]) for place in found["places"]]


def test_a_version_tells_what_it_rests_on_and_how_its_run_went(program_of: ProgramOf, version: Version) -> None:
    dana = program_of("dana")
    ground = dana.get(f"/versions/{version.pk}/groundwork")
    assert ground["facts"]["version"] == version.pk
    assert {"items", "customers"} <= {table["table"] for table in ground["tables"]}
    assert dana.get(f"/versions/{version.pk}/run") is None
    begun = program_of("max").call("POST", f"/versions/{version.pk}/run", {"why": "to see"})
    assert dana.get(f"/versions/{version.pk}/run")["number"] == begun.json()["job"]


def test_a_person_says_how_large_amounts_are_told(program_of: ProgramOf, version: Version) -> None:
    dana = program_of("dana")
    assert dana.call("PUT", "/api/v1/number-form", {"large_numbers": "wan"}).status_code == 204
    assert dana.call("PUT", "/api/v1/number-form", {"large_numbers": "lakh"}).status_code == 422
