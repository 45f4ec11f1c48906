"""Reading a step's part of a version: only what it needs, only what its reader may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

import numpy as np

from sandop.network import Network
from sandop.pack.reader import Reader
from sandop.plan import Plan, Sheet
from sandop.scenario import Month
from sandop.tables import Table
from sandop_web.access import Actor, report_in_scope, sheet_in_scope
from sandop_web.queries.steps.content import Needs, Reading
from sandop_web.store.models import Entry, Version
from sandop_web.store.plans import read_network, read_report, read_settings, read_sheets

T = TypeVar("T", bound=Table)


def read_step(*, by: Actor, version: Version, needs: Needs) -> Reading:
    """What the step needs of the version, in the scope of `by`."""
    network = read_network(version)

    def sheets(kind: str, names: tuple[str, ...]) -> Mapping[str, Sheet]:
        found = read_sheets(version, kind, names) if names else {}
        return {name: sheet_in_scope(by=by, sheet=sheet, network=network) for name, sheet in found.items()}

    plan = Plan(
        settings=read_settings(version),
        network=_in_scope(by, network),
        sheets=sheets(Entry.Kind.INPUT, needs.inputs),
        previous=sheets(Entry.Kind.PREVIOUS, needs.previous),
    )
    month = Month(
        plan=plan,
        sheets=sheets(Entry.Kind.RESULT, needs.sheets),
        reports={
            name: report_in_scope(by=by, report=read_report(version, name), network=network) for name in needs.reports
        },
        steps=tuple(version.steps),
    )
    return Reading(by, version, month, Reader(plan, by.language))


def _in_scope(by: Actor, network: Network) -> Network:
    """The network with the opinions the reader may see; master tables that only name things stay whole."""
    if by.everywhere:
        return network
    return replace(
        network,
        activities=_rows_in_scope(by, network.activities, network),
        launches=_rows_in_scope(by, network.launches, network),
        overrides=_rows_in_scope(by, network.overrides, network),
    )


def _rows_in_scope(by: Actor, table: T, network: Network) -> T:
    kept = report_in_scope(
        by=by, report=[{**row, "place": place} for place, row in enumerate(table.rows())], network=network
    )
    return table.take(np.array([int(str(row["place"])) for row in kept], dtype=np.int64))
