"""Price, volume, mix, new, lost and currency effects of one comparison, at the leaf, to the cent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sandop.plan import Values

EFFECTS = ("price", "volume", "mix", "new", "lost", "currency")
Cents = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Book:
    """What each leaf (item, customer) sold in one period.

    quantity    plan units of the leaf's family, (leaf,)
    revenue     net revenue in plan currency, (leaf,)
    foreign     the same in the customer's currency at the rates of this book, (leaf,); NaN where no rate is known
    """

    quantity: Values
    revenue: Values
    foreign: Values


@dataclass(frozen=True, eq=False)
class Effects:
    """Cents, (leaf,): start + sum of effects = end, in whole cents at every leaf and so at every level.

    effects     (effect, leaf), in the order of `EFFECTS`
    """

    start: Cents
    end: Cents
    effects: Cents


def effects(*, base: Book, book: Book, family: NDArray[np.int64]) -> Effects:
    """The six effects between two books; `family` (leaf,) numbers the family in whose units a leaf is counted.

    A leaf that sold in both (quantity Q > 0 in base 0 and book 1), with average price p in its own currency, average
    rate r, and family totals over such leaves Q_f:

        currency = Q1 p1 (r1 - r0)
        price    = Q1 (p1 - p0) r0
        volume   = Q0 p0 r0 (Q1_f / Q0_f - 1)           every leaf grows as its family does
        mix      = (Q1 - Q0 Q1_f / Q0_f) p0 r0          what the leaf gains on its family, at the base price

    A leaf that sold in neither shows its difference as price (a credit, a fee); one that sold only in 1 as new,
    only in 0 as lost. The four of a continuing leaf add up to R1 - R0; this is the sales-price, sales-quantity and
    sales-mix variance of management accounting (Horngren, Cost Accounting, sales variances) with the exchange rate
    taken out of the price. Where a leaf's rate is not known in both books currency is zero and stays in the price.
    Each effect is rounded to cents and the cents left over go to the leaf's largest effect.
    """
    continuing, new, lost = _kinds(base.quantity, book.quantity)
    start, end = _cents(base.revenue), _cents(book.revenue)
    r0, r1 = _rate(base), _rate(book)
    known = continuing & ~np.isnan(r0) & ~np.isnan(r1) & (r0 > 0) & (r1 > 0)
    quantity0, quantity1 = np.where(continuing, base.quantity, 1.0), np.where(continuing, book.quantity, 1.0)
    earned0, earned1 = np.nan_to_num(base.revenue) * 100.0, np.nan_to_num(book.revenue) * 100.0
    base_price = earned0 / quantity0
    currency = np.where(known, earned1 * (1.0 - _over(r0, r1)), 0.0)
    volume_growth = _growth(quantity0, quantity1, continuing, family)
    volume = earned0 * (volume_growth - 1.0)
    mix = (quantity1 - quantity0 * volume_growth) * base_price
    price = earned1 - currency - quantity1 * base_price
    raw = np.zeros((len(EFFECTS), len(start)))
    for effect, values in (("price", price), ("volume", volume), ("mix", mix), ("currency", currency)):
        raw[EFFECTS.index(effect)] = np.where(continuing, values, 0.0)
    difference = end - start
    raw[EFFECTS.index("new")] = np.where(new, difference, 0.0)
    raw[EFFECTS.index("lost")] = np.where(lost, difference, 0.0)
    raw[EFFECTS.index("price")] += np.where(continuing | new | lost, 0.0, difference)
    return Effects(start, end, _whole(raw, difference))


def _kinds(quantity0: Values, quantity1: Values) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
    sold0, sold1 = np.nan_to_num(quantity0) > 0, np.nan_to_num(quantity1) > 0
    return sold0 & sold1, ~sold0 & sold1, sold0 & ~sold1


def _cents(revenue: Values) -> Cents:
    return np.rint(np.nan_to_num(revenue) * 100.0).astype(np.int64)


def _rate(book: Book) -> Values:
    """Average rate of each leaf: revenue in plan currency over revenue in the customer's."""
    return _over(book.revenue, book.foreign)


def _over(upper: Values, lower: Values) -> Values:
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio: Values = np.where(lower != 0, upper / lower, np.nan)
    return ratio


def _growth(quantity0: Values, quantity1: Values, continuing: NDArray[np.bool_], family: NDArray[np.int64]) -> Values:
    """Q1_f / Q0_f over the continuing leaves of each leaf's family, (leaf,); 1 in a family without any."""
    count = int(family.max(initial=-1)) + 1
    before = np.bincount(family, np.where(continuing, quantity0, 0.0), minlength=count)
    after = np.bincount(family, np.where(continuing, quantity1, 0.0), minlength=count)
    growth: Values = np.where(before > 0, after / np.where(before > 0, before, 1.0), 1.0)[family]
    return growth


def _whole(raw: Values, difference: Cents) -> Cents:
    """Effects in whole cents that add up to the difference of every leaf."""
    whole = np.rint(raw).astype(np.int64)
    left = difference - whole.sum(axis=0)
    if whole.shape[1]:
        largest = np.argmax(np.abs(raw), axis=0)
        np.add.at(whole, (largest, np.arange(whole.shape[1])), left)
    return whole
