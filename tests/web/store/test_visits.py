"""Sessions and records of signing in do not pile up."""

import datetime as dt

import pytest
from axes.models import AccessAttempt, AccessLog
from django.contrib.sessions.models import Session
from stage import NOW

from sandop_web.store.visits import forget_visits

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def test_a_session_goes_when_it_has_ended() -> None:
    for name, days in (("ended", -1), ("running", 1)):
        Session.objects.create(session_key=name, session_data="", expire_date=NOW + days * DAY)
    assert forget_visits(at=NOW, before=NOW - 60 * DAY) == 1
    assert Session.objects.get().session_key == "running"


def test_records_of_signing_in_go_after_some_weeks() -> None:
    old, fresh = (AccessLog.objects.create(username=name, user_agent="x") for name in ("old", "fresh"))
    guess = AccessAttempt.objects.create(username="guess", user_agent="x", failures_since_start=3)
    for record in (old, guess):
        type(record).objects.filter(pk=record.pk).update(attempt_time=NOW - 61 * DAY)
    AccessLog.objects.filter(pk=fresh.pk).update(attempt_time=NOW)
    assert forget_visits(at=NOW, before=NOW - 60 * DAY) == 2
    assert AccessLog.objects.get().username == "fresh" and not AccessAttempt.objects.exists()
