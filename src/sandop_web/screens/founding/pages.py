"""Open a company: with a file of one's own, or as a demo; and see how far it is."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods

from sandop.calendar import month_label, month_number
from sandop_web.actions.founding import cancel_founding, import_company, open_demo_company
from sandop_web.actions.jobs import SuchWorkIsRunning
from sandop_web.queries.beginning import empty_workbook
from sandop_web.queries.jobs import demo_choices, founding_view, foundings_of
from sandop_web.screens.addresses import see_other
from sandop_web.screens.door import SignedIn, View, founder_page
from sandop_web.screens.jobs.pages import job_page, most_megabytes, running_already
from sandop_web.screens.typed import required_month, whole_number
from sandop_web.screens.uploads import uploaded

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _reads(view: View) -> View:
    return require_http_methods(["GET", "HEAD"])(founder_page(view))


def _acts(view: View) -> View:
    return require_http_methods(["POST"])(founder_page(view))


@_reads
def new_company(request: SignedIn) -> HttpResponse:
    """How a company can be opened, and what has been opened so far."""
    by = request.by
    next_month = month_label(month_number(by.today.strftime("%Y-%m")) + 1)
    told = {"demos": demo_choices(by=by), "jobs": foundings_of(by=by), "most": most_megabytes(), "start": next_month}
    return render(request, "founding/new_company.html", told)


@_reads
def template(request: SignedIn) -> HttpResponse:
    """An empty workbook to fill with a company's own data."""
    asked, language = request.GET, request.language
    name = asked.get("name", "").strip()
    content = empty_workbook(
        by=request.by,
        name=name,
        currency=asked.get("currency", "").strip().upper(),
        start=required_month(asked.get("start", ""), field="jobs.template.start", language=language),
        years=whole_number(asked.get("years", ""), field="jobs.template.years", language=language),
        whole=asked.get("sheets") == "all",
    )
    response = HttpResponse(content, content_type=_XLSX)
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{name}.xlsx") or "attachment"
    return response


@_acts
def upload(request: SignedIn) -> HttpResponse:
    """Open a company with one's own data."""
    name, content = uploaded(request, "plan")
    return _asked(request, lambda: import_company(by=request.by, file_name=name, content=content))


@_acts
def demo(request: SignedIn) -> HttpResponse:
    """Open a demo company."""
    company = request.POST.get("company", "")
    return _asked(request, lambda: open_demo_company(by=request.by, company=company))


@_reads
def founding(request: SignedIn, job: int) -> HttpResponse:
    """How far the opening of a company is, what was found in its file; the page renews itself while it goes on."""
    view = founding_view(by=request.by, job=job)
    cancel_link = reverse("founding-cancel", args=[view.number])
    told = job_page(view, cancel_link, request.language) | {"most": most_megabytes()}
    return render(request, "founding/founding.html", told)


@_acts
def cancel(request: SignedIn, job: int) -> HttpResponse:
    """Call the opening of a company off."""
    cancel_founding(by=request.by, job=job)
    return _to_founding(job)


def _asked(request: SignedIn, ask: Callable[[], int]) -> HttpResponse:
    try:
        return _to_founding(ask())
    except SuchWorkIsRunning as refusal:
        return running_already(request, refusal, reverse("founding", args=[refusal.job]))


def _to_founding(job: int) -> HttpResponse:
    return see_other(reverse("founding", args=[job]))
