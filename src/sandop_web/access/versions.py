"""Finding versions through the company: what belongs to another company is not there."""

from __future__ import annotations

from sandop_web.access.actor import Actor
from sandop_web.access.refusals import NothingThere
from sandop_web.store.looking import once
from sandop_web.store.models import Version


def version_in(*, by: Actor, version: int) -> Version | None:
    """The version of that id in the person's company; None where there is none."""
    versions = Version.objects.filter(company_id=by.company_id, pk=version)
    return once(("version", by.company_id, version), versions.first)


def version_of(*, by: Actor, version: int) -> Version:
    """The version of that id in the person's company. Raises NothingThere."""
    found = version_in(by=by, version=version)
    if found is None:
        raise NothingThere()
    return found


def newest_plan(*, company_id: int) -> Version | None:
    """The company's newest plan, scenarios and snapshots aside; None where it has none yet."""
    plans = Version.objects.filter(company_id=company_id, purpose=Version.Purpose.PLAN)
    return once(("newest plan", company_id), plans.order_by("-number").first)
