"""One sheet under edit: its blocks locked, its cells compared with what the editor saw, its new chunks written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from sandop.findings import Severity
from sandop.io.check_sheets import check_values
from sandop.io.ledger import Ledger
from sandop.io.read_sheets import TARGETS, SheetRead, span_periods
from sandop.measures import measure
from sandop.network import Network
from sandop.plan import Key, Plan, Rows, Sheet, Values
from sandop_web.store.blanks import none_if_blank
from sandop_web.store.entries import Place, chunk_ids, opened
from sandop_web.store.models import Entry, Version
from sandop_web.store.models.plan import HEAD
from sandop_web.store.packing import Packed
from sandop_web.store.plans import read_network, read_settings
from sandop_web.store.refusals import MovedCell, PeriodIsUnknown, RowIsUnknown, ValueNotAllowed, titled
from sandop_web.store.sheets import BLOCK_ROWS, Head, as_stored, pack_block, pack_head

_KIND = Entry.Kind.INPUT


@dataclass(frozen=True)
class Cell:
    """A change of one cell: `before` is what the editor saw, `after` what it is to be; in the measure's unit, None is
    a blank."""

    measure: str
    row: Key
    period: str
    before: float | None
    after: float | None


@dataclass(frozen=True, eq=False)
class EditedSheet:
    """A sheet whose touched blocks are locked until the transaction ends.

    cells   the edits, `before` and `after` rounded as they are stored
    entries block → its entry; a block to come has none
    blocks  block → values, (row, period), where the edits will be written
    grown   the head has rows that are not in the store yet
    """

    version: Version
    name: str
    cells: tuple[Cell, ...]
    head: Head
    grown: bool
    entries: dict[int, int] = field(default_factory=dict)
    blocks: dict[int, Values] = field(default_factory=dict)

    @staticmethod
    def held(version: Version, name: str, cells: Sequence[Cell]) -> EditedSheet:
        """The sheet with the blocks of these cells locked, rows that are missing added to its head.

        Raises RowIsUnknown, PeriodIsUnknown, ValueNotAllowed.
        """
        stored = _as_stored(name, cells)
        head = _head(version, name)
        missing = _missing(head, stored)
        entries: dict[int, int] = {}
        if missing:
            _require_known(name, missing, read_network(version))
            entries = _locked(version, name, [HEAD])
            head = _head(version, name)  # somebody may have added rows while we waited
            missing = _missing(head, stored)
            head = replace(head, keys=(*head.keys, *missing))
        _require_periods(name, head, stored)
        _require_allowed(name, head, stored)
        touched = {head.position[cell.row] // BLOCK_ROWS for cell in stored}
        touched |= {place // BLOCK_ROWS for place in range(len(head.keys) - len(missing), len(head.keys))}
        entries |= _locked(version, name, sorted(touched))
        blocks = _blocks(version, name, head, sorted(touched))
        return EditedSheet(version, name, stored, head, bool(missing), entries, blocks)

    def moved(self) -> list[MovedCell]:
        """The cells that do not hold what their editor expected."""
        found = ((cell, self._found(cell)) for cell in self.cells)
        return [
            MovedCell(cell.measure, cell.row, cell.period, cell.before, value, cell.after)
            for cell, value in found
            if value != cell.before
        ]

    def write(self) -> tuple[Cell, ...]:
        """Write the chunks and let the entries point at them; returns the cells that changed."""
        changed = tuple(cell for cell in self.cells if cell.before != cell.after)
        for cell in changed:
            block, row, column = self._place(cell)
            self.blocks[block][row, column] = np.nan if cell.after is None else cell.after
        if changed:
            self._point({block: pack_block(self.name, values) for block, values in self.blocks.items()})
        return changed

    def _point(self, packed: dict[int, Packed]) -> None:
        if self.grown:
            packed[HEAD] = pack_head(self.head)
        chunks = chunk_ids(packed=packed.values())
        made = []
        for block, content in packed.items():
            if block in self.entries:
                Entry.objects.filter(pk=self.entries[block]).update(chunk_id=chunks[content.hash])
            else:
                made.append(
                    Entry(
                        version=self.version, kind=_KIND, name=self.name, block=block, chunk_id=chunks[content.hash]
                    )
                )
        Entry.objects.bulk_create(made)

    def _place(self, cell: Cell) -> tuple[int, int, int]:
        block, row = divmod(self.head.position[cell.row], BLOCK_ROWS)
        return block, row, self.head.periods.position[cell.period]

    def _found(self, cell: Cell) -> float | None:
        block, row, column = self._place(cell)
        return none_if_blank(self.blocks[block][row, column])


def _as_stored(name: str, cells: Sequence[Cell]) -> tuple[Cell, ...]:
    values = [np.nan if value is None else value for cell in cells for value in (cell.before, cell.after)]
    stored = [none_if_blank(value) for value in as_stored(name, np.array(values, dtype=np.float64)).tolist()]
    return tuple(
        Cell(cell.measure, tuple(cell.row), cell.period, before, after)
        for cell, before, after in zip(cells, stored[::2], stored[1::2])
    )


def _head(version: Version, name: str) -> Head:
    """The head of the sheet; a sheet that nobody brought begins here, without rows."""
    found = opened(version, kinds=[_KIND], names=[name], blocks=[HEAD])
    if not found:
        _begin(version, name)
        found = opened(version, kinds=[_KIND], names=[name], blocks=[HEAD])
    head: Head = next(iter(found.values()))
    return head


def _begin(version: Version, name: str) -> None:
    known = measure(name)
    calendar = Plan(read_settings(version), Network.of()).calendar
    periods = span_periods(known, calendar, weeks=False) or calendar.planned_months
    packed = pack_head(Head(known.grain, (), periods))
    chunk = chunk_ids(packed=[packed])[packed.hash]
    begun = Entry(version=version, kind=_KIND, name=name, block=HEAD, chunk_id=chunk)
    Entry.objects.bulk_create([begun], ignore_conflicts=True)  # somebody else may begin it at the same time


def _missing(head: Head, cells: Iterable[Cell]) -> list[Key]:
    return list(dict.fromkeys(cell.row for cell in cells if cell.row not in head.position))


def _locked(version: Version, name: str, blocks: Sequence[int]) -> dict[int, int]:
    """Block → entry, locked in the order of the blocks; blocks that are not there yet are left out."""
    found = Entry.objects.filter(version=version, kind=_KIND, name=name, block__in=blocks)
    held = found.select_for_update(no_key=True).order_by("block")
    return {entry.block: entry.pk for entry in held}


def _blocks(version: Version, name: str, head: Head, blocks: Sequence[int]) -> dict[int, Values]:
    """Block → a copy of its values to write on, (row, period), blank where rows are new."""
    found: list[tuple[Place, Values]] = list(opened(version, kinds=[_KIND], names=[name], blocks=blocks).items())
    kept = {place.block: values for place, values in found}
    copies: dict[int, Values] = {}
    for block in blocks:
        rows = min(BLOCK_ROWS, len(head.keys) - block * BLOCK_ROWS)
        copies[block] = np.full((rows, len(head.periods)), np.nan)
        if block in kept:
            copies[block][: len(kept[block])] = kept[block]
    return copies


def _require_known(name: str, rows: Sequence[Key], network: Network) -> None:
    """Raises RowIsUnknown unless the master tables know every id of the rows."""
    grain, tables = measure(name).grain, network.tables()
    for row in rows:
        if len(row) != len(grain):
            raise RowIsUnknown(measure=titled(name), row=" · ".join(row), part=" · ".join(grain), id="–")
        for part, word in zip(grain, row):
            known = tables[TARGETS[part]].position if part in TARGETS else {word} - {""}
            if word not in known:
                raise RowIsUnknown(measure=titled(name), row=" · ".join(row), part=part, id=word or "–")


def _require_periods(name: str, head: Head, cells: Iterable[Cell]) -> None:
    for cell in cells:
        if cell.period not in head.periods.position:
            first, last = (head.periods.labels or ("–",))[0], (head.periods.labels or ("–",))[-1]
            raise PeriodIsUnknown(measure=titled(name), period=cell.period, first=first, last=last)


def _require_allowed(name: str, head: Head, cells: Sequence[Cell]) -> None:
    """Raises ValueNotAllowed where the checks of a plan folder would not let a value in."""
    rows = Rows.of(head.grain, (cell.row for cell in cells))
    values = np.full((len(rows), len(head.periods)), np.nan)
    for cell in cells:
        place = rows.position[cell.row], head.periods.position[cell.period]
        values[place] = np.nan if cell.after is None else cell.after
    ledger = Ledger()
    check_values(SheetRead(Sheet(name, rows, head.periods, values), name, (0,) * len(rows)), ledger)
    for finding in ledger.findings():
        if finding.severity is Severity.ERROR:
            raise ValueNotAllowed.found(finding, measure=titled(name))
