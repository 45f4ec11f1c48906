"""The list of versions, one version, and what can be done with it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from sandop_web.actions.editing import undo_edit
from sandop_web.actions.scenarios import branch_scenario, discard_scenario, rename_scenario
from sandop_web.queries.cell_history import latest_changes
from sandop_web.queries.plans import plan_measures, reader_of_version, version_facts, versions_of
from sandop_web.screens.addresses import address, back_to
from sandop_web.screens.door import SignedIn, member_deed, member_page
from sandop_web.screens.plans.names import row_named
from sandop_web.screens.plans.words import report_title
from sandop_web.wording import say


@member_page
def versions(request: SignedIn) -> HttpResponse:
    """All versions of the company."""
    return render(request, "plans/versions.html", {"versions": versions_of(by=request.by)})


@member_page
def version(request: SignedIn, version: int) -> HttpResponse:
    """One version: facts, measures by step, reports, latest changes, scenarios."""
    facts = version_facts(by=request.by, version=version)
    reader = reader_of_version(by=request.by, version=version)
    latest = latest_changes(by=request.by, version=version)
    told = {
        "facts": facts,
        "steps": plan_measures(by=request.by, version=version),
        "reports": [(name, report_title(name, request.language)) for name in facts.reports],
        "latest": [(change, row_named(change.measure, change.key, reader)) for change in latest],
        "grid": address(request, "grid", version),
    }
    return render(request, "plans/version.html", told)


@member_deed
def branch(request: SignedIn, version: int) -> HttpResponseRedirect:
    """Branch off a scenario and go there. Its title says why it was made."""
    title = request.POST.get("title", "")
    made = branch_scenario(by=request.by, version=version, title=title, why=request.POST.get("why") or title)
    return back_to(request, address(request, "scenario", made))


@member_deed
def rename(request: SignedIn, version: int) -> HttpResponseRedirect:
    """Give a scenario another title."""
    rename_scenario(
        by=request.by,
        version=version,
        title=request.POST.get("title", ""),
        why=request.POST.get("why", ""),
    )
    return back_to(request, address(request, "plan", version))


@member_deed
def discard(request: SignedIn, version: int) -> HttpResponseRedirect:
    """Throw a scenario away."""
    discard_scenario(by=request.by, version=version, why=request.POST.get("why", ""))
    return back_to(request, address(request, "scenarios"))


@member_deed
def undo(request: SignedIn, version: int) -> HttpResponseRedirect:
    """Take back cells that were changed together."""
    undo_edit(
        by=request.by,
        version=version,
        batch=request.POST.get("batch", ""),
        why=request.POST.get("why", ""),
    )
    messages.success(request, say("plans.sheet.undone", request.language))
    return back_to(request, address(request, "plan", version))
