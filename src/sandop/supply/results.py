"""The plan as sheets: what the numbers of the program mean for each item, process, lane, supplier and resource."""

from __future__ import annotations

import numpy as np

from sandop.plan import Rows, Sheet
from sandop.supply.chain import Chain, Numbers, Places
from sandop.supply.constraints import fact_excess
from sandop.supply.primary import load_before_limits
from sandop.supply.program import Program
from sandop.supply.quantities import (
    fact_output,
    giving_up,
    stock_layers,
    uncovered_points,
    waiting,
)
from sandop.supply.timing import leaving_shares


def sheets_of(*, chain: Chain, program: Program, x: Numbers, y: Numbers) -> dict[str, Sheet]:
    """All result sheets, rounded as stored.

    x, y    plan (column,) and prices (row,) of the program
    """
    values = {
        **_stock(chain, program, x),
        **_served(chain, program, x),
        **_flows(chain, program, x),
        **_hours(chain, program, x),
        **_workforce(chain, program, x),
        **_before_limits(chain, program),
        **_violations(chain, program, x),
        "hour_value": (chain.hours.rows, hour_value(chain, program, y)),
    }
    return {name: Sheet(name, rows, chain.periods, numbers).rounded() for name, (rows, numbers) in values.items()}


_Values = dict[str, tuple[Rows, Numbers]]


def values_of(program: Program, x: Numbers, name: str) -> Numbers:
    """Numbers of a block of columns of the plan x (column,), (series, T)."""
    block: Numbers = x[program.columns[name].index]
    return block


def _spread_over(rows: int, place: Places, numbers: Numbers) -> Numbers:
    full = np.zeros((rows, numbers.shape[1]))
    full[place] = numbers
    return full


def closing_stock(chain: Chain, program: Program, x: Numbers) -> Numbers:
    """Stock at the end of each period in the plan x (column,), unit, (P, T)."""
    count = len(chain.points.rows)
    return sum(
        (_spread_over(count, place, values_of(program, x, layer)) for layer, place in stock_layers(chain).items()),
        np.zeros((count, chain.count)),
    )


def _stock(chain: Chain, program: Program, x: Numbers) -> _Values:
    points = chain.points
    stock = closing_stock(chain, program, x)
    wanted = points.target + points.required
    return {
        "closing_stock": (points.rows, stock),
        "stock_shortfall": (points.rows, np.maximum(wanted - stock, 0.0)),
        "open_receipts": (points.rows, points.receipts),
    }


def backlog_and_lost(chain: Chain, program: Program, x: Numbers) -> tuple[Numbers, Numbers]:
    """Owed at each period's end and given up in it by the plan x (column,), unit, both (D, T)."""
    count = len(chain.demand.rows)
    return (
        _spread_over(count, np.flatnonzero(waiting(chain)), values_of(program, x, "backlog")),
        _spread_over(count, np.flatnonzero(giving_up(chain)), values_of(program, x, "lost")),
    )


def deliveries(*, chain: Chain, program: Program, x: Numbers) -> Sheet:
    """What a plan x (column,) delivers, unit, (item, site, customer) x period, not rounded."""
    rows, delivered = _served(chain, program, x)["deliveries"]
    return Sheet("deliveries", rows, chain.periods, delivered)


def _served(chain: Chain, program: Program, x: Numbers) -> _Values:
    demand = chain.demand
    backlog, lost = backlog_and_lost(chain, program, x)
    before = np.column_stack([demand.backlog, backlog[:, :-1]])
    deliveries = np.maximum(demand.quantity + before - backlog - lost, 0.0)
    return {"deliveries": (demand.rows, deliveries), "backlog": (demand.rows, backlog), "lost": (demand.rows, lost)}


def starts(chain: Chain, program: Program, x: Numbers) -> Numbers:
    """Good units started by the plan x (column,), fixed ones included, (M, T)."""
    making = chain.making
    return leaving(chain, values_of(program, x, "production"), making.days, making.free_from) + making.facts


def leaving(chain: Chain, arrivals: Numbers, days: Numbers, free_from: Places) -> Numbers:
    """When `arrivals` (series, T) leave, (series, T), for lead times `days` (series,) and first free periods
    `free_from` (series,)."""
    sent = np.zeros_like(arrivals)
    for lead, free in np.unique(np.column_stack([days, free_from]), axis=0):
        these = (days == lead) & (free_from == free)
        sent[these] = arrivals[these] @ leaving_shares(chain.edge, float(lead), int(free))
    return sent


def _flows(chain: Chain, program: Program, x: Numbers) -> _Values:
    making, moving, buying = chain.making, chain.moving, chain.buying
    made, moved, bought = (values_of(program, x, name) for name in ("production", "transfers", "purchases"))
    at_once = np.zeros(max(len(moving.rows), len(buying.rows)), dtype=np.int64)
    return {
        "production": (making.rows, starts(chain, program, x)),
        "production_finished": (making.rows, made + fact_output(chain)),
        "transfers": (moving.rows, leaving(chain, moved, moving.days, at_once[: len(moving.rows)])),
        "transfers_received": (moving.rows, moved),
        "purchases": (buying.rows, leaving(chain, bought, buying.days, at_once[: len(buying.rows)])),
        "purchases_received": (buying.rows, bought),
    }


def _extra(chain: Chain, program: Program, x: Numbers) -> tuple[Numbers, Numbers]:
    hours = chain.hours
    overtime, outsourced = (
        _spread_over(len(hours.rows), np.flatnonzero((limit > 0).any(axis=1)), values_of(program, x, name))
        for name, limit in (("overtime", hours.overtime), ("outsourced", hours.outsourced))
    )
    return overtime, outsourced


def staff(chain: Chain, program: Program, x: Numbers, name: str) -> Numbers:
    """Workers, hired or laid off by the plan x (column,), worker, (R, T); zero for resources that are not sized by
    workers."""
    return _spread_over(len(chain.hours.rows), np.flatnonzero(chain.hours.by_workers), values_of(program, x, name))


def available_hours(chain: Chain, program: Program, x: Numbers) -> Numbers:
    """Regular hours in the plan x (column,), (R, T); infinite where nobody has said."""
    hours = chain.hours
    by_workers = staff(chain, program, x, "workers") * hours.hours_per_worker[:, None]
    return np.where(hours.by_workers[:, None], by_workers, hours.regular)


def _hours(chain: Chain, program: Program, x: Numbers) -> _Values:
    rows = chain.hours.rows
    overtime, outsourced = _extra(chain, program, x)
    worked = chain.work_of(starts(chain, program, x)) - fact_excess(chain)
    available = available_hours(chain, program, x)
    return {
        "hours_regular": (rows, np.maximum(worked - overtime - outsourced, 0.0)),
        "hours_overtime": (rows, overtime),
        "hours_outsourced": (rows, outsourced),
        "hours_available": (rows, np.where(np.isfinite(available), available, np.nan)),
    }


def _workforce(chain: Chain, program: Program, x: Numbers) -> _Values:
    place = np.flatnonzero(chain.hours.by_workers)
    rows = Rows(chain.hours.rows.grain, tuple(chain.hours.rows.keys[i] for i in place))
    return {
        name: (rows, values_of(program, x, block))
        for name, block in (("workers", "workers"), ("hired", "hired"), ("laid_off", "laid off"))
    }


def _before_limits(chain: Chain, program: Program) -> _Values:
    load, bought = load_before_limits(chain, program)
    return {"load": (chain.hours.rows, load), "purchases_required": (chain.buying.rows, bought)}


def _violations(chain: Chain, program: Program, x: Numbers) -> _Values:
    points, place = chain.points.rows, uncovered_points(chain)
    uncovered = Rows(points.grain, tuple(points.keys[i] for i in place))
    return {
        "uncovered": (uncovered, values_of(program, x, "uncovered")),
        "hours_excess": (chain.hours.rows, fact_excess(chain)),
        "storage_excess": (chain.storing.rows, values_of(program, x, "storage excess")),
    }


def hour_value(chain: Chain, program: Program, y: Numbers) -> Numbers:
    """What one hour more would save at the prices y (row,), currency/hour, (R, T): the price of the capacity rule."""
    value = np.zeros((len(chain.hours.rows), chain.count))
    block = program.rules.get("capacity")
    if block is not None:
        value[chain.hours.rows.places(block.keys)] = np.maximum(-y[block.index], 0.0)
    return value


def costs_of(*, chain: Chain, program: Program, x: Numbers) -> dict[str, float]:
    """The cost of the plan by kind, currency; they add up to its cost.

    x   the plan, (column,)

    late, lost, stock missing and violations are prices, not payments.
    """
    points, demand = chain.points, chain.demand
    stock = closing_stock(chain, program, x)
    backlog, _ = backlog_and_lost(chain, program, x)
    spent = {
        name: float((program.cost[block.index] * x[block.index]).sum()) for name, block in program.columns.items()
    }
    holding = float((points.holding * stock).sum())
    layers = sum(spent[layer] for layer in stock_layers(chain))
    late = float((demand.late * backlog).sum())
    return {
        "production": spent["production"],
        "purchases": spent["purchases"],
        "transfers": spent["transfers"],
        "overtime": spent["overtime"],
        "outsourced hours": spent["outsourced"],
        "wages": spent["workers"],
        "hiring": spent["hired"],
        "laying off": spent["laid off"],
        "holding": holding,
        "stock missing": layers - holding + program.constant,
        "late": late,
        "lost": spent["backlog"] - late + spent["lost"],
        "violations": spent["storage excess"] + spent["uncovered"],
    }
