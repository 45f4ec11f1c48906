"""The levers of a scenario: which numbers may be changed, where and in which months."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandop.measures import measure
from sandop.network import Network
from sandop.plan import Rows
from sandop_web.access import Actor, query
from sandop_web.access.editing import may_edit_measure, may_edit_table
from sandop_web.access.sheet_rows import labels, periods_spoken_of
from sandop_web.access.tried_masters import NUMBERS, TRIED_MASTERS, Key, master_labels, master_rows_tried
from sandop_web.access.trying import choosable, rows_tried
from sandop_web.access.versions import version_of
from sandop_web.queries.scenarios.cells import GIVEN, label_name
from sandop_web.queries.scenarios.changes import reader_of
from sandop_web.store.models import Version
from sandop_web.store.plans import read_network
from sandop_web.wording import say

# Lever → the measures or masters it changes and the ways that make sense for them.
LEVERS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "demand": (("demand_given",), ("percent", "plus", "exactly")),
    "capacity": (("capacity_regular", "capacity_overtime", "capacity_outsourced"), ("percent", "plus", "exactly")),
    "supply": (("supplier_limit", "purchase_limit"), ("percent", "plus", "exactly")),
    "price": (("price",), ("percent",)),
    "rate": (("rate",), ("percent", "exactly")),
    "cost": (("purchase_price", "standard_cost"), NUMBERS),
    "lead": (("purchase_lead_time", "process_lead_time", "transport_lead_time"), NUMBERS),
    "stock": (("family_service", "item_service", "stock_days"), ("plus", "exactly")),
    "hours": (("demonstrated",), ("plus", "exactly")),
    "terms": (("customer_days", "supplier_days"), ("plus", "exactly")),
    "activity": (("activity",), ("off", "later", "percent")),
}
_SHOWN = {"demand_given": ("family", "region", "customer", "item"), "price": ("family", "region", "customer", "item")}


@dataclass(frozen=True)
class Choice:
    """Labels of one level from which the reader may choose one: (label, name)."""

    level: str
    labels: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Lever:
    """A lever with what its form offers. `measures` are (measure or masters, title); `months` the planned months,
    none for masters, which hold in all of them."""

    lever: str
    measures: tuple[tuple[str, str], ...]
    ways: tuple[str, ...]
    choices: tuple[Choice, ...]
    months: tuple[str, ...]


@query
def levers_of(*, by: Actor, version: int) -> tuple[str, ...]:
    """The levers whose numbers this reader may change in a version and that have something to change. Raises
    NothingThere."""
    found = version_of(by=by, version=version)
    return tuple(name for name, (measures, _) in LEVERS.items() if _open(by, found, measures))


@query
def lever_of(*, by: Actor, version: int, lever: str) -> Lever | None:
    """What the form of a lever offers; None for one there is not. Raises NothingThere."""
    found = version_of(by=by, version=version)
    measures, ways = LEVERS.get(lever, ((), ()))
    open_ones = _open(by, found, measures)
    if not open_ones:
        return None
    return Lever(
        lever=lever,
        measures=tuple((name, _title(name, by)) for name in open_ones),
        ways=ways,
        choices=_choices(by, found, open_ones),
        months=() if open_ones[0] in TRIED_MASTERS else _months(found, open_ones[0]),
    )


def _months(version: Version, name: str) -> tuple[str, ...]:
    months = dict.fromkeys(periods_spoken_of(version=version, name=name).month_labels)
    return tuple(month for month in months if month >= version.start)


def _open(by: Actor, version: Version, measures: tuple[str, ...]) -> tuple[str, ...]:
    """The measures and masters that the reader may change and that have rows in their scope."""
    return tuple(name for name in measures if _may(by, version, name) and len(_rows(by, version, name)))


def _may(by: Actor, version: Version, name: str) -> bool:
    if name in TRIED_MASTERS:
        return may_edit_table(by=by, version=version, name=TRIED_MASTERS[name].table)
    return may_edit_measure(by=by, version=version, name=name)


def _rows(by: Actor, version: Version, name: str) -> Rows | Mapping[Key, Mapping[str, Any]]:
    network = read_network(version)
    if name in TRIED_MASTERS:
        return master_rows_tried(by=by, masters=name, network=network, wanted={})
    return rows_tried(by=by, version=version, name=name, network=network, wanted={})


def _title(name: str, by: Actor) -> str:
    if name in TRIED_MASTERS:
        return say(f"scenarios.masters.{name}", by.language)
    return say("scenarios.demand", by.language) if name == GIVEN else measure(name).title(by.language)


def _choices(by: Actor, version: Version, measures: tuple[str, ...]) -> tuple[Choice, ...]:
    """For every level of the measures the labels that one of them has."""
    network, reader = read_network(version), reader_of(version, by)
    found: dict[str, set[str]] = {}
    for name in measures:
        for level, labels_there in _labels(name, _rows(by, version, name), network).items():
            found.setdefault(level, set()).update(labels_there)
    return tuple(
        Choice(level, tuple((label, label_name(reader, level, label)) for label in sorted(known - {""})))
        for level, known in found.items()
    )


def _labels(name: str, rows: Rows | Mapping[Key, Mapping[str, Any]], network: Network) -> dict[str, set[str]]:
    """Level → the labels by which rows of the measure or masters are chosen."""
    if not isinstance(rows, Rows):
        found = {level: set[str]() for level in TRIED_MASTERS[name].levels}
        for row in rows.values():
            for level in found:
                found[level] |= master_labels(row=row, level=level, network=network)
        return found
    return {
        level: set(
            map(str, rows.column(level) if level in rows.grain else labels(rows=rows, network=network, level=level))
        )
        for level in _SHOWN.get(name) or choosable(name, rows.grain)
    }
