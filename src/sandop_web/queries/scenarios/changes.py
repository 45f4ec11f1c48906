"""What was changed in a scenario: a line for everything that was changed together, and who may take it back."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sandop.measures import measure
from sandop.network import Network
from sandop.pack.reader import Reader
from sandop.plan import Rows
from sandop_web.access import Actor, in_scope
from sandop_web.access.roles import SOP_MANAGER
from sandop_web.queries.plans import reader_of_version
from sandop_web.queries.scenarios.cells import GIVEN, CellsInWords, ChangedCell, demand_computed, in_words
from sandop_web.queries.scenarios.master_words import MasterCell, lines_of, masters_in_words
from sandop_web.queries.step_views import names_of
from sandop_web.store.models import Change, MasterChange, Version
from sandop_web.store.plans import read_network
from sandop_web.store.spoken import named


@dataclass(frozen=True)
class ChangeLine:
    """Numbers that were changed together; or cells of a master table, named by `table` and, where it is one row, by
    `key`. Without a batch they were changed one by one and are taken back where they stand."""

    said: CellsInWords
    person: str
    at: dt.datetime
    why: str
    batch: str
    may_undo: bool
    table: str = ""
    key: tuple[str, ...] = ()


def reader_of(version: Version, by: Actor) -> Reader:
    """Says names of a version's masters in the reader's language."""
    return reader_of_version(by=by, version=version.pk)


def changes_in(version: Version, by: Actor) -> tuple[ChangeLine, ...]:
    """What counts of the changes made in this version, the latest first: what was taken back again is left out."""
    lines = [*_cells_changed(version, by), *_masters_changed(version, by)]
    return tuple(sorted(lines, key=lambda line: line.at, reverse=True))


def _cells_changed(version: Version, by: Actor) -> Iterator[ChangeLine]:
    network, reader = read_network(version), reader_of(version, by)
    made = Change.objects.filter(version=version)
    computed = demand_computed(version) if made.filter(measure=GIVEN).exists() else None
    for batch in _standing(made.select_related("member").order_by("pk")):
        by_measure: dict[str, list[Change]] = defaultdict(list)
        for change in batch:
            by_measure[change.measure].append(change)
        for name, changes in by_measure.items():
            cells = _seen(by, name, changes, network)
            if cells:
                said = in_words(name, cells, network=network, reader=reader, computed=computed)
                yield _line(by, version, changes[0], said)


def _standing(changes: Iterable[Change]) -> list[list[Change]]:
    """Batches that nobody has taken back, the first one first."""
    batches: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        batches[str(change.batch)].append(change)
    standing: list[list[Change]] = []
    for batch in batches.values():
        undone = next((one for one in reversed(standing) if _takes_back(batch, one)), None)
        if undone is None:
            standing.append(batch)
        else:
            standing.remove(undone)
    return standing


def _takes_back(later: Sequence[Change], earlier: Sequence[Change]) -> bool:
    if len(later) != len(earlier):
        return False
    back = {(one.measure, tuple(one.row), one.period, one.after, one.before) for one in later}
    return back == {(one.measure, tuple(one.row), one.period, one.before, one.after) for one in earlier}


def _seen(by: Actor, name: str, changes: Sequence[Change], network: Network) -> tuple[ChangedCell, ...]:
    rows = Rows.of(measure(name).grain, (tuple(change.row) for change in changes))
    mine = dict(zip(rows.keys, in_scope(by=by, rows=rows, network=network)))
    return tuple(
        ChangedCell(tuple(one.row), one.period, one.before, one.after) for one in changes if mine[tuple(one.row)]
    )


def _line(by: Actor, version: Version, change: Change, said: CellsInWords) -> ChangeLine:
    person = named(change.member.name, change.member.name_zh)[by.language] if change.member else change.person
    own = change.member_id == by.member_id or by.role == SOP_MANAGER
    may_undo = own and version.state == Version.State.DRAFT and not by.read_only
    return ChangeLine(said, person, change.at, change.why, str(change.batch), may_undo)


def _masters_changed(version: Version, by: Actor) -> Iterator[ChangeLine]:
    """Cells of master tables and settings that are not what they were, those changed together in a line; for those
    who see the whole company."""
    if not by.everywhere:
        return
    found: dict[tuple[str, tuple[str, ...], str], list[MasterChange]] = defaultdict(list)
    for change in MasterChange.objects.filter(version=version).order_by("pk"):
        found[change.table, tuple(change.key), change.column].append(change)
    last = {place: made[-1] for place, made in found.items() if made[0].before != made[-1].after}
    cells = [
        MasterCell(*place, found[place][0].before, change.after, str(change.batch or ""))
        for place, change in last.items()
    ]
    names, reader = names_of(by), reader_of(version, by)
    for line in lines_of(cells):
        change = last[line[0].table, line[0].key, line[0].column]
        own = by.role == SOP_MANAGER or change.person == by.person
        may_undo = own and bool(line[0].batch) and version.state == Version.State.DRAFT and not by.read_only
        key = line[0].key if len(line) == 1 else ()
        yield ChangeLine(
            masters_in_words(line, reader),
            names.get(change.person, change.person),
            change.at,
            change.why,
            line[0].batch,
            may_undo,
            line[0].table,
            key,
        )
