"""What a company begins with: an empty plan folder to fill, and the past forecasts it never kept."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sandop.calendar import Periods
from sandop.io.cell_texts import csv_bytes, sheet_rows, write_whole
from sandop.io.folder_writer import settings_rows, settings_toml
from sandop.measures import Measure, measures
from sandop.network import TABLES, Network
from sandop.plan import Plan, Settings, Sheet


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


def write_vintages(*, path: Path, vintages: Mapping[str, Sheet]) -> None:
    """Past forecasts (month in which they were made → sheet `demand`) into `vintages/` of the plan folder `path`."""
    for month, sheet in vintages.items():
        write_whole(path / "vintages" / f"{month}.csv", csv_bytes(*sheet_rows(sheet)))


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
