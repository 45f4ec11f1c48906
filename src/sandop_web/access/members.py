"""Finding members through the company: whoever belongs to another company is not there."""

from __future__ import annotations

from sandop_web.access.actor import Actor
from sandop_web.access.refusals import NothingThere
from sandop_web.store.models import Member


def acting_member(*, by: Actor) -> Member:
    """The member who acts, as the store puts their name under a change."""
    return Member.objects.get(pk=by.member_id)


def member_of(*, by: Actor, person: str) -> Member:
    """The active member with this person id. Raises NothingThere."""
    member = Member.objects.filter(company_id=by.company_id, person=person, active=True).first()
    if member is None:
        raise NothingThere()
    return member


def member_numbered(*, by: Actor, member: int) -> Member:
    """The member of this id, still there or not, with their account. Raises NothingThere."""
    found = Member.objects.select_related("user").filter(company_id=by.company_id, pk=member).first()
    if found is None:
        raise NothingThere()
    return found
