"""From somebody signed in to an actor in a company; outsiders find nothing."""

from __future__ import annotations

import datetime as dt
from typing import Literal, NamedTuple

from sandop.wording import Language
from sandop_web.access.actor import FOUNDER, GUEST, Actor
from sandop_web.access.refusals import NothingThere, NotYourRole
from sandop_web.store.models import Member, User

Door = Literal["page", "api", "job"]


def actor_of(
    *,
    user: User,
    company: str,
    at: dt.datetime,
    language: Language = "en",
    through: Door = "page",
    read_only: bool = False,
) -> Actor:
    """The person's part in the company. Raises NothingThere for an outsider, as for a company that is not there."""
    member = (
        Member.objects.select_related("company", "user")
        .filter(company__slug=company, user_id=user.pk, active=True, user__is_active=True)
        .first()
    )
    if member is None:
        raise NothingThere()
    return actor_as(member=member, at=at, language=language, through=through, read_only=read_only)


def actor_as(
    *, member: Member, at: dt.datetime, language: Language = "en", through: Door = "page", read_only: bool = False
) -> Actor:
    """The actor that this member is, `member.company` and `member.user` at hand."""
    return Actor(
        user_id=member.user_id,
        at=at,
        company=member.company.slug,
        company_id=member.company_id,
        member_id=member.pk,
        person=member.person,
        name=member.name,
        name_zh=member.name_zh,
        role=member.role,
        region=member.region,
        family=member.family,
        authority=member.authority,
        authority_units=member.authority_units,
        time_zone=member.company.time_zone,
        days_behind=member.company.days_behind,
        language=language,
        through=through,
        read_only=read_only,
        large_numbers="wan" if member.user.large_numbers == "wan" else "million",
    )


def founder_of(*, user: User, at: dt.datetime, language: Language = "en", through: Door = "page") -> Actor:
    """Somebody who may open a company. Raises NotYourRole unless the account was made for that."""
    if not (user.is_active and user.is_staff):
        raise NotYourRole(action="", role="", roles=FOUNDER)
    return Actor(user_id=user.pk, at=at, person=user.get_username(), language=language, through=through)


def guest_of(*, user: User, at: dt.datetime, language: Language = "en", through: Door = "page") -> Actor:
    """Anybody with an account, acting on that account alone."""
    return Actor(user_id=user.pk, at=at, person=user.get_username(), role=GUEST, language=language, through=through)


def known_person(email: str) -> User | None:
    """The one active account with this e-mail address; None where nobody has it."""
    return User.objects.filter(email__iexact=email, is_active=True).first() if email else None


class CompanyName(NamedTuple):
    """A company one may enter."""

    slug: str
    name: str
    name_zh: str


def companies_of(user: User) -> list[CompanyName]:
    """Companies of which somebody is a member."""
    found = Member.objects.filter(user_id=user.pk, active=True).select_related("company").order_by("company__slug")
    return [CompanyName(member.company.slug, member.company.name, member.company.name_zh) for member in found]
