"""What is seen to again and again: of several workers one does it each time."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction

from sandop_web.store.models import Chore


def my_turn(*, name: str, every: dt.timedelta, at: dt.datetime) -> bool:
    """Whether the chore is due and nobody else has taken it; then it is next due after `every`."""
    later = at + every
    if Chore.objects.filter(name=name, next_at__lte=at).update(next_at=later):
        return True
    if Chore.objects.filter(name=name).exists():
        return False
    try:
        with transaction.atomic():
            Chore.objects.create(name=name, next_at=later)
    except IntegrityError:  # another worker was quicker
        return False
    return True
