"""Why is this number so: what a cell is made of, and everybody who ever changed it (who, when, from, to, why).

A scenario begins with what its plan held then, so the changes of the plan up to that moment belong to its history.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import dropwhile, islice
from pathlib import Path

import numpy as np
from django.db.models import Count, Min

from sandop.measures import measure
from sandop.network import Network
from sandop.plan import Key, Rows, Sheet, by_month
from sandop_web.access import Actor, in_scope, query, require_in_scope, sheet_in_scope
from sandop_web.access.roles import SOP_MANAGER
from sandop_web.access.sheet_rows import Part, known_row, parts_of
from sandop_web.access.versions import version_of
from sandop_web.store.blanks import cell_of
from sandop_web.store.models import Change, Version
from sandop_web.store.plans import read_network, read_sheet, read_sheets


@dataclass(frozen=True)
class CellChange:
    """One change of the cell, in the measure's unit; None is a blank.

    version     where it was made: this one, or the one it was branched from
    batch       the cells that were changed together; may_undo where this reader may take them back here
    together    how many cells those are
    """

    version: int
    version_title: str
    person: str
    at: dt.datetime
    before: float | None
    after: float | None
    why: str
    batch: str
    together: int
    may_undo: bool


@dataclass(frozen=True)
class CellSource:
    """A number from which the cell is made, at the same place as far as it speaks of one.

    key     what of the cell's row it speaks of; where that is several rows it is their total (`rows` of them)
    """

    measure: str
    direction: str
    value: float | None
    decimals: int
    rows: int
    key: Key


@dataclass(frozen=True)
class CellHistory:
    """Everything about one cell."""

    version: int
    measure: str
    parts: tuple[Part, ...]
    key: Key
    period: str
    value: float | None
    unit: str
    decimals: int
    sources: tuple[CellSource, ...]
    changes: tuple[CellChange, ...]


@dataclass(frozen=True)
class LatestChange:
    """Cells changed together, in a list of the latest: the first of them stands for all.

    cells   how many they are; may_undo where this reader may take them back
    """

    measure: str
    key: Key
    period: str
    person: str
    at: dt.datetime
    why: str
    batch: str
    cells: int
    may_undo: bool


@query
def latest_changes(*, by: Actor, version: int, count: int = 10) -> tuple[LatestChange, ...]:
    """The last batches of changed cells of which the reader sees the first, the latest first. Raises NothingThere."""
    found = version_of(by=by, version=version)
    network = read_network(found)
    batches = Change.objects.filter(version=found).values("batch").annotate(first=Min("pk"), cells=Count("pk"))
    cells = {row["first"]: row["cells"] for row in batches.order_by("-first")[: 5 * count]}
    firsts = Change.objects.filter(pk__in=cells).order_by("-pk")
    seen = (change for change in firsts if _sees(by, change, network))
    return tuple(_latest(by, found, change, cells[change.pk]) for change in islice(seen, count))


def _sees(by: Actor, change: Change, network: Network) -> bool:
    rows = Rows.of(measure(change.measure).grain, [tuple(change.row)])
    return bool(in_scope(by=by, rows=rows, network=network)[0])


def _latest(by: Actor, version: Version, change: Change, cells: int) -> LatestChange:
    return LatestChange(
        measure=change.measure,
        key=tuple(change.row),
        period=change.period,
        person=change.person,
        at=change.at,
        why=change.why,
        batch=str(change.batch),
        cells=cells,
        may_undo=_may_undo(by, version, change),
    )


def _may_undo(by: Actor, shown: Version, change: Change) -> bool:
    here = change.version_id == shown.pk and shown.state == Version.State.DRAFT
    own = change.member_id == by.member_id or by.role == SOP_MANAGER
    return here and own and not by.read_only


@query
def cell_history(*, by: Actor, version: int, measure: str, row: Key, period: str) -> CellHistory:
    """The cell, what it is made of, and its changes, the latest first. Raises NothingThere, NotUnderstood for a cell
    that cannot be, OutsideYourScope."""
    return _history(by, version_of(by=by, version=version), measure, tuple(row), period)


def _history(by: Actor, version: Version, name: str, row: Key, period: str) -> CellHistory:
    known_row(by=by, name=name, row=row)
    known = measure(name)
    network = read_network(version)
    require_in_scope(by=by, grain=known.grain, keys=[row], network=network)
    now = cell_of(read_sheet(version, known.direction, name), row, period)
    return CellHistory(
        version=version.pk,
        measure=name,
        parts=parts_of(grain=known.grain, key=row, network=network),
        key=row,
        period=period,
        value=now,
        unit=known.unit,
        decimals=known.decimals,
        sources=_sources(by, version, name, row, period, network),
        changes=tuple(_told(by, version, change) for change in _changes(version, name, row, period, now)),
    )


def _changes(version: Version, name: str, row: Key, period: str, now: float | None) -> list[Change]:
    """The changes of the cell here, and before them those it began with; `now` is what it holds here."""
    own = _made_in(version, name, row, period)
    if version.parent is None:
        return own
    begun = own[-1].before if own else now
    return own + _up_to(version.made_at, begun, _changes(version.parent, name, row, period, begun))


def _made_in(version: Version, name: str, row: Key, period: str) -> list[Change]:
    """The changes of the cell in this very version, the latest first."""
    changes = Change.objects.filter(version=version, measure=name, period=period).select_related("version")
    # A row is a list in JSON, which databases compare each in their own way: so it is compared here.
    return [change for change in changes.order_by("-pk") if tuple(change.row) == row]


def _up_to(moment: dt.datetime, begun: float | None, changes: list[Change]) -> list[Change]:
    """The plan may have moved on since it was branched: a branch comes after the change that left what it began
    with."""
    return list(dropwhile(lambda change: change.at > moment or change.after != begun, changes))


def _told(by: Actor, shown: Version, change: Change) -> CellChange:
    return CellChange(
        version=change.version_id,
        version_title=change.version.title,
        person=change.person,
        at=change.at,
        before=change.before,
        after=change.after,
        why=change.why,
        batch=str(change.batch),
        together=Change.objects.filter(version_id=change.version_id, batch=change.batch).count(),
        may_undo=_may_undo(by, shown, change),
    )


def made_of(name: str) -> tuple[str, ...]:
    """The measures that a result is made of; none for an input."""
    return _all_made_of().get(name, ())


@cache
def _all_made_of() -> Mapping[str, tuple[str, ...]]:
    with (Path(__file__).parent / "made_of.csv").open(encoding="utf-8", newline="") as lines:
        return {row["measure"]: tuple(row["parts"].split("|")) for row in csv.DictReader(lines)}


def _sources(
    by: Actor, version: Version, name: str, row: Key, period: str, network: Network
) -> tuple[CellSource, ...]:
    names = made_of(name)
    sheets = {**read_sheets(version, "input", names), **read_sheets(version, "result", names)}
    ids = _ids(dict(zip(measure(name).grain, row)), network)
    seen = (sheet_in_scope(by=by, sheet=sheets[part], network=network) for part in names if part in sheets)
    found = (_source(sheet, ids, period) for sheet in seen)
    return tuple(source for source in found if source is not None)


def _ids(ids: dict[str, str], network: Network) -> dict[str, str]:
    """The ids of a row, and those they stand for: a process makes an item at a site, a customer pays in a
    currency."""
    if "process" in ids and ids["process"] in network.processes.position:
        process = network.processes.row(network.processes.position[ids["process"]])
        ids = {**ids, "item": process["item"], "site": process["site"]}
    if "customer" in ids and ids["customer"] in network.customers.position:
        ids = {**ids, "currency": network.customers.row(network.customers.position[ids["customer"]])["currency"]}
    return ids


def _source(sheet: Sheet, ids: Mapping[str, str], period: str) -> CellSource | None:
    """The number of a sheet where it speaks of the same ids: one row, or the total of several. None where it says
    nothing of the period, or where its rows do not add up."""
    if "W" not in period and sheet.periods.bucket == "week":
        sheet = by_month(sheet)
    label = period if period in sheet.periods.position else ""
    shared = {part: ids[part] for part in sheet.rows.grain if part in ids}
    mask = sheet.rows.where(**shared)
    adds_up = measure(sheet.name).over_rows == "sum"
    nothing_shared = not shared and "company" not in ids
    if not label or nothing_shared or not mask.any() or (mask.sum() > 1 and not adds_up):
        return None
    values = sheet.values[mask, sheet.periods.position[label]]
    total = float(np.nansum(values)) if np.isfinite(values).any() else None
    known = measure(sheet.name)
    return CellSource(sheet.name, known.direction, total, known.decimals, int(mask.sum()), tuple(shared.values()))
