"""Lead times as shares of periods.

A quantity is counted in the period in which it becomes available; a lead time moves the *need* for it earlier.
With a lead time of k whole periods and a fraction f, what arrives in period t leaves in t - k by (1 - f) and in
t - k - 1 by f. What would have left before the first free period leaves in that period. Weeks that a month end cuts
are uneven: there the shares follow from the days.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sandop.calendar import Periods
from sandop.units import DAYS_PER_MONTH

Numbers = NDArray[np.float64]
_NOTHING = 1e-9  # a share below this is rounding


def edges(periods: Periods) -> Numbers:
    """Days from the start of the horizon to the start of each period and to its end, (edge,): one more than periods.

    Months count 30.4375 days each, so that a lead time of one month is one period in every season.
    """
    if periods.bucket == "month":
        return np.arange(len(periods) + 1, dtype=np.float64) * DAYS_PER_MONTH
    return np.concatenate([[0.0], np.cumsum(periods.days)])


def months_of(periods: Periods) -> Numbers:
    """Length of each period in months, (period,)."""
    months: Numbers = np.diff(edges(periods)) / DAYS_PER_MONTH
    return months


def leaving_shares(edge: Numbers, days: float, free_from: int = 0) -> Numbers:
    """Share of what arrives in period t (row) that leaves in each period (column), (period, period).

    edge    days to the start of each period and to the end, (edge,)

    A row sums to 1 where something can arrive, and is zero where it cannot: the lead time reaches back before
    the first period free for planning, `free_from`.
    """
    shares = _overlap(edge - days, edge)
    before = 1.0 - shares[:, free_from:].sum(axis=1)
    shares[:, :free_from] = 0.0
    can_arrive = before < 1.0 - _NOTHING
    # Within a lead time the arrivals of the first reachable period are those sent at once.
    first = np.where(can_arrive & (before > _NOTHING), before, 0.0)
    if free_from < len(shares):
        shares[:, free_from] += first
    shares[~can_arrive] = 0.0
    return shares


def arriving_shares(edge: Numbers, days: float) -> Numbers:
    """Share of what leaves in period t (row) that arrives in each period (column), (period, period), with `edge`
    (edge,) as in `leaving_shares`. A row sums to less than 1 where part arrives after the horizon."""
    return _overlap(edge + days, edge)


def _overlap(moved: Numbers, edge: Numbers) -> Numbers:
    """Share of each moved period that falls into each period."""
    start = np.maximum(moved[:-1, None], edge[None, :-1])
    end = np.minimum(moved[1:, None], edge[None, 1:])
    shares: Numbers = np.clip(end - start, 0.0, None) / np.diff(moved)[:, None]
    shares[shares < _NOTHING] = 0.0
    return shares
