"""The company's days and ground rules."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from ninja import Query, Router
from ninja.responses import Status
from pydantic import BaseModel, Field

from sandop_web.actions.calendar import Word, change_meeting_rule, edit_day
from sandop_web.actions.rules import change_rule
from sandop_web.api.entrance import Asked
from sandop_web.api.outcomes import DONE, done, says
from sandop_web.api.values import AnyId, Country, Day, Flag, Name, Number, Sent, Why
from sandop_web.queries.calendar import (
    CalendarEntry,
    DaysView,
    YearAhead,
    calendar_of,
    days_of_company,
    preview_days,
    year_ahead,
)
from sandop_web.queries.rules import RulesView, rules_of

router = Router()


class SaidOfDay(Sent):
    """What the company says of a day."""

    day: Day
    word: Annotated[Word, Field(description="off, worked (to make up for a day off), or forget what was said")]
    site: Annotated[AnyId, Field(description="The site it holds for; empty: everybody")] = ""
    why: Why = ""


class MeetingRuleSent(Sent):
    """The rule by which the meetings of the year ahead are set."""

    kind: Literal["working_day", "weekday"]
    number: Annotated[
        int, Field(ge=-31, le=31, strict=True, description="Which working day of the month, or which such weekday")
    ]
    weekday: Annotated[int, Field(ge=0, le=6, strict=True, description="0 is Monday")] = 0
    country: Country | Literal[""] = ""


class RuleValue(Sent):
    """The value of a ground rule."""

    value: Annotated[Flag | Number, Field(description="Yes or no, hours (0 to 240), or a share (0 to 1)")]
    why: Why


class MeetingWanted(BaseModel):
    """A day on which the S&OP meeting might be."""

    meeting: Day
    country: Country = "CN"


@router.get("/days", response=says(DaysView))
def days(request: Asked) -> DaysView:
    """Holidays and make-up days of two years, and what the company has said of its own days."""
    return days_of_company(by=request.auth)


@router.put("/days", response=says(None, status=DONE))
def say_of_day(request: Asked, body: SaidOfDay) -> Status[None]:
    """Say that a day is off or worked; the days of the open cycle's steps follow."""
    edit_day(by=request.auth, **body.model_dump())
    return done()


@router.get("/days/preview", response=says(dict[str, dt.date]))
def days_were_the_meeting(request: Asked, wanted: Query[MeetingWanted]) -> dict[str, dt.date]:
    """Step → its day, were the S&OP meeting on this day."""
    return dict(preview_days(by=request.auth, **wanted.model_dump()))


@router.get("/calendar", response=says(list[CalendarEntry]))
def calendar(request: Asked) -> tuple[CalendarEntry, ...]:
    """The steps of the open cycle and of the year ahead, as they concern the caller."""
    return calendar_of(by=request.auth)


@router.get("/year-ahead", response=says(YearAhead))
def next_cycles(request: Asked) -> YearAhead:
    """The next twelve cycles by the company's rule for its meetings."""
    return year_ahead(by=request.auth)


@router.put("/year-ahead/rule", response=says(None, status=DONE))
def set_meetings_by(request: Asked, body: MeetingRuleSent) -> Status[None]:
    """Set the rule for the meetings of the year ahead."""
    change_meeting_rule(by=request.auth, **body.model_dump())
    return done()


@router.get("/rules", response=says(RulesView))
def rules(request: Asked) -> RulesView:
    """The ground rules that hold in the company, and their defaults."""
    return rules_of(by=request.auth)


@router.put("/rules/{name}", response=says(None, status=DONE))
def set_rule(request: Asked, name: Name, body: RuleValue) -> Status[None]:
    """Change a ground rule."""
    change_rule(by=request.auth, name=name, **body.model_dump())
    return done()
