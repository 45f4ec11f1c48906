"""The company on the stage: members, a plan with its results, an open cycle; and ways to act as one of the cast."""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Callable, Iterator

import cast
import pytest
from django.db.backends.sqlite3.base import DatabaseOperations
from django.test import Client

from sandop_web.access import Actor, actor_of
from sandop_web.store.models import Company, Member, User, Version

NOW = dt.datetime(2026, 1, 5, 1, 0, tzinfo=dt.UTC)  # nine in the morning in Hangzhou
MEETING = dt.date(2026, 1, 21)


@pytest.fixture(autouse=True, scope="session")
def tables_can_be_emptied() -> Iterator[None]:
    """After a test that commits all tables are emptied; SQLite's guards would refuse that and are lifted for it."""
    guards = importlib.import_module("sandop_web.store.migrations.0002_guards")
    emptied = DatabaseOperations.execute_sql_flush

    def without_guards(operations: DatabaseOperations, statements: list[str]) -> None:
        guards.lift_guards(operations.connection)
        try:
            emptied(operations, statements)
        finally:
            guards.put_guards(operations.connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", without_guards)
        yield


@pytest.fixture
def company(db: None) -> Company:
    """The small company with its cast; Olga has an account, but no part in it."""
    made = Company.objects.create(
        slug="small", name="Small Pumps", name_zh="小泵厂", currency="CNY", invented=True, made_at=NOW
    )
    people = cast.people()
    for row in people.rows():
        user = User.objects.create_user(row["person"], f"{row['person']}@small.example", cast.PASSWORD)
        Member.objects.create(
            company=made,
            user=user,
            person=row["person"],
            name=row["name"],
            name_zh=row["name_zh"],
            role=row["role"],
            region=row["region"],
            family=row["family"],
            authority=row["authority"],
        )
    User.objects.create_user("olga", "olga@elsewhere.example", cast.PASSWORD)
    return made


@pytest.fixture
def version(company: Company) -> Version:
    """The company's plan with all results of its month."""
    from sandop_web.store.plans import write_version

    return write_version(
        company=company,
        title="2026-01",
        purpose=Version.Purpose.PLAN,
        plan=cast.company_plan(),
        month=cast.company_month(),
        made_by=None,
        at=NOW,
    )


Act = Callable[..., Actor]


@pytest.fixture
def act(company: Company) -> Act:
    """`act("dana")`: Dana as an actor now; `act("dana", at=later)` later on. Raises NothingThere for Olga."""

    def acting(person: str, *, at: dt.datetime = NOW, read_only: bool = False) -> Actor:
        user = User.objects.get(username=person)
        return actor_of(user=user, company=company.slug, at=at, read_only=read_only)

    return acting


@pytest.fixture
def client_of(company: Company) -> Callable[[str], Client]:
    """`client_of("dana")`: a browser in which Dana is signed in; `client_of("")` one in which nobody is."""

    def browser(person: str = "") -> Client:
        client = Client()
        if person:
            client.force_login(User.objects.get(username=person), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return browser


@pytest.fixture
def cycle(version: Version, act: Act) -> str:
    """The open cycle of January 2026; its month."""
    from sandop_web.actions.cycle import open_cycle

    open_cycle(by=act("max"), month="2026-01", meeting=MEETING, country="CN", why="the January cycle")
    return "2026-01"
