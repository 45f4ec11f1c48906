"""May a master table or a setting say this? The readers and checks of a plan folder decide, here for a single row."""

from __future__ import annotations

from typing import Any

from sandop.findings import Finding, Severity
from sandop.io.cell_texts import cell_text
from sandop.io.cells import CellReader
from sandop.io.check_network import check_network
from sandop.io.grid import Grid
from sandop.io.ledger import Ledger
from sandop.io.read_settings import settings_of_grid
from sandop.io.read_sheets import TARGETS
from sandop.io.read_tables import TableRead, check_references
from sandop.measures import measure
from sandop.network import Network
from sandop.plan import Settings
from sandop.tables import Column, Table
from sandop_web.store.contents import TABLE_KINDS, plain_cells
from sandop_web.store.entries import opened
from sandop_web.store.models import Entry, Version
from sandop_web.store.models.plan import HEAD
from sandop_web.store.refusals import MasterIsUnknown, MasterIsUsed, ValueNotAllowed


def table_of(name: str) -> type[Table]:
    """The master table of this name. Raises MasterIsUnknown."""
    if name not in TABLE_KINDS:
        raise MasterIsUnknown(table=name, key="–")
    return TABLE_KINDS[name]


def column_of(table: str, name: str, *, fixed: bool = False) -> Column:
    """The column of this name; with `fixed` the key stays as it is. Raises MasterIsUnknown."""
    found = next((column for column in table_of(table).columns() if column.name == name), None)
    if found is None or (fixed and found.key):
        raise MasterIsUnknown(table=table, key=name)
    return found


def read_cell(table: str, column: Column, value: Any, *, strict: bool = True) -> Any:
    """The value as the column keeps it, for JSON; a blank takes the default. Raises ValueNotAllowed where a plan
    folder could not say it; where not `strict` the value then stays as it is."""
    text, ledger = cell_text(value), Ledger()
    grid = Grid(table, table, {column.name: (text,)}, (1,))
    values = CellReader(grid, ledger).read(column, [text], column.name)
    fault = _first_error(ledger)
    if fault is not None and strict:
        raise ValueNotAllowed.found(fault)
    return value if fault is not None else plain_cells(values, column)[0]


def require_sound(before: Network, after: Network) -> None:
    """Raises ValueNotAllowed where `after` has an error that `before` had not: an id nobody knows, a bill in a
    circle …"""
    found = _errors(after)
    known = _errors(before) if found else {}
    for said, finding in found.items():
        if said not in known:
            raise ValueNotAllowed.found(finding)


def require_unused(version: Version, table: str, key: tuple[str, ...]) -> None:
    """Raises MasterIsUsed where an input sheet of the version has a row of this id."""
    for place, head in opened(version, kinds=[Entry.Kind.INPUT], blocks=[HEAD]).items():
        parts = [i for i, part in enumerate(measure(place.name).grain) if TARGETS.get(part) == table]
        if any((row[i],) == key for row in head.keys for i in parts):
            raise MasterIsUsed(table=table, key=" · ".join(key), measure=place.name)


def settings_checked(said: dict[str, Any]) -> Settings:
    """The settings, read as a plan's worksheet of settings would be. Raises ValueNotAllowed."""
    lines = [("", key, value) for key, value in said.items() if not isinstance(value, dict)]
    lines += [
        (section, key, value)
        for section, part in said.items()
        if isinstance(part, dict)
        for key, value in part.items()
    ]
    cells = [(section, key, _setting_text(value)) for section, key, value in lines]
    columns = dict(zip(("section", "key", "value"), zip(*cells)))
    ledger = Ledger()
    settings = settings_of_grid(Grid("plan", "plan", columns, tuple(range(1, len(cells) + 1))), ledger)
    fault = _first_error(ledger)
    if settings is None or fault is not None:
        raise ValueNotAllowed.found(fault) if fault else ValueError("settings that nobody could read")
    return settings


def word(value: Any) -> str:
    """A cell for a sentence."""
    return cell_text(value) or "–"


def _setting_text(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or "-"
    return cell_text(value) if not isinstance(value, bool) else str(value).lower()


def _errors(network: Network) -> dict[str, Finding]:
    """What is wrong with the tables, by what is said of it: rows may move without anything else being wrong."""
    tables = {
        name: TableRead(table, tuple(range(2, len(table) + 2)), name if len(table) else "")
        for name, table in network.tables().items()
    }
    ledger = Ledger()
    check_references(tables, ledger)
    check_network(tables, ledger)
    return {finding.text("en"): finding for finding in ledger.findings() if finding.severity is Severity.ERROR}


def _first_error(ledger: Ledger) -> Finding | None:
    return next((finding for finding in ledger.findings() if finding.severity is Severity.ERROR), None)
