"""How a plan has gone on since a scenario was branched off it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sandop_web.access import Actor
from sandop_web.queries.step_views import names_of
from sandop_web.store.models import Change, MasterChange, Version


@dataclass(frozen=True)
class BaseMoved:
    """How the plan has gone on since the scenario was branched off; 0 changes: it has not.

    clashing    numbers and master cells that both changed
    people      who changed the plan, each once
    last        when it was changed last
    """

    changes: int
    clashing: int
    people: tuple[str, ...]
    last: dt.datetime | None


def base_moved(scenario: Version, by: Actor) -> BaseMoved:
    """How the plan has gone on since this scenario was branched off."""
    if scenario.parent is None:
        return BaseMoved(0, 0, (), None)
    since = {"version": scenario.parent, "at__gt": scenario.made_at}
    cells = [*Change.objects.filter(**since).values_list("measure", "row", "period", "person", "at")]
    masters = [*MasterChange.objects.filter(**since).values_list("table", "key", "column", "person", "at")]
    theirs = {(name, tuple(key), part) for name, key, part, _, _ in (*cells, *masters)}
    ours = {(name, tuple(key), part) for name, key, part in _places(scenario)}
    names = names_of(by)
    people = dict.fromkeys(names.get(person, person) for *_, person, _ in (*cells, *masters))
    times = [at for *_, at in (*cells, *masters)]
    return BaseMoved(len(theirs), len(theirs & ours), tuple(people), max(times, default=None))


def _places(scenario: Version) -> list[tuple[str, list[str], str]]:
    cells = Change.objects.filter(version=scenario).values_list("measure", "row", "period")
    masters = MasterChange.objects.filter(version=scenario).values_list("table", "key", "column")
    return [*cells, *masters]
