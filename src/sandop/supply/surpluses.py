"""What there is too much of: hours that stay idle, stock above target that nobody draws on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from sandop.plan import Key
from sandop.supply.chain import Chain, Numbers
from sandop.supply.program import Program
from sandop.supply.results import available_hours, closing_stock, starts

_SMALL = 1e-6


@dataclass(frozen=True)
class Surplus:
    """Something left over through the whole horizon.

    kind        "idle hours": regular hours nobody works; "excess stock": stock above its target in every period
    quantity    hours, or units
    share       of the available hours, or of the closing stock at the horizon's end
    value       standard cost of the stock, or the hours at their regular cost, currency
    """

    kind: Literal["idle hours", "excess stock"]
    key: Key
    quantity: float
    share: float
    value: float


def find_surpluses(*, chain: Chain, program: Program, x: Numbers) -> list[Surplus]:
    """All surpluses of the plan x (column,), dearest first; idle hours by share where hours cost nothing."""
    found = [*_idle_hours(chain, program, x), *_excess_stock(chain, program, x)]
    return sorted(found, key=lambda s: (-s.value, -s.share, s.kind, s.key))


def _idle_hours(chain: Chain, program: Program, x: Numbers) -> list[Surplus]:
    available = available_hours(chain, program, x)
    available = np.where(np.isfinite(available), available, 0.0)
    idle = np.maximum(available - chain.work_of(starts(chain, program, x)), 0.0).sum(axis=1)
    total = available.sum(axis=1)
    return [
        Surplus(
            "idle hours", key, float(idle[r]), float(idle[r] / total[r]), float(idle[r] * chain.hours.regular_cost[r])
        )
        for r, key in enumerate(chain.hours.rows.keys)
        if idle[r] > _SMALL
    ]


def _excess_stock(chain: Chain, program: Program, x: Numbers) -> list[Surplus]:
    points, stock = chain.points, closing_stock(chain, program, x)
    unused = np.maximum(stock - points.target - points.required, 0.0).min(axis=1)
    return [
        Surplus(
            "excess stock", key, float(unused[p]), float(unused[p] / stock[p, -1]), float(unused[p] * points.value[p])
        )
        for p, key in enumerate(points.rows.keys)
        if unused[p] > _SMALL
    ]
