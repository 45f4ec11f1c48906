"""Looking closer: at another version, at one family, at one region; never at more than one's own."""

from __future__ import annotations

from dataclasses import replace

from sandop_web.access.actor import Actor
from sandop_web.access.places import known_places, places_in
from sandop_web.access.refusals import NothingThere
from sandop_web.access.versions import version_of
from sandop_web.store.models import Version


def looking(
    *, by: Actor, version: int | None = None, family: str = "", region: str = "", about: int | None = None
) -> Actor:
    """`by` as they read now: `version` instead of the one people work on, and of their own scope only this family and
    region. `about` is the version that the page shows anyway. Only for reading: who acts, acts as who they are.

    Raises NothingThere for a version of another company, and for a family or region that is not there or not theirs.
    """
    versions = [version_of(by=by, version=one) for one in (version, about) if one is not None]
    if family not in ("", by.family) or region not in ("", by.region):
        _require_theirs(by, family, region, versions)
    return replace(by, looking_at=version, family=family or by.family, region=region or by.region)


def _require_theirs(by: Actor, family: str, region: str, versions: list[Version]) -> None:
    known = [known_places(company_id=by.company_id), *map(places_in, versions)]
    _require(family, by.family, {name for places in known for name in places.families})
    _require(region, by.region, {name for places in known for name in places.regions})


def _require(wanted: str, own: str, there: set[str]) -> None:
    if wanted and (wanted not in there or own not in ("", wanted)):
        raise NothingThere()
