"""A number of a report: the row it stands in, or the rows that it adds up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sandop.network import Network
from sandop.pack.figures import number
from sandop.pack.page import Cell, Place
from sandop.pack.places import REPORT_KEYS, WHEN, row_place
from sandop.tables import Report
from sandop_web.access import Actor, NothingThere
from sandop_web.queries.plans import report_of
from sandop_web.queries.why.report_beside import Found, said_beside
from sandop_web.store.models import Version
from sandop_web.store.plans import read_network

# Report → columns whose rows add up to something that a page says.
_SUMMED: Mapping[str, tuple[str, ...]] = {
    "costs": ("amount",),
    "levers": ("revenue",),
    "shortages": ("short", "saves_1", "saves_5", "saves_10"),
    "surpluses": ("value",),
    "unserved": ("late", "lost", "penalty"),
    "rccp": ("load", "regular", "overtime", "outsourced", "over"),
    "schedule": ("quantity", "lots"),
    "schedule_carry": ("plan", "weeks", "carry"),
}
_LEVELS_ABOVE = ("family", "region")  # of an item and of a customer
# Report and column that a page makes of two others → the one over the other.
RATIOS: Mapping[tuple[str, str], tuple[str, str]] = {("rccp", "load_share"): ("load", "regular")}


@dataclass(frozen=True)
class ReportCell:
    """A number of a report.

    row       all cells of its row; of several rows what they have in common, and the total
    key       the columns that name it
    parts     the rows that it adds up, the largest first; none for a single row
    others    column → where the other numbers of the row are explained
    said      measure, number and place of what the plan says at the same place
    """

    report: str
    column: str
    row: Found
    key: tuple[str, ...]
    others: Mapping[str, Place]
    said: tuple[tuple[str, Cell], ...]
    parts: tuple[Found, ...] = ()


def report_cell(
    *, by: Actor, version: Version, report: str, column: str, key: Mapping[str, str], period: str
) -> ReportCell:
    """The number in the reader's scope. Raises NothingThere for a report, row or column that is not there."""
    names = REPORT_KEYS.get(report)
    network = read_network(version)
    rows = _rows(report_of(by=by, version=version.pk, name=report), key, period, network) if names else []
    rows = [_with_ratio(report, column, row) for row in rows]
    if names is None or not rows or column not in rows[0]:
        raise NothingThere()
    open_names = [name for name in names if name not in key and not (period and name in WHEN)]
    alone = [row for row in rows if all(row.get(name) in (None, "") for name in open_names)]
    if len(rows) > 1 and not alone and column in _SUMMED.get(report, ()):
        return _total(by, version, report, column, rows, tuple(dict.fromkeys((*names, *_LEVELS_ABOVE))))
    if len(rows) > 1 and len(alone) != 1:  # several rows, of which none is meant
        raise NothingThere()
    row = (alone or rows)[0]
    numbers = [name for name, value in row.items() if _is_number(value) and name != column]
    places = {name: row_place(report, row, name) for name in numbers}
    return ReportCell(
        report=report,
        column=column,
        row=row,
        key=tuple(name for name in names if row.get(name) not in (None, "")),
        others={name: place for name, place in places.items() if place is not None},
        said=tuple(said_beside(by=by, version=version, report=report, row=row)),
    )


def _with_ratio(report: str, column: str, row: Found) -> Found:
    """The row with a number that a page makes of two of its others."""
    if (report, column) not in RATIOS:
        return row
    upper, lower = (number(row[name]) for name in RATIOS[report, column])
    return {**row, column: upper / lower if lower else None}


def _total(
    by: Actor, version: Version, report: str, column: str, rows: list[Found], names: tuple[str, ...]
) -> ReportCell:
    """The rows added up: what they have in common names their total."""
    shared = _shared(rows, names)
    ranked = sorted((row for row in rows if _is_number(row[column])), key=lambda row: -abs(number(row[column])))
    amount = sum(number(row[column]) for row in ranked)
    total: Found = {**shared, **_shared(rows, ("unit",)), column: amount}
    return ReportCell(
        report=report,
        column=column,
        row=total,
        key=tuple(shared),
        others={},
        said=tuple(said_beside(by=by, version=version, report=report, row=total)) if shared else (),
        parts=tuple(ranked),
    )


def _shared(rows: list[Found], names: tuple[str, ...]) -> Found:
    """What all of the rows say alike."""
    first = rows[0]
    return {name: first[name] for name in names if name in first and all(row[name] == first[name] for row in rows)}


def _rows(found: Report, key: Mapping[str, str], period: str, network: Network) -> list[Found]:
    """The rows that hold all of the key, each with the family and region that the key asks for where only its item
    and customer are named; what the report has no column for says nothing."""
    above = _above(network)

    def whole(row: Found) -> Found:
        asked = {level: above[level] for level in key if level in above and level not in row}
        return {
            **row,
            **{level: labels.get(str(row[part]), "") for level, (part, labels) in asked.items() if part in row},
        }

    def same(row: Found) -> bool:
        when = next((str(row[name]) for name in WHEN if name in row), period)
        return period in ("", when) and all(str(row[name]) == label for name, label in key.items() if name in row)

    return [row for row in map(whole, found) if same(row)]


def _above(network: Network) -> Mapping[str, tuple[str, Mapping[str, str]]]:
    """Level → the column below it, and the label of each of its ids."""
    return {
        "family": ("item", dict(zip(network.items.keys, network.items.family))),
        "region": ("customer", dict(zip(network.customers.keys, network.customers.region))),
    }


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value == value
