"""The margin bridge between two plans: what price, volume, mix, new and lost business and cost make of it, exact at
every leaf and month, and so at every level."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sandop.calendar import Periods
from sandop.finance.effects import Cents
from sandop.finance.months import in_months
from sandop.finance.prices import prices
from sandop.plan import Plan, Rows, Sheet, Values

MARGIN_EFFECTS = ("price", "currency", "volume", "mix", "new", "lost", "cost")
LEAF = ("item", "customer")


@dataclass(frozen=True, eq=False)
class Earned:
    """What one plan sells and earns, each (leaf, month); nothing sold is zero.

    quantity        plan units of the leaf's family
    revenue, cogs   plan currency
    rate            plan currency for one unit of the customer's; NaN where nobody has given it
    price           what one plan unit would earn, plan currency; NaN where nobody has said
    """

    quantity: Values
    revenue: Values
    cogs: Values
    rate: Values
    price: Values


@dataclass(frozen=True, eq=False)
class MarginEffects:
    """Whole cents: start + the sum of the effects = end at every leaf and month, of revenue and of margin alike.

    revenue, margin                     (effect, leaf, month), in the order of `MARGIN_EFFECTS`
    revenue_start, revenue_end, margin_start, margin_end    (leaf, month)
    """

    revenue: Cents
    margin: Cents
    revenue_start: Cents
    revenue_end: Cents
    margin_start: Cents
    margin_end: Cents


def margin_effects(*, base: Earned, plan: Earned, group: NDArray[np.int64]) -> MarginEffects:
    """Why `plan` earns something else than `base` over the same leaves (item, customer) and months.

    `group` (leaf,) numbers what grows together: leaves of one plan unit, such as a family, or what a customer buys
    of it. Of a leaf that both plans sell in these months (quantity Q, revenue R, cost C; 0 the base, 1 the plan;
    r0 = R0/Q0 and c0 = C0/Q0 of the month; where the base sells nothing in it, of its price list and, failing that,
    of all its months; k the exchange rate; Q_g the group's sum over such leaves and all months; money of a month
    without a sale, a credit or a fee, stays price or cost):

        currency = R1 (1 - k0/k1)
        price    = R1 - currency - Q1 r0
        cost     = -(C1 - Q1 c0)
        volume   = (R0 - C0) (Q1_g/Q0_g - 1)                every leaf grows as its group does
        mix      = (Q1 - Q0) (r0 - c0) - volume             towards richer or poorer business, or other months

    A leaf that only the plan sells is new with its whole margin, one that only the base sells is lost. Revenue has
    the same effects with C = 0. These are the sales-price, flexible-budget, sales-quantity and sales-mix variances of
    management accounting (Horngren, Cost Accounting) with the exchange rate taken out of the price; what moves from
    one month to another is mix, and comes to nothing over all months at one price. Each effect is rounded to cents,
    and the cents left over go to the largest effect of the cell.
    """
    growth, kind = _growth(base.quantity, plan.quantity, group), _kinds(base.quantity, plan.quantity)
    earned = _parts(base, plan, (base.revenue, plan.revenue), growth, base.price)
    spent = _parts(base, plan, (base.cogs, plan.cogs), growth, np.full_like(base.cogs, np.nan))
    currency = _currency(base, plan)
    zero = np.zeros_like(currency)
    nothing = _Parts(zero, zero, zero)
    start, end = _cents(base.revenue), _cents(plan.revenue)
    kept_start, kept_end = start - _cents(base.cogs), end - _cents(plan.cogs)
    return MarginEffects(
        revenue=_whole(_effects(earned, nothing, currency, kind, end - start), end - start),
        margin=_whole(_effects(earned, spent, currency, kind, kept_end - kept_start), kept_end - kept_start),
        revenue_start=start,
        revenue_end=end,
        margin_start=kept_start,
        margin_end=kept_end,
    )


def sold_leaves(sheets: Iterable[Sheet]) -> Rows:
    """The leaves (item, customer) of sheets by item, site and customer."""
    return Rows.of(LEAF, ((key[0], key[2]) for sheet in sheets for key in sheet.rows.keys))


def earned_on(*, plan: Plan, leaves: Rows, months: Periods, deliveries: Sheet, revenue: Sheet, cogs: Sheet) -> Earned:
    """What `plan` earns on these leaves and months, its results by (item, site, customer) added up over sites;
    nothing on leaves whose item or customer only the other plan knows."""
    factor = np.ones((len(leaves), 1))
    rate, price = (np.full((len(leaves), len(months)), np.nan) for _ in range(2))
    own = _own(plan, leaves)
    place, mine = leaves.places(own.keys), plan.network.items.places(own.column("item"))
    factor[place, 0] = plan.network.items.plan_factor[mine]
    listed = prices(plan=plan, rows=own, months=months)
    rate[place], price[place] = listed.rate, listed.net
    return Earned(
        quantity=_gathered(leaves, months, deliveries) * factor,
        revenue=_gathered(leaves, months, revenue),
        cogs=_gathered(leaves, months, cogs),
        rate=rate,
        price=price / factor,
    )


def rolled_up(cents: Cents, *, node: NDArray[np.int64], count: int) -> Cents:
    """Cents (..., leaf, month) added up over the cells of each node, (..., node). `node` numbers the node of each
    cell, (leaf, month); of each leaf, (leaf, 1); or of each month, (1, month). A negative one belongs to none."""
    of_cell = np.broadcast_to(node, cents.shape[-2:])
    kept = of_cell >= 0
    cells = cents[..., kept]
    total = np.zeros((count, *cells.shape[:-1]), dtype=np.int64)
    np.add.at(total, of_cell[kept], np.moveaxis(cells, -1, 0))
    return np.moveaxis(total, 0, -1)


@dataclass(frozen=True, eq=False)
class _Parts:
    """What an amount of money does between two plans, each (leaf, month): at another rate a unit, by volume, mix."""

    rate: Values
    volume: Values
    mix: Values


def _parts(base: Earned, plan: Earned, amounts: tuple[Values, Values], growth: Values, listed: Values) -> _Parts:
    before, after = amounts
    sold = np.where(base.quantity > 0, before, 0.0)  # money of a month without a sale is a credit or a fee
    unit = _unit(base.quantity, sold, listed)
    volume = sold * (growth[:, None] - 1.0)
    mix = plan.quantity * unit - sold - volume
    return _Parts(after - (before - sold) - plan.quantity * unit, volume, mix)


def _unit(quantity: Values, amount: Values, listed: Values) -> Values:
    """Money a unit, (leaf, month): of the month; as `listed` where nothing is sold in it; else of all months."""
    total, over = quantity.sum(axis=1, keepdims=True), amount.sum(axis=1, keepdims=True)
    average = np.where(total > 0, over / np.where(total > 0, total, 1.0), 0.0)
    sold = quantity > 0
    otherwise = np.where(np.isnan(listed), average, listed)
    unit: Values = np.where(sold, amount / np.where(sold, quantity, 1.0), otherwise)
    return unit


def _currency(base: Earned, plan: Earned) -> Values:
    """What the exchange rate alone makes of the revenue, plan currency, (leaf, month)."""
    known = (base.rate > 0) & (plan.rate > 0)
    share = np.where(known, base.rate / np.where(known, plan.rate, 1.0), 1.0)
    effect: Values = plan.revenue * (1.0 - share)
    return effect


def _kinds(quantity0: Values, quantity1: Values) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
    """Leaves that both plans sell, that only the second sells, and only the first, each (leaf, 1)."""
    sold0, sold1 = quantity0.sum(axis=1) > 0, quantity1.sum(axis=1) > 0
    return (sold0 & sold1)[:, None], (~sold0 & sold1)[:, None], (sold0 & ~sold1)[:, None]


def _growth(quantity0: Values, quantity1: Values, group: NDArray[np.int64]) -> Values:
    """Q1_g/Q0_g over the leaves that both plans sell, of each leaf's group, (leaf,); 1 in a group without any."""
    both, _, _ = _kinds(quantity0, quantity1)
    count = int(group.max(initial=-1)) + 1
    before, after = (
        np.bincount(group, np.where(both, quantity, 0.0).sum(axis=1), minlength=count)
        for quantity in (quantity0, quantity1)
    )
    growth: Values = np.where(before > 0, after / np.where(before > 0, before, 1.0), 1.0)[group]
    return growth


def _effects(
    earned: _Parts,
    spent: _Parts,
    currency: Values,
    kinds: tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]],
    difference: Cents,
) -> Values:
    """The effects as they are before rounding, cents, (effect, leaf, month). A leaf that neither plan sells shows
    its difference (a credit, a fee) as price."""
    both, new, lost = kinds
    neither = ~(both | new | lost)
    own = {
        "price": earned.rate - currency,
        "currency": currency,
        "volume": earned.volume - spent.volume,
        "mix": earned.mix - spent.mix,
        "cost": -spent.rate,
    }
    raw = np.zeros((len(MARGIN_EFFECTS), *difference.shape))
    for name, amount in own.items():
        raw[MARGIN_EFFECTS.index(name)] = np.where(both, amount * 100.0, 0.0)
    for name, which in (("new", new), ("lost", lost), ("price", neither)):
        raw[MARGIN_EFFECTS.index(name)] += np.where(which, difference, 0.0)
    return raw


def _whole(raw: Values, difference: Cents) -> Cents:
    """Effects in whole cents that add up to the difference of every cell."""
    whole: Cents = np.rint(raw).astype(np.int64)
    left = difference - whole.sum(axis=0)
    largest = np.argmax(np.abs(raw), axis=0)
    leaf, month = np.indices(difference.shape)
    np.add.at(whole, (largest, leaf, month), left)
    return whole


def _cents(amount: Values) -> Cents:
    return np.rint(amount * 100.0).astype(np.int64)


def _own(plan: Plan, leaves: Rows) -> Rows:
    """The leaves whose item and customer the plan knows."""
    items, customers = plan.network.items.position, plan.network.customers.position
    return Rows.of(LEAF, (key for key in leaves.keys if key[0] in items and key[1] in customers))


def _gathered(leaves: Rows, months: Periods, sheet: Sheet) -> Values:
    values = np.zeros((len(leaves), len(months)))
    monthly = in_months(sheet)
    kept = [key for key in monthly.rows.keys if (key[0], key[2]) in leaves.position]
    if kept:
        rows = Rows.of(monthly.rows.grain, kept)
        place = leaves.places((key[0], key[2]) for key in rows.keys)
        np.add.at(values, place, np.nan_to_num(monthly.on(rows, months).values))
    return values
