"""Whom versions serve otherwise: demand served in the month it was asked for, by customer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sandop.finance import on_time, opening_backlog
from sandop.pack.page import Cell, Column, Row, Table
from sandop.plan import Rows
from sandop.scenario import Month
from sandop_web.queries.scenarios.side_by_side import Side, said

_SEEN = 0.0005  # share by which service must differ to be shown


@dataclass(frozen=True)
class Served:
    """Demand of the planned periods at standard cost, plan currency: asked for, and served when it was asked for."""

    asked: float
    timely: float

    @property
    def share(self) -> float:
        """Share served in time; NaN where nothing was asked for."""
        return self.timely / self.asked if self.asked > 0 else float("nan")


def served_by_customer(month: Month) -> dict[str, Served]:
    """Each customer's demand and what of it is served in time, old demand first, as the fill rate counts it."""
    if any(name not in month.sheets for name in ("demand", "deliveries", "backlog")):
        return {}
    demand = month.sheets["demand"]
    rows, periods = demand.rows, demand.periods
    if month.sheets["deliveries"].periods != periods:
        return {}
    owed = np.nan_to_num(month.sheets["backlog"].on(rows, periods).values)
    opening = opening_backlog(plan=month.plan, rows=rows)[:, None]
    timely = on_time(
        demand=demand.values,
        served=month.sheets["deliveries"].on(rows, periods).values,
        backlog=np.concatenate([opening, owed[:, :-1]], axis=1),
    )
    value = month.plan.network.items.value[month.plan.network.items.places(rows.column("item"))]
    return _by_customer(rows, np.nansum(demand.values, axis=1) * value, np.nansum(timely, axis=1) * value)


def service_apart(sides: Sequence[Side]) -> Table | None:
    """Customers that the versions do not serve alike, those that lose most first; None for none."""
    reader, found = sides[0].reader, [served_by_customer(side.month) for side in sides]
    customers = [name for name in dict.fromkeys(name for one in found for name in one) if _apart(name, found)]
    if not customers:
        return None
    customers.sort(key=lambda name: min(_lost(name, found[0], one) for one in found[1:]))
    columns = [Column(said(reader, "head.customer"), wrap=True), Column(sides[0].title, "share")]
    for side in sides[1:]:
        columns += [Column(side.title, "share"), Column(said(reader, "head.difference"), "share+")]
    return Table(
        tuple(columns),
        tuple(_row(reader.name("customers", name), [one.get(name) for one in found]) for name in customers),
        said(reader, "compare.service_by_customer"),
    )


def _by_customer(rows: Rows, asked: Sequence[float], timely: Sequence[float]) -> dict[str, Served]:
    found: dict[str, Served] = {}
    for customer, wanted, got in zip(rows.column("customer"), asked, timely):
        before = found.get(str(customer), Served(0.0, 0.0))
        found[str(customer)] = Served(before.asked + float(wanted), before.timely + float(got))
    return found


def _apart(name: str, found: Sequence[Mapping[str, Served]]) -> bool:
    shares = [one[name].share if name in one else float("nan") for one in found]
    known = [share for share in shares if share == share]
    return len(known) > 1 and max(known) - min(known) >= _SEEN


def _lost(name: str, before: Mapping[str, Served], after: Mapping[str, Served]) -> float:
    """How much more of the customer's demand is served in time, plan currency; below zero where it is less."""
    late = [one[name].asked - one[name].timely if name in one else 0.0 for one in (before, after)]
    return late[0] - late[1]


def _row(name: str, served: Sequence[Served | None]) -> Row:
    shares = [one.share if one else float("nan") for one in served]
    cells: list[Cell] = [Cell(shares[0])]
    for share in shares[1:]:
        away = share - shares[0]
        tone = "quiet" if not abs(away) >= _SEEN else "good" if away > 0 else "bad"
        cells += [Cell(share), Cell(away, tone=tone)]  # type: ignore[arg-type]
    return Row((name, *cells))
