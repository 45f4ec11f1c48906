"""Everybody at every door: each page, action, query and API operation, met by those who may not pass.

New pages, actions, queries and operations are found by themselves.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from registered import ACTIONS, QUERIES
from stage import NOW, Act, Browser
from walking import COMPANY, OPEN_TO_VISITORS, Door, Page, doors, is_page, walk

from sandop.cycle import roles
from sandop_web.access import NotYourRole, TokenReadsOnly, may, roles_for
from sandop_web.access import doors as access_doors
from sandop_web.access.roles import FOUNDER, VIEWER, permissions
from sandop_web.access.tokens import digest_of
from sandop_web.api.door import api
from sandop_web.store.models import Company, Deed, Member, Token, User

TESTS = Path(__file__).parents[1] / "actions"
DOORS = doors()
VERBS = ("GET", "POST", "PUT", "PATCH", "DELETE")
NO_BATCH = "00000000-0000-4000-8000-000000000000"
NOBODY = "nobody"  # a role that the cycle does not know
# What a viewer may do: nothing that touches the plan or the cycle. Each is here on purpose.
VIEWERS_DEEDS = {
    "choose_password",
    "set_language",
    "set_number_form",
    "make_token",
    "revoke_token",
    "mark_notices_read",
}
# Operations of the API that tell nothing about anybody.
OPEN_OPERATIONS = {"/api/v1/openapi.json", "/api/v1/docs", "/api/v1/"}


def methods_of(door: Door, browser: Client) -> list[str]:
    """The methods that a door knows, as it says itself when it is asked with another one."""
    answer = browser.generic("BREW", door.address)
    return [method for method in re.split(r",\s*", answer.get("Allow", "")) if method in ("GET", "POST")]


def ask(browser: Client, method: str, address: str, form: dict[str, str] | None = None) -> Any:
    """The answer to a GET or a POST."""
    return browser.get(address) if method == "GET" else browser.post(address, form or {})


# Pages


def test_every_door_says_no_to_a_wrong_verb(client_of: Browser) -> None:
    eve = client_of("eve")
    wrong = {
        door.route: [eve.generic(verb, door.address).status_code for verb in ("BREW", "DELETE", "PATCH")]
        for door in DOORS
    }
    assert {route: codes for route, codes in wrong.items() if set(codes) != {405}} == {}


def test_every_door_is_for_reading_or_for_acting(client_of: Browser) -> None:
    eve = client_of("eve")
    both = [door.route for door in DOORS if door.in_company and len(methods_of(door, eve)) != 1]
    assert both == []


def test_a_visitor_is_asked_to_sign_in(client_of: Browser) -> None:
    eve, visitor, wrong = client_of("eve"), client_of(""), []
    for door in DOORS:
        for method in methods_of(door, eve):
            answer = ask(visitor, method, door.address)
            asked = answer.status_code == 302 and answer["Location"].startswith("/sign-in/")
            if asked == door.for_visitors and door.name != "sign-out":
                wrong.append((method, door.route, answer.status_code))
    assert not wrong, wrong


def test_what_is_open_to_visitors_exists() -> None:
    assert {door.name for door in DOORS} >= OPEN_TO_VISITORS


def test_an_outsider_finds_nothing(client_of: Browser) -> None:
    eve, olga = client_of("eve"), client_of("olga")
    wrong = [
        (method, door.route, answer.status_code)
        for door in DOORS
        if door.in_company and not door.for_visitors
        for method in methods_of(door, eve)
        if (answer := ask(olga, method, door.address)).status_code != 404 or COMPANY in answer.text.lower()
    ]
    assert [(method, route, code) for method, route, code in wrong if code != 404] == []


def test_only_a_founder_opens_a_company(client_of: Browser) -> None:
    eve, wrong = client_of("eve"), []
    for door in DOORS:
        if door.route.startswith("new-company"):
            for method in methods_of(door, eve):
                wrong += [(method, door.route)] if ask(eve, method, door.address).status_code != 403 else []
    assert not wrong, wrong


def test_every_form_must_come_from_a_page_of_ours(client_of: Browser, company: Company) -> None:
    asking = client_of("eve")
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(User.objects.get(username="eve"), backend="django.contrib.auth.backends.ModelBackend")
    wrong = [
        door.route
        for door in DOORS
        if "POST" in methods_of(door, asking) and careful.post(door.address).status_code != 403
    ]
    assert not wrong, wrong


@pytest.fixture
def attempted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the actions that somebody tried to take."""
    names: list[str] = []
    require = access_doors.require_may

    def noted(by: Any, name: str) -> None:
        names.append(name)
        require(by, name)

    monkeypatch.setattr(access_doors, "require_may", noted)
    return names


def test_a_viewer_acts_nowhere(client_of: Browser, attempted: list[str]) -> None:
    """Whatever a viewer posts, nothing is done, and nothing but refusals comes back."""
    eve, vic, wrong = client_of("eve"), client_of("vic"), []
    for door in DOORS:
        if not door.in_company or "POST" not in methods_of(door, eve):
            continue
        attempted.clear()
        code = vic.post(door.address).status_code
        allowed = bool(attempted) and set(attempted) <= VIEWERS_DEEDS
        if code not in (400, 403, 404) and not allowed:
            wrong.append((door.route, code, tuple(attempted)))
    assert not wrong, wrong
    assert set(Deed.objects.filter(person="vic").values_list("action", flat=True)) <= VIEWERS_DEEDS


@pytest.mark.usefixtures("cycle")
def test_a_viewer_who_sends_eves_forms_is_refused(client_of: Browser, attempted: list[str]) -> None:
    """Every form that Eve finds on any page, filled as the page fills it, sent by Vic."""
    forms = {
        (form.action, tuple(form.fields)): form
        for address, answer in walk(client_of("eve"), f"/c/{COMPANY}/").items()
        if is_page(answer)
        for form in Page(address, answer.text).forms
        if form.method == "post" and form.action.startswith(f"/c/{COMPANY}/")
    }
    assert len(forms) > 5
    vic, wrong = client_of("vic"), []
    for form in forms.values():
        attempted.clear()
        code = vic.post(form.action, form.fields).status_code
        not_understood = code == 400 and form.guessed
        if code != 403 and not not_understood and not (attempted and set(attempted) <= VIEWERS_DEEDS):
            wrong.append((form.action, code, tuple(attempted)))
    assert not wrong, wrong


# Actions


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_every_action_has_its_permission_and_its_titles(name: str) -> None:
    permission = permissions()[name]
    assert permission.roles
    assert permission.titles["en"][0].islower() and not permission.titles["en"].endswith(".")
    assert re.search(r"[一-鿿]", permission.titles["zh"])


def test_every_action_has_its_own_tests() -> None:
    assert [name for name in sorted(ACTIONS) if not (TESTS / f"test_{name}.py").is_file()] == []


@pytest.mark.parametrize(("name", "function"), sorted({**ACTIONS, **QUERIES}.items()))
def test_every_door_takes_who_asks_and_names_all_it_takes(name: str, function: Callable[..., Any]) -> None:
    parameters = inspect.signature(function).parameters
    assert "by" in parameters
    assert all(parameter.kind is parameter.KEYWORD_ONLY for parameter in parameters.values()), name
    must = name in permissions() and permissions()[name].must_say_why
    assert not must or "why" in parameters


def test_every_permission_is_for_something() -> None:
    assert set(permissions()) - set(ACTIONS) - set(QUERIES) == set()


@pytest.mark.parametrize("name", sorted(name for name in permissions() if name in ACTIONS or name in QUERIES))
def test_every_other_role_is_refused_before_anything_else_matters(name: str, act: Act) -> None:
    door = {**ACTIONS, **QUERIES}[name]
    for role in {*roles(), FOUNDER, NOBODY} - permissions()[name].roles:
        with pytest.raises(NotYourRole) as refused:
            door(by=replace(act("vic"), role=role))
        assert refused.value.text("zh") and refused.value.remedy("en")


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_a_token_that_reads_takes_no_action(name: str, act: Act) -> None:
    with pytest.raises(TokenReadsOnly):
        ACTIONS[name](by=act("eve", read_only=True))


def test_a_viewer_may_do_nothing_but_what_concerns_themselves() -> None:
    assert {name for name in ACTIONS if may(VIEWER, name)} == VIEWERS_DEEDS


def test_every_refusal_names_who_may() -> None:
    assert [name for name in ACTIONS if permissions()[name].roles & set(roles()) and not roles_for(name)] == []


# The API


def operations() -> Iterator[tuple[str, str]]:
    """Method and address of every operation."""
    for path, methods in api.get_openapi_schema(path_prefix="/api/v1/")["paths"].items():
        address = path.replace("{company}", COMPANY)
        for place in re.findall(r"{(\w+)}", address):
            samples = {"step": "demand_review", "measure": "sales_forecast", "batch": NO_BATCH, "name": "x"}
            address = address.replace(f"{{{place}}}", samples.get(place, "1"))
        yield from ((method.upper(), address) for method in methods if method.upper() in VERBS)


OPERATIONS = sorted(operations())


def call(browser: Client, method: str, address: str, **more: Any) -> Any:
    """The answer of the API."""
    return browser.generic(method, address, json.dumps({}), content_type="application/json", **more)


def test_a_program_without_a_key_is_nobody(client_of: Browser) -> None:
    wrong = {(m, a): call(client_of(""), m, a).status_code for m, a in OPERATIONS if a not in OPEN_OPERATIONS}
    assert len(wrong) > 10
    assert {operation: code for operation, code in wrong.items() if code != 401} == {}


def test_a_made_up_key_opens_no_operation(client_of: Browser) -> None:
    key = {"headers": {"authorization": "Bearer sop_guess"}}
    wrong = {
        (m, a): call(client_of("eve"), m, a, **key).status_code for m, a in OPERATIONS if a not in OPEN_OPERATIONS
    }
    assert {operation: code for operation, code in wrong.items() if code != 401} == {}


def test_an_outsider_finds_no_operation_of_the_company(client_of: Browser) -> None:
    olga = client_of("olga")
    wrong = {
        (m, a): answer.status_code
        for m, a in OPERATIONS
        if f"/{COMPANY}/" in a and (answer := call(olga, m, a)).status_code != 404
    }
    assert wrong == {}


def test_an_operation_says_no_to_a_wrong_verb(client_of: Browser) -> None:
    eve = client_of("eve")
    wrong = {a: call(eve, "BREW", a).status_code for _, a in OPERATIONS}
    assert {address: code for address, code in wrong.items() if code != 405} == {}


def test_a_session_changes_nothing_without_a_form_of_ours(company: Company) -> None:
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(User.objects.get(username="eve"), backend="django.contrib.auth.backends.ModelBackend")
    changing = [(m, a) for m, a in OPERATIONS if m != "GET" and a not in OPEN_OPERATIONS]
    wrong = {(m, a): call(careful, m, a).status_code for m, a in changing}
    assert {operation: code for operation, code in wrong.items() if code != 403} == {}


def test_a_key_that_reads_changes_nothing(company: Company) -> None:
    dana = Member.objects.get(person="dana")
    Token.objects.create(member=dana, name="robot", digest=digest_of("sop_read"), scope="read", made_at=NOW)
    key = {"headers": {"authorization": "Bearer sop_read"}}
    changing = [(m, a) for m, a in OPERATIONS if m != "GET" and a not in OPEN_OPERATIONS]
    wrong = {(m, a): call(Client(), m, a, **key).status_code for m, a in changing}
    assert {operation: code for operation, code in wrong.items() if code != 403} == {}
    assert not Deed.objects.exists()


def test_a_viewers_program_acts_nowhere(company: Company, attempted: list[str]) -> None:
    vic, wrong = Member.objects.get(person="vic"), []
    Token.objects.create(member=vic, name="robot", digest=digest_of("sop_vic"), scope="write", made_at=NOW)
    for method, address in OPERATIONS:
        if method == "GET" or address in OPEN_OPERATIONS:
            continue
        attempted.clear()
        Token.objects.update(revoked_at=None)  # one of the operations revokes it
        code = call(Client(), method, address, headers={"authorization": "Bearer sop_vic"}).status_code
        if code not in (400, 403, 404, 422) and not (attempted and set(attempted) <= VIEWERS_DEEDS):
            wrong.append((method, address, code, tuple(attempted)))
    assert not wrong, wrong
    assert set(Deed.objects.values_list("action", flat=True)) <= VIEWERS_DEEDS
