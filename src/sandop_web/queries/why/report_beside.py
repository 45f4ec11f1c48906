"""What the measures of the plan say at the place of a report's row."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from sandop.measures import measure
from sandop.network import Network
from sandop.pack.page import Cell, Form, Place
from sandop.pack.places import WHEN
from sandop.plan import Sheet
from sandop.tables import Cell as Held
from sandop_web.access import Actor
from sandop_web.access.sheet_rows import LEVELS, levels_of
from sandop_web.queries.why.summing import Asked, asked_of, number_of, sheets_held
from sandop_web.store.models import Version
from sandop_web.store.plans import read_network

Found = Mapping[str, Held]  # a row of a report, or what several have in common
_PARTS = ("family", "region", "customer", "item", "site", "resource", "supplier", "process")


def said_beside(*, by: Actor, version: Version, report: str, row: Found) -> Iterator[tuple[str, Cell]]:
    """Measure and number at the row's place, in the reader's scope, of the measures from which the report comes;
    those that know none of the row's levels say nothing."""
    names = _measures()[report]
    network = read_network(version)
    at = _labels(row, network)
    period = next((str(row[name]) for name in WHEN if row.get(name)), "")
    if period.isdigit():  # of a fiscal year no measure speaks
        return
    for name, sheet in sheets_held(by=by, version=version, names=names, network=network).items():
        found = _said(sheet, network, at, period)
        if found is not None:
            yield name, found


@cache
def _measures() -> Mapping[str, tuple[str, ...]]:
    """Report → the measures from which its numbers come."""
    with (Path(__file__).parent / "report_measures.csv").open(encoding="utf-8", newline="") as lines:
        return {row["report"]: tuple(filter(None, row["measures"].split("|"))) for row in csv.DictReader(lines)}


def _labels(row: Found, network: Network) -> dict[str, str]:
    """Level → label that a row of a report speaks of."""
    at = {name: str(row[name]) for name in _PARTS if row.get(name)}
    if row.get("level") in LEVELS and row.get("node"):
        at[str(row["level"])] = str(row["node"])
    for column in ("limit", "id"):
        named = str(row.get(column) or "")
        for level, table in (
            ("resource", network.resources),
            ("supplier", network.suppliers),
            ("item", network.items),
        ):
            if named and named in table.position:
                at[level] = named
    if at.get("process") in network.processes.position:
        process = network.processes.row(network.processes.position[at["process"]])
        at |= {"item": str(process["item"]), "site": str(process["site"])}
    return {level: label for level, label in at.items() if level in LEVELS}


def _said(sheet: Sheet, network: Network, at: Mapping[str, str], period: str) -> Cell | None:
    known = {level: label for level, label in at.items() if level in levels_of(sheet.rows.grain)}
    if at and not known:
        return None
    asked = Asked(sheet.name, known, period)
    rows = asked_of(sheet=sheet, network=network, asked=asked)
    value = number_of(rows=rows, network=network, asked=asked)
    if value is None:
        return None
    form: Form = "whole" if measure(sheet.name).decimals and abs(value) >= 100 else "decimal"
    return Cell(value, form, place=Place(sheet.name, tuple(known.items()), period))
