"""The API: the same actions and queries, for programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from ninja import NinjaAPI, Router
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from sandop_web.access import NothingThere
from sandop_web.api import (
    companies,
    cycle,
    decisions,
    editing,
    exchange,
    families,
    finding,
    grid,
    jobs,
    levers,
    masters,
    meeting,
    people,
    rules,
    scenarios,
    sheets,
    signing,
    steps,
    versions,
    why,
    work,
)
from sandop_web.api.answers import JsonRenderer
from sandop_web.api.entrance import SignedInBrowser, TokenOfAProgram
from sandop_web.api.listing import by_subject, operations_of
from sandop_web.api.parser import CarefulParser
from sandop_web.api.refusals import answer_refusals

SUBJECTS: Mapping[str, Router] = {
    "companies": companies.router,
    "finding": finding.router,
    "cycle": cycle.router,
    "steps": steps.router,
    "rules": rules.router,
    "versions": versions.router,
    "sheets": sheets.router,
    "families": families.router,
    "why": why.router,
    "editing": editing.router,
    "grid": grid.router,
    "workbooks": exchange.router,
    "masters": masters.router,
    "scenarios": scenarios.router,
    "levers": levers.router,
    "signing": signing.router,
    "decisions": decisions.router,
    "meeting": meeting.router,
    "work": work.router,
    "jobs": jobs.router,
    "people": people.router,
}
ANY_VERB = ["GET", "POST", "PUT", "PATCH", "DELETE"]
DESCRIPTION = """Everything the pages do, for programs.

Send `Authorization: Bearer` and a token of your own; a token that may only read is refused for every change. Money is
in the company's plan currency, quantities in each item's base unit, days as 2026-01-31, months as 2026-01, moments in
UTC. A blank is null: nobody has said; it is never zero. A refusal says in your language (Accept-Language) which rule
refused and who can lift it."""


COMPANY = {
    "name": "company",
    "in": "path",
    "required": True,
    "description": "Short name of the company, as in its address",
    "schema": {"type": "string", "pattern": "^[-a-zA-Z0-9_]{1,50}$"},
}


class Api(NinjaAPI):
    """An API whose operations are called by the name of their function, for good."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """`sheet`: short and stable."""
        return operation.view_func.__name__

    def get_openapi_schema(self, **where: Any) -> OpenAPISchema:
        """The description; the company of an address is the entrance's matter and described here, once."""
        schema = super().get_openapi_schema(**where)
        for path, operations in schema["paths"].items():
            for details in operations.values():
                details["summary"] = details["description"].split("\n")[0].rstrip(".")
            if "{company}" in path:
                operations["parameters"] = [COMPANY]
        return schema


api = Api(
    title="Sandop",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api",
    docs_url=None,
    auth=[TokenOfAProgram(), SignedInBrowser()],
    renderer=JsonRenderer(),
    parser=CarefulParser(),
)
answer_refusals(api)
api.add_router("", companies.everywhere, tags=["companies"])
for subject, router in SUBJECTS.items():
    api.add_router("/companies/{company}", router, tags=[subject])


@api.get("/docs", auth=None, include_in_schema=False)
def operations_page(request: HttpRequest) -> HttpResponse:
    """A plain page that lists every operation."""
    listed = by_subject(operations_of(api.get_openapi_schema()))
    subjects = [{"name": name, "operations": operations} for name, operations in listed.items()]
    return render(request, "api/operations.html", {"subjects": subjects, "schema_link": reverse("api:openapi-json")})


nowhere = Router()


@nowhere.api_operation(ANY_VERB, "/{path:rest}", auth=None, include_in_schema=False)
def nothing_there(request: HttpRequest, rest: str) -> None:
    """An address that is none is refused like a thing that is not there."""
    raise NothingThere(verb=request.method, address=rest)


api.add_router("", nowhere)  # last: it takes every address that no other does
