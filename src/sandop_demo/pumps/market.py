"""Demand: a mean that everybody could know in hindsight, and the orders that fall around it.

mean = level x growth x season x (1 + festival) x events x life of the item. Orders scatter around the mean:
families share slow waves; stocked pumps vary smoothly, pumps to order come in lumps, spare parts now and then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sandop.calendar import Periods
from sandop.plan import Rows
from sandop_demo.pumps.customers import BUYER, SHARES
from sandop_demo.pumps.events import LOST_CUSTOMER, STOCK_OUTS, effects, life
from sandop_demo.pumps.products import FAMILY, Finished
from sandop_demo.pumps.seasons import festival_effect, season
from sandop_demo.seeds import stream

Values = NDArray[np.float64]

WAVE, MEMORY = 0.012, 0.75  # monthly shock of a family and how much of it lasts
SCATTER = {"DOM": 0.11, "GAR": 0.14, "CIR": 0.12, "SEW": 0.16}
ORDER_SIZE = {"IND": 5.0, "MST": 5.0, "SET": 1.6}
BIG_TENDER = 0.03  # share of orders to make that are ten times as large
ANCHOR = 42  # months from the first month of history to mid-2025, where the levels hold


@dataclass(frozen=True, eq=False)
class Market:
    """The market of the pump maker.

    rows      (item, site, customer) that ever buy
    periods   months from the start of history past the end of the plan
    mean      mean demand, units, (row, period)
    wanted    demand, units, (row, drawn period): the first months of `periods`
    stocked_out  share of the month in which nothing could be ordered, (row, drawn period)
    """

    rows: Rows
    periods: Periods
    mean: Values
    wanted: Values
    stocked_out: Values

    @property
    def orders(self) -> Values:
        """Orders taken, units: demand less what came while the item could not be ordered, (row, drawn period)."""
        return np.round(self.wanted * (1 - self.stocked_out))


def market(
    *, seed: int, items: Sequence[Finished], prices: Mapping[str, float], periods: Periods, drawn: int
) -> Market:
    """The market over `periods`, with orders in the first `drawn` of them."""
    item = {one.item: one for one in items}
    rows = Rows.of(
        ("item", "site", "customer"),
        [(one.item, BUYER[c].site, c) for one in items for c in SHARES[one.family] if not _gone_before(one, c)],
    )
    means = _means(seed, item, prices, periods)
    mean = np.array([means[key[0], key[2]] for key in rows.keys])
    waves = {family: _wave(seed, family, drawn) for family in SHARES}
    wanted = np.array(
        [
            _draw(seed, item[i].family, i, customer, mean[row, :drawn] * waves[item[i].family])
            for row, (i, _, customer) in enumerate(rows.keys)
        ]
    )
    return Market(rows, periods, mean, wanted, _stocked_out(rows, periods, drawn))


def _gone_before(one: Finished, customer: str) -> bool:
    """The customer was lost before the item came."""
    lost, month = LOST_CUSTOMER
    return customer == lost and one.launch >= month


def _means(
    seed: int, items: Mapping[str, Finished], prices: Mapping[str, float], periods: Periods
) -> dict[tuple[str, str], Values]:
    festival = festival_effect(periods)
    years = (np.arange(len(periods)) - ANCHOR) / 12
    weights = {family: sum(_weight(one) for one in items.values() if one.family == family) for family in SHARES}
    means: dict[tuple[str, str], Values] = {}
    for one in items.values():
        family = FAMILY[one.family]
        drift = stream(seed, "growth", one.item).normal(0, 0.02)
        part = one.weight / weights[one.family]
        units = family.revenue * 1e6 / 12 * part / prices[one.item]
        course = (1 + family.growth + drift) ** years * season(one.family, periods)
        course = course * life(one.item, one.launch, one.phase_out, periods)
        for customer, share in SHARES[one.family].items():
            taste = stream(seed, "taste", one.item, customer).lognormal(0, 0.25)
            felt = 1 + festival * BUYER[customer].festival
            means[one.item, customer] = units * share * taste * course * felt * effects(one.family, customer, periods)
    return means


def _weight(one: Finished) -> float:
    """What an item counts in its family: one that came late or left early does not thin the others out."""
    return 0.0 if one.launch > "2025" or (one.phase_out and one.phase_out < "2026") else one.weight


def _wave(seed: int, family: str, months: int) -> Values:
    shocks = stream(seed, "wave", family).normal(0, WAVE, 240)[:months]
    wave = np.zeros(months)
    for month in range(1, months):
        wave[month] = MEMORY * wave[month - 1] + shocks[month]
    return np.exp(wave)


def _draw(seed: int, family: str, item: str, customer: str, mean: Values) -> Values:
    draw = stream(seed, "orders", item, customer)
    if family in SCATTER:
        sigma = SCATTER[family]
        return draw.poisson(mean * draw.lognormal(-(sigma**2) / 2, sigma, len(mean))).astype(np.float64)
    if family in ORDER_SIZE:
        return _lumps(draw, mean, ORDER_SIZE[family])
    return _now_and_then(draw, mean)


def _lumps(draw: np.random.Generator, mean: Values, size: float) -> Values:
    """A Poisson number of orders, each of a geometric size; a few are tenders ten times as large."""
    usual = size * (1 + 9 * BIG_TENDER)
    units = np.zeros(len(mean))
    for month, orders in enumerate(draw.poisson(mean / usual)):
        sizes = draw.geometric(1 / size, orders)
        units[month] = (sizes * np.where(draw.random(orders) < BIG_TENDER, 10, 1)).sum()
    return units


def _now_and_then(draw: np.random.Generator, mean: Values) -> Values:
    chance = draw.uniform(0.25, 0.6)
    comes = draw.random(len(mean)) < chance
    return np.where(comes, np.maximum(np.round(mean / chance * draw.lognormal(-0.1, 0.45, len(mean))), 1), 0.0)


def _stocked_out(rows: Rows, periods: Periods, drawn: int) -> Values:
    share = np.zeros((len(rows), drawn))
    for item, site, month, part in STOCK_OUTS:
        share[rows.where(item=item, site=site), periods.position[month]] = part
    return share
