"""Who is in the company: their places, and whether they have come in yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sandop_web.access import Actor, query
from sandop_web.access.members import member_numbered
from sandop_web.access.places import KnownPlaces, known_places
from sandop_web.access.roles import may
from sandop_web.queries.context import choices_of
from sandop_web.store.models import Member


@dataclass(frozen=True)
class MemberRow:
    """A person of the company.

    region_title, family_title   the scope in the reader's words
    username    what they sign in with; like the e-mail address it is told only to those who may change it
    authority         plan currency that may be decided alone
    authority_units   plan units that may be decided alone; None is no limit
    signed_in   they have made their account their own
    """

    member: int
    person: str
    name: str
    name_zh: str
    role: str
    region: str
    family: str
    authority: float
    authority_units: float | None
    active: bool
    signed_in: bool
    username: str
    email: str
    region_title: str
    family_title: str


@query
def people_of(*, by: Actor) -> tuple[MemberRow, ...]:
    """Everybody in the company, those who have left last."""
    members = Member.objects.filter(company_id=by.company_id).select_related("user")
    titles = _titles(by)
    return tuple(_row(by, member, titles) for member in members.order_by("-active", "person"))


@query
def member_of_company(*, by: Actor, member: int) -> MemberRow:
    """One person of the company. Raises NothingThere."""
    return _row(by, member_numbered(by=by, member=member), _titles(by))


@query
def places_of(*, by: Actor) -> KnownPlaces:
    """The regions and families that a scope can name."""
    return known_places(company_id=by.company_id)


def _titles(by: Actor) -> dict[str, str]:
    """Family or region → what the reader calls it."""
    whole = choices_of(by=replace(by, family="", region=""))
    return {choice.id: choice.title for choice in (*whole.regions, *whole.families)}


def _row(by: Actor, member: Member, titles: Mapping[str, str]) -> MemberRow:
    tell_all = may(by.role, "change_member") or member.pk == by.member_id
    user = member.user
    return MemberRow(
        member=member.pk,
        person=member.person,
        name=member.name,
        name_zh=member.name_zh,
        role=member.role,
        region=member.region,
        family=member.family,
        authority=member.authority,
        authority_units=member.authority_units,
        active=member.active,
        signed_in=user.claimed,
        username=user.get_username() if tell_all else "",
        email=user.email if tell_all else "",
        region_title=titles.get(member.region, member.region),
        family_title=titles.get(member.family, member.family),
    )
