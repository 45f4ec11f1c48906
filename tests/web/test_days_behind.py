"""A demo company lives in the month of its plan: what is due and overdue is judged by its own day."""

import datetime as dt
from collections.abc import Callable

from sandop_web.access import Actor
from sandop_web.actions.reminding import due_reminders
from sandop_web.store.models import Company, Notice

YEAR_LATER = dt.datetime(2027, 1, 5, 1, 0, tzinfo=dt.UTC)  # the stage is set in January 2026


def test_a_company_that_lives_behind_us_has_its_own_today(company: Company, act: Callable[..., Actor]) -> None:
    company.days_behind = 365
    company.save()
    assert act("max", at=YEAR_LATER).today == act("max", at=YEAR_LATER).day_of(YEAR_LATER) == dt.date(2026, 1, 5)
    company.days_behind = 0
    company.save()
    assert act("max", at=YEAR_LATER).today == dt.date(2027, 1, 5)


def test_its_people_are_reminded_by_its_own_calendar(company: Company, cycle: str) -> None:
    """A year later by our calendar nothing of its January is overdue there."""
    company.days_behind = 365
    company.save()
    Notice.objects.all().delete()
    due_reminders(at=YEAR_LATER)
    assert Notice.objects.exists()
    assert not Notice.objects.filter(message__endswith=".late").exists()
