"""What two versions assume differently: numbers by measure and family or resource, master rows, settings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from sandop.measures import measure
from sandop.plan import Key, Rows
from sandop.plan.compare import CellDifference
from sandop_web.access import Actor, in_scope
from sandop_web.access.sheet_rows import labels
from sandop_web.queries.scenarios.cells import CellsInWords, ChangedCell, demand_computed, in_words, label_level
from sandop_web.queries.scenarios.changes import reader_of
from sandop_web.queries.scenarios.master_words import MasterCell, lines_of, masters_in_words, said_together
from sandop_web.queries.step_views import names_of
from sandop_web.store.blanks import none_if_blank
from sandop_web.store.branches import differences
from sandop_web.store.models import Change, MasterChange, Version
from sandop_web.store.plans import read_network
from sandop_web.store.table_differences import table_differences


@dataclass(frozen=True)
class Assumption:
    """Something that `version` assumes and the plan does not; `measure` is empty for cells of a master table.
    `person` and `why` are of the latest changes in the version; empty where it began so."""

    version: int
    title: str
    said: CellsInWords
    measure: str
    person: str = ""
    why: str = ""


def assumptions(base: Version, other: Version, by: Actor) -> tuple[Assumption, ...]:
    """What `other` assumes differently from `base`, in the reader's scope."""
    return (*_numbers(base, other, by), *_masters(base, other, by))


def _numbers(base: Version, other: Version, by: Actor) -> Iterator[Assumption]:
    network, reader = read_network(other), reader_of(other, by)
    computed = demand_computed(other)
    for name, found in groupby(differences(base, other, "input"), key=lambda cell: cell.measure):
        signed = _signed(other, name, by)
        for cells in _by_label(name, _seen(name, tuple(found), by, other), other).values():
            said = in_words(name, cells, network=network, reader=reader, computed=computed)
            known = [signed[cell.row, cell.period] for cell in cells if (cell.row, cell.period) in signed]
            people, reasons = (said_together(one[side] for one in known) for side in (0, 1))
            yield Assumption(other.pk, other.title, said, name, people, reasons)


def _signed(version: Version, name: str, by: Actor) -> dict[tuple[Key, str], tuple[str, str]]:
    """Row and period of each cell changed in the version → who changed it last, and why."""
    made = Change.objects.filter(version=version, measure=name).order_by("pk")
    names = names_of(by)
    told = made.values_list("row", "period", "person", "why")
    return {(tuple(row), period): (names.get(who, who), why) for row, period, who, why in told.iterator()}


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
    """Cells of master tables and settings that differ, many of one column in a line; for those who see everything."""
    if not by.everywhere:
        return
    made = MasterChange.objects.filter(version=other).order_by("pk")
    last = {(one.table, tuple(one.key), one.column): one for one in made}
    names, reader = names_of(by), reader_of(other, by)
    cells = [
        MasterCell(one.table, one.key, one.column, one.before, one.after) for one in table_differences(base, other)
    ]
    for line in lines_of(cells):
        signed = [last[place] for cell in line if (place := (cell.table, cell.key, cell.column)) in last]
        yield Assumption(
            other.pk,
            other.title,
            masters_in_words(line, reader),
            "",
            said_together(names.get(one.person, one.person) for one in signed),
            said_together(one.why for one in signed),
        )
