"""The cycle in a person's own calendar: an iCalendar feed, for who is signed in or has a key in the address."""

from __future__ import annotations

import datetime as dt

import icalendar
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sandop.cycle import step as template
from sandop.wording import Language
from sandop_web.access import Actor
from sandop_web.access.tokens import actor_of_token
from sandop_web.queries.calendar import CalendarEntry, calendar_of
from sandop_web.queries.frame import company_frame
from sandop_web.screens.door import SignedIn, member_page
from sandop_web.wording import say

_KEY = "key"  # parameter of the address: programs that read calendars can send nothing else


@never_cache
@require_safe
def calendar_feed(request: HttpRequest, company: str) -> HttpResponseBase:
    """The steps of the cycles as all-day events. `?key=` holds a token with the scope calendar; without it the reader
    must be signed in. The language is `?lang=zh`, else the reader's."""
    key = request.GET.get(_KEY, "")
    if not key:
        return _of_reader(request, company=company)
    language: Language = "zh" if _wants_chinese(request) else "en"
    by = actor_of_token(key=key, company=company, at=timezone.now(), scope="calendar", language=language)
    return _answer(request, by)


@member_page
def _of_reader(request: SignedIn) -> HttpResponse:
    return _answer(request, request.by)


def _wants_chinese(request: HttpRequest) -> bool:
    return (request.GET.get("lang") or getattr(request, "language", "en")) == "zh"


def _answer(request: HttpRequest, by: Actor) -> HttpResponse:
    address = request.build_absolute_uri("/").rstrip("/")
    content = calendar_text(by=by, entries=calendar_of(by=by), address=address)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{by.company}.ics"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def calendar_text(*, by: Actor, entries: tuple[CalendarEntry, ...], address: str) -> bytes:
    """The entries as iCalendar, UTF-8. A step keeps its UID when its day moves, so that a calendar moves it too.

    address   where the workbench is, such as https://sop.example.com
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Sandop//S&OP cycle//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", say("cycle.feed_name", by.language, company=_company_name(by)))
    for entry in entries:
        calendar.add_component(_event(by, entry, address))
    return bytes(calendar.to_ical())


def _event(by: Actor, entry: CalendarEntry, address: str) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", f"{by.company}-{entry.month}-{entry.step}@sandop")
    event.add("dtstamp", by.at.astimezone(dt.UTC))
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + dt.timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("status", "CONFIRMED" if entry.sure else "TENTATIVE")
    title = template(entry.step).title(by.language)
    event.add("summary", say("cycle.feed_summary", by.language, step=title, month=entry.month))
    event.add("description", _description(by, entry))
    event.add("url", address + reverse("step", args=[by.company, entry.step]))
    return event


def _description(by: Actor, entry: CalendarEntry) -> str:
    """What the step is for, the reader's part in it, and what they owe it."""
    lines = [template(entry.step).purpose(by.language)]
    if entry.part:
        part = say(f"cycle.part.{entry.part}", by.language)
        lines.append(say("cycle.feed_part", by.language, part=part))
    if entry.owed:
        apart = "；" if by.language == "zh" else "; "
        lines.append(say("cycle.feed_owed", by.language, inputs=apart.join(entry.owed)))
    if not entry.sure:
        lines.append(say("cycle.feed_planned", by.language))
    return "\n".join(lines)


def _company_name(by: Actor) -> str:
    frame = company_frame(by=by)
    return (frame.name_zh if by.language == "zh" else "") or frame.name
