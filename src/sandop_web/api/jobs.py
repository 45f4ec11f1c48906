"""Long work: run the month, export a plan, bring in next month's; and the files that go in and out of it."""

from __future__ import annotations

from typing import Annotated, Literal

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from ninja import File, Form, Router
from ninja.files import UploadedFile
from ninja.responses import Status
from pydantic import BaseModel, Field

from sandop_web.actions.jobs import cancel_job, export_plan, import_next_month, start_month
from sandop_web.api.entrance import Asked
from sandop_web.api.outcomes import BEGUN, DONE, begun, done, says
from sandop_web.api.values import Remark, RowId, Sent, VersionId, Why
from sandop_web.queries.documents import document_of
from sandop_web.queries.jobs import JobView, job_view, jobs_of, run_of_version

router = Router()


class Export(Sent):
    """A file that is to be made of a version."""

    form: Annotated[
        Literal["workbook", "folder", "pack"],
        Field(description="workbook: inputs; folder: inputs and results, zipped; pack: what the meeting reads"),
    ]


class Started(BaseModel):
    """Work that has begun or waits its turn."""

    job: Annotated[int, Field(description="Number of the job; ask for it until it no longer goes")]


@router.get("/jobs", response=says(list[JobView]))
def jobs(request: Asked) -> tuple[JobView, ...]:
    """The company's latest jobs, the newest first, without their logs."""
    return jobs_of(by=request.auth)


@router.get("/jobs/{job}", response=says(JobView))
def job(request: Asked, job: RowId) -> JobView:
    """One job with its progress, its log, and what came of it."""
    return job_view(by=request.auth, job=job)


@router.post("/jobs/{job}/cancel", response=says(None, status=DONE))
def call_off(request: Asked, job: RowId) -> Status[None]:
    """Call off work that waits or runs."""
    cancel_job(by=request.auth, job=job)
    return done()


@router.post("/versions/{version}/run", response=says(Started, status=BEGUN))
def run_month(request: Asked, version: VersionId, body: Remark) -> Status[Started]:
    """Run the month of a version: forecast, demand, supply, money, schedule, review."""
    return begun(Started(job=start_month(by=request.auth, version=version, why=body.why)))


@router.get("/versions/{version}/run", response=says(JobView | None))
def latest_run(request: Asked, version: VersionId) -> JobView | None:
    """The run of a version's month that waits, goes on or ended last; null where there was none."""
    return run_of_version(by=request.auth, version=version)


@router.post("/versions/{version}/export", response=says(Started, status=BEGUN))
def export(request: Asked, version: VersionId, body: Export) -> Status[Started]:
    """Make a file of a version: workbook, folder or meeting pack; in the caller's language."""
    return begun(Started(job=export_plan(by=request.auth, version=version, form=body.form)))


@router.post("/plans", response=says(Started, status=BEGUN))
def bring_in(request: Asked, file: File[UploadedFile], why: Form[Why]) -> Status[Started]:
    """Bring in a workbook or a zipped plan folder as the company's next plan; it is looked through first."""
    content, name = file.read(), file.name or ""
    return begun(Started(job=import_next_month(by=request.auth, file_name=name, content=content, why=why)))


@router.get(
    "/documents/{document}",
    response=says(None),
    openapi_extra={"responses": {200: {"content": {"application/octet-stream": {"schema": {"type": "string"}}}}}},
)
def document(request: Asked, document: RowId) -> HttpResponse:
    """Download a file that a job has made."""
    found = document_of(by=request.auth, document=document)
    response = HttpResponse(found.content, content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response
