"""Up and down the hierarchies: roll-up skips blanks, spread is in proportion and returns to its total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sandop.calendar import Periods
from sandop.measures import measure
from sandop.network import Network
from sandop.plan.sheet import Key, Rows, Sheet, Values

# Which key column a level of a hierarchy belongs to, in the order of preference.
_LEVEL_OF: dict[str, str] = {
    "family": "item",
    "kind": "item",
    "strategy": "item",
    "region": "customer",
    "segment": "customer",
    "priority": "customer",
}


@dataclass(frozen=True, eq=False)
class Level:
    """A level of the hierarchy over some rows: `rows` are the nodes, `node` (row,) the node of each series."""

    rows: Rows
    node: NDArray[np.int64]

    def total(self, values: Values) -> Values:
        """Sum of `values` (row, period) by node, (node, period); blanks are skipped, all blank stays blank."""
        if not len(self.node):
            return np.zeros((len(self.rows), values.shape[1]))
        order = np.argsort(self.node, kind="stable")
        starts = np.searchsorted(self.node[order], np.arange(len(self.rows)))
        known = ~np.isnan(values)
        sums = np.add.reduceat(np.where(known, values, 0.0)[order], starts, axis=0)
        counts = np.add.reduceat(known[order], starts, axis=0)
        return np.where(counts > 0, sums, np.nan)

    def joins_several(self, labels: NDArray[np.object_]) -> NDArray[np.bool_]:
        """True where a node's rows have different `labels` (row,), such as units that cannot be added, (node,)."""
        _, code = np.unique(labels.astype(str), return_inverse=True)
        pairs = np.unique(np.stack([self.node, code], axis=1), axis=0)
        several: NDArray[np.bool_] = np.bincount(pairs[:, 0], minlength=len(self.rows)) > 1
        return several


def level(rows: Rows, network: Network, by: Sequence[str]) -> Level:
    """The nodes that `by` makes of the rows: key columns ("item", "customer") or levels above ("family",
    "region", "segment", "strategy"); empty `by` is the whole company.

    Raises ValueError for a level that the rows do not have.
    """
    columns = [_labels(rows, network, name) for name in by]
    keys: list[Key] = list(zip(*columns)) if columns else [("",)] * len(rows)
    nodes = Rows.of(tuple(by) or ("company",), keys)
    return Level(nodes, nodes.places(keys))


def roll_up(sheet: Sheet, network: Network, *, by: Sequence[str]) -> Sheet:
    """The sheet at a higher level: flows and levels are summed over rows.

    Quantities in units are converted to the plan unit of their family; a total over families of different
    plan units raises ValueError, because units are never mixed. So does a measure that does not add up.
    """
    if measure(sheet.name).over_rows != "sum":
        raise ValueError(f"{sheet.name} does not add up over rows")
    at = level(sheet.rows, network, by)
    return Sheet(sheet.name, at.rows, sheet.periods, at.total(in_plan_units(sheet, network, at)))


def in_plan_units(sheet: Sheet, network: Network, at: Level) -> Values:
    """Values (row, period) in plan units, where the sheet counts units and the nodes join several items.

    Raises ValueError where a node joins families of different plan units.
    """
    if sheet.unit != "unit" or "item" in at.rows.grain or "item" not in sheet.rows.grain:
        return sheet.values
    place = network.items.places(sheet.rows.column("item"))
    units = dict(zip(network.families.keys, network.families.unit))
    unit_of_row = np.array([units[family] for family in network.items.family[place]], dtype=object)
    mixed = np.flatnonzero(at.joins_several(unit_of_row))
    if len(mixed):
        raise ValueError(f"{sheet.name}: {at.rows.keys[mixed[0]]} joins families of different plan units")
    return sheet.values * network.items.plan_factor[place][:, None]


def spread(*, totals: Values, pattern: Values, at: Level) -> Values:
    """`totals` (node, period) down to the rows, (row, period), in proportion to `pattern` (row, period).

    Where a node's pattern is zero or blank the total is spread evenly. A blank total leaves its rows blank.
    The rows of a node add up to its total exactly as floating point allows.
    """
    weight = np.where(np.isnan(pattern) | (pattern < 0), 0.0, pattern)
    count = np.bincount(at.node, minlength=len(at.rows)).astype(np.float64)
    sums = at.total(weight)[at.node]
    even = (1.0 / count)[at.node][:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(sums > 0, weight / sums, even)
    return share * totals[at.node]


def by_month(sheet: Sheet) -> Sheet:
    """A sheet of weeks as months: flows are summed, levels take the last week."""
    if sheet.periods.bucket == "month":
        return sheet
    return _over_time(sheet, sheet.periods.month_of, Periods.of_labels(sheet.periods.month_labels))


def _over_time(sheet: Sheet, node: NDArray[np.int64], periods: Periods) -> Sheet:
    starts = np.searchsorted(node, np.arange(len(periods)))
    if measure(sheet.name).over_time == "last":
        values = sheet.values[:, np.append(starts[1:], len(node)) - 1]
    else:
        columns = [_sum_known(part) for part in np.split(sheet.values, starts[1:], axis=1)]
        values = np.stack(columns, axis=1)
    return Sheet(sheet.name, sheet.rows, periods, values)


def _sum_known(values: Values) -> Values:
    known = ~np.isnan(values)
    return np.where(known.any(axis=1), np.where(known, values, 0.0).sum(axis=1), np.nan)


def _labels(rows: Rows, network: Network, name: str) -> NDArray[np.object_]:
    if name in rows.grain:
        return rows.column(name)
    part = _LEVEL_OF.get(name, "")
    if part not in rows.grain:
        raise ValueError(f"rows of {rows.grain} have no level {name!r}")
    above: Mapping[str, str] = network.parents[part][name]
    labels = np.empty(len(rows), dtype=object)
    labels[:] = [above[label] for label in rows.column(part)]
    return labels
