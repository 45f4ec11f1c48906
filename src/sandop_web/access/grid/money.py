"""What one unit of a row is worth in plan currency: its net price, or its standard cost."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

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


def mixed_nodes(ground: Ground) -> NDArray[np.int64]:
    """The nodes whose rows count in several plan units, so that only their money adds up, (mixed node,)."""
    return np.flatnonzero(~ground.layout.one_unit)


def worth_of_mixed(ground: Ground, held: Mapping[str, Values]) -> dict[str, Values]:
    """Measure → what the nodes of several plan units are worth, (mixed node, period), plan currency; a measure that
    does not become money is left out. `held` is what the rows hold by measure, (row, period) in its unit."""
    nodes = mixed_nodes(ground)
    names = [name for name in held if ground.counts_units(name) and ground.view.measure(name).over_rows == "sum"]
    by = worth(ground) if len(nodes) and names else None
    if by is None:
        return {}
    return {name: np.round(ground.hierarchy.totals(held[name] * by)[nodes], 2) + 0.0 for name in names}


def _net_prices(ground: Ground) -> Values:
    sheets: dict[str, Sheet] = read_sheets(ground.version, "input", ["price", "rate"])
    plan = Plan(read_settings(ground.version), ground.network, sheets)
    return prices(plan=plan, rows=ground.rows, months=ground.periods).net


def _standard_cost(ground: Ground) -> Values:
    if not len(ground.rows):
        return np.zeros(0)
    return np.asarray(ground.network.items.value[ground.network.items.places(ground.items)], dtype=np.float64)
