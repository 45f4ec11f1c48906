"""Finding what an action is about through the company: what belongs to another company is not there."""

from __future__ import annotations

from sandop_web.access.actor import Actor
from sandop_web.access.refusals import NothingThere
from sandop_web.store.models import Member, Version


def version_of(*, by: Actor, version: int) -> Version:
    """The version of that id in the person's company. Raises NothingThere."""
    found = Version.objects.filter(company_id=by.company_id, pk=version).first() if 0 < version < 2**63 else None
    if found is None:
        raise NothingThere()
    return found


def acting_member(*, by: Actor) -> Member:
    """The member who acts, as the store puts their name under a change."""
    return Member.objects.get(pk=by.member_id)
