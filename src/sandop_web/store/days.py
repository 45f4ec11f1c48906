"""Working days of a company: its country's holidays, what it has announced itself, and when its meetings are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict

from sandop.cycle import DaysOff, MeetingRule, country_days_off, meeting_dates
from sandop_web.store.models import Company, DayEdit

COUNTRY = "CN"
_RULE = "meeting_rule"  # key in Company.rules


def company_days_off(*, company: Company, country: str, years: Iterable[int], site: str = "") -> DaysOff:
    """Days off and make-up days of a company in these years: the country's, then the company's word for everybody,
    then for the site. Raises CountryUnknown."""
    days = country_days_off(country=country, years=years)
    for place in dict.fromkeys(("", site)):
        said = DayEdit.objects.filter(company=company, site=place)
        days = days.edited(
            off=[edit.day for edit in said if not edit.worked], worked=[edit.day for edit in said if edit.worked]
        )
    return days


def step_days(*, company: Company, country: str, meeting: dt.date) -> dict[str, dt.date]:
    """Step → its day, counted back in working days from the S&OP meeting. Raises MeetingOnADayOff, CountryUnknown."""
    off = company_days_off(company=company, country=country, years=range(meeting.year - 1, meeting.year + 2))
    return dict(meeting_dates(meeting=meeting, days_off=off.off, days_worked=off.worked))


def meeting_rule(company: Company) -> tuple[MeetingRule, str]:
    """The rule for the company's S&OP meetings and the country whose holidays count."""
    kept = company.rules.get(_RULE, {})
    rule = MeetingRule(**{name: value for name, value in kept.items() if name != "country"})
    return rule, str(kept.get("country", COUNTRY))


def keep_meeting_rule(company: Company, rule: MeetingRule, country: str) -> None:
    """Keep the rule. Other keys of `Company.rules` belong to others and stay."""
    company.rules = {**company.rules, _RULE: {**asdict(rule), "country": country}}
    company.save(update_fields=["rules"])
