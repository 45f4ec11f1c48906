"""What the tests of the store have in common: nothing remembered between them, one member who edits."""

from __future__ import annotations

import datetime as dt

import pytest

from sandop_web.store.models import Company, Member
from sandop_web.store.remembering import remembered

LATER = dt.datetime(2026, 1, 6, 1, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """What is read is read from the database."""
    remembered.forget()


@pytest.fixture
def dana(company: Company) -> Member:
    """The demand planner."""
    return Member.objects.get(company=company, person="dana")


@pytest.fixture
def sam(company: Company) -> Member:
    """The supply planner."""
    return Member.objects.get(company=company, person="sam")


@pytest.fixture
def later() -> dt.datetime:
    """A day after the plan was made."""
    return LATER
