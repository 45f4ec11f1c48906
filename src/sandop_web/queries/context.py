"""What a reader can choose to look at: versions by what they are, families and regions of their scope."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from sandop.pack.reader import Reader
from sandop.plan import Plan
from sandop_web.access import Actor, query
from sandop_web.access.versions import newest_plan, version_in
from sandop_web.queries.plans import working_version
from sandop_web.store.models import Version
from sandop_web.store.plans import read_network, read_settings
from sandop_web.store.standing import signed_last

_MOST = 12  # versions of a kind that are offered, the newest first; the list of versions has them all


@dataclass(frozen=True)
class Choice:
    """Something to look at: `id` as an address says it."""

    id: str
    title: str


@dataclass(frozen=True)
class Choices:
    """What may be looked at.

    working     the version people work on; None where there is no plan
    in_force    the version signed last, where that is another one
    scenarios, older   the newest others; older ones are plans and data as closed
    families, regions   of the reader's scope; a single one where their scope is just that
    """

    working: Choice | None
    in_force: Choice | None
    scenarios: tuple[Choice, ...]
    older: tuple[Choice, ...]
    families: tuple[Choice, ...]
    regions: tuple[Choice, ...]


@query
def choices_of(*, by: Actor, shown: int | None = None) -> Choices:
    """What `by` may look at, in their own scope; `shown` is the version they look at, which is always offered."""
    working, signature = working_version(by=by), signed_last(by.company_id)
    in_force = signature.version if signature and signature.version_id != working else None
    rest = [version for version in _versions(by, shown) if version.pk not in (working, in_force and in_force.pk)]
    reader = _reader(by)
    return Choices(
        working=_one(version_in(by=by, version=working)) if working else None,
        in_force=_one(in_force),
        scenarios=_all(version for version in rest if version.purpose == Version.Purpose.SCENARIO),
        older=_all(version for version in rest if version.purpose != Version.Purpose.SCENARIO),
        families=_families(by, reader) if reader else (),
        regions=_regions(by, reader) if reader else (),
    )


def _versions(by: Actor, shown: int | None) -> list[Version]:
    """The newest versions of each kind, and the one that is shown, the newest first."""
    ours, scenario = Version.objects.filter(company_id=by.company_id), Q(purpose=Version.Purpose.SCENARIO)
    kinds = [ours.filter(scenario), ours.exclude(scenario), *([ours.filter(pk=shown)] if shown else [])]
    found = {version.pk: version for kind in kinds for version in kind.order_by("-number")[:_MOST]}
    return sorted(found.values(), key=lambda version: -version.number)


def _all(versions: Iterable[Version]) -> tuple[Choice, ...]:
    return tuple(Choice(str(version.pk), f"{version.number} · {version.title}") for version in versions)


def _one(version: Version | None) -> Choice | None:
    return _all([version])[0] if version else None


def _reader(by: Actor) -> Reader | None:
    newest = newest_plan(company_id=by.company_id)
    if newest is None:
        return None
    return Reader(Plan(settings=read_settings(newest), network=read_network(newest)), by.language, by.large_numbers)


def _families(by: Actor, reader: Reader) -> tuple[Choice, ...]:
    known = [str(family) for family in reader.plan.network.families.keys]
    return tuple(Choice(family, reader.family(family)) for family in known if by.family in ("", family))


def _regions(by: Actor, reader: Reader) -> tuple[Choice, ...]:
    network = reader.plan.network
    known = sorted({str(region) for table in (network.customers, network.sites) for region in table.region} - {""})
    return tuple(Choice(region, reader.word("region", region)) for region in known if by.region in ("", region))
