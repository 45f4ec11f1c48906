"""A change of one cell: who, when, which cell, from what, to what, why. Plan = inputs + changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sandop.plan.sheet import Key, Sheet


@dataclass(frozen=True)
class Change:
    """One recorded edit. `before` and `after` are in the measure's unit; NaN is a blank."""

    who: str
    when: dt.datetime
    measure: str
    row: Key
    period: str
    before: float
    after: float
    why: str


class PlanHasMoved(ValueError):
    """A cell no longer holds the value the change expects."""


def apply_changes(sheet: Sheet, changes: Iterable[Change]) -> Sheet:
    """The sheet after the changes of its measure, in their order.

    Raises KeyError for an unknown cell and PlanHasMoved where `before` is not what the cell holds.
    """
    values = sheet.values.copy()
    for change in changes:
        if change.measure != sheet.name:
            continue
        place = sheet.rows.position[change.row], sheet.periods.position[change.period]
        found = values[place]
        if found != change.before and not (found != found and change.before != change.before):
            raise PlanHasMoved(f"{sheet.name} {change.row} {change.period} holds {found}, not {change.before}")
        values[place] = change.after
    return sheet.with_values(values)
