"""The levers of a scenario: which numbers may be changed, where and in which months."""

from __future__ import annotations

from dataclasses import dataclass

from sandop.measures import measure
from sandop.plan import Rows
from sandop_web.access import Actor, query
from sandop_web.access.editing import may_edit_measure
from sandop_web.access.sheet_rows import labels, periods_spoken_of
from sandop_web.access.trying import choosable, rows_tried
from sandop_web.access.versions import version_of
from sandop_web.queries.scenarios.cells import GIVEN, label_name
from sandop_web.queries.scenarios.changes import reader_of
from sandop_web.store.models import Version
from sandop_web.store.plans import read_network
from sandop_web.wording import say

# Lever → the measures it changes and the ways that make sense for them.
LEVERS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "demand": (("demand_given",), ("percent", "plus", "exactly")),
    "capacity": (("capacity_regular", "capacity_overtime", "capacity_outsourced"), ("percent", "plus", "exactly")),
    "supply": (("supplier_limit", "purchase_limit"), ("percent", "plus", "exactly")),
    "price": (("price",), ("percent",)),
    "rate": (("rate",), ("percent", "exactly")),
}
_SHOWN = {"demand_given": ("family", "region", "customer", "item"), "price": ("family", "region", "customer", "item")}


@dataclass(frozen=True)
class Choice:
    """Labels of one level from which the reader may choose one: (label, name)."""

    level: str
    labels: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Lever:
    """A lever with what its form offers. `measures` are (measure, title); `months` the planned months."""

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
    months = tuple(dict.fromkeys(periods_spoken_of(version=found, name=open_ones[0]).month_labels))
    months = tuple(month for month in months if month >= found.start)
    return Lever(
        lever=lever,
        measures=tuple((name, _title(name, by)) for name in open_ones),
        ways=ways,
        choices=_choices(by, found, open_ones),
        months=months,
    )


def _open(by: Actor, version: Version, measures: tuple[str, ...]) -> tuple[str, ...]:
    """The measures that the reader may change and that have rows in their scope."""
    editable = (name for name in measures if may_edit_measure(by=by, version=version, name=name))
    return tuple(name for name in editable if len(_rows(by, version, name)))


def _rows(by: Actor, version: Version, name: str) -> Rows:
    return rows_tried(by=by, version=version, name=name, network=read_network(version), wanted={})


def _title(name: str, by: Actor) -> str:
    return say("scenarios.demand", by.language) if name == GIVEN else measure(name).title(by.language)


def _choices(by: Actor, version: Version, measures: tuple[str, ...]) -> tuple[Choice, ...]:
    """For every level of the measures the labels that one of them has."""
    network, reader = read_network(version), reader_of(version, by)
    found: dict[str, set[str]] = {}
    for name in measures:
        rows = _rows(by, version, name)
        for level in _SHOWN.get(name) or choosable(name, rows.grain):
            named = rows.column(level) if level in rows.grain else labels(rows=rows, network=network, level=level)
            found.setdefault(level, set()).update(map(str, named))
    return tuple(
        Choice(level, tuple((label, label_name(reader, level, label)) for label in sorted(known - {""})))
        for level, known in found.items()
    )
