"""Vintages: the forecast really made again from what was known at an earlier date."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sandop.calendar import Periods, month_label, month_number
from sandop.demand.statistical import statistical_forecast
from sandop.parallel import map_tasks
from sandop.plan import Plan, Rows, Sheet, Values

# Share of a moving festival in each of the months given, (month,).
FestivalShare = Callable[[Periods], Values]


@dataclass(frozen=True, eq=False)
class _Known:
    """What a forecast may look at: nothing of `month` or later. Plain values, so that a worker can be given it."""

    orders: Sheet
    periods: Periods
    censored: Sheet | None
    festival: Values | None
    family: NDArray[np.int64]
    learned: bool
    seed: int


def make_vintage(*, plan: Plan, month: str, festival_share: FestivalShare | None = None) -> Sheet:
    """The statistical forecast as it would have been made in `month`, units, (row, month), sheet `demand`.

    month           the first month that was not closed then; the forecast runs from it over as many months as the
                    plan looks ahead
    festival_share  share of the plan's moving festival in given months; left out, no festival is looked for

    Series without any order before `month` are not in it: nobody could know of them. Activities and launches are
    not in it either: what was known of them then is not kept. Raises ValueError where `month` is not among the
    closed months or is the first of them.
    """
    return _forecast(_known(plan, month, festival_share))


def make_vintages(
    *, plan: Plan, count: int, workers: int = 1, festival_share: FestivalShare | None = None
) -> dict[str, Sheet]:
    """Month → vintage for the last `count` closed months, oldest first; fewer where history is shorter."""
    first, last = month_number(plan.settings.time.history_start), month_number(plan.settings.time.start)
    months = [month_label(number) for number in range(max(last - count, first + 1), last)]
    tasks = [_known(plan, month, festival_share) for month in months]
    return dict(zip(months, map_tasks(_forecast, tasks, workers=workers)))


def _known(plan: Plan, month: str, festival_share: FestivalShare | None) -> _Known:
    history = plan.calendar.history
    closed = history.position.get(month, 0)
    if not closed:
        raise ValueError(f"no vintage of {month}: history runs from {history.labels[:1]} to {history.labels[-1:]}")
    past, ahead = history.slice(0, closed), Periods.months(month, plan.settings.time.months)
    orders = plan.sheet("orders").on(plan.sheet("orders").rows, past)
    orders = orders.take((np.nan_to_num(orders.values) != 0).any(axis=1))
    censored = plan.sheet("stocked_out").on(orders.rows, past) if "stocked_out" in plan.sheets else None
    return _Known(
        orders,
        ahead,
        censored,
        festival_share(past.then(ahead)) if festival_share is not None else None,
        family_codes(plan, orders.rows),
        plan.settings.demand.learned,
        plan.settings.seed,
    )


def family_codes(plan: Plan, rows: Rows) -> NDArray[np.int64]:
    """The family of every series as a number, (row,): series of a family share what they teach."""
    items = plan.network.items
    labels = items.family[items.places(rows.column("item"))].astype(str)
    return np.unique(labels, return_inverse=True)[1].astype(np.int64)


def _forecast(known: _Known) -> Sheet:
    made = statistical_forecast(
        orders=known.orders,
        periods=known.periods,
        censored=known.censored,
        festival=known.festival,
        family=known.family,
        learned=known.learned,
        seed=known.seed,
    )
    return made.point.named("demand").rounded()
