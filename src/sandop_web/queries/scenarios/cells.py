"""Cells that were changed together, said in a line: what, where, in which months, from which sum to which."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sandop.measures import measure
from sandop.network import Network
from sandop.pack.reader import Reader
from sandop.plan import Key, Rows, Sheet
from sandop_web.access.sheet_rows import labels, levels_of
from sandop_web.store.models import Version
from sandop_web.store.own_demand import demand_ungiven
from sandop_web.wording import say

GIVEN = "demand_given"
_TABLES: Mapping[str, str] = {
    "family": "families",
    "item": "items",
    "customer": "customers",
    "site": "sites",
    "resource": "resources",
    "supplier": "suppliers",
    "activity": "activities",
}
# Levels of which a line names the narrowest that all its cells share, one of each.
_NARROWEST = (("item", "family"), ("customer", "region", "site"), ("resource",), ("supplier",))


@dataclass(frozen=True)
class ChangedCell:
    """A cell with what it held and holds; None is a blank."""

    row: Key
    period: str
    before: float | None
    after: float | None


@dataclass(frozen=True)
class CellsInWords:
    """Cells of one measure in a line, in the reader's language.

    what        the measure
    where       what the rows have in common; all of them where they have nothing
    months      first to last
    share       change of the sum; None where there was nothing, or where the cells have no sum
    before, after   sums in `unit`; None where they do not add up
    was, now    what a cell of a master table held and holds, as text; empty for numbers of a sheet
    """

    what: str
    where: str
    months: str
    cells: int
    share: float | None
    before: float | None
    after: float | None
    unit: str
    was: str = ""
    now: str = ""


def in_words(
    name: str, cells: Sequence[ChangedCell], *, network: Network, reader: Reader, computed: Sheet | None
) -> CellsInWords:
    """The line of some cells of a measure. `computed` is the demand that counted where none was given."""
    known = measure(name)
    cells = counted_from(name, cells, computed)
    rows = Rows.of(known.grain, (cell.row for cell in cells))
    before, after = _sums(cells)
    adds_up = known.over_rows == "sum" and len(_units(name, rows, network)) == 1
    months = sorted({cell.period for cell in cells})
    return CellsInWords(
        what=say("scenarios.demand", reader.language) if name == GIVEN else known.title(reader.language),
        where=reader.joined(_where(rows, network, reader)) or say("scenarios.everywhere", reader.language),
        months=_span(reader, months[0], months[-1]) if months else "",
        cells=len(cells),
        share=(after - before) / before if before and math.isfinite(before) else None,
        before=before if adds_up else None,
        after=after if adds_up else None,
        unit=_unit(name, rows, network, reader) if adds_up else "",
    )


def counted_from(name: str, cells: Iterable[ChangedCell], computed: Sheet | None) -> tuple[ChangedCell, ...]:
    """The cells with the computed demand where none had been given: what is said there replaces it."""
    if name != GIVEN or computed is None:
        return tuple(cells)
    return tuple(
        replace(
            cell, before=_or_computed(cell.before, cell, computed), after=_or_computed(cell.after, cell, computed)
        )
        for cell in cells
    )


def demand_computed(version: Version) -> Sheet | None:
    """The demand that the version's own numbers make where none is given; None where none can be computed."""
    return demand_ungiven(version)


def label_level(name: str) -> str:
    """The level by which differences of a measure are told apart."""
    levels = levels_of(measure(name).grain)
    return next((level for level in ("family", "resource", "supplier", "site") if level in levels), "")


def label_name(reader: Reader, level: str, label: str) -> str:
    """A label by its name."""
    if level == "region":
        return reader.word("region", label)
    return reader.name(_TABLES[level], label) if level in _TABLES else label


def _or_computed(value: float | None, cell: ChangedCell, computed: Sheet) -> float | None:
    if value is not None or cell.row not in computed.rows.position or cell.period not in computed.periods.position:
        return value
    found = computed.at(cell.row, cell.period)
    return None if math.isnan(found) else found


def _sums(cells: Sequence[ChangedCell]) -> tuple[float, float]:
    return sum(cell.before or 0.0 for cell in cells), sum(cell.after or 0.0 for cell in cells)


def _where(rows: Rows, network: Network, reader: Reader) -> list[str]:
    """What all the rows have in common, the narrowest of each kind."""
    found = []
    for kinds in _NARROWEST:
        for level in (kind for kind in kinds if kind in levels_of(rows.grain)):
            known = set(labels(rows=rows, network=network, level=level))
            if len(known) == 1:
                found.append(label_name(reader, level, str(next(iter(known)))))
                break
    if "currency" in rows.grain:
        found += sorted({str(label) for label in rows.column("currency")})
    return found


def _units(name: str, rows: Rows, network: Network) -> set[str]:
    """The units in which the rows are counted: those of the items where the measure counts units."""
    known = measure(name)
    if known.unit != "unit" or "item" not in known.grain:
        return {known.unit}
    place = network.items.places(rows.column("item"))
    return set(map(str, np.asarray(network.items.unit)[place]))


def _unit(name: str, rows: Rows, network: Network, reader: Reader) -> str:
    unit = next(iter(_units(name, rows, network)))
    if measure(name).unit == "unit":
        return reader.word("unit_of", unit)
    return say(f"plans.unit.{unit.replace(' ', '_')}", reader.language)


def _span(reader: Reader, first: str, last: str) -> str:
    return reader.month(first) if first == last else f"{reader.month(first)} – {reader.month(last)}"
