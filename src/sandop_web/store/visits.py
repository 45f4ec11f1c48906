"""What is kept of visits, and for how long: sessions until they end, records of signing in for some weeks."""

from __future__ import annotations

import datetime as dt

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session


def forget_visits(*, at: dt.datetime, before: dt.datetime) -> int:
    """Throw away sessions that have ended at `at`, and records of signing in from before `before`; how many."""
    count, _ = Session.objects.filter(expire_date__lt=at).delete()
    for records in (AccessLog, AccessAttempt, AccessFailureLog):
        deleted, _ = records.objects.filter(attempt_time__lt=before).delete()
        count += deleted
    return count
