"""The members of a new company: an account and a place for everybody in its plan's people table."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from typing import Any

from sandop.network import People
from sandop.wording import Language
from sandop_web.access.roles import SOP_MANAGER
from sandop_web.actions.delegating import require_role
from sandop_web.actions.people import new_account
from sandop_web.store.models import Company, Member, User


def enroll(
    *, company: Company, people: People, at: dt.datetime, founder: User | None = None, language: Language = "en"
) -> list[Member]:
    """Everybody in the people table becomes a member with an account of their own, without a password and without
    an e-mail address: an invitation gives one.

    founder   is the person whose id is their user name; where there is none they become S&OP manager beside them

    To be called inside the transaction that makes the company. Raises RoleUnknown.
    """
    members = [_enrolled(company, row, at, founder, language) for row in people.rows()]
    if founder is not None and all(member.user_id != founder.pk for member in members):
        members.append(_founding(company, founder, {member.person for member in members}))
    return members


def _enrolled(
    company: Company, row: Mapping[str, Any], at: dt.datetime, founder: User | None, language: Language
) -> Member:
    require_role(role=row["role"], language=language)
    known = founder if founder is not None and founder.get_username() == row["person"] else None
    user = known or new_account(person=row["person"], at=at)
    units = row["authority_units"]
    return Member.objects.create(
        company=company,
        user=user,
        person=row["person"],
        name=row["name"] or row["person"],
        name_zh=row["name_zh"],
        role=row["role"],
        region=row["region"],
        family=row["family"],
        authority=row["authority"],
        authority_units=None if units is None or math.isnan(units) else units,
    )


def _founding(company: Company, founder: User, taken: set[str]) -> Member:
    username = founder.get_username()
    person = username if username not in taken else f"{username}-founder"
    name = founder.get_full_name() or username
    return Member.objects.create(company=company, user=founder, person=person, name=name, role=SOP_MANAGER)
