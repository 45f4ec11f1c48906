"""The regions and families that a scope can name, as the company's newest plan knows them."""

from __future__ import annotations

from dataclasses import dataclass

from sandop_web.store.models import Version
from sandop_web.store.plans import read_network


@dataclass(frozen=True)
class KnownPlaces:
    """Regions and families, in order; both empty where the company has no plan yet."""

    regions: tuple[str, ...] = ()
    families: tuple[str, ...] = ()


def known_places(*, company_id: int) -> KnownPlaces:
    """What the newest plan of the company knows: regions of its customers and sites, its families."""
    plans = Version.objects.filter(company_id=company_id, purpose=Version.Purpose.PLAN)
    newest = plans.order_by("-number").first()
    if newest is None:
        return KnownPlaces()
    network = read_network(newest)
    regions = {str(region) for table in (network.customers, network.sites) for region in table.region} - {""}
    return KnownPlaces(tuple(sorted(regions)), tuple(sorted(str(family) for family in network.families.family)))
