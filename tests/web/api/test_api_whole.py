"""The API is whole: every action and query can be reached, every operation is described, its page obeys the rules."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

import sandop_web.api
from sandop_web.access import ACTIONS, QUERIES
from sandop_web.api import answers
from sandop_web.api.door import api
from sandop_web.api.listing import operations_of
from sandop_web.api.values import Sent

SCHEMA = api.get_openapi_schema()
OPERATIONS = operations_of(SCHEMA)
SCRIPT = re.compile(r"<script.*?(?:</script>|\Z)", re.DOTALL)
# Scripts of our own, each a file, and data that no browser runs; nothing inline.
ALLOWED_SCRIPT = re.compile(
    r"""<script src="/static/[^":?]+"(?: defer| type="module")*></script>"""
    r"""|<script id="[\w-]+" type="application/json">[^<]*</script>"""
)
HOME = Path(sandop_web.api.__file__).parent

# What no program does through the API, and why.
NOT_FOR_PROGRAMS = {
    "import_company": "opening a company is outside every company: founders do it on a page",
    "open_demo_company": "as import_company",
    "open_company": "the job that opens a company calls it",
    "cancel_founding": "as import_company",
    "foundings_of": "as import_company",
    "founding_view": "as import_company",
    "demo_choices": "as import_company",
    "empty_workbook": "as import_company",
    "beginning_of": "the first page arranges what the people, the runs and the cycles say",
    "month_to_open": "the versions say where each plan begins",
    "choose_password": "a password is typed by a person",
    "store_results": "the job that runs the month calls it",
    "take_in_plan": "the job that looks through a file calls it",
    "hashes_of": "the facts of a published version hold its hashes",
    "members_to_ask": "the people of the company are a list of their own",
    "places_of": "a scope is named in the people and in the master tables",
    "month_at_a_glance": "the first page arranges what the reports, the gap and the decision list say",
    "days_off_in_cycle": "the days of the company hold them",
    "current_version": "what a page looks at; programs name a version, or ask for the one people work on",
    "figure_explained": "a figure of a page with places to click; programs take the reports, and why of a measure",
    "sources_of": "as figure_explained",
    "reader_of_version": "words a page in the reader's language; the master tables hold the names",
    "sheet_of": "a page of a sheet; programs take the whole one in columns",
}


def _named_in_the_api() -> set[str]:
    found: set[str] = set()
    for file in HOME.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                found |= {name.name for name in node.names}
    return found


def test_every_action_can_be_reached_by_a_program() -> None:
    assert set(ACTIONS) - _named_in_the_api() - set(NOT_FOR_PROGRAMS) == set()


def test_every_query_of_a_subject_can_be_reached_by_a_program() -> None:
    """The queries of a step's page arrange what other queries say; they are the page's own."""
    asked = {name for name, asked in QUERIES.items() if ".queries.steps" not in asked.__module__}
    assert asked - _named_in_the_api() - set(NOT_FOR_PROGRAMS) == set()


def test_operations_have_stable_names_and_are_described() -> None:
    names = [operation.name for operation in OPERATIONS]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch("[a-z_]+", name) for name in names)
    assert not [operation.name for operation in OPERATIONS if not operation.summary or not operation.description]


def test_every_parameter_and_every_field_of_a_body_says_what_it_is() -> None:
    silent = [
        (operation.name, parameter["name"])
        for operation in OPERATIONS
        for parameter in operation.details["parameters"]
        if not parameter.get("description") and "enum" not in parameter["schema"]
    ]
    assert not silent


def test_no_two_shapes_share_a_name() -> None:
    sent = [kind.__name__ for kind in _below(Sent)]
    given = [made.__name__ for made in answers._MADE.values()]
    assert len({*sent, *given}) == len(sent) + len(given)


def _below(kind: type) -> Iterator[type]:
    for below in kind.__subclasses__():
        yield below
        yield from _below(below)


def test_every_operation_names_its_refusals_and_asks_who_is_there() -> None:
    for operation in OPERATIONS:
        assert {401, 403, 404, 409, 422} <= set(operation.details["responses"])
        assert operation.details["security"]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_of_operations_obeys_the_content_security_policy(language: str) -> None:
    response = Client().get("/api/v1/docs", headers={"Accept-Language": language})
    page = response.content.decode()
    assert response.status_code == 200
    assert all(operation.path in page for operation in OPERATIONS)
    assert "<style" not in page and "https://cdn" not in page
    assert not re.search(r"<[^>]*\s(?:on[a-z]+|style)\s*=", page)
    assert [script for script in SCRIPT.findall(page) if not ALLOWED_SCRIPT.fullmatch(script)] == []


@pytest.mark.django_db
def test_the_description_is_there_for_machines() -> None:
    told = Client().get("/api/v1/openapi.json")
    assert told.json()["openapi"].startswith("3.")
    assert len(told.json()["paths"]) == len({operation.path for operation in OPERATIONS})
