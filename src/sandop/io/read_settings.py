"""The settings of a plan, from plan.toml or from the worksheet `plan`; every wrong one is a finding."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from sandop.findings import Where
from sandop.io.cells import heading_of
from sandop.io.days import read_period
from sandop.io.encodings import decoded
from sandop.io.grid import Grid
from sandop.io.ledger import Ledger
from sandop.io.naming import cleaned, nearest
from sandop.plan import Settings

_MONTHS = (("time", "start"), ("time", "history_start"))
_EXPECTED = {
    "int_parsing": "1, 2, 3 …",
    "int_type": "1, 2, 3 …",
    "int_from_float": "1, 2, 3 …",
    "float_parsing": "0.5",
    "float_type": "0.5",
    "bool_parsing": "true / false",
    "bool_type": "true / false",
    "string_type": '"…"',
    "string_pattern_mismatch": "YYYY-MM",
    "tuple_type": "[…]",
    "model_type": "[section]",
    "model_attributes_type": "[section]",
}


@dataclass(frozen=True)
class _Places:
    """Where each setting stands: (section, key) → row."""

    file: str
    rows: Mapping[tuple[str, str], int]

    def where(self, path: tuple[str, ...]) -> Where:
        pair = (path[0], path[1]) if len(path) > 1 else ("", path[0])
        row = self.rows.get(pair) or self.rows.get((path[0], ""), 0)
        return Where(self.file, row, ".".join(path))


def settings_of_toml(file: str, content: bytes, ledger: Ledger) -> Settings | None:
    """The settings of a TOML file; None with findings where one is wrong."""
    text = decoded(content)
    if text.bad_row:
        ledger.error("io.unreadable_encoding", Where(file, text.bad_row))
        return None
    if text.encoding != "utf-8":
        ledger.note("io.encoding", Where(file), encoding=text.encoding.upper())
    lines = text.text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        stated = tomllib.loads(lines)
    except (ValueError, RecursionError) as malformed:
        row = re.search(r"line (\d+)", str(malformed))
        ledger.error("io.toml", Where(file, int(row[1]) if row else lines.count("\n") + 1))
        return None
    return _validated(stated, _Places(file, _toml_rows(lines)), ledger)


def _toml_rows(text: str) -> dict[tuple[str, str], int]:
    rows: dict[tuple[str, str], int] = {}
    section = ""
    for number, line in enumerate(text.split("\n"), 1):
        heading = re.match(r"\s*\[\s*([\w-]+)\s*\]", line)
        if heading:
            section = heading[1]
            rows.setdefault((section, ""), number)
            continue
        key = re.match(r"\s*\"?([\w-]+)\"?\s*=", line)
        if key:
            rows.setdefault((section, key[1]), number)
    return rows


def settings_of_grid(grid: Grid, ledger: Ledger) -> Settings | None:
    """The settings of a worksheet with the columns section, key, value; a blank value takes the default."""
    headings = [heading_of(name, list(grid.columns)) for name in ("section", "key", "value")]
    for name, heading in zip(("section", "key", "value"), headings):
        if not heading:
            ledger.error("io.missing_column", Where(grid.file, 1, name), column=name)
    if not all(headings):
        return None
    stated: dict[str, Any] = {}
    rows: dict[tuple[str, str], int] = {}
    for row, cells in zip(grid.rows, zip(*(grid.columns[heading] for heading in headings))):
        section, key, value = map(cleaned, cells)
        if (section, key) in rows:
            first = rows[section, key]
            ledger.error("io.duplicate", Where(grid.file, row, "key"), key=f"{section}.{key}", first=first)
        rows.setdefault((section, key), row)
        if value:
            _state(stated, section, key, value)
    return _validated(stated, _Places(grid.file, rows), ledger)


def _state(stated: dict[str, Any], section: str, key: str, value: str) -> None:
    """Put one setting in its place; a section that stands there as a value stays, and is found to be wrong."""
    place = stated.setdefault(section, {}) if section else stated
    if isinstance(place, dict):
        place[key] = _list_or_text(section, key, value)


def _list_or_text(section: str, key: str, value: str) -> Any:
    field = Settings.model_fields.get(section)
    kind = field.annotation if field else None
    inner = kind.model_fields.get(key) if isinstance(kind, type) and issubclass(kind, BaseModel) else None
    if inner is not None and isinstance(inner.default, tuple):
        return [] if value == "-" else [part.strip() for part in re.split("[,，、]", value)]
    return value


def _validated(stated: dict[str, Any], places: _Places, ledger: Ledger) -> Settings | None:
    for section, key in _MONTHS:
        part = stated.get(section)
        if isinstance(part, dict) and key in part:
            part[key] = _month(part[key])
    try:
        settings = Settings.model_validate(stated)
    except ValidationError as invalid:
        for fault in invalid.errors():
            _fault(dict(fault), places, ledger)
        return None
    return settings if _sensible(settings, places, ledger) else None


def _sensible(settings: Settings, places: _Places, ledger: Ledger) -> bool:
    """What no single setting can say: years that a calendar has, numbers that end, history before the plan."""
    for section, key in _MONTHS:
        month = getattr(settings.time, key)
        if not read_period(month).label:
            ledger.error(
                "io.setting_wrong",
                places.where((section, key)),
                setting=f"{section}.{key}",
                given=month,
                expected="2026-01",
            )
            return False
    for section, part in settings.model_dump().items():
        endless = [key for key, value in part.items() if value == float("inf")] if isinstance(part, dict) else []
        for key in endless:
            ledger.error(
                "io.setting_wrong",
                places.where((section, key)),
                setting=f"{section}.{key}",
                given="inf",
                expected="0.5",
            )
        if endless:
            return False
    if settings.time.history_start > settings.time.start:
        ledger.error(
            "io.history_after_start",
            places.where(("time", "history_start")),
            history_start=settings.time.history_start,
            start=settings.time.start,
        )
        return False
    return True


def _month(value: Any) -> Any:
    text = value.isoformat()[:10] if isinstance(value, dt.date) else str(value)
    return read_period(text).label or text


def _fault(fault: dict[str, Any], places: _Places, ledger: Ledger) -> None:
    path = tuple(str(part) for part in fault["loc"] if not isinstance(part, int))
    where, setting = places.where(path), ".".join(path)
    if fault["type"] == "missing":
        ledger.error("io.setting_missing", where, setting=setting)
    elif fault["type"] == "extra_forbidden":
        close = nearest(path[-1], _known(path)) or "–"
        ledger.error("io.setting_unknown", where, setting=setting, nearest=close)
    else:
        ledger.error("io.setting_wrong", where, setting=setting, given=fault["input"], expected=_expected(fault))


def _known(path: tuple[str, ...]) -> list[str]:
    if len(path) == 1:
        return list(Settings.model_fields)
    kind = Settings.model_fields[path[0]].annotation
    return list(kind.model_fields) if isinstance(kind, type) and issubclass(kind, BaseModel) else []


def _expected(fault: dict[str, Any]) -> str:
    limits = fault.get("ctx", {})
    if "expected" in limits:
        return str(limits["expected"]).replace("'", "").replace(" or ", ", ")
    if "ge" in limits:
        return f"≥ {limits['ge']:g}"
    if "le" in limits:
        return f"≤ {limits['le']:g}"
    return _EXPECTED.get(fault["type"], str(fault["type"]))
