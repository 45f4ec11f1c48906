"""A number typed over the computed demand: an override at that level, as a row of the master table.

It is the total of its scope in that month, whoever computes it next; it takes effect when the month is run. Whoever
types again replaces their own override as long as it has not taken effect; a blank takes the override away.
"""

from __future__ import annotations

import math
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sandop_web.access import WebRefusal
from sandop_web.access.editing import require_row_in_scope
from sandop_web.access.grid.ground import Ground
from sandop_web.access.grid.locks import OVERRIDES
from sandop_web.access.grid.names import path_names
from sandop_web.access.grid.overrides import (
    SCOPE,
    DemandWithOverrides,
    demand_with_overrides,
    next_number,
    scope_of,
)
from sandop_web.access.grid.views import level_title
from sandop_web.access.grid.wishes import Wish
from sandop_web.access.members import acting_member
from sandop_web.store.edits import change_master_rows

_IMPLIES = {"item": "family", "customer": "region"}


class OverrideNeedsScope(WebRefusal):
    """An override speaks of family, item, region and customer, and of nothing else."""

    message = "gridrules.override_needs_scope"
    status = 400


class OverrideSpeaksOfNothing(WebRefusal):
    """Nothing of the scope is on sale in that month."""

    message = "gridrules.override_speaks_of_nothing"
    status = 400


class NoOverrideThere(WebRefusal):
    """A blank takes an override away, and there is none."""

    message = "gridrules.no_override_there"
    status = 400


def override(
    ground: Ground, known: DemandWithOverrides, wishes: Sequence[Wish], why: str, batch: uuid.UUID
) -> DemandWithOverrides:
    """Write the overrides; returns the demand with them in place. `known` is how they stand before.

    Raises OverrideNeedsScope, OverrideSpeaksOfNothing, NoOverrideThere, OutsideYourScope.
    """
    wanted: dict[tuple[str, ...], Mapping[str, Any] | None] = {}
    given: dict[str, Wish] = {}
    for number, wish in enumerate(wishes, next_number(known.rows)):
        replaced = _replaced(ground, known, wish)
        wanted |= {(one,): None for one in replaced}
        if not math.isnan(wish.after):
            given[str(number)] = wish
            wanted[(str(number),)] = _row(ground, known, wish, str(number), why)
        elif not replaced:
            raise NoOverrideThere(row=path_names(ground, wish.node), period=wish.edit.period)
    expected = {key: known.rows.get(key[0]) for key in wanted}
    for row in (*wanted.values(), *expected.values()):
        if row is not None:
            require_row_in_scope(by=ground.by, table=OVERRIDES, row=row, network=ground.network)
    change_master_rows(
        version=ground.version,
        table=OVERRIDES,
        wanted=wanted,
        expected=expected,
        member=acting_member(by=ground.by),
        at=ground.by.at,
        why=why,
        batch=batch,
    )
    return _required_effect(ground, given)


def _required_effect(ground: Ground, given: Mapping[str, Wish]) -> DemandWithOverrides:
    after = demand_with_overrides(ground.version)
    for number, wish in given.items():
        if number not in after.effects:
            raise OverrideSpeaksOfNothing(row=path_names(ground, wish.node), period=wish.edit.period)
    return after


def _replaced(ground: Ground, known: DemandWithOverrides, wish: Wish) -> list[str]:
    """Overrides of exactly this scope and month that the wish replaces: one's own that wait; for a blank all."""
    scope = _scope(ground, wish.node)
    alike = [
        number
        for number, row in known.rows.items()
        if row["period"] == wish.edit.period and _shortest(scope_of(row)) == scope
    ]
    if math.isnan(wish.after):
        return alike
    return [one for one in alike if one in known.pending and known.rows[one]["who"] == ground.by.person]


def _row(ground: Ground, known: DemandWithOverrides, wish: Wish, number: str, why: str) -> dict[str, Any]:
    """The row of the master table. Later days win, so it takes the day of one of this month that is dated ahead: what
    was typed last then counts."""
    others = [str(row["when"]) for row in known.rows.values() if row["period"] == wish.edit.period]
    return {
        "override": number,
        "who": ground.by.person,
        "when": max([ground.by.today.isoformat(), *others]),
        **dict.fromkeys(SCOPE, ""),
        **_scope(ground, wish.node),
        "period": wish.edit.period,
        "quantity": wish.after,
        "why": why,
    }


def _scope(ground: Ground, node: int) -> dict[str, str]:
    """What the node speaks of: its labels, and what the whole grid is cut down to."""
    labels = {**ground.cut, **ground.hierarchy.path(node)}
    for level in labels.keys() - set(SCOPE):
        raise OverrideNeedsScope(level=level_title(level, ground.by.language))
    return _shortest(labels)


def _shortest(scope: Mapping[str, str]) -> dict[str, str]:
    """The scope without what it implies: an item has one family, a customer one region."""
    implied = {above for below, above in _IMPLIES.items() if below in scope}
    return {level: label for level, label in scope.items() if level not in implied}
