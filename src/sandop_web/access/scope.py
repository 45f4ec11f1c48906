"""Row scope: which rows of a sheet or report belong to a person's family and region.

A row's family is its item's or its own. A row's region is its customer's; without a customer its site's (a lane's
destination, a process's or resource's site). A row without family or region is everybody's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from sandop.network import Network
from sandop.plan import Key, Rows, Sheet
from sandop.tables import Report, Table
from sandop_web.access.actor import Actor
from sandop_web.access.refusals import OutsideYourScope

_SITE_PARTS = ("site", "destination")


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
    parts = [
        part
        for part in ("item", "family", "customer", "region", *_SITE_PARTS, "process", "resource")
        if part in report[0]
    ]
    columns = {part: _as_column(row.get(part) for row in report) for part in parts}
    mask = np.ones(len(report), dtype=bool)
    if by.family:
        mask &= _matches(_families(columns, network), by.family, len(report))
    if by.region:
        mask &= _matches(_regions(columns, network), by.region, len(report))
    return [row for row, keep in zip(report, mask) if keep]


def require_in_scope(*, by: Actor, grain: tuple[str, ...], keys: Iterable[Key], network: Network) -> None:
    """Raises OutsideYourScope, naming the first row outside, unless all rows are in the person's scope."""
    rows = Rows.of(grain, keys)
    outside = np.flatnonzero(~in_scope(by=by, rows=rows, network=network))
    if len(outside):
        raise OutsideYourScope(
            row=" · ".join(rows.keys[outside[0]]), family=by.family or "–", region=by.region or "–"
        )


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
    if "item" in columns:
        return _looked_up(columns["item"], _column(network.items, "family"))
    if "process" in columns:
        items = _looked_up(columns["process"], _column(network.processes, "item"))
        return _looked_up(items, _column(network.items, "family"))
    return columns.get("family")


def _regions(columns: Mapping[str, NDArray[np.object_]], network: Network) -> NDArray[np.object_] | None:
    """Region of each row, (row,); None where rows have none."""
    if "region" in columns:
        return columns["region"]
    if "customer" in columns:
        return _looked_up(columns["customer"], _column(network.customers, "region"))
    for part in _SITE_PARTS:
        if part in columns:
            return _looked_up(columns[part], _column(network.sites, "region"))
    for part, table in (("process", network.processes), ("resource", network.resources)):
        if part in columns:
            return _looked_up(_looked_up(columns[part], _column(table, "site")), _column(network.sites, "region"))
    return None


def _column(table: Table, name: str) -> dict[str, str]:
    return dict(zip(table.keys, getattr(table, name)))


def _looked_up(labels: NDArray[np.object_], above: Mapping[str, str]) -> NDArray[np.object_]:
    """The label above each label, (row,); empty where nobody knows it."""
    found = np.empty(len(labels), dtype=object)
    found[:] = [above.get(label, "") for label in labels]
    return found
