"""The ground of a grid: which rows a person sees under which nodes, in which periods, and what they hold.

Rows, hierarchy and units are remembered by what they are made of (tables, heads, scope), so that an edit finds them
again without building them anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from sandop.calendar import Periods
from sandop.network import Network
from sandop.plan import Key, Plan, Rows, Sheet, Values, by_month
from sandop.plan.hierarchy import Hierarchy
from sandop_web.access.actor import Actor
from sandop_web.access.grid.asked import MOST_PERIODS, GridAsked
from sandop_web.access.grid.views import DEMAND, View, view_of
from sandop_web.access.refusals import NotUnderstood
from sandop_web.access.scope import in_scope
from sandop_web.access.sheet_rows import SAME_GRAIN, chosen, labels, network_keys
from sandop_web.access.versions import version_of
from sandop_web.store.entries import Place, open_all, places, read_again
from sandop_web.store.models import Entry, Version
from sandop_web.store.models.plan import HEAD
from sandop_web.store.plans import read_network, read_settings
from sandop_web.store.remembering import remembered
from sandop_web.wording import say

_ROW_BYTES = 600  # about what a row of a layout takes


@dataclass(frozen=True, eq=False)
class Layout:
    """Rows and nodes of a view, for one scope.

    factor      plan units in one unit of the row, (row,); 1 where a row names no item
    unit        plan unit of the row, (row,); empty where it names no item
    one_unit    True where all rows below add up in one plan unit, (node,)
    """

    rows: Rows
    hierarchy: Hierarchy
    factor: Values
    unit: NDArray[np.object_]
    one_unit: NDArray[np.bool_]

    @cached_property
    def single(self) -> NDArray[np.bool_]:
        """True where exactly one row lies below, (node,)."""
        return np.asarray(self.hierarchy.stop - self.hierarchy.first == 1)

    @cached_property
    def step(self) -> int:
        """Decimals that a quantity has more in plan units than in its own."""
        smallest = float(self.factor.min()) if len(self.factor) else 1.0
        return max(0, int(np.ceil(-np.log10(smallest) - 1e-9)))


@dataclass(frozen=True, eq=False)
class Ground:
    """A view of a version for one person.

    levels   of the hierarchy, top first
    whole    all periods one may look at, periods those shown
    """

    by: Actor
    version: Version
    asked: GridAsked
    view: View
    levels: tuple[str, ...]
    network: Network
    layout: Layout
    whole: Periods
    periods: Periods

    @property
    def rows(self) -> Rows:
        """The rows, sorted."""
        return self.layout.rows

    @property
    def hierarchy(self) -> Hierarchy:
        """The nodes over them."""
        return self.layout.hierarchy

    @cached_property
    def every_row(self) -> Rows:
        """The rows of the view in the whole company, whoever looks."""
        return _every_row(self.view, self.network, _heads(self.version, self.view))

    @cached_property
    def items(self) -> NDArray[np.object_]:
        """The item of each row, (row,). Raises ValueError where rows speak of none."""
        found = _items(self.rows, self.network)
        if found is None:
            raise ValueError(f"rows of {self.view.grain} have no item")
        return found

    @property
    def cut(self) -> dict[str, str]:
        """Level → label to which all rows are cut down: what is wanted, and the person's scope."""
        scope = {"family": self.by.family, "region": self.by.region}
        return {level: label for level, label in {**self.asked.wanted, **_said(scope)}.items() if label}

    def counts_units(self, name: str) -> bool:
        """True for a measure in units, which goes up in plan units."""
        return self.view.measure(name).unit == "unit" and "item" in _parts(self.view.grain)

    def decimals(self, name: str) -> int:
        """Decimals of the measure as the grid shows it."""
        return self.view.measure(name).decimals + (self.layout.step if self.counts_units(name) else 0)

    def factor(self, name: str) -> Values:
        """Plan units in one unit of each row, (row,); 1 for what does not count units."""
        return self.layout.factor if self.counts_units(name) else np.ones(len(self.rows))

    def labels(self, level: str) -> NDArray[np.object_]:
        """The label of each row at a level of the view, (row,). Raises NotUnderstood for any other level."""
        known = (*self.view.levels, *self.view.more_levels)
        if level not in known:
            field = say("plans.column.level", self.by.language)
            raise NotUnderstood(field=field, value=level[:80], wanted=", ".join(known))
        return _labels(self.rows, self.network, level)

    def held(self, name: str, sheet: Sheet | None = None) -> Values:
        """What the rows hold in the periods shown, (row, period), in the measure's own unit; `sheet` instead of what
        the version keeps."""
        sheet = sheet or self.view.sheet(self.version, name)
        if sheet is None:
            return np.full((len(self.rows), len(self.periods)), np.nan)
        if sheet.periods.bucket != self.periods.bucket:
            sheet = by_month(sheet)
        return sheet.on(self.rows, self.periods).values

    def at_nodes(self, name: str, held: Values) -> Values:
        """What the nodes show, (node, period): plan units, rounded. `held` (row, period) is in the measure's own
        unit. Blank where rows do not add up: rates of several rows, several plan units."""
        totals = self.hierarchy.totals(held * self.factor(name)[:, None])
        if self.view.measure(name).over_rows != "sum":
            totals[~self.layout.single] = np.nan
        elif self.counts_units(name):
            totals[~self.layout.one_unit] = np.nan
        return np.round(totals, self.decimals(name)) + 0.0


def ground_of(*, by: Actor, version: int, asked: GridAsked) -> Ground:
    """The ground of what is asked for, in the person's scope. Raises NothingThere, NotUnderstood for a view, measure,
    level or period that does not exist."""
    found = version_of(by=by, version=version)
    view = view_of(by=by, asked=asked)
    levels = asked.levels or view.levels
    network = read_network(found)
    whole = _whole(found, view)
    layout = _layout(by, found, view, levels, asked.wanted, network)
    return Ground(by, found, asked, view, levels, network, layout, whole, _shown(by, whole, asked, found.start))


def _whole(version: Version, view: View) -> Periods:
    """The closed months and the planned periods; a plan in weeks shows demand by month, all else by week."""
    calendar = Plan(read_settings(version), Network.of()).calendar
    planned = calendar.planned_months if view.name == DEMAND else calendar.horizon
    return calendar.history.then(planned) if planned.bucket == "month" and len(calendar.history) else planned


def _shown(by: Actor, whole: Periods, asked: GridAsked, start: str) -> Periods:
    if asked.first and asked.first not in whole.position:
        wanted = f"{whole.labels[0]} … {whole.labels[-1]}"
        raise NotUnderstood(field=say("plans.head.period", by.language), value=asked.first[:80], wanted=wanted)
    first = whole.position.get(asked.first or start, 0)
    return whole.slice(first, min(first + min(max(asked.periods, 1), MOST_PERIODS), len(whole)))


def _layout(
    by: Actor, version: Version, view: View, levels: tuple[str, ...], wanted: Mapping[str, str], network: Network
) -> Layout:
    heads = _heads(version, view)
    tables = places(version, kinds=[Entry.Kind.TABLE])
    scope = (by.company_id, by.family, by.region, view.name, levels, tuple(sorted(wanted.items())))
    name = f"grid {scope!r} {' '.join(place.hash for place in (*heads, *tables))}"
    layout: Layout | None = remembered.get(name)
    if layout is None:
        rows = _rows(by, _every_row(view, network, heads), wanted, network)
        layout = _laid_out(rows, levels, network)
        remembered.keep(name, layout, _ROW_BYTES * len(rows))
    return layout


def _heads(version: Version, view: View) -> list[Place]:
    alike = [name for name in SAME_GRAIN if view.measure(name).grain == view.grain]
    names = {view.measure(name).name for name in view.measures} | set(alike)
    kinds = [Entry.Kind.INPUT, Entry.Kind.RESULT, Entry.Kind.PREVIOUS]
    return places(version, kinds=kinds, names=sorted(names), blocks=[HEAD])


def _said(labels: Mapping[str, str]) -> dict[str, str]:
    return {level: label for level, label in labels.items() if label}


def _rows(by: Actor, every: Rows, wanted: Mapping[str, str], network: Network) -> Rows:
    """The rows in scope and as wanted."""
    mask = in_scope(by=by, rows=every, network=network) & chosen(rows=every, network=network, wanted=wanted)
    return every if mask.all() else Rows(every.grain, tuple(key for key, keep in zip(every.keys, mask) if keep))


def _every_row(view: View, network: Network, heads: list[Place]) -> Rows:
    """The rows of all the view's measures and those people may still fill."""
    known = read_again(lambda: open_all(heads))
    keys: set[Key] = set(network_keys(view.grain, network))
    for rows in {place.hash: head.rows for place, head in known.items()}.values():
        keys.update(rows.keys)
    return Rows.of(view.grain, _still_there(keys, view.grain, network))


def _still_there(keys: set[Key], grain: tuple[str, ...], network: Network) -> Iterator[Key]:
    """The keys whose item or process the master tables still know: results may be older than the tables."""
    tables = {"item": network.items, "process": network.processes}
    asked = [(grain.index(part), table.position) for part, table in tables.items() if part in grain]
    return (key for key in keys if all(key[place] in known for place, known in asked))


def _laid_out(rows: Rows, levels: tuple[str, ...], network: Network) -> Layout:
    hierarchy = Hierarchy.of({level: _labels(rows, network, level) for level in levels}, len(rows))
    factor, unit = _units(rows, network)
    return Layout(rows, hierarchy, factor, unit, hierarchy.agrees(unit))


def _labels(rows: Rows, network: Network, level: str) -> NDArray[np.object_]:
    if level in rows.grain:
        return rows.column(level)
    if level == "site" and "resource" in rows.grain:
        sites = dict(zip(network.resources.resource, network.resources.site))
        return _column([sites.get(name, "") for name in rows.column("resource")])
    return labels(rows=rows, network=network, level=level)


def _units(rows: Rows, network: Network) -> tuple[Values, NDArray[np.object_]]:
    """Plan units in one unit of each row, and the plan unit, (row,)."""
    items = _items(rows, network)
    if items is None:
        return np.ones(len(rows)), _column([""] * len(rows))
    place = network.items.places(items)
    unit = dict(zip(network.families.family, network.families.unit))
    units = _column([str(unit.get(family, "")) for family in network.items.family[place]])
    return network.items.plan_factor[place], units


def _items(rows: Rows, network: Network) -> NDArray[np.object_] | None:
    if "item" in rows.grain:
        return rows.column("item")
    if "process" in rows.grain:
        items = dict(zip(network.processes.process, network.processes.item))
        return _column([items.get(name, "") for name in rows.column("process")])
    return None


def _parts(grain: tuple[str, ...]) -> tuple[str, ...]:
    """What a row's name speaks of: a process speaks of its item."""
    return (*grain, "item") if "process" in grain else grain


def _column(values: list[str]) -> NDArray[np.object_]:
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return column
