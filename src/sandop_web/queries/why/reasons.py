"""Who moved a number and why: changes of the cells under it, overrides, activities and launches that touch it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np

from sandop.calendar import month_label, month_number
from sandop.measures import measure
from sandop.network import Network
from sandop.pack.places import ends
from sandop.plan import Rows
from sandop_web.access import Actor, in_scope
from sandop_web.access.sheet_rows import Part, chosen, part_named, parts_of
from sandop_web.queries.why.summing import Asked, rows_asked
from sandop_web.store.models import Change, Version
from sandop_web.store.reasons import amended_reasons

MOST_CHANGES = 20
_LOOKED_AT = 5_000  # latest changes of a version among which those of the number are looked for
_SCOPE = ("family", "item", "region", "customer")
_MOVED_BY_OPINION = ("demand", "override_effect", "activity_effect", "launch_effect", "baseline", "consensus")


@dataclass(frozen=True)
class WhoChanged:
    """One change of a cell under the number, in the measure's unit; None is a blank."""

    measure: str
    parts: tuple[Part, ...]
    period: str
    person: Part
    at: dt.datetime
    before: float | None
    after: float | None
    why: str


@dataclass(frozen=True)
class Opinion:
    """An opinion that touches the number: `kind` is override, activity or launch; `quantity` what it states, in plan
    units or as a share; `scope` what it names."""

    kind: str
    title: str
    title_zh: str
    person: Part
    scope: tuple[Part, ...]
    quantity: float | None
    share: float | None
    why: str


def changes_under(
    *, by: Actor, version: Version, names: Iterable[str], asked: Asked, network: Network
) -> tuple[WhoChanged, ...]:
    """The latest changes of cells of these measures under the number, the latest first."""
    found = Change.objects.filter(version=version, measure__in=list(names)).order_by("-pk")
    if asked.period:
        first, last = ends(asked.period)
        found = found.filter(period__gte=first, period__lte=last)
    reasons = amended_reasons(version)
    seen = (change for change in found[:_LOOKED_AT] if _under(by, change, asked, network))
    return tuple(
        WhoChanged(
            measure=change.measure,
            parts=parts_of(grain=measure(change.measure).grain, key=tuple(change.row), network=network),
            period=change.period,
            person=_person(change.person, network),
            at=change.at,
            before=change.before,
            after=change.after,
            why=reasons.get(change.batch, change.why),
        )
        for change in islice(seen, MOST_CHANGES)
    )


def _under(by: Actor, change: Change, asked: Asked, network: Network) -> bool:
    rows = Rows.of(measure(change.measure).grain, [tuple(change.row)])
    wanted = rows_asked(rows=rows, network=network, at=asked.at)
    return bool((in_scope(by=by, rows=rows, network=network) & wanted)[0])


def opinions_on(*, rows: Rows, network: Network, asked: Asked) -> tuple[Opinion, ...]:
    """Overrides, activities and launches that touch the number's rows in its period; none for measures that no
    opinion moves."""
    if asked.measure not in _MOVED_BY_OPINION or not len(rows):
        return ()
    return (*_overrides(rows, network, asked), *_activities(rows, network, asked), *_launches(rows, network, asked))


def _touches(row: Mapping[str, Any], rows: Rows, network: Network) -> bool:
    wanted = {level: row[level] for level in _SCOPE if row.get(level)}
    return bool(np.any(chosen(rows=rows, network=network, wanted=wanted)))


def _named(row: Mapping[str, Any], network: Network) -> tuple[Part, ...]:
    return tuple(part_named(network=network, level=level, label=row[level]) for level in _SCOPE if row.get(level))


def _person(person: str, network: Network) -> Part:
    return part_named(network=network, level="person", label=person)


def _overrides(rows: Rows, network: Network, asked: Asked) -> Iterator[Opinion]:
    for row in network.overrides.rows():
        if _within(asked.period, row["period"], row["period"]) and _touches(row, rows, network):
            who = _person(row["who"], network)
            yield Opinion("override", "", "", who, _named(row, network), row["quantity"], None, row["why"])


def _activities(rows: Rows, network: Network, asked: Asked) -> Iterator[Opinion]:
    for row in network.activities.rows():
        first, last = _first_and_last(row["start"], int(row["months"]))
        if _within(asked.period, first, last) and _touches(row, rows, network):
            quantity, share = _number(row["quantity"]), _number(row["uplift"])
            title, title_zh = row["name"] or row["activity"], row["name_zh"]
            who = _person(row["owner"], network)
            yield Opinion("activity", title, title_zh, who, _named(row, network), quantity, share, "")


def _launches(rows: Rows, network: Network, asked: Asked) -> Iterator[Opinion]:
    for row in network.launches.rows():
        if asked.period and ends(asked.period)[1] < row["launch"]:
            continue
        if _touches({"item": row["item"], "customer": row["customer"]}, rows, network):
            item = part_named(network=network, level="item", label=row["item"])
            who = _person(row["owner"], network)
            yield Opinion(
                "launch", item.name, item.name_zh, who, _named(row, network), _number(row["monthly"]), None, ""
            )


def _within(asked: str, first: str, last: str) -> bool:
    """What happens from `first` to `last` touches the period asked for."""
    begin, end = ends(asked)
    return not asked or (begin <= last and first <= end)


def _first_and_last(start: str, count: int) -> tuple[str, str]:
    """The first month of an activity, and the one after its last, in which it may be missed."""
    return start, month_label(month_number(start) + count)


def _number(value: Any) -> float | None:
    return None if value is None or value != value else float(value)
