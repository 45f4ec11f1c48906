"""A key figure as upper / lower, node by node and month by month, so that what its nodes contribute adds up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sandop.pack.figures import known, share
from sandop.plan import Sheet, level
from sandop.scenario import Month
from sandop_web.queries.steps.content import Reading

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Portion:
    """What a node has to do with a key figure.

    upper, lower   its amounts over the months that count
    effect         how far it moves the figure away from the base, in the figure's own unit; over all nodes the
                   effects add up to figure - base
    """

    node: str
    upper: float
    lower: float
    effect: float

    @property
    def figure(self) -> float:
        """The key figure of the node alone; blank where it has no lower part."""
        return share(self.upper, self.lower)


@dataclass(frozen=True, eq=False)
class Ratio:
    """A key figure over the nodes of a level.

    upper, lower   (node, month); a blank adds nothing
    closed         the first so many months have happened, the others are planned
    counted        the months that the figure of the scorecard speaks of, (month,)
    pace           by what a month's own ratio is multiplied so that it reads like the figure, (month,)
    """

    level: str
    nodes: tuple[str, ...]
    upper: Numbers
    lower: Numbers
    months: tuple[str, ...]
    closed: int
    counted: Flags
    pace: Numbers | None = None

    @property
    def value(self) -> float:
        """The figure over the months that count; blank without a lower part."""
        return share(float(np.nansum(self.upper[:, self.counted])), float(np.nansum(self.lower[:, self.counted])))

    def by_month(self) -> Numbers:
        """The figure in each month, (month,); blank where nothing is known."""
        upper, lower = _total(self.upper), _total(self.lower)
        ratio: Numbers = np.divide(upper, lower, out=np.full(lower.shape, np.nan), where=lower > 0)
        return ratio if self.pace is None else ratio * self.pace

    def portions(self, *, base: float) -> list[Portion]:
        """Every node that counts, each with (upper - base x lower) / all lower as its effect."""
        upper = np.nansum(self.upper[:, self.counted], axis=1)
        lower = np.nansum(self.lower[:, self.counted], axis=1)
        whole = float(lower.sum())
        return [
            Portion(node, float(above), float(below), share(float(above - base * below), whole))
            for node, above, below in zip(self.nodes, upper, lower)
            if above or below
        ]


Made = Callable[[Reading], Sequence[Ratio]]


def ratio_at(
    month: Month,
    by: str,
    upper: Sequence[Sheet],
    lower: Sequence[Sheet],
    *,
    counted: Sequence[str],
    pace: Numbers | None = None,
) -> Ratio:
    """The ratio of sheets by month, added up to the level `by` ("family", "customer", "item"); closed and planned
    months may come in sheets of their own.

    upper, lower   sheets of any grain that has the level, (row, month) each
    counted        the months that the figure speaks of
    pace           what a month's own ratio is multiplied by, (month,)
    """
    months = month.plan.calendar.all_months.labels
    sums = [_by_node(month, by, sheets, months) for sheets in (upper, lower)]
    nodes = tuple(sorted({*sums[0], *sums[1]}))
    blank = np.full(len(months), np.nan)
    above, below = (
        np.array([found.get(node, blank) for node in nodes]).reshape(len(nodes), len(months)) for found in sums
    )
    closed = len(month.plan.calendar.history)
    wanted = set(counted)
    return Ratio(by, nodes, above, below, months, closed, np.array([label in wanted for label in months]), pace)


def at_cost(month: Month, sheet: Sheet) -> Sheet:
    """Units at standard cost, plan currency, so that different units may be added."""
    items = month.plan.network.items
    return sheet.with_values(sheet.values * items.value[items.places(sheet.rows.column("item"))][:, None])


def _by_node(month: Month, by: str, sheets: Sequence[Sheet], months: tuple[str, ...]) -> dict[str, Numbers]:
    position = {label: place for place, label in enumerate(months)}
    found: dict[str, Numbers] = {}
    for sheet in sheets:
        if not len(sheet.rows):
            continue
        inside = [place for place, label in enumerate(sheet.periods.labels) if label in position]
        columns = [position[sheet.periods.labels[place]] for place in inside]
        at = level(sheet.rows, month.plan.network, [by])
        for key, row in zip(at.rows.keys, at.total(sheet.values[:, inside])):
            kept = found.setdefault(key[0], np.full(len(months), np.nan))
            kept[columns] = np.where(np.isnan(row), kept[columns], np.nan_to_num(kept[columns]) + row)
    return found


def _total(values: Numbers) -> Numbers:
    """Sum over the nodes of what is known, (month,); blank where nothing is."""
    heard = ~np.isnan(values)
    summed: Numbers = np.where(heard.any(axis=0), np.nansum(values, axis=0), np.nan)
    return summed


def harm(effect: float, *, better: str, value: float, base: float) -> float:
    """How much an effect makes the figure miss; negative where it helps. `better` as in the library: high, low,
    near (a bias: what pushes it the way it leans)."""
    if better == "high":
        return -effect
    if better == "low":
        return effect
    return effect if not known(value) or value >= base else -effect


@dataclass(frozen=True, eq=False)
class Peak(Ratio):
    """A key figure that is the highest of all nodes and months. What a node contributes are its amounts beyond the
    base, over all months: the figure itself is one node in one month."""

    @property
    def value(self) -> float:
        """The highest ratio of any node and month; blank without a lower part."""
        ratio = self._ratio()
        return float(np.nanmax(ratio)) if not np.isnan(ratio).all() else float("nan")

    def by_month(self) -> Numbers:
        """The highest ratio of each month, (month,)."""
        ratio = self._ratio()
        most = np.nan_to_num(ratio, nan=-1.0).max(axis=0, initial=-1.0)  # in a scope without nodes too
        highest: Numbers = np.where(np.isnan(ratio).all(axis=0), np.nan, most)
        return highest

    def portions(self, *, base: float) -> list[Portion]:
        """Every node in the month of its highest ratio; the effect is what it has beyond base x lower in all
        months."""
        ratio = np.nan_to_num(self._ratio(), nan=-1.0)
        place = ratio.argmax(axis=1)
        beyond = np.nansum(np.maximum(self.upper - base * self.lower, 0.0), axis=1)
        return [
            Portion(node, float(self.upper[row, place[row]]), float(self.lower[row, place[row]]), float(beyond[row]))
            for row, node in enumerate(self.nodes)
            if ratio[row, place[row]] > 0
        ]

    def month_of(self, node: str) -> str:
        """The month of the node's highest ratio."""
        ratio = np.nan_to_num(self._ratio()[self.nodes.index(node)], nan=-1.0)
        return self.months[int(ratio.argmax())]

    def _ratio(self) -> Numbers:
        heard = np.nan_to_num(self.lower) > 0
        ratio: Numbers = np.divide(self.upper, self.lower, out=np.full(self.upper.shape, np.nan), where=heard)
        return ratio
