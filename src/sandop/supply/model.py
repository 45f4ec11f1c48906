"""The supply model: the linear program of a chain, straight from arrays."""

from __future__ import annotations

from sandop.supply.chain import Chain
from sandop.supply.constraints import RULES
from sandop.supply.program import Draft, Program
from sandop.supply.quantities import (
    add_backlog,
    add_extra_hours,
    add_lost,
    add_production,
    add_purchases,
    add_stock,
    add_storage_excess,
    add_transfers,
    add_uncovered,
    add_workforce,
)

QUANTITIES = (
    add_stock,
    add_backlog,
    add_lost,
    add_transfers,
    add_production,
    add_purchases,
    add_extra_hours,
    add_workforce,
    add_storage_excess,
    add_uncovered,
)


def draft_of(chain: Chain) -> Draft:
    """All quantities, no rule yet."""
    draft = Draft(chain.count)
    for add in QUANTITIES:
        add(draft, chain)
    return draft


def build_program(chain: Chain) -> Program:
    """The whole program: least cost of a plan that keeps every rule. It always has a solution: what cannot be
    met is owed or lost at a price, and facts beyond a limit are listed violations."""
    draft = draft_of(chain)
    for rule in RULES:
        rule(draft, chain)
    return draft.finish()
