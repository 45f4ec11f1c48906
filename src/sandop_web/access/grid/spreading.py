"""Numbers typed at nodes, as numbers of the rows below them: shared out by a key, the deeper ones last.

An edit and its preview share out here, so that what somebody has seen is what is saved.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from sandop.measures import measure
from sandop.plan import Sheet, Values
from sandop.plan.sharing import share_out
from sandop_web.access.grid.asked import BY_WHAT_THEY_HOLD, Sharing, SharingKey
from sandop_web.access.grid.ground import Ground
from sandop_web.access.grid.views import DEMAND
from sandop_web.access.grid.wishes import Wish
from sandop_web.access.refusals import WebRefusal
from sandop_web.store.plans import read_sheet
from sandop_web.store.refusals import figure

_PATTERN = "demand"  # by it a total is shared where nobody has said anything yet
Rows = NDArray[np.bool_]


class KeptHoldMore(WebRefusal):
    """Rows that are to keep their numbers hold more than the total that is to be shared out."""

    message = "gridrules.kept_hold_more"
    status = 400


class NothingToShare(WebRefusal):
    """Every row below the total is to keep its number."""

    message = "gridrules.nothing_to_share"
    status = 400


def keys_for(ground: Ground, name: str) -> tuple[SharingKey, ...]:
    """The keys by which totals of a measure may be shared out; those of orders only for the demand's rows."""
    if ground.view.name == DEMAND and measure(name).grain == measure(_PATTERN).grain:
        return ("current", "last_year", "statistical", "evenly")
    return ("current", "evenly")


def spread_down(
    ground: Ground, name: str, held: Values, wishes: Sequence[Wish], sharing: Sharing = BY_WHAT_THEY_HOLD
) -> Values:
    """What the rows are to hold, (row, period) in the measure's own unit, once the wishes are made one after the
    other; `held` is what they hold. Raises KeptHoldMore, NothingToShare, NotUnderstood for a level of kept rows."""
    after = held.copy()
    factor, decimals = ground.factor(name), ground.view.measure(name).decimals
    free = ~kept_rows(ground, sharing.kept)
    pattern, computed = _pattern(ground, name, held, sharing.by), _computed(ground, name)
    for node, group in groupby(wishes, key=lambda wish: wish.node):
        inside = list(group)
        below, places = ground.hierarchy.rows_below(node), np.array([wish.place for wish in inside])
        rows = below if ground.layout.single[node] else below[free[below]]
        totals = np.array([wish.after for wish in inside])
        if len(rows) < len(below):
            totals = _rest(after[np.ix_(below[~free[below]], places)], factor[below[~free[below]]], totals, len(rows))
        cells = np.ix_(rows, places)
        after[cells] = share_out(
            totals=totals,
            before=after[cells] if pattern is None else pattern[cells],
            otherwise=after[cells] if computed is None else computed[cells],
            factor=factor[rows],
            decimals=decimals,
        )
    return after


def kept_rows(ground: Ground, kept: Sequence[Mapping[str, str]]) -> Rows:
    """True for the rows that are to keep what they hold, (row,). Raises NotUnderstood for a level the view lacks."""
    mask = np.zeros(len(ground.rows), dtype=bool)
    for place in kept:
        inside = np.ones(len(ground.rows), dtype=bool)
        for level, label in place.items():
            inside &= ground.labels(level) == label
        mask |= inside
    return mask


def basis_of(ground: Ground, by: SharingKey) -> Values | None:
    """What a key goes by: the numbers of another month or measure, (row, period), in units; None for a key that goes
    by none."""
    if by == "statistical":
        return ground.held("statistical")
    return _last_year(ground) if by == "last_year" else None


def _rest(kept: Values, factor: Values, totals: Values, free: int) -> Values:
    """What the kept rows (row, period) leave of the totals (period,), in plan units."""
    if not free:
        raise NothingToShare()
    held = np.nansum(kept * factor[:, None], axis=0)
    rest = np.asarray(totals - held)
    short = np.flatnonzero((rest < 0) & (totals >= 0))
    if len(short):
        raise KeptHoldMore(kept=figure(float(held[short[0]])), total=figure(float(totals[short[0]])))
    return rest


def _pattern(ground: Ground, name: str, held: Values, by: SharingKey) -> Values | None:
    """By what the rows share, (row, period), in their own units; None: by what they hold. A row that says nothing
    joins in only where the key speaks of it."""
    if by == "current":
        return None
    nobody = np.isnan(held).all(axis=0)
    basis = basis_of(ground, by) if by in keys_for(ground, name) else None
    if basis is None:
        even = np.broadcast_to(1.0 / ground.factor(name)[:, None], held.shape)
        return np.where(np.isnan(held) & ~nobody, np.nan, even)
    silent = np.where(np.isnan(held), np.nan, 0.0)
    return np.where(basis > 0, basis, silent)


def _last_year(ground: Ground) -> Values:
    """Orders of the same month in the last year that is closed for it, (row, period); blank where there is none."""
    sheet = read_sheet(ground.version, "input", "orders")
    if sheet is None:
        return np.full((len(ground.rows), len(ground.periods)), np.nan)
    orders = sheet.on(ground.rows, sheet.periods).values
    column = _closed_month(sheet, ground.version.start)
    years = [column(label) for label in ground.periods.labels]
    blank = np.full(len(ground.rows), np.nan)
    return np.column_stack([blank if place is None else orders[:, place] for place in years])


def _closed_month(sheet: Sheet, start: str) -> Callable[[str], int | None]:
    """Label of a month → place of the same month a year or more before it, the latest that is closed."""
    known = {label: place for label, place in sheet.periods.position.items() if label < start}
    latest = {label[5:]: place for label, place in sorted(known.items())}

    def place_of(label: str) -> int | None:
        before = f"{int(label[:4]) - 1}{label[4:]}"
        return known.get(before, latest.get(label[5:]) if label >= start else None)

    return place_of


def _computed(ground: Ground, name: str) -> Values | None:
    """The computed demand on the rows, (row, period); None for rows that are not the demand's."""
    return ground.held(_PATTERN) if measure(name).grain == measure(_PATTERN).grain else None
