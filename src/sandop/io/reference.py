"""The reference of the plan folder, made from the declarations that also drive reading and checking."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from sandop.measures import Measure, measures
from sandop.network import TABLES
from sandop.plan import Settings
from sandop.tables import Column, Table
from sandop.wording import Language, say


@dataclass(frozen=True)
class Entry:
    """One line of the reference: a setting, a column of a table, or a measure.

    part    "setting", "table" or "measure"
    file    plan.toml section, table or measure
    """

    part: str
    file: str
    column: str
    kind: str
    unit: str
    meaning: str
    required: bool
    default: str
    example: str
    allowed: str = ""


@cache
def _chinese() -> dict[str, str]:
    with Path(__file__).with_name("meanings.csv").open(encoding="utf-8", newline="") as lines:
        return {row["en"]: row["zh"] for row in csv.DictReader(lines)}


def in_language(meaning: str, language: Language) -> str:
    """A declared meaning in the reader's language; English where nobody has translated it yet."""
    return _chinese().get(meaning, meaning) if language == "zh" else meaning


def table_meaning(table: type[Table], language: Language = "en") -> str:
    """What a master table is about."""
    return in_language(" ".join((table.__doc__ or "").split()), language)


def column_meaning(column: Column, language: Language = "en") -> str:
    """What a column of a master table means."""
    return in_language(column.meaning, language)


def setting_meaning(section: str, key: str, language: Language = "en") -> str:
    """What a setting means; empty for one that does not exist."""
    fields = _sections().get(section, {})
    return in_language(fields[key].description or "" if key in fields else "", language)


@cache
def _sections() -> dict[str, dict[str, FieldInfo]]:
    """Section → key → field; settings outside of a section stand under the empty one."""
    sections: dict[str, dict[str, FieldInfo]] = {"": {}}
    for name, field in Settings.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            sections[name] = dict(kind.model_fields)
        else:
            sections[""][name] = field
    return sections


def reference(language: Language = "en") -> tuple[Entry, ...]:
    """Every setting, every column of every table, every input measure."""
    settings = [
        _setting(section, key, field, language)
        for section, keys in _sections().items()
        for key, field in keys.items()
    ]
    columns = [_column(table, column, language) for table in TABLES for column in table.columns()]
    brought = [_measure(known, language) for known in measures().values() if known.direction == "input"]
    return (*settings, *columns, *brought)


def _setting(section: str, key: str, field: FieldInfo, language: Language) -> Entry:
    required = field.default is PydanticUndefined
    example = field.examples[0] if field.examples else field.default
    return Entry(
        "setting",
        section,
        key,
        _kind_name(field.annotation),
        "",
        setting_meaning(section, key, language),
        required,
        "" if required else _plain(field.default),
        _plain(example),
        ", ".join(str(choice) for choice in get_args(field.annotation) if isinstance(choice, str) and choice),
    )


def _kind_name(annotation: Any) -> str:
    names = {int: "whole", float: "number", bool: "flag"}
    return names.get(annotation, "list" if getattr(annotation, "__origin__", None) is tuple else "text")


def _column(table: type[Table], column: Column, language: Language) -> Entry:
    default = _plain(column.default)
    return Entry(
        "table",
        table.file,
        column.name,
        column.kind,
        column.unit,
        column_meaning(column, language),
        column.required,
        default,
        column.example,
        ", ".join(column.choices) or (f"→ {column.references}" if column.references else _limits(column)),
    )


def _limits(column: Column) -> str:
    if column.kind != "number" or (column.minimum is None and column.maximum is None):
        return ""
    low = "" if column.minimum is None else f"≥ {column.minimum:g}"
    return " ".join(part for part in (low, "" if column.maximum is None else f"≤ {column.maximum:g}") if part)


def _measure(known: Measure, language: Language) -> Entry:
    keys = ", ".join(known.grain)
    meaning = f"{known.title(language)}: {known.meaning(language)}"
    return Entry("measure", known.name, keys, known.kind, known.unit, meaning, False, "", "", known.span)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(value)
    text = f"{value:g}" if isinstance(value, float) else str(value)
    return "" if text in ("nan", "NaT", "None") else text.replace("inf", "∞")


def plan_folder_reference(language: Language = "en") -> str:
    """The reference page of the plan folder in Markdown."""
    entries = reference(language)
    parts = [f"# {say('io.reference_title', language)}", "", say("io.reference_intro", language), ""]
    parts += [f"## {say('io.reference_layout', language)}", "", say("io.reference_files", language), ""]
    parts += _settings_part(entries, language)
    parts += [f"## {say('io.reference_tables', language)}", ""]
    for table in TABLES:
        parts += [f"### {table.file}.csv", "", table_meaning(table, language), ""]
        parts += _table_part([entry for entry in entries if entry.file == table.file], language) + [""]
    parts += _measures_part([entry for entry in entries if entry.part == "measure"], language)
    parts += [f"## {say('io.reference_forms', language)}", "", say("io.reference_numbers", language), ""]
    parts += [say("io.reference_dates", language), "", say("io.reference_blanks", language), ""]
    parts += [f"## {say('io.reference_workbook', language)}", "", say("io.reference_sheets", language)]
    return "\n".join(parts) + "\n"


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _head(language: Language, *names: str) -> list[str]:
    return [_row(*(say(f"io.head_{name}", language) for name in names)), "|" + "---|" * len(names)]


def _settings_part(entries: tuple[Entry, ...], language: Language) -> list[str]:
    lines = [f"## {say('io.reference_settings', language)}", ""]
    for section in _sections():
        rows = [entry for entry in entries if entry.part == "setting" and entry.file == section]
        lines += [f"### [{section}]" if section else f"### {say('io.reference_top', language)}", ""]
        lines += _head(language, "key", "kind", "meaning", "allowed", "required", "default", "example")
        lines += [
            _row(
                f"`{entry.column}`",
                say(f"io.kind_{entry.kind}", language),
                entry.meaning,
                entry.allowed,
                _required(entry, language),
                entry.default,
                entry.example,
            )
            for entry in rows
        ]
        lines.append("")
    return lines


def _required(entry: Entry, language: Language) -> str:
    return say("io.yes", language) if entry.required else ""


def _table_part(entries: list[Entry], language: Language) -> list[str]:
    names = ("column", "kind", "unit", "meaning", "allowed", "required", "default", "example")
    return _head(language, *names) + [
        _row(
            f"`{entry.column}`",
            say(f"io.kind_{entry.kind}", language),
            entry.unit,
            entry.meaning,
            entry.allowed,
            _required(entry, language),
            entry.default,
            entry.example,
        )
        for entry in entries
        if entry.part == "table"
    ]


def _measures_part(entries: list[Entry], language: Language) -> list[str]:
    lines = [f"## {say('io.reference_measures', language)}", "", say("io.reference_shapes", language), ""]
    lines += _head(language, "file", "keys", "unit", "span", "kind", "meaning")
    return [
        *lines,
        *(
            _row(
                f"`{entry.file}.csv`",
                entry.column,
                entry.unit,
                say(f"io.span_{entry.allowed}", language),
                say(f"io.kind_{entry.kind}", language),
                entry.meaning,
            )
            for entry in entries
        ),
        "",
    ]
