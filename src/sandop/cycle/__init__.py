"""The cycle: its steps and roles, its days, and the Spring Festival."""

from sandop.cycle.festival import festival_share, new_year_days
from sandop.cycle.inputs import Evidence, Input, input_of, inputs, inputs_of
from sandop.cycle.meeting import (
    CountryUnknown,
    DaysOff,
    MeetingOnADayOff,
    country_days_off,
    is_working_day,
    meeting_dates,
)
from sandop.cycle.steps import Step, roles, step, steps
from sandop.cycle.year import MeetingRule, TooFewWorkingDays, meeting_day, months_ahead, working_days_of

__all__ = [
    "CountryUnknown",
    "DaysOff",
    "Evidence",
    "Input",
    "MeetingOnADayOff",
    "MeetingRule",
    "Step",
    "TooFewWorkingDays",
    "country_days_off",
    "festival_share",
    "input_of",
    "inputs",
    "inputs_of",
    "is_working_day",
    "meeting_dates",
    "meeting_day",
    "months_ahead",
    "new_year_days",
    "roles",
    "step",
    "steps",
    "working_days_of",
]
