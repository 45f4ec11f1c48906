"""From somebody signed in to an actor in a company; outsiders find nothing."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from sandop.wording import Language
from sandop_web.access.actor import FOUNDER, Actor
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
        Member.objects.select_related("company")
        .filter(company__slug=company, user_id=user.pk, active=True, user__is_active=True)
        .first()
    )
    if member is None:
        raise NothingThere()
    return Actor(
        user_id=user.pk,
        at=at,
        company=company,
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
        language=language,
        through=through,
        read_only=read_only,
    )


def founder_of(*, user: User, at: dt.datetime, language: Language = "en", through: Door = "page") -> Actor:
    """Somebody who may open a company. Raises NotYourRole unless the account was made for that."""
    if not (user.is_active and user.is_staff):
        raise NotYourRole(action="", role="", roles=FOUNDER)
    return Actor(user_id=user.pk, at=at, person=user.get_username(), language=language, through=through)


def companies_of(user: User) -> list[tuple[str, str, str]]:
    """Companies of which somebody is a member: slug, name, name in Chinese."""
    found = Member.objects.filter(user_id=user.pk, active=True).select_related("company").order_by("company__slug")
    return [(member.company.slug, member.company.name, member.company.name_zh) for member in found]
