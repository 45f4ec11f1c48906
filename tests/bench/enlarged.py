"""A company grown to the size of a large one: every item of a small one made and sold many times over.

The families, sites, resources, suppliers and customers stay; each item, its processes, bills, sources and orders come
again under a numbered name, in quantities of their own, and what all items share is as much larger as they are. A
plan that was feasible is feasible then: results are grown with it, not solved anew, and the figures a report states
for the company as a whole are left as they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from sandop.measures import measure
from sandop.network import TABLES, Network
from sandop.plan import Plan, Rows, Sheet
from sandop.scenario import Month
from sandop.tables import Report

OWN = ("item", "process", "component", "order", "like_item", "replaces")  # columns that name what comes again
MORE = ("quantity", "monthly", "pipeline_fill", "limit_units", "workers", "most_workers")
NOT_GROWN = "bills"  # quantities for one unit made
AMOUNTS = ("flow", "level")  # kinds of measures that are larger in a larger company

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Growth:
    """How the company grows: `sizes` of the copies against the original, (copy,); their mean is 1."""

    sizes: tuple[float, ...]
    processes: frozenset[str]

    def named(self, name: str, copy: int) -> str:
        return f"{name}-{copy:02d}" if name and copy else name

    def rows(self, rows: Iterable[Row], table: str = "") -> Iterator[dict[str, Any]]:
        """The rows of a table or report; those about an item or a process come again for every copy."""
        grown = () if table == NOT_GROWN else MORE
        for row in rows:
            if any(row.get(column) for column in OWN):
                yield from (self._copied(row, copy, grown) for copy in range(len(self.sizes)))
            else:
                yield self._larger(row, len(self.sizes), grown)

    def sheet(self, sheet: Sheet) -> Sheet:
        """Values of items and processes again for every copy, in its size; of what they share, so much larger."""
        amounts, copies = measure(sheet.name).kind in AMOUNTS, range(len(self.sizes))
        own = [place for place, part in enumerate(sheet.rows.grain) if part in OWN]
        if not own:
            return sheet.with_values(sheet.values * len(self.sizes)) if amounts else sheet
        keys = [self._key(key, own, copy) for copy in copies for key in sheet.rows.keys]
        values = np.concatenate([sheet.values * (self.sizes[copy] if amounts else 1.0) for copy in copies])
        order = sorted(range(len(keys)), key=keys.__getitem__)
        rows = Rows(sheet.rows.grain, tuple(keys[place] for place in order))
        return Sheet(sheet.name, rows, sheet.periods, values[order]).rounded()

    def _key(self, key: tuple[str, ...], own: list[int], copy: int) -> tuple[str, ...]:
        return tuple(self.named(part, copy) if place in own else part for place, part in enumerate(key))

    def _copied(self, row: Row, copy: int, grown: tuple[str, ...]) -> dict[str, Any]:
        again = {column: self.named(str(row[column]), copy) for column in OWN if row.get(column)}
        if row.get("party") in self.processes:
            again["party"] = self.named(str(row["party"]), copy)
        for name in ("name", "name_zh"):
            if copy and row.get(name):
                again[name] = f"{row[name]} No. {copy}"
        return self._larger(row, self.sizes[copy], grown) | again

    def _larger(self, row: Row, size: float, grown: tuple[str, ...]) -> dict[str, Any]:
        return {**row} | {name: row[name] * size for name in grown if isinstance(row.get(name), float)}


def grown_month(month: Month, copies: int, *, seed: int = 7) -> Month:
    """The month of the company `copies` times as large, without the proof that only the small plan has."""
    growth = _growth(month.plan, copies, seed)
    return replace(
        month,
        plan=_grown_plan(month.plan, growth),
        sheets={name: growth.sheet(sheet) for name, sheet in month.sheets.items()},
        reports={name: _report(rows, growth) for name, rows in month.reports.items()},
        proofs={},
    )


def grown_plan(plan: Plan, copies: int, *, seed: int = 7) -> Plan:
    """The plan of the company `copies` times as large."""
    return _grown_plan(plan, _growth(plan, copies, seed))


def _growth(plan: Plan, copies: int, seed: int) -> Growth:
    drawn = np.random.default_rng(seed).gamma(4.0, 0.25, copies)
    return Growth(tuple(drawn / drawn.mean()), frozenset(plan.network.processes.process))


def _grown_plan(plan: Plan, growth: Growth) -> Plan:
    kinds = {table.file: table for table in TABLES}
    tables = {name: kinds[name].of(growth.rows(table.rows(), name)) for name, table in plan.network.tables().items()}
    return replace(
        plan,
        network=Network.of(**tables),
        sheets={name: growth.sheet(sheet) for name, sheet in plan.sheets.items()},
        vintages={name: growth.sheet(sheet) for name, sheet in plan.vintages.items()},
        previous={name: growth.sheet(sheet) for name, sheet in plan.previous.items()},
    )


def _report(rows: Report, growth: Growth) -> Report:
    return list(growth.rows(rows))
