"""What one unit of a row is worth in plan currency: its net price, or its standard cost."""

from __future__ import annotations

import numpy as np

from sandop.finance.prices import prices
from sandop.plan import Plan, Sheet, Values
from sandop_web.access.grid.ground import Ground
from sandop_web.store.plans import read_settings, read_sheets


def worth(ground: Ground) -> Values | None:
    """Plan currency for one unit of each row, (row, period): blank where nobody knows. None where the view has no
    money: hours, prices."""
    if ground.view.priced == "price":
        return _net_prices(ground)
    if ground.view.priced == "cost":
        return np.repeat(_standard_cost(ground)[:, None], len(ground.periods), axis=1)
    return None


def in_money(ground: Ground, name: str, held: Values) -> Values | None:
    """The measure in plan currency, (row, period); None where it does not become money. `held` is in its unit."""
    by = worth(ground) if ground.counts_units(name) else None
    return None if by is None else held * by


def _net_prices(ground: Ground) -> Values:
    sheets: dict[str, Sheet] = read_sheets(ground.version, "input", ["price", "rate"])
    plan = Plan(read_settings(ground.version), ground.network, sheets)
    return prices(plan=plan, rows=ground.rows, months=ground.periods).net


def _standard_cost(ground: Ground) -> Values:
    if not len(ground.rows):
        return np.zeros(0)
    return np.asarray(ground.network.items.value[ground.network.items.places(ground.items)], dtype=np.float64)
