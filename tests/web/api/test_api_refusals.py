"""How the API says no: in words of the caller's language, one shape for all, never a traceback."""

from __future__ import annotations

import logging

import pytest
from programs import Program, ProgramOf

from sandop_web.api import companies

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("company")
def test_a_refusal_speaks_the_language_of_the_caller() -> None:
    english = Program().call("GET", "/me").json()
    chinese = Program().call("GET", "/me", **{"Accept-Language": "zh-CN,zh;q=0.9"}).json()
    assert "token" in english["refusal"] and "令牌" in chinese["refusal"]
    assert english["message"] == chinese["message"]
    assert english["remedy"] and chinese["remedy"]


def test_every_value_that_cannot_be_meant_is_listed(program_of: ProgramOf) -> None:
    response = program_of("eve").call("POST", "/people", {"person": "", "name": "N\u0000", "role": "sales", "x": 1})
    assert response.status_code == 422
    told = response.json()
    assert told["message"] == "api.not_valid"
    assert {fault["where"][-1] for fault in told["faults"]} == {"person", "name", "x"}


@pytest.mark.parametrize(
    "body",
    ["{", "[NaN]", '{"authority": Infinity}', '{"name": "a", "name": "b"}', "[" * 100_000, "1" * 5_000, b"\xff"],
)
def test_what_is_no_json_is_refused(program_of: ProgramOf, body: str | bytes) -> None:
    response = program_of("eve").call("POST", "/people", body)
    assert response.status_code in (400, 422)
    assert response.json()["refusal"]


def test_a_body_too_large_is_refused(program_of: ProgramOf) -> None:
    response = program_of("eve").call("POST", "/people", '{"name": "' + "x" * 6_000_000 + '"}')
    assert (response.status_code, response.json()["message"]) == (413, "api.too_large")


@pytest.mark.parametrize("number", [1e400, -1e400, 1e16, -1.0, "7", True])
def test_a_number_is_finite_and_within_reason(program_of: ProgramOf, number: object) -> None:
    body = {"person": "nina", "name": "Nina", "role": "sales", "authority": number}
    response = program_of("eve").call("POST", "/people", body)
    assert response.status_code in (400, 422)


@pytest.mark.parametrize("version", ["0", "-1", str(2**63), str(10**30), "x", "%00", "1.5"])
def test_an_id_no_database_has_is_refused(program_of: ProgramOf, version: str) -> None:
    assert program_of("dana").call("GET", f"/versions/{version}").status_code == 422


def test_a_mistake_of_ours_tells_nothing_but_is_logged(
    program_of: ProgramOf, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(**_: object) -> None:
        raise ZeroDivisionError("the secret of the house")

    program = program_of("dana")
    monkeypatch.setattr(companies, "company_frame", broken)
    with caplog.at_level(logging.ERROR):
        response = program.call("GET", "/me")
    assert response.status_code == 500
    assert response.json()["message"] == "api.broken"
    assert b"secret" not in response.content and b"Traceback" not in response.content
    assert "ZeroDivisionError" in caplog.text
