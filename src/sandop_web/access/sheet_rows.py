"""Rows of a sheet as people look for them: names beside ids, levels above, and the rows they may still fill."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sandop.calendar import Periods
from sandop.io.read_sheets import span_periods
from sandop.measures import Measure, measure, measures
from sandop.network import Network
from sandop.plan import Key, Plan, Rows, Sheet
from sandop.tables import Table
from sandop.wording import currency_name, messages
from sandop_web.access.actor import Actor
from sandop_web.access.refusals import NotUnderstood
from sandop_web.store.models import Version
from sandop_web.store.plans import read_settings, read_sheets
from sandop_web.wording import say

# Level → part of a row's name that it is asked of, in the order of preference.
_LEVELS: Mapping[str, tuple[str, ...]] = {
    "family": ("family", "item", "process"),
    "region": ("customer", "site", "destination"),
    "customer": ("customer",),
    "item": ("item", "process"),
    "site": ("site", "destination"),
    "resource": ("resource",),
    "supplier": ("supplier",),
}
LEVELS = tuple(_LEVELS)
SAME_GRAIN = ("orders", "demand", "price", "shipments")  # where rows nobody has filled yet are taken from


@dataclass(frozen=True)
class Part:
    """One id of a row with its names; an id that has none is its own name."""

    id: str
    name: str
    name_zh: str


def known_measure(*, by: Actor, name: str) -> Measure:
    """The measure of this name. Raises NotUnderstood."""
    if name not in measures():
        wanted = "sales_forecast, capacity_regular, …"
        raise NotUnderstood(field=say("plans.head.measure", by.language), value=name[:80], wanted=wanted)
    return measures()[name]


def known_row(*, by: Actor, name: str, row: Key) -> Key:
    """The row as a name of the measure's grain. Raises NotUnderstood, as `known_measure`."""
    grain = known_measure(by=by, name=name).grain
    if len(row) != len(grain):
        field = say("plans.head.row", by.language)
        raise NotUnderstood(field=field, value=" · ".join(row)[:80], wanted=" · ".join(grain))
    return row


def parts_of(*, grain: Sequence[str], key: Key, network: Network) -> tuple[Part, ...]:
    """The ids of a row with their names."""
    return tuple(_part(network, what, name) for what, name in zip(grain, key))


def part_named(*, network: Network, level: str, label: str) -> Part:
    """A label of a level with its names."""
    return _part(network, level, label)


def levels_of(grain: Sequence[str]) -> tuple[str, ...]:
    """The levels by which rows of this grain can be chosen and added up."""
    return tuple(level for level, parts in _LEVELS.items() if any(part in grain for part in parts))


def labels(*, rows: Rows, network: Network, level: str) -> NDArray[np.object_]:
    """The label of each row at a level such as family or region, (row,); blank where nobody knows it."""
    part = next(part for part in _LEVELS[level] if part in rows.grain)
    return _above(rows.column(part), part, level, network)


def chosen(*, rows: Rows, network: Network, wanted: Mapping[str, str]) -> NDArray[np.bool_]:
    """True for the rows of all the wanted labels, (row,): `{"family": "DOM", "region": "East"}`. A blank label, and
    a level the rows do not have, chooses all."""
    mask = np.ones(len(rows), dtype=bool)
    for level in levels_of(rows.grain):
        if wanted.get(level):
            mask &= labels(rows=rows, network=network, level=level) == wanted[level]
    return mask


def speaking_of(*, rows: Rows, network: Network, text: str) -> NDArray[np.bool_]:
    """True for the rows in whose ids or names the text occurs, (row,)."""
    wanted = text.casefold()
    mask = np.zeros(len(rows), dtype=bool)
    for part in rows.grain:
        ids = rows.column(part)
        found = {
            name for name in set(ids) if wanted in " ".join(vars(_part(network, part, name)).values()).casefold()
        }
        mask |= np.array([name in found for name in ids], dtype=bool)
    return mask


def rows_to_fill(*, version: Version, name: str, network: Network) -> Rows:
    """Rows of an input measure that people may fill, whether anybody has yet: those of the sheets on the same grain,
    or the ids of the network."""
    grain = measure(name).grain
    like = [other for other in dict.fromkeys((name, *SAME_GRAIN)) if measure(other).grain == grain]
    sheets: list[Sheet] = []
    for kind in ("input", "result"):
        sheets += read_sheets(version, kind, like).values()
    keys: list[Key] = [key for sheet in sheets for key in sheet.rows.keys]
    return Rows.of(grain, [*keys, *network_keys(grain, network)])


def periods_spoken_of(*, version: Version, name: str) -> Periods:
    """The periods of which a measure speaks in this version's calendar."""
    calendar = Plan(read_settings(version), Network.of()).calendar
    weeks = measure(name).span == "weeks"
    return calendar.horizon if weeks else span_periods(measure(name), calendar, weeks=False) or calendar.horizon


def network_keys(grain: tuple[str, ...], network: Network) -> list[Key]:
    """The rows of this grain that the master tables alone know: sources, opening stock, single ids."""
    if grain == ("item", "site", "supplier"):
        return [tuple(key) for key in network.sources.keys]
    if grain == ("item", "site"):
        return [tuple(key) for key in network.opening_stock.keys]
    if grain == ("currency",):
        spoken = {*network.customers.currency, *network.sources.currency} - {""}
        return [(currency,) for currency in spoken]
    table = _TABLE_OF.get(grain[0]) if len(grain) == 1 else None
    return [] if table is None else [(key,) for key in getattr(network, table).keys]


_TABLE_OF: Mapping[str, str] = {
    "item": "items",
    "site": "sites",
    "origin": "sites",
    "destination": "sites",
    "customer": "customers",
    "resource": "resources",
    "supplier": "suppliers",
    "family": "families",
    "process": "processes",
    "person": "people",
}


def _part(network: Network, part: str, name: str) -> Part:
    if part == "process" and name in network.processes.position:
        return _process(network, network.processes.row(network.processes.position[name]), name)
    if part == "currency":
        return Part(name, name, currency_name(name, "zh"))
    if part not in _TABLE_OF:  # a region, the company as a whole
        words = (f"pack.{part}.{name}", f"plans.word.{name}")
        word = next((word for word in words if word in messages()), "")
        return Part(name, say(word, "en"), say(word, "zh")) if word else Part(name, name, "")
    table: Any = getattr(network, _TABLE_OF[part])
    if name not in table.position or not hasattr(table, "name"):
        return Part(name, name, "")
    place = table.position[name]
    return Part(name, str(table.name[place] or name), str(table.name_zh[place]))


def _process(network: Network, row: Mapping[str, Any], name: str) -> Part:
    """A process by what it makes and where."""
    makes, at = (_part(network, part, str(row[part])) for part in ("item", "site"))
    return Part(name, f"{makes.name} · {at.name}", f"{makes.name_zh or makes.name} · {at.name_zh or at.name}")


def _above(ids: NDArray[np.object_], part: str, level: str, network: Network) -> NDArray[np.object_]:
    if part == level or (level, part) == ("site", "destination"):
        return ids
    if part == "process":
        return _above(_looked_up(ids, network.processes, "item"), "item", level, network)
    return _looked_up(ids, getattr(network, _TABLE_OF[part]), level)


def _looked_up(ids: NDArray[np.object_], table: Table, column: str) -> NDArray[np.object_]:
    known = dict(zip(table.keys, getattr(table, column)))
    found = np.empty(len(ids), dtype=object)
    found[:] = [known.get(name, "") for name in ids]
    return found
