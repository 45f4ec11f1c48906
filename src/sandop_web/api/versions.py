"""Versions of the plan: which there are, what is true of one, which measures and reports it holds."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Query, Router
from pydantic import BaseModel, Field

from sandop.io.results import report_csv
from sandop_web.access.looking import looking
from sandop_web.api.answers import answer
from sandop_web.api.entrance import Asked
from sandop_web.api.files import CSV_TOO, Wanted, csv_answer
from sandop_web.api.outcomes import ReportRow, says
from sandop_web.api.pages import Page, page_of
from sandop_web.api.values import Name, VersionId
from sandop_web.queries.groundwork import Groundwork, groundwork_of
from sandop_web.queries.plans import (
    StepMeasures,
    VersionFacts,
    VersionLine,
    plan_measures,
    report_of,
    version_facts,
    versions_of,
    working_version,
)

router = Router()


class CurrentVersion(BaseModel):
    """The version people work on."""

    version: Annotated[int | None, Field(description="Its id; null where the company has no plan yet")]


@router.get("/versions", response=says(page_of(answer(VersionLine))))
def versions(request: Asked, page: Query[Page]) -> dict[str, Any]:
    """The versions of the company's plan, the newest first."""
    return page.of(versions_of(by=request.auth))


@router.get("/versions/current", response=says(CurrentVersion))
def version_in_work(request: Asked) -> CurrentVersion:
    """The version people work on: the open cycle's, else the newest plan."""
    return CurrentVersion(version=working_version(by=request.auth))


@router.get("/versions/{version}", response=says(VersionFacts))
def version_of_plan(request: Asked, version: VersionId) -> VersionFacts:
    """What is true of a version: state, hashes, signature, and what the caller may do with it."""
    return version_facts(by=request.auth, version=version)


@router.get("/versions/{version}/measures", response=says(list[StepMeasures]))
def measures_of_version(request: Asked, version: VersionId) -> tuple[StepMeasures, ...]:
    """The measures of a version by the step they belong to: inputs and results."""
    return plan_measures(by=request.auth, version=version)


@router.get("/versions/{version}/groundwork", response=says(Groundwork))
def groundwork(request: Asked, version: VersionId) -> Groundwork:
    """What a version rests on: its tables and numbers, how good they are, who answers for them, what is missing."""
    return groundwork_of(by=looking(by=request.auth, version=version))


@router.get("/versions/{version}/reports/{name}", response=says(page_of(ReportRow)), openapi_extra=CSV_TOO)
def report(
    request: Asked, version: VersionId, name: Name, page: Query[Page], wanted: Query[Wanted]
) -> HttpResponse | dict[str, Any]:
    """The rows of a report in the caller's scope; none where it has not been made."""
    rows = report_of(by=request.auth, version=version, name=name)
    if wanted.csv(request):
        return csv_answer(report_csv(name, rows)[1], name=name)
    return page.of(rows)
