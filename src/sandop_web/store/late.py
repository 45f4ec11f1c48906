"""How much late numbers weigh: the change of the family they touch most, as a share of its total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from sandop.measures import measure
from sandop.network import Network
from sandop.plan import Key, Sheet
from sandop_web.store.blanks import cell_of
from sandop_web.store.edits import Edit
from sandop_web.store.models import Version
from sandop_web.store.plans import read_network, read_sheet

_DEMAND = "demand"


def weight_of(*, version: Version, cells: Sequence[Edit]) -> float:
    """Share of the family (of a resource, supplier or site: of itself) that the cells change most.

    Changes without regard to sign, over the total of the family in the months the cells touch: planned demand where
    the measure counts demand in units, the measure's own numbers else (capacity: hours). Units count in the plan unit
    of the family. A blank held what was planned for it. 1 where there was nothing to compare with.
    """
    network = read_network(version)
    by_measure: dict[str, list[Edit]] = {}
    for cell in cells:
        by_measure.setdefault(cell.measure, []).append(cell)
    shares = [
        share for name, touched in by_measure.items() for share in _shares(version, network, name, touched).values()
    ]
    return max(shares, default=0.0)


def _shares(version: Version, network: Network, name: str, cells: Sequence[Edit]) -> dict[str, float]:
    """Node → share that the cells of one measure change of it."""
    total = _compared_with(version, name)
    nodes = _Nodes(network, measure(name).grain, measure(name).unit == "unit")
    changed: dict[str, float] = {}
    for cell in cells:
        before = cell.before if cell.before is not None else cell_of(total, cell.row, cell.period) or 0.0
        change = abs((cell.after or 0.0) - before) * nodes.factor(cell.row)
        changed[nodes.of(cell.row)] = changed.get(nodes.of(cell.row), 0.0) + change
    periods = {cell.period for cell in cells}
    totals = {} if total is None else _totals(total, nodes, periods)
    return {node: _share(change, totals.get(node, 0.0)) for node, change in changed.items()}


def _share(change: float, total: float) -> float:
    if change == 0.0:
        return 0.0
    return change / total if total > 0.0 else 1.0


def _compared_with(version: Version, name: str) -> Sheet | None:
    """The demand plan for what counts demand in units, else the measure as it stands."""
    known = measure(name)
    if known.unit == "unit" and known.grain == ("item", "site", "customer") and known.span == "horizon":
        planned = read_sheet(version, "result", _DEMAND)
        if planned is not None:
            return planned
    return read_sheet(version, "input", name)


def _totals(sheet: Sheet, nodes: _Nodes, periods: set[str]) -> Mapping[str, float]:
    columns = [place for label, place in sheet.periods.position.items() if label in periods]
    sums = np.nansum(np.abs(sheet.values[:, columns]), axis=1)
    totals: dict[str, float] = {}
    for row, value in zip(sheet.rows.keys, sums.tolist()):
        totals[nodes.of(row)] = totals.get(nodes.of(row), 0.0) + value * nodes.factor(row)
    return totals


class _Nodes:
    """What a row adds up to: the family of its item; without one, its own first name."""

    def __init__(self, network: Network, grain: tuple[str, ...], units: bool) -> None:
        items = network.items
        self._families = dict(zip(items.keys, items.family))
        self._factors = dict(zip(items.keys, items.plan_factor.tolist()))
        self._item_of = dict(zip(network.processes.keys, network.processes.item))
        self._grain, self._units = grain, units

    def of(self, row: Key) -> str:
        return str(self._families.get(self._item(row), row[0] if row else ""))

    def factor(self, row: Key) -> float:
        """Plan units in one unit of the row."""
        return float(self._factors.get(self._item(row), 1.0)) if self._units else 1.0

    def _item(self, row: Key) -> str:
        if "item" in self._grain:
            return row[self._grain.index("item")]
        return str(self._item_of.get(row[0], "")) if "process" in self._grain else ""
