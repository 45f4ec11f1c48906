"""Budgets and latest estimates, by rules anyone can check.

Budget of a year, made in the October before with the orders up to September:
  volume   = orders of the twelve months known x (1 + ambition of the family), spread over the months by the
             family's share of each month in the 24 months known; a launch enters as planned, an item that leaves
             ends with its phase-out, a customer lost in those months counts as far as he ordered
  revenue  = volume x price in force at the start of the year x budget rate x (1 - rebate)
  margin   = revenue - volume x standard cost
  stock    = value in the same month of the last year known, 4 % less
Latest estimate: of the first year made in October (nine months actual, the rest budget scaled by the year so far);
of the second made in December with the orders up to November: as the budget, without the lost customer and with
the growth expected instead of the ambition.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sandop.plan import Rows, Sheet
from sandop_demo.pumps.customers import BUYER
from sandop_demo.pumps.events import LAUNCH_RAMP, LOST_CUSTOMER
from sandop_demo.pumps.prices import BUDGET_RATES, PLAN_RATE
from sandop_demo.pumps.world import HISTORY, World
from sandop_demo.sheets import not_nothing

Values = NDArray[np.float64]

YEARS = {2025: 36, 2026: 48}  # budgeted year → its first month in the world's periods
KNOWN_BEFORE = 3  # months before the year that are not known when its budget is made
AMBITION = {
    "DOM": 0.035,
    "GAR": 0.04,
    "CIR": 0.065,
    "SEW": 0.035,
    "IND": 0.03,
    "MST": 0.045,
    "SET": 0.06,
    "SPA": 0.02,
}
EXPECTED_GROWTH = 0.025
LEANER = 0.96


def budget_sheets(world: World) -> dict[str, Sheet]:
    """Measure → sheet of budget and latest estimate over history and horizon; blank outside the budgeted years."""
    ambition = np.array([AMBITION[world.family[item]] for item in world.market.rows.column("item")])
    volume, revenue, margin = (np.full_like(world.prices, np.nan) for _ in range(3))
    le_revenue, le_margin = np.full_like(world.prices, np.nan), np.full_like(world.prices, np.nan)
    for year, first in YEARS.items():
        months = slice(first, first + 12)
        volume[:, months] = _volume(world, first, first - KNOWN_BEFORE, ambition)
        revenue[:, months], margin[:, months] = _money(world, first, volume[:, months], BUDGET_RATES[year])
    months = slice(YEARS[2025], HISTORY)
    le_revenue[:, months], le_margin[:, months] = _nine_and_three(world, revenue[:, months], margin[:, months])
    estimate = _volume(world, HISTORY, HISTORY - 1, np.full(len(ambition), EXPECTED_GROWTH))
    estimate[world.market.rows.where(customer=LOST_CUSTOMER[0])] = 0.0
    months = slice(HISTORY, HISTORY + 12)
    le_revenue[:, months], le_margin[:, months] = _money(world, HISTORY, estimate, PLAN_RATE)
    kept = {
        "budget_volume": volume,
        "budget_revenue": revenue,
        "budget_margin": margin,
        "le_revenue": le_revenue,
        "le_margin": le_margin,
    }
    sheets = {name: _sheet(world, name, values) for name, values in kept.items()}
    return {**sheets, "budget_stock": _budget_stock(world)}


def _sheet(world: World, name: str, values: Values) -> Sheet:
    """The months of history and horizon, without the rows on which nothing is ever said."""
    count = HISTORY + world.months
    return not_nothing(Sheet(name, world.market.rows, world.periods.slice(0, count), values[:, :count]).rounded())


def _volume(world: World, first: int, known: int, growth: Values) -> Values:
    """Volume of the year that starts at month `first`, known up to before month `known`, (row, 12)."""
    orders, rows = world.market.orders[:, :known], world.market.rows
    year = orders[:, -12:].sum(axis=1) * (1 + growth)
    family = np.array([world.family[item] for item in rows.column("item")])
    volume = np.zeros((len(rows), 12))
    for name in np.unique(family):
        mine = family == name
        volume[mine] = year[mine, None] * _shares(orders[mine].sum(axis=0), first)
    return np.round(_with_launches(world, rows, first, volume) * _before_phase_out(world, rows, first))


def _shares(orders: Values, first: int) -> Values:
    """Share of each calendar month in the last 24 known months, (12,), January first."""
    months = np.arange(len(orders) - 24, len(orders)) % 12
    sums = np.bincount(months, weights=orders[-24:], minlength=12)
    return np.asarray(np.roll(sums, -(first % 12)) / sums.sum())


def _with_launches(world: World, rows: Rows, first: int, volume: Values) -> Values:
    """A launch of the budgeted year enters as it is hoped for: the steady demand, grown to in a straight line."""
    planned = volume.copy()
    for one in world.finished:
        start = world.periods.position.get(one.launch, -1)
        if first <= start < first + 12:
            mine = rows.where(item=one.item)
            steady = world.market.mean[mine, start + LAUNCH_RAMP : first + 18].mean(axis=1)
            grown = np.clip((np.arange(first, first + 12) - start + 1) / LAUNCH_RAMP, 0, 1)
            planned[mine] = 1.15 * steady[:, None] * grown
    return planned


def _before_phase_out(world: World, rows: Rows, first: int) -> Values:
    """1 while an item is sold, 0 after its phase-out, (row, 12)."""
    months = np.array(world.periods.labels[first : first + 12])
    last = {one.item: one.phase_out or "9999-12" for one in world.finished}
    return np.array([(months <= last[item]).astype(float) for item in rows.column("item")])


def _money(world: World, first: int, volume: Values, rate: float) -> tuple[Values, Values]:
    """Revenue net of rebate and margin, CNY, (row, 12), at the price in force when the year starts."""
    price = world.prices[:, first - 1][:, None]
    revenue = volume * price * _rate_and_rebate(world.market.rows, rate)
    cost = np.array([world.costs[item] for item in world.market.rows.column("item")])
    return revenue, revenue - volume * cost[:, None]


def _rate_and_rebate(rows: Rows, rate: float) -> Values:
    """Plan currency kept of one unit of the customer's currency, (row, 1)."""
    buyers = [BUYER[customer] for customer in rows.column("customer")]
    return np.array([[(rate if b.currency == "USD" else 1.0) * (1 - b.rebate)] for b in buyers])


def _nine_and_three(world: World, revenue: Values, margin: Values) -> tuple[Values, Values]:
    """The year before the plan as estimated in October, (row, 12) each."""
    first = HISTORY - 12
    sold = world.flows.shipments[:, first : first + 9]
    rates = np.where([BUYER[c].currency == "USD" for c in world.market.rows.column("customer")], 1.0, 0.0)
    rate = np.where(rates[:, None] > 0, world.rates[first : first + 9], 1.0)
    actual = sold * world.prices[:, first : first + 9] * rate * _rate_and_rebate(world.market.rows, 1.0)
    cost = np.array([world.costs[item] for item in world.market.rows.column("item")])
    so_far = actual.sum() / revenue[:, :9].sum()
    return (
        np.concatenate([actual, revenue[:, 9:] * so_far], axis=1),
        np.concatenate([actual - sold * cost[:, None], margin[:, 9:] * so_far], axis=1),
    )


def _budget_stock(world: World) -> Sheet:
    """Budgeted stock value by family, CNY, blank outside the budgeted years."""
    count = HISTORY + world.months
    value = _stock_value(world)
    series: dict[tuple[str, ...], list[float]] = {}
    for family, held in value.items():
        planned = np.full(count, np.nan)
        for first in YEARS.values():
            known = first - KNOWN_BEFORE
            for month in range(first, min(first + 12, count)):
                back = month - 12 if month - 12 < known else month - 24
                planned[month] = round(LEANER * held[back], 2)
        series[(family,)] = list(planned)
    return Sheet.of("budget_stock", world.periods.slice(0, count), series)


def _stock_value(world: World) -> dict[str, Values]:
    """Family → value of what lay at the end of each drawn month, CNY, (month,)."""
    value: dict[str, Values] = {}
    lying = ((world.flows.points, world.flows.held), (world.part_flows.points, world.part_flows.held))
    for points, held in lying:
        for (item, _), units in zip(points, held):
            family = world.family[item]
            value[family] = value.get(family, 0.0) + units * world.costs[item]
    return value
