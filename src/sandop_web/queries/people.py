"""Who is in the company: their places, and whether they have come in yet."""

from __future__ import annotations

from dataclasses import dataclass

from sandop_web.access import Actor, query
from sandop_web.access.members import member_numbered
from sandop_web.access.places import KnownPlaces, known_places
from sandop_web.access.roles import may
from sandop_web.store.models import Member


@dataclass(frozen=True)
class MemberRow:
    """A person of the company.

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


@query
def people_of(*, by: Actor) -> tuple[MemberRow, ...]:
    """Everybody in the company, those who have left last."""
    members = Member.objects.filter(company_id=by.company_id).select_related("user")
    return tuple(_row(by, member) for member in members.order_by("-active", "person"))


@query
def member_of_company(*, by: Actor, member: int) -> MemberRow:
    """One person of the company. Raises NothingThere."""
    return _row(by, member_numbered(by=by, member=member))


@query
def places_of(*, by: Actor) -> KnownPlaces:
    """The regions and families that a scope can name."""
    return known_places(company_id=by.company_id)


def _row(by: Actor, member: Member) -> MemberRow:
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
    )
