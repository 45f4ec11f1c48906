"""What the plants made, shipped and held month by month: one plain rule, repeated.

Every identity holds in whole units: backlog(t) = backlog(t-1) + orders - shipments for every series, and
stock(t) = stock(t-1) + production - shipments for every item over all sites (nothing is adjusted).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sandop_demo.explosion import Explosion, users_first
from sandop_demo.keeping import kept_at
from sandop_demo.pumps.customers import BUYERS
from sandop_demo.pumps.market import Market
from sandop_demo.pumps.products import FAMILY, Finished
from sandop_demo.seeds import stream

Values = NDArray[np.float64]
Places = NDArray[np.int64]
Points = tuple[tuple[str, str], ...]

FORESIGHT_ERROR = 0.18  # scatter of what the planner expects of an item at a site
IN_TIME = 0.90  # share of what a month brings into stock that comes early enough to be shipped in it
LEAST_READY = 0.90  # of the orders to make, at least this share is ready in the month asked for; often all is
COVERED = 3  # months of coming use over which the cover of parts is averaged, so that it spans the festival
PART_COVER = {"CMP": 0.30, "BUY": 0.50, "MAT": 0.40}  # months of use held of parts and materials


@dataclass(frozen=True, eq=False)
class Flows:
    """Months of making and shipping finished items.

    points     (item, site) where they lie
    shipments  units, (row of the market, month)
    received   units made and brought to the site, (point, month)
    held       units at the end of the month, (point, month)
    """

    points: Points
    shipments: Values
    received: Values
    held: Values

    def made(self, items: Sequence[str]) -> Values:
        """Units made of each item, (item, month)."""
        place = np.array([items.index(item) for item, _ in self.points])
        return summed(self.received, place, len(items))


@dataclass(frozen=True, eq=False)
class _Rule:
    """How the planner fills a point: stock up to `level` (point, month), or the `ready` share of what is owed
    where nothing is stocked; nothing where `blocked`."""

    stocked: NDArray[np.bool_]
    level: Values
    ready: Values
    blocked: NDArray[np.bool_]
    opening: Values

    def receipts(self, month: int, stock: Values, owed: Values) -> Values:
        wanted = np.where(self.stocked, self.level[:, month], np.ceil(owed * self.ready[:, month]))
        return np.where(self.blocked[:, month], 0.0, np.maximum(wanted - stock, 0.0))


def flows(*, seed: int, world: Market, items: Sequence[Finished]) -> Flows:
    """The drawn months of `world`: make what is expected and owed up to the family's cover of the next month, and
    ship to key accounts first."""
    points: Points = tuple(sorted({(key[0], key[1]) for key in world.rows.keys}))
    point_of = np.array([points.index((key[0], key[1])) for key in world.rows.keys])
    rule, order = _rule(seed, world, items, points, point_of), _serving_order(world)
    orders = world.orders
    stock, backlog = rule.opening, np.zeros(len(world.rows))
    shipments, received, held = np.zeros_like(orders), [], []
    for month in range(orders.shape[1]):
        owed = backlog + orders[:, month]
        got = rule.receipts(month, stock, summed(owed, point_of, len(points)))
        in_time = np.where(rule.stocked, np.floor(IN_TIME * got), got)
        sent = _served(owed, stock + in_time, point_of, order)
        stock = stock + got - summed(sent, point_of, len(points))
        shipments[:, month], backlog = sent, owed - sent
        received.append(got)
        held.append(stock)
    return Flows(points, shipments, np.array(received).T, np.array(held).T)


def summed(values: Values, place: Places, count: int) -> Values:
    """`values` (row, ...) summed by `place` (row,), (count, ...)."""
    total = np.zeros((count, *values.shape[1:]))
    np.add.at(total, place, values)
    return total


def _rule(seed: int, world: Market, items: Sequence[Finished], points: Points, point_of: Places) -> _Rule:
    months = world.orders.shape[1]
    family = {one.item: FAMILY[one.family] for one in items}
    cover = np.array([family[item].cover for item, _ in points])
    expected = summed(world.mean, point_of, len(points))
    seen = [stream(seed, "foresight", *point).normal(1, FORESIGHT_ERROR, 240)[:months] for point in points]
    ready = [stream(seed, "ready", *point).uniform(LEAST_READY, 1.06, 240)[:months] for point in points]
    level = np.round(expected[:, :months] * np.array(seen) + cover[:, None] * expected[:, 1 : months + 1])
    opening = np.round(cover * expected[:, 0])
    blocked = summed(world.stocked_out, point_of, len(points)) > 0
    return _Rule(cover > 0, level, np.minimum(np.array(ready), 1.0), blocked, opening)


def _serving_order(world: Market) -> list[Places]:
    """Rows by customer, key accounts first."""
    ranked = sorted(BUYERS, key=lambda buyer: (buyer.priority, buyer.customer))
    return [np.flatnonzero(world.rows.where(customer=buyer.customer)) for buyer in ranked]


def _served(owed: Values, available: Values, point_of: Places, order: Sequence[Places]) -> Values:
    sent, left = np.zeros_like(owed), available.copy()
    for rows in order:
        sent[rows] = np.minimum(owed[rows], left[point_of[rows]])
        left[point_of[rows]] -= sent[rows]
    return sent


@dataclass(frozen=True, eq=False)
class PartFlows:
    """Parts and materials at the plants that use them: made or bought, and held at month end, (point, month)."""

    points: Points
    received: Values
    held: Values


def mean_ahead(use: Values) -> Values:
    """Mean of `use` (month,) over each month and the two after it, (month,), two months shorter."""
    return np.asarray(np.convolve(use, np.ones(COVERED) / COVERED, mode="valid"))


def part_flows(
    *, bill: Explosion, made: Values, expected: Values, families: Sequence[str], plants: Sequence[str]
) -> PartFlows:
    """What making `made` (item, month) took of every part, and what was received to hold its cover of the use that
    `expected` demand (item, month + 3) has in the months after. Items are those of `bill`."""
    site, output = np.array(bill.site), made.copy()
    coming = bill.required(expected)
    points: list[tuple[str, str]] = []
    received: list[Values] = []
    held: list[Values] = []
    for part in users_first(bill):
        for plant in plants:
            use = np.where(site == plant, bill.uses[part], 0.0)
            if use.any():
                target = np.ceil(PART_COVER.get(families[part], 0.0) * mean_ahead(use @ coming))
                got, stock = kept_at(target, np.ceil(use @ output))
                points.append((bill.items[part], plant))
                received.append(got)
                held.append(stock)
                output[part] += got
    return PartFlows(tuple(points), np.array(received), np.array(held))
