"""Reading a step's part of a version: only what it needs, only what its reader may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

import numpy as np

from sandop.network import Network
from sandop.pack.reader import Reader
from sandop.plan import Sheet
from sandop.tables import Table
from sandop_web.access import Actor, report_in_scope, sheet_in_scope
from sandop_web.queries.steps.content import Needs, Reading
from sandop_web.store.models import Entry, Version
from sandop_web.store.parts import name_of_part, read_part

T = TypeVar("T", bound=Table)


def read_step(*, by: Actor, version: Version, needs: Needs) -> Reading:
    """What the step needs of the version, in the scope of `by`."""
    content, whole = read_part(version, _names(needs))
    network = whole.plan.network

    def sheets(found: Mapping[str, Sheet]) -> Mapping[str, Sheet]:
        return {name: sheet_in_scope(by=by, sheet=sheet, network=network) for name, sheet in found.items()}

    plan = replace(
        whole.plan,
        network=_in_scope(by, network),
        sheets=sheets(whole.plan.sheets),
        previous=sheets(whole.plan.previous),
    )
    reports = {name: report_in_scope(by=by, report=report, network=network) for name, report in whole.reports.items()}
    month = replace(whole, plan=plan, sheets=sheets(whole.sheets), reports=reports)
    return Reading(by, version, month, Reader(plan, by.language, by.large_numbers), content)


def name_of_reading(*, version: Version, needs: Needs) -> str:
    """The `content` that `read_step` would give, without reading it."""
    return name_of_part(version, _names(needs))


def _names(needs: Needs) -> Mapping[str, tuple[str, ...]]:
    return {
        Entry.Kind.INPUT: needs.inputs,
        Entry.Kind.PREVIOUS: needs.previous,
        Entry.Kind.RESULT: needs.sheets,
        Entry.Kind.REPORT: needs.reports,
        Entry.Kind.FINDINGS: (Entry.Kind.FINDINGS,) if needs.findings else (),
    }


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
