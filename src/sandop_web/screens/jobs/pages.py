"""The jobs of a company, and what starts and ends them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header

from sandop.findings import Finding, Severity
from sandop.wording import Language
from sandop_web.access import may
from sandop_web.actions.jobs import SuchWorkIsRunning, cancel_job, export_plan, import_next_month, start_month
from sandop_web.queries.documents import document_of
from sandop_web.queries.jobs import JobView, job_view, jobs_of
from sandop_web.screens.addresses import address, back_to
from sandop_web.screens.door import SignedIn, member_deed, member_page
from sandop_web.screens.uploads import uploaded
from sandop_web.wording import say

SECONDS = 3  # between two looks of a page at a job that is going on
_TONES = {Severity.ERROR: "bad", Severity.WARNING: "warn", Severity.NOTE: "muted"}


@member_page
def jobs(request: SignedIn) -> HttpResponse:
    """What has been started lately."""
    told = _list(request) | {"may_import": may(request.by.role, "import_next_month")}
    return render(request, "jobs/jobs.html", told)


@member_page
def job(request: SignedIn, job: int) -> HttpResponse:
    """One job; the page looks again by itself while it goes on."""
    view = job_view(by=request.by, job=job)
    cancel_link = reverse("job-cancel", args=[request.by.company, view.number])
    return render(request, "jobs/job.html", job_page(view, cancel_link, request.language))


@member_page
def live(request: SignedIn, job: int) -> HttpResponse:
    """One job alone, for a page that looks again while it goes on."""
    view = job_view(by=request.by, job=job)
    cancel_link = reverse("job-cancel", args=[request.by.company, view.number])
    return render(request, "jobs/live.html", job_page(view, cancel_link, request.language))


@member_page
def jobs_live(request: SignedIn) -> HttpResponse:
    """The list alone, for a page that looks again while something goes on."""
    return render(request, "jobs/list.html", _list(request))


@member_deed
def cancel(request: SignedIn, job: int) -> HttpResponse:
    """Call a job off."""
    cancel_job(by=request.by, job=job)
    return _to_job(request, job)


@member_deed
def run_month(request: SignedIn, version: int) -> HttpResponse:
    """Run the month of a version."""
    why = request.POST.get("why", "")
    return _asked(request, lambda: start_month(by=request.by, version=version, why=why))


@member_deed
def export(request: SignedIn, version: int) -> HttpResponse:
    """Make a file of a version."""
    return _to_job(request, export_plan(by=request.by, version=version, form=request.POST.get("form", "")))


@member_page
def import_page(request: SignedIn) -> HttpResponse:
    """The form to bring in next month's data."""
    return render(request, "jobs/import.html", {"most": most_megabytes()})


@member_deed
def import_upload(request: SignedIn) -> HttpResponse:
    """Bring in next month's data."""
    name, content = uploaded(request, "plan")
    why = request.POST.get("why", "")
    return _asked(request, lambda: import_next_month(by=request.by, file_name=name, content=content, why=why))


@member_page
def document(request: SignedIn, document: int) -> HttpResponse:
    """A file to download: never shown in the browser, whatever is in it."""
    found = document_of(by=request.by, document=document)
    response = HttpResponse(found.content, content_type=found.media_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _list(request: SignedIn) -> dict[str, Any]:
    found = jobs_of(by=request.by)
    return {"jobs": found, "going": any(job.going for job in found), "seconds": SECONDS}


def job_page(view: JobView, cancel_link: str, language: Language) -> dict[str, Any]:
    """Template context of a page that shows one job."""
    return {
        "job": view,
        "findings": _findings(view.findings, language),
        "found": len(view.findings),
        "cancel_link": cancel_link,
        "seconds": SECONDS,
    }


def running_already(request: SignedIn, refusal: SuchWorkIsRunning, link: str) -> HttpResponse:
    """The refusal of work that is being done, with the way to it."""
    language = request.language
    told = {"refusal": refusal.text(language), "remedy": refusal.remedy(language), "link": link}
    return render(request, "jobs/running_already.html", told, status=refusal.status)


def most_megabytes() -> int:
    """The largest file that is taken, MB."""
    return settings.UPLOAD_LIMIT // 1024**2


def _findings(findings: Iterable[Finding], language: Language) -> list[dict[str, Any]]:
    """The findings as rows of a table; what is the same of several whole files is said once, and names them all."""
    rows: list[dict[str, Any]] = []
    said: dict[tuple[object, ...], dict[str, Any]] = {}
    for finding in findings:
        row = _finding(finding, language)
        whole_file = not row["row"] and not row["column"]
        same = said.setdefault((row["message"], row["what"], row["remedy"]), row) if whole_file else row
        if same is row:
            rows.append(row)
        else:
            same["files"] += row["files"]
    return rows


def _finding(finding: Finding, language: Language) -> dict[str, Any]:
    severity = say(f"jobs.severity.{finding.severity}", language)
    row = finding.as_row(language)
    return {**row, "files": [row["file"]], "tone": _TONES[finding.severity], "severity_title": severity}


def _asked(request: SignedIn, ask: Callable[[], int]) -> HttpResponse:
    """To the job that was asked for; where it is being done already, the refusal and the way to that one."""
    try:
        return _to_job(request, ask())
    except SuchWorkIsRunning as refusal:
        return running_already(request, refusal, reverse("job", args=[request.by.company, refusal.job]))


def _to_job(request: SignedIn, number: int) -> HttpResponse:
    """To the page the form names, else to the job's own."""
    return back_to(request, address(request, "job", number))
