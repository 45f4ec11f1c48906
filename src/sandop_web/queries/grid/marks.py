"""Who changed which cell last: marks of the rows' nodes, and of the nodes above how many there are below."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from sandop_web.access.grid.ground import Ground
from sandop_web.access.grid.locks import is_override
from sandop_web.access.grid.names import people_names
from sandop_web.access.grid.overrides import DemandWithOverrides, scope_of
from sandop_web.access.grid.shown import GridMark
from sandop_web.store.models import Change, MasterChange
from sandop_web.store.reasons import amended_reasons

MOST = 5_000
_LOOKED_AT = 10_000  # changes of which the latest of each cell is looked for
_Cells = dict[tuple[str, int, str], GridMark]


def marks_of(ground: Ground, names: Iterable[str], demand: DemandWithOverrides | None) -> tuple[GridMark, ...]:
    """The latest change of each cell shown, rows' nodes first, at most 5,000; of the overrides too."""
    called = people_names(ground.by)
    cells: _Cells = {}
    inputs = [name for name in names if ground.view.kind(name) == "input"]
    for mark in _changed(ground, inputs, called):
        _add(cells, mark)
    if demand is not None and any(is_override(ground.view, name) for name in names):
        for mark in _overridden(ground, demand, called):
            cells[mark.measure, mark.node, mark.period] = mark
    marks = list(cells.values())[:MOST]
    return (*marks, *_above(ground, marks, cells))[:MOST]


def _add(cells: _Cells, mark: GridMark) -> None:
    """The first one met of a cell is its latest; several rows below one node count together."""
    place = mark.measure, mark.node, mark.period
    known = cells.get(place)
    cells[place] = mark if known is None else replace(known, cells=known.cells + 1, before=None)


def _changed(ground: Ground, names: list[str], called: Callable[[str], str]) -> Iterator[GridMark]:
    """One mark per changed row and period, the latest change of each."""
    found = Change.objects.filter(version=ground.version, measure__in=names, period__in=ground.periods.labels)
    columns = found.order_by("-pk").values_list("measure", "row", "period", "person", "at", "why", "before", "batch")
    factors = {name: ground.factor(name) for name in names}
    seen: set[tuple[str, int, str]] = set()
    reasons = amended_reasons(ground.version)
    for name, row, period, person, at, why, before, batch in columns[:_LOOKED_AT]:
        place = ground.rows.position.get(tuple(row))
        if place is None or (name, place, period) in seen:
            continue
        seen.add((name, place, period))
        shown = None if before is None else round(before * float(factors[name][place]), ground.decimals(name))
        now = reasons.get(batch, why)
        mark = GridMark(name, int(ground.hierarchy.leaf[place]), period, person, called(person), at, now, shown)
        yield replace(mark, batch=str(batch), first="" if now == why else why)


def _overridden(ground: Ground, demand: DemandWithOverrides, called: Callable[[str], str]) -> Iterator[GridMark]:
    """One mark per override that takes effect at a node of this grid, later ones in place of earlier ones."""
    added, reasons = _added(ground), amended_reasons(ground.version)
    for number, said in demand.effects.items():
        row = demand.rows.get(number)
        node = None if row is None else _node(ground, scope_of(row))
        if row is None or node is None or row["period"] not in ground.periods.position:
            continue
        person, before = str(row["who"]), said["before"]
        at, batch = added.get(number) or (_day(str(row["when"]), ground.by.time_zone), None)
        old = float(before) if isinstance(before, int | float) else None
        why = str(row["why"])
        now = reasons.get(batch, why) if batch else why
        mark = GridMark("demand", node, str(row["period"]), person, called(person), at, now, old)
        first = "" if now == why else why
        yield replace(mark, pending=number in demand.pending, batch=str(batch or ""), first=first)


def _node(ground: Ground, scope: Mapping[str, str]) -> int | None:
    """The node that stands for exactly what an override speaks of; None where this grid has none."""
    implied = {**_above_of(ground, scope), **scope}
    if any(implied.get(level) != label for level, label in ground.cut.items()):
        return None
    spare = (implied.keys() - scope.keys()) | ground.cut.keys()
    own = {level: label for level, label in implied.items() if level in ground.levels or level not in spare}
    return ground.hierarchy.node(own)


def _above_of(ground: Ground, scope: Mapping[str, str]) -> dict[str, str]:
    """The levels above that a scope implies: the family of its item, the region of its customer."""
    items, customers = ground.network.items, ground.network.customers
    above = {}
    if scope.get("item") in items.position:
        above["family"] = str(items.family[items.position[scope["item"]]])
    if scope.get("customer") in customers.position:
        above["region"] = str(customers.region[customers.position[scope["customer"]]])
    return above


def _added(ground: Ground) -> dict[str, tuple[dt.datetime, uuid.UUID | None]]:
    """Number of an override → when it was given, with what others; the table itself only knows the day."""
    added = MasterChange.objects.filter(version=ground.version, table="overrides", column="").order_by("pk")
    return {str(key[0]): (at, batch) for key, at, batch in added.values_list("key", "at", "batch")}


def _day(day: str, zone: str) -> dt.datetime:
    return dt.datetime.combine(dt.date.fromisoformat(day), dt.time(), tzinfo=ZoneInfo(zone))


def _above(ground: Ground, marks: Iterable[GridMark], marked: Container[object]) -> Iterator[GridMark]:
    """Marks of the nodes above changed rows that are not `marked` themselves: the latest of them, and how many there
    are."""
    latest: dict[tuple[str, int, str], GridMark] = {}
    count: Counter[tuple[str, int, str]] = Counter()
    parent = ground.hierarchy.parent.tolist()
    for mark in marks:
        node = parent[mark.node]
        while node >= 0:
            cell = mark.measure, node, mark.period
            count[cell] += mark.cells
            if cell not in latest or mark.at > latest[cell].at:
                latest[cell] = mark
            node = parent[node]
    for cell, mark in latest.items():
        if cell not in marked:
            yield replace(mark, node=cell[1], cells=count[cell], before=None)
