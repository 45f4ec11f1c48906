"""What a company begins with: an empty plan folder to fill, and the past forecasts it never kept."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sandop.calendar import Periods
from sandop.io.cell_texts import csv_bytes, sheet_rows, write_whole
from sandop.io.folder_writer import settings_rows, settings_toml
from sandop.io.workbook_writer import write_workbook
from sandop.measures import Measure, measures
from sandop.network import TABLES, Network
from sandop.plan import Plan, Rows, Settings, Sheet
from sandop.wording import Language

# What a first plan of supply and money is made of; everything else refines it and may come later.
FIRST_TABLES = (
    *("families", "items", "sites", "customers", "priorities", "people", "resources", "processes", "bills"),
    *("routings", "suppliers", "sources", "opening_stock"),
)
FIRST_MEASURES = ("orders", "sales_forecast", "price", "capacity_regular", "budget_volume")


def write_template(*, path: Path, settings: Settings) -> None:
    """An empty plan folder: plan.toml with every setting explained, each table and input measure with its headings.

    Files that stay empty may be deleted: a file that is not there says nothing, as an empty one does.
    """
    write_whole(path / "plan.toml", _explained(settings).encode("utf-8"))
    for table in TABLES:
        write_whole(path / f"{table.file}.csv", csv_bytes([column.name for column in table.columns()], []))
    for measure in measures().values():
        if measure.direction == "input":
            headings = [*measure.grain, *_span(measure, settings).labels]
            write_whole(path / f"{measure.name}.csv", csv_bytes(headings, []))


def write_template_workbook(
    *, path: Path, settings: Settings, language: Language = "en", whole: bool = False
) -> None:
    """An empty Excel workbook to fill: every setting explained in `language`, the sheets that a first plan is made
    of with their headings; all tables and input measures where `whole`."""
    inputs = [known.name for known in measures().values() if known.direction == "input"]
    tables = [table.file for table in TABLES] if whole else list(FIRST_TABLES)
    names = inputs if whole else FIRST_MEASURES
    sheets = {name: _empty(measures()[name], settings) for name in names}
    plan = Plan(settings, Network.of(), sheets)
    write_workbook(plan, path, language=language, to_fill=[*tables, *names])


def write_vintages(*, path: Path, vintages: Mapping[str, Sheet]) -> None:
    """Past forecasts (month in which they were made → sheet `demand`) into `vintages/` of the plan folder `path`."""
    for month, sheet in vintages.items():
        write_whole(path / "vintages" / f"{month}.csv", csv_bytes(*sheet_rows(sheet)))


def _empty(measure: Measure, settings: Settings) -> Sheet:
    return Sheet.blank(measure.name, Rows.of(measure.grain, []), _span(measure, settings))


def _explained(settings: Settings) -> str:
    """plan.toml, each setting behind its meaning as a comment."""
    meanings = {(section, key): meaning for section, key, _, meaning in settings_rows(settings)}
    section, lines = "", []
    for line in settings_toml(settings).splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        key = line.partition(" = ")[0]
        if (section, key) in meanings:
            lines.append(f"# {meanings[section, key]}")
        lines.append(line)
    return "\n".join(lines) + "\n"


def _span(measure: Measure, settings: Settings) -> Periods:
    """The months that the measure speaks of."""
    calendar = Plan(settings, Network.of()).calendar
    spans = {"history": calendar.history, "horizon": calendar.planned_months}
    return spans.get(measure.span, calendar.all_months)
