"""Names instead of ids in the cells of reports: items, families, customers, limits, months."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sandop.measures import measures
from sandop.pack.reader import Reader
from sandop.wording import currency_name, when

# Column of a report → the master table whose ids it holds.
_TABLES: Mapping[str, str] = {
    "family": "families",
    "item": "items",
    "customer": "customers",
    "site": "sites",
    "origin": "sites",
    "destination": "sites",
    "resource": "resources",
    "line": "resources",
    "supplier": "suppliers",
    "owner": "people",
    "who": "people",
}
_ANY = (
    "limit",
    "limits",
    "items",
    "customers",
    "subject",
    "node",
    "id",
    "scope",
)  # ids of several kinds, or several of them
_MONTHS = ("period", "first", "month")


def named(column: str, value: str, reader: Reader) -> str:
    """What an id is called; text that is no id stays as it is."""
    if column in _MONTHS:
        return reader.month(value)
    if column == "process":
        return _process(value, reader)
    if column in _TABLES:
        return reader.name(_TABLES[column], value)
    if column == "region":
        return reader.word("region", value)
    if column == "company":
        return reader.company
    if column == "unit" and value == reader.plan.settings.company.currency:
        return currency_name(value, reader.language)
    return _each(value, reader) if column in _ANY else when(value, reader.language)


def named_in(table: str, value: str, reader: Reader) -> str:
    """What an id of a master table is called; of a table without names the id itself."""
    return reader.name(table, value) if table in _TABLES.values() else value


def row_named(measure: str, key: Sequence[str], reader: Reader) -> str:
    """A row of a sheet by the names of its parts."""
    return " · ".join(named(part, each, reader) for part, each in zip(measures()[measure].grain, key))


def _process(value: str, reader: Reader) -> str:
    """A process by what it makes and where."""
    processes = reader.plan.network.processes
    if value not in processes.position:
        return value
    row = processes.row(processes.position[value])
    return f"{reader.name('items', str(row['item']))} · {reader.name('sites', str(row['site']))}"


def _each(value: str, reader: Reader) -> str:
    """Several ids by their names, in their order: "A, B", "A · B", "A|B"."""
    for between in (", ", " · ", " | ", "|"):
        if between in value:
            parts = (_one(part, reader) for part in value.split(between))
            return reader.joined(parts) if between == ", " else " · ".join(parts)
    return _one(value, reader)


def _one(value: str, reader: Reader) -> str:
    return _process(value, reader) if "@" in value else reader.any_name(value)
