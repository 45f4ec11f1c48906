"""List prices from standard costs, what each customer pays, exchange rates, and how both moved."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from sandop.calendar import Periods
from sandop.plan import Rows
from sandop_demo.pumps.customers import BUYER
from sandop_demo.pumps.products import FAMILY
from sandop_demo.seeds import stream

Values = NDArray[np.float64]

PRICE_RISE = ("2024-03", 0.04, ("DOM", "GAR", "CIR", "SEW"))  # month, share, families: the copper surcharge
NEXT_RISE = ("2026-04", 0.02, ("IND", "MST"))  # announced, inside the plan
PLAN_RATE = 7.05  # CNY for one USD in the planned months
BUDGET_RATES = {2025: 7.20, 2026: 7.15}  # CNY for one USD the budgets were made with
_RATE_NEAR = ((0, 6.40), (9, 7.10), (18, 7.15), (30, 7.22), (40, 7.20), (47, 7.06), (59, 6.98))


def list_prices(costs: Mapping[str, float], families: Mapping[str, str]) -> dict[str, float]:
    """Item → list price at the end of 2025, CNY: cost / (1 - margin aimed at), with the usual rebate on top."""
    return {
        item: round(costs[item] / (1 - FAMILY[family].margin) / 0.97, 1 if costs[item] < 1000 else 0)
        for item, family in families.items()
    }


def price_path(family: str, periods: Periods) -> Values:
    """Price level of a family in each month, (period,), share of the level at the end of 2025."""
    labels = np.array(periods.labels)
    level: Values = np.ones(len(labels), dtype=np.float64)
    past_month, past_rise, raised = PRICE_RISE
    next_month, next_rise, next_raised = NEXT_RISE
    if family in raised:
        level[labels < past_month] /= 1 + past_rise
    if family in next_raised:
        level[labels >= next_month] *= 1 + next_rise
    return level


def net_prices(rows: Rows, periods: Periods, prices: Mapping[str, float], families: Mapping[str, str]) -> Values:
    """What one unit costs the customer in its currency, before rebate, (row, period)."""
    paid = np.empty((len(rows), len(periods)))
    for place, (item, customer) in enumerate(zip(rows.column("item"), rows.column("customer"))):
        buyer = BUYER[customer]
        base = prices[item] * buyer.level / (7.10 if buyer.currency == "USD" else 1.0)
        paid[place] = base * price_path(families[item], periods)
    return np.round(paid, 2)


def month_rates(seed: int, periods: Periods) -> Values:
    """CNY for one USD in the closed months and those kept aside, (period,): invented, near the level of the years."""
    months = np.arange(len(periods))
    places, levels = zip(*_RATE_NEAR)
    wiggle = stream(seed, "rate", "USD").normal(0, 0.02, 120)[: len(periods)]
    return np.asarray(np.round(np.interp(months, places, levels) + wiggle, 4))
