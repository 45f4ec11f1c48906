"""From grids to a plan: the same for a folder and a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from sandop.findings import Finding, Severity, Where
from sandop.io.changes import read_changes
from sandop.io.check_network import check_lead_times, check_network, check_ways
from sandop.io.check_sheets import (
    SheetsRead,
    check_demand,
    check_hours,
    check_money,
    check_times,
    check_values,
    sold_pairs,
)
from sandop.io.grid import Grid
from sandop.io.ledger import Ledger
from sandop.io.naming import nearest
from sandop.io.read_sheets import SheetRead, SheetReader
from sandop.io.read_tables import TableRead, TablesRead, check_references, known_ids, no_tables, read_table
from sandop.measures import measure, measures
from sandop.network import TABLES, Network
from sandop.plan import Change, Plan, Settings, Sheet


@dataclass(frozen=True)
class Content:
    """What one file holds: a master table, a measure, or a vintage."""

    name: str
    file: str
    rows: int
    first: str = ""
    last: str = ""


@dataclass(frozen=True)
class Loaded:
    """What became of a plan folder or workbook.

    plan      the plan; None where any finding is an error: nothing is half loaded
    findings  errors, warnings, notes; of many equal ones the first twenty and a count
    counts    severity → how many findings there are in all, shown or not
    contents  what was found in which file
    """

    plan: Plan | None
    findings: tuple[Finding, ...] = ()
    counts: Mapping[Severity, int] = field(default_factory=dict)
    contents: tuple[Content, ...] = ()


@dataclass(frozen=True)
class Grids:
    """All grids of one folder or workbook, by what they hold."""

    settings: Settings | None
    tables: Mapping[str, Grid]
    measures: Mapping[str, Grid]
    vintages: Mapping[str, Grid]
    changes: Grid | None = None
    previous: Mapping[str, Sheet] = field(default_factory=dict)


def table_names() -> tuple[str, ...]:
    """Master tables, by the name of their file."""
    return tuple(table.file for table in TABLES)


def input_names() -> tuple[str, ...]:
    """Measures that the company brings."""
    return tuple(name for name, known in measures().items() if known.direction == "input")


def assembled(grids: Grids, ledger: Ledger) -> Loaded:
    """The plan of these grids, every check made; None in its place where there is an error."""
    order = grids.settings.time.date_order if grids.settings else ""
    tables = _tables(grids.tables, ledger, order)
    check_references(tables, ledger)
    calendar = Plan(grids.settings, Network.of()).calendar if grids.settings else None
    reader = SheetReader(ledger, calendar, known_ids(tables), order)
    sheets = _sheets(grids.measures, reader)
    vintages = _vintages(grids.vintages, reader)
    changes = read_changes(grids.changes, sheets, ledger) if grids.changes else ()
    _checks(tables, sheets, grids.settings, ledger)
    contents = _contents(tables, {**sheets, **{f"vintage {name}": read for name, read in vintages.items()}})
    counts = MappingProxyType(ledger.counts())
    plan = None
    if grids.settings and not counts[Severity.ERROR]:
        plan = _plan(grids.settings, tables, sheets, vintages, grids.previous, changes)
    return Loaded(plan, ledger.findings(), counts, contents)


def _tables(grids: Mapping[str, Grid], ledger: Ledger, order: str) -> dict[str, TableRead]:
    tables = no_tables()
    for table in TABLES:
        if table.file in grids:
            tables[table.file] = read_table(table, grids[table.file], ledger, order=order)
    return tables


def _sheets(grids: Mapping[str, Grid], reader: SheetReader) -> dict[str, SheetRead]:
    """The sheets that say something: one without rows is as one that is not there."""
    read = {name: reader.read(measure(name), grid) for name, grid in grids.items()}
    return {name: sheet for name, sheet in read.items() if sheet and len(sheet.sheet.rows)}


def _vintages(grids: Mapping[str, Grid], reader: SheetReader) -> dict[str, SheetRead]:
    demand = measure("demand")
    read = {month: reader.read_vintage(demand, grid, month) for month, grid in grids.items()}
    return {month: sheet for month, sheet in read.items() if sheet}


def _checks(tables: TablesRead, sheets: SheetsRead, settings: Settings | None, ledger: Ledger) -> None:
    check_network(tables, ledger)
    for read in sheets.values():
        check_values(read, ledger)
    check_ways(tables, sold_pairs(tables, sheets), ledger)
    check_demand(tables, sheets, ledger)
    check_hours(tables, sheets, ledger)
    if settings:
        calendar = Plan(settings, Network.of()).calendar
        check_money(tables, sheets, settings, ledger)
        check_lead_times(tables, calendar, ledger)
        check_times(tables, calendar, ledger)


def _plan(
    settings: Settings,
    tables: TablesRead,
    sheets: SheetsRead,
    vintages: SheetsRead,
    previous: Mapping[str, Sheet],
    changes: Sequence[Change],
) -> Plan:
    return Plan(
        settings=settings,
        network=Network.of(**{name: read.table for name, read in tables.items()}),
        sheets={name: read.sheet for name, read in sheets.items()},
        vintages={month: read.sheet for month, read in vintages.items()},
        previous=previous,
        changes=tuple(changes),
    )


def _contents(tables: TablesRead, sheets: SheetsRead) -> tuple[Content, ...]:
    found = [Content(name, read.file, len(read.table)) for name, read in tables.items() if read.file]
    for name, read in sheets.items():
        labels = read.sheet.periods.labels
        found.append(Content(name, read.file, len(read.sheet.rows), *((labels[0], labels[-1]) if labels else ())))
    return tuple(found)


def not_read(file: str, name: str, known: Sequence[str], ledger: Ledger, *, suffix: str = "") -> None:
    """A warning for a file or worksheet that means nothing here, with the nearest name that does."""
    if name in measures():
        ledger.warning("io.result_as_input", Where(file), measure=name)
        return
    close = nearest(name, known)
    message = "io.unknown_file_near" if close else "io.unknown_file"
    ledger.warning(message, Where(file), nearest=close + suffix)
