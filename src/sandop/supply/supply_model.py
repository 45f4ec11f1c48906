"""A supply model that stays open: solve it, ask what one unit more of a limit is worth, solve it changed."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Literal

from sandop.plan import Key, Plan, Sheet
from sandop.supply.certificate import Certificate
from sandop.supply.chain import Chain
from sandop.supply.draw import draw_chain
from sandop.supply.model import build_program
from sandop.supply.primary import just_in_time_start
from sandop.supply.program import Program
from sandop.supply.results import deliveries
from sandop.supply.sifting import sifted_start
from sandop.supply.solver import Answer, LiveModel, Start

LimitKind = Literal["capacity", "supplier limit", "storage", "purchases", "production"]
RULE_LIMITS: tuple[LimitKind, ...] = ("capacity", "supplier limit", "storage")
QUANTITY_LIMITS: tuple[LimitKind, ...] = ("purchases", "production")
# Measured, CPU seconds to the proven plan from the just-in-time plan and from the sifted one (items x 18 months):
# 500 (69,000 rows) 0.3 and 1.0; 1,000 (129,000) 1.3 and 2.0; 2,000 (272,000) 17 and 7; 10,000 (1.3 million) not in
# 440 even without its serve-or-wait rows, and 130.
FEWEST_ROWS_SIFTED = 200_000


@dataclass(frozen=True)
class Limit:
    """One limit in one period: hours of a resource, deliveries of a supplier, storage of a site, one purchase, one
    process. `key` is its business key, `period` its label."""

    kind: LimitKind
    key: Key
    period: str


@dataclass(frozen=True, eq=False)
class WhatIf:
    """A plan with some limits raised.

    saving      what it costs less, penalties for lateness, loss and missing stock included, currency
    deliveries  what it delivers, unit, (item, site, customer) x period, not rounded
    used        how much of each raise it uses, in the limit's unit
    """

    saving: float
    deliveries: Sheet
    used: tuple[float, ...]


def good_start(chain: Chain, program: Program) -> Start:
    """Where the solver starts: the just-in-time plan, on large plans sifted until hardly anything is left to do."""
    start = just_in_time_start(chain, program)
    return sifted_start(program, start) if len(program.row_lower) >= FEWEST_ROWS_SIFTED else start


class SupplyModel:
    """The program of a plan, kept alive in the solver."""

    def __init__(self, chain: Chain) -> None:
        self.chain = chain
        self.program: Program = build_program(chain)
        self._unchanged: float | None = None
        self._live = LiveModel(self.program, start=good_start(chain, self.program))

    @staticmethod
    def of(*, plan: Plan, demand: Sheet, targets: Sheet, frozen: Sheet | None = None) -> SupplyModel:
        """The model of a plan; arguments as in `draw_chain`."""
        return SupplyModel(draw_chain(plan=plan, demand=demand, targets=targets, frozen=frozen))

    def solve(self) -> tuple[Answer, Certificate]:
        """The best plan and its certificate."""
        answer = self._live.solve()
        return answer, self._live.certify(answer)

    def _cost_as_it_is(self) -> float:
        """Least cost of the continuous plan with no limit changed, solved once."""
        if self._unchanged is None:
            self._unchanged = self._live.least_cost()
        return self._unchanged

    def place_of(self, limit: Limit) -> tuple[int, int]:
        """(row, column) of a limit, -1 for the one that it is not. Raises KeyError where the plan has no such
        limit."""
        rule = limit.kind in RULE_LIMITS
        block = (self.program.rules if rule else self.program.columns)[limit.kind]
        try:
            place = int(block.index[block.keys.index(limit.key), self.chain.periods.position[limit.period]])
        except ValueError:
            raise KeyError(f"no {limit.kind} limit of {limit.key} in {limit.period}") from None
        return (place, -1) if rule else (-1, place)

    def size_of(self, limit: Limit) -> float:
        """The limit as the program has it: hours left after fixed production, limit units, space, units."""
        row, column = self.place_of(limit)
        return float(self.program.row_upper[row] if row >= 0 else self.program.upper[column])

    def saving(self, limits: Sequence[Limit], *, more: Sequence[float]) -> float:
        """What the plan would cost less with these limits raised together by `more`, currency, by solving again.

        Whole workers are taken as continuous here. Raises NoPlanFound where the solver gives up.
        """
        before = self._cost_as_it_is()
        return before - self._answer_with(limits, more).cost

    def what_if(self, limits: Sequence[Limit], *, more: Sequence[float]) -> WhatIf:
        """The plan with these limits raised together by `more`, found by solving again.

        Whole workers are taken as continuous here. Raises NoPlanFound where the solver gives up.
        """
        before, answer = self._cost_as_it_is(), self._answer_with(limits, more)
        activity = self.program.times(answer.x)
        places = [self.place_of(limit) for limit in limits]
        taken = [float(activity[row] if row >= 0 else answer.x[column]) for row, column in places]
        used = [min(max(take - self.size_of(limit), 0.0), extra) for take, limit, extra in zip(taken, limits, more)]
        delivered = deliveries(chain=self.chain, program=self.program, x=answer.x)
        return WhatIf(before - answer.cost, delivered, tuple(used))

    def _answer_with(self, limits: Sequence[Limit], more: Sequence[float]) -> Answer:
        """The best continuous plan with these limits raised; they are put back afterwards."""
        with ExitStack() as changed:
            for limit, extra in zip(limits, more, strict=True):
                row, column = self.place_of(limit)
                changed.enter_context(self._live.with_more(row=row, column=column, more=extra))
            return self._live.solve_continuous()
