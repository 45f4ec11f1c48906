"""The data's first page: what the plan rests on, how good it is, what is missing."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from sandop_web.queries.groundwork import groundwork_of
from sandop_web.screens.door import SignedIn, member_page
from sandop_web.screens.plans.words import unit_title
from sandop_web.wording import say


@member_page
def groundwork(request: SignedIn) -> HttpResponse:
    """Tables and numbers of the plan with their quality and owner, the missing and the troubled first."""
    view = groundwork_of(by=request.by)
    told = {
        "view": view,
        "facts": view.facts,
        "tables": [
            (line, say(f"plans.table.{line.table}", request.language), view.qualities.get(line.table))
            for line in view.tables
            if line.rows
        ],
        "empty_tables": [
            (line, say(f"plans.table.{line.table}", request.language)) for line in view.tables if not line.rows
        ],
        "steps": [
            (
                step,
                [
                    (line, unit_title(line.measure.unit, request.language), view.qualities.get(line.measure.name))
                    for line in step.inputs
                    if line.there
                ],
                [line for line in step.inputs if not line.there],
            )
            for step in view.steps
            if step.inputs
        ],
    }
    return render(request, "plans/groundwork.html", told)
