"""Row scope: which rows of a sheet or report belong to a person's family and region.

A row's family is its item's or its own. A row's region is its customer's; without a customer its site's (a lane's
destination, a process's or resource's site). A row without family or region is everybody's.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from sandop.network import Network
from sandop.plan import Key, Rows, Sheet
from sandop.tables import Cell, Report, Table
from sandop_web.access.actor import Actor
from sandop_web.access.refusals import OutsideYourScope

_SITE_PARTS = ("site", "destination")
_ABOVE = ("family", "region")
_CONTRIBUTOR = "contributor"  # level of single people: what somebody is worth is theirs to know
_NODES: dict[str, tuple[str, ...]] = {
    "family": ("family",),
    "region": ("region",),
    "item": ("item",),
    "series": ("item", "site", "customer"),
    "leaf": ("item", "customer"),
}
_LISTS = {"items": "item", "customers": "customer"}
_BETWEEN = ", "


def in_scope(*, by: Actor, rows: Rows, network: Network) -> NDArray[np.bool_]:
    """True for the rows in the person's scope, (row,)."""
    mask = np.ones(len(rows), dtype=bool)
    if by.everywhere or not len(rows):
        return mask
    columns = {part: rows.column(part) for part in rows.grain}
    if by.family:
        mask &= _matches(_families(columns, network), by.family, len(rows))
    if by.region:
        mask &= _matches(_regions(columns, network), by.region, len(rows))
    return mask


def sheet_in_scope(*, by: Actor, sheet: Sheet, network: Network) -> Sheet:
    """The rows of the sheet that the person may see."""
    return sheet if by.everywhere else sheet.take(in_scope(by=by, rows=sheet.rows, network=network))


def report_in_scope(*, by: Actor, report: Report, network: Network) -> Report:
    """The rows of the report that the person may see; rows that name neither family nor region stay."""
    if by.everywhere or not report:
        return report
    columns = _scope_columns(report)
    mask = np.array([row.get("level") != _CONTRIBUTOR or row.get("node") == by.person for row in report], dtype=bool)
    if by.family:
        mask &= _matches(_families(columns, network), by.family, len(report))
    if by.region:
        mask &= _matches(_regions(columns, network), by.region, len(report))
    kept = [row for row, keep in zip(report, mask) if keep]
    return _lists_in_scope(kept, by, network)


def _lists_in_scope(report: list[Mapping[str, Cell]], by: Actor, network: Network) -> Report:
    """The rows with what they list (items, customers) cut down to the person's scope."""
    for column, part in _LISTS.items():
        if report and column in report[0]:
            named = sorted({name for row in report for name in _listed(row, column)} - {""})
            allowed = report_in_scope(by=by, report=[{part: name} for name in named], network=network)
            seen = {str(row[part]) for row in allowed}
            report = [{**row, column: _BETWEEN.join(_listed(row, column, seen))} for row in report]
    return report


def _listed(row: Mapping[str, Cell], column: str, seen: Container[str] | None = None) -> list[str]:
    """The names in a cell that lists some; of those only the ones in `seen`, where that is given."""
    return [name for name in str(row[column] or "").split(_BETWEEN) if seen is None or name in seen]


def scope_labels(*, row: Mapping[str, object], network: Network) -> tuple[str, str]:
    """Family and region to which a row of a report or of a master table belongs; empty where it names none."""
    columns = _scope_columns([row])
    families, regions = _families(columns, network), _regions(columns, network)
    return "" if families is None else str(families[0]), "" if regions is None else str(regions[0])


def require_in_scope(*, by: Actor, grain: tuple[str, ...], keys: Iterable[Key], network: Network) -> None:
    """Raises OutsideYourScope, naming the first row outside, unless all rows are in the person's scope."""
    rows = Rows.of(grain, keys)
    outside = np.flatnonzero(~in_scope(by=by, rows=rows, network=network))
    if len(outside):
        raise OutsideYourScope(
            row=" · ".join(rows.keys[outside[0]]), family=by.family or "–", region=by.region or "–"
        )


def _scope_columns(rows: Sequence[Mapping[str, object]]) -> dict[str, NDArray[np.object_]]:
    """The columns that may say to whom a row belongs, (row,); a node says it by its level."""
    if {"level", "node"} <= rows[0].keys():
        return {part: _as_column(_node_parts(row).get(part) for row in rows) for part in _NODES["series"] + _ABOVE}
    parts = ("item", "family", "customer", "region", *_SITE_PARTS, "process", "resource")
    return {part: _as_column(row.get(part) for row in rows) for part in parts if part in rows[0]}


def _node_parts(row: Mapping[str, object]) -> dict[str, str]:
    """The ids a node is made of: "A | DC | E" of the level series is an item, a site and a customer."""
    names = [name.strip() for name in str(row["node"] or "").split("|")]
    return dict(zip(_NODES.get(str(row["level"]), ()), names))


def _as_column(cells: Iterable[object]) -> NDArray[np.object_]:
    texts = ["" if cell is None else str(cell) for cell in cells]
    column = np.empty(len(texts), dtype=object)
    column[:] = texts
    return column


def _matches(labels: NDArray[np.object_] | None, wanted: str, count: int) -> NDArray[np.bool_]:
    """True where the label is the one wanted or there is none, (row,)."""
    if labels is None:
        return np.ones(count, dtype=bool)
    matched: NDArray[np.bool_] = (labels == wanted) | (labels == "")
    return matched


def _families(columns: Mapping[str, NDArray[np.object_]], network: Network) -> NDArray[np.object_] | None:
    """Family of each row, (row,); None where rows have none."""
    above = None
    if "item" in columns:
        above = _looked_up(columns["item"], _column(network.items, "family"))
    elif "process" in columns:
        items = _looked_up(columns["process"], _column(network.processes, "item"))
        above = _looked_up(items, _column(network.items, "family"))
    return _first_said(above, columns.get("family"))


def _regions(columns: Mapping[str, NDArray[np.object_]], network: Network) -> NDArray[np.object_] | None:
    """Region of each row, (row,); None where rows have none."""
    return _first_said(columns.get("region"), _regions_above(columns, network))


def _regions_above(columns: Mapping[str, NDArray[np.object_]], network: Network) -> NDArray[np.object_] | None:
    if "customer" in columns:
        return _looked_up(columns["customer"], _column(network.customers, "region"))
    for part in _SITE_PARTS:
        if part in columns:
            return _looked_up(columns[part], _column(network.sites, "region"))
    for part, table in (("process", network.processes), ("resource", network.resources)):
        if part in columns:
            return _looked_up(_looked_up(columns[part], _column(table, "site")), _column(network.sites, "region"))
    return None


def _first_said(
    labels: NDArray[np.object_] | None, otherwise: NDArray[np.object_] | None
) -> NDArray[np.object_] | None:
    """`labels` (row,), and where they are blank the others."""
    if labels is None or otherwise is None:
        return otherwise if labels is None else labels
    return np.where(labels != "", labels, otherwise)


def _column(table: Table, name: str) -> dict[str, str]:
    return dict(zip(table.keys, getattr(table, name)))


def _looked_up(labels: NDArray[np.object_], above: Mapping[str, str]) -> NDArray[np.object_]:
    """The label above each label, (row,); empty where nobody knows it."""
    found = np.empty(len(labels), dtype=object)
    found[:] = [above.get(label, "") for label in labels]
    return found
