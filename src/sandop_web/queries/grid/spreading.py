"""How a total would be shared out, before anything is saved: which rows get how much, and by what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sandop.plan import Values
from sandop_web.access import Actor, query
from sandop_web.access.grid.asked import BY_WHAT_THEY_HOLD, GridAsked, GridEdit, Sharing, SharingKey
from sandop_web.access.grid.differences import patches_of, totals_of
from sandop_web.access.grid.ground import Ground, ground_of
from sandop_web.access.grid.locks import is_override
from sandop_web.access.grid.names import label_name
from sandop_web.access.grid.shown import GridPatch
from sandop_web.access.grid.spreading import basis_of, kept_rows, keys_for, spread_down
from sandop_web.access.grid.views import level_title
from sandop_web.access.grid.wishes import Wish, wishes_of
from sandop_web.queries.grid.shape import GridLevel
from sandop_web.store.blanks import none_if_blank
from sandop_web.wording import say

MOST_LINES = 100  # what somebody looks through; the largest come first
Cells = NDArray[np.bool_]


@dataclass(frozen=True)
class GridSpreadLine:
    """What the rows of one label get, in the units shown; None is a blank, or where units differ.

    basis   what the key goes by; None for a key that goes by what the rows hold, or by nothing
    rows    how many rows of the plan share it
    kept    all of them keep what they hold
    """

    label: str
    name: str
    before: float | None
    after: float | None
    basis: float | None
    rows: int
    kept: bool


@dataclass(frozen=True)
class GridSpread:
    """A total as it would be shared out.

    totals  how many totals are shared out, `rows` how many rows of the plan share them
    level   by what the lines are told apart; `levels` by what else they could be
    by      the key; `keys` those there are, each with its title
    more    lines that are left out, the smallest
    patch   new values of every node that would change
    """

    totals: int
    rows: int
    before_total: float | None
    after_total: float | None
    level: str
    levels: tuple[GridLevel, ...]
    by: SharingKey
    keys: tuple[GridLevel, ...]
    decimals: int
    lines: tuple[GridSpreadLine, ...]
    more: int
    patch: tuple[GridPatch, ...]


@query
def spread_of(
    *,
    by: Actor,
    version: int,
    asked: GridAsked,
    edits: Sequence[GridEdit],
    sharing: Sharing = BY_WHAT_THEY_HOLD,
    level: str = "",
) -> GridSpread:
    """What `edit_grid` would make of the same edits, for the measure of the first total among them; nothing is
    written. `level` tells the lines apart; empty: the first that does. Overrides take effect when the month is run
    and are left out. Raises as `edit_grid`, without regard to what others have changed meanwhile."""
    ground = ground_of(by=by, version=version, asked=asked)
    wishes = wishes_of(ground, [edit for edit in edits if not is_override(ground.view, edit.measure)])
    totals = [wish for wish in wishes if not ground.layout.single[wish.node]] or wishes
    name = totals[0].edit.measure
    held = ground.held(name)
    wished = [wish for wish in wishes if wish.edit.measure == name]
    after = spread_down(ground, name, held, wished, sharing)
    shown = {name: ground.at_nodes(name, held)}, {name: ground.at_nodes(name, after)}
    shared = [wish for wish in totals if wish.edit.measure == name]
    touched = _touched(ground, shared)
    levels = _levels(ground, touched)
    wanted = level if level in levels else levels[0]
    lines = _lines(ground, name, (held, after), touched, wanted, sharing)
    before_total, after_total = totals_of(ground, shared, *shown)
    return GridSpread(
        totals=len(shared),
        rows=int(touched.any(axis=1).sum()),
        before_total=before_total,
        after_total=after_total,
        level=wanted,
        levels=tuple(GridLevel(one, level_title(one, by.language)) for one in levels),
        by=sharing.by if sharing.by in keys_for(ground, name) else "current",
        keys=tuple(GridLevel(key, say(f"gridrules.key.{key}", by.language)) for key in keys_for(ground, name)),
        decimals=ground.decimals(name),
        lines=tuple(lines[:MOST_LINES]),
        more=max(0, len(lines) - MOST_LINES),
        patch=tuple(patches_of(ground, *shown)),
    )


def _touched(ground: Ground, wishes: Sequence[Wish]) -> Cells:
    """True for the cells that share a total, (row, period)."""
    cells = np.zeros((len(ground.rows), len(ground.periods)), dtype=bool)
    for wish in wishes:
        cells[ground.hierarchy.rows_below(wish.node), wish.place] = True
    return cells


def _levels(ground: Ground, touched: Cells) -> list[str]:
    """Levels that tell the rows apart, those of the grid first; the deepest where none does."""
    rows = touched.any(axis=1)
    known = dict.fromkeys((*ground.levels, *ground.view.levels, *ground.view.more_levels))
    return [level for level in known if len(set(ground.labels(level)[rows])) > 1] or [ground.view.levels[-1]]


def _lines(
    ground: Ground, name: str, values: tuple[Values, Values], touched: Cells, level: str, sharing: Sharing
) -> list[GridSpreadLine]:
    """One line a label, the largest first."""
    rows = np.flatnonzero(touched.any(axis=1))
    labels = ground.labels(level)[rows]
    kept, factor = kept_rows(ground, sharing.kept), ground.factor(name)[:, None]
    basis = basis_of(ground, sharing.by) if sharing.by in keys_for(ground, name) else None
    counted = [None if one is None else np.where(touched, one * factor, np.nan) for one in (*values, basis)]
    found = []
    for label in dict.fromkeys(labels.tolist()):
        inside = rows[labels == label]
        same_unit = not ground.counts_units(name) or len(set(ground.layout.unit[inside])) == 1
        before, after, by = (_sum(one, inside) if same_unit else None for one in counted)
        line = GridSpreadLine(
            label=label,
            name=label_name(ground, level, label),
            before=before,
            after=after,
            basis=by,
            rows=len(inside),
            kept=bool(kept[inside].all()),
        )
        found.append(line)
    return sorted(found, key=lambda line: (-abs(line.before or 0.0), line.label))


def _sum(values: Values | None, rows: NDArray[np.int64]) -> float | None:
    """Sum over some rows of (row, period); None where all of them are blank."""
    if values is None or np.isnan(values[rows]).all():
        return None
    return none_if_blank(float(np.nansum(values[rows])))
