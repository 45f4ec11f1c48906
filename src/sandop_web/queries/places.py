"""What can be gone to by its name or id: decisions, scenarios and plans, families, items, customers, resources,
suppliers, measures; in both languages, in the reader's scope."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from django.db.models import Q

from sandop.measures import measures
from sandop.network import Network
from sandop_web.access import Actor, query, report_in_scope
from sandop_web.access.versions import version_in
from sandop_web.queries.plans import current_version
from sandop_web.store.decision_list import decision_spoken
from sandop_web.store.models import Cycle, Decision, Version
from sandop_web.store.plans import read_network, sheet_names

Kind = Literal["decision", "scenario", "version", "family", "item", "customer", "resource", "supplier", "measure"]

MOST = 6  # of a kind
_TABLES: tuple[tuple[Kind, str], ...] = (
    ("family", "families"),
    ("item", "items"),
    ("customer", "customers"),
    ("resource", "resources"),
    ("supplier", "suppliers"),
)


@dataclass(frozen=True)
class NamedPlace:
    """Something with a name: `id` as addresses say it, `detail` what tells it from others of that name."""

    kind: Kind
    id: str
    title: str
    detail: str = ""


@dataclass(frozen=True)
class Found:
    """What was found, the best of each kind first. `version` is the one in which it was looked up; None where the
    company has no plan."""

    version: int | None
    places: tuple[NamedPlace, ...]


@query
def places_named(*, by: Actor, text: str) -> Found:
    """What bears the name or id, or a part of it, of `text`; nothing for a text without letters."""
    wanted = text.strip().casefold()
    version = current_version(by=by)
    if not wanted:
        return Found(version, ())
    found = version_in(by=by, version=version) if version is not None else None
    searches: list[Iterable[NamedPlace]] = [_decisions(by), _versions(by, scenarios=True)]
    if found is not None:
        searches += [*_masters(by, wanted, read_network(found)), _measures(by, found)]
    searches.append(_versions(by, scenarios=False))
    return Found(version, tuple(place for search in searches for place in _best(search, wanted)))


def how_well(wanted: str, *names: str) -> int | None:
    """How well the best of the names fits: 0 is the name itself, 1 its beginning, 2 the beginning of a word in it, 3
    any part of it; None where none fits. `wanted` is casefolded."""
    ranks = [rank for rank in (_rank(wanted, name.casefold()) for name in names) if rank is not None]
    return min(ranks, default=None)


def _rank(wanted: str, name: str) -> int | None:
    if wanted not in name:
        return None
    if name == wanted:
        return 0
    if name.startswith(wanted):
        return 1
    return 2 if f" {wanted}" in name else 3


def _best(places: Iterable[NamedPlace], wanted: str) -> list[NamedPlace]:
    ranked = ((how_well(wanted, place.id, place.title, place.detail), place) for place in places)
    fitting = [(rank, place.title, place) for rank, place in ranked if rank is not None]
    return [place for _, _, place in sorted(fitting, key=lambda each: each[:2])[:MOST]]


def _masters(by: Actor, wanted: str, network: Network) -> Iterator[list[NamedPlace]]:
    """Rows of the master tables that fit, of those only what belongs to the reader's scope."""
    for kind, table in _TABLES:
        fitting = [
            NamedPlace(kind, *_named(by, key, name, name_zh))
            for key, name, name_zh in _rows(network, table)
            if how_well(wanted, key, name, name_zh) is not None
        ]
        seen = report_in_scope(by=by, report=[{kind: place.id} for place in fitting], network=network)
        allowed = {row[kind] for row in seen}
        yield [place for place in fitting if place.id in allowed]


def _rows(network: Network, table: str) -> list[tuple[str, str, str]]:
    """Id, name and Chinese name of every row."""
    found = network.tables()[table]
    return [
        (str(key), str(row["name"] or ""), str(row["name_zh"] or "")) for key, row in zip(found.keys, found.rows())
    ]


def _named(by: Actor, id: str, name: str, name_zh: str) -> tuple[str, str, str]:
    """Id, title in the reader's language, and the other name with the id."""
    first, second = (name_zh or name, name) if by.language == "zh" else (name or name_zh, name_zh)
    detail = " · ".join(part for part in (id, second) if part and part != first)
    return id, first or id, detail


def _decisions(by: Actor) -> Iterator[NamedPlace]:
    """The decisions of the newest cycle; decisions are everybody's."""
    cycle = Cycle.objects.filter(company_id=by.company_id).order_by("-month").first()
    if cycle is None:
        return
    listed = cycle.decisions.exclude(state=Decision.State.LAPSED).select_related("cycle__version")
    for decision in listed.order_by("number"):
        spoken = decision_spoken(decision)
        other = spoken["en" if by.language == "zh" else "zh"]
        title = f"{decision.number} · {spoken[by.language]}"
        yield NamedPlace("decision", str(decision.number), title, other if other != spoken[by.language] else "")


def _versions(by: Actor, *, scenarios: bool) -> Iterator[NamedPlace]:
    kind: Kind = "scenario" if scenarios else "version"
    is_scenario = Q(purpose=Version.Purpose.SCENARIO)
    ours = Version.objects.filter(is_scenario if scenarios else ~is_scenario, company_id=by.company_id)
    for version in ours.order_by("-number"):
        yield NamedPlace(kind, str(version.pk), f"{version.number} · {version.title}")


def _measures(by: Actor, version: Version) -> Iterator[NamedPlace]:
    """The measures somebody brings, and the results that the version holds."""
    made = set(sheet_names(version, "result"))
    for name, measure in measures().items():
        if measure.direction != "input" and name not in made:
            continue
        yield NamedPlace("measure", *_named(by, name, measure.title("en"), measure.title("zh")))
