"""The minutes: read, printed, taken away as a file, and written."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from sandop_web.actions.minutes import mark_attendance, write_minute
from sandop_web.queries.meeting import minutes_of
from sandop_web.screens.addresses import address, back_to
from sandop_web.screens.door import SignedIn, member_deed, member_page
from sandop_web.screens.typed import id_of


@member_page
def minutes(request: SignedIn) -> HttpResponse:
    """The minutes of a cycle's meeting, point by point."""
    told = {"minutes": minutes_of(by=request.by, month=request.GET.get("month", ""))}
    return render(request, "meeting/minutes.html", told)


@member_page
def minutes_file(request: SignedIn) -> HttpResponse:
    """The same as a text file, in the reader's language."""
    found = minutes_of(by=request.by, month=request.GET.get("month", ""))
    text = render_to_string("meeting/minutes.txt", {"minutes": found}, request)
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="minutes-{found.month or "none"}.txt"'
    return response


@member_deed
def note(request: SignedIn) -> HttpResponse:
    """Write a note, or put a line right."""
    form = request.POST
    write_minute(
        by=request.by,
        text=form.get("text", ""),
        point=form.get("point", "opening"),
        corrects=id_of(form.get("corrects", "")),
    )
    return back_to(request, address(request, "minutes"))


@member_deed
def attendance(request: SignedIn) -> HttpResponse:
    """Say who is there."""
    mark_attendance(by=request.by, present=request.POST.getlist("present"))
    return back_to(request, address(request, "meeting"))
