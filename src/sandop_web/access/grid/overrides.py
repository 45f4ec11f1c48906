"""Overrides of the demand: rows of a master table, and the demand as it will be once the month is run with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandop.demand.effects import Ground as DemandGround
from sandop.demand.overrides import overridden
from sandop.plan import Plan, Sheet
from sandop.tables import Cell
from sandop_web.access.grid.locks import OVERRIDES
from sandop_web.store.contents import rows_by_key
from sandop_web.store.models import Version
from sandop_web.store.plans import read_network, read_report, read_settings, read_sheet

SCOPE = ("family", "item", "region", "customer")  # columns by which an override says of what it speaks
Row = Mapping[str, Any]


@dataclass(frozen=True)
class DemandWithOverrides:
    """The demand with the overrides as they stand now.

    sheet    units, item x site x customer; the computed one where nothing has been overridden since
    rows     number of the override → its row of the master table
    effects  number → what the library reports of it: before and after, plan units; only those that take effect
    pending  numbers that the computed results do not know yet
    """

    sheet: Sheet | None
    rows: Mapping[str, Row]
    effects: Mapping[str, Mapping[str, Cell]]
    pending: frozenset[str]


def demand_with_overrides(version: Version) -> DemandWithOverrides:
    """The demand of the version as it would be computed with its overrides now, everything else unchanged."""
    rows = {key[0]: row for key, row in rows_by_key(read_network(version).tables()[OVERRIDES]).items()}
    run = {str(row["override"]): row for row in read_report(version, OVERRIDES)}
    pending = frozenset(number for number, row in rows.items() if not _is_in(row, run.get(number)))
    consensus, demand = read_sheet(version, "result", "consensus"), read_sheet(version, "result", "demand")
    if consensus is None or not (pending or run.keys() - rows.keys()):
        return DemandWithOverrides(demand, rows, run, pending)
    plan = Plan(read_settings(version), read_network(version))
    result = overridden(DemandGround.of(plan, consensus, consensus.periods), consensus.values)
    effects = {str(row["override"]): row for row in result.report}
    return DemandWithOverrides(consensus.with_values(result.values, "demand").rounded(), rows, effects, pending)


def _is_in(row: Row, reported: Mapping[str, Cell] | None) -> bool:
    """True where the results were computed with the override as it is."""
    if reported is None:
        return False
    said = [reported[name] for name in ("who", "when", "period", "why")]
    quantity = reported["after"]
    return said == [row[name] for name in ("who", "when", "period", "why")] and _close(quantity, row["quantity"])


def _close(after: Cell, quantity: Any) -> bool:
    """What was shared out may miss the total by the rounding of several factors."""
    return isinstance(after, int | float) and abs(float(after) - float(quantity)) <= 0.5 + 1e-6 * abs(float(quantity))


def scope_of(row: Row) -> dict[str, str]:
    """Level → label of what an override speaks of; empty is everything."""
    return {name: str(row[name]) for name in SCOPE if row[name]}


def next_number(rows: Mapping[str, Row]) -> int:
    """The number that the next override takes: later ones win."""
    return max((int(key) for key in rows if key.isascii() and key.isdigit()), default=0) + 1
