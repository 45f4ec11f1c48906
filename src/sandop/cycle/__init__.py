"""The cycle: its steps and roles, its days, and the Spring Festival."""

from sandop.cycle.festival import festival_share, new_year_days
from sandop.cycle.meeting import (
    CountryUnknown,
    DaysOff,
    MeetingOnADayOff,
    country_days_off,
    is_working_day,
    meeting_dates,
)
from sandop.cycle.steps import Step, roles, step, steps

__all__ = [
    "CountryUnknown",
    "DaysOff",
    "MeetingOnADayOff",
    "Step",
    "country_days_off",
    "festival_share",
    "is_working_day",
    "meeting_dates",
    "new_year_days",
    "roles",
    "step",
    "steps",
]
