"""Who gets in: tokens that hold, sessions from our own pages; everybody else is refused in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from programs import COMPANY, Act, Program, ProgramOf

from sandop_web.actions.tokens import make_token, revoke_token
from sandop_web.store.models import Token, User

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("company")
def test_without_a_token_nobody_is_known() -> None:
    response = Program().call("GET", "/me")
    assert response.status_code == 401
    assert response["WWW-Authenticate"] == "Bearer"
    assert response.json()["message"] == "api.no_token"


def test_a_token_speaks_for_its_member(program_of: ProgramOf) -> None:
    caller = program_of("sally").get("/me")
    assert (caller["person"], caller["role"], caller["region"]) == ("sally", "sales", "East")
    assert caller["authority_units"] is None


def test_a_wrong_token_is_refused_even_where_a_session_holds(client_of: Callable[[str], Client]) -> None:
    program = Program("sop_wrong", client=client_of("dana"))
    assert program.call("GET", "/me").status_code == 401


def test_a_revoked_token_opens_nothing(program_of: ProgramOf, act: Act) -> None:
    program = program_of("dana")
    revoke_token(by=act("dana"), token=Token.objects.get().pk)
    assert program.call("GET", "/me").status_code == 401


def test_an_expired_token_opens_nothing(program_of: ProgramOf) -> None:
    program = program_of("dana")
    Token.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    assert program.call("GET", "/me").status_code == 401


def test_a_token_for_the_calendar_does_not_open_the_api(program_of: ProgramOf) -> None:
    assert program_of("dana", scope="calendar").call("GET", "/me").status_code == 403


def test_the_token_of_somebody_who_left_opens_nothing(program_of: ProgramOf) -> None:
    program = program_of("dana")
    User.objects.filter(username="dana").update(is_active=False)
    assert program.call("GET", "/me").status_code == 401


def test_another_company_is_not_there(program_of: ProgramOf) -> None:
    response = program_of("eve").call("GET", "/api/v1/companies/elsewhere/me")
    assert response.status_code == 404
    assert response.json()["message"] == "access.nothing_there"


@pytest.mark.parametrize("name", ["%00", "a%00b", "a b", "é", "x" * 60])
def test_what_is_no_name_of_a_company_is_not_there(program_of: ProgramOf, name: str) -> None:
    assert program_of("eve").call("GET", f"/api/v1/companies/{name}/me").status_code == 404


def test_an_outsider_finds_nothing(client_of: Callable[[str], Client]) -> None:
    olga = client_of("olga")
    assert olga.get(f"{COMPANY}/me").status_code == 404
    assert olga.get("/api/v1/companies").json() == []


def test_somebody_signed_in_reads_with_the_session(client_of: Callable[[str], Client]) -> None:
    dana = client_of("dana")
    assert dana.get(f"{COMPANY}/me").json()["person"] == "dana"
    assert dana.get("/api/v1/companies").json() == [{"company": "small", "name": "Small Pumps", "name_zh": "小泵厂"}]


def test_a_token_knows_its_one_company(program_of: ProgramOf) -> None:
    assert [line["company"] for line in program_of("dana").get("/api/v1/companies")] == ["small"]


@pytest.mark.usefixtures("company")
def test_a_session_changes_something_only_from_our_own_pages() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get(username="dana"), backend="django.contrib.auth.backends.ModelBackend")
    body = {"name": "nightly", "scope": "read", "days": 3}
    refused = client.post(f"{COMPANY}/tokens", body, content_type="application/json")
    assert (refused.status_code, refused.json()["message"]) == (403, "api.not_from_our_pages")
    client.cookies["csrftoken"] = "a" * 32
    made = client.post(f"{COMPANY}/tokens", body, content_type="application/json", headers={"X-CSRFToken": "a" * 32})
    assert made.status_code == 201
    assert Program(made.json()["key"]).get("/me")["read_only"] is True


def test_a_token_makes_no_tokens(program_of: ProgramOf) -> None:
    response = program_of("dana").call("POST", "/tokens", {"name": "more", "scope": "write", "days": 3})
    assert (response.status_code, response.json()["message"]) == (403, "api.session_needed")


def test_a_token_that_reads_changes_nothing_whatever_it_asks(program_of: ProgramOf) -> None:
    program = program_of("eve", scope="read")
    for verb, path in (("POST", "/people"), ("PUT", "/people/1"), ("DELETE", "/tokens/1")):
        response = program.call(verb, path, {})
        assert (response.status_code, response.json()["message"]) == (403, "access.token_reads_only")


def test_a_token_needs_the_role_of_its_member(program_of: ProgramOf) -> None:
    body = {"person": "nina", "name": "Nina", "role": "sales"}
    assert program_of("vic").call("POST", "/people", body).status_code == 403


def test_a_wrong_verb_is_refused_as_such(program_of: ProgramOf) -> None:
    response = program_of("dana").call("DELETE", "/me")
    assert response.status_code == 405
    assert response["Allow"] == "GET"


def test_an_address_that_is_none_is_not_there(program_of: ProgramOf) -> None:
    response = program_of("dana").call("GET", "/nonsense")
    assert response.status_code == 404
    assert response.json()["message"] == "access.nothing_there"


def test_a_token_is_made_in_the_action_and_used_here(act: Act) -> None:
    key = make_token(by=act("dana", at=timezone.now()), name="laptop", scope="read", days=1)
    assert Program(key).get("/me")["read_only"] is True
