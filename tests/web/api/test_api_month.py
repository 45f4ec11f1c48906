"""Programs take part in the month: the cycle and its steps, decisions, actions, notices, jobs, people."""

from __future__ import annotations

import pytest
from programs import Act, ProgramOf

from sandop_web.store.models import Deed, Document, Job, Member, Notice, User, Version

pytestmark = pytest.mark.django_db


def test_the_cycle_is_opened_and_read(program_of: ProgramOf, version: Version) -> None:
    opened = program_of("max").call("POST", "/cycle", {"month": "2026-01", "meeting": "2026-01-21", "why": "January"})
    assert opened.status_code == 204, opened.content
    cycles = program_of("dana").get("/cycle")
    assert cycles["open"]["month"] == "2026-01"
    assert cycles["open"]["version"] == version.pk
    assert cycles["open"]["steps"][0]["step"] == "data_close"
    assert (cycles["closed"], cycles["in_force"]) == ([], None)


def test_a_planner_does_not_open_the_cycle(program_of: ProgramOf, version: Version) -> None:
    body = {"month": "2026-01", "meeting": "2026-01-21"}
    response = program_of("dana").call("POST", "/cycle", body)
    assert (response.status_code, response.json()["message"]) == (403, "access.not_your_role")


@pytest.mark.usefixtures("cycle")
def test_a_step_says_what_it_waits_for(program_of: ProgramOf) -> None:
    step = program_of("sally").get("/steps/demand_review")
    assert step["state"] == "waiting"
    assert {line["owner"] for line in step["missing"]} >= {"sally"}


@pytest.mark.usefixtures("cycle")
def test_a_step_whose_turn_has_not_come_does_not_open(program_of: ProgramOf) -> None:
    response = program_of("hana").call("POST", "/steps/demand_review/opening", {})
    assert response.status_code == 409
    assert response.json()["remedy"]


@pytest.mark.usefixtures("cycle")
def test_the_list_of_decisions_is_taken_up_and_decided(program_of: ProgramOf) -> None:
    eve = program_of("eve")
    taken = eve.call("POST", "/decisions/take-up")
    assert taken.status_code == 200, taken.content
    ways = [{"text": "Yes", "money": 10.0}, {"text": "No"}]
    number = eve.call("POST", "/decisions", {"title": "A second shift", "alternatives": ways}).json()["number"]
    decided = eve.call(
        "POST", f"/decisions/{number}/outcome", {"outcome": "approved", "chosen": "a", "why": "worth it"}
    )
    assert decided.status_code == 204, decided.content
    assert eve.get(f"/decisions/{number}")["line"]["state"] == "approved"


@pytest.mark.usefixtures("company")
def test_an_action_is_given_and_reported(program_of: ProgramOf) -> None:
    body = {"title": "Call the supplier", "owner": "pia", "due": "2099-01-31", "effect_expected": 1000.0}
    number = program_of("max").call("POST", "/actions", body).json()["number"]
    pia = program_of("pia")
    assert pia.call("POST", f"/actions/{number}/progress", {"state": "done", "effect_seen": 900.0}).status_code == 204
    (line,) = pia.get("/actions?which=done")["lines"]
    assert (line["effect_expected"], line["effect_seen"]) == (1000.0, 900.0)
    assert pia.get("/notices")[0]["read"] is False
    assert pia.call("POST", "/notices/read", {}).json()["marked"] >= 1
    assert not Notice.objects.filter(member__person="pia", read_at=None).exists()


def test_the_month_is_started_and_called_off(program_of: ProgramOf, version: Version) -> None:
    max_ = program_of("max")
    started = max_.call("POST", f"/versions/{version.pk}/run", {"why": "new forecast"})
    assert started.status_code == 202, started.content
    job = started.json()["job"]
    assert max_.get(f"/jobs/{job}")["going"] is True
    assert max_.call("POST", f"/jobs/{job}/cancel").status_code == 204
    assert max_.get(f"/jobs/{job}")["state"] == "cancelled"


def test_a_file_is_downloaded_under_its_own_name(program_of: ProgramOf, act: Act, version: Version) -> None:
    document = Document.objects.create(
        company_id=version.company_id,
        name="计划.xlsx",
        media_type="text/html",
        size=4,
        hash="",
        content=b"plan",
        user=User.objects.get(username="max"),
        made_at=act("max").at,
    )
    response = program_of("max").call("GET", f"/documents/{document.pk}")
    assert response.content == b"plan"
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "attachment" in response["Content-Disposition"] and "%E8%AE%A1" in response["Content-Disposition"]
    assert program_of("sally").call("GET", f"/documents/{document.pk}").status_code == 404


@pytest.mark.usefixtures("company")
def test_a_file_that_is_no_plan_is_refused_in_words(program_of: ProgramOf) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    max_ = program_of("max")
    sent = {"file": SimpleUploadedFile("plan.xlsx", b"no plan at all"), "why": "February"}
    response = max_.client.post(
        "/api/v1/companies/small/plans", sent, headers={"Authorization": f"Bearer {max_.key}"}
    )
    assert (response.status_code, Job.objects.count()) == (415, 0)
    assert response.json()["remedy"]


@pytest.mark.usefixtures("company")
def test_an_invitation_made_by_a_token_shows_no_link(program_of: ProgramOf) -> None:
    response = program_of("eve").call("POST", "/people", {"person": "nina", "name": "Nina", "role": "sales"})
    assert response.status_code == 201, response.content
    assert response.json()["path"] == ""
    assert Member.objects.filter(person="nina").exists()


@pytest.mark.usefixtures("company")
def test_what_a_program_does_is_on_record_as_done_through_the_api(program_of: ProgramOf) -> None:
    program_of("max").call("PUT", "/rules/packet_hours", {"value": 72, "why": "people asked for it"})
    deed = Deed.objects.get(action="change_rule")
    assert (deed.person, deed.through, deed.why) == ("max", "api", "people asked for it")
    rows = program_of("max").get("/deeds?action=change_rule")["rows"]
    assert [row["through"] for row in rows] == ["api"]
    assert program_of("dana").call("GET", "/deeds").status_code == 403


@pytest.mark.usefixtures("cycle")
def test_the_plan_is_not_signed_before_its_time(program_of: ProgramOf, version: Version) -> None:
    eve = program_of("eve")
    sheet = eve.get("/signatures/next")
    assert sheet["obstacles"]
    body = {"expected_hash": sheet["root_hash"], "why": "a good plan"}
    response = eve.call("POST", f"/versions/{version.pk}/signature", body)
    assert response.status_code == 409
    assert eve.get("/signatures") == []


def test_the_days_of_the_year_and_the_rules_are_read(program_of: ProgramOf, version: Version) -> None:
    dana = program_of("dana")
    assert len(dana.get("/year-ahead")["cycles"]) == 12
    assert dana.get("/days/preview?meeting=2026-01-21")["sop_meeting"] == "2026-01-21"
    assert {rule["name"] for rule in dana.get("/rules")["rules"]} >= {"packet_hours", "late_threshold"}
    assert dana.get("/work")["version"] in (None, version.pk)
