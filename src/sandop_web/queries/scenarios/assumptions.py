"""What two versions assume differently: numbers by measure and family or resource, master rows, settings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from sandop.measures import measure
from sandop.plan import Rows
from sandop.plan.compare import CellDifference
from sandop_web.access import Actor, in_scope
from sandop_web.access.sheet_rows import labels
from sandop_web.queries.scenarios.cells import CellsInWords, ChangedCell, demand_computed, in_words, label_level
from sandop_web.queries.scenarios.changes import reader_of
from sandop_web.store.blanks import none_if_blank
from sandop_web.store.branches import differences
from sandop_web.store.models import Version
from sandop_web.store.plans import read_network
from sandop_web.store.table_differences import table_differences
from sandop_web.wording import say


@dataclass(frozen=True)
class Assumption:
    """Something that `version` assumes and the plan does not; `measure` is empty for a row of a master table."""

    version: int
    title: str
    said: CellsInWords
    measure: str


def assumptions(base: Version, other: Version, by: Actor) -> tuple[Assumption, ...]:
    """What `other` assumes differently from `base`, in the reader's scope."""
    return (*_numbers(base, other, by), *_masters(base, other, by))


def _numbers(base: Version, other: Version, by: Actor) -> Iterator[Assumption]:
    network, reader = read_network(other), reader_of(other, by)
    computed = demand_computed(base)
    for name, found in groupby(differences(base, other, "input"), key=lambda cell: cell.measure):
        for cells in _by_label(name, _seen(name, tuple(found), by, other), other).values():
            said = in_words(name, cells, network=network, reader=reader, computed=computed)
            yield Assumption(other.pk, other.title, said, name)


def _seen(name: str, cells: tuple[CellDifference, ...], by: Actor, version: Version) -> list[ChangedCell]:
    rows = Rows.of(measure(name).grain, (cell.row for cell in cells))
    mine = dict(zip(rows.keys, in_scope(by=by, rows=rows, network=read_network(version))))
    return [
        ChangedCell(cell.row, cell.period, none_if_blank(cell.before), none_if_blank(cell.after))
        for cell in cells
        if mine[cell.row]
    ]


def _by_label(name: str, cells: list[ChangedCell], version: Version) -> dict[str, list[ChangedCell]]:
    """The cells by family, resource, supplier or site."""
    if not cells:
        return {}
    level, grain = label_level(name), measure(name).grain
    if not level:
        return {"": cells}
    rows = Rows.of(grain, (cell.row for cell in cells))
    label_of = dict(zip(rows.keys, labels(rows=rows, network=read_network(version), level=level)))
    found: dict[str, list[ChangedCell]] = defaultdict(list)
    for cell in cells:
        found[str(label_of[cell.row])].append(cell)
    return dict(found)


def _masters(base: Version, other: Version, by: Actor) -> Iterator[Assumption]:
    """A line for each row of a master table, and for each setting, that differs; for those who see everything."""
    if not by.everywhere:
        return
    rows: dict[tuple[str, tuple[str, ...]], int] = defaultdict(int)
    for one in table_differences(base, other):
        rows[one.table, one.key] += 1
    for (table, key), cells in rows.items():
        name = "scenarios.settings" if table == "settings" else f"plans.table.{table}"
        said = CellsInWords(say(name, by.language), " · ".join(filter(None, key)), "", cells, None, None, None, "")
        yield Assumption(other.pk, other.title, said, "")
