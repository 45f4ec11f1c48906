"""Where a company is: the regions and families that a scope can name, its sites, as a version knows them."""

from __future__ import annotations

from dataclasses import dataclass

from sandop_web.access.versions import newest_plan
from sandop_web.store.models import Version
from sandop_web.store.plans import read_network


@dataclass(frozen=True)
class KnownPlaces:
    """Regions, families and sites, in order; all empty where the company has no plan yet."""

    regions: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()


def known_places(*, company_id: int) -> KnownPlaces:
    """What the newest plan of the company knows."""
    newest = newest_plan(company_id=company_id)
    return places_in(newest) if newest else KnownPlaces()


def places_in(version: Version) -> KnownPlaces:
    """What a version knows: regions of its customers and sites, its families, its sites."""
    network = read_network(version)
    regions = {str(region) for table in (network.customers, network.sites) for region in table.region} - {""}
    families = sorted(str(family) for family in network.families.family)
    return KnownPlaces(tuple(sorted(regions)), tuple(families), tuple(map(str, network.sites.keys)))
