"""The rules of the supply plan, one function each. Every function adds its rows to the draft.

I stock at a period's end, B backlog, L lost, x good units that come into stock, y units that arrive by lanes,
p units that arrive from suppliers, o overtime, e outsourced hours, W workers; `need` is what leaves for arrivals
of this and later periods (see `timing`).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sandop.supply.chain import Chain, Numbers, Places, sums
from sandop.supply.program import Draft
from sandop.supply.quantities import fact_arrivals, giving_up, stock_layers, uncovered_points, waiting
from sandop.supply.timing import leaving_shares


def balance_stock(draft: Draft, chain: Chain) -> None:
    """Nothing is made or lost: I[t] = I[t-1] + arrivals - need - sales, where sales = demand + B[t-1] - B[t] - L.

    Unit of the item. Its price is what one unit more at this place and time would save.
    """
    points, demand = chain.points, chain.demand
    given = points.receipts + fact_arrivals(chain) - chain.parts_of(chain.making.facts)
    given -= sums(demand.point, demand.quantity, len(points.rows))
    given[:, 0] += points.opening - np.bincount(demand.point, weights=demand.backlog, minlength=len(points.rows))
    rows = draft.add_rows("stock balance", points.rows.keys, lower=given, upper=given)
    for layer, place in stock_layers(chain).items():
        _carry(draft, rows[place], draft.columns[layer].index, 1.0)
    _carry(draft, rows[demand.point[waiting(chain)]], draft.columns["backlog"].index, -1.0)
    draft.put(rows[demand.point[giving_up(chain)]], draft.columns["lost"].index, -1.0)
    _make_and_move(draft, chain, rows)
    draft.put(rows[uncovered_points(chain)], draft.columns["uncovered"].index, -1.0)


def _make_and_move(draft: Draft, chain: Chain, rows: Places) -> None:
    making, moving, buying = chain.making, chain.moving, chain.buying
    production, transfers = draft.columns["production"].index, draft.columns["transfers"].index
    draft.put(rows[making.point], production, -1.0)
    _put_leaving(
        draft,
        chain,
        rows[making.part_point],
        production[making.part_process],
        making.part_units,
        making.days[making.part_process],
        making.free_from[making.part_process],
    )
    draft.put(rows[moving.destination], transfers, -1.0)
    at_once = np.zeros(len(moving.rows), dtype=np.int64)
    _put_leaving(draft, chain, rows[moving.origin], transfers, np.ones(len(moving.rows)), moving.days, at_once)
    draft.put(rows[buying.point], draft.columns["purchases"].index, -1.0)


def serve_or_wait(draft: Draft, chain: Chain) -> None:
    """Sales are never negative: B[t] + L[t] <= demand + B[t-1]. Unit of the item."""
    demand, late = chain.demand, waiting(chain)
    place = np.flatnonzero(late)
    asked = demand.quantity[place].copy()
    asked[:, 0] += demand.backlog[place]
    rows = draft.add_rows("serve or wait", [demand.rows.keys[i] for i in place], lower=-np.inf, upper=asked)
    _carry(draft, rows, draft.columns["backlog"].index, 1.0)
    gives_up = giving_up(chain)
    row_of = np.cumsum(late) - 1
    both = late & gives_up
    draft.put(rows[row_of[both]], draft.columns["lost"].index[both[gives_up]], 1.0)


def keep_within_capacity(draft: Draft, chain: Chain) -> None:
    """Hours worked <= regular hours (or hours of the workers) + overtime + outsourced hours. Hour.

    Its price is the value of one hour more. Fixed production takes its hours first; hours it takes beyond every
    limit are a listed violation and are added here.
    """
    hours, making = chain.hours, chain.making
    limited = np.flatnonzero(hours.by_workers | np.isfinite(hours.regular).any(axis=1))
    if not len(limited):
        return
    regular = np.where(hours.by_workers[:, None], 0.0, hours.regular)
    free = regular - chain.fact_hours() + fact_excess(chain)
    rows = draft.add_rows("capacity", [hours.rows.keys[i] for i in limited], lower=-np.inf, upper=free[limited])
    row_of = np.full(len(hours.rows), -1)
    row_of[limited] = np.arange(len(limited))
    used = row_of[making.work_resource] >= 0
    process = making.work_process[used]
    _put_leaving(
        draft,
        chain,
        rows[row_of[making.work_resource[used]]],
        draft.columns["production"].index[process],
        making.work_hours[used],
        making.days[process],
        making.free_from[process],
    )
    for name, limit in (("overtime", hours.overtime), ("outsourced", hours.outsourced)):
        place = np.flatnonzero((limit > 0).any(axis=1))
        kept = row_of[place] >= 0
        draft.put(rows[row_of[place[kept]]], draft.columns[name].index[kept], -1.0)
    staffed = np.flatnonzero(hours.by_workers)
    draft.put(rows[row_of[staffed]], draft.columns["workers"].index, -hours.hours_per_worker[staffed, None])


def fact_excess(chain: Chain) -> Numbers:
    """Hours of fixed production beyond regular, overtime and outsourced hours, (R, T)."""
    hours = chain.hours
    staffed = hours.by_workers[:, None]
    most = np.where(np.isfinite(hours.most_workers), hours.most_workers, 1e9)[:, None]
    regular = np.where(staffed, most * hours.hours_per_worker[:, None], hours.regular)
    overtime = np.where(
        staffed, np.minimum(hours.overtime, most * hours.overtime_per_worker[:, None]), hours.overtime
    )
    excess: Numbers = np.maximum(chain.fact_hours() - regular - overtime - hours.outsourced, 0.0)
    return excess


def limit_overtime_to_workers(draft: Draft, chain: Chain) -> None:
    """o[t] <= overtime hours of one worker x W[t], where workers make the hours. Hour."""
    hours = chain.hours
    with_overtime = np.flatnonzero((hours.overtime > 0).any(axis=1))
    kept = hours.by_workers[with_overtime]
    place = with_overtime[kept]
    if not len(place):
        return
    rows = draft.add_rows("overtime of workers", [hours.rows.keys[i] for i in place], lower=-np.inf, upper=0.0)
    draft.put(rows, draft.columns["overtime"].index[kept], 1.0)
    column_of = np.cumsum(hours.by_workers) - 1
    draft.put(rows, draft.columns["workers"].index[column_of[place]], -hours.overtime_per_worker[place, None])


def carry_workforce(draft: Draft, chain: Chain) -> None:
    """W[t] = W[t-1] + hired[t] - laid off[t]. Worker. Its price is what one worker more would save."""
    hours = chain.hours
    place = np.flatnonzero(hours.by_workers)
    if not len(place):
        return
    given = np.zeros((len(place), chain.count))
    given[:, 0] = hours.workers[place]
    rows = draft.add_rows("workforce", [hours.rows.keys[i] for i in place], lower=given, upper=given)
    _carry(draft, rows, draft.columns["workers"].index, 1.0)
    draft.put(rows, draft.columns["hired"].index, -1.0)
    draft.put(rows, draft.columns["laid off"].index, 1.0)


def keep_within_supplier_limit(draft: Draft, chain: Chain) -> None:
    """All that arrives from a supplier, in its limit unit, <= what it delivers in the period."""
    buying = chain.buying
    limited = np.flatnonzero(np.isfinite(buying.supplier_limit).any(axis=1))
    if not len(limited):
        return
    rows = draft.add_rows(
        "supplier limit",
        [buying.suppliers.keys[i] for i in limited],
        lower=-np.inf,
        upper=buying.supplier_limit[limited],
    )
    row_of = np.full(len(buying.suppliers), -1)
    row_of[limited] = np.arange(len(limited))
    kept = np.flatnonzero(row_of[buying.supplier] >= 0)
    draft.put(
        rows[row_of[buying.supplier[kept]]], draft.columns["purchases"].index[kept], buying.limit_units[kept, None]
    )


def keep_within_storage(draft: Draft, chain: Chain) -> None:
    """Space of all stock at a site at the period's end <= its storage + listed excess. Space."""
    storing, points = chain.storing, chain.points
    if not len(storing.rows):
        return
    rows = draft.add_rows("storage", storing.rows.keys, lower=-np.inf, upper=storing.limit)
    row_of_site = np.full(int(points.site.max(initial=0)) + 1, -1)
    known = storing.site < len(row_of_site)
    row_of_site[storing.site[known]] = np.flatnonzero(known)
    for layer, place in stock_layers(chain).items():
        row = row_of_site[points.site[place]]
        kept = row >= 0
        draft.put(rows[row[kept]], draft.columns[layer].index[kept], points.space[place[kept], None])
    draft.put(rows, draft.columns["storage excess"].index, -1.0)


RULES: tuple[Callable[[Draft, Chain], None], ...] = (
    balance_stock,
    serve_or_wait,
    keep_within_capacity,
    limit_overtime_to_workers,
    carry_workforce,
    keep_within_supplier_limit,
    keep_within_storage,
)


def _carry(draft: Draft, rows: Places, columns: Places, sign: float) -> None:
    """sign x (level[t] - level[t-1])."""
    draft.put(rows, columns, sign)
    draft.put(rows[:, 1:], columns[:, :-1], -sign)


def _put_leaving(
    draft: Draft, chain: Chain, rows: Places, columns: Places, units: Numbers, days: Numbers, free_from: Places
) -> None:
    """units of each arriving unit leave in the periods that the lead time says; (series, T) rows and columns."""
    for lead, free in np.unique(np.column_stack([days, free_from]), axis=0):
        these = np.flatnonzero((days == lead) & (free_from == free))
        shares = leaving_shares(chain.edge, float(lead), int(free))
        arrives, leaves = np.nonzero(shares)
        draft.put(
            rows[np.ix_(these, leaves)], columns[np.ix_(these, arrives)], units[these, None] * shares[arrives, leaves]
        )
