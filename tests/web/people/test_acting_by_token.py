"""A program acts for a member by a key."""

import datetime as dt

import pytest
from stage import NOW, Act

from sandop_web.access import NothingThere, TokenNotForThis, TokenUnknown
from sandop_web.access.tokens import actor_of_token
from sandop_web.actions.tokens import make_token
from sandop_web.store.models import Company, Member, Token, User


def test_the_program_is_the_member_with_their_role_and_scope(act: Act) -> None:
    key = make_token(by=act("sally"), name="notebook", scope="write", days=30)
    by = actor_of_token(key=key, company="small", at=NOW, language="zh")
    assert (by.person, by.role, by.region, by.read_only, by.through) == ("sally", "sales", "East", False, "api")
    assert (by.company, by.language, by.at) == ("small", "zh", NOW)


def test_a_key_that_reads_gives_an_actor_who_reads(act: Act) -> None:
    key = make_token(by=act("sally"), name="notebook", scope="read", days=30)
    assert actor_of_token(key=key, at=NOW).read_only


def test_a_calendar_key_opens_the_calendar_and_nothing_else(act: Act) -> None:
    """It stands in an address: it is seen by whoever sees the address."""
    calendar = make_token(by=act("sally"), name="phone", scope="calendar", days=30)
    assert actor_of_token(key=calendar, at=NOW, scope="calendar").read_only
    with pytest.raises(TokenNotForThis):
        actor_of_token(key=calendar, at=NOW)
    other = make_token(by=act("sally"), name="notebook", scope="write", days=30)
    with pytest.raises(TokenNotForThis):
        actor_of_token(key=other, at=NOW, scope="calendar")


def test_a_key_runs_out(act: Act) -> None:
    key = make_token(by=act("sally"), name="notebook", scope="read", days=1)
    assert actor_of_token(key=key, at=NOW + dt.timedelta(hours=23))
    with pytest.raises(TokenUnknown):
        actor_of_token(key=key, at=NOW + dt.timedelta(days=1))


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "sop_", "sop_guess", "\ud800", "x" * 10_000, "sop_\0"])
def test_a_made_up_key_opens_nothing(key: str) -> None:
    with pytest.raises(TokenUnknown):
        actor_of_token(key=key, at=NOW)


def test_a_key_is_for_one_company(act: Act) -> None:
    other = Company.objects.create(slug="other", name="Other", currency="CNY", made_at=NOW)
    Member.objects.create(
        company=other, user=User.objects.get(username="sally"), person="sally", name="Sally", role="gm"
    )
    key = make_token(by=act("sally"), name="notebook", scope="read", days=30)
    for company in ("other", "nowhere"):
        with pytest.raises(NothingThere):
            actor_of_token(key=key, company=company, at=NOW)


def test_it_ends_with_the_place_or_the_account(act: Act) -> None:
    key = make_token(by=act("sally"), name="notebook", scope="read", days=30)
    Member.objects.filter(person="sally").update(active=False)
    with pytest.raises(TokenUnknown):
        actor_of_token(key=key, at=NOW)
    Member.objects.filter(person="sally").update(active=True)
    User.objects.filter(username="sally").update(is_active=False)
    with pytest.raises(TokenUnknown):
        actor_of_token(key=key, at=NOW)


def test_its_use_is_noted_once_a_minute(act: Act, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    key = make_token(by=act("sally"), name="notebook", scope="read", days=30)
    actor_of_token(key=key, at=NOW)
    assert Token.objects.get().last_used_at == NOW
    with django_assert_num_queries(1):
        actor_of_token(key=key, at=NOW + dt.timedelta(seconds=59))
    actor_of_token(key=key, at=NOW + dt.timedelta(seconds=60))
    assert Token.objects.get().last_used_at == NOW + dt.timedelta(seconds=60)
