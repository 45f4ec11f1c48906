"""Numbers typed at nodes, as numbers of the rows below them: shared out in proportion, the deeper ones last."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import numpy as np

from sandop.measures import measure
from sandop.plan import Values
from sandop.plan.sharing import share_out
from sandop_web.access.grid.ground import Ground
from sandop_web.actions.grid.wishes import Wish
from sandop_web.store.blanks import none_if_blank
from sandop_web.store.edits import Edit

_PATTERN = "demand"  # by it a total is shared where nobody has said anything yet


def spread_down(ground: Ground, name: str, held: Values, wishes: Sequence[Wish]) -> Values:
    """What the rows are to hold, (row, period) in the measure's own unit, once the wishes are made one after the
    other; `held` is what they hold."""
    after = held.copy()
    factor, decimals = ground.factor(name), ground.view.measure(name).decimals
    computed = _computed(ground, name)
    for node, group in groupby(wishes, key=lambda wish: wish.node):
        inside = list(group)
        rows, places = ground.hierarchy.rows_below(node), np.array([wish.place for wish in inside])
        below = np.ix_(rows, places)
        after[below] = share_out(
            totals=np.array([wish.after for wish in inside]),
            before=after[below],
            otherwise=after[below] if computed is None else computed[below],
            factor=factor[rows],
            decimals=decimals,
        )
    return after


def cell_edits(ground: Ground, name: str, held: Values, after: Values) -> list[Edit]:
    """The cells that differ between what the rows `held` and what they are to hold `after`, both (row, period) in the
    measure's own unit."""
    rows, places = np.nonzero(differ(held, after))
    keys, labels = ground.rows.keys, ground.periods.labels
    return [
        Edit(name, keys[row], labels[place], none_if_blank(old), none_if_blank(new))
        for row, place, old, new in zip(
            rows.tolist(), places.tolist(), held[rows, places].tolist(), after[rows, places].tolist()
        )
    ]


def differ(one: Values, other: Values) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """True where `one` and the `other` differ, any shape such as (row, period); a blank is like a blank."""
    return np.asarray((one != other) & ~(np.isnan(one) & np.isnan(other)))


def _computed(ground: Ground, name: str) -> Values | None:
    """The computed demand on the rows, (row, period); None for rows that are not the demand's."""
    return ground.held(_PATTERN) if measure(name).grain == measure(_PATTERN).grain else None
